//! One answer, by the type of its fact.

use chrono::{DateTime, NaiveDateTime, SecondsFormat, SubsecRound};
use serde_json::Value;

use super::catalogue::nearest;
use super::problem::{ProblemCode, Refusal, excerpt};
use super::{FactValue, country, number, text};
use crate::{Fact, FactType};

/// What the reporter says, and JSON writes, for "not known yet".
pub(super) const UNKNOWN: &str = "unknown";
/// As many members as a set may be sent with, repetitions included.
pub(super) const MOST_MEMBERS: usize = 1000;
/// As many wrong members of one set as are named.
const MOST_NAMED: usize = 10;

/// Reads the answer to `fact`; nothing when it is no answer.
pub(super) fn read(fact: &Fact, answer: &Value) -> Result<Option<FactValue>, Vec<Refusal>> {
    let value = match (answer, fact.fact_type) {
        (Value::Null, _) => return Ok(None),
        (Value::String(word), _) if word == UNKNOWN => FactValue::Unknown,
        (Value::Bool(yes), FactType::Bool) => FactValue::Bool(*yes),
        (Value::String(typed), FactType::Text) => {
            return text::read(fact, typed).map_err(|refusal| vec![refusal]);
        }
        (Value::String(typed), FactType::Instant) => instant(typed).map_err(|refusal| vec![refusal])?,
        (Value::String(option), FactType::Enum) => {
            known_option(fact, option).map_err(|refusal| vec![refusal])?;
            FactValue::Text(option.clone())
        }
        (Value::Array(members), FactType::Set) => set(fact, members, |member| known_option(fact, member))?,
        (Value::Array(members), FactType::Countries) => set(fact, members, country::code)?,
        (Value::Number(digits), of) if is_number(of) => {
            FactValue::Number(number::read(fact, digits).map_err(|refusal| vec![refusal])?)
        }
        (_, of) => return Err(vec![wrong_type(of, answer)]),
    };
    Ok(Some(value))
}

/// The JSON form of an answer.
pub(super) fn to_json(value: &FactValue) -> Value {
    match value {
        FactValue::Bool(yes) => Value::Bool(*yes),
        FactValue::Number(digits) => number::to_json(*digits),
        FactValue::Instant(instant) => Value::String(instant.to_rfc3339_opts(SecondsFormat::AutoSi, false)),
        FactValue::Text(text) => Value::String(text.clone()),
        FactValue::Set(members) => members.iter().cloned().map(Value::String).collect(),
        FactValue::Unknown => Value::String(UNKNOWN.to_owned()),
    }
}

fn is_number(of: FactType) -> bool {
    use FactType::{Decimal, Integer, Minutes, MoneyEur, Percent};
    matches!(of, Integer | Decimal | MoneyEur | Minutes | Percent)
}

fn instant(typed: &str) -> Result<FactValue, Refusal> {
    if let Some(instant) = (typed.len() <= 64).then(|| DateTime::parse_from_rfc3339(typed).ok()).flatten() {
        // As fine as both databases keep it, so that what is stored is what was assessed.
        return Ok(FactValue::Instant(instant.trunc_subsecs(6)));
    }
    let without_offset = typed.len() <= 64 && typed.parse::<NaiveDateTime>().is_ok();
    let (da, en) = if without_offset {
        ("Tidspunktet mangler sin forskel fra UTC.", "The time lacks its offset from UTC.")
    } else {
        ("Det er ikke et gyldigt tidspunkt.", "That is not a valid time.")
    };
    Err(Refusal::new(
        ProblemCode::BadFormat,
        format!("{da} Skriv dato, klokkeslæt og forskel fra UTC, f.eks. 2026-11-23T15:20:00+01:00."),
        format!("{en} Write date, time and offset from UTC, e.g. 2026-11-23T15:20:00+01:00."),
    ))
}

fn known_option(fact: &Fact, sent: &str) -> Result<String, Refusal> {
    if fact.options.iter().any(|option| option.id == sent) {
        return Ok(sent.to_owned());
    }
    let shown = excerpt(sent);
    let refusal = if sent == UNKNOWN {
        Refusal::new(
            ProblemCode::UnknownOption,
            "»unknown« kan ikke stå sammen med andre svar. Skriv \"unknown\" i stedet for listen.",
            "“unknown” cannot stand with other answers. Write \"unknown\" in place of the list.",
        )
    } else {
        Refusal::new(
            ProblemCode::UnknownOption,
            format!("»{shown}« er ikke en af mulighederne."),
            format!("“{shown}” is not one of the options."),
        )
        .suggesting(nearest(sent, fact.options.iter().map(|option| option.id.as_str())))
    };
    Err(refusal)
}

/// A set from an array: each member once, in order.
fn set(
    fact: &Fact,
    members: &[Value],
    read: impl Fn(&str) -> Result<String, Refusal>,
) -> Result<FactValue, Vec<Refusal>> {
    if members.len() > MOST_MEMBERS {
        let (da, en) = (
            "Listen har over 1.000 svar. Skriv hvert svar én gang.",
            "The list has more than 1,000 answers. Write each once.",
        );
        return Err(vec![Refusal::new(ProblemCode::TooLong, da, en)]);
    }
    let (mut chosen, mut refusals) = (Vec::new(), Vec::new());
    for member in members {
        match member.as_str().map(&read) {
            Some(Ok(member)) => chosen.push(member),
            Some(Err(refusal)) => refusals.push(refusal),
            None => refusals.push(wrong_type(fact.fact_type, member)),
        }
        if refusals.len() == MOST_NAMED {
            break;
        }
    }
    chosen.sort_unstable();
    chosen.dedup();
    if refusals.is_empty() { Ok(FactValue::Set(chosen)) } else { Err(refusals) }
}

fn wrong_type(of: FactType, answer: &Value) -> Refusal {
    let (da, en) = match of {
        FactType::Bool => {
            ("Svar true (ja), false (nej) eller \"unknown\".", "Answer true, false or \"unknown\".")
        }
        FactType::Instant => (
            "Skriv dato, klokkeslæt og forskel fra UTC som tekst, f.eks. \"2026-11-23T15:20:00+01:00\".",
            "Write date, time and offset from UTC as text, e.g. \"2026-11-23T15:20:00+01:00\".",
        ),
        FactType::Enum => ("Skriv én af mulighederne som tekst.", "Write one of the options as text."),
        FactType::Set => {
            ("Skriv en liste af muligheder, f.eks. [\"dns\"].", "Write a list of options, e.g. [\"dns\"].")
        }
        FactType::Countries => (
            "Skriv en liste af landekoder, f.eks. [\"DE\", \"SE\"].",
            "Write a list of country codes, e.g. [\"DE\", \"SE\"].",
        ),
        FactType::Text => ("Skriv svaret som tekst.", "Write the answer as text."),
        FactType::Integer
        | FactType::Decimal
        | FactType::MoneyEur
        | FactType::Minutes
        | FactType::Percent => {
            return number::not_a_number(answer);
        }
    };
    Refusal::new(ProblemCode::WrongType, da, en)
}
