//! Who gets a mail.

use varsel_domain::organisation::{Language, Person};
use varsel_domain::rules::Pack;

use crate::job::{MailSettings, MailTransport};

/// Who gets a mail, and in which language.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Addressee {
    /// Name, where it is a person.
    pub(crate) name: Option<String>,
    /// Address.
    pub(crate) email: String,
    /// Language.
    pub(crate) language: Language,
}

impl Addressee {
    /// A person, in their own language; none without an address.
    pub(crate) fn person(person: &Person) -> Option<Self> {
        let email = person.email.clone()?;
        Some(Self { name: Some(person.name.clone()), email, language: person.language })
    }

    /// A mailbox of the settings, in Danish, the working language of every Danish authority.
    pub(crate) fn mailbox(address: &str) -> Self {
        Self { name: None, email: address.to_owned(), language: Language::Da }
    }

    /// A unit, in Danish, the working language of every Danish authority; none without an address.
    ///
    /// What the operator configured stands above the pack. The demo invents addresses under a domain that can never
    /// exist (RFC 2606), so that no mail it writes can reach a real authority.
    pub(crate) fn unit(unit: &str, settings: &MailSettings, pack: &Pack) -> Option<Self> {
        let configured = settings.unit_addresses.get(unit).cloned();
        let email = match settings.transport {
            MailTransport::Directory(_) => configured.or_else(|| Some(format!("{unit}@units.example"))),
            MailTransport::Smtp { .. } => configured.or_else(|| pack.unit(unit)?.email.clone()),
        };
        Some(Self { name: None, email: email?, language: Language::Da })
    }
}
