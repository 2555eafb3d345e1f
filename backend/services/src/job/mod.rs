//! The jobs: what the outbox holds is sent after the commit, at least once, never inside a transaction.
//!
//! A use case calls `enqueue` in its own transaction; the runner does the rest. One file per kind of job.

mod account_changed;
mod account_link_sent;
mod account_tried;
mod attempts_alarm;
mod attempts_summary;
mod case_opened;
mod change_decided;
mod change_proposed;
mod checkpoint_mailed;
mod erase_at_once;
mod erase_due;
mod expire_change;
mod log_alarm;
mod reassess_running;
mod replace_keys;
mod report_received;
mod report_requested;
mod reviews;
mod runner;
mod tell_holder;
mod tell_of_move;
#[cfg(test)]
mod tests;
mod two_networks;

use std::collections::BTreeMap;
use std::fmt::{self, Display};
use std::path::PathBuf;

use chrono::{DateTime, Utc};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::json;
use varsel_domain::{Ids, IncidentId, JobId};
use varsel_storage::Tx;
use varsel_storage::job::NewJob;

pub(crate) use account_changed::AccountChanged;
pub(crate) use account_link_sent::AccountLinkSent;
pub(crate) use account_tried::AccountTried;
pub(crate) use attempts_alarm::AttemptsAlarm;
pub(crate) use attempts_summary::{SummariseAttempts, TidyAttempts};
pub(crate) use case_opened::CaseOpened;
pub(crate) use change_decided::ChangeDecided;
pub(crate) use change_proposed::ChangeProposed;
pub(crate) use checkpoint_mailed::{CheckpointMailed, MailCheckpoint};
pub(crate) use erase_at_once::EraseAtOnce;
pub(crate) use erase_due::EraseDue;
pub(crate) use expire_change::ExpireChange;
pub(crate) use log_alarm::LogAlarm;
pub(crate) use reassess_running::ReassessRunning;
pub(crate) use replace_keys::ReplaceKeys;
pub(crate) use report_received::ReportReceived;
pub(crate) use report_requested::ReportRequested;
pub(crate) use reviews::{CloseReview, OpenReviews, RemindReviewers, TellReviewer};
pub(crate) use tell_holder::{Notice, TellHolder};
pub(crate) use tell_of_move::{RemindOfMove, TellOfMove};
pub(crate) use two_networks::TwoNetworks;

use crate::access::write_mail;
use crate::mail::Mailer;
use crate::{Error, Result, Services};

/// How mail leaves.
#[derive(Clone)]
pub enum MailTransport {
    /// An SMTP relay, `smtp://host:port` or `smtps://user:password@host:port`.
    ///
    /// `smtp://` means STARTTLS, which the relay must offer with a valid certificate, or nothing is sent. Only to
    /// `localhost`, `127.0.0.0/8` and `[::1]` does mail leave in the clear: that never touches a network.
    Smtp {
        /// Its address.
        url: String,
    },
    /// One `.eml` file a mail, for the demo; the directory is created when it is missing.
    Directory(PathBuf),
}

impl fmt::Debug for MailTransport {
    /// Without the relay's address, which may hold a password.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Smtp { .. } => f.write_str("Smtp"),
            Self::Directory(directory) => f.debug_tuple("Directory").field(directory).finish(),
        }
    }
}

/// Settings of the mails.
#[derive(Debug, Clone)]
pub struct MailSettings {
    /// How mail leaves.
    pub transport: MailTransport,
    /// Sender.
    pub from: String,
    /// Address under which people reach this server, without a slash at the end.
    pub public_url: String,
    /// Where notices to units go, by unit id; stands above what the rule pack says.
    pub unit_addresses: BTreeMap<String, String>,
}

/// Runs jobs until the future is dropped: at once after a commit, and what fell due meanwhile.
///
/// Dropping it between two jobs loses nothing; dropping it during one makes that job `indeterminate`: it is run
/// again when its lease has ended, and its mail carries the same Message-ID.
///
/// # Errors
/// Mail settings that cannot be used.
pub async fn run(services: Services, mail: MailSettings) -> Result<()> {
    let mailer = Mailer::new(mail)?;
    runner::run(&services, &mailer).await
}

/// Runs every job that is due now, once; how many ran.
///
/// # Errors
/// Mail settings that cannot be used, or storage failed.
pub async fn run_due(services: &Services, mail: &MailSettings) -> Result<u32> {
    let mailer = Mailer::new(mail.clone())?;
    runner::run_due(services, &mailer).await
}

/// A kind of job. It holds ids only, and may run twice without harm.
pub(crate) trait Job: Serialize + DeserializeOwned {
    /// Its name in the outbox; never renamed, because old rows carry it.
    const KIND: &'static str;

    /// Names the one logical notification: event, recipient, channel.
    fn unique_key(&self) -> String;

    /// Does the work, with no transaction open.
    ///
    /// # Errors
    /// [`Failure`], which says whether the work may have been done all the same.
    async fn run(&self, context: &Context<'_>) -> Result<Outcome, Failure>;
}

/// What a running job is given.
pub(crate) struct Context<'a> {
    /// The parts a use case works with.
    pub(crate) services: &'a Services,
    /// Sends mail.
    pub(crate) mailer: &'a Mailer,
    /// The job's own id: the Message-ID is made of it.
    pub(crate) id: JobId,
    /// The present.
    pub(crate) now: DateTime<Utc>,
}

impl Context<'_> {
    /// Adds to the log of use that the mail of this job names an incident; `to` is a person or a unit, by its id. It is committed
    /// before the mail is handed over: no mail is without its entry, however often it is tried.
    ///
    /// # Errors
    /// Storage failed: then no mail may be handed over.
    async fn write_mail<J: Job>(&self, tx: &Tx, incident: IncidentId, to: &impl Display) -> Result<()> {
        let detail = json!({ "mail": J::KIND, "to": to.to_string() });
        write_mail(self.services, tx, (self.now, self.id), incident, detail).await
    }
}

/// How a job ended well.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Outcome {
    /// Done.
    Done,
    /// There was nothing to do, and why.
    Nothing(&'static str),
}

/// Why a job did not end well. The texts go into logs and hold no personal data.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum Failure {
    /// It was certainly not done: try again.
    #[error("not done: {0}")]
    NotDone(String),
    /// It may have been done, or not: try again, under the same Message-ID.
    #[error("cannot tell whether it was done: {0}")]
    Indeterminate(String),
    /// Trying again cannot help.
    #[error("given up: {0}")]
    Hopeless(String),
}

impl From<varsel_storage::Error> for Failure {
    fn from(error: varsel_storage::Error) -> Self {
        Self::NotDone(error.to_string())
    }
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        match error {
            Error::Storage(error) => error.into(),
            other => Self::NotDone(other.to_string()),
        }
    }
}

/// Puts a job into the outbox. It runs once `tx` is committed, and never if it is not.
///
/// The same event for the same recipient again is no new job. Ring [`crate::live::Live`] after the commit.
///
/// # Errors
/// Storage failed.
pub(crate) async fn enqueue<J: Job>(tx: &Tx, ids: &dyn Ids, now: DateTime<Utc>, job: &J) -> Result<()> {
    enqueue_once(tx, ids, now, job).await.map(drop)
}

/// As [`enqueue`]; false where the event had its job before.
///
/// # Errors
/// Storage failed.
pub(crate) async fn enqueue_once<J: Job>(
    tx: &Tx,
    ids: &dyn Ids,
    now: DateTime<Utc>,
    job: &J,
) -> Result<bool> {
    put(tx, ids, (now, now), job).await
}

/// As [`enqueue`], for a job that falls due at `run_at`; a runner that is late then catches up.
///
/// # Errors
/// Storage failed.
pub(crate) async fn enqueue_at<J: Job>(
    tx: &Tx,
    ids: &dyn Ids,
    when: (DateTime<Utc>, DateTime<Utc>),
    job: &J,
) -> Result<()> {
    put(tx, ids, when, job).await.map(drop)
}

async fn put<J: Job>(
    tx: &Tx,
    ids: &dyn Ids,
    (now, run_at): (DateTime<Utc>, DateTime<Utc>),
    job: &J,
) -> Result<bool> {
    let payload = serde_json::to_value(job).map_err(|error| Error::Internal(error.to_string()))?;
    let new = NewJob {
        id: JobId(ids.next(now)),
        kind: J::KIND,
        payload,
        unique_key: job.unique_key(),
        run_at,
        created_at: now,
    };
    Ok(varsel_storage::job::enqueue(tx, new).await?)
}
