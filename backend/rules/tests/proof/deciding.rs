//! "Cannot tell until you say ...": the facts named can decide, and none of them is named in vain.

use proptest::prelude::*;
use proptest::sample::Index;
use serde_json::{Map, Value, json};
use varsel_rules::{Answer, FactType, RegimeAssessment};

use crate::incident::{Incident, incidents};
use crate::pack;
use crate::slow::{Known, LAW};

/// More assessments than any search here needs: a search that takes as many has found nothing.
const MOST: usize = 3000;

/// Looks for answers to the facts to know, and to those that are named after them, which settle the open question of a regime.
struct Search<'a> {
    regime: &'a str,
    /// Whether the question is about the law itself; about its trigger otherwise.
    about_law: bool,
    left: usize,
}

impl Search<'_> {
    /// Answers one fact after the other, and takes an answer back that leads away from what is wanted.
    fn settles(&mut self, incident: &Incident, facts: &[String]) -> bool {
        if self.left == 0 {
            return false;
        }
        self.left -= 1;
        let regimes = incident.assessed().regimes;
        let regime = regimes.into_iter().find(|regime| regime.id == self.regime).unwrap();
        let answer = if self.about_law { regime.applies } else { regime.triggered };
        if answer != Answer::CannotTell {
            return true;
        }
        let facts = if facts.is_empty() { &regime.need_to_know } else { facts };
        let Some((fact, others)) = facts.split_first() else { return false };
        possible(fact).into_iter().any(|value| {
            let mut told = incident.clone();
            told.facts.insert(fact.clone(), value);
            self.settles(&told, others)
        })
    }

    /// Whether these facts can be answered so that the question is open still: asked of the slow reading, which knows nothing
    /// of what the engine asks for, and why. It reads the laws that this one rests on as well.
    fn stays_open(&mut self, facts: &Map<String, Value>, others: &[String]) -> bool {
        if self.left == 0 {
            return false;
        }
        self.left -= 1;
        let answers = Known::of(facts).answers();
        let (_, applies, triggered) = answers.into_iter().find(|(id, ..)| id == self.regime).unwrap();
        if (if self.about_law { applies } else { triggered }).is_some() {
            return false;
        }
        let Some((fact, others)) = others.split_first() else { return true };
        possible(fact).into_iter().any(|value| {
            let mut told = facts.clone();
            told.insert(fact.clone(), value);
            self.stays_open(&told, others)
        })
    }
}

/// Answers to a fact, one of each sort.
fn possible(fact: &str) -> Vec<Value> {
    let fact = pack().fact(fact).unwrap();
    let options = fact.options.iter().map(|option| &option.id);
    match fact.fact_type {
        FactType::Bool => vec![json!(false), json!(true)],
        FactType::Enum => options.map(|option| json!(option)).collect(),
        FactType::Set => std::iter::once(json!([])).chain(options.map(|option| json!([option]))).collect(),
        FactType::Countries => vec![json!([]), json!(["DE", "SE"])],
        FactType::Instant => vec![json!("2026-11-20T10:00:00+01:00"), json!("2020-01-01T10:00:00+01:00")],
        FactType::Text => vec![json!("Said in words.")],
        FactType::Percent => vec![json!(0), json!(100), json!(3)],
        FactType::Integer | FactType::Decimal | FactType::MoneyEur | FactType::Minutes => {
            let (least, most) = (fact.min.unwrap_or(0), fact.max.unwrap_or(900_000_000));
            vec![json!(least), json!(most), json!((least + 40).min(most))]
        }
    }
}

fn search(regime: &RegimeAssessment) -> Search<'_> {
    Search { regime: &regime.id, about_law: regime.applies == Answer::CannotTell, left: MOST }
}

/// Whether a law asks what others come to.
fn rests_on_other_laws(regime: &str) -> bool {
    let law = LAW.regimes.iter().find(|law| law["id"] == regime).unwrap();
    let written = [&law["applies"], &law["triggered"]].map(Value::to_string).concat();
    let terms = LAW.terms["terms"].as_array().unwrap().iter();
    let mut on_others = terms.filter(|term| term["condition"].to_string().contains("assessment."));
    written.contains("assessment.") || on_others.any(|term| written.contains(&term["id"].to_string()))
}

/// Facts that contradict each other: then one threshold can follow from another.
fn loses_more_at_once_than_in_all(incident: &Incident) -> bool {
    let euros = |fact: &str| incident.facts.get(fact).and_then(Value::as_f64);
    let (once, in_all) = (euros("impact.financial_loss_eur"), euros("recurring.total_loss_eur"));
    once.zip(in_all).is_some_and(|(once, in_all)| once > in_all)
}

#[test]
fn nothing_is_asked_for_that_another_answer_settles() {
    let facts = json!({
        "incident.cyber": true,
        "dora.critical_services": false,
        "impact.financial_loss_eur": 1,
        "org.energy_level": 1,
        "org.financial_entity": "credit_institution",
        "org.trust_service": "none",
        "impact.ship_safety": false,
    });
    let facts = facts.as_object().unwrap().clone().into_iter().collect();
    let now = "2026-09-10T00:10:00Z".parse().unwrap();
    let incident = Incident { facts, filings: Vec::new(), requests: Vec::new(), now };
    let voluntary =
        incident.assessed().regimes.into_iter().find(|regime| regime.id == "nis2_voluntary_dk").unwrap();
    assert_eq!(voluntary.need_to_know, ["service.sectors"]);
}

/// One of the regimes that cannot be told, of those that are wanted.
fn open_one(incident: &Incident, which: Index, wanted: fn(&str) -> bool) -> Option<RegimeAssessment> {
    let mut open = incident.assessed().regimes;
    open.retain(|regime| !regime.need_to_know.is_empty() && wanted(&regime.id));
    if open.is_empty() { None } else { Some(open.swap_remove(which.index(open.len()))) }
}

fn proven(incident: &Incident, regime: &RegimeAssessment) -> Result<(), TestCaseError> {
    let need = &regime.need_to_know;
    prop_assert!(need.iter().all(|fact| !incident.knows(fact)), "{}: {need:?} is known in part", regime.id);
    prop_assert!(
        search(regime).settles(incident, need),
        "{}: no answers to {need:?} lead anywhere",
        regime.id
    );
    if loses_more_at_once_than_in_all(incident) {
        return Ok(());
    }
    for fact in need {
        let others: Vec<String> = need.iter().filter(|other| *other != fact).cloned().collect();
        prop_assert!(
            search(regime).stays_open(&incident.facts, &others),
            "{}: {fact} is asked for, though {others:?} always decide without it",
            regime.id
        );
    }
    Ok(())
}

proptest! {
    #![proptest_config(crate::any_cases())]

    #[test]
    fn the_facts_to_know_lead_to_an_answer_and_none_is_in_vain(incident in incidents(), which in any::<Index>()) {
        if let Some(regime) = open_one(&incident, which, |_| true) {
            proven(&incident, &regime)?;
        }
    }

    #[test]
    fn so_it_is_where_a_law_rests_on_what_others_come_to(incident in incidents(), which in any::<Index>()) {
        if let Some(regime) = open_one(&incident, which, rests_on_other_laws) {
            proven(&incident, &regime)?;
        }
    }
}

#[test]
fn there_are_laws_that_rest_on_others() {
    let resting =
        LAW.regimes.iter().filter_map(|law| law["id"].as_str()).filter(|id| rests_on_other_laws(id));
    assert_eq!(resting.collect::<Vec<_>>(), ["police_dk", "nis2_voluntary_dk", "cra_voluntary"]);
}
