//! Schemas of the files that hold law: conditions, terms, regimes, routing, severity, projection.

use serde_json::{Map, Value, json};

use super::build::{boolean, list, map, may, must, object, of, string, told, whole, words};

/// Conditions and thresholds.
pub(super) fn condition_definitions() -> Map<String, Value> {
    let number = json!({ "type": "number" });
    let threshold = json!({ "anyOf": [
        { "type": "number" },
        object(vec![must("percent", number), must("of", of("any_fact"))]),
        object(vec![must("smallest_of", list(&of("threshold")))]),
    ] });
    let definitions = [("condition", condition()), ("threshold", threshold)];
    definitions.into_iter().map(|(name, schema)| (name.to_owned(), schema)).collect()
}

/// Exactly one operator, or a fact with exactly one test.
fn condition() -> Value {
    let conditions = || list(&of("condition"));
    let options = || list(&string());
    let since = object(vec![must("event", of("any_fact")), must("period", of("period"))]);
    let mut schema = object(vec![
        may("all", told(conditions(), "Every one must hold.")),
        may("any", told(conditions(), "One is enough.")),
        may("not", of("condition")),
        may("least", told(whole(1, 1000), "So many of `of` must hold.")),
        may("of", conditions()),
        may("term", told(string(), "A condition that terms.yaml defines.")),
        may("always", told(boolean(), "The law decides it, whatever the facts.")),
        may("fact", of("any_fact")),
        may("is", told(json!({ "type": ["boolean", "string"] }), "Yes or no, or this option.")),
        may("one_of", options()),
        may("includes", string()),
        may("includes_any", options()),
        may("count_at_least", whole(0, 1000)),
        may("at_least", told(of("threshold"), "This or more.")),
        may(
            "more_than",
            told(of("threshold"), "Strictly more: where the law says \"more than\" or \"exceeds\"."),
        ),
        may("at_most", told(of("threshold"), "This or less.")),
        may("less_than", told(of("threshold"), "Strictly less.")),
        may("since", told(since, "The instant is at least a period later than an event.")),
        may("is_known", told(json!({ "const": true }), "There is an answer other than \"unknown\".")),
        may("not_before", told(string(), "The instant is on this date or later, e.g. 2026-09-11.")),
        may("cite", told(string(), "Article or paragraph; inherited by the parts that name none.")),
        may("text", told(of("text"), "A sentence that reads as a reason where it holds.")),
        may("otherwise", told(of("text"), "The same where it does not.")),
    ]);
    if let Value::Object(keywords) = &mut schema {
        keywords.insert("oneOf".to_owned(), forms());
    }
    schema
}

/// The forms of a condition, of which it has one.
fn forms() -> Value {
    let requires = |fields: &[&str]| json!({ "required": fields });
    let tests: Vec<Value> = [
        "is",
        "one_of",
        "includes",
        "includes_any",
        "count_at_least",
        "at_least",
        "more_than",
        "at_most",
        "less_than",
        "since",
        "is_known",
        "not_before",
    ]
    .into_iter()
    .map(|test| requires(&[test]))
    .collect();
    json!([
        requires(&["all"]),
        requires(&["any"]),
        requires(&["not"]),
        requires(&["least", "of"]),
        requires(&["term"]),
        requires(&["always"]),
        { "required": ["fact"], "oneOf": tests },
    ])
}

pub(super) fn terms() -> Value {
    let case = object(vec![must("when", of("condition")), must("value", of("value"))]);
    let computed = object(vec![
        must("id", string()),
        must("type", of("fact_type")),
        must("label", of("text")),
        may("from", told(list(&of("any_fact")), "Facts that give the value, best first.")),
        may("attribute", object(vec![must("name", string()), must("of", of("any_fact"))])),
        may(
            "map",
            told(
                object(vec![must("of", of("any_fact")), must("to", map(&of("value")))]),
                "What each option of a fact means.",
            ),
        ),
        may("cases", told(list(&case), "The first that holds gives the value.")),
        may("default", told(of("value"), "Where every case is decided and none holds.")),
        may("presume", told(of("value"), "Where a case cannot be told, or none gives a value.")),
    ]);
    let term = object(vec![must("id", string()), must("condition", of("condition"))]);
    object(vec![must("computed", list(&computed)), must("terms", list(&term))])
}

pub(super) fn regime() -> Value {
    let act = object(vec![must("act", string()), may("articles", string()), may("url", string())]);
    let sentences = object(vec![
        must("triggered", of("text")),
        must("not_triggered", of("text")),
        must("undecided", told(of("text"), "The questions still open follow.")),
    ]);
    object(vec![
        must("id", told(string(), "The file's own name.")),
        must("name", told(of("text"), "Name of the duty.")),
        must("law", told(of("text"), "How the law is called in a sentence.")),
        may("sentences", told(sentences, "What triggering it means, where that is no duty.")),
        may("in_force_from", told(string(), "A date.")),
        must("legal_basis", list(&act)),
        must("confidence", of("confidence")),
        may("cite", told(string(), "What a citation falls back on.")),
        may("covers", told(string(), "Attribute of subsectors that names this regime where it covers them.")),
        must("applies", told(of("condition"), "Is this law on this organisation at all?")),
        must("triggered", told(of("condition"), "Must this incident be reported under it?")),
        may(
            "precaution",
            told(boolean(), "Whether \"cannot tell\" opens its duties provisionally; true where absent."),
        ),
        may("tell_when", told(of("condition"), "When recipients are told of a provisional duty.")),
        may("filed_elsewhere", told(boolean(), "Its reports cannot be filed here.")),
        may("filed_at", told(of("unit"), "The unit at whose address they are filed instead.")),
        must("stages", list(&stage())),
        may("notes", told(list(&string()), "Open questions and readings, in English.")),
    ])
}

fn stage() -> Value {
    let opens = json!({ "anyOf": [
        { "enum": ["start", "requested", "recurring"] },
        object(vec![must("filed", of("stage"))]),
        object(vec![must("event", of("any_fact"))]),
    ] });
    let facts = || list(&of("fact"));
    let row = object(vec![
        may("X", told(facts(), "Required.")),
        may("C", told(facts(), "Carried forward, may be corrected.")),
        may("O", told(facts(), "May be filled early.")),
        may("I", told(facts(), "Required if available.")),
    ]);
    let recipient = object(vec![
        must("role", of("role")),
        may("when", told(of("condition"), "Only where this certainly holds.")),
        may("unless", told(of("condition"), "Unless this certainly holds.")),
    ]);
    object(vec![
        must("id", string()),
        must("name", of("text")),
        must("cite", string()),
        must("confidence", of("confidence")),
        must("on", told(opens, "When it opens.")),
        may("requested_by", told(list(&of("role")), "Who may ask for it, where it is owed on request.")),
        may("when", told(of("condition"), "Owed unless this certainly fails.")),
        may("certain", told(of("condition"), "Owed only where this certainly holds.")),
        may("unless_filed", told(list(&of("stage")), "Not owed once one of these is filed.")),
        may("clock", clock()),
        must("recipients", list(&recipient)),
        must("facts", told(row, "Its row of the matrix.")),
        may("must_know", told(facts(), "Required facts for which \"not known yet\" is no answer.")),
    ])
}

fn clock() -> Value {
    let cap = object(vec![must("from", of("any_fact")), must("period", of("period"))]);
    let other =
        object(vec![must("when", of("condition")), must("period", of("period")), must("cite", string())]);
    object(vec![
        may("from", told(of("any_fact"), "The fact that says when the period starts.")),
        may("from_filed", told(of("stage"), "Or the first filing of this stage.")),
        may("latest", told(boolean(), "The latest filing instead of the first.")),
        must("period", of("period")),
        must(
            "rule",
            told(
                words(&["elapsed", "reg1182_71", "dora_weekend"]),
                "How weekends and holidays move the legal end.",
            ),
        ),
        may("cap", told(cap, "The period never ends later than this.")),
        may("overrides", told(list(&other), "The first whose condition holds counts.")),
        may("defer_when", told(of("condition"), "Whether the rule's deferral is open to this organisation.")),
    ])
}

pub(super) fn routing() -> Value {
    let people = object(vec![must("id", string()), must("name", of("text"))]);
    let precedence = object(vec![must("attribute", string()), must("is", string())]);
    let role = object(vec![
        must("id", string()),
        may("to", told(of("unit"), "One and the same unit, or people.")),
        may(
            "attribute",
            told(string(), "Or the units that this attribute of the affected subsectors names."),
        ),
        may(
            "precedence",
            told(precedence, "Of the affected subsectors only those that say this, if any do."),
        ),
        may("or_attribute", told(string(), "To look at where the first names nobody.")),
        may("may_be_nobody", boolean()),
        may("part", of("part")),
        may("may_lead", told(boolean(), "Whether it may lead where there is no sector unit.")),
        must("because", of("because")),
    ]);
    let lead = object(vec![
        must("centre", of("unit")),
        must("sector_role", of("role")),
        must("group_attribute", string()),
        must("outside", list(&string())),
        must("concerns_sector_units", of("condition")),
        must("concerns_centre", of("condition")),
        must("because_sector_unit", of("because")),
        must("because_authority", of("because")),
        must("because_several", of("because")),
        must("because_no_sector", of("because")),
        must("because_nobody_else", of("because")),
    ]);
    let also = object(vec![
        must("role", of("role")),
        must("part", of("part")),
        must("when", of("condition")),
        must("because", of("because")),
    ]);
    object(vec![
        must("people", list(&people)),
        must("roles", list(&role)),
        must("lead", lead),
        must("also", list(&also)),
    ])
}

pub(super) fn severity() -> Value {
    let level = || whole(0, 255);
    let step = object(vec![must("level", level()), must("name", of("text")), must("meaning", of("text"))]);
    let rule =
        object(vec![must("level", level()), must("when", of("condition")), must("because", of("because"))]);
    let otherwise = object(vec![must("level", level()), must("because", of("because"))]);
    object(vec![must("scale", list(&step)), must("rules", list(&rule)), must("otherwise", otherwise)])
}

pub(super) fn projection() -> Value {
    let audience = json!({ "anyOf": [
        { "enum": ["everyone", "recipients"] },
        object(vec![must("kinds", list(&of("unit_kind")))]),
    ] });
    let block = object(vec![must("id", string()), must("facts", list(&of("fact"))), must("to", audience)]);
    object(vec![must("blocks", list(&block))])
}
