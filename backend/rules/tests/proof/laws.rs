//! Laws that no assessment breaks, whatever the facts and the past: it is the same for the same inputs in any order, says
//! why, and never takes back what was certain.

use chrono::{DateTime, Utc};
use proptest::prelude::*;
use proptest::sample::Index;
use serde_json::Value;
use varsel_rules::{Answer, Assessment, FactType, Obligation, ObligationStatus};

use crate::incident::{Incident, incidents, values};
use crate::pack;
use crate::slow::{Known, LAW};

fn bytes(assessment: &Assessment) -> Vec<u8> {
    serde_json::to_vec(assessment).unwrap()
}

/// In another order.
fn turned<T>(list: &mut [T], turn: Index) {
    if !list.is_empty() {
        list.reverse();
        list.rotate_left(turn.index(list.len()));
    }
}

/// An incident, and one more fact of it that was not known before.
fn learning() -> impl Strategy<Value = (Incident, String, Value)> {
    incidents().prop_flat_map(|incident| {
        let open: Vec<_> = pack().facts().iter().filter(|fact| !incident.knows(&fact.id)).collect();
        let learnt = prop::sample::select(open);
        learnt.prop_flat_map(move |fact| (Just(incident.clone()), Just(fact.id.clone()), values(fact)))
    })
}

/// Whether a value that was only inferred gives way to what was learnt: a presumption never overrules an answer.
fn overruled(before: &Incident, after: &Incident) -> bool {
    LAW.terms["computed"].as_array().unwrap().iter().any(|computed| {
        let inferred =
            |incident: &Incident| Known::of(&incident.facts).value(computed["id"].as_str().unwrap());
        inferred(before).is_some_and(|value| inferred(after) != Some(value))
    })
}

/// When the report was filed: the first time, or the first since an authority last asked for it.
fn met_at(incident: &Incident, duty: &Obligation) -> Option<DateTime<Utc>> {
    let regime = LAW.regimes.iter().find(|regime| regime["id"] == *duty.regime).unwrap();
    let stage = regime["stages"].as_array().unwrap().iter().find(|stage| stage["id"] == *duty.stage).unwrap();
    let asked = incident.requests.iter().filter(|ask| ask.regime == duty.regime && ask.stage == duty.stage);
    let since = if stage["on"] == "requested" { asked.map(|ask| ask.at).max() } else { None };
    let sent = incident.filings.iter().filter(|sent| sent.regime == duty.regime && sent.stage == duty.stage);
    sent.map(|filing| filing.at).filter(|at| since.is_none_or(|since| *at >= since)).min()
}

proptest! {
    #![proptest_config(crate::any_cases())]

    #[test]
    fn what_was_certain_stays_so_when_one_learns_more((before, fact, value) in learning()) {
        let mut after = before.clone();
        after.facts.insert(fact.clone(), value);
        if overruled(&before, &after) {
            return Ok(());
        }
        for (before, after) in before.assessed().regimes.iter().zip(after.assessed().regimes) {
            for (was, is) in [(before.applies, after.applies), (before.triggered, after.triggered)] {
                prop_assert!(was == Answer::CannotTell || was == is, "{}: {:?} became {:?}", after.id, was, is);
            }
        }
    }
}

proptest! {
    #![proptest_config(crate::any_cases())]

    #[test]
    fn the_same_inputs_in_any_order_give_the_same_bytes(incident in incidents(), turn in any::<Index>()) {
        let mut other = incident.clone();
        let sets = pack().facts().iter().filter(|fact| matches!(fact.fact_type, FactType::Set | FactType::Countries));
        for fact in sets {
            if let Some(members) = other.facts.get_mut(&fact.id).and_then(Value::as_array_mut) {
                members.reverse();
            }
        }
        turned(&mut other.filings, turn);
        turned(&mut other.requests, turn);
        prop_assert_eq!(bytes(&incident.assessed()), bytes(&other.assessed()));
    }

    #[test]
    fn every_answer_has_reasons_with_citations(incident in incidents()) {
        let assessment = incident.assessed();
        for regime in &assessment.regimes {
            prop_assert!(!regime.because.is_empty(), "{} gives no reason", regime.id);
            let need = regime.need_to_know.is_empty();
            let duty_open = [regime.applies, regime.triggered].contains(&Answer::CannotTell)
                && ![regime.applies, regime.triggered].contains(&Answer::No);
            prop_assert_eq!(need, !duty_open, "{}: what to ask, and only where something is open", regime.id);
        }
        let reasons = assessment.regimes.iter().flat_map(|regime| &regime.because);
        let reasons = reasons.chain(&assessment.severity.because);
        for reason in reasons.chain(assessment.routes.iter().map(|route| &route.because)) {
            prop_assert!(!reason.cite.is_empty() && !reason.text.da.is_empty() && !reason.text.en.is_empty());
        }
        prop_assert!(assessment.obligations.iter().all(|duty| !duty.cite.is_empty()));
    }

    #[test]
    fn a_report_is_late_after_its_legal_end_and_never_before(incident in incidents()) {
        for duty in incident.assessed().obligations {
            prop_assert_eq!(duty.target.is_some(), duty.due.is_some());
            let over = duty.due.is_some_and(|due| incident.now > due);
            match duty.status {
                ObligationStatus::Open => prop_assert!(!over, "{}/{} is over", duty.regime, duty.stage),
                ObligationStatus::Late => {
                    let filed_late = met_at(&incident, &duty).zip(duty.due).is_some_and(|(at, due)| at > due);
                    prop_assert!(over || filed_late, "{}/{} is called late", duty.regime, duty.stage);
                }
                ObligationStatus::Met | ObligationStatus::NotYetOpen => {}
            }
        }
    }
}
