//! What the file says, by the manual alone.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Utc};

/// One use: when, who, what, in the words in which both sides say it.
pub(super) type Use = (DateTime<Utc>, String, String);

/// What an investigator looks for beside: the details, by their names in the sentences, of each kind of use.
const LOOKED_FOR: [(&str, &[&str]); 34] = [
    ("listed", &["words sought", "shown"]),
    ("report_requested", &["regime", "stage"]),
    ("severity_confirmed", &["level"]),
    ("reassessed", &["from", "to"]),
    ("pack_received", &["rule pack"]),
    ("change_read", &["changes"]),
    ("change_proposed", &["change"]),
    ("change_approved", &["change"]),
    ("change_rejected", &["change"]),
    ("change_withdrawn", &["change"]),
    ("change_refused", &["attempt", "change", "code"]),
    ("authorisations_read", &["function", "words sought", "shown"]),
    ("authorisations_exported", &["function", "words sought", "shown"]),
    ("authorisation_granted", &["change"]),
    ("authorisation_withdrawn", &["authorisation"]),
    ("person_left", &["sessions"]),
    ("people_searched", &["words sought", "shown"]),
    ("review_opened", &["review", "items"]),
    ("review_read", &["reviews", "review", "shown"]),
    ("review_decided", &["review", "verdict", "authorisations"]),
    ("review_exported", &["review", "shown"]),
    ("sessions_ended", &["sessions"]),
    ("attempts_read", &["shown", "days", "people", "attempts", "blocks"]),
    ("block_followed_up", &["block", "done", "reason"]),
    ("administrator_invited", &["reason"]),
    ("accounts_listed", &["accounts"]),
    ("token_made", &["days"]),
    ("credentials_changed", &["set", "by"]),
    ("uses_read", &["use", "shown"]),
    ("uses_exported", &["use", "shown"]),
    ("compliance_reported", &["findings"]),
    ("job_run", &["job"]),
    ("keys_replaced", &["reason"]),
    ("replayed", &["incidents", "differing"]),
];

/// A use in words: its kind, whom or what it was about, and what else counts. What says nothing is left out.
pub(super) fn told(kind: &str, about: &str, details: &[(&str, String)]) -> String {
    let said = details.iter().filter(|(_, value)| !value.is_empty());
    let said: Vec<_> = said.map(|(name, value)| format!("{name}={value}")).collect();
    format!("{kind} [{about}] {}", said.join("; "))
}

pub(super) fn kind_of(what: &str) -> &str {
    what.split(' ').next().unwrap_or_default()
}

/// The kinds of use that the manual explains.
pub(super) fn manual() -> BTreeSet<String> {
    let text = include_str!("../../../../../docs/log-interpretation.md");
    let (_, after) = text.split_once("## The kinds of use").unwrap();
    let (table, _) = after.split_once("\n## ").unwrap();
    let rows = table.lines().filter_map(|line| line.strip_prefix("| `")?.split(" | ").next());
    // The first row is the head of the table.
    let kinds = rows.skip(1).flat_map(|kinds| kinds.trim_end_matches('`').split("`, `"));
    kinds.map(str::to_owned).collect()
}

/// The kinds of use of which the file does not say for which purpose somebody was allowed to do it, one of each.
pub(super) fn without_purpose(csv: &str) -> BTreeMap<String, String> {
    let rows = csv.trim_start_matches('\u{feff}').split("\r\n").skip(1).filter(|row| !row.is_empty());
    let rows = rows.map(cells).filter(|cells| !cells[4].is_empty() && cells[10].is_empty());
    rows.map(|cells| (cells[5].clone(), cells[7].clone())).collect()
}

/// What the file says: when, who, and the sentence, read by the manual.
pub(super) fn interpret(csv: &str) -> Vec<Use> {
    let manual = manual();
    let rows = csv.trim_start_matches('\u{feff}').split("\r\n").skip(1).filter(|row| !row.is_empty());
    rows.map(|row| {
        let cells = cells(row);
        let (kind, sentence) = (cells[5].as_str(), cells[7].trim_end_matches('.'));
        assert!(manual.contains(kind), "the manual does not know {kind}");
        let (who, what) = sentence.split_once(") ").unwrap();
        let (name, _) = who.split_once(" (").unwrap();
        (cells[1].parse().unwrap(), name.to_owned(), read(kind, &cells[6], what))
    })
    .collect()
}

/// The cells of a line (RFC 4180). A quotation mark before a formula is there against spreadsheets, and is not part of the text.
fn cells(row: &str) -> Vec<String> {
    let (mut cells, mut cell, mut quoted) = (Vec::new(), String::new(), false);
    let mut rest = row.chars().peekable();
    while let Some(next) = rest.next() {
        match next {
            '"' if quoted && rest.peek() == Some(&'"') => cell.extend(rest.next()),
            '"' => quoted = !quoted,
            ',' if !quoted => cells.push(std::mem::take(&mut cell)),
            other => cell.push(other),
        }
    }
    cells.push(cell);
    cells
}

/// A sentence without who, in the words of [`told`].
fn read(kind: &str, incident: &str, what: &str) -> String {
    if kind == "opened" {
        return opened(incident, what);
    }
    let mut parts = outside(what, ": ").into_iter();
    let (act, beside) = (parts.next().unwrap_or_default(), parts.next().unwrap_or_default());
    let about = if !incident.is_empty() {
        incident
    } else if let Some((_, case)) = act.split_once(" in case ") {
        case
    } else {
        act.strip_suffix(')').and_then(|act| act.rsplit_once(" (")).map_or("", |(_, name)| name)
    };
    let names = LOOKED_FOR.iter().find(|(known, _)| *known == kind).map_or(&[][..], |(_, names)| names);
    let beside = outside(&beside, ", ");
    let value = |name: &str| {
        let mut said = beside.iter().map(|it| it.strip_prefix("filter ").unwrap_or(it));
        let found = said.find_map(|it| it.strip_prefix(name)?.strip_prefix(' '));
        found.unwrap_or_default().replace(['“', '”'], "")
    };
    let details: Vec<_> = names.iter().map(|name| (*name, value(name))).collect();
    told(kind, about, &details)
}

/// Of an incident that was opened: how many answers were shown, or what else of it.
fn opened(incident: &str, what: &str) -> String {
    let shown = if what.starts_with("opened a case on ") {
        ("only", "a case".to_owned())
    } else if what.starts_with("was shown what another version of the rules would change") {
        ("only", "another version".to_owned())
    } else {
        let (_, shown) = what.split_once(" and was shown ").unwrap_or_default();
        ("answers", shown.split(' ').next().unwrap_or_default().to_owned())
    };
    told("opened", incident, &[shown])
}

/// The pieces between separators that stand in nothing that somebody typed.
fn outside(text: &str, separator: &str) -> Vec<String> {
    let (mut pieces, mut piece, mut typed, mut rest) = (Vec::new(), String::new(), false, text);
    while let Some(character) = rest.chars().next() {
        if let (false, Some(after)) = (typed, rest.strip_prefix(separator)) {
            pieces.push(std::mem::take(&mut piece));
            rest = after;
            continue;
        }
        typed = character == '“' || (typed && character != '”');
        piece.push(character);
        rest = rest.strip_prefix(character).unwrap_or_default();
    }
    pieces.push(piece);
    pieces
}
