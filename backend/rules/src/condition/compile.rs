//! From what is written to a condition that can be trusted: every fact exists, every test fits, every leaf is cited.

use std::collections::BTreeMap;

use rust_decimal::Decimal;
use rust_decimal::prelude::FromPrimitive;
use serde_saphyr::Spanned;

use super::doc::{ConditionDoc, OperandDoc, ThresholdDoc};
use super::{Basis, Comparison, Condition, Predicate, Test, Threshold};
use crate::pack::limits::MOST_NUMBER;
use crate::pack::refusal::Refusals;
use crate::pack::said::{Noun, Said};
use crate::{FactOption, FactType};

/// What conditions may speak of.
#[derive(Debug, Default)]
pub(crate) struct Vocabulary {
    /// Facts with their type and, for those with options, the options.
    pub(crate) facts: BTreeMap<String, (FactType, Vec<FactOption>)>,
    /// Conditions that have a name.
    pub(crate) terms: BTreeMap<String, Condition>,
}

/// Where a condition stands, and what it inherits.
pub(crate) struct Context<'a> {
    pub(crate) vocabulary: &'a Vocabulary,
    pub(crate) file: &'a str,
    pub(crate) refusals: &'a mut Refusals,
}

impl Context<'_> {
    /// Checks a condition; none where something was refused. `cite` is what it inherits.
    pub(crate) fn compile(&mut self, doc: &Spanned<ConditionDoc>, cite: Option<&str>) -> Option<Condition> {
        let line = line_of(doc);
        let node = &doc.value;
        let cite = node.cite.as_deref().or(cite);
        let written = [
            node.all.is_some(),
            node.any.is_some(),
            node.not.is_some(),
            node.least.is_some() || node.of.is_some(),
            node.term.is_some(),
            node.always.is_some(),
            node.fact.is_some(),
        ];
        if written.iter().filter(|is| **is).count() != 1 {
            let da = "en betingelse har netop én af `all`, `any`, `not`, `least` med `of`, `term`, `always` og `fact`";
            let en = "a condition has exactly one of all, any, not, least with of, term, always or fact";
            self.refuse(line, Said::both(da, en));
            return None;
        }
        if let Some(parts) = &node.all {
            return self.group(parts, parts.len(), line, cite);
        }
        if let Some(parts) = &node.any {
            return self.group(parts, 1, line, cite);
        }
        if let Some(part) = &node.not {
            return Some(Condition::Not(Box::new(self.compile(part, cite)?)));
        }
        if let Some(term) = &node.term {
            let condition = self.term(term, line)?;
            return Some(node.cite.as_deref().map_or(condition.clone(), |cite| condition.cited(cite)));
        }
        let basis = self.basis(node, cite, line)?;
        match (&node.always, &node.fact) {
            (Some(value), _) => Some(Condition::Always { value: *value, basis }),
            (None, Some(fact)) => self.leaf(node, fact, basis, line),
            (None, None) => {
                let parts = node.of.as_deref().unwrap_or_default();
                self.group(parts, node.least.unwrap_or(0), line, cite)
            }
        }
    }

    fn refuse(&mut self, line: usize, said: Said) {
        self.refusals.at(self.file, line, said);
    }

    fn group(
        &mut self,
        parts: &[Spanned<ConditionDoc>],
        least: usize,
        line: usize,
        cite: Option<&str>,
    ) -> Option<Condition> {
        if least == 0 || least > parts.len() {
            let count = parts.len();
            let said = Said::both(
                format!("der kan ikke kræves {least} af {count} betingelser: mindst én og højst alle"),
                format!("{least} of {count} conditions cannot be asked for: give at least one, at most all"),
            );
            self.refuse(line, said);
            return None;
        }
        let compiled: Vec<_> = parts.iter().map(|part| self.compile(part, cite)).collect();
        Some(Condition::Least { least, of: compiled.into_iter().collect::<Option<_>>()? })
    }

    fn term(&mut self, term: &str, line: usize) -> Option<Condition> {
        let found = self.vocabulary.terms.get(term).cloned();
        if found.is_none() {
            let hint = self.refusals.nearest(term, self.vocabulary.terms.keys().map(String::as_str));
            self.refuse(line, Said::unknown(Noun::Term, term, &hint));
        }
        found
    }

    fn basis(&mut self, node: &ConditionDoc, cite: Option<&str>, line: usize) -> Option<Basis> {
        let Some(cite) = cite else {
            let da = "ingen henvisning: skriv `cite` her eller ved en betingelse uden om";
            self.refuse(line, Said::both(da, "no citation: write `cite` here or at a condition around it"));
            return None;
        };
        Some(Basis { text: node.text.clone(), otherwise: node.otherwise.clone(), cite: cite.to_owned() })
    }

    fn leaf(&mut self, node: &ConditionDoc, fact: &str, basis: Basis, line: usize) -> Option<Condition> {
        let vocabulary = self.vocabulary;
        let Some((fact_type, options)) = vocabulary.facts.get(fact) else {
            let hint = self.refusals.nearest(fact, vocabulary.facts.keys().map(String::as_str));
            self.refuse(line, Said::unknown(Noun::Fact, fact, &hint));
            return None;
        };
        let test = self.test(node, line)?;
        if !test.fits(*fact_type) {
            let da = format!("prøven passer ikke til `{fact}`, som er af typen {fact_type:?}");
            let en = format!("this test does not fit `{fact}`, which is of type {fact_type:?}");
            self.refuse(line, Said::both(da, en));
            return None;
        }
        if let Test::OneOf(wanted) | Test::IncludesAny(wanted) = &test
            && !options.is_empty()
        {
            for option in wanted.iter().filter(|wanted| options.iter().all(|option| option.id != **wanted)) {
                let hint = self.refusals.nearest(option, options.iter().map(|option| option.id.as_str()));
                self.refuse(line, Said::no_option(fact, option, &hint));
            }
        }
        self.check_threshold(&test, line);
        if let Test::Since { event, .. } = &test
            && vocabulary.facts.get(event).is_none_or(|(fact_type, _)| *fact_type != FactType::Instant)
        {
            let da = format!("`{event}` er ingen oplysning om et tidspunkt");
            self.refuse(line, Said::both(da, format!("`{event}` is no fact that gives an instant")));
        }
        Some(Condition::Leaf(Predicate { fact: fact.to_owned(), test, basis }))
    }

    fn check_threshold(&mut self, test: &Test, line: usize) {
        let Test::Compare(_, threshold) = test else { return };
        let mut facts = Vec::new();
        threshold.facts(&mut facts);
        for fact in facts {
            match self.vocabulary.facts.get(fact) {
                Some((fact_type, _)) if fact_type.is_number() => {}
                _ => {
                    let da = format!("en andel af `{fact}` kræver en oplysning, der er et tal");
                    let en = format!("a share of `{fact}` needs a fact that is a number");
                    self.refuse(line, Said::both(da, en));
                }
            }
        }
    }

    fn test(&mut self, node: &ConditionDoc, line: usize) -> Option<Test> {
        let compare = |comparison, threshold: &Option<ThresholdDoc>| {
            threshold
                .as_ref()
                .map(|doc| threshold_of(doc).map(|threshold| Test::Compare(comparison, threshold)))
        };
        let tests = [
            node.is.as_ref().map(|is| Some(is.test())),
            node.one_of.clone().map(|options| Some(Test::OneOf(options))),
            node.includes.clone().map(|option| Some(Test::IncludesAny(vec![option]))),
            node.includes_any.clone().map(|options| Some(Test::IncludesAny(options))),
            node.count_at_least.map(|least| Some(Test::CountAtLeast(least))),
            compare(Comparison::AtLeast, &node.at_least),
            compare(Comparison::MoreThan, &node.more_than),
            compare(Comparison::AtMost, &node.at_most),
            compare(Comparison::LessThan, &node.less_than),
            node.is_known.map(|known| known.then_some(Test::IsKnown)),
            node.not_before.map(|date| Some(Test::NotBefore(date))),
            node.since
                .as_ref()
                .map(|since| Some(Test::Since { event: since.event.clone(), period: since.period })),
        ];
        let mut written = tests.into_iter().flatten();
        match (written.next(), written.next()) {
            (Some(Some(test)), None) => Some(test),
            (Some(None), None) => {
                let da = "skriv `is_known: true`, et tal mellem -10^15 og 10^15, eller fra 0 til 100 procent";
                let en = "write `is_known: true`, a number up to 10^15 either way, or from 0 to 100 percent";
                self.refuse(line, Said::both(da, en));
                None
            }
            (None, _) => {
                let da = "en oplysning skal have en prøve: is, one_of, includes, at_least, more_than, ...";
                let en = "a fact needs a test: is, one_of, includes, at_least, more_than, ...";
                self.refuse(line, Said::both(da, en));
                None
            }
            (Some(_), Some(_)) => {
                let da = "én oplysning, én prøve: skriv `all`, når der er flere";
                self.refuse(line, Said::both(da, "one fact, one test: write `all` for more than one"));
                None
            }
        }
    }
}

impl OperandDoc {
    fn test(&self) -> Test {
        match self {
            Self::Bool(value) => Test::IsBool(*value),
            Self::Option(option) => Test::OneOf(vec![option.clone()]),
        }
    }
}

impl Test {
    fn fits(&self, fact_type: FactType) -> bool {
        match self {
            Self::IsBool(_) => fact_type == FactType::Bool,
            Self::OneOf(_) => fact_type == FactType::Enum,
            Self::IncludesAny(_) | Self::CountAtLeast(_) => {
                matches!(fact_type, FactType::Set | FactType::Countries)
            }
            Self::Compare(..) => fact_type.is_number(),
            Self::NotBefore(_) | Self::Since { .. } => fact_type == FactType::Instant,
            Self::IsKnown => true,
        }
    }
}

impl FactType {
    /// Whether its values can be compared with a threshold.
    pub(crate) fn is_number(self) -> bool {
        matches!(self, Self::Integer | Self::Decimal | Self::MoneyEur | Self::Minutes | Self::Percent)
    }
}

fn threshold_of(doc: &ThresholdDoc) -> Option<Threshold> {
    // Beyond these, sums and shares could leave what a decimal holds; no law states such numbers.
    let number = |number: Decimal| Some(number).filter(|number| number.abs() <= Decimal::from(MOST_NUMBER));
    let percent = |percent: f64| {
        Decimal::from_f64(percent).filter(|part| *part >= Decimal::ZERO && *part <= Decimal::ONE_HUNDRED)
    };
    Some(match doc {
        ThresholdDoc::Whole(whole) => Threshold::Number(number(Decimal::from(*whole))?),
        ThresholdDoc::Number(decimal) => Threshold::Number(number(Decimal::from_f64(*decimal)?)?),
        ThresholdDoc::PercentOf { percent: share, of } => {
            Threshold::PercentOf { percent: percent(*share)?, fact: of.clone() }
        }
        ThresholdDoc::SmallestOf { smallest_of } => {
            Threshold::SmallestOf(smallest_of.iter().map(threshold_of).collect::<Option<_>>()?)
        }
    })
}

/// Line of a node in its file, from 1; of what an alias repeats, that where it is written.
pub(crate) fn line_of<T>(node: &Spanned<T>) -> usize {
    usize::try_from(node.defined.line()).unwrap_or(0)
}
