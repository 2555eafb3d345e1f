//! Six years, month by month.

use chrono::{Months, TimeDelta};
use varsel_domain::change::{Payload, Refusal};
use varsel_domain::organisation::Language;
use varsel_services::log::{self, Depth, Fault, Form, Inquiry};
use varsel_services::testing::{House, in_each_separated_house};
use varsel_services::view::PageRequest;
use varsel_services::{change, retention, review};
use varsel_storage::testing::alone_on;

use super::oracle::World;
use crate::rows::{count, uses};

const REASON: &str = "The police have asked for it in case 0042.";

/// What was made and has gone by the end, if only that of the first years.
const KINDS: [&str; 22] = [
    "incident",
    "use",
    "session",
    "attempt",
    "tally",
    "strikes",
    "block",
    "token",
    "sign-in",
    "review",
    "person",
    "right",
    "account",
    "link",
    "used-link",
    "log-out",
    "bootstrap",
    "used-bootstrap",
    "job",
    "given-up",
    "lapsed",
    "refused",
];

/// Two administrators decide about holding an incident.
pub(crate) async fn decide(house: &House, number: &str, until: Option<chrono::DateTime<chrono::Utc>>) {
    let (first, second) = (house.request("administrator").await, house.request("administrator-second").await);
    let proposed = match until {
        Some(until) => retention::propose_hold(&house.services, &first, (number, until), REASON).await,
        None => retention::propose_lift(&house.services, &first, number, REASON).await,
    };
    let proposed = proposed.unwrap().unwrap().change;
    let own = change::approve(&house.services, &first, proposed.id, &proposed.payload_sha256).await.unwrap();
    assert_eq!(own.unwrap_err(), Refusal::OwnProposal, "one alone holds nothing");
    change::approve(&house.services, &second, proposed.id, &proposed.payload_sha256).await.unwrap().unwrap();
}

#[tokio::test]
async fn in_six_years_nothing_stays_beyond_its_deadline_and_nothing_goes_before_it_on_sqlite() {
    alone_on("SQLite", six_years()).await;
}

#[tokio::test]
async fn in_six_years_nothing_stays_beyond_its_deadline_and_nothing_goes_before_it_on_postgresql() {
    alone_on("PostgreSQL", six_years()).await;
}

async fn six_years() {
    in_each_separated_house(async |house| {
        let mut world = World::new(house.clone()).await;
        review::schedule(&house.services).await.unwrap();
        let begun = house.now();
        let (mut numbers, mut backup) = (Vec::new(), None);
        for month in 0..72_u32 {
            let at = begun + Months::new(month);
            while house.now() < at {
                world.pass(world.next(at) - house.now()).await;
                assert_eq!(world.faults().await, [""; 0]);
            }
            // Not at the hour at which the runner looks.
            world.pass(TimeDelta::hours(7)).await;
            numbers.push(world.make(month).await.number);
            assert_eq!(world.faults().await, [""; 0], "all of it is there");
            if month == 3 {
                let until = house.now() + TimeDelta::days(5 * 365);
                decide(&house, &numbers[0], Some(until)).await;
                decide(&house, &numbers[1], Some(until)).await;
                for canary in ["kanarie-incident-000.", "kanarie-use-000."] {
                    world.hold(canary, until);
                }
                let lifted = begun + Months::new(62) + TimeDelta::hours(7);
                for canary in ["kanarie-incident-001.", "kanarie-use-001."] {
                    world.hold(canary, lifted);
                }
            }
            if month == 11 {
                backup = world.backup().await;
            }
            if month == 62 {
                decide(&house, &numbers[1], None).await;
            }
            world.pass(TimeDelta::hours(17)).await;
            assert_eq!(world.faults().await, [""; 0]);
            assert_eq!(world.remains().await, [""; 0]);
            assert_eq!(whole(&house, Depth::Places).await, []);
        }
        world.pass(TimeDelta::days(1)).await;
        let report = retention::report(&house.services).await.unwrap();
        assert!(report.lines.iter().all(|line| line.due == 0 && line.overdue == 0), "{report:?}");
        assert!(report.runs.iter().all(|run| run.overdue == 0));
        assert_eq!(count(&house, "incident").await, 60, "those of five years");
        for kind in KINDS {
            assert!(world.gone(&format!("kanarie-{kind}-")).await > 0, "{kind}: none has gone");
        }
        assert_eq!(count(&house, "legal_hold").await, 0, "a hold goes with its incident");
        assert!(count(&house, "job").await < 200, "finished jobs go");
        let said = uses(&house).await;
        let erasures = said.iter().filter(|it| it.kind == "erased").count();
        assert!(erasures > 20 && said.iter().all(|it| it.kind != "erased" || it.name == "Varsel"));
        verify(&house).await;
        if let Some(backup) = backup {
            assert_eq!(world.readable(&backup).await, [""; 0], "a backup of the first year forgets, too");
        }
    })
    .await;
}

/// What is left of the log is proven as if nothing had gone.
async fn verify(house: &House) {
    log::seal_waiting(&house.services).await.unwrap();
    let request = house.request("security-officer").await;
    let inquiry = Inquiry { case: "J-2026-0042".to_owned(), ..Inquiry::default() };
    let bundle = log::export(&house.services, &request, &inquiry, Form::Bundle, Language::En).await.unwrap();
    let verified = varsel_log::export::open(&*bundle, None).unwrap().verify(&[], |_| ()).unwrap();
    assert!(verified.entries > 0 && verified.checkpoint.size > verified.entries);
    assert_eq!(whole(house, Depth::Entries).await, []);
}

/// What is missing that was not erased on record, and what else is wrong with the log.
async fn whole(house: &House, depth: Depth) -> Vec<Fault> {
    let key = house.services.log.signer().verifier();
    log::check(&house.services.store, key, depth).await.unwrap().faults
}

#[tokio::test]
async fn a_hold_needs_an_incident_an_end_and_the_right() {
    in_each_separated_house(async |house| {
        let (own, _) = house.file("reporter-energy", "one-report").await;
        let administrator = house.request("administrator").await;
        let propose = async |number: &str, days: i64| {
            let until = house.now() + TimeDelta::days(days);
            let outcome =
                retention::propose_hold(&house.services, &administrator, (number, until), REASON).await;
            outcome.unwrap().map(|view| view.change.read_payload())
        };
        assert_eq!(propose("V-2026-99999", 30).await, Err(Refusal::UnknownIncident));
        assert_eq!(propose(&own.number, 0).await, Err(Refusal::HoldEnd));
        assert_eq!(propose(&own.number, 5 * 365 + 1).await, Err(Refusal::HoldEnd));
        let until = house.now() + TimeDelta::days(30);
        let payload = Payload::PlaceHold { incident: own.id, number: own.number.clone(), until };
        assert_eq!(propose(&own.number, 30).await, Ok(Some(payload)));
        let lift = retention::propose_lift(&house.services, &administrator, &own.number, REASON).await;
        assert_eq!(lift.unwrap().unwrap_err(), Refusal::NotHeld);
        for handle in ["reporter-energy", "officer-sektorcert", "security-officer"] {
            let other = house.request(handle).await;
            let outcome =
                retention::propose_hold(&house.services, &other, (&own.number, until), REASON).await;
            assert!(outcome.is_err(), "{handle}");
        }
        let page = PageRequest { first: 10, after: None };
        assert_eq!(change::list(&house.services, &administrator, page).await.unwrap().rows.len(), 1);
    })
    .await;
}
