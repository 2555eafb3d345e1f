//! The job runner: what the outbox holds is sent after the commit, at least once, never inside a transaction.

use std::path::PathBuf;

use crate::{Result, Services};

/// How mail leaves.
#[derive(Debug, Clone)]
pub enum MailTransport {
    /// An SMTP relay, `smtp://host:port` or `smtps://user:password@host:port`.
    Smtp {
        /// Its address.
        url: String,
    },
    /// One `.eml` file a mail, for the demo.
    Directory(PathBuf),
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
}

/// Runs jobs until the future is dropped: at once after a commit, and what fell due meanwhile.
///
/// # Errors
/// Mail settings that cannot be used.
pub async fn run(services: Services, mail: MailSettings) -> Result<()> {
    let _ = (services, mail);
    unimplemented!()
}

/// Runs every job that is due now, once; how many ran.
///
/// # Errors
/// Mail settings that cannot be used, or storage failed.
pub async fn run_due(services: &Services, mail: &MailSettings) -> Result<u32> {
    let _ = (services, mail);
    unimplemented!()
}
