use chrono::{DateTime, FixedOffset};
use proptest::collection::{btree_map, vec};
use proptest::prelude::*;
use proptest::sample::{select, subsequence};
use serde_json::{Number, json};

use super::*;

/// An answer that `fact` can have, as JSON.
fn answers(fact: &Fact) -> BoxedStrategy<Value> {
    let options: Vec<Value> = fact.options.iter().map(|option| json!(option.id)).collect();
    let decimal = |most: u32| {
        (0..most, 0u32..1_000_000).prop_map(|(whole, millionths)| {
            Value::Number(
                format!("{whole}.{millionths:06}").parse::<Value>().unwrap().as_number().unwrap().clone(),
            )
        })
    };
    let known = match fact.fact_type {
        FactType::Bool => any::<bool>().prop_map(Value::from).boxed(),
        FactType::Integer => {
            (fact.min.unwrap_or(0)..=fact.max.unwrap_or(u32::MAX)).prop_map(Value::from).boxed()
        }
        FactType::Percent => decimal(100).boxed(),
        FactType::Decimal | FactType::MoneyEur | FactType::Minutes => decimal(100_000_000).boxed(),
        FactType::Instant => instants().boxed(),
        FactType::Enum => select(options).boxed(),
        FactType::Set => {
            subsequence(options.clone(), 0..=options.len()).prop_shuffle().prop_map(Value::from).boxed()
        }
        FactType::Countries => vec(select(vec!["dk", "DE", "Se", "FR"]), 0..4).prop_map(Value::from).boxed(),
        FactType::Text => match fact.format {
            Some(FactFormat::Cvr) => select(vec!["13748136", "DK 24 25 67 90"]).prop_map(Value::from).boxed(),
            Some(FactFormat::Lei) => Just(json!("506700GE1G29325QX363")).boxed(),
            None => "[^\\pC\\p{Zl}\\p{Zp}]{0,40}(\n|\r\n|\t)?[^\\pC\\p{Zl}\\p{Zp}]{0,10}"
                .prop_map(Value::from)
                .boxed(),
        },
    };
    prop_oneof![6 => known, 1 => Just(json!("unknown")), 1 => Just(Value::Null)].boxed()
}

fn instants() -> impl Strategy<Value = Value> {
    (0i64..4_000_000_000, 0u32..1_000_000, -18i32..=18).prop_map(|(second, micro, offset)| {
        let offset = FixedOffset::east_opt(offset * 2700).unwrap();
        json!(DateTime::from_timestamp(second, micro * 1000).unwrap().with_timezone(&offset).to_rfc3339())
    })
}

/// Objects of answers that all are in order.
fn reports() -> impl Strategy<Value = Value> {
    let each: Vec<_> = facts().iter().map(|fact| (any::<bool>(), answers(fact))).collect();
    each.prop_map(|answers| {
        let sent = facts().into_iter().zip(answers).filter(|(_, (sent, _))| *sent);
        Value::Object(sent.map(|(fact, (_, answer))| (fact.id, answer)).collect())
    })
}

/// Any JSON, much of it under the names of facts.
fn any_json() -> impl Strategy<Value = Value> {
    let names: Vec<String> =
        facts().into_iter().flat_map(|fact| [fact.aliases, vec![fact.id]].concat()).collect();
    let name = prop_oneof![4 => select(names), 1 => any::<String>()];
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<f64>().prop_map(|number| Number::from_f64(number).map_or(Value::Null, Value::Number)),
        any::<String>().prop_map(Value::from),
        "[0-9]{1,12}[-+:. ]?[0-9]{0,9}".prop_map(Value::from),
        select(vec!["unknown", "dns", "none", "13748136", "2026-11-23T15:20:00+01:00"]).prop_map(Value::from),
    ];
    leaf.prop_recursive(4, 60, 12, move |inner| {
        prop_oneof![
            vec(inner.clone(), 0..6).prop_map(Value::from),
            btree_map(name.clone(), inner, 0..12)
                .prop_map(|object| Value::Object(object.into_iter().collect())),
        ]
    })
}

proptest! {
    #[test]
    fn what_was_read_reads_the_same_again(report in reports()) {
        let facts = read(&report);
        let json = facts.to_json();
        prop_assert_eq!(&read(&json), &facts);
        prop_assert_eq!(read(&json).to_json().to_string(), json.to_string());
        let through_text: Value = serde_json::from_str(&json.to_string()).unwrap();
        prop_assert_eq!(read(&through_text), facts);
    }

    #[test]
    fn any_json_is_read_or_refused_by_the_names_that_were_sent(json in any_json()) {
        let (facts, problems) = lenient(&json);
        for problem in &problems {
            let sent = json.as_object().is_some_and(|object| object.contains_key(&problem.fact));
            prop_assert!(sent || problem.code == ProblemCode::NotAnObject);
            prop_assert!(!problem.message.da.is_empty() && !problem.message.en.is_empty());
        }
        prop_assert_eq!(&read(&facts.to_json()), &facts, "what was kept is in order");
        warnings::warnings(&Catalogue::new(&super::facts()), &facts);
    }

    #[test]
    fn a_date_and_four_digits_are_seen_in_any_text(
        before in "([ (\"'!?;=\n]|[a-zæøå]{1,9}[ :(]){0,5}",
        day in 1u32..=28, month in 1u32..=12, year in 0u32..100, last in 0u32..10_000,
        after in "([ )\"'!?;\n.,][a-zæøå]{0,9}){0,5}",
    ) {
        let last = format!("{last:04}");
        let warnings = warned(&format!("{before}{day:02}{month:02}{year:02}-{last}{after}"));
        prop_assert!(warnings.iter().any(|warning| warning.code == crate::WarningCode::CprNumber));
        prop_assert!(warnings.iter().all(|warning| !warning.message.da.contains(&last)));
    }
}
