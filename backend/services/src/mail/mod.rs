//! The mails: a number and a link, never what was reported.
//!
//! A mail is a folder of templates and a typed context. Mail crosses networks and mailboxes that nobody here
//! controls, so a context holds no fact, no regime and no organisation: whoever follows the link signs in first.

mod account_changed;
mod account_link_sent;
mod account_tried;
mod address;
mod attempts_alarm;
mod authorisation_notice;
mod case_opened;
mod change_decided;
mod change_proposed;
mod checkpoint;
mod log_alarm;
mod message;
mod person_moved;
mod report_received;
mod report_requested;
mod review_reminder;
mod template;
#[cfg(test)]
mod tests;
mod text;
mod transport;
mod two_networks;

use chrono::{DateTime, Utc};
use serde::Serialize;
use varsel_domain::JobId;
use varsel_domain::organisation::Language;

pub(crate) use account_changed::AccountChanged;
pub(crate) use account_link_sent::AccountLinkSent;
pub(crate) use account_tried::AccountTried;
pub(crate) use address::Addressee;
pub(crate) use attempts_alarm::AttemptsAlarm;
pub(crate) use authorisation_notice::AuthorisationNotice;
pub(crate) use case_opened::CaseOpened;
pub(crate) use change_decided::ChangeDecided;
pub(crate) use change_proposed::ChangeProposed;
pub(crate) use checkpoint::Checkpoint;
pub(crate) use log_alarm::LogAlarm;
pub(crate) use person_moved::PersonMoved;
pub(crate) use report_received::ReportReceived;
pub(crate) use report_requested::ReportRequested;
pub(crate) use review_reminder::ReviewReminder;

pub(crate) use text::danish_time;
use text::link;
pub(crate) use two_networks::TwoNetworks;

use crate::job::{Failure, MailSettings};
use crate::{Error, Result};

/// One kind of mail: its context, whose templates stand in `templates/<NAME>/{da,en}`.
pub(crate) trait Mail: Serialize {
    /// Name of its folder.
    const NAME: &'static str;

    /// Every shape it can take, for the snapshots.
    #[cfg(test)]
    fn samples() -> Vec<Self>
    where
        Self: Sized;
}

/// Renders and sends mails; made once, shared by all jobs of a runner.
pub(crate) struct Mailer {
    settings: MailSettings,
    from: lettre::message::Mailbox,
    host: String,
    transport: transport::Transport,
}

impl Mailer {
    /// Checks the settings; connects only when the first mail is sent.
    ///
    /// # Errors
    /// A sender, an address of this server or a relay that cannot be used.
    pub(crate) fn new(settings: MailSettings) -> Result<Self> {
        let from = settings.from.parse().ok().ok_or_else(|| unusable("sender", &settings.from))?;
        let host = url::Url::parse(&settings.public_url)
            .ok()
            .and_then(|url| url.host_str().map(str::to_owned))
            .ok_or_else(|| unusable("public address", &settings.public_url))?;
        let transport = transport::Transport::new(&settings.transport)?;
        Ok(Self { settings, from, host, transport })
    }

    /// The settings.
    pub(crate) fn settings(&self) -> &MailSettings {
        &self.settings
    }

    /// Renders a mail and hands it to the transport. The same job always gives the same Message-ID.
    ///
    /// # Errors
    /// [`Failure`]: not sent, perhaps sent, or never to be sent because it cannot be built.
    pub(crate) async fn send<M: Mail>(
        &self,
        job: JobId,
        to: &Addressee,
        mail: &M,
        now: DateTime<Utc>,
    ) -> Result<(), Failure> {
        let rendered = template::render(mail, to.language).map_err(Failure::Hopeless)?;
        let message =
            message::Envelope { job, host: &self.host, from: &self.from, to, now }.build(rendered)?;
        self.transport.send(job, message).await
    }
}

fn unusable(what: &str, value: &str) -> Error {
    Error::Internal(format!("mail: {what} cannot be used: {value}"))
}

/// The folder of a language.
fn folder(language: Language) -> &'static str {
    match language {
        Language::Da => "da",
        Language::En => "en",
    }
}
