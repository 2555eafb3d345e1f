//! What differs between two packs as people read them.
//!
//! A regime is compared as [`crate::explain`] words it, so that a difference is shown in the words of a lawyer, with the
//! conditions of the facts that it rests on.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;
use serde_json::Value;

use super::{Change, ItemChange, ItemKind, ItemWords, PartChange};
use crate::pack::explain::{Language, Speaker, conditions};
use crate::pack::law::{Audience, Basis, Regime, Target};
use crate::{Pack, Text};

/// An item's parts: heading or path, and its lines.
type Parts = Vec<(String, Vec<String>)>;
type Items = BTreeMap<(ItemKind, String), Parts>;

/// Everything that was added, removed or changed.
pub(super) fn changes(old: &Pack, new: &Pack) -> Vec<ItemChange> {
    // Danish is looked at where English says the same: one mistake is not shown twice.
    let mut changes = between(&items(old, Language::English), &items(new, Language::English));
    let shown: BTreeSet<_> = changes.iter().map(|item| (item.kind, item.id.clone())).collect();
    let danish = between(&items(old, Language::Danish), &items(new, Language::Danish));
    changes.extend(danish.into_iter().filter(|item| !shown.contains(&(item.kind, item.id.clone()))));
    if old.calendar() != new.calendar() {
        let (kind, id) = (ItemKind::Rules, "calendar".to_owned());
        changes.push(ItemChange { kind, id, change: Change::Changed, parts: Vec::new() });
    }
    changes.sort_by(|one, other| (one.kind, &one.id).cmp(&(other.kind, &other.id)));
    changes
}

/// The same, item by item, with the lines of both languages.
pub(super) fn in_words(old: &Pack, new: &Pack) -> Vec<ItemWords> {
    let [danish, english] = [Language::Danish, Language::English]
        .map(|language| between(&items(old, language), &items(new, language)));
    let of = |changes: &[ItemChange], item: &ItemChange, lines: fn(&PartChange) -> &[String]| {
        let same = changes.iter().find(|it| (it.kind, &it.id) == (item.kind, &item.id));
        let said = same.map(|it| it.parts.iter().flat_map(lines).cloned().collect::<Vec<_>>().join("\n"));
        said.filter(|text| !text.is_empty())
    };
    changes(old, new)
        .into_iter()
        .map(|item| {
            let both = |lines: fn(&PartChange) -> &[String]| {
                match (of(&danish, &item, lines), of(&english, &item, lines)) {
                    (Some(da), Some(en)) => Some(Text { da, en }),
                    // What differs in one language only is shown as it stands in that one.
                    (Some(only), None) | (None, Some(only)) => Some(Text { da: only.clone(), en: only }),
                    (None, None) => None,
                }
            };
            let (before, after) = (both(|part| &part.removed), both(|part| &part.added));
            ItemWords { kind: item.kind, id: item.id, change: item.change, before, after }
        })
        .collect()
}

fn between(old: &Items, new: &Items) -> Vec<ItemChange> {
    let ids: BTreeSet<_> = old.keys().chain(new.keys()).collect();
    let mut changes = Vec::new();
    for key in ids {
        let (change, parts) = match (old.get(key), new.get(key)) {
            (Some(_), None) => (Change::Removed, Vec::new()),
            (None, _) => (Change::Added, Vec::new()),
            (Some(old), Some(new)) if old == new => continue,
            (Some(old), Some(new)) => (Change::Changed, parts(old, new)),
        };
        changes.push(ItemChange { kind: key.0, id: key.1.clone(), change, parts });
    }
    changes
}

/// Parts that differ, in the new order, those taken out last.
fn parts(old: &Parts, new: &Parts) -> Vec<PartChange> {
    let empty = Vec::new();
    let lines = |parts: &Parts, name: &str| {
        parts.iter().find(|(part, _)| part == name).map_or_else(|| empty.clone(), |(_, lines)| lines.clone())
    };
    let mut names: Vec<&String> = new.iter().chain(old).map(|(part, _)| part).collect();
    let mut seen = BTreeSet::new();
    names.retain(|name| seen.insert(*name));
    let mut changes = Vec::new();
    for name in names {
        let (before, after) = (lines(old, name), lines(new, name));
        if before != after {
            let only = |these: &[String], others: &[String]| {
                let lines = these.iter().filter(|line| !others.contains(line));
                lines.map(|line| unlisted(line).to_owned()).collect()
            };
            let (removed, added) = (only(&before, &after), only(&after, &before));
            changes.push(PartChange { part: name.clone(), removed, added });
        }
    }
    changes
}

/// A line of a list without its bullet: it is shown alone, in a list of another's.
fn unlisted(line: &str) -> &str {
    let line = line.trim_start();
    line.strip_prefix("- ").unwrap_or(line)
}

fn items(pack: &Pack, language: Language) -> Items {
    let speaker = Speaker { pack, language };
    let mut items = Items::new();
    for fact in pack.facts() {
        items.insert((ItemKind::Fact, fact.id.clone()), flat(fact));
    }
    for unit in pack.units() {
        items.insert((ItemKind::Unit, unit.id.clone()), flat(unit));
    }
    for playbook in pack.playbooks() {
        items.insert((ItemKind::Playbook, playbook.playbook.clone()), flat(playbook));
    }
    for (id, sector) in &pack.sectors.0 {
        let attributes = sector.attributes.keys().map(|name| (name.clone(), sector.values(name).to_vec()));
        let parts = std::iter::once(("name".to_owned(), both(&sector.name))).chain(attributes);
        items.insert((ItemKind::Sector, id.clone()), parts.collect());
    }
    pack.regimes.iter().for_each(|found| regime(&speaker, found, &mut items));
    items.insert((ItemKind::Rules, "routing".to_owned()), routing(&speaker));
    items.insert((ItemKind::Rules, "severity".to_owned()), severity(&speaker));
    items.insert((ItemKind::Rules, "projection".to_owned()), projection(pack));
    let required =
        pack.required.iter().map(|needed| (needed.fact.clone(), vec![needed.unknown_ok.to_string()]));
    items.insert((ItemKind::Rules, "required_facts".to_owned()), required.collect());
    items
}

fn both(text: &Text) -> Vec<String> {
    vec![text.da.clone(), text.en.clone()]
}

/// A regime and its stages. The matrix belongs to the stages, row by row.
fn regime(speaker: &Speaker<'_>, regime: &Regime, items: &mut Items) {
    let mut whole: Parts = Vec::new();
    let sentences = regime.sentences.iter().flatten();
    let said = [&regime.info.name, &regime.info.law].into_iter().chain(sentences);
    whole.push(("texts".to_owned(), said.flat_map(both).collect()));
    let mut otherwise = Vec::new();
    for condition in conditions(regime) {
        condition.visit(&mut |leaf| otherwise.extend(leaf.basis.otherwise.iter().flat_map(both)));
    }
    whole.push(("where it does not hold".to_owned(), otherwise));
    for section in speaker.sections(regime) {
        match section.stage {
            Some(stage) => {
                let id = format!("{}/{stage}", regime.id);
                items.insert((ItemKind::Stage, id), vec![(section.heading, section.lines)]);
            }
            None if section.is_matrix => {}
            None => whole.push((section.heading, section.lines)),
        }
    }
    for stage in &regime.stages {
        let row = stage.row.iter().map(|cell| format!("{} {}", cell.mark(), cell.fact)).collect();
        let parts = items.entry((ItemKind::Stage, format!("{}/{}", regime.id, stage.id))).or_default();
        parts.push(("facts".to_owned(), row));
    }
    items.insert((ItemKind::Regime, regime.id.clone()), whole);
}

fn routing(speaker: &Speaker<'_>) -> Parts {
    let routing = &speaker.pack.routing;
    let mut parts: Parts = Vec::new();
    for role in routing.roles.values() {
        let mut lines = match &role.target {
            Target::One(unit) => vec![format!("unit {unit}")],
            Target::Attribute { name, or, precedence } => {
                let mut lines = vec![format!("attribute {name}")];
                lines.extend(or.iter().map(|other| format!("or attribute {other}")));
                lines.extend(precedence.iter().map(|(name, is)| format!("first where {name} is {is}")));
                lines
            }
        };
        lines.push(format!(
            "part {:?}, may lead {}, may be nobody {}",
            role.part, role.may_lead, role.may_be_nobody
        ));
        lines.push(reason(speaker, &role.because));
        parts.push((format!("role {}", role.id), lines));
    }
    for also in &routing.also {
        let mut lines = vec![reason(speaker, &also.because)];
        lines.extend(speaker.condition(&also.when));
        parts.push((format!("also {} ({:?})", also.role, also.part), lines));
    }
    let lead = &routing.lead;
    let mut lines = vec![format!("centre {}", lead.centre), format!("outside {}", lead.outside.join(", "))];
    for condition in [&lead.concerns_sector_units, &lead.concerns_centre] {
        lines.extend(speaker.condition(condition));
    }
    let because = [
        &lead.because_sector_unit,
        &lead.because_authority,
        &lead.because_several,
        &lead.because_no_sector,
        &lead.because_nobody_else,
    ];
    lines.extend(because.map(|because| reason(speaker, because)));
    parts.push(("lead".to_owned(), lines));
    parts
}

/// Why, where that stands, and how sure the pack is of it.
fn reason(speaker: &Speaker<'_>, because: &Basis) -> String {
    let sure = because.confidence.map(|confidence| format!(" ({})", speaker.confidence(confidence)));
    format!("{} [{}]{}", speaker.text(&because.text), because.cite, sure.unwrap_or_default())
}

fn severity(speaker: &Speaker<'_>) -> Parts {
    let scale = &speaker.pack.severity;
    let rules = scale.rules.iter().enumerate().map(|(place, rule)| {
        let mut lines = vec![format!("{} [{}]", speaker.text(&rule.because.text), rule.because.cite)];
        lines.extend(speaker.condition(&rule.when));
        (format!("rule {}, level {}", place + 1, rule.level), lines)
    });
    let names = scale.levels.values().map(|it| (format!("level {}", it.level), both(&it.name)));
    names
        .chain(rules)
        .chain([("otherwise".to_owned(), vec![format!("level {}", scale.otherwise.0)])])
        .collect()
}

fn projection(pack: &Pack) -> Parts {
    let mut parts: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for block in &pack.projection {
        let audience = match &block.to {
            Audience::Everyone => "everyone".to_owned(),
            Audience::Recipients => "recipients".to_owned(),
            Audience::Kinds(kinds) => {
                kinds.iter().map(|kind| format!("{kind:?}")).collect::<Vec<_>>().join(", ")
            }
        };
        parts.entry(audience).or_default().extend(block.facts.iter().cloned());
    }
    parts.into_iter().collect()
}

/// The JSON form of an item as paths and values: `label.da`, `steps.ransomware-3.text.en`.
fn flat(item: &impl Serialize) -> Parts {
    let mut parts = Vec::new();
    flatten("", &serde_json::to_value(item).unwrap_or_default(), &mut parts);
    parts
}

fn flatten(path: &str, value: &Value, parts: &mut Parts) {
    let below = |name: &str| if path.is_empty() { name.to_owned() } else { format!("{path}.{name}") };
    match value {
        Value::Null => {}
        Value::Object(fields) => fields.iter().for_each(|(name, value)| flatten(&below(name), value, parts)),
        Value::Array(members) if members.iter().any(Value::is_object) => {
            for (place, member) in members.iter().enumerate() {
                let id =
                    member.get("id").and_then(Value::as_str).map_or_else(|| place.to_string(), str::to_owned);
                flatten(&below(&id), member, parts);
            }
        }
        Value::Array(members) => parts.push((path.to_owned(), members.iter().map(plain).collect())),
        scalar => parts.push((path.to_owned(), vec![plain(scalar)])),
    }
}

fn plain(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}
