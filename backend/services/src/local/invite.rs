//! Inviting somebody to an account of Varsel's own. They choose for themselves how they sign in.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::{DateTime, TimeDelta, Utc};
use serde_json::json;
use varsel_domain::access::UseKind;
use varsel_domain::authz::{Action, Resource, Scope};
use varsel_domain::organisation::{Language, Person};
use varsel_domain::{LinkId, PersonId, Role};
use varsel_storage::account_link::{self, AccountLink, Purpose};
use varsel_storage::{Tx, local_account, person};

use super::{identity, invalid, normal_login, voucher};
use crate::access::{AccessLog, write_at_command_line};
use crate::authorisation::{Grants, by_terminal};
use crate::job::{AccountLinkSent, enqueue};
use crate::session::{self, Claims, FRESH, require_fresh};
use crate::{Request, Result, Services};

/// How long a link works.
pub(super) const LIFETIME: TimeDelta = TimeDelta::hours(24);
/// The longest name, in characters.
const LONGEST_NAME: usize = 200;
/// The longest mail address, in characters (RFC 5321, section 4.5.3.1.3).
const LONGEST_ADDRESS: usize = 254;

/// Where somebody belongs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Home {
    /// An organisation, by its CVR number; the name counts where it is not registered yet.
    Organisation {
        /// CVR number.
        cvr: String,
        /// Legal name.
        name: Option<String>,
    },
    /// A unit, by its id in the rule pack.
    Unit(String),
    /// The platform itself: `administrator` or `security_officer`. Only whoever runs the server can name one alone.
    Platform(String),
}

/// Whom to invite.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Invitee {
    /// Name.
    pub name: String,
    /// Mail address, and what they sign in with.
    pub email: String,
    /// Language of the mails.
    pub language: Language,
    /// Where they belong.
    pub home: Home,
}

/// Invites somebody; they get a mail with a link that works once, for 24 hours.
///
/// # Errors
/// [`crate::Error::NotFound`] where the actor may not do this, or there are no such accounts;
/// [`crate::Error::StepUpRequired`]; a field that cannot be taken; storage failed.
pub async fn invite(services: &Services, request: &Request, invitee: Invitee) -> Result<PersonId> {
    allowed(services, request)?;
    if let Home::Platform(_) = invitee.home {
        let da = "En administrator kan ikke alene udnævne en anden. Brug »varsel admin invite« på serveren.";
        let en = "An administrator cannot name another alone. Use “varsel admin invite” on the server.";
        return Err(invalid("home", da, en));
    }
    let now = services.clock.now();
    let tx = services.store.begin(&Scope::nothing()).await?;
    let person = register(services, &tx, invitee).await?;
    let link = new_link(services, person, Purpose::Invitation, request.actor()?.person);
    account_link::insert(&tx, &link).await?;
    enqueue(&tx, &*services.ids, now, &AccountLinkSent { link: link.id }).await?;
    let mut log = AccessLog::new(services, request, now)?;
    log.under(Action::KeepAccounts, Resource::Accounts);
    log.add(UseKind::AccountInvited, None, json!({ "person": person }));
    log.write(&tx).await?;
    tx.commit().await?;
    services.live.ring();
    Ok(person)
}

/// Invites somebody from the command line; the token of their link is answered, and not sent by mail.
///
/// # Errors
/// A field that cannot be taken; an administrator where there is one already and no reason is given; storage failed.
pub async fn invite_from_terminal(
    services: &Services,
    invitee: Invitee,
    reason: Option<&str>,
) -> Result<(PersonId, String)> {
    let now = services.clock.now();
    let tx = services.store.begin(&Scope::nothing()).await?;
    let platform = matches!(invitee.home, Home::Platform(_));
    if platform && reason.is_none() && session::has_administrator(&tx, now).await? {
        let da = "Der er allerede en administrator. Skriv, hvorfor der skal være en til.";
        let en = "There is an administrator already. Say why there must be another: --reason TEXT";
        return Err(invalid("reason", da, en));
    }
    let person = register(services, &tx, invitee).await?;
    // Without the first of them nobody could be given anything.
    if let Some(invited) = person::find(&tx, person).await?.filter(|_| platform) {
        by_terminal(services, &tx, &invited, now).await?;
    }
    let token = URL_SAFE_NO_PAD.encode(services.ids.secret());
    let token_sha256 = Some(session::hash(&token));
    let link = AccountLink {
        token_sha256,
        created_by: None,
        ..new_link(services, person, Purpose::Invitation, person)
    };
    account_link::insert(&tx, &link).await?;
    let detail = json!({ "person": person, "reason": reason });
    let done = (now, "varsel admin invite");
    write_at_command_line(&*services.ids, &tx, done, UseKind::AccountInvited, detail).await?;
    tx.commit().await?;
    Ok((person, token))
}

/// Whether the actor may keep these accounts, and has just shown who they are.
///
/// # Errors
/// As [`invite`].
pub(super) fn allowed(services: &Services, request: &Request) -> Result<()> {
    services.local.require()?;
    request.require(Action::KeepAccounts, Resource::Accounts, "account")?;
    require_fresh(services, request, FRESH)
}

/// A link that is not sent yet.
pub(super) fn new_link(services: &Services, person: PersonId, purpose: Purpose, by: PersonId) -> AccountLink {
    let now: DateTime<Utc> = services.clock.now();
    AccountLink {
        id: LinkId(services.ids.next(now)),
        person,
        purpose,
        token_sha256: None,
        email: None,
        created_at: now,
        expires_at: now + LIFETIME,
        created_by: Some(by),
        used_at: None,
    }
}

/// A mail address in small letters.
///
/// # Errors
/// It is none.
pub(super) fn address(email: &str) -> Result<String> {
    let email = normal_login(email);
    let (local, domain) = email.rsplit_once('@').unwrap_or_default();
    let plain = !email.contains(|c: char| c.is_whitespace() || c.is_control() || "<>,;:\"()[]\\".contains(c));
    let whole =
        !local.is_empty() && domain.contains('.') && !domain.starts_with('.') && !domain.ends_with('.');
    if plain && whole && !local.contains('@') && email.chars().count() <= LONGEST_ADDRESS {
        return Ok(email);
    }
    let da = "Skriv en mailadresse, fx navn@virksomhed.dk.";
    let en = "Write a mail address, e.g. name@company.example.";
    Err(invalid("email", da, en))
}

/// The person and their account, which has no way to sign in yet.
async fn register(services: &Services, tx: &Tx, invitee: Invitee) -> Result<PersonId> {
    let now = services.clock.now();
    let email = address(&invitee.email)?;
    let name = invitee.name.trim().to_owned();
    if name.is_empty() || name.chars().count() > LONGEST_NAME || name.contains(char::is_control) {
        let da = format!("Skriv personens navn, højst {LONGEST_NAME} tegn.");
        let en = format!("Write the person's name, {LONGEST_NAME} characters at most.");
        return Err(invalid("name", da, en));
    }
    if local_account::find_by_login(tx, &email).await?.is_some() {
        let da = "Der er allerede en konto med den mailadresse. Send et nyt link fra listen.";
        let en = "There is an account with that mail address already. Send a new link from the list.";
        return Err(invalid("email", da, en));
    }
    let role = home(services, tx, &name, invitee.home, invitee.language).await?;
    let person = Person {
        id: PersonId(services.ids.next(now)),
        name,
        email: Some(email.clone()),
        language: invitee.language,
        role,
        natural_key: None,
        demo_handle: None,
        title: None,
    };
    person::insert(tx, &identity(person.id), &person).await?;
    local_account::insert(tx, person.id, &email, now).await?;
    Ok(person.id)
}

/// The function that a home gives, by the same rules as for what a provider says.
async fn home(services: &Services, tx: &Tx, name: &str, home: Home, language: Language) -> Result<Role> {
    let mut claims = Claims {
        issuer: String::new(),
        subject: String::new(),
        name: name.to_owned(),
        email: None,
        cvr: None,
        organisation_name: None,
        unit: None,
        function: None,
        natural_person: None,
        language,
        grants: Grants::Authorisations,
        voucher: voucher(services, ""),
    };
    match home {
        Home::Organisation { cvr, name } => (claims.cvr, claims.organisation_name) = (Some(cvr), name),
        Home::Unit(unit) => claims.unit = Some(unit),
        Home::Platform(function) => claims.function = Some(function),
    }
    session::role(services, tx, &claims, services.clock.now()).await
}

#[cfg(test)]
mod tests {
    use super::address;

    #[test]
    fn an_address_is_one_or_is_refused_with_the_way_out() {
        assert_eq!(address(" Aase@Nordvind.Example ").unwrap(), "aase@nordvind.example");
        for wrong in [
            "",
            "aase",
            "aase@",
            "@nordvind.example",
            "a@b@c.example",
            "a b@c.example",
            "a@c",
            "a@c.example\r\nBcc: b@c.example",
            "a@.example",
        ] {
            assert!(address(wrong).is_err(), "{wrong:?}");
        }
    }
}
