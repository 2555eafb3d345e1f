//! Whoever seeks something leaves in the log the criterion as it was compared; seeking that again on the same data finds the same.

use chrono::TimeDelta;
use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};
use serde_json::{Value, json};
use varsel_domain::case::CaseStatus;
use varsel_services::authorisation::{self, Filter, Standing};
use varsel_services::log::{self, Inquiry};
use varsel_services::testing::{House, in_each_house};
use varsel_services::view::{CaseFilter, PageRequest};
use varsel_services::{Request, queue};
use varsel_storage::testing::{proved, scale, seed};

use crate::rows::uses;

/// Pieces of what is sought: names, spaces of several kinds, marks that a pattern or a sentence could take for its own.
const PIECES: [&str; 16] = [
    "Nordvind",
    "elNET",
    "A/S",
    " ",
    "  ",
    "\u{a0}",
    "sund",
    "Mads",
    "krogh",
    "@myndighed",
    "%",
    "_",
    "”, shown 9",
    "\\",
    "ØSTER",
    "e",
];
const STANDINGS: [Standing; 3] = [Standing::Active, Standing::Suspended, Standing::Over];

fn all() -> PageRequest {
    PageRequest { first: 100, after: None }
}

fn text(chance: &mut StdRng) -> Option<String> {
    let pieces = chance.random_range(0..4);
    let text: String = (0..pieces).map(|_| PIECES[chance.random_range(0..PIECES.len())]).collect();
    (pieces > 0).then_some(text)
}

/// The text as lists compare it; the test's own words for it.
fn compared(text: Option<&String>) -> Value {
    let words: Vec<_> = text.map(|text| text.split_whitespace().collect()).unwrap_or_default();
    let text = words.join(" ").to_lowercase();
    if text.is_empty() { Value::Null } else { json!(text) }
}

/// One search: the criterion that the log must hold, and what was shown.
struct Search {
    kind: &'static str,
    criterion: Value,
    shown: Vec<String>,
}

struct Seeker {
    officer: Request,
    administrator: Request,
    auditor: Request,
}

impl Seeker {
    async fn cases(&self, house: &House, filter: CaseFilter) -> Vec<String> {
        let found = queue::list(&house.services, &self.officer, &"sektorcert".into(), filter, all()).await;
        found.unwrap().rows.into_iter().map(|(_, row)| row.case.id.to_string()).collect()
    }

    async fn rights(&self, house: &House, filter: Filter) -> Vec<String> {
        let found = authorisation::list(&house.services, &self.administrator, filter, all()).await.unwrap();
        found.rows.into_iter().map(|(_, view)| view.authorisation.id.to_string()).collect()
    }

    async fn people(&self, house: &House, text: &str) -> Vec<String> {
        let found = authorisation::people(&house.services, &self.administrator, text).await.unwrap();
        found.into_iter().map(|it| it.person.id.to_string()).collect()
    }

    /// What somebody seeks, as chance has it.
    async fn seek(&self, house: &House, chance: &mut StdRng) -> Search {
        let text = text(chance);
        let compared = compared(text.as_ref());
        match chance.random_range(0..3) {
            0 => {
                let all = [CaseStatus::Closed, CaseStatus::New, CaseStatus::InProgress, CaseStatus::New];
                let status = all[..chance.random_range(0..=4)].to_vec();
                let (late, min_severity) = (chance.random(), chance.random::<bool>().then_some(2));
                let normalised = [CaseStatus::New, CaseStatus::InProgress, CaseStatus::Closed];
                let normalised: Vec<_> = normalised.into_iter().filter(|it| status.contains(it)).collect();
                let criterion = json!({ "status": normalised, "late": late, "min_severity": min_severity, "text": compared });
                let shown = self.cases(house, CaseFilter { status, late, min_severity, text }).await;
                Search { kind: "listed", criterion, shown }
            }
            1 => {
                let standing =
                    Some(STANDINGS[chance.random_range(0..STANDINGS.len())]).filter(|_| chance.random());
                let criterion = json!({
                    "holder": null, "reach": null, "function": null, "text": compared,
                    "standing": standing.map(|it| format!("{it:?}")),
                });
                let shown = self.rights(house, Filter { standing, text, ..Filter::default() }).await;
                Search { kind: "authorisations_read", criterion, shown }
            }
            _ => {
                let criterion = json!(compared.as_str().unwrap_or_default());
                let shown = self.people(house, text.as_deref().unwrap_or_default()).await;
                Search { kind: "people_searched", criterion, shown }
            }
        }
    }

    /// The same once more, by nothing but what the log holds.
    async fn again(&self, house: &House, kind: &str, criterion: &Value) -> Vec<String> {
        let text = criterion["text"].as_str().map(str::to_owned);
        match kind {
            "listed" => {
                let filter = CaseFilter {
                    status: serde_json::from_value(criterion["status"].clone()).unwrap(),
                    late: criterion["late"].as_bool().unwrap(),
                    min_severity: serde_json::from_value(criterion["min_severity"].clone()).unwrap(),
                    text,
                };
                self.cases(house, filter).await
            }
            "authorisations_read" => {
                let standing = STANDINGS.into_iter().find(|it| criterion["standing"] == format!("{it:?}"));
                self.rights(house, Filter { standing, text, ..Filter::default() }).await
            }
            _ => self.people(house, criterion.as_str().unwrap()).await,
        }
    }
}

/// What an entry holds of the criterion.
fn criterion(kind: &str, detail: &Value) -> Value {
    match kind {
        "listed" => {
            let mut criterion = detail.clone();
            let fields = criterion.as_object_mut().unwrap();
            fields.retain(|name, _| !matches!(name.as_str(), "queue" | "shown" | "under"));
            criterion
        }
        "authorisations_read" => detail["filter"].clone(),
        _ => detail["text"].clone(),
    }
}

#[tokio::test]
async fn the_log_holds_what_was_compared_and_seeking_that_again_finds_the_same() {
    in_each_house(async |house| {
        let mut number = String::new();
        for (at, handle) in ["reporter-energy", "reporter-energy", "reporter-bank"].iter().enumerate() {
            number = house.file(handle, &format!("report-{at}")).await.0.number;
            house.advance(TimeDelta::days(1));
        }
        let seeker = Seeker {
            officer: house.request("officer-sektorcert").await,
            administrator: house.request("administrator").await,
            auditor: house.request("security-officer").await,
        };
        let before = uses(&house).await.len();
        let (mut chance, rounds) = (StdRng::seed_from_u64(seed()), scale(1_000, 10_000));
        let mut searches = Vec::new();
        for _ in 0..rounds {
            searches.push(seeker.seek(&house, &mut chance).await);
        }
        let entries: Vec<_> =
            uses(&house).await.into_iter().skip(before).filter(|it| it.incident_id.is_none()).collect();
        assert_eq!(entries.len(), searches.len());
        let mut found = 0;
        for (search, entry) in searches.iter().zip(&entries) {
            assert_eq!(entry.kind, search.kind);
            let logged = criterion(search.kind, &entry.detail);
            assert_eq!(logged, search.criterion, "{entry:?}");
            assert_eq!(seeker.again(&house, search.kind, &logged).await, search.shown, "{entry:?}");
            found += usize::from(!search.shown.is_empty());
        }
        assert!(found > rounds / 10 && found < rounds, "{found} of {rounds} found something");
        let database = if house.services.store.is_shared() { "PostgreSQL" } else { "SQLite" };
        proved(
            "R40",
            &format!("{database}: {rounds} searches, {found} with hits: the criterion found the same again"),
        );

        // An incident is sought by its number, however it is typed.
        let typed = Inquiry {
            case: " 17 ".to_owned(),
            incident: Some(format!(" {} ", number.to_lowercase())),
            ..Inquiry::default()
        };
        log::investigate(&house.services, &seeker.auditor, &typed, all()).await.unwrap();
        let entry = uses(&house).await.pop().unwrap();
        assert_eq!((&entry.detail["case"], &entry.detail["incident"]), (&json!("17"), &json!(number)));
    })
    .await;
}
