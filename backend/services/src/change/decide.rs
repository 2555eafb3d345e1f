//! Approving, rejecting and withdrawing: one road, so that no check is on one of them only.

use chrono::{DateTime, Utc};
use serde_json::json;
use varsel_domain::ChangeId;
use varsel_domain::access::UseKind;
use varsel_domain::authz::{Action, Scope};
use varsel_domain::change::{Author, Change, ChangeStatus, Decision, Parties, Present, Refusal};
use varsel_domain::organisation::Party;
use varsel_storage::{Tx, change_proposal};

use super::{ChangeView, Concerned, Outcome, detail, execute, present, ring};
use crate::access::{self, AccessLog};
use crate::job::{ChangeDecided, enqueue};
use crate::session::{FRESH, require_fresh};
use crate::{Error, Request, Result, Services};

/// What somebody wants to do with an open change.
#[derive(Clone, Copy)]
enum Verdict<'a> {
    /// Of exactly the payload with this digest.
    Approve { payload_sha256: &'a str },
    /// For a reason.
    Reject { reason: &'a str },
    /// By whoever proposed it.
    Withdraw,
}

/// Approves the payload whose digest is `payload_sha256`, and carries it out.
///
/// # Errors
/// No such change, or the actor may not know of it; [`Error::StepUpRequired`] where they did not sign in just now; storage
/// failed. Then nothing was carried out.
pub async fn approve(
    services: &Services,
    request: &Request,
    id: ChangeId,
    payload_sha256: &str,
) -> Result<Outcome> {
    decide(services, request, id, Verdict::Approve { payload_sha256 }).await
}

/// Rejects it, for `reason`.
///
/// # Errors
/// As [`approve`].
pub async fn reject(services: &Services, request: &Request, id: ChangeId, reason: &str) -> Result<Outcome> {
    decide(services, request, id, Verdict::Reject { reason }).await
}

/// Takes one's own proposal back.
///
/// # Errors
/// As [`approve`].
pub async fn withdraw(services: &Services, request: &Request, id: ChangeId) -> Result<Outcome> {
    decide(services, request, id, Verdict::Withdraw).await
}

async fn decide(
    services: &Services,
    request: &Request,
    id: ChangeId,
    verdict: Verdict<'_>,
) -> Result<Outcome> {
    let (actor, now) = (request.actor()?, services.clock.now());
    let tx = services.store.begin(&Scope::nothing()).await?;
    let mut change = change_proposal::lock(&tx, id).await?.ok_or_else(|| request.nothing("change"))?;
    let person = present(services, &tx, actor.person).await?;
    let concerned = Concerned::read(services, &tx, &change).await?;
    let parties = concerned.parties();
    // Who knew of it when they asked is told that they have lost the right, and that is logged.
    let asked = Party { rights: actor.rights.clone(), ..person.clone() };
    if !change.may_read(&person, parties) && !change.may_read(&asked, parties) {
        return Err(request.deny("change"));
    }
    // Nobody signs in again only to be refused.
    if matches!(verdict, Verdict::Approve { .. }) && change.may_decide(&person, parties, now).is_ok() {
        require_fresh(services, request, FRESH)?;
    }
    let judged = judge(services, &tx, &change, (verdict, &person, parties), now).await?;
    let decision = match judged {
        Ok(decision) => decision,
        Err(refusal) => {
            // Whatever was begun is undone; that it was tried is not.
            drop(tx);
            request.trail.note_refusal(refusal);
            let detail = json!({
                "attempt": verdict.name(), "code": refusal,
                "change": id, "kind": change.kind, "payload_sha256": change.payload_sha256,
            });
            access::write_refusal(services, request, now, detail).await?;
            return Ok(Err(refusal));
        }
    };
    if !change_proposal::decide(&tx, id, verdict.status(), &decision).await? {
        return Err(Error::Internal(format!("{id} was locked while open, and is not open")));
    }
    (change.status, change.decision) = (verdict.status(), Some(decision));
    let mut log = AccessLog::new(services, request, now)?;
    let subject = change.subject();
    if !matches!(verdict, Verdict::Withdraw) {
        log.under(Action::ApproveChange, subject.resource(change.proposer.account, Author::AnotherPerson));
    }
    log.add(verdict.use_kind(), None, detail(&change));
    log.write(&tx).await?;
    if !matches!(verdict, Verdict::Withdraw) {
        enqueue(&tx, &*services.ids, now, &ChangeDecided { change: id }).await?;
    }
    tx.commit().await?;
    if matches!(verdict, Verdict::Approve { .. }) {
        execute::carried_out(services, change.kind, now).await;
    }
    ring(services);
    let parties = (concerned.parties(), concerned.organisation.clone());
    Ok(Ok(ChangeView::new(change, &person, parties, now)))
}

/// The decision, with the change carried out where it is an approval; or why not.
async fn judge(
    services: &Services,
    tx: &Tx,
    change: &Change,
    (verdict, person, parties): (Verdict<'_>, &Party, Parties<'_>),
    now: DateTime<Utc>,
) -> Result<std::result::Result<Decision, Refusal>> {
    match verdict {
        Verdict::Withdraw => Ok(change.withdraw(person, now)),
        Verdict::Reject { reason } => Ok(change.reject((person, reason), parties, now)),
        Verdict::Approve { payload_sha256 } => {
            // One whose payload cannot be read has nothing that it could be compared to.
            let Some(payload) = change.read_payload() else { return Ok(Err(Refusal::PayloadDiffers)) };
            let target = execute::target(services, tx, &payload).await?;
            let present = Present { parties, target: &target, now };
            let payload = match change.approve(person, payload_sha256, present) {
                Ok(payload) => payload,
                Err(refusal) => return Ok(Err(refusal)),
            };
            if let Err(refusal) = execute::check(services, tx, &payload, now).await? {
                return Ok(Err(refusal));
            }
            execute::carry_out(services, tx, (change.id, &payload), now).await?;
            Ok(Ok(Decision::by(person, now)))
        }
    }
}

impl Verdict<'_> {
    fn status(self) -> ChangeStatus {
        match self {
            Self::Approve { .. } => ChangeStatus::Executed,
            Self::Reject { .. } => ChangeStatus::Rejected,
            Self::Withdraw => ChangeStatus::Withdrawn,
        }
    }

    fn use_kind(self) -> UseKind {
        match self {
            Self::Approve { .. } => UseKind::ChangeApproved,
            Self::Reject { .. } => UseKind::ChangeRejected,
            Self::Withdraw => UseKind::ChangeWithdrawn,
        }
    }

    /// In the access log, where it was refused.
    fn name(self) -> &'static str {
        match self {
            Self::Approve { .. } => "approve",
            Self::Reject { .. } => "reject",
            Self::Withdraw => "withdraw",
        }
    }
}
