//! Critical changes: one person proposes, another approves exactly that, and it is carried out in the same
//! transaction.
//!
//! The domain decides; here the rows are locked and read, the decision, its log entry, its mails and the change itself
//! are written, and all of it commits or none. A new kind of change is a variant of
//! [`Payload`](varsel_domain::change::Payload) and an arm of each function in `execute`.

mod decide;
mod execute;
mod expire;
mod propose;
mod read;
mod whose;

use chrono::{DateTime, Utc};
use serde_json::{Value, json};
use varsel_domain::PersonId;
use varsel_domain::authorisation::Reach;
use varsel_domain::change::{Change, ChangeStatus, Parties, Refusal};
use varsel_domain::organisation::{Organisation, Party, Person};
use varsel_storage::{Tx, organisation, person};

pub use decide::{approve, reject, withdraw};
pub(crate) use expire::expire;
pub use propose::propose;
pub(crate) use propose::refuse;
pub use read::{find, list, own};
pub(crate) use whose::whose;

use crate::authorisation::party;
use crate::{Error, Result, Services};

/// What came of an attempt: the change as it is now, or why not.
pub type Outcome = std::result::Result<ChangeView, Refusal>;

/// A critical change, for one viewer.
#[derive(Debug, Clone, PartialEq)]
pub struct ChangeView {
    /// The change.
    pub change: Change,
    /// Where it stands now.
    pub status: ChangeStatus,
    /// The viewer may approve or reject it.
    pub approvable: bool,
    /// The viewer may take it back.
    pub withdrawable: bool,
    /// The organisation that the right reaches, where it is about one.
    pub organisation: Option<Organisation>,
}

impl ChangeView {
    fn new(
        change: Change,
        viewer: &Party,
        (parties, organisation): (Parties<'_>, Option<Organisation>),
        now: DateTime<Utc>,
    ) -> Self {
        Self {
            organisation,
            status: change.status_at(now),
            approvable: change.may_decide(viewer, parties, now).is_ok(),
            withdrawable: change.withdraw(viewer, now).is_ok(),
            change,
        }
    }
}

/// A person as the database has them now, whatever the request believes.
async fn present(services: &Services, tx: &Tx, id: PersonId) -> Result<Party> {
    party(services, tx, id, services.clock.now()).await?.ok_or(Error::SignInRequired)
}

/// Whom a change concerns, as the database has them now.
struct Concerned {
    proposer: Option<Party>,
    person: Option<Person>,
    organisation: Option<Organisation>,
}

impl Concerned {
    async fn read(services: &Services, tx: &Tx, change: &Change) -> Result<Self> {
        let person = match change.subject().person() {
            Some(person) => person::find(tx, person).await?,
            None => None,
        };
        let proposer = party(services, tx, change.proposer.account, services.clock.now()).await?;
        let organisation = match change.subject().reach() {
            Reach::Organisation(id) => organisation::find(tx, *id).await?,
            _ => None,
        };
        Ok(Self { proposer, person, organisation })
    }

    fn parties(&self) -> Parties<'_> {
        Parties { proposer: self.proposer.as_ref(), person: self.person.as_ref() }
    }
}

/// Whether `person` may still decide on a change, e.g. to be told of it.
///
/// # Errors
/// Storage failed.
pub(crate) async fn may_decide(
    services: &Services,
    tx: &Tx,
    change: &Change,
    person: &Party,
) -> Result<bool> {
    let concerned = Concerned::read(services, tx, change).await?;
    Ok(change.may_decide(person, concerned.parties(), services.clock.now()).is_ok())
}

/// What the access log says of a change.
fn detail(change: &Change) -> Value {
    json!({ "change": change.id, "kind": change.kind, "payload_sha256": change.payload_sha256 })
}

/// Lets the runner and live views know, after the commit.
fn ring(services: &Services) {
    services.live.ring();
}
