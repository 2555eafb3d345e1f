//! Reasons in words, in Danish and English.

use std::collections::BTreeSet;

use crate::assess::view::View;
use crate::condition::{Finding, Lookup, Mark};
use crate::pack::law::Regime;
use crate::{Answer, Fact, FactValue, Reason, Text};

/// Why a regime applies and is triggered, does not, or cannot be told yet. First things first: what triggers it is not
/// spoken of while neither is settled.
pub(crate) fn regime(
    regime: &Regime,
    applies: &Finding<'_>,
    triggered: &Finding<'_>,
    view: &View<'_>,
) -> Vec<Reason> {
    let mut reasons = part(&templates(&APPLIES, &regime.info.law), &regime.cite, applies, view);
    let both_open = applies.answer == Answer::CannotTell && triggered.answer == Answer::CannotTell;
    if applies.answer != Answer::No && !both_open {
        let said = regime.sentences.clone().unwrap_or_else(|| templates(&TRIGGERED, &regime.info.law));
        reasons.extend(part(&said, &regime.cite, triggered, view));
    }
    let mut seen = BTreeSet::new();
    reasons.retain(|reason| seen.insert(reason.text.clone()));
    reasons
}

/// Sentences for *yes*, *no* and *cannot tell*, in Danish and English; `{law}` is the law's name.
type Templates = [[&'static str; 2]; 3];

const APPLIES: Templates = [
    ["I er omfattet af {law}.", "You are covered by {law}."],
    ["I er ikke omfattet af {law} her.", "You are not covered by {law} here."],
    [
        "Om I er omfattet af {law}, afhænger af jeres svar:",
        "Whether you are covered by {law} depends on your answer:",
    ],
];

const TRIGGERED: Templates = [
    ["Hændelsen udløser en pligt efter {law}.", "The incident triggers a duty under {law}."],
    ["Hændelsen udløser ingen pligt efter {law}.", "The incident triggers no duty under {law}."],
    [
        "Om hændelsen udløser en pligt efter {law}, afhænger af jeres svar:",
        "Whether the incident triggers a duty under {law} depends on your answer:",
    ],
];

fn templates(templates: &Templates, law: &Text) -> [Text; 3] {
    templates.map(|[da, en]| Text { da: da.replace("{law}", &law.da), en: en.replace("{law}", &law.en) })
}

fn part([yes, no, undecided]: &[Text; 3], cite: &str, finding: &Finding<'_>, view: &View<'_>) -> Vec<Reason> {
    let text = match finding.answer {
        Answer::Yes => yes,
        Answer::No => no,
        Answer::CannotTell => undecided,
    };
    let cite = finding.marks.first().map_or(cite, |mark| &mark.basis.cite).to_owned();
    if finding.answer == Answer::CannotTell {
        let facts = view.unknown_in(&finding.marks);
        let asked: Vec<Text> = facts.iter().filter_map(|fact| label(fact, view)).collect();
        let with = |text: &str, asked: Vec<&str>| format!("{text} {}", asked.join(" · "));
        let text = Text {
            da: with(&text.da, asked.iter().map(|label| label.da.as_str()).collect()),
            en: with(&text.en, asked.iter().map(|label| label.en.as_str()).collect()),
        };
        return vec![Reason { text, cite, facts }];
    }
    let mut reasons = vec![Reason { text: text.clone(), cite, facts: view.facts_of(&finding.marks) }];
    reasons.extend(marks(&finding.marks, view));
    reasons
}

/// One reason for each decided leaf of a trace, and for the facts that follow from others.
pub(crate) fn marks(marks: &[Mark<'_>], view: &View<'_>) -> Vec<Reason> {
    let mut reasons = Vec::new();
    // What is merely presumed, nobody having said otherwise, is no reason to mention.
    for mark in marks.iter().filter(|mark| !mark.fact.is_some_and(|fact| view.presumed(fact))) {
        let said = match mark.answer {
            Answer::Yes => mark.basis.text.as_ref(),
            Answer::No => mark.basis.otherwise.as_ref(),
            Answer::CannotTell => continue,
        };
        let text = said.cloned().or_else(|| mark.fact.and_then(|fact| answer(fact, view)));
        if let Some(text) = text {
            let facts = mark.fact.map(|fact| view.behind(fact)).unwrap_or_default();
            reasons.push(Reason { text, cite: mark.basis.cite.clone(), facts });
        }
        reasons.extend(mark.fact.map(|fact| view.because(fact)).unwrap_or_default().iter().cloned());
    }
    reasons
}

fn label(fact: &str, view: &View<'_>) -> Option<Text> {
    let computed =
        || view.pack.computed.iter().find(|computed| computed.id == fact).map(|computed| &computed.label);
    view.pack.fact(fact).map(|fact| &fact.label).or_else(computed).cloned()
}

/// The fact and its value in words: `Are networks or IT systems affected? Yes.`
fn answer(fact: &str, view: &View<'_>) -> Option<Text> {
    let label = label(fact, view)?;
    let behind = view.behind(fact);
    let catalogued = view.pack.fact(behind.first().map_or(fact, String::as_str));
    let value = words(view.known(fact)?, catalogued);
    let joined = |label: &str, value: &str| {
        let colon = if label.ends_with('?') { "" } else { ":" };
        format!("{label}{colon} {value}.")
    };
    Some(Text { da: joined(&label.da, &value.da), en: joined(&label.en, &value.en) })
}

fn words(value: &FactValue, fact: Option<&Fact>) -> Text {
    let both = |text: &str| Text { da: text.to_owned(), en: text.to_owned() };
    let option = |id: &String| {
        let known = fact.and_then(|fact| fact.options.iter().find(|option| option.id == *id));
        known.map_or_else(|| both(id), |option| option.label.clone())
    };
    match value {
        FactValue::Bool(true) => Text { da: "Ja".to_owned(), en: "Yes".to_owned() },
        FactValue::Bool(false) => Text { da: "Nej".to_owned(), en: "No".to_owned() },
        FactValue::Number(number) => both(&number.normalize().to_string()),
        FactValue::Instant(instant) => both(&instant.format("%Y-%m-%d %H:%M").to_string()),
        FactValue::Text(id) => option(id),
        FactValue::Set(ids) if ids.is_empty() => Text { da: "Ingen".to_owned(), en: "None".to_owned() },
        FactValue::Set(ids) => {
            let labels: Vec<Text> = ids.iter().map(option).collect();
            Text {
                da: labels.iter().map(|label| label.da.as_str()).collect::<Vec<_>>().join(", "),
                en: labels.iter().map(|label| label.en.as_str()).collect::<Vec<_>>().join(", "),
            }
        }
        FactValue::Unknown => Text { da: "Vides ikke endnu".to_owned(), en: "Not known yet".to_owned() },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_said_as_people_say_them() {
        let said = |value: &FactValue| {
            let Text { da, en } = words(value, None);
            [da, en]
        };
        assert_eq!(said(&FactValue::Bool(true)), ["Ja", "Yes"]);
        assert_eq!(said(&FactValue::Bool(false)), ["Nej", "No"]);
        assert_eq!(said(&FactValue::Unknown), ["Vides ikke endnu", "Not known yet"]);
        assert_eq!(said(&FactValue::Set(vec![])), ["Ingen", "None"]);
        assert_eq!(said(&FactValue::Set(vec!["DE".to_owned(), "SE".to_owned()])), ["DE, SE"; 2]);
        assert_eq!(said(&FactValue::Text("other".to_owned())), ["other"; 2]);
        assert_eq!(said(&FactValue::Number("1200.50".parse().unwrap())), ["1200.5"; 2]);
        let at = FactValue::Instant("2026-11-24T10:10:30+01:00".parse().unwrap());
        assert_eq!(said(&at), ["2026-11-24 10:10"; 2]);
    }
}
