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

use chrono::{DateTime, Utc};
use serde_json::{Value, json};
use varsel_domain::authz::{Action, Resource};
use varsel_domain::change::{Change, ChangeStatus, Refusal};
use varsel_domain::organisation::Person;
use varsel_domain::{Actor, PersonId};
use varsel_storage::{Tx, person};

pub use decide::{approve, reject, withdraw};
pub(crate) use expire::expire;
pub use propose::propose;
pub use read::{find, list};

use crate::{Error, Request, Result, Services};

/// What came of an attempt: the change as it is now, or why not.
pub type Outcome = std::result::Result<ChangeView, Refusal>;

/// A critical change, for one viewer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChangeView {
    /// The change.
    pub change: Change,
    /// Where it stands now.
    pub status: ChangeStatus,
    /// The viewer may approve or reject it.
    pub approvable: bool,
    /// The viewer may take it back.
    pub withdrawable: bool,
}

impl ChangeView {
    fn new(change: Change, viewer: &Person, proposer: Option<&Person>, now: DateTime<Utc>) -> Self {
        Self {
            status: change.status_at(now),
            approvable: change.may_decide(viewer, proposer, now).is_ok(),
            withdrawable: change.withdraw(viewer, now).is_ok(),
            change,
        }
    }
}

/// The actor, who maintains the rules; to everybody else there are no changes.
fn administrator<'a>(request: &'a Request, action: Action, kind: &'static str) -> Result<&'a Actor> {
    request.require(action, Resource::Changes, kind)
}

/// A person as the database has them now, whatever the request believes.
async fn present(tx: &Tx, id: PersonId) -> Result<Person> {
    person::find(tx, id).await?.ok_or(Error::SignInRequired)
}

/// What the access log says of a change.
fn detail(change: &Change) -> Value {
    json!({ "change": change.id, "kind": change.kind, "payload_sha256": change.payload_sha256 })
}

/// Lets the runner and live views know, after the commit.
fn ring(services: &Services) {
    services.live.ring();
}
