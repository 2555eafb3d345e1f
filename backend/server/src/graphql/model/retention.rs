//! How long data is kept, and holds on incidents, as they stand and as they are proposed.

use async_graphql::{Enum, ID, InputObject, SimpleObject};
use varsel_services::domain::retention::{Kind, Period, Prolong, Words};
use varsel_services::retention::{Held, Kept, Line, Report, Run};

use super::attempt::number;
use super::{DateTime, Text};

/// A kind of data that is kept for a time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "Kind")]
pub(crate) enum RetentionKind {
    /// Incidents with everything that follows them.
    Incidents,
    /// Entries of the log of use.
    Uses,
    /// Rejected attempts, counted or one by one.
    Attempts,
    /// Ways in that were closed after too many attempts, and their tasks.
    Blocks,
    /// Sessions.
    Sessions,
    /// Tokens with which programs use the API.
    ApiTokens,
    /// What passes between a person and Varsel on the way in.
    SignIns,
    /// Jobs of the outbox.
    Jobs,
    /// Critical changes that are the basis of nothing.
    Proposals,
    /// Reviews of authorisations.
    Reviews,
    /// Authorisations that have ended.
    Authorisations,
    /// People whom nothing that is kept names.
    People,
}

/// What a period is counted in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
pub(crate) enum PeriodUnit {
    /// Days of 24 hours.
    Days,
    /// Calendar months.
    Months,
}

/// How long data is kept, what is held, and what was erased.
#[derive(Debug, Clone, SimpleObject)]
pub(crate) struct Retention {
    /// A line for each kind of data.
    lines: Vec<RetentionLine>,
    /// The holds that stand, oldest first.
    held: Vec<HeldIncident>,
    /// What of the log of use is kept beyond its deadline, oldest first.
    kept_uses: Vec<KeptUses>,
    /// The last ten erasures, newest first.
    runs: Vec<RetentionRun>,
    /// When the next erasure begins; null where none is put down, and then none will.
    next_run_at: Option<DateTime>,
}

/// What holds for a kind of data, and what of it is due.
#[derive(Debug, Clone, SimpleObject)]
pub(crate) struct RetentionLine {
    kind: RetentionKind,
    /// What it holds.
    holds: Text,
    /// Why it is kept no longer, and no shorter.
    basis: Text,
    /// From which moment.
    counted_from: Text,
    /// How many of `unit` it is kept.
    period: i32,
    unit: PeriodUnit,
    /// Two administrators may hold it beyond its deadline.
    holdable: bool,
    /// How many incidents or rows the next erasure would take if it began now.
    due: f64,
    /// How many of them should have been erased more than a day ago: none, unless something is wrong.
    overdue: f64,
    /// When the oldest that is there began; null where there is none.
    oldest: Option<DateTime>,
}

/// An incident that is kept beyond its deadline.
#[derive(Debug, Clone, SimpleObject)]
pub(crate) struct HeldIncident {
    /// Its number.
    number: String,
    reason: String,
    since: DateTime,
    until: DateTime,
    /// Name of whoever proposed it, as it was then.
    proposed_by: String,
    /// Name of whoever approved it, as it was then.
    approved_by: Option<String>,
    /// The critical change that holds it.
    change_id: ID,
}

/// What the log of use tells of a person's acts in a period, and is kept beyond its deadline.
#[derive(Debug, Clone, SimpleObject)]
pub(crate) struct KeptUses {
    /// Whose acts.
    person_id: ID,
    person_name: String,
    /// From when on.
    from: DateTime,
    /// Before when.
    to: DateTime,
    reason: String,
    since: DateTime,
    /// Until when they are kept.
    until: DateTime,
    /// Name of whoever proposed it, as it was then; null where no change keeps them, which is an alarm.
    proposed_by: Option<String>,
    /// Name of whoever approved it, as it was then.
    approved_by: Option<String>,
    /// The critical change that keeps them.
    change_id: ID,
}

/// An erasure.
#[derive(Debug, Clone, SimpleObject)]
pub(crate) struct RetentionRun {
    began_at: DateTime,
    ended_at: DateTime,
    /// What was erased; empty where nothing was due.
    erased: Vec<ErasedKind>,
    /// How many incidents were held.
    held: f64,
    /// What was still there a day after its deadline when it ended.
    overdue: f64,
}

/// How many of a kind an erasure took: incidents, or rows.
#[derive(Debug, Clone, SimpleObject)]
pub(crate) struct ErasedKind {
    kind: RetentionKind,
    count: f64,
}

fn text(words: Words) -> Text {
    Text { da: words.da.to_owned(), en: words.en.to_owned() }
}

impl From<Report> for Retention {
    fn from(report: Report) -> Self {
        Self {
            lines: report.lines.into_iter().map(RetentionLine::from).collect(),
            held: report.held.into_iter().map(HeldIncident::from).collect(),
            kept_uses: report.kept.into_iter().map(Into::into).collect(),
            runs: report.runs.into_iter().map(RetentionRun::from).collect(),
            next_run_at: report.next_run_at.map(DateTime::from),
        }
    }
}

impl From<Line> for RetentionLine {
    fn from(line: Line) -> Self {
        let policy = line.policy;
        let (period, unit) = match policy.keep {
            Period::Days(days) => (days, PeriodUnit::Days),
            Period::Months(months) => (months, PeriodUnit::Months),
        };
        Self {
            kind: policy.kind.into(),
            holds: text(policy.holds),
            basis: text(policy.basis),
            counted_from: text(policy.from),
            period: period.into(),
            unit,
            holdable: policy.prolong == Prolong::Hold,
            due: number(line.due),
            overdue: number(line.overdue),
            oldest: line.oldest.map(DateTime::from),
        }
    }
}

impl From<Held> for HeldIncident {
    fn from(held: Held) -> Self {
        Self {
            number: held.number,
            reason: held.reason,
            since: held.since.into(),
            until: held.until.into(),
            proposed_by: held.proposed_by,
            approved_by: held.approved_by,
            change_id: held.change.to_string().into(),
        }
    }
}

impl From<Kept> for KeptUses {
    fn from(kept: Kept) -> Self {
        Self {
            person_id: kept.person.to_string().into(),
            person_name: kept.name,
            from: kept.from.into(),
            to: kept.to.into(),
            reason: kept.reason,
            since: kept.since.into(),
            until: kept.until.into(),
            proposed_by: kept.proposed_by,
            approved_by: kept.approved_by,
            change_id: kept.change.to_string().into(),
        }
    }
}

impl From<Run> for RetentionRun {
    fn from(run: Run) -> Self {
        let erased = run.erased.into_iter();
        Self {
            began_at: run.began_at.into(),
            ended_at: run.ended_at.into(),
            erased: erased
                .map(|(kind, rows)| ErasedKind { kind: kind.into(), count: number(rows) })
                .collect(),
            held: number(run.held),
            overdue: number(run.overdue),
        }
    }
}

#[derive(Debug, InputObject)]
pub(crate) struct ProposeHoldInput {
    /// The incident's number, e.g. V-2026-00042.
    pub(crate) number: String,
    /// Until when it is kept: at most five years ahead.
    pub(crate) until: DateTime,
    /// 10 to 2000 characters.
    pub(crate) reason: String,
}

#[derive(Debug, InputObject)]
pub(crate) struct ProposeLiftInput {
    /// The incident's number, e.g. V-2026-00042.
    pub(crate) number: String,
    /// 10 to 2000 characters.
    pub(crate) reason: String,
}

#[derive(Debug, InputObject)]
pub(crate) struct ProposeKeepingUsesInput {
    /// Whose acts.
    pub(crate) person: ID,
    /// From when on.
    pub(crate) from: DateTime,
    /// Before when: later than `from`, at the latest `until`.
    pub(crate) to: DateTime,
    /// Until when they are kept: at most five years after `from`.
    pub(crate) until: DateTime,
    /// 10 to 2000 characters.
    pub(crate) reason: String,
}

#[derive(Debug, InputObject)]
pub(crate) struct ProposeReleasingUsesInput {
    /// Whose acts.
    pub(crate) person: ID,
    /// 10 to 2000 characters.
    pub(crate) reason: String,
}

#[derive(Debug, InputObject)]
pub(crate) struct ProposeErasureInput {
    /// Of the organisation with this CVR number; of all organisations where it is null.
    pub(crate) cvr: Option<String>,
    /// 10 to 2000 characters.
    pub(crate) reason: String,
}
