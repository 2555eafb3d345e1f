//! "Cannot tell until you say ...": the facts named can decide, and none of them is named in vain.

use proptest::prelude::*;
use proptest::sample::Index;
use serde_json::{Value, json};
use varsel_rules::{Answer, FactType, RegimeAssessment};

use crate::incident::{Incident, incidents};
use crate::pack;

/// More assessments than any search here needs: a search that takes as many has found nothing.
const MOST: usize = 3000;

/// Looks for answers to some facts with which the open question of a regime comes out as wanted.
struct Search<'a> {
    regime: &'a str,
    /// Whether the question is about the law itself; about its trigger otherwise.
    about_law: bool,
    wanted: fn(Answer) -> bool,
    left: usize,
}

impl Search<'_> {
    fn answer(&mut self, incident: &Incident) -> Answer {
        self.left -= 1;
        let regimes = incident.assessed().regimes;
        let regime = regimes.into_iter().find(|regime| regime.id == self.regime).unwrap();
        if self.about_law { regime.applies } else { regime.triggered }
    }

    /// Answers one fact after the other. What is certain stays so, so that a wanted *cannot tell* that is gone does not
    /// come back: then another answer is tried.
    fn succeeds(&mut self, incident: &Incident, facts: &[&str]) -> bool {
        let now = self.answer(incident);
        let Some((fact, others)) = facts.split_first() else { return (self.wanted)(now) };
        let settled = now != Answer::CannotTell;
        if settled {
            return (self.wanted)(now);
        }
        for value in possible(fact) {
            let mut told = incident.clone();
            told.facts.insert((*fact).to_owned(), value);
            if self.left == 0 || self.succeeds(&told, others) {
                return self.left > 0;
            }
        }
        false
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

fn found(incident: &Incident, regime: &RegimeAssessment, facts: &[&str], wanted: fn(Answer) -> bool) -> bool {
    let about_law = regime.applies == Answer::CannotTell;
    Search { regime: &regime.id, about_law, wanted, left: MOST }.succeeds(incident, facts)
}

proptest! {
    #![proptest_config(crate::any_cases())]

    #[test]
    fn the_facts_to_know_decide_and_none_is_in_vain(incident in incidents(), which in any::<Index>()) {
        let regimes = incident.assessed().regimes;
        let open: Vec<_> = regimes.iter().filter(|regime| !regime.need_to_know.is_empty()).collect();
        if open.is_empty() {
            return Ok(());
        }
        let regime = open[which.index(open.len())];
        let need: Vec<&str> = regime.need_to_know.iter().map(String::as_str).collect();
        prop_assert!(need.iter().all(|fact| !incident.knows(fact)), "{}: {:?} is known in part", regime.id, need);
        prop_assert!(
            found(&incident, regime, &need, |answer| answer != Answer::CannotTell),
            "{}: no answers to {:?} decide", regime.id, need
        );
        for fact in &need {
            let others: Vec<&str> = need.iter().copied().filter(|other| other != fact).collect();
            prop_assert!(
                found(&incident, regime, &others, |answer| answer == Answer::CannotTell),
                "{}: {} is asked for, though {:?} always decide without it", regime.id, fact, others
            );
        }
    }
}
