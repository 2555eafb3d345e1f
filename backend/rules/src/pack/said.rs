//! What a refusal says, in Danish and in English.

use std::fmt;

/// What is wrong and what to write instead.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Said {
    pub(crate) en: String,
    pub(crate) da: String,
}

impl Said {
    /// In both languages.
    pub(crate) fn both(da: impl Into<String>, en: impl Into<String>) -> Self {
        Self { en: en.into(), da: da.into() }
    }

    /// A name that nothing has.
    pub(crate) fn unknown(noun: Noun, name: &str, hint: &Hint) -> Self {
        let (da, en) = noun.words();
        Self::both(
            format!("ukendt {da} `{name}`{}", hint.in_danish()),
            format!("unknown {en} `{name}`{hint}"),
        )
    }

    /// A name that two things have.
    pub(crate) fn twice(noun: Noun, name: &str) -> Self {
        let (da, en) = noun.words();
        Self::both(format!("{da} `{name}` står der to gange"), format!("{en} `{name}` stands there twice"))
    }

    /// An attribute of sectors that `pack.yaml` does not list.
    pub(crate) fn no_attribute(name: &str, hint: &Hint) -> Self {
        Self::both(
            format!("pack.yaml har ingen sektorattribut `{name}`{}", hint.in_danish()),
            format!("pack.yaml lists no sector attribute `{name}`{hint}"),
        )
    }

    /// An option that a fact does not have.
    pub(crate) fn no_option(fact: &str, option: &str, hint: &Hint) -> Self {
        Self::both(
            format!("`{fact}` har ingen svarmulighed `{option}`{}", hint.in_danish()),
            format!("`{fact}` has no option `{option}`{hint}"),
        )
    }
}

/// What has names in a pack.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Noun {
    Addressee,
    Block,
    Fact,
    Group,
    Kind,
    Phase,
    Regime,
    Role,
    Section,
    Sector,
    SectorGroup,
    Source,
    Stage,
    Subsector,
    Term,
    TimeFrame,
    Unit,
}

impl Noun {
    /// Danish and English.
    fn words(self) -> (&'static str, &'static str) {
        match self {
            Self::Addressee => ("modtager af råd", "addressee"),
            Self::Block => ("blok", "block"),
            Self::Fact => ("oplysning", "fact"),
            Self::Group => ("gruppe", "group"),
            Self::Kind => ("slags hændelse", "kind"),
            Self::Phase => ("fase", "phase"),
            Self::Regime => ("regelsæt", "regime"),
            Self::Role => ("rolle", "role"),
            Self::Section => ("afsnit", "section"),
            Self::Sector => ("sektor", "sector"),
            Self::SectorGroup => ("sektorgruppe", "sector group"),
            Self::Source => ("kilde", "source"),
            Self::Stage => ("indberetning", "stage"),
            Self::Subsector => ("delsektor", "subsector"),
            Self::Term => ("begreb", "term"),
            Self::TimeFrame => ("tidsramme", "time frame"),
            Self::Unit => ("enhed", "unit"),
        }
    }
}

/// What was probably meant; it follows what is wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Hint {
    None,
    /// The name that is most like it.
    Near(String),
    /// What it is another name of.
    AliasOf(String),
}

impl Hint {
    pub(crate) fn in_danish(&self) -> String {
        match self {
            Self::None => String::new(),
            Self::Near(name) => format!(": mente du `{name}`?"),
            Self::AliasOf(name) => format!(": det er et alias, skriv `{name}`"),
        }
    }
}

impl fmt::Display for Hint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::None => Ok(()),
            Self::Near(name) => write!(f, ": did you mean `{name}`?"),
            Self::AliasOf(name) => write!(f, ": it is an alias, write `{name}`"),
        }
    }
}

/// Shared with the tests beside the crate.
#[cfg(test)]
#[path = "../../tests/danish/mod.rs"]
pub(crate) mod danish;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hint_follows_in_the_language_of_what_is_wrong() {
        let said = Said::unknown(Noun::Fact, "impact.user", &Hint::Near("impact.users".to_owned()));
        assert_eq!(said.en, "unknown fact `impact.user`: did you mean `impact.users`?");
        assert_eq!(said.da, "ukendt oplysning `impact.user`: mente du `impact.users`?");
        let said = Said::unknown(Noun::Unit, "x", &Hint::None);
        assert_eq!((said.en.as_str(), said.da.as_str()), ("unknown unit `x`", "ukendt enhed `x`"));
    }
}
