//! What a refusal says: in English, as the command line has it, and in Danish for the pages.

use std::fmt;

/// What is wrong and what to write instead. There is no Danish for words of a library.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Said {
    pub(crate) en: String,
    pub(crate) da: Option<String>,
}

impl Said {
    /// In both languages.
    pub(crate) fn both(da: impl Into<String>, en: impl Into<String>) -> Self {
        Self { en: en.into(), da: Some(da.into()) }
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

impl From<String> for Said {
    fn from(en: String) -> Self {
        Self { en, da: None }
    }
}

impl From<&str> for Said {
    fn from(en: &str) -> Self {
        en.to_owned().into()
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

/// What the YAML reader says of a field, a word or a value, in Danish; none for what it says more seldom.
pub(crate) fn of_reader(english: &str, hint: &Hint) -> Option<String> {
    let forms = [
        ("missing field ", "feltet mangler: "),
        ("unknown field ", "ukendt felt: "),
        ("unknown variant ", "ukendt ord: "),
        ("duplicate field ", "feltet står der to gange: "),
        ("this text lacks ", "teksten mangler: "),
        ("invalid type: ", "forkert slags værdi: "),
        ("invalid value: ", "ugyldig værdi: "),
        ("expected string scalar", "her skal stå en tekst"),
        ("expected ", "her skal stå: "),
        ("invalid boolean", "her skal stå true eller false"),
        ("invalid ", "her skal stå en værdi af typen "),
        ("unexpected end of file", "filen holder op for tidligt"),
        ("reference to unknown value", "henvisning til en værdi, der ikke er der"),
    ];
    let twice = english
        .strip_prefix("duplicate mapping key ")
        .and_then(|rest| rest.strip_suffix(" is not allowed here"));
    if let Some(key) = twice {
        return Some(format!("nøglen {key} står der to gange"));
    }
    let (form, danish) = forms.into_iter().find(|(form, _)| english.starts_with(form))?;
    let rest = english.strip_prefix(form)?;
    let expected = [(", expected one of ", ", ventede et af "), (", expected ", ", ventede ")];
    let found = expected.into_iter().find(|(expected, _)| rest.contains(expected));
    let rest = found.map_or_else(|| rest.to_owned(), |(english, danish)| rest.replacen(english, danish, 1));
    Some(format!("{danish}{rest}{}", hint.in_danish()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hint_follows_in_the_language_of_what_is_wrong() {
        let said = Said::unknown(Noun::Fact, "impact.user", &Hint::Near("impact.users".to_owned()));
        assert_eq!(said.en, "unknown fact `impact.user`: did you mean `impact.users`?");
        assert_eq!(said.da.unwrap(), "ukendt oplysning `impact.user`: mente du `impact.users`?");
        let said = Said::unknown(Noun::Unit, "x", &Hint::None);
        assert_eq!((said.en.as_str(), said.da.as_deref()), ("unknown unit `x`", Some("ukendt enhed `x`")));
    }

    #[test]
    fn what_the_reader_says_of_fields_is_translated_and_nothing_is_made_up_of_the_rest() {
        let near = Hint::Near("on".to_owned());
        let said = of_reader("unknown field `onn`, expected one of `on`, `when`", &near);
        assert_eq!(said.unwrap(), "ukendt felt: `onn`, ventede et af `on`, `when`: mente du `on`?");
        assert_eq!(of_reader("missing field `id`", &Hint::None).unwrap(), "feltet mangler: `id`");
        let twice = of_reader("duplicate mapping key `id` is not allowed here", &Hint::None);
        assert_eq!(twice.unwrap(), "nøglen `id` står der to gange");
        assert_eq!(of_reader("something else", &Hint::None), None);
    }
}
