//! Running incidents keep their version until they are assessed anew; what that changes is told; and what was assessed
//! can be replayed.

use chrono::TimeDelta;
use serde_json::json;
use varsel_domain::IncidentId;
use varsel_domain::change::Refusal;
use varsel_domain::timeline::TimelineKind;
use varsel_services::report::{
    ReassessOutcome, Replay, Replayed, SubmitOutcome, SubmitReport, reassess, reassessment, replay, submit,
};
use varsel_services::testing::{House, in_each_house, mails_in};
use varsel_services::view::IncidentView;
use varsel_services::{Error, incident, job};
use varsel_storage::testing::edit_assessments;

use crate::rows::{count, execute, uses};

async fn seen(house: &House, handle: &str, id: IncidentId) -> IncidentView {
    incident::open(&house.services, &house.request(handle).await, id).await.unwrap().unwrap()
}

async fn in_force(house: &House, reassess_running: bool) {
    house.publish(reassess_running).await;
    house.advance(TimeDelta::minutes(10));
}

async fn replayed(house: &House) -> Vec<Replayed> {
    let mut all = Vec::new();
    replay(&house.services.store, None, |one| all.push(one)).await.unwrap();
    all
}

async fn further(house: &House, id: IncidentId) -> IncidentView {
    let facts = json!({ "status_update": "Ny oplysning." });
    let report = SubmitReport {
        idempotency_key: "further-report".to_owned(),
        facts,
        incident: Some(id),
        warnings_seen: false,
    };
    match submit(&house.services, &house.request("reporter-energy").await, report).await.unwrap() {
        SubmitOutcome::Submitted { incident, .. } => *incident,
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn a_running_incident_keeps_its_version_and_a_new_one_gets_the_newest() {
    in_each_house(async |house| {
        let (first, _) = house.file("reporter-energy", "first-report").await;
        in_force(&house, false).await;
        let second = further(&house, first.id).await;
        assert_eq!((second.pack_version.as_str(), second.pack.version()), ("2026.1", "2026.1"));
        let (new, _) = house.file("reporter-bank", "other-report").await;
        assert_eq!(new.pack_version, "2026.2");
        assert!(!second.reassessable && !new.reassessable, "that is not for whoever reported");
        assert!(seen(&house, "officer-sektorcert", first.id).await.reassessable, "the lead's");
        assert!(!seen(&house, "duty-officer", first.id).await.reassessable, "not another unit's");
    })
    .await;
}

#[tokio::test]
async fn the_lead_assesses_anew_what_it_has_read_the_effect_of() {
    in_each_house(async |house| {
        let (first, receipt) = house.file("reporter-energy", "first-report").await;
        let request = house.request("officer-sektorcert").await;
        assert_eq!(reassessment(&house.services, &request, first.id).await.unwrap(), None);
        in_force(&house, false).await;
        let read = reassessment(&house.services, &request, first.id).await.unwrap().unwrap();
        assert_eq!((read.from.as_str(), read.to.as_str()), ("2026.1", "2026.2"));
        assert!(read.changes.iter().any(|it| it.what.en.contains("time")), "{:?}", read.changes);

        let stale = reassess(&house.services, &request, first.id, "2026.1").await.unwrap();
        assert!(matches!(stale, ReassessOutcome::Refused(Refusal::NotNewest)), "{stale:?}");
        let before = seen(&house, "reporter-energy", first.id).await;
        let view = match reassess(&house.services, &request, first.id, "2026.2").await.unwrap() {
            ReassessOutcome::Reassessed(view) => view,
            ReassessOutcome::Refused(refusal) => panic!("{refusal:?}"),
        };
        assert_eq!((view.pack_version.as_str(), view.reassessable), ("2026.2", false));
        let told = view.timeline.iter().find(|it| it.kind == TimelineKind::Reassessed).unwrap();
        assert_eq!(told.text.en, "Assessed anew under rule pack 2026.2 (before: 2026.1).");
        let moved = view.timeline.iter().filter(|it| it.kind == TimelineKind::ObligationMoved).count();
        assert!(moved > 0, "{:?}", view.timeline);

        let after = seen(&house, "reporter-energy", first.id).await;
        assert_eq!(after.receipts, [receipt], "a receipt never changes");
        assert_eq!(after.facts, before.facts);
        let met = |view: &IncidentView| {
            let met = view
                .obligations
                .iter()
                .filter(|it| it.obligation.status == varsel_domain::rules::ObligationStatus::Met);
            met.map(|it| (it.obligation.regime.clone(), it.obligation.stage.clone())).collect::<Vec<_>>()
        };
        assert_eq!(met(&after), met(&before), "what was met stays met");
        assert_eq!(count(&house, "facts_revision").await, 2);
        let logged = uses(&house).await;
        assert!(logged.iter().any(|it| it.kind == "reassessed" && it.incident_id == Some(first.id.0)));
        let again = reassess(&house.services, &request, first.id, "2026.2").await.unwrap();
        assert!(matches!(again, ReassessOutcome::Refused(Refusal::AlreadyInForce)), "{again:?}");
        assert_eq!(count(&house, "facts_revision").await, 2);
    })
    .await;
}

#[tokio::test]
async fn nobody_but_the_lead_assesses_anew_and_each_reads_only_their_part() {
    in_each_house(async |house| {
        let (own, _) = house.file("reporter-municipality", "first-report").await;
        in_force(&house, false).await;
        for (handle, known) in [
            ("reporter-municipality", true),
            ("officer-datatilsynet", true),
            ("duty-officer", true),
            ("reporter-bank", false),
            ("officer-dcis-sund", false),
            ("administrator", false),
            ("security-officer", false),
        ] {
            let request = house.request(handle).await;
            let tried = reassess(&house.services, &request, own.id, "2026.2").await;
            let refused = match tried {
                Err(Error::Forbidden { .. }) => known,
                Err(Error::NotFound { .. }) => !known,
                _ => false,
            };
            assert!(refused, "{handle}: {tried:?}");
            let read = reassessment(&house.services, &request, own.id).await.unwrap();
            assert_eq!(read.is_some(), known, "{handle}");
        }
        let all = reassessment(&house.services, &house.request("reporter-municipality").await, own.id).await;
        let all = all.unwrap().unwrap().changes;
        let dpa = seen(&house, "officer-datatilsynet", own.id).await;
        let request = house.request("officer-datatilsynet").await;
        let part = reassessment(&house.services, &request, own.id).await.unwrap().unwrap().changes;
        assert!(!part.is_empty() && part.iter().all(|it| all.contains(it)), "{part:?}");
        let regimes: Vec<_> =
            dpa.obligations.iter().map(|it| dpa.pack.regime_name(&it.obligation.regime).unwrap()).collect();
        for change in part.iter().filter(|it| it.what.en.contains(" (")) {
            assert!(regimes.iter().any(|name| change.what.en.contains(&name.en)), "{change:?}");
        }
        assert_eq!(count(&house, "facts_revision").await, 1);
    })
    .await;
}

#[tokio::test]
async fn running_incidents_are_assessed_anew_once_when_the_version_comes_into_force() {
    in_each_house(async |house| {
        let (energy, _) = house.file("reporter-energy", "first-report").await;
        let (municipality, _) = house.file("reporter-municipality", "second-report").await;
        let closed = &municipality.number;
        execute(&house, &format!("UPDATE unit_case SET status = 'closed' WHERE incident_id = (SELECT id FROM incident WHERE number = '{closed}')")).await;
        house.publish(true).await;
        let mail = mails_in(std::env::temp_dir().join(format!("varsel-reassess-{}", std::process::id())));
        job::run_due(&house.services, &mail).await.unwrap();
        assert_eq!(seen(&house, "reporter-energy", energy.id).await.pack_version, "2026.1", "not before its time");
        house.advance(TimeDelta::minutes(10));
        job::run_due(&house.services, &mail).await.unwrap();
        assert_eq!(seen(&house, "reporter-energy", energy.id).await.pack_version, "2026.2");
        let closed = seen(&house, "reporter-municipality", municipality.id).await;
        assert_eq!(closed.pack_version, "2026.1", "it no longer runs");
        assert_eq!(count(&house, "facts_revision").await, 3);
        // As a runner does that takes over from one that died.
        execute(&house, "UPDATE job SET state = 'queued' WHERE kind = 'reassess_running'").await;
        job::run_due(&house.services, &mail).await.unwrap();
        assert_eq!(count(&house, "facts_revision").await, 3, "never twice");
        let logged = uses(&house).await;
        let by_itself: Vec<_> = logged.iter().filter(|it| it.kind == "reassessed" && it.function == "system").collect();
        let of: Vec<_> = by_itself.iter().map(|it| (it.incident_id, &it.detail)).collect();
        assert_eq!(of, [(Some(energy.id.0), &json!({ "from": "2026.1", "to": "2026.2" }))], "found by the incident");
    })
    .await;
}

#[tokio::test]
async fn what_was_assessed_gives_the_same_bytes_under_its_own_version() {
    in_each_house(async |house| {
        let (first, _) = house.file("reporter-energy", "first-report").await;
        // At the same instant: the order of revisions decides, not the clock.
        further(&house, first.id).await;
        in_force(&house, false).await;
        let request = house.request("officer-sektorcert").await;
        reassess(&house.services, &request, first.id, "2026.2").await.unwrap();
        let all = replayed(&house).await;
        let versions: Vec<_> = all.iter().map(|it| (it.revision, it.pack_version.as_str())).collect();
        assert_eq!(versions, [(1, "2026.1"), (2, "2026.1"), (3, "2026.2")]);
        assert!(all.iter().all(|it| it.outcome == Replay::Same), "{all:?}");

        let tampered = edit_assessments(&house.services.store, |_, revision, assessment| {
            assessment["severity"]["level"] = 0.into();
            revision == 1
        });
        assert_eq!(tampered.await.unwrap(), 1);
        let all = replayed(&house).await;
        assert_eq!(all[0].outcome, Replay::Differs(vec!["/severity/level".to_owned()]));
        execute(&house, "DELETE FROM pack_version WHERE version = '2026.2'").await;
        assert_eq!(replayed(&house).await[2].outcome, Replay::NoPack("it is not stored".to_owned()));
    })
    .await;
}
