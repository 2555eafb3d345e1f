//! What of an incident was shown, in words.

use serde_json::Value;
use varsel_domain::rules::Text;
use varsel_domain::shown::Part;

/// The words for what an entry says was shown: `6 answers, its number and its severity`. An entry from before parts were logged
/// names the answers alone.
pub(super) fn shown(detail: &Value) -> Text {
    let parts: Vec<Part> = match detail.get("parts") {
        Some(parts) => serde_json::from_value(parts.clone()).unwrap_or_default(),
        None => vec![Part::Facts],
    };
    let answers = detail.get("facts").and_then(Value::as_array).map_or(0, Vec::len);
    let (da, en): (Vec<_>, Vec<_>) = parts.into_iter().map(|part| words(part, answers)).unzip();
    Text { da: listed(&da, "og", "kun, at den findes"), en: listed(&en, "and", "only that it exists") }
}

fn listed(words: &[String], and: &str, nothing: &str) -> String {
    match words {
        [] => nothing.to_owned(),
        [one] => one.clone(),
        [before @ .., last] => format!("{} {and} {last}", before.join(", ")),
    }
}

fn words(part: Part, answers: usize) -> (String, String) {
    let (da, en) = match part {
        Part::Facts if answers == 1 => return ("1 svar".to_owned(), "1 answer".to_owned()),
        Part::Facts => return (format!("{answers} svar"), format!("{answers} answers")),
        Part::Number => ("nummeret", "its number"),
        Part::Organisation => ("organisationen", "its organisation"),
        Part::ReceivedAt => ("tidspunktet for modtagelsen", "when it was received"),
        Part::Severity => ("alvoren", "its severity"),
        Part::Obligations => ("pligterne", "its obligations"),
        Part::Cases => ("sagerne", "its cases"),
        Part::Guidance => ("vejledningen", "the guidance"),
        Part::Timeline => ("forløbet", "its timeline"),
        Part::Receipt => ("kvitteringen", "the receipt"),
        Part::Assessment => ("vurderingen", "the assessment"),
        Part::Requestable => ("de rapporter, der kan bedes om", "the reports that may be asked for"),
    };
    (da.to_owned(), en.to_owned())
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn both(detail: &Value) -> (String, String) {
        let Text { da, en } = shown(detail);
        (da, en)
    }

    #[test]
    fn what_was_shown_is_named_and_what_was_not_is_left_out() {
        let said = both(&json!({ "parts": ["facts", "number", "severity"], "facts": ["a", "b"] }));
        assert_eq!(
            said,
            ("2 svar, nummeret og alvoren".to_owned(), "2 answers, its number and its severity".to_owned())
        );
        let said = both(&json!({ "parts": ["timeline"] }));
        assert_eq!(said, ("forløbet".to_owned(), "its timeline".to_owned()));
        let said = both(&json!({ "parts": [] }));
        assert_eq!(said, ("kun, at den findes".to_owned(), "only that it exists".to_owned()));
        let before = both(&json!({ "facts": ["a"] }));
        assert_eq!(before, ("1 svar".to_owned(), "1 answer".to_owned()));
    }

    #[test]
    fn every_part_has_words_of_its_own() {
        let words: std::collections::BTreeSet<_> = Part::ALL.map(|part| words(part, 2)).into();
        assert_eq!(words.len(), Part::ALL.len());
    }
}
