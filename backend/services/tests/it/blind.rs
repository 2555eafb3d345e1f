//! The blind test of ST8 (E1): eight people use Varsel at once, and somebody who has nothing but the manual
//! (docs/log-interpretation.md) and the file says what each of them did. Nothing is missing, nothing is too much.

use std::collections::BTreeMap;

use chrono::{DateTime, TimeDelta, Utc};
use futures_util::future::join_all;
use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};
use varsel_domain::organisation::Language;
use varsel_domain::{IncidentId, Role};
use varsel_services::log::{self, Form, Inquiry};
use varsel_services::testing::{House, in_each_separated_house};
use varsel_services::view::{CaseFilter, IncidentView, PageRequest};
use varsel_services::{Request, incident, queue};
use varsel_storage::testing::{proved, scale, seed};

/// The eight: three who report, four officers of different units, one who coordinates.
const PEOPLE: [&str; 8] = [
    "reporter-energy",
    "reporter-bank",
    "reporter-municipality",
    "officer-sektorcert",
    "officer-datatilsynet",
    "officer-finanstilsynet",
    "duty-officer",
    "coordinator",
];

/// What is sought in queues: an investigator must find it again, however it looks.
const SOUGHT: [&str; 4] = ["Nordvind", "bank, \"sund\"", "=2+3", "x”, shown 99"];

/// One use: when, who, what, in the words in which both sides say it.
type Use = (DateTime<Utc>, String, String);

/// What somebody does, and what was shown to them.
async fn act(house: &House, request: &Request, known: &[IncidentId], chance: u32) -> Vec<Use> {
    let actor = request.actor().unwrap();
    let (now, name) = (house.now(), actor.name.clone());
    let unit = match &actor.role {
        Role::Officer { unit } | Role::Coordinator { unit } => Some(unit),
        _ => None,
    };
    let services = &house.services;
    let page = PageRequest { first: 1 + chance % 3, after: None };
    let mut seen: Vec<String> = Vec::new();
    match (chance % 4, unit) {
        (0, Some(unit)) => {
            let text = SOUGHT[usize::try_from(chance / 4).unwrap() % SOUGHT.len()].to_owned();
            let filter = CaseFilter { text: Some(text.clone()), ..CaseFilter::default() };
            let rows = queue::list(services, request, unit, filter, page).await.unwrap().rows;
            seen.push(format!("sought {}, {} shown", plain_text(&text), rows.len()));
            seen.extend(rows.iter().map(|(_, row)| format!("row {}", row.number)));
        }
        (0, None) => {
            let rows = incident::list_own(services, request, page).await.unwrap().rows;
            seen.extend(rows.iter().map(|(_, row)| format!("row {}", row.number)));
        }
        _ => {
            // Most of them are not for everybody: what was not shown is no use.
            let id = known[usize::try_from(chance / 4).unwrap() % known.len()];
            let shown = incident::open(services, request, id).await.unwrap();
            seen.extend(shown.iter().map(opened));
        }
    }
    seen.into_iter().map(|what| (now, name.clone(), what)).collect()
}

/// Queues are searched without regard to capitals, and a sentence has no quotation marks like its own within a value.
fn plain_text(sought: &str) -> String {
    sought.to_lowercase().replace(['“', '”'], "\"")
}

fn opened(view: &IncidentView) -> String {
    format!("opened {}, {} answers", view.number, view.facts.len())
}

/// What happened, told by those who did it.
async fn happen(house: &House, rounds: usize) -> Vec<Use> {
    let mut truth = Vec::new();
    let mut known = Vec::new();
    for (number, handle) in
        ["reporter-energy", "reporter-bank", "reporter-municipality", "reporter-energy"].iter().enumerate()
    {
        let (view, _) = house.file(handle, &format!("report-{number}")).await;
        let name = house.request(handle).await.actor().unwrap().name.clone();
        // The answer to a report shows what was reported.
        truth.push((house.now(), name.clone(), opened(&view)));
        truth.push((house.now(), name, format!("filed {}", view.number)));
        known.push(view.id);
    }
    let mut requests = Vec::new();
    for handle in PEOPLE {
        requests.push(house.request(handle).await);
    }
    let mut chance = StdRng::seed_from_u64(seed());
    for _ in 0..rounds {
        house.advance(TimeDelta::milliseconds(731));
        let at_once = requests.iter().map(|request| act(house, request, &known, chance.random()));
        truth.extend(join_all(at_once).await.into_iter().flatten());
    }
    truth
}

/// What the file says, by the manual alone: the sentence, who and when; signs of life are no uses.
fn interpret(csv: &str) -> Vec<Use> {
    let rows = csv.trim_start_matches('\u{feff}').split("\r\n").skip(1).filter(|row| !row.is_empty());
    rows.map(|row| {
        let cells = cells(row);
        let at = cells[1].parse().unwrap();
        let (who, what) = cells[7].split_once(") ").unwrap();
        let (name, _) = who.split_once(" (").unwrap();
        (at, name.to_owned(), plain(what))
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

/// A sentence in the words of [`act`].
fn plain(what: &str) -> String {
    let number = what.split(' ').find(|word| word.starts_with("V-2026-")).unwrap_or_default();
    if let Some((_, answers)) =
        what.split_once(" and was shown ").filter(|_| what.starts_with("opened incident"))
    {
        let count = answers.split(' ').next().unwrap();
        format!("opened {number}, {} answers", if count == "no" { "0" } else { count })
    } else if what.starts_with("filed a report on ") {
        format!("filed {number}")
    } else if what.starts_with("saw incident ") {
        format!("row {number}")
    } else if let Some(detail) = what.strip_prefix("searched a list of cases: ") {
        let after = |name: &str| detail.split_once(name).map(|(_, rest)| rest).unwrap_or_default();
        let (shown, _) = after("shown ").split_once(',').unwrap();
        let (sought, _) = after("words sought “").split_once('”').unwrap();
        format!("sought {sought}, {shown} shown")
    } else {
        format!("cannot be interpreted: {what}")
    }
}

async fn file(house: &House) -> String {
    let request = house.request("security-officer").await;
    let inquiry = Inquiry { case: "2026-17".to_owned(), ..Inquiry::default() };
    let file = log::export(&house.services, &request, &inquiry, Form::Csv, Language::En).await.unwrap();
    String::from_utf8(file).unwrap()
}

/// How often each use is in the one more than in the other.
fn differences(truth: &[Use], found: &[Use]) -> Vec<String> {
    let mut counts: BTreeMap<&Use, i64> = BTreeMap::new();
    for it in truth {
        *counts.entry(it).or_default() += 1;
    }
    for it in found {
        *counts.entry(it).or_default() -= 1;
    }
    let differing = counts.into_iter().filter(|(_, count)| *count != 0);
    differing
        .map(|(it, count)| format!("{} {it:?}", if count > 0 { "missing" } else { "too much" }))
        .collect()
}

#[tokio::test]
async fn what_eight_people_did_at_once_is_in_the_file_and_nothing_else() {
    in_each_separated_house(async |house| {
        let rounds = scale(40, 500);
        let truth = happen(&house, rounds).await;
        let found = interpret(&file(&house).await);
        assert_eq!(differences(&truth, &found), [""; 0]);
        for kind in ["opened", "row", "sought", "filed"] {
            assert!(truth.iter().any(|(_, _, what)| what.starts_with(kind)), "nobody {kind}");
        }
        let database = if house.services.store.is_shared() { "PostgreSQL" } else { "SQLite" };
        proved(
            "E1",
            &format!("{database}: 8 people x {rounds} acts, {} uses: 0 missing, 0 too much", truth.len()),
        );
    })
    .await;
}

#[tokio::test]
async fn a_use_that_was_not_written_down_or_told_of_somebody_else_is_noticed() {
    in_each_separated_house(async |house| {
        let truth = happen(&house, 10).await;
        let file = file(&house).await;
        let whole = interpret(&file);
        assert_eq!(differences(&truth, &whole), [""; 0]);
        let one = whole.iter().position(|(_, _, what)| what.starts_with("opened")).unwrap();
        let without: Vec<_> =
            whole.iter().enumerate().filter(|(at, _)| *at != one).map(|(_, it)| it.clone()).collect();
        assert_eq!(differences(&truth, &without).len(), 1);
        let mut another = whole.clone();
        another[one].1 = "Somebody Else".to_owned();
        assert_eq!(differences(&truth, &another).len(), 2);
    })
    .await;
}
