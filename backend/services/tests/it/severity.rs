//! The unit that leads confirms the proposed severity, or sets another and says why.

use chrono::TimeDelta;
use serde_json::{Value, json};
use varsel_domain::IncidentId;
use varsel_domain::severity::Seen;
use varsel_domain::timeline::TimelineKind;
use varsel_services::report::{
    ConfirmSeverity, ConfirmSeverityOutcome, SubmitOutcome, SubmitReport, confirm_severity, submit,
};
use varsel_services::testing::{House, in_each_house};
use varsel_services::view::{CaseFilter, IncidentView, PageRequest, SeverityView};
use varsel_services::{Error, Request, Result, incident, queue};

use crate::rows::{count, uses};

const WHY: &str = "Kun to mindre områder er ramt, og begge er i drift igen.";

async fn seen(house: &House, handle: &str, id: IncidentId) -> IncidentView {
    incident::open(&house.services, &house.request(handle).await, id).await.unwrap().unwrap()
}

fn wanted(of: &IncidentView, level: u8, why: &str) -> ConfirmSeverity {
    let confirmations = u32::try_from(of.severity.confirmations.len()).unwrap();
    let seen = Seen { confirmations, proposed: of.severity.proposed.level };
    ConfirmSeverity { incident: of.id, level, justification: why.to_owned(), seen }
}

async fn confirm(house: &House, request: &Request, it: ConfirmSeverity) -> Result<ConfirmSeverityOutcome> {
    confirm_severity(&house.services, request, it).await
}

async fn confirmed(house: &House, handle: &str, it: ConfirmSeverity) -> IncidentView {
    match confirm(house, &house.request(handle).await, it).await.unwrap() {
        ConfirmSeverityOutcome::Confirmed(view) => *view,
        conflict @ ConfirmSeverityOutcome::Conflict { .. } => panic!("{conflict:?}"),
    }
}

async fn further(house: &House, id: IncidentId, facts: Value) -> IncidentView {
    let report = SubmitReport {
        idempotency_key: format!("further-{}", house.now()),
        facts,
        incident: Some(id),
        warnings_seen: false,
    };
    match submit(&house.services, &house.request("reporter-energy").await, report).await.unwrap() {
        SubmitOutcome::Submitted { incident, .. } => *incident,
        other => panic!("{other:?}"),
    }
}

/// The levels of the unit's queue, in its order, and how many of them are at least `least`.
async fn levels(house: &House, least: u8) -> (Vec<u8>, u64) {
    let (request, unit) = (house.request("officer-sektorcert").await, "sektorcert".into());
    let page = || PageRequest { first: 10, after: None };
    let all = queue::list(&house.services, &request, &unit, CaseFilter::default(), page()).await.unwrap();
    let filter = CaseFilter { min_severity: Some(least), ..CaseFilter::default() };
    let some = queue::list(&house.services, &request, &unit, filter, page()).await.unwrap();
    (all.rows.into_iter().map(|(_, row)| row.severity).collect(), some.total)
}

#[tokio::test]
async fn the_lead_confirms_what_is_proposed_without_a_word_and_everybody_sees_that_it_did() {
    in_each_house(async |house| {
        let (own, _) = house.file("reporter-energy", "first-report").await;
        let lead = seen(&house, "officer-sektorcert", own.id).await;
        assert!(lead.severity.confirmable && lead.severity.confirmations.is_empty());
        assert!(
            !own.severity.confirmable && !seen(&house, "duty-officer", own.id).await.severity.confirmable
        );
        let proposed = own.severity.proposed.level;
        let fed = count(&house, "change").await;
        house.advance(TimeDelta::minutes(5));
        let view = confirmed(&house, "officer-sektorcert", wanted(&lead, proposed, " ")).await;
        assert_eq!((view.severity.level(), view.severity.is_outdated()), (proposed, false));
        let made = &view.severity.confirmations[0];
        assert_eq!((made.level, made.proposed, made.at), (proposed, proposed, house.now()));
        assert_eq!((made.by.as_deref(), &made.justification), (Some("Mads Krogh"), &None));
        assert_eq!(made.unit.as_ref().unwrap().as_str(), "sektorcert");
        assert_eq!(view.severity.proposed, lead.severity.proposed, "the reasons are still told");
        let told = view.timeline.iter().find(|it| it.kind == TimelineKind::SeverityConfirmed).unwrap();
        assert!(told.text.en.starts_with("Severity confirmed: "), "{}", told.text.en);
        assert_eq!(told.by, "SektorCERT");
        assert_eq!(count(&house, "change").await, fed + i64::try_from(own.cases.len()).unwrap());
        let log = uses(&house).await;
        let logged = log.iter().find(|it| it.kind == "severity_confirmed").unwrap();
        assert_eq!(logged.detail["level"], proposed);
        // Sent twice, it is there once.
        let twice = confirmed(&house, "officer-sektorcert", wanted(&lead, proposed, "")).await;
        assert_eq!(twice.severity.confirmations.len(), 1);
        assert_eq!(count(&house, "severity_confirmation").await, 1);
    })
    .await;
}

#[tokio::test]
async fn another_level_needs_a_reason_that_stays_with_those_who_coordinate() {
    in_each_house(async |house| {
        let (own, _) = house.file("reporter-energy", "first-report").await;
        house.advance(TimeDelta::minutes(5));
        further(&house, own.id, json!({ "personal_data.involved": true, "personal_data.risk": "high" }))
            .await;
        let lead = seen(&house, "officer-sektorcert", own.id).await;
        let proposed = lead.severity.proposed.level;
        for (level, why, field) in [
            (proposed - 1, "", "justification"),
            (proposed - 1, "ni tegn  ", "justification"),
            (proposed, &"ø".repeat(2_001), "justification"),
            (6, WHY, "level"),
        ] {
            let request = house.request("officer-sektorcert").await;
            let refused = confirm(&house, &request, wanted(&lead, level, why)).await;
            match refused {
                Err(Error::Invalid { field: named, message }) => {
                    assert_eq!(named, field);
                    assert!(!message.da.is_empty() && !message.en.is_empty());
                }
                other => panic!("{level} {why}: {other:?}"),
            }
        }
        assert_eq!(count(&house, "severity_confirmation").await, 0);
        let view = confirmed(&house, "officer-sektorcert", wanted(&lead, proposed - 1, WHY)).await;
        assert_eq!(view.severity.level(), proposed - 1);
        let request = house.request("officer-sektorcert").await;
        let back = confirm(&house, &request, wanted(&view, proposed, "")).await;
        assert!(
            matches!(back, Err(Error::Invalid { field: "justification", .. })),
            "set for a reason: {back:?}"
        );
        let told = |view: &IncidentView| {
            let told = view.timeline.iter().find(|it| it.kind == TimelineKind::SeverityConfirmed).unwrap();
            assert!(!told.text.da.contains("områder") && told.text.da.contains("foreslået var"));
            told.by.clone()
        };
        for (handle, internal, unit) in [
            ("officer-sektorcert", true, true),
            ("duty-officer", true, true),
            ("reporter-energy", false, true),
            ("officer-datatilsynet", false, false),
        ] {
            let view = seen(&house, handle, own.id).await;
            let made = &view.severity.confirmations[0];
            assert_eq!((made.level, made.proposed), (proposed - 1, proposed), "{handle}");
            assert_eq!(made.justification.as_deref() == Some(WHY), internal, "{handle}: {made:?}");
            assert_eq!(made.by.is_some(), internal, "{handle}: {made:?}");
            assert_eq!(made.unit.is_some(), unit, "{handle}: {made:?}");
            assert_eq!(told(&view) == "SektorCERT", unit, "{handle}: who leads is not its business");
        }
    })
    .await;
}

#[tokio::test]
async fn a_new_proposal_leaves_the_confirmation_in_force_and_marks_it() {
    in_each_house(async |house| {
        let (own, _) = house.file("reporter-energy", "first-report").await;
        house.advance(TimeDelta::minutes(5));
        let lead = seen(&house, "officer-sektorcert", own.id).await;
        let proposed = lead.severity.proposed.level;
        assert_eq!(levels(&house, 2).await, (vec![proposed], 1));
        confirmed(&house, "officer-sektorcert", wanted(&lead, 1, WHY)).await;
        assert_eq!(levels(&house, 2).await, (vec![1], 0), "the queue goes by what was confirmed");

        let worse = further(&house, own.id, json!({ "impact.death": true })).await;
        assert!(worse.severity.proposed.level > proposed, "{:?}", worse.severity);
        let marked = |it: &SeverityView| (it.level(), it.is_outdated());
        assert_eq!(marked(&worse.severity), (1, true));
        assert!(worse.timeline.iter().any(|it| it.kind == TimelineKind::SeverityChanged));
        assert_eq!(levels(&house, 2).await, (vec![1], 0));

        // Whoever decided before the facts came is told of them.
        let request = house.request("officer-sektorcert").await;
        let mut stale = wanted(&lead, proposed, "");
        stale.seen.confirmations = 1;
        match confirm(&house, &request, stale).await.unwrap() {
            ConfirmSeverityOutcome::Conflict { incident, message } => {
                assert!(message.en.starts_with("New facts changed the proposal from "), "{}", message.en);
                assert_eq!(incident.severity.confirmations.len(), 1);
            }
            confirmed @ ConfirmSeverityOutcome::Confirmed(_) => panic!("{confirmed:?}"),
        }
        let lead = seen(&house, "officer-sektorcert", own.id).await;
        let again =
            confirmed(&house, "officer-sektorcert", wanted(&lead, lead.severity.proposed.level, "")).await;
        assert_eq!(marked(&again.severity), (lead.severity.proposed.level, false));
        assert_eq!(again.severity.confirmations.len(), 2, "the first one is kept");
    })
    .await;
}

#[tokio::test]
async fn of_two_at_once_the_second_learns_what_the_first_did_and_changes_nothing() {
    in_each_house(async |house| {
        let (own, _) = house.file("reporter-energy", "first-report").await;
        let lead = seen(&house, "officer-sektorcert", own.id).await;
        let proposed = lead.severity.proposed.level;
        let first = house.request("officer-sektorcert").await;
        // A colleague of the same unit.
        let mut second = house.request("duty-officer").await;
        if let (Some(colleague), Some(officer)) = (&mut second.actor, &first.actor) {
            (colleague.rights, colleague.role) = (officer.rights.clone(), officer.role.clone());
        }
        let (one, other) = tokio::join!(
            confirm(&house, &first, wanted(&lead, proposed, "")),
            confirm(&house, &second, wanted(&lead, proposed - 1, WHY)),
        );
        let outcomes = [one.unwrap(), other.unwrap()];
        let told: Vec<_> = outcomes
            .iter()
            .filter_map(|it| match it {
                ConfirmSeverityOutcome::Conflict { incident, message } => Some((incident, message)),
                ConfirmSeverityOutcome::Confirmed(_) => None,
            })
            .collect();
        assert_eq!(told.len(), 1, "{outcomes:?}");
        let (incident, message) = told[0];
        let made = &incident.severity.confirmations[0];
        let name = made.by.as_deref().unwrap();
        assert!(message.da.starts_with(name) && message.en.starts_with(name), "{message:?}");
        assert!(message.en.contains(&format!("({})", made.level)), "{message:?}");
        assert_eq!(made.justification.is_some(), message.da.contains("to mindre områder"), "{message:?}");
        assert_eq!(count(&house, "severity_confirmation").await, 1);
    })
    .await;
}

#[tokio::test]
async fn nobody_but_the_lead_confirms() {
    in_each_house(async |house| {
        let (own, _) = house.file("reporter-energy", "first-report").await;
        for (handle, known) in [
            ("reporter-energy", true),
            ("duty-officer", true),
            ("officer-datatilsynet", false),
            ("officer-finanstilsynet", false),
            ("reporter-bank", false),
            ("administrator", false),
            ("security-officer", false),
        ] {
            let tried = confirm(&house, &house.request(handle).await, wanted(&own, 2, WHY)).await;
            let refused = match tried {
                Err(Error::Forbidden { .. }) => known,
                Err(Error::NotFound { .. }) => !known,
                _ => false,
            };
            assert!(refused, "{handle}: {tried:?}");
        }
        assert_eq!(count(&house, "severity_confirmation").await, 0);
    })
    .await;
}
