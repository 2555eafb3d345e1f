//! Reasons in words, in Danish and English.

use crate::assess::view::View;
use crate::condition::{Finding, Lookup, Mark};
use crate::pack::law::Regime;
use crate::{Answer, Fact, FactValue, Reason, Text};

/// Why a regime applies and is triggered, does not, or cannot be told yet.
pub(crate) fn regime(
    regime: &Regime,
    applies: &Finding<'_>,
    triggered: &Finding<'_>,
    view: &View<'_>,
) -> Vec<Reason> {
    let mut reasons = part(&APPLIES, regime, applies, view);
    if applies.answer != Answer::No {
        reasons.extend(part(&TRIGGERED, regime, triggered, view));
    }
    let mut seen = std::collections::BTreeSet::new();
    reasons.retain(|reason| seen.insert(reason.text.clone()));
    reasons
}

/// The sentences for the three answers to one question about a law, `{law}` being its name.
struct Sentences {
    yes: [&'static str; 2],
    no: [&'static str; 2],
    cannot_tell: [&'static str; 2],
}

const APPLIES: Sentences = Sentences {
    yes: ["{law} gælder for jer.", "{law} applies to you."],
    no: ["{law} gælder ikke for jer her.", "{law} does not apply to you here."],
    cannot_tell: [
        "Det kan ikke afgøres, om {law} gælder, før I har svaret på: ",
        "Whether {law} applies cannot be told until you say: ",
    ],
};

const TRIGGERED: Sentences = Sentences {
    yes: ["Hændelsen hører under {law}.", "The incident falls under {law}."],
    no: ["Hændelsen udløser ingen pligt efter {law}.", "The incident triggers no duty under {law}."],
    cannot_tell: [
        "Det kan ikke afgøres, om hændelsen udløser en pligt efter {law}, før I har svaret på: ",
        "Whether the incident triggers a duty under {law} cannot be told until you say: ",
    ],
};

fn part(sentences: &Sentences, regime: &Regime, finding: &Finding<'_>, view: &View<'_>) -> Vec<Reason> {
    let [da, en] = match finding.answer {
        Answer::Yes => sentences.yes,
        Answer::No => sentences.no,
        Answer::CannotTell => sentences.cannot_tell,
    };
    let mut text = Text { da: sentence(da, &regime.law.da), en: sentence(en, &regime.law.en) };
    let cite = finding.marks.first().map_or(&regime.cite, |mark| &mark.basis.cite).clone();
    if finding.answer == Answer::CannotTell {
        let facts = view.unknown_in(&finding.marks);
        let asked: Vec<Text> = facts.iter().filter_map(|fact| label(fact, view)).collect();
        text.da.push_str(&list(asked.iter().map(|label| label.da.as_str())));
        text.en.push_str(&list(asked.iter().map(|label| label.en.as_str())));
        return vec![Reason { text, cite, facts }];
    }
    let mut reasons = vec![Reason { text, cite, facts: view.facts_of(&finding.marks) }];
    reasons.extend(marks(&finding.marks, view));
    reasons
}

/// One reason for each decided leaf of a trace, and for the facts that follow from others.
pub(crate) fn marks(marks: &[Mark<'_>], view: &View<'_>) -> Vec<Reason> {
    let mut reasons = Vec::new();
    for mark in marks {
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

/// A template with the law's name in it, beginning with a capital.
fn sentence(template: &str, law: &str) -> String {
    let text = template.replace("{law}", law);
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// `a`, `b` and `c` as a list of questions, closed by a full stop where none closes itself.
fn list<'a>(items: impl Iterator<Item = &'a str>) -> String {
    let mut text = items.collect::<Vec<_>>().join(" · ");
    if !text.ends_with(['?', '.']) {
        text.push('.');
    }
    text
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
