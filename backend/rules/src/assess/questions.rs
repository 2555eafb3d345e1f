//! What to ask next, each fact once.

use std::collections::BTreeMap;

use super::Work;
use crate::pack::law::Code;
use crate::{AskedFrom, FactValue, Need, Question};

/// Facts that decide whether a duty exists, then what every report needs, then what everybody is asked and the facts of
/// open stages: required, if available, optional; within each in the catalogue's order.
///
/// A law that may not cover the organisation at all asks only what decides that: nobody is asked a bank's questions
/// before it is known to be a bank. Known facts are not asked again; those "not known yet" are.
pub(crate) fn questions(work: &Work<'_>) -> Vec<Question> {
    let mut asked = Asked::default();
    for found in &work.findings {
        for fact in found.need_to_know(&work.view) {
            asked.add(&fact, Need::Decides, Some(found.regime.id.clone()));
        }
    }
    for required in &work.view.pack.required {
        asked.add(&required.fact, Need::Required, None);
    }
    for fact in work.view.pack.facts().iter().filter(|fact| fact.asked_from == AskedFrom::First) {
        asked.add(&fact.id, Need::IfAvailable, None);
    }
    // What was filed late is late, and filed: nothing is asked for it again.
    for duty in work.duties.iter().filter(|duty| duty.owed) {
        for cell in duty.stage.row.iter().filter(|cell| duty.asks(cell, work.view.pack)) {
            let need = match cell.code {
                Code::Required => Need::Required,
                Code::IfAvailable => Need::IfAvailable,
                Code::Optional => Need::Optional,
                Code::Carried => continue,
            };
            asked.add(&cell.fact, need, Some(format!("{}/{}", duty.regime.id, duty.stage.id)));
        }
    }
    asked.in_order(work)
}

#[derive(Default)]
struct Asked(BTreeMap<String, (Need, Vec<String>)>);

impl Asked {
    fn add(&mut self, fact: &str, need: Need, needed_for: Option<String>) {
        let (strongest, places) = self.0.entry(fact.to_owned()).or_insert((need, Vec::new()));
        *strongest = need.min(*strongest);
        places.extend(needed_for);
    }

    fn in_order(mut self, work: &Work<'_>) -> Vec<Question> {
        let mut questions = Vec::new();
        for fact in work.view.pack.facts() {
            let known = work.view.facts.get(&fact.id).is_some_and(|value| *value != FactValue::Unknown);
            if let Some((need, needed_for)) = self.0.remove(&fact.id).filter(|_| !known) {
                questions.push(Question { fact: fact.id.clone(), needed_for, need });
            }
        }
        questions.sort_by_key(|question| question.need);
        questions
    }
}
