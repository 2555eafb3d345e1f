//! Who reports, and the people who sign in.

use varsel_rules::Text;

use crate::authorisation::Rights;
use crate::natural::NaturalPerson;
use crate::{Actor, OrganisationId, PersonId, Role};

/// The legal entity that reports.
#[derive(Debug, Clone, PartialEq)]
pub struct Organisation {
    /// Id.
    pub id: OrganisationId,
    /// Legal name.
    pub name: String,
    /// CVR number, eight digits, for Danish entities.
    pub cvr: Option<String>,
    /// What its registration already tells, as facts in their flat JSON form: not asked again.
    pub registered_facts: serde_json::Value,
}

/// What an identity provider knows a person by: together the person's key, for ever.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Identity {
    /// Who vouches, e.g. the provider's address; `demo` for the demo's people.
    pub issuer: String,
    /// Their name for the person; never given to another.
    pub subject: String,
}

/// A natural person who signs in.
#[derive(Debug, Clone, PartialEq)]
pub struct Person {
    /// Id.
    pub id: PersonId,
    /// Name.
    pub name: String,
    /// Address for receipts, where known.
    pub email: Option<String>,
    /// Language for mails.
    pub language: Language,
    /// Where they belong.
    pub role: Role,
    /// What the provider knows the human being by, across accounts: a digest, see [`NaturalPerson`].
    pub natural_key: Option<String>,
    /// Short name for the demo sign-in and `varsel report --as`; none for people from an identity provider.
    pub demo_handle: Option<String>,
    /// Title for people, e.g. "Duty officer"; used by the demo sign-in.
    pub title: Option<Text>,
}

impl Person {
    /// The human being behind the account.
    pub fn natural(&self) -> NaturalPerson {
        NaturalPerson {
            account: self.id,
            key: self.natural_key.clone(),
            email: self.email.clone(),
            name: self.name.clone(),
        }
    }
}

/// A person with the rights they have now.
#[derive(Debug, Clone, PartialEq)]
pub struct Party {
    /// The person.
    pub person: Person,
    /// What they may do.
    pub rights: Rights,
}

impl Person {
    /// The person, with no right to anything: where they set up how they sign in.
    pub fn without_rights(&self) -> Actor {
        let Self { id, name, role, .. } = self;
        Actor { person: *id, name: name.clone(), role: role.clone(), rights: Rights::default() }
    }
}

impl Party {
    /// The person, acting with their rights.
    pub fn actor(&self) -> Actor {
        let Person { id, name, role, .. } = &self.person;
        Actor { person: *id, name: name.clone(), role: role.clone(), rights: self.rights.clone() }
    }
}

impl std::ops::Deref for Party {
    type Target = Person;

    fn deref(&self) -> &Person {
        &self.person
    }
}

/// A language people can choose.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Language {
    /// Danish.
    Da,
    /// English.
    En,
}

impl Language {
    /// The text in this language.
    pub fn of(self, text: &Text) -> &str {
        match self {
            Self::Da => &text.da,
            Self::En => &text.en,
        }
    }
}
