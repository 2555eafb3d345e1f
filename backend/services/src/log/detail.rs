//! What an entry says beside who did what: readable names and values, in both languages.

use std::collections::BTreeMap;

use serde_json::Value;
use varsel_domain::organisation::Language;

use crate::mail::danish_time;

/// The names of the details, in Danish and in English. One that is missing here is shown as it stands in the entry.
const NAMES: [(&str, &str, &str); 70] = [
    ("accounts", "konti", "accounts"),
    ("against", "sammenlignet med", "compared with"),
    ("api_tokens", "adgangstokens", "API tokens"),
    ("asked", "bedt om", "asked for"),
    ("at_once", "straks, uanset frister", "at once, whatever the deadlines"),
    ("attempt", "forsøg", "attempt"),
    ("attempts", "forsøg", "attempts"),
    ("authorisation", "autorisation", "authorisation"),
    ("authorisations", "autorisationer", "authorisations"),
    ("block", "spærring", "block"),
    ("blocks", "spærringer", "blocks"),
    ("by", "med", "by"),
    ("change", "ændring", "change"),
    ("changes", "ændringer", "changes"),
    ("code", "kode", "code"),
    ("counted", "talt, ikke vist", "counted, not shown"),
    ("days", "dage", "days"),
    ("differing", "anderledes", "differing"),
    ("done", "gjort", "done"),
    ("due", "frist", "due"),
    ("filing", "indberetning", "filing"),
    ("filter", "filter", "filter"),
    ("findings", "forhold, der kræver handling", "findings"),
    ("form", "form", "form"),
    ("from", "fra", "from"),
    ("function", "funktion", "function"),
    ("held", "bevaret", "held"),
    ("holder", "indehaver", "holder"),
    ("incident", "hændelse", "incident"),
    ("incidents", "hændelser", "incidents"),
    ("items", "linjer", "items"),
    ("job", "opgave", "job"),
    ("jobs", "opgaver i udbakken", "jobs"),
    ("keys", "nøgler", "keys"),
    ("kind", "art", "kind"),
    ("late", "kun overskredne", "late only"),
    ("min_severity", "mindste alvor", "least severity"),
    ("note", "bemærkning", "note"),
    ("organisations", "organisationer", "organisations"),
    ("overdue", "over fristen", "beyond the deadline"),
    ("pack", "regelpakke", "rule pack"),
    ("passkey", "adgangsnøgle", "passkey"),
    ("people", "personer", "people"),
    ("person", "person", "person"),
    ("places", "pladser i loggen", "places in the log"),
    ("proposals", "forslag", "proposals"),
    ("provider", "udbyder", "provider"),
    ("providers", "udbydere", "providers"),
    ("queue", "kø", "queue"),
    ("reach", "rækkevidde", "reach"),
    ("reason", "begrundelse", "reason"),
    ("record", "protokollens nummer", "number on record"),
    ("regime", "regelsæt", "regime"),
    ("removed", "fjernet", "removed"),
    ("reviews", "gennemgange", "reviews"),
    ("root", "rodnøgle", "root key"),
    ("scope", "omfang", "scope"),
    ("seconds", "sekunder", "seconds"),
    ("sessions", "sessioner", "sessions"),
    ("set", "sat", "set"),
    ("settings", "indstillinger", "settings"),
    ("shown", "vist", "shown"),
    ("sign_ins", "spor af login", "traces of signing in"),
    ("stage", "trin", "stage"),
    ("status", "status", "status"),
    ("text", "søgeord", "words sought"),
    ("to", "til", "to"),
    ("token", "programmets nøgle", "program's token"),
    ("uses", "anvendelser", "uses"),
    ("uses_kept_by", "logposter bevaret ved", "log entries kept by"),
];

/// The details as `name: value`, without those that say nothing; empty where there are none.
pub(super) fn told(detail: &Value, language: Language) -> String {
    let Some(fields) = detail.as_object() else { return String::new() };
    // What was shown of an incident, the case number and the purposes are told in their own places.
    let beside =
        fields.iter().filter(|(name, _)| !matches!(name.as_str(), "case" | "facts" | "parts" | "under"));
    let beside = beside.collect::<BTreeMap<_, _>>().into_iter();
    let parts = beside.filter_map(|(name, value)| {
        let told = moment_of(name, value, language).or_else(|| value_of(value, language))?;
        Some(format!("{} {told}", name_of(name, language)))
    });
    let parts: Vec<_> = parts.collect();
    if parts.is_empty() { String::new() } else { format!(": {}", parts.join(", ")) }
}

fn name_of(name: &str, language: Language) -> &str {
    let known = NAMES.iter().find(|(word, ..)| *word == name);
    known.map_or(name, |(_, da, en)| if language == Language::Da { da } else { en })
}

/// A moment, in Danish time: only under names that hold moments, since what somebody typed is repeated as it was.
fn moment_of(name: &str, value: &Value, language: Language) -> Option<String> {
    let moment = Some(value.as_str()?).filter(|_| matches!(name, "due" | "from" | "until"))?;
    let moment = danish_time(moment.parse().ok()?);
    Some(if language == Language::Da { moment.da } else { moment.en })
}

fn value_of(value: &Value, language: Language) -> Option<String> {
    match value {
        Value::Null | Value::Bool(false) => None,
        Value::Bool(true) => Some(if language == Language::Da { "ja" } else { "yes" }.to_owned()),
        Value::Number(number) => Some(number.to_string()),
        // What somebody typed must not look like the end of it, and like more of the sentence.
        Value::String(text) => Some(format!("“{}”", text.replace(['“', '”'], "\""))),
        Value::Array(values) => {
            let values: Vec<_> = values.iter().filter_map(|value| value_of(value, language)).collect();
            (!values.is_empty()).then(|| values.join(" "))
        }
        Value::Object(_) => {
            Some(told(value, language).trim_start_matches(": ").to_owned()).filter(|told| !told.is_empty())
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;
    use varsel_domain::organisation::Language;

    use super::{NAMES, told};

    #[test]
    fn what_says_nothing_is_left_out_and_the_rest_is_named_in_both_languages() {
        let detail = json!({ "case": "1", "facts": ["a"], "under": ["b"], "late": false, "queue": "csirt", "status": [], "text": null, "shown": 3, "odd": { "late": true } });
        assert_eq!(told(&detail, Language::En), ": odd late only yes, queue “csirt”, shown 3");
        assert_eq!(told(&detail, Language::Da), ": odd kun overskredne ja, kø “csirt”, vist 3");
        assert_eq!(told(&json!({}), Language::Da), "");
        let due = json!({ "due": "2026-11-29T20:41:00Z", "text": "2026-11-29T20:41:00Z" });
        let said = ": frist 29. november 2026 kl. 21.41 (dansk tid), søgeord “2026-11-29T20:41:00Z”";
        assert_eq!(told(&due, Language::Da), said);
        assert_eq!(told(&json!({ "text": "x”, shown 99" }), Language::En), ": words sought “x\", shown 99”");
    }

    #[test]
    fn every_name_is_there_once() {
        assert!(NAMES.is_sorted_by(|one, other| one.0 < other.0));
    }
}
