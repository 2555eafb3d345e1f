//! What is erased when, and whether it is.

use chrono::TimeDelta;
use varsel_domain::retention::{Period, Prolong};
use varsel_storage::Tx;

use crate::compliance::document::words::{days, months};
use crate::compliance::finding::OfDecision;
use crate::compliance::model::{Hold, KeptKind, KeptUses, Retention, Run, Told, Words};
use crate::retention::report_in;
use crate::{Result, Services};

/// Erasures run twice a day; none for so long is too long.
const NONE_FOR: TimeDelta = TimeDelta::hours(24);

/// As [`crate::retention::report()`] has it.
///
/// # Errors
/// Storage failed.
pub(super) async fn gather(services: &Services, tx: &Tx, findings: &mut Vec<Told>) -> Result<Retention> {
    let report = report_in(services, tx).await?;
    let kinds: Vec<_> = report
        .lines
        .into_iter()
        .map(|line| KeptKind {
            kind: line.policy.kind,
            holds: line.policy.holds.into(),
            basis: line.policy.basis.into(),
            keep: keep(line.policy.keep),
            from: line.policy.from.into(),
            may_be_held: line.policy.prolong == Prolong::Hold,
            due: line.due,
            overdue: line.overdue,
            oldest: line.oldest,
        })
        .collect();
    let late = kinds.iter().filter(|kind| kind.overdue > 0);
    findings.extend(late.map(|it| OfDecision::RetentionOverdue { kind: it.kind, count: it.overdue }.into()));
    let last_run = report.runs.into_iter().next().map(|run| Run {
        began_at: run.began_at,
        ended_at: run.ended_at,
        erased: run.erased,
        overdue: run.overdue,
    });
    let last = last_run.as_ref().map(|run| run.began_at);
    // A new installation has not come to its first yet.
    let in_order = match last {
        Some(at) => services.clock.now() - at <= NONE_FOR,
        None => report.next_run_at.is_some_and(|at| services.clock.now() < at),
    };
    if !in_order {
        findings.push(OfDecision::NoErasure { last }.into());
    }
    let holds = report.held.into_iter().map(|held| Hold {
        incident: held.number,
        until: held.until,
        reason: held.reason,
        proposed_by: held.proposed_by,
        approved_by: held.approved_by,
    });
    let kept_uses = report.kept.into_iter().map(|kept| KeptUses {
        change: kept.change.to_string(),
        from: kept.from,
        to: kept.to,
        until: kept.until,
        proposed_by: kept.proposed_by,
        approved_by: kept.approved_by,
    });
    Ok(Retention { kinds, holds: holds.collect(), kept_uses: kept_uses.collect(), last_run })
}

fn keep(period: Period) -> Words {
    match period {
        Period::Days(count) => days(count.into()),
        Period::Months(count) => months(count.into()),
    }
}
