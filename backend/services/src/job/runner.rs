//! Reserve a job in one short transaction, run it with none open, record the outcome in another.

use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use serde_json::json;
use varsel_domain::access::UseKind;
use varsel_domain::authz::Scope;
use varsel_storage::job::{self, JobOutcome, Lane, ReservedJob};

use super::{
    AccountChanged, AccountLinkSent, AccountTried, AttemptsAlarm, CaseOpened, ChangeDecided, ChangeProposed,
    CheckpointMailed, CloseReview, Context, EraseAtOnce, EraseDue, ExpireChange, Failure, Job, LogAlarm,
    MailCheckpoint, OpenReviews, Outcome, ReassessRunning, RemindOfMove, RemindReviewers, ReplaceKeys,
    ReportReceived, ReportRequested, SummariseAttempts, TellHolder, TellOfMove, TellReviewer, TidyAttempts,
    TwoNetworks,
};
use crate::access::write_of_system;
use crate::mail::Mailer;
use crate::{Result, Services};

/// A reservation older than this belongs to a dead runner.
const LEASE: TimeDelta = TimeDelta::minutes(10);

/// No live runner works on one job for longer: well under [`LEASE`], so that no job is with two runners.
const LONGEST_RUN: Duration = Duration::from_mins(5);

/// After so many attempts, three days, a job is given up and somebody must look at it: a relay may be down over a weekend.
const MOST_ATTEMPTS: i32 = 81;

/// No job waits longer for its next attempt, so that mails leave within the hour once the relay is back.
const LONGEST_BACKOFF: TimeDelta = TimeDelta::hours(1);

/// Jobs of other replicas ring no bell here, so the outbox is looked at anyway this often.
const LONGEST_PAUSE: Duration = Duration::from_secs(30);

/// What must not wait for anything: a relay that is silent, or hours of other work.
const URGENT: &[&str] = &[EraseAtOnce::KIND];

/// What works on data about people and writes no entry of its own: the log of use says that it was run, and on what.
const LOGGED: &[&str] = &[
    SummariseAttempts::KIND,
    TidyAttempts::KIND,
    RemindReviewers::KIND,
    OpenReviews::KIND,
    TellOfMove::KIND,
    RemindOfMove::KIND,
];

/// The two lanes, each with a runner of its own, the urgent one first.
const LANES: [Lane; 2] = [Lane::Only(URGENT), Lane::Except(URGENT)];

/// An urgent job is never given up, and waits no longer than this for its next attempt.
const LONGEST_BACKOFF_OF_URGENT: TimeDelta = TimeDelta::minutes(1);

/// Another runner may hold what is due: do not ask for it in a loop.
const SHORTEST_PAUSE: Duration = Duration::from_secs(1);

/// See [`super::run`].
pub(super) async fn run(services: &Services, mailer: &Mailer) -> Result<()> {
    let [urgent, others] = LANES.map(|lane| Box::pin(run_lane(services, mailer, lane)));
    tokio::try_join!(urgent, others).map(|((), ())| ())
}

async fn run_lane(services: &Services, mailer: &Mailer, lane: Lane) -> Result<()> {
    let mut bell = services.live.listen();
    loop {
        // Before the look, so that a commit during it is not slept over.
        bell.mark_unchanged();
        if let Err(error) = run_due_in(services, mailer, lane).await {
            tracing::error!(error = ?error, "the outbox cannot be read; trying again");
        }
        let pause = pause(services, lane).await;
        tokio::select! {
            // The sender lives in `services`, so this never answers that it is gone.
            _ = bell.changed() => {}
            () = tokio::time::sleep(pause) => {}
        }
    }
}

/// See [`super::run_due`].
pub(super) async fn run_due(services: &Services, mailer: &Mailer) -> Result<u32> {
    let mut ran = 0_u32;
    for lane in LANES {
        ran = ran.saturating_add(run_due_in(services, mailer, lane).await?);
    }
    Ok(ran)
}

async fn run_due_in(services: &Services, mailer: &Mailer, lane: Lane) -> Result<u32> {
    // Another server may have published rules meanwhile: they are known here before they are in force.
    services.packs.refresh(&services.store, services.clock.now()).await?;
    let mut ran = 0_u32;
    while let Some(reserved) = reserve(services, lane).await? {
        let result = attempt(services, mailer, &reserved).await;
        let now = services.clock.now();
        let outcome = outcome(&reserved, result, now);
        let tx = services.store.begin(&Scope::nothing()).await?;
        if let (JobOutcome::Done { note }, true) = (&outcome, is_logged(&reserved)) {
            let detail = json!({ "job": reserved.kind, "scope": reserved.payload, "note": note });
            let when = (now, reserved.id.to_string());
            write_of_system(services, &tx, when, (UseKind::JobRun, None), detail).await?;
        }
        let recorded = job::record(&tx, &reserved, outcome, now).await?;
        tx.commit().await?;
        if !recorded {
            tracing::warn!(job.id = %reserved.id, job.kind = reserved.kind, "another runner took the job over");
        }
        ran = ran.saturating_add(1);
    }
    Ok(ran)
}

async fn reserve(services: &Services, lane: Lane) -> Result<Option<ReservedJob>> {
    let tx = services.store.begin(&Scope::nothing()).await?;
    let reserved = job::reserve(&tx, lane, services.clock.now(), LEASE).await?;
    tx.commit().await?;
    Ok(reserved)
}

async fn pause(services: &Services, lane: Lane) -> Duration {
    match next_at(services, lane).await {
        Ok(None) => LONGEST_PAUSE,
        Ok(Some(wait)) => wait.clamp(SHORTEST_PAUSE, LONGEST_PAUSE),
        // The database is away: as long as a failed job waits at first.
        Err(_) => Duration::from_secs(5),
    }
}

async fn next_at(services: &Services, lane: Lane) -> Result<Option<Duration>> {
    let tx = services.store.begin(&Scope::nothing()).await?;
    let at = job::next_at(&tx, lane).await?;
    tx.commit().await?;
    Ok(at.map(|at| (at - services.clock.now()).to_std().unwrap_or_default()))
}

async fn attempt(services: &Services, mailer: &Mailer, job: &ReservedJob) -> Result<Outcome, Failure> {
    if job.attempts > MOST_ATTEMPTS && !is_urgent(job) {
        return Err(Failure::Hopeless("it ended every runner that took it".to_owned()));
    }
    let context = Context { services, mailer, id: job.id, now: services.clock.now() };
    let run = async {
        match job.kind.as_str() {
            ReportReceived::KIND => run_as::<ReportReceived>(job, &context).await,
            ReportRequested::KIND => run_as::<ReportRequested>(job, &context).await,
            CaseOpened::KIND => run_as::<CaseOpened>(job, &context).await,
            ChangeProposed::KIND => run_as::<ChangeProposed>(job, &context).await,
            ChangeDecided::KIND => run_as::<ChangeDecided>(job, &context).await,
            EraseAtOnce::KIND => run_as::<EraseAtOnce>(job, &context).await,
            ReplaceKeys::KIND => run_as::<ReplaceKeys>(job, &context).await,
            EraseDue::KIND => run_as::<EraseDue>(job, &context).await,
            ExpireChange::KIND => run_as::<ExpireChange>(job, &context).await,
            AttemptsAlarm::KIND => run_as::<AttemptsAlarm>(job, &context).await,
            SummariseAttempts::KIND => run_as::<SummariseAttempts>(job, &context).await,
            TidyAttempts::KIND => run_as::<TidyAttempts>(job, &context).await,
            ReassessRunning::KIND => run_as::<ReassessRunning>(job, &context).await,
            TellHolder::KIND => run_as::<TellHolder>(job, &context).await,
            RemindOfMove::KIND => run_as::<RemindOfMove>(job, &context).await,
            TellOfMove::KIND => run_as::<TellOfMove>(job, &context).await,
            TwoNetworks::KIND => run_as::<TwoNetworks>(job, &context).await,
            OpenReviews::KIND => run_as::<OpenReviews>(job, &context).await,
            CloseReview::KIND => run_as::<CloseReview>(job, &context).await,
            RemindReviewers::KIND => run_as::<RemindReviewers>(job, &context).await,
            TellReviewer::KIND => run_as::<TellReviewer>(job, &context).await,
            AccountLinkSent::KIND => run_as::<AccountLinkSent>(job, &context).await,
            MailCheckpoint::KIND => run_as::<MailCheckpoint>(job, &context).await,
            LogAlarm::KIND => run_as::<LogAlarm>(job, &context).await,
            CheckpointMailed::KIND => run_as::<CheckpointMailed>(job, &context).await,
            AccountTried::KIND => run_as::<AccountTried>(job, &context).await,
            AccountChanged::KIND => run_as::<AccountChanged>(job, &context).await,
            // A newer version of this program wrote it: that one runs it.
            _ => Err(Failure::NotDone("this version does not know the kind".to_owned())),
        }
    };
    match tokio::time::timeout(LONGEST_RUN, run).await {
        Ok(result) => result,
        Err(_) => Err(Failure::Indeterminate("it took too long".to_owned())),
    }
}

async fn run_as<J: Job>(job: &ReservedJob, context: &Context<'_>) -> Result<Outcome, Failure> {
    let payload: J = serde_json::from_value(job.payload.clone())
        .map_err(|error| Failure::Hopeless(format!("payload: {error}")))?;
    payload.run(context).await
}

/// What to record, and one line in the log.
fn outcome(job: &ReservedJob, result: Result<Outcome, Failure>, now: DateTime<Utc>) -> JobOutcome {
    let (id, kind, attempts) = (job.id, job.kind.as_str(), job.attempts);
    let failure = match result {
        Ok(Outcome::Done) => {
            tracing::info!(job.id = %id, job.kind = kind, job.attempts = attempts, "job done");
            return JobOutcome::Done { note: None };
        }
        Ok(Outcome::Nothing(why)) => {
            tracing::info!(job.id = %id, job.kind = kind, why, "job done: nothing to do");
            return JobOutcome::Done { note: Some(why.to_owned()) };
        }
        Err(failure) => failure,
    };
    let error = failure.to_string();
    if matches!(failure, Failure::Hopeless(_)) || (attempts >= MOST_ATTEMPTS && !is_urgent(job)) {
        tracing::error!(job.id = %id, job.kind = kind, job.attempts = attempts, error, "job given up");
        return JobOutcome::Dead { error };
    }
    tracing::warn!(job.id = %id, job.kind = kind, job.attempts = attempts, error, "job failed; trying again");
    let longest = if is_urgent(job) { LONGEST_BACKOFF_OF_URGENT } else { LONGEST_BACKOFF };
    let at = now + backoff(attempts).min(longest);
    JobOutcome::Retry { at, error, indeterminate: matches!(failure, Failure::Indeterminate(_)) }
}

fn is_logged(job: &ReservedJob) -> bool {
    LOGGED.contains(&job.kind.as_str())
}

fn is_urgent(job: &ReservedJob) -> bool {
    URGENT.contains(&job.kind.as_str())
}

/// How long a job waits after its `attempts`-th failure: 5 s, 10 s, 20 s, ... up to [`LONGEST_BACKOFF`].
fn backoff(attempts: i32) -> TimeDelta {
    let doublings = u32::try_from(attempts.clamp(1, 20) - 1).unwrap_or_default();
    TimeDelta::seconds(5 * 2_i64.pow(doublings)).min(LONGEST_BACKOFF)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_failed_job_waits_twice_as_long_each_time_for_three_days() {
        let waits: Vec<i64> = (1..MOST_ATTEMPTS).map(|attempts| backoff(attempts).num_seconds()).collect();
        assert_eq!(waits[..10], [5, 10, 20, 40, 80, 160, 320, 640, 1280, 2560]);
        assert_eq!(waits.len(), 80);
        assert!(waits[10..].iter().all(|wait| *wait == 3600), "and never longer than an hour");
        let patience = TimeDelta::seconds(waits.iter().sum());
        assert!((TimeDelta::hours(71)..=TimeDelta::days(3)).contains(&patience), "{patience}");
    }

    #[test]
    fn an_erasure_at_once_is_never_given_up_and_tried_again_within_a_minute() {
        let job = |kind: &str| ReservedJob {
            id: varsel_domain::JobId(uuid::Uuid::nil()),
            kind: kind.to_owned(),
            payload: serde_json::Value::Null,
            attempts: 1_000,
            indeterminate: false,
        };
        let (now, failed) = (DateTime::UNIX_EPOCH, || Err(Failure::NotDone("no database".to_owned())));
        let JobOutcome::Retry { at, .. } = outcome(&job(EraseAtOnce::KIND), failed(), now) else {
            panic!("it is tried again");
        };
        assert_eq!(at, now + TimeDelta::minutes(1));
        assert!(matches!(outcome(&job(EraseDue::KIND), failed(), now), JobOutcome::Dead { .. }));
    }

    #[test]
    fn no_live_runner_outlasts_its_lease() {
        assert!(LONGEST_RUN * 2 <= LEASE.to_std().unwrap());
    }
}
