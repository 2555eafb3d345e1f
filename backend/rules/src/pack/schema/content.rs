//! Schemas of the files that hold content: the pack itself, calendar, catalogue, sectors, units, taxonomy, guidance.

use serde_json::{Value, json};

use super::build::{boolean, list, map, may, must, object, of, open, or_null, string, told, whole, words};

pub(super) fn pack() -> Value {
    let kind = json!({ "anyOf": [
        { "enum": ["regimes", "units", "text"] },
        object(vec![must("options_of", of("fact"))]),
    ] });
    let required = object(vec![
        must("fact", of("fact")),
        may("must_know", told(boolean(), "\"Not known yet\" is no answer here.")),
    ]);
    object(vec![
        must("id", told(string(), "Jurisdiction, e.g. dk.")),
        must("version", told(string(), "Whatever changes what is asked, owed or advised is a new version.")),
        may("draft", told(boolean(), "A proposal: it can be assessed and compared, and never be in force.")),
        must("name", of("text")),
        must("time_zone", told(string(), "IANA name, e.g. Europe/Copenhagen.")),
        must(
            "regimes",
            told(list(&of("regime")), "In the order in which they are assessed; each has its file."),
        ),
        must("sector_fact", told(of("fact"), "The fact whose options are the subsectors.")),
        must("kind_fact", told(of("fact"), "The fact whose options are the kinds of incident.")),
        must(
            "sector_attributes",
            told(map(&kind), "What a subsector says of itself, and what that refers to."),
        ),
        must("required", told(list(&required), "What every report needs before it can be filed.")),
        must("guidance", object(vec![must("always", of("playbook")), must("unknown_kind", of("playbook"))])),
    ])
}

pub(super) fn calendar() -> Value {
    let date = object(vec![must("month", whole(1, 12)), must("day", whole(1, 31))]);
    let on = json!({ "anyOf": [
        object(vec![must("date", date)]),
        object(vec![must("easter", told(whole(-120, 120), "Days from Easter Sunday."))]),
    ] });
    let holiday = object(vec![
        must("id", string()),
        must("name", of("text")),
        must("on", on),
        may("first_year", told(whole(0, 9999), "Included.")),
        may("last_year", told(whole(0, 9999), "Included.")),
    ]);
    object(vec![
        must("public_holidays", list(&holiday)),
        may("bank_closing_days", told(list(&holiday), "Only where a calendar rule speaks of bank holidays.")),
        may("sources", list(&of("source"))),
    ])
}

pub(super) fn catalogue() -> Value {
    let option = object(vec![must("id", string()), must("label", of("text"))]);
    let fact = object(vec![
        must("id", told(string(), "A contract: add, never rename.")),
        must("type", of("fact_type")),
        must("group", string()),
        must("label", told(of("text"), "The question, short.")),
        may("help", told(of("text"), "Why it is asked or how to answer, one line.")),
        may("options", list(&option)),
        may("options_from", words(&["sectors", "kinds"])),
        may("sensitivity", words(&["plain", "confidential", "personal"])),
        may("format", words(&["cvr", "lei"])),
        may("aliases", told(list(&string()), "Further ids accepted on input, never stored.")),
        may("min", whole(0, 4_294_967_295)),
        may("max", whole(0, 4_294_967_295)),
        may("multiline", boolean()),
        may(
            "from",
            told(words(&["first", "notification", "final"]), "The earliest stage at which it is asked."),
        ),
    ]);
    object(vec![must("groups", list(&option)), must("facts", list(&fact))])
}

/// What a subsector says of itself is listed in `pack.yaml`; the rest of the file is for people.
pub(super) fn sectors() -> Value {
    let attribute = json!({ "anyOf": [string(), list(&string()), of("text"), { "type": "null" }] });
    let subsector = json!({
        "type": "object",
        "required": ["id", "name"],
        "properties": { "id": string(), "name": of("text") },
        "additionalProperties": attribute,
    });
    let sector = object(vec![
        must("id", string()),
        may("annex", or_null(&string())),
        may("point", or_null(&whole(0, 4_294_967_295))),
        must("name", of("text")),
        must("subsectors", list(&subsector)),
    ]);
    let act = object(vec![
        must("act", told(string(), "Its own name, e.g. \"BEK nr 620 af 02/06/2025\".")),
        may("about", told(of("text"), "What it is about.")),
        may("url", string()),
    ]);
    let acts = json!({ "type": "object", "additionalProperties": act });
    open(vec![
        may(
            "sources",
            told(acts, "Acts by a short id, which a `source` here and in units.yaml may begin with."),
        ),
        must("sectors", list(&sector)),
    ])
}

pub(super) fn units() -> Value {
    let unit = object(vec![
        must("id", told(string(), "A contract: add, never rename.")),
        must("name", of("text")),
        must("kind", of("unit_kind")),
        may("phone", string()),
        may("email", string()),
        may("url", string()),
        may("hours", of("text")),
        may("sectors", list(&string())),
        must("source", string()),
        must("confidence", string()),
        may("note", string()),
    ]);
    object(vec![must("units", list(&unit))])
}

/// The engine needs only the kinds of incident; the rest translates them into the words of others.
pub(super) fn taxonomy() -> Value {
    let kind = open(vec![must("id", string()), must("label", of("text"))]);
    open(vec![must("kinds", list(&kind))])
}

pub(super) fn guidance() -> Value {
    let step = object(vec![
        must("id", told(string(), "The section of the page that has its text: `## id`.")),
        must("phase", told(string(), "A phase of guidance/words.yaml.")),
        must("who", told(string(), "An addressee of guidance/words.yaml.")),
        must("when", told(string(), "A time frame of guidance/words.yaml.")),
        must("type", words(&["do", "dont"])),
        may("regime", told(of("regime"), "Whose clock belongs to the step.")),
        may("sources", told(list(&string()), "Ids of guidance/sources.yaml.")),
        must("confidence", string()),
    ]);
    object(vec![
        must("kind", of("playbook")),
        must("version", whole(0, 4_294_967_295)),
        must("title", string()),
        may("ask_first", list(&string())),
        may("worse_if", list(&string())),
        must("steps", list(&step)),
    ])
}

pub(super) fn guidance_words() -> Value {
    let named = object(vec![must("id", string()), must("name", of("text"))]);
    let when = told(list(&named), "The most pressing first: the steps of a phase are shown in this order.");
    object(vec![must("phases", list(&named)), must("who", map(&of("text"))), must("when", when)])
}

pub(super) fn guidance_sources() -> Value {
    let source = object(vec![
        must("name", of("text")),
        may("url", or_null(&string())),
        must("type", string()),
        may("seen_at", string()),
    ]);
    object(vec![must("sources", map(&source))])
}
