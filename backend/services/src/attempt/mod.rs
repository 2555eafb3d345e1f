//! Rejected attempts: all of them are registered, too many of them close a way in, and somebody must find out why.
//!
//! What looks at a proof of who somebody is (a password, a code, a one-time token) calls [`check`] first, and then says on
//! the [`Ticket`] what came of it. Everything else that is refused is handed to [`register`]. Neither may be called while
//! a transaction is open.

mod block;
mod follow_up;
mod keys;
mod lockout;
mod read;
mod summary;
mod trail;
mod unusual;

use varsel_domain::attempt::{Attempt, Cause, Client, Rules, Subject, Who};
use varsel_domain::authz::Scope;
use varsel_domain::{AttemptId, PersonId};
use varsel_storage::{Tx, attempt, attempt_strikes};

pub(crate) use block::Watchers;
pub use follow_up::{close, lift, take};
pub use keys::Keys;
pub use lockout::{Proof, Ticket, check, require_open};
pub use read::{AttemptView, BlockView, Patterns, UnusualView, blocks, latest, on_own_account, patterns};
pub(crate) use summary::{forget_counters, summarise};
pub use trail::{Noted, Origin, Trail};
pub use varsel_storage::attempt::Source;

use crate::job::{SummariseAttempts, TidyAttempts, enqueue_at};
use crate::{Result, Services};

/// How rejected attempts are dealt with.
#[derive(Clone)]
pub struct Settings {
    /// When too many close a way in.
    pub rules: Rules,
    /// What marks names that nobody has, and devices that are known.
    pub keys: Keys,
}

/// Whom an attempt was aimed at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tried<'a> {
    /// Nobody said.
    Nobody,
    /// A registered person.
    Person(PersonId),
    /// A name that nobody has; only a keyed digest of it is kept, since it may be a password in the wrong field.
    Name(&'a str),
}

/// What was rejected.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Refused<'a> {
    /// Why.
    pub cause: Cause,
    /// The stable code of the answer.
    pub code: &'a str,
    /// Whom it was aimed at.
    pub who: Tried<'a>,
    /// Whether it brings a block of the client nearer; only where the cause does, see [`Cause::counts`].
    pub counts: bool,
}

impl<'a> Refused<'a> {
    /// An attempt that counts as its cause does.
    pub fn new(cause: Cause, code: &'a str, who: Tried<'a>) -> Self {
        Self { cause, code, who, counts: cause.counts() }
    }
}

/// Registers a rejected attempt. It is counted whatever happens; a flood from one client is not kept one by one.
///
/// # Errors
/// Storage failed.
pub async fn register(
    services: &Services,
    origin: &Origin,
    request_id: &str,
    refused: Refused<'_>,
) -> Result<()> {
    let now = services.clock.now();
    let tx = services.store.begin(&Scope::nothing()).await?;
    if refused.counts && refused.cause.counts() {
        strike(services, &tx, &origin.client, refused.cause).await?;
    }
    write(services, &tx, (origin, request_id), refused).await?;
    tx.commit().await?;
    tracing::warn!(
        request.id = request_id, cause = ?refused.cause, code = refused.code, at = %now, "an attempt was rejected"
    );
    if refused.counts {
        services.live.ring();
    }
    Ok(())
}

/// A failure that had no place of its own, counted on its client.
async fn strike(services: &Services, tx: &Tx, client: &Client, cause: Cause) -> Result<()> {
    let (now, rules) = (services.clock.now(), &services.attempts.rules);
    for (subject, mut strikes) in attempt_strikes::lock(tx, &[Subject::Client(client.clone())], now).await? {
        let until = strikes.fail(None, rules.limit(&subject), rules, now);
        attempt_strikes::store(tx, &subject, &strikes, now).await?;
        if let Some(until) = until {
            block::begin(services, tx, (subject, cause), until).await?;
        }
    }
    Ok(())
}

/// Writes an attempt in the transaction of what it was noticed in, and sees to it that the day is summed up.
///
/// # Errors
/// Storage failed.
pub(crate) async fn write(
    services: &Services,
    tx: &Tx,
    (origin, request_id): (&Origin, &str),
    refused: Refused<'_>,
) -> Result<()> {
    let now = services.clock.now();
    let attempt = Attempt {
        id: AttemptId(services.ids.next(now)),
        at: now,
        cause: refused.cause,
        code: refused.code.to_owned(),
        who: match refused.who {
            Tried::Nobody => Who::Nobody,
            Tried::Person(person) => Who::Person(person),
            Tried::Name(name) => Who::Unknown(services.attempts.keys.tag(name)),
        },
        client: origin.client.clone(),
        device: origin.device.clone(),
        request_id: request_id.to_owned(),
    };
    if attempt::register(tx, &attempt).await?.count == 1 {
        let (tidy, summarise) = (TidyAttempts::after(now), SummariseAttempts::after(now));
        enqueue_at(tx, &*services.ids, (now, tidy.due()), &tidy).await?;
        enqueue_at(tx, &*services.ids, (now, summarise.due()), &summarise).await?;
    }
    Ok(())
}
