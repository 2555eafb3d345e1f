//! Somebody has left: everything they could do ends in one transaction.

use serde_json::json;
use varsel_domain::PersonId;
use varsel_domain::access::UseKind;
use varsel_domain::authz::{Action, Resource, Scope};
use varsel_domain::change::Decision;
use varsel_storage::{api_token, change_proposal, person, session};

use super::{reason_of, step, withdraw_all};
use crate::access::AccessLog;
use crate::session::{FRESH, require_fresh};
use crate::{Request, Result, Services, local};

/// What ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Left {
    /// Authorisations.
    pub authorisations: usize,
    /// Sessions.
    pub sessions: usize,
    /// Tokens of programs that acted as them.
    pub tokens: usize,
}

/// Withdraws all that a person holds, takes away their ways to sign in with an account of Varsel's own, ends their sessions and the
/// tokens of programs that act as them, and takes back what they proposed or what is proposed for them.
///
/// # Errors
/// No such person, or one who does not belong where the actor administers (not found); [`crate::Error::StepUpRequired`] where
/// they did not sign in just now; oneself; a reason that cannot be taken; storage failed.
pub async fn left(services: &Services, request: &Request, id: PersonId, reason: &str) -> Result<Left> {
    let (actor, now) = (request.actor()?, services.clock.now());
    let tx = services.store.begin(&Scope::nothing()).await?;
    let leaver = person::find(&tx, id).await?.ok_or_else(|| request.nothing("person"))?;
    let home = leaver.role.home();
    let resource = Resource::Person { id, home: &home };
    request.require(Action::EndSessions, resource, "person")?;
    require_fresh(services, request, FRESH)?;
    if id == actor.person {
        return Err(request.forbid("say of oneself that one has left"));
    }
    let reason = reason_of(reason)?;
    let decision = Decision {
        by: Some(actor.person),
        by_name: Some(actor.name.clone()),
        at: now,
        reason: Some(reason.to_owned()),
    };
    // Proposals come before the person, as they do where one is approved: two who want both do not wait for each other.
    change_proposal::withdraw_of(&tx, id, &decision).await?;
    let withdrawn = withdraw_all(services, &tx, id, &step(actor, now, reason)).await?;
    let sessions = session::list_of_person(&tx, id).await?;
    local::take_all(&tx, id, now).await?;
    let tokens = api_token::revoke_all_of(&tx, id, now).await?;
    let left = Left {
        authorisations: withdrawn.len(),
        sessions: sessions.len(),
        tokens: usize::try_from(tokens).unwrap_or(usize::MAX),
    };
    let mut log = AccessLog::new(services, request, now)?;
    log.under(Action::EndSessions, resource);
    let detail = json!({
        "person": id, "authorisations": withdrawn, "sessions": left.sessions, "tokens": left.tokens,
    });
    log.add(UseKind::PersonLeft, None, detail);
    log.write(&tx).await?;
    tx.commit().await?;
    services.live.ring();
    tracing::info!(request.id = request.request_id, person.id = %id, "a person has left");
    Ok(left)
}
