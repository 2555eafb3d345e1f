//! The words of an explanation, in one language.

use rust_decimal::Decimal;

use crate::assess::view::{DUTIES, POSSIBLE_DUTIES, SEVERITY};
use crate::pack::law::Computed;
use crate::pack::{Confidence, Pack};
use crate::{Fact, FactOption, FactType, FactValue, Period, PeriodUnit, Text};

/// A language that a pack speaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Language {
    Danish,
    English,
}

/// Speaks of one pack in one language.
#[derive(Clone, Copy)]
pub(crate) struct Speaker<'a> {
    pub(crate) pack: &'a Pack,
    pub(crate) language: Language,
}

impl<'a> Speaker<'a> {
    /// One of two wordings.
    pub(crate) fn say<'t>(&self, danish: &'t str, english: &'t str) -> &'t str {
        match self.language {
            Language::Danish => danish,
            Language::English => english,
        }
    }

    /// A text of the pack.
    pub(crate) fn text<'t>(&self, text: &'t Text) -> &'t str {
        self.say(&text.da, &text.en)
    }

    /// Words of somebody else's, in quotation marks.
    pub(crate) fn quoted(&self, words: &str) -> String {
        match self.language {
            Language::Danish => format!("»{words}«"),
            Language::English => format!("“{words}”"),
        }
    }

    /// The question that a fact asks, quoted.
    pub(crate) fn fact(&self, id: &str) -> String {
        let own = match id {
            DUTIES => Some(self.say("Regler, der forpligter", "Rules that oblige")),
            POSSIBLE_DUTIES => Some(self.say("Regler, der kan forpligte", "Rules that may oblige")),
            SEVERITY => Some(self.say("Foreslået alvor", "Proposed severity")),
            _ => None,
        };
        let computed = || self.computed(id).map(|computed| self.text(&computed.label));
        let label = own.or_else(|| self.pack.fact(id).map(|fact| self.text(&fact.label))).or_else(computed);
        self.quoted(label.unwrap_or(id))
    }

    /// The fact that follows from others, where it is one.
    pub(crate) fn computed(&self, id: &str) -> Option<&'a Computed> {
        self.pack.computed.iter().find(|computed| computed.id == id)
    }

    fn fact_type(&self, id: &str) -> Option<FactType> {
        let catalogued = self.pack.fact(id).map(|fact| fact.fact_type);
        catalogued.or_else(|| self.computed(id).map(|computed| computed.fact_type))
    }

    /// The label of an option, quoted; the option itself where nothing has a label for it.
    pub(crate) fn option(&self, fact: &str, option: &str) -> String {
        let of = |fact: &'a Fact| fact.options.iter().find(|known| known.id == option);
        let label = |known: &'a FactOption| &known.label;
        let sources = self.computed(fact).into_iter().flat_map(|computed| &computed.from);
        let mut facts = std::iter::once(fact).chain(sources.map(String::as_str));
        let found = facts.find_map(|id| self.pack.fact(id).and_then(of)).map(label);
        // What nobody is asked can have regimes as its options.
        let law = || self.pack.fact(fact).is_none().then(|| self.pack.regime_info(option)).flatten();
        match found.or_else(|| law().map(|info| &info.law)) {
            Some(label) => self.quoted(self.text(label)),
            None => format!("`{option}`"),
        }
    }

    /// Several options, the last after "or".
    pub(crate) fn options(&self, fact: &str, options: &[String]) -> String {
        let mut labels: Vec<String> = options.iter().map(|option| self.option(fact, option)).collect();
        let last = labels.pop().unwrap_or_default();
        if labels.is_empty() {
            return last;
        }
        format!("{} {} {last}", labels.join(", "), self.say("eller", "or"))
    }

    /// A value that a fact can have.
    pub(crate) fn value(&self, fact: &str, value: &FactValue) -> String {
        match value {
            FactValue::Bool(true) => self.say("ja", "yes").to_owned(),
            FactValue::Bool(false) => self.say("nej", "no").to_owned(),
            FactValue::Number(number) => self.amount(fact, *number),
            FactValue::Text(option) => self.option(fact, option),
            FactValue::Set(options) => self.options(fact, options),
            FactValue::Instant(instant) => instant.to_rfc3339(),
            FactValue::Unknown => self.say("vides ikke", "not known").to_owned(),
        }
    }

    /// A number with the unit of its fact.
    pub(crate) fn amount(&self, fact: &str, number: Decimal) -> String {
        let digits = self.number(number);
        match self.fact_type(fact) {
            Some(FactType::MoneyEur) if self.language == Language::English => format!("EUR {digits}"),
            Some(FactType::MoneyEur) => format!("{digits} euro"),
            Some(FactType::Percent) => format!("{digits} %"),
            Some(FactType::Minutes) if number == Decimal::ONE => {
                format!("{digits} {}", self.say("minut", "minute"))
            }
            Some(FactType::Minutes) => format!("{digits} {}", self.say("minutter", "minutes")),
            _ => digits,
        }
    }

    /// A number as the language writes it: 1.000.000,5 or 1,000,000.5.
    pub(crate) fn number(&self, number: Decimal) -> String {
        let written = number.normalize().to_string();
        let (whole, decimals) = written.split_once('.').unwrap_or((&written, ""));
        let mut grouped = String::new();
        for (place, digit) in whole.chars().enumerate() {
            if place > 0 && (whole.len() - place).is_multiple_of(3) {
                grouped.push_str(self.say(".", ","));
            }
            grouped.push(digit);
        }
        if !decimals.is_empty() {
            grouped.push_str(self.say(",", "."));
            grouped.push_str(decimals);
        }
        grouped
    }

    /// A period: "24 hours", "one month".
    pub(crate) fn period(&self, period: Period) -> String {
        let [one, many] = match period.unit {
            PeriodUnit::Hour => [["en time", "one hour"], ["timer", "hours"]],
            PeriodUnit::Day => [["en dag", "one day"], ["dage", "days"]],
            PeriodUnit::Week => [["en uge", "one week"], ["uger", "weeks"]],
            PeriodUnit::Month => [["en måned", "one month"], ["måneder", "months"]],
        };
        let pick = |[danish, english]: [&'static str; 2]| self.say(danish, english);
        match period.count.get() {
            1 => pick(one).to_owned(),
            count => format!("{count} {}", pick(many)),
        }
    }

    /// How sure the pack is of what it says.
    pub(crate) fn confidence(&self, confidence: Confidence) -> &'static str {
        match confidence {
            Confidence::Primary => self.say("læst i lovteksten selv", "read in the legal text itself"),
            Confidence::Official => self.say("læst hos en myndighed", "read on an authority's own page"),
            Confidence::Secondary => self.say("læst i en anden kilde", "read in another source"),
            Confidence::Derived => self.say("vores læsning af en kilde", "our reading of a source"),
            Confidence::OwnDesign => self.say("vores eget forslag", "our own proposal"),
            Confidence::GeneralKnowledge => {
                self.say("ikke set i nogen kilde; skal efterprøves", "seen in no source; to be verified")
            }
        }
    }

    /// The name of a stage of a regime, quoted.
    pub(crate) fn stage(&self, regime: &str, stage: &str) -> String {
        let name = self.pack.stage_name(regime, stage);
        name.map_or_else(|| format!("`{stage}`"), |name| self.quoted(self.text(name)))
    }
}
