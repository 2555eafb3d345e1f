//! Conditions as nested lists.

use super::words::Speaker;
use crate::condition::{Comparison, Condition, Predicate, Test, Threshold};

impl Speaker<'_> {
    /// A condition as a list, each part indented below what joins it, each clause with its citation.
    pub(crate) fn condition(&self, condition: &Condition) -> Vec<String> {
        let mut lines = Vec::new();
        self.nested(condition, 0, &mut lines);
        lines
    }

    fn nested(&self, condition: &Condition, depth: usize, lines: &mut Vec<String>) {
        let mut item = |words: &str| lines.push(format!("{}- {words}", "  ".repeat(depth)));
        match condition {
            Condition::Leaf(leaf) => item(&self.leaf(leaf)),
            Condition::Always { value, basis } => {
                let text = if *value { basis.text.as_ref() } else { basis.otherwise.as_ref() };
                let plain =
                    if *value { self.say("Altid.", "Always.") } else { self.say("Aldrig.", "Never.") };
                item(&format!("{} [{}]", text.map_or(plain, |text| self.text(text)), basis.cite));
            }
            Condition::Not(part) => {
                item(self.say("**ikke:**", "**not:**"));
                self.nested(part, depth + 1, lines);
            }
            Condition::Least { of, .. } if of.len() == 1 => {
                for part in of {
                    self.nested(part, depth, lines);
                }
            }
            Condition::Least { least, of } => {
                let joined = match *least {
                    1 => self.say("**mindst én af disse:**", "**at least one of these:**").to_owned(),
                    least if least == of.len() => self.say("**alle disse:**", "**all of these:**").to_owned(),
                    least => format!(
                        "**{} {least} {}:**",
                        self.say("mindst", "at least"),
                        self.say("af disse", "of these")
                    ),
                };
                item(&joined);
                for part in of {
                    self.nested(part, depth + 1, lines);
                }
            }
        }
    }

    /// What the law says, how it is tested, and where it stands.
    fn leaf(&self, leaf: &Predicate) -> String {
        let (test, cite) = (self.test(leaf), &leaf.basis.cite);
        match &leaf.basis.text {
            Some(said) => format!("{} ({test}) [{cite}]", self.text(said)),
            None => format!("{test} [{cite}]"),
        }
    }

    fn test(&self, leaf: &Predicate) -> String {
        let (fact, asked) = (leaf.fact.as_str(), self.fact(&leaf.fact));
        match &leaf.test {
            Test::IsBool(true) => format!("{asked}: {}", self.say("ja", "yes")),
            Test::IsBool(false) => format!("{asked}: {}", self.say("nej", "no")),
            Test::OneOf(options) => format!("{asked}: {}", self.options(fact, options)),
            Test::IncludesAny(options) => {
                format!("{asked} {} {}", self.say("omfatter", "includes"), self.options(fact, options))
            }
            Test::CountAtLeast(1) => {
                format!("{asked} {}", self.say("har mindst ét svar", "has at least one answer"))
            }
            Test::CountAtLeast(least) => {
                format!(
                    "{asked} {} {least} {}",
                    self.say("har mindst", "has at least"),
                    self.say("svar", "answers")
                )
            }
            Test::Compare(comparison, threshold) => {
                let compared = match comparison {
                    Comparison::AtLeast => self.say("er mindst", "is at least"),
                    Comparison::MoreThan => self.say("er mere end", "is more than"),
                    Comparison::AtMost => self.say("er højst", "is at most"),
                    Comparison::LessThan => self.say("er mindre end", "is less than"),
                };
                format!("{asked} {compared} {}", self.threshold(fact, threshold))
            }
            Test::NotBefore(date) => format!("{asked} {} {date}", self.say("er tidligst", "is not before")),
            Test::Since { event, period } => format!(
                "{asked} {} {} {} {}",
                self.say("er mindst", "is at least"),
                self.period(*period),
                self.say("efter", "after"),
                self.fact(event)
            ),
            Test::IsKnown => format!("{asked} {}", self.say("er besvaret", "has been answered")),
        }
    }

    fn threshold(&self, fact: &str, threshold: &Threshold) -> String {
        match threshold {
            Threshold::Number(number) => self.amount(fact, *number),
            Threshold::PercentOf { percent, fact } => {
                format!("{} % {} {}", self.number(*percent), self.say("af", "of"), self.fact(fact))
            }
            Threshold::SmallestOf(parts) => {
                let parts: Vec<String> = parts.iter().map(|part| self.threshold(fact, part)).collect();
                let joined = parts.join(self.say(" og ", " and "));
                format!("{} {joined}", self.say("det mindste af", "the smaller of"))
            }
        }
    }
}
