//! For what somebody has an authorisation.

use varsel_rules::Text;

use crate::Role;

/// For what somebody has an authorisation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Purpose {
    /// As whoever asked for it said, in their words.
    Stated(String),
    /// It came with what they are; said in the language of whoever reads it.
    Usual(Usual),
}

/// The purposes of authorisations that nobody asked for in words of their own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Usual {
    /// To run the platform from its first day.
    FirstDay,
    /// To report for the organisation.
    Report,
    /// To work on the unit's cases.
    Cases,
    /// To watch over access and use.
    Watch,
    /// To administer the platform.
    Administer,
}

impl Usual {
    const ALL: [Self; 5] = [Self::FirstDay, Self::Report, Self::Cases, Self::Watch, Self::Administer];

    /// That of the rights that usually go with a role.
    pub fn of(role: &Role) -> Self {
        match role {
            Role::Reporter { .. } => Self::Report,
            Role::Officer { .. } | Role::Coordinator { .. } => Self::Cases,
            Role::SecurityOfficer => Self::Watch,
            Role::Administrator => Self::Administer,
        }
    }

    fn word(self) -> &'static str {
        match self {
            Self::FirstDay => "usual:first_day",
            Self::Report => "usual:report",
            Self::Cases => "usual:cases",
            Self::Watch => "usual:watch",
            Self::Administer => "usual:administer",
        }
    }

    fn in_words(self) -> Text {
        let (da, en) = match self {
            Self::FirstDay => {
                ("Administration af platformen fra dens første dag", "To run the platform from its first day")
            }
            Self::Report => ("Indberetning for organisationen", "To report for the organisation"),
            Self::Cases => ("Arbejde med enhedens sager", "To work on the unit's cases"),
            Self::Watch => ("Kontrol af adgang og brug", "To watch over access and use"),
            Self::Administer => ("Administration af platformen", "To administer the platform"),
        };
        Text { da: da.to_owned(), en: en.to_owned() }
    }
}

impl Purpose {
    /// As it is stored.
    pub fn as_str(&self) -> &str {
        match self {
            Self::Stated(text) => text,
            Self::Usual(usual) => usual.word(),
        }
    }

    /// In words: a stated one stands in the language in which it was stated.
    pub fn in_words(&self) -> Text {
        match self {
            Self::Stated(text) => Text { da: text.clone(), en: text.clone() },
            Self::Usual(usual) => usual.in_words(),
        }
    }
}

/// As [`Purpose::as_str`] writes it.
impl From<String> for Purpose {
    fn from(text: String) -> Self {
        let usual = Usual::ALL.into_iter().find(|usual| usual.word() == text);
        usual.map_or(Self::Stated(text), Self::Usual)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_stored_is_what_is_read() {
        let stated = Purpose::Stated("Afløser en kollega i ferien.".to_owned());
        for purpose in Usual::ALL.into_iter().map(Purpose::Usual).chain([stated]) {
            assert_eq!(Purpose::from(purpose.as_str().to_owned()), purpose);
            let words = purpose.in_words();
            assert_eq!(words.da == words.en, matches!(purpose, Purpose::Stated(_)), "{words:?}");
        }
    }
}
