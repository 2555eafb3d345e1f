//! One's own sessions, and ending them.

use chrono::{DateTime, Utc};
use serde_json::json;
use varsel_domain::access::UseKind;
use varsel_domain::authz::{Action, Resource, Scope};
use varsel_domain::{PersonId, SessionId};
use varsel_storage::session::{self as stored, Session};
use varsel_storage::{Tx, person};

use super::{FRESH, require_fresh};
use crate::access::AccessLog;
use crate::{Error, Request, Result, Services};

/// A session, as its owner sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SessionView {
    /// Id.
    pub id: SessionId,
    /// Browser and system, where the browser named them.
    pub device: Option<String>,
    /// When it began.
    pub begun_at: DateTime<Utc>,
    /// When it was last used, to about a minute.
    pub last_used_at: DateTime<Utc>,
    /// Whether it is the one in which they look.
    pub current: bool,
    /// The provider's name in the settings; none in the demo.
    pub provider: Option<String>,
    /// How strongly the person showed who they are (`acr`).
    pub assurance: Option<String>,
    /// When they did; none where the provider did not say.
    pub authenticated_at: Option<DateTime<Utc>>,
}

/// One's own sessions that still run, the last used first.
///
/// # Errors
/// Nobody is signed in; storage failed.
pub async fn list_own(services: &Services, request: &Request) -> Result<Vec<SessionView>> {
    let current = request.session()?.id;
    let tx = services.store.begin_snapshot(&Scope::nothing()).await?;
    let sessions = running(services, &tx, request, request.actor()?.person).await?;
    tx.commit().await?;
    Ok(sessions.into_iter().map(|session| view(session, current)).collect())
}

/// Ends one of one's own sessions; that may be the one in use.
///
/// # Errors
/// [`Error::NotFound`] where it is not one's own or has ended; nobody is signed in, or only by a program's token; storage
/// failed.
pub async fn end_own(services: &Services, request: &Request, id: SessionId) -> Result<()> {
    // A program must not sign its person out; what is answered afterwards is for sessions only, too.
    request.session()?;
    let tx = services.store.begin(&Scope::nothing()).await?;
    let own = running(services, &tx, request, request.actor()?.person).await?;
    if !own.iter().any(|session| session.id == id) {
        let of_another = stored::find(&tx, id).await?.is_some_and(|it| Some(it.person) != request.person());
        return Err(request.deny_if(of_another, "session"));
    }
    end(services, tx, [id]).await
}

/// Ends all of one's own sessions but the one in use.
///
/// # Errors
/// Nobody is signed in; storage failed.
pub async fn end_others(services: &Services, request: &Request) -> Result<()> {
    let current = request.session()?.id;
    let tx = services.store.begin(&Scope::nothing()).await?;
    let own = running(services, &tx, request, request.actor()?.person).await?;
    end(services, tx, own.into_iter().map(|session| session.id).filter(|id| *id != current)).await
}

/// Ends all sessions of a person; how many there were. It is written to the access log.
///
/// # Errors
/// [`Error::NotFound`] where there is no such person, or the actor may not do this; [`Error::StepUpRequired`] where they did not
/// sign in just now; storage failed.
pub async fn end_all_of(services: &Services, request: &Request, person: PersonId) -> Result<usize> {
    let tx = services.store.begin(&Scope::nothing()).await?;
    let home = person::find(&tx, person).await?.ok_or_else(|| request.nothing("person"))?.role.home();
    let sessions = running(services, &tx, request, person).await?;
    require_fresh(services, request, FRESH)?;
    let count = sessions.len();
    let mut log = AccessLog::new(services, request, services.clock.now())?;
    log.under(Action::EndSessions, Resource::Person { id: person, home: &home });
    log.add(UseKind::SessionsEnded, None, json!({ "person": person, "sessions": count }));
    log.write(&tx).await?;
    end(services, tx, sessions.into_iter().map(|session| session.id)).await?;
    tracing::info!(request.id = request.request_id, person.id = %person, count, "all sessions of a person ended");
    Ok(count)
}

/// The sessions of a person that still run, for whoever may end them.
async fn running(services: &Services, tx: &Tx, request: &Request, owner: PersonId) -> Result<Vec<Session>> {
    let missing = || Error::NotFound { kind: "person" };
    let role = person::find(tx, owner).await?.ok_or_else(missing)?.role;
    let (home, role) = (role.home(), role.kind());
    request.require(Action::EndSessions, Resource::Person { id: owner, home: &home }, "person")?;
    let mut sessions = stored::list_of_person(tx, owner).await?;
    let now = services.clock.now();
    sessions.retain(|session| services.sessions.admit(session, role, now));
    Ok(sessions)
}

/// Ends them, and wakes the live views that run in them.
async fn end(services: &Services, tx: Tx, sessions: impl IntoIterator<Item = SessionId>) -> Result<()> {
    stored::end(&tx, sessions, services.clock.now()).await?;
    tx.commit().await?;
    services.live.ring();
    Ok(())
}

fn view(session: Session, current: SessionId) -> SessionView {
    SessionView {
        id: session.id,
        device: session.device,
        begun_at: session.created_at,
        last_used_at: session.last_used_at,
        current: session.id == current,
        provider: session.voucher.provider,
        assurance: session.voucher.assurance,
        authenticated_at: session.voucher.authenticated_at,
    }
}
