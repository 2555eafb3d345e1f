//! In which networks a person's sessions, or a program's token, are in use, and the alarm when that is two at once (ADR 31).

use chrono::{DateTime, TimeDelta, Utc};
use uuid::Uuid;
use varsel_domain::attempt::Cause;
use varsel_domain::{ApiTokenId, PersonId};
use varsel_storage::{Tx, network_in_use};

use crate::attempt::{Origin, Refused, Tried, Watchers, write};
use crate::job::{AttemptsAlarm, TwoNetworks, enqueue, enqueue_once};
use crate::{Result, Services};

/// Uses that are no further apart are at once.
const AT_ONCE: TimeDelta = TimeDelta::minutes(10);

/// How exactly the last use is kept.
const EXACTLY: TimeDelta = TimeDelta::minutes(1);

/// A request that shows a session or a token.
#[derive(Debug, Clone, Copy)]
pub struct Sender<'a> {
    /// Where it comes from.
    pub origin: &'a Origin,
    /// Its id.
    pub request_id: &'a str,
}

/// What is in use: a person's sessions, all together, or one token that acts as them.
#[derive(Debug, Clone, Copy)]
pub(crate) struct InUseBy {
    person: PersonId,
    token: Option<ApiTokenId>,
}

/// When it was last used, and in which network, as far as that is known.
type Last = (Option<DateTime<Utc>>, Option<String>);

impl InUseBy {
    pub(crate) fn sessions_of(person: PersonId) -> Self {
        Self { person, token: None }
    }

    pub(crate) fn token_of(person: PersonId, token: ApiTokenId) -> Self {
        Self { person, token: Some(token) }
    }

    fn id(self) -> Uuid {
        self.token.map_or(self.person.0, |token| token.0)
    }

    /// The tag of the network that a request comes from; none where it is not known.
    fn network(self, services: &Services, from: Option<Sender<'_>>) -> Option<String> {
        let network = from?.origin.client.network()?;
        Some(services.attempts.keys.network(self.id(), &network))
    }
}

/// What is to be written of a use after `last` (when, and in which network): when, and the network as far as it is known. None where
/// that was in the same network less than a minute ago: a write for each request would be too many.
///
/// # Errors
/// Storage failed.
pub(crate) async fn follow(
    services: &Services,
    tx: &Tx,
    (used, (last_at, last)): (InUseBy, Last),
    from: Option<Sender<'_>>,
) -> Result<Option<(DateTime<Utc>, Option<String>)>> {
    let now = services.clock.now();
    let network = used.network(services, from);
    let changed = network.is_some() && network != last;
    if !changed && last_at.is_some_and(|last_at| now - last_at < EXACTLY) {
        return Ok(None);
    }
    if let (Some(network), Some(from)) = (&network, from) {
        note(services, tx, (used, network), from).await?;
    }
    Ok(Some((now, network.or(last))))
}

/// Notes a use in `network`. Where it was in use there, then in another one, and now here again, all within ten minutes, the person
/// and all who watch over access are told, once a day, and it stands among the rejected attempts.
///
/// # Errors
/// Storage failed.
async fn note(
    services: &Services,
    tx: &Tx,
    (used, network): (InUseBy, &str),
    from: Sender<'_>,
) -> Result<()> {
    let now = services.clock.now();
    let recent = network_in_use::since(tx, used.id(), now - AT_ONCE).await?;
    network_in_use::note(tx, used.id(), network, now).await?;
    let here = recent.iter().find(|used| used.network == network).map(|used| used.last_at);
    let between = |here| recent.iter().any(|used| used.network != network && used.last_at > here);
    if !here.is_some_and(between) {
        return Ok(());
    }
    let (ids, person) = (&*services.ids, used.person);
    let told = TwoNetworks { person, token: used.token, at: now };
    if !enqueue_once(tx, ids, now, &told).await? {
        return Ok(());
    }
    for watcher in Watchers::now(services, tx).await?.all() {
        if watcher != person {
            let alarm = AttemptsAlarm::of_two_networks(watcher, (person, used.token), now);
            enqueue(tx, ids, now, &alarm).await?;
        }
    }
    let what = if used.token.is_some() { "TOKEN_IN_TWO_NETWORKS" } else { "SESSIONS_IN_TWO_NETWORKS" };
    let seen = Refused::new(Cause::TwoNetworks, what, Tried::Person(person));
    write(services, tx, (from.origin, from.request_id), seen).await
}
