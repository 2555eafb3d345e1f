//! How mail leaves: to a relay, or into a directory.

use std::error::Error as _;
use std::path::{Path, PathBuf};

use lettre::transport::smtp::client::{Tls, TlsParameters};
use lettre::{AsyncSmtpTransport, AsyncTransport, Message, Tokio1Executor};
use url::{Host, Url};
use varsel_domain::JobId;

use super::unusable;
use crate::Result;
use crate::job::{Failure, MailTransport};

/// A way out for mail.
pub(super) enum Transport {
    /// A relay; connections are kept and used again.
    Smtp(AsyncSmtpTransport<Tokio1Executor>),
    /// A directory.
    Directory(PathBuf),
}

impl Transport {
    /// Checks the settings; nothing is connected yet.
    ///
    /// # Errors
    /// An address of the relay that cannot be used.
    pub(super) fn new(settings: &MailTransport) -> Result<Self> {
        match settings {
            MailTransport::Directory(directory) => Ok(Self::Directory(directory.clone())),
            // The address may hold a password: it is not repeated in the message.
            MailTransport::Smtp { url } => smtp(url).map(Self::Smtp).ok_or_else(|| unusable("relay", "smtp")),
        }
    }

    /// Sends one message. Into a directory, the same job again replaces its file.
    ///
    /// # Errors
    /// [`Failure::NotDone`] where the message was certainly not taken, else [`Failure::Indeterminate`].
    pub(super) async fn send(&self, job: JobId, message: Message) -> Result<(), Failure> {
        match self {
            Self::Smtp(relay) => {
                // What fails before the message is offered has certainly sent nothing (RFC 1047 is about the rest).
                relay.test_connection().await.map_err(|error| Failure::NotDone(described(&error)))?;
                relay.send(message).await.map(|_| ()).map_err(|error| failure(&error))
            }
            Self::Directory(directory) => {
                let (directory, content) = (directory.clone(), message.formatted());
                let written = tokio::task::spawn_blocking(move || write(&directory, job, &content)).await;
                match written {
                    Ok(Ok(())) => Ok(()),
                    Ok(Err(error)) => Err(Failure::NotDone(error.to_string())),
                    Err(error) => Err(Failure::Indeterminate(error.to_string())),
                }
            }
        }
    }
}

fn smtp(url: &str) -> Option<AsyncSmtpTransport<Tokio1Executor>> {
    let parsed = Url::parse(url).ok()?;
    let mut builder = AsyncSmtpTransport::<Tokio1Executor>::from_url(url).ok()?;
    if parsed.scheme() == "smtp" && !is_loopback(&parsed) {
        let tls = TlsParameters::new(parsed.host_str()?.to_owned()).ok()?;
        builder = builder.tls(Tls::Required(tls));
    }
    Some(builder.build())
}

/// Whether mail to this relay stays on this machine.
fn is_loopback(relay: &Url) -> bool {
    match relay.host() {
        // Schemes other than http leave addresses unparsed.
        Some(Host::Domain(name)) => {
            name == "localhost" || name.parse().is_ok_and(|ip: std::net::Ipv4Addr| ip.is_loopback())
        }
        Some(Host::Ipv4(ip)) => ip.is_loopback(),
        Some(Host::Ipv6(ip)) => ip.is_loopback(),
        None => false,
    }
}

fn write(directory: &Path, job: JobId, content: &[u8]) -> std::io::Result<()> {
    std::fs::create_dir_all(directory)?;
    // Whoever watches the directory never sees half a mail.
    let unfinished = directory.join(format!(".{job}.unfinished"));
    std::fs::write(&unfinished, content)?;
    std::fs::rename(unfinished, directory.join(format!("{job}.eml")))
}

/// The relay said no, or the connection could not be secured: not sent. Anything else, and it may have taken it.
fn failure(error: &lettre::transport::smtp::Error) -> Failure {
    let refused = error.is_transient() || error.is_permanent();
    if refused || error.is_tls() || error.is_client() {
        Failure::NotDone(described(error))
    } else {
        Failure::Indeterminate(described(error))
    }
}

/// What went wrong, without the words of the relay: those often repeat the recipient's address.
fn described(error: &lettre::transport::smtp::Error) -> String {
    if let Some(code) = error.status() {
        return format!("the relay answered {code}");
    }
    if error.is_response() {
        return "the relay's answer could not be read".to_owned();
    }
    let kind =
        if error.is_tls() { "no secure connection to the relay" } else { "no connection to the relay" };
    error.source().map_or_else(|| kind.to_owned(), |cause| format!("{kind}: {cause}"))
}
