//! What an erasure would erase now, what it should have erased already, what is held, and what the last ones did.

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};
use serde_json::{Value, json};
use varsel_domain::access::UseKind;
use varsel_domain::authz::{Action, Resource, Scope};
use varsel_domain::change::ChangeStatus;
use varsel_domain::retention::{Kind, Policy};
use varsel_domain::{ChangeId, IncidentId};
use varsel_storage::retention::{Run, last_runs, oldest};
use varsel_storage::{Tx, change_proposal, incident, job, legal_hold};

use super::erase::{GRACE, due};
use super::uses::{Kept, kept, not_of};
use crate::access::{AccessLog, write_shown_at_command_line};
use crate::job::{EraseDue, Job as _};
use crate::settings::in_force;
use crate::{Request, Result, Services};

/// How many runs are told of.
const RUNS: u64 = 10;

/// What holds for a kind, and what of it is due.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// The policy.
    pub policy: Policy,
    /// How many an erasure would erase now: incidents, or rows.
    pub due: u64,
    /// How many of them it should have erased more than a day ago.
    pub overdue: u64,
    /// When the oldest that is there began, in UTC.
    pub oldest: Option<DateTime<Utc>>,
}

/// An incident that is kept beyond its deadline.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Held {
    /// Which.
    pub incident: IncidentId,
    /// Its number.
    pub number: String,
    /// The critical change that holds it.
    pub change: ChangeId,
    /// Since when, in UTC.
    pub since: DateTime<Utc>,
    /// Until when, in UTC.
    pub until: DateTime<Utc>,
    /// Why.
    pub reason: String,
    /// Who proposed it, as they were called then.
    pub proposed_by: String,
    /// Who approved it.
    pub approved_by: Option<String>,
}

/// All of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Report {
    /// A line a kind.
    pub lines: Vec<Line>,
    /// What is held.
    pub held: Vec<Held>,
    /// Entries of the log of use that are kept.
    pub kept: Vec<Kept>,
    /// The last erasures, newest first.
    pub runs: Vec<Run>,
    /// When the next one begins, in UTC; none where no server has put one down.
    pub next_run_at: Option<DateTime<Utc>>,
}

/// The report, as of now, for whoever runs the server. The log of use says that it was shown, as it does of [`read`].
///
/// # Errors
/// Storage failed.
pub async fn report(services: &Services) -> Result<Report> {
    let tx = services.store.begin(&Scope::system()).await?;
    let report = report_in(services, &tx).await?;
    let (held, detail) = shown(&report);
    let when = (services.clock.now(), "varsel retention report");
    write_shown_at_command_line(&*services.ids, &tx, when, (UseKind::RetentionRead, &held), detail).await?;
    tx.commit().await?;
    Ok(report)
}

/// The report, for those who answer for it. The log of use says that they saw it, and so does that of each incident that is held.
///
/// # Errors
/// The actor may not see it (not found); storage failed.
pub async fn read(services: &Services, request: &Request) -> Result<Report> {
    request.require(Action::ReadRetention, Resource::Retention, "report of what is kept")?;
    let tx = services.store.begin_reading(&Scope::system()).await?;
    let mut report = report_in(services, &tx).await?;
    report.kept = not_of(&tx, request.actor()?.person, report.kept).await?;
    let (held, detail) = shown(&report);
    let mut log = AccessLog::new(services, request, services.clock.now())?;
    log.under(Action::ReadRetention, Resource::Retention);
    log.add(UseKind::RetentionRead, None, detail);
    for incident in held {
        log.add(UseKind::RetentionRead, Some(incident), json!({}));
    }
    log.write_after(tx).await?;
    Ok(report)
}

/// The incidents that it names, and what the log says of it.
fn shown(report: &Report) -> (BTreeSet<IncidentId>, Value) {
    let held: BTreeSet<_> = report.held.iter().map(|held| held.incident).collect();
    let kept: Vec<_> = report.kept.iter().map(|kept| kept.change).collect();
    let detail = json!({ "held": held.len(), "uses_kept_by": kept });
    (held, detail)
}

/// As [`report`], in a transaction that sees every incident.
///
/// # Errors
/// Storage failed.
pub(crate) async fn report_in(services: &Services, tx: &Tx) -> Result<Report> {
    let (now, scope) = (services.clock.now(), Scope::system());
    let deadlines = in_force(&services.configured, tx).await?.retention;
    let mut lines = Vec::new();
    let runs = last_runs(tx, RUNS).await?;
    for kind in Kind::ALL {
        let late = due(&deadlines, kind, now - GRACE);
        // The last that named somebody may have gone a moment ago: they are late where an erasure should have seen it, or has left some.
        let on_time = kind == Kind::People
            && runs.first().is_some_and(|run| run.overdue == 0 && run.began_at > now - GRACE);
        lines.push(Line {
            policy: deadlines.policy(kind),
            due: due(&deadlines, kind, now).count(tx).await?,
            overdue: if on_time { 0 } else { late.count(tx).await? },
            oldest: oldest(tx, kind).await?,
        });
    }
    let mut held = Vec::new();
    for hold in legal_hold::standing(tx, None, now).await? {
        let number = incident::find(tx, &scope, hold.incident).await?.map(|incident| incident.number);
        let Some(change) = change_proposal::find(tx, hold.change).await? else { continue };
        held.push(Held {
            incident: hold.incident,
            change: hold.change,
            since: hold.placed_at,
            number: number.unwrap_or_default(),
            until: hold.until,
            reason: change.reason.clone(),
            proposed_by: change.proposer.name.clone(),
            // Whoever said no, or took it back, has not approved it.
            approved_by: Some(change)
                .filter(|it| it.status == ChangeStatus::Executed)
                .and_then(|it| it.decision?.by_name),
        });
    }
    let next_run_at = job::next_of(tx, EraseDue::KIND).await?;
    Ok(Report { lines, held, kept: kept(tx, now).await?, runs, next_run_at })
}
