//! Sessions: opened by a sign-in, kept as hashes, ended by time or by the person.

use varsel_domain::organisation::Language;
use varsel_domain::{Actor, PersonId};

use crate::{Result, Services};

/// What an identity provider says of a person who signed in.
#[derive(Debug, Clone)]
pub struct Claims {
    /// Issuer and subject: together the person's key, for ever.
    pub issuer: String,
    /// See `issuer`.
    pub subject: String,
    /// Name.
    pub name: String,
    /// Address, where given.
    pub email: Option<String>,
    /// CVR number of the organisation for which the person may report.
    pub cvr: Option<String>,
    /// Legal name of that organisation.
    pub organisation_name: Option<String>,
    /// The unit the person works for, where the provider is an authority's.
    pub unit: Option<String>,
    /// Language.
    pub language: Language,
}

/// Opens a session for a person; the token is for the cookie and is stored only as a hash.
///
/// # Errors
/// No such person, or storage failed.
pub async fn open(services: &Services, person: PersonId) -> Result<String> {
    let _ = (services, person);
    unimplemented!()
}

/// Finds or registers the person of these claims (and the organisation, by its CVR number) and opens a session.
///
/// # Errors
/// Claims that give no function (neither a CVR number nor a unit), or storage failed.
pub async fn open_for_claims(services: &Services, claims: Claims) -> Result<String> {
    let _ = (services, claims);
    unimplemented!()
}

/// Who the token belongs to; none when it is unknown, ended or older than 12 hours (8 hours unused).
///
/// # Errors
/// Storage failed.
pub async fn actor(services: &Services, token: &str) -> Result<Option<Actor>> {
    let _ = (services, token);
    unimplemented!()
}

/// Ends a session.
///
/// # Errors
/// Storage failed.
pub async fn end(services: &Services, token: &str) -> Result<()> {
    let _ = (services, token);
    unimplemented!()
}
