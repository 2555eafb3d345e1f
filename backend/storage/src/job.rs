//! The outbox: jobs are written in the transaction that decides them, and run after its commit, at least once.
//!
//! A reservation is a lease: a reserved job falls due again when the lease ends. Whoever then takes it over finds it
//! `indeterminate`, because the first runner may have done the work and died before it could say so.

use chrono::{DateTime, TimeDelta, Utc};
use sea_orm::prelude::StringLen;
use sea_orm::sea_query::{LockBehavior, LockType, OnConflict};
use sea_orm::{ActiveValue::Set, ColumnTrait, Condition, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use serde_json::Value;
use varsel_domain::JobId;

use crate::entity::job::{self, Column, Entity};
use crate::{Result, Tx};

/// Where a job stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, sea_orm::EnumIter, sea_orm::DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::None)", rename_all = "snake_case")]
pub enum JobState {
    /// Waits for `run_at`; certainly not done yet.
    Queued,
    /// A runner has it.
    Running,
    /// May have been done: a runner died with it, or could not learn what came of it. It is run again.
    Indeterminate,
    /// Done.
    Done,
    /// Given up; somebody must look at it.
    Dead,
}

impl JobState {
    /// The states of jobs that are still to be run.
    const WAITING: [Self; 3] = [Self::Queued, Self::Running, Self::Indeterminate];
}

/// A job to put into the outbox.
#[derive(Debug, Clone, PartialEq)]
pub struct NewJob {
    /// Id.
    pub id: JobId,
    /// What kind of job; decides who runs it.
    pub kind: &'static str,
    /// Ids that the job needs, and nothing else: no personal data, no facts.
    pub payload: Value,
    /// Names the one logical notification (event, recipient, channel). The same key again is the same job.
    pub unique_key: String,
    /// Not before this instant.
    pub run_at: DateTime<Utc>,
    /// When it was written.
    pub created_at: DateTime<Utc>,
}

/// A job that this runner has reserved.
#[derive(Debug, Clone, PartialEq)]
pub struct ReservedJob {
    /// Id.
    pub id: JobId,
    /// What kind of job.
    pub kind: String,
    /// Ids that the job needs.
    pub payload: Value,
    /// How often it was reserved, this time included.
    pub attempts: i32,
    /// An earlier attempt may have done it already.
    pub indeterminate: bool,
}

/// What came of an attempt.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum JobOutcome {
    /// Done, or there was nothing to do, with a note why.
    Done {
        /// Why there was nothing to do.
        note: Option<String>,
    },
    /// To be tried again.
    Retry {
        /// When.
        at: DateTime<Utc>,
        /// What went wrong; no personal data.
        error: String,
        /// It cannot be told whether the work was done.
        indeterminate: bool,
    },
    /// Given up.
    Dead {
        /// What went wrong; no personal data.
        error: String,
    },
}

/// Puts a job into the outbox; it exists if and only if this transaction commits.
///
/// False when its unique key was queued before: then nothing changes, whatever became of that job.
///
/// # Errors
/// The database failed.
pub async fn enqueue(tx: &Tx, new: NewJob) -> Result<bool> {
    let row = job::ActiveModel {
        id: Set(new.id.0),
        kind: Set(new.kind.to_owned()),
        payload: Set(new.payload),
        unique_key: Set(new.unique_key),
        state: Set(JobState::Queued),
        run_at: Set(new.run_at),
        attempts: Set(0),
        reserved_at: Set(None),
        last_error: Set(None),
        created_at: Set(new.created_at),
        finished_at: Set(None),
    };
    // Not an insert that fails: on PostgreSQL that would spoil the whole transaction.
    let once = OnConflict::column(Column::UniqueKey).do_nothing().to_owned();
    let written = Entity::insert(row).on_conflict(once).exec_without_returning(tx.db()).await?;
    Ok(written == 1)
}

/// Which kinds of job a runner takes, so that one which must not wait has a runner of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lane {
    /// These alone.
    Only(&'static [&'static str]),
    /// All but these.
    Except(&'static [&'static str]),
}

impl Lane {
    fn condition(self) -> Condition {
        Condition::all().add(match self {
            Self::Only(kinds) => Column::Kind.is_in(kinds.iter().copied()),
            Self::Except(kinds) => Column::Kind.is_not_in(kinds.iter().copied()),
        })
    }
}

/// Reserves the job of the lane that has been due longest, until `now + lease`; none when none is due.
///
/// # Errors
/// The database failed.
pub async fn reserve(
    tx: &Tx,
    lane: Lane,
    now: DateTime<Utc>,
    lease: TimeDelta,
) -> Result<Option<ReservedJob>> {
    let mut due = Entity::find()
        .filter(Column::State.is_in(JobState::WAITING))
        .filter(lane.condition())
        .filter(Column::RunAt.lte(now))
        .order_by_asc(Column::RunAt)
        .order_by_asc(Column::Id);
    // SQLite has one writer at a time anyway.
    if tx.is_postgres() {
        due = due.lock_with_behavior(LockType::Update, LockBehavior::SkipLocked);
    }
    let Some(row) = due.limit(1).one(tx.db()).await? else { return Ok(None) };
    let indeterminate = row.state != JobState::Queued;
    let attempts = row.attempts.saturating_add(1);
    let reserved = job::ActiveModel {
        state: Set(if indeterminate { JobState::Indeterminate } else { JobState::Running }),
        attempts: Set(attempts),
        reserved_at: Set(Some(now)),
        run_at: Set(now + lease),
        ..Default::default()
    };
    Entity::update_many().set(reserved).filter(Column::Id.eq(row.id)).exec(tx.db()).await?;
    Ok(Some(ReservedJob { id: JobId(row.id), kind: row.kind, payload: row.payload, attempts, indeterminate }))
}

/// Records what came of a reserved job.
///
/// False when the reservation is no longer this runner's: another took the job over, and its word counts.
///
/// # Errors
/// The database failed.
pub async fn record(
    tx: &Tx,
    reserved: &ReservedJob,
    outcome: JobOutcome,
    now: DateTime<Utc>,
) -> Result<bool> {
    let mut row = job::ActiveModel { reserved_at: Set(None), ..Default::default() };
    match outcome {
        JobOutcome::Done { note } => {
            row.state = Set(JobState::Done);
            row.last_error = Set(note);
            row.finished_at = Set(Some(now));
        }
        JobOutcome::Retry { at, error, indeterminate } => {
            let indeterminate = indeterminate || reserved.indeterminate;
            row.state = Set(if indeterminate { JobState::Indeterminate } else { JobState::Queued });
            row.run_at = Set(at);
            row.last_error = Set(Some(error));
        }
        JobOutcome::Dead { error } => {
            row.state = Set(JobState::Dead);
            row.last_error = Set(Some(error));
            row.finished_at = Set(Some(now));
        }
    }
    // Attempts grow with every reservation, so they tell one runner's reservation from the next one's.
    let recorded = Entity::update_many()
        .set(row)
        .filter(Column::Id.eq(reserved.id.0))
        .filter(Column::Attempts.eq(reserved.attempts))
        .filter(Column::State.is_in([JobState::Running, JobState::Indeterminate]))
        .exec(tx.db())
        .await?;
    Ok(recorded.rows_affected == 1)
}

/// When the next job of the lane falls due (or the lease of a reserved one ends); none when it holds nothing to run.
///
/// # Errors
/// The database failed.
pub async fn next_at(tx: &Tx, lane: Lane) -> Result<Option<DateTime<Utc>>> {
    let next = Entity::find()
        .select_only()
        .column(Column::RunAt)
        .filter(Column::State.is_in(JobState::WAITING))
        .filter(lane.condition())
        .order_by_asc(Column::RunAt)
        .limit(1)
        .into_tuple()
        .one(tx.db())
        .await?;
    Ok(next)
}

/// When the next job of a kind begins; none when none waits. One that a runner has is not counted: it has begun.
///
/// # Errors
/// The database failed.
pub async fn next_of(tx: &Tx, kind: &str) -> Result<Option<DateTime<Utc>>> {
    let next = Entity::find()
        .select_only()
        .column(Column::RunAt)
        .filter(Column::Kind.eq(kind))
        .filter(Column::State.is_in(JobState::WAITING))
        .filter(Column::ReservedAt.is_null())
        .order_by_asc(Column::RunAt)
        .limit(1)
        .into_tuple()
        .one(tx.db())
        .await?;
    Ok(next)
}
