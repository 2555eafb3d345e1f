//! Every field of the schema has a class, and nobody reaches it whom its class leaves out.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::json;

use super::table::{Probe, Sdl, fields, rows};
use super::world::{Caller, Target, World, callers, in_a_crowd, may};
use super::{is_root, send};

const CLASSES: [&str; 9] = [
    "public",
    "viewer",
    "readers",
    "own",
    "keepers",
    "accountable",
    "investigators",
    "administrators",
    "refusals",
];

/// The class of each field.
fn classes() -> BTreeMap<(String, String), String> {
    let mut classes = BTreeMap::new();
    for (ty, by_class) in fields().classes {
        for (class, names) in by_class {
            assert!(CLASSES.contains(&class.as_str()), "{ty}: there is no class {class}");
            for name in names {
                let twice = classes.insert((ty.clone(), name.clone()), class.clone());
                assert_eq!(twice, None, "{ty}.{name} has two classes");
            }
        }
    }
    classes
}

#[test]
fn every_field_of_the_schema_has_one_class() {
    let all = Sdl::read().fields().into_iter().filter(|(ty, ..)| !is_root(ty));
    let known: BTreeSet<_> = all.map(|(ty, field, _)| (ty, field)).collect();
    let listed: BTreeSet<_> = classes().into_keys().collect();
    assert!(known.len() > 200, "{}", known.len());
    let missing: Vec<_> = known.difference(&listed).collect();
    assert!(missing.is_empty(), "give these fields a class in fields.yaml: {missing:?}");
    let gone: Vec<_> = listed.difference(&known).collect();
    assert!(gone.is_empty(), "take out of fields.yaml: {gone:?}");
}

/// From an operation for everybody one gets to public fields only, and to those of which a probe shows that they are empty
/// for others.
#[test]
fn nobody_comes_from_a_public_operation_to_a_field_that_is_not() {
    let (sdl, classes) = (Sdl::read(), classes());
    let probes: BTreeSet<_> = fields().probes.into_iter().map(|probe| probe.field).collect();
    let public = |class: &str| class == "public" || class == "viewer";
    let open = rows().into_iter().filter(|row| row.asked().right == "public").map(|row| row.operation);
    let (open, all) = (open.collect::<BTreeSet<_>>(), sdl.fields());
    let roots = all.iter().filter(|(ty, field, _)| open.contains(&format!("{ty}.{field}")));
    let mut queue: Vec<String> = roots.flat_map(|(.., gives)| sdl.members(gives)).collect();
    let mut seen = BTreeSet::new();
    while let Some(ty) = queue.pop() {
        if !seen.insert(ty.clone()) {
            continue;
        }
        for (_, field, gives) in all.iter().filter(|(of, ..)| *of == ty) {
            let (class, name) = (&classes[&(ty.clone(), field.clone())], format!("{ty}.{field}"));
            // What a person may know of the organisation they report for.
            let of_oneself = name == "Viewer.organisation";
            if probes.contains(&name) || of_oneself {
                continue;
            }
            assert!(public(class), "{name} is for {class}, and anybody reaches it");
            queue.extend(sdl.members(gives));
        }
    }
    assert!(seen.len() > 20, "{seen:?}");
}

/// Fields of narrower classes than what they stand in are probed.
#[test]
fn every_field_that_fewer_see_than_its_object_has_a_probe() {
    let probes: BTreeSet<_> = fields().probes.into_iter().map(|probe| probe.field).collect();
    for (ty, by_class) in fields().classes {
        let narrow = |class: &str| match class {
            "own" => by_class.contains_key("readers"),
            "administrators" => by_class.contains_key("public"),
            _ => false,
        };
        for (class, names) in &by_class {
            for name in names.iter().filter(|_| narrow(class)) {
                let name = format!("{ty}.{name}");
                assert!(probes.contains(&name), "add a probe to fields.yaml for {name}");
            }
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn restricted_fields_are_empty_to_everybody_else() {
    in_a_crowd(async |app| {
        let (world, callers) = (World::build(app).await, callers(app).await);
        let mut shown = 0;
        for probe in fields().probes {
            let targets: Vec<Option<&Target>> = match probe.target {
                Some(kind) => world.of(kind).map(Some).collect(),
                None => vec![None],
            };
            let mut seen = 0;
            for caller in &callers {
                for target in &targets {
                    let value = value(caller, &probe, *target).await;
                    let permitted = may(caller.actor.as_ref(), probe.asked(), *target);
                    assert_eq!(value, permitted, "{} as {}", probe.field, caller.name());
                    seen += usize::from(value);
                }
            }
            assert!(seen > 0, "{} is shown to nobody", probe.field);
            shown += seen;
        }
        assert!(shown > 10, "{shown}");
    })
    .await;
}

/// Whether the field has a value; a list has one where something is in it.
async fn value(caller: &Caller, probe: &Probe, target: Option<&Target>) -> bool {
    let variables = target.map_or_else(|| json!({}), |target| json!({ "id": target.id }));
    let answer = send(caller, "Query", &json!({ "query": probe.document, "variables": variables })).await;
    answer.pointer("/data/answer/value").is_some_and(|value| !value.is_null() && value != &json!([]))
}
