//! Evaluation with a trace.

use chrono::{DateTime, Days, FixedOffset, Months, TimeDelta};
use rust_decimal::Decimal;

use super::{Basis, Comparison, Condition, Predicate, Test, Threshold};
use crate::{Answer, FactValue, Period, PeriodUnit};

/// Where a condition finds the values of facts.
pub(crate) trait Lookup {
    /// The known value of a fact; none where it is unknown or was never answered.
    fn known(&self, fact: &str) -> Option<&FactValue>;

    /// Options that a known set may still come to include: what the laws come to is known one law after the other.
    fn open_in(&self, _set: &str) -> &[String] {
        &[]
    }
}

/// What a condition came to, and why.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Finding<'a> {
    pub(crate) answer: Answer,
    /// The leaves that made it so. For *cannot tell*: those to settle next.
    pub(crate) marks: Vec<Mark<'a>>,
}

/// One leaf of a trace.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Mark<'a> {
    pub(crate) answer: Answer,
    pub(crate) basis: &'a Basis,
    /// The fact tested; none for what the law decides by itself.
    pub(crate) fact: Option<&'a str>,
    /// Facts that are known to none and would settle the leaf.
    pub(crate) unknown: Vec<&'a str>,
}

impl Condition {
    /// Applies the condition. Its value does not depend on the order of its parts.
    ///
    /// The trace of *cannot tell* says what to ask next: of parts that must all hold, the first that is open, since
    /// a *no* there settles the rest; of alternatives, every one that is open.
    pub(crate) fn evaluate<'a>(&'a self, facts: &impl Lookup) -> Finding<'a> {
        match self {
            Self::Always { value, basis } => {
                let answer = Answer::from(*value);
                Finding { answer, marks: vec![Mark { answer, basis, fact: None, unknown: vec![] }] }
            }
            Self::Leaf(predicate) => predicate.evaluate(facts),
            Self::Not(part) => {
                let Finding { answer, marks } = part.evaluate(facts);
                Finding { answer: answer.negated(), marks }
            }
            Self::Least { least, of } => {
                least_of(*least, of.iter().map(|part| part.evaluate(facts)).collect())
            }
        }
    }
}

fn least_of(least: usize, findings: Vec<Finding<'_>>) -> Finding<'_> {
    let count = |answer| findings.iter().filter(|finding| finding.answer == answer).count();
    let (parts, yes, open) = (findings.len(), count(Answer::Yes), count(Answer::CannotTell));
    let answer = if yes >= least {
        Answer::Yes
    } else if yes + open < least {
        Answer::No
    } else {
        Answer::CannotTell
    };
    let mut decisive: Vec<Finding<'_>> =
        findings.into_iter().filter(|finding| finding.answer == answer).collect();
    if answer == Answer::CannotTell && least == parts {
        decisive.truncate(1);
    }
    Finding { answer, marks: decisive.into_iter().flat_map(|finding| finding.marks).collect() }
}

impl Predicate {
    fn evaluate<'a>(&'a self, facts: &impl Lookup) -> Finding<'a> {
        let mut unknown = Vec::new();
        let answer = if let Some(value) = facts.known(&self.fact) {
            self.apply(value, facts, &mut unknown)
        } else {
            unknown.push(self.fact.as_str());
            Answer::CannotTell
        };
        let mark = Mark { answer, basis: &self.basis, fact: Some(&self.fact), unknown };
        Finding { answer, marks: vec![mark] }
    }

    /// Applies the test to what is known. A set that is known in part says *yes* to what it has, never yet *no*.
    fn apply<'a>(&'a self, value: &FactValue, facts: &impl Lookup, unknown: &mut Vec<&'a str>) -> Answer {
        let open = facts.open_in(&self.fact);
        match (self.test.apply(value, facts, unknown), &self.test) {
            (Answer::No, Test::IncludesAny(options))
                if options.iter().any(|option| open.contains(option)) =>
            {
                unknown.extend(options.iter().filter(|option| open.contains(option)).map(String::as_str));
                Answer::CannotTell
            }
            (Answer::No, Test::CountAtLeast(_)) if !open.is_empty() => {
                unknown.push(&self.fact);
                Answer::CannotTell
            }
            (answer, _) => answer,
        }
    }
}

impl Test {
    fn apply<'a>(&'a self, value: &FactValue, facts: &impl Lookup, unknown: &mut Vec<&'a str>) -> Answer {
        match (self, value) {
            (Self::IsKnown, _) => Answer::Yes,
            (Self::IsBool(wanted), FactValue::Bool(is)) => Answer::from(wanted == is),
            (Self::OneOf(options), FactValue::Text(option)) => Answer::from(options.contains(option)),
            (Self::IncludesAny(options), FactValue::Set(chosen)) => {
                Answer::from(options.iter().any(|option| chosen.contains(option)))
            }
            (Self::CountAtLeast(least), FactValue::Set(chosen)) => Answer::from(chosen.len() >= *least),
            (Self::Compare(comparison, threshold), FactValue::Number(number)) => {
                let (lowest, highest) = threshold.bounds(facts, unknown);
                let (low, high) =
                    (comparison.holds(*number, lowest), highest.map(|top| comparison.holds(*number, top)));
                match high {
                    Some(high) if high == low => Answer::from(low),
                    None if comparison.holds_below_all(low) => Answer::from(low),
                    _ => Answer::CannotTell,
                }
            }
            (Self::NotBefore(date), FactValue::Instant(instant)) => {
                Answer::from(instant.date_naive() >= *date)
            }
            (Self::Since { event, period }, FactValue::Instant(instant)) => {
                let Some(FactValue::Instant(begin)) = facts.known(event) else {
                    unknown.push(event);
                    return Answer::CannotTell;
                };
                later(*begin, *period).map_or(Answer::CannotTell, |end| Answer::from(*instant >= end))
            }
            // The loader lets no test stand that does not fit its fact; a value of another type decides nothing.
            _ => Answer::CannotTell,
        }
    }
}

/// An instant so long after another, by the calendar of the other's own offset.
fn later(instant: DateTime<FixedOffset>, period: Period) -> Option<DateTime<FixedOffset>> {
    let count = period.count.get();
    match period.unit {
        PeriodUnit::Hour => instant.checked_add_signed(TimeDelta::hours(count.into())),
        PeriodUnit::Day => instant.checked_add_days(Days::new(count.into())),
        PeriodUnit::Week => instant.checked_add_days(Days::new(u64::from(count) * 7)),
        PeriodUnit::Month => instant.checked_add_months(Months::new(count.into())),
    }
}

impl Comparison {
    fn holds(self, number: Decimal, threshold: Decimal) -> bool {
        match self {
            Self::AtLeast => number >= threshold,
            Self::MoreThan => number > threshold,
            Self::AtMost => number <= threshold,
            Self::LessThan => number < threshold,
        }
    }

    /// Whether what holds at the lowest threshold holds at every higher one, too.
    fn holds_below_all(self, at_lowest: bool) -> bool {
        match self {
            Self::AtLeast | Self::MoreThan => !at_lowest,
            Self::AtMost | Self::LessThan => at_lowest,
        }
    }
}

impl Threshold {
    /// The lowest and the highest that it can be, given what is known: facts are never below zero.
    fn bounds<'a>(&'a self, facts: &impl Lookup, unknown: &mut Vec<&'a str>) -> (Decimal, Option<Decimal>) {
        match self {
            Self::Number(number) => (*number, Some(*number)),
            Self::PercentOf { percent, fact } => {
                if let Some(FactValue::Number(whole)) = facts.known(fact) {
                    let part = *whole * *percent / Decimal::ONE_HUNDRED;
                    return (part, Some(part));
                }
                unknown.push(fact);
                (Decimal::ZERO, None)
            }
            Self::SmallestOf(parts) => {
                let bounds: Vec<_> = parts.iter().map(|part| part.bounds(facts, unknown)).collect();
                let lowest = bounds.iter().map(|(low, _)| *low).min().unwrap_or(Decimal::ZERO);
                (lowest, bounds.iter().filter_map(|(_, high)| *high).min())
            }
        }
    }
}

impl From<bool> for Answer {
    fn from(value: bool) -> Self {
        if value { Self::Yes } else { Self::No }
    }
}

impl Answer {
    /// *Yes* for *no* and the other way round; *cannot tell* stays.
    pub(crate) fn negated(self) -> Self {
        match self {
            Self::Yes => Self::No,
            Self::No => Self::Yes,
            Self::CannotTell => Self::CannotTell,
        }
    }

    /// Both hold.
    pub(crate) fn and(self, other: Self) -> Self {
        match (self, other) {
            (Self::No, _) | (_, Self::No) => Self::No,
            (Self::Yes, Self::Yes) => Self::Yes,
            _ => Self::CannotTell,
        }
    }
}
