//! How mail leaves: to a relay, or into a directory.

use std::error::Error as _;
use std::path::{Path, PathBuf};
use std::time::Duration;

use lettre::transport::smtp::AsyncSmtpTransportBuilder;
use lettre::transport::smtp::client::{Tls, TlsParameters};
use lettre::{AsyncSmtpTransport, AsyncTransport, Message, Tokio1Executor};
use url::{Host, Url};
use varsel_domain::JobId;

use crate::job::{Failure, MailTransport};
use crate::{Error, Result};

/// A relay that says nothing for so long is left, and asked again later: what waits behind it waits no longer than that.
const SILENCE: Duration = Duration::from_secs(15);

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
            MailTransport::Smtp { url } => match relay(url) {
                Some(relay) => Ok(Self::Smtp(relay.timeout(Some(SILENCE)).build())),
                None => Err(Error::Internal("mail: the relay's address cannot be used".to_owned())),
            },
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

/// TLS from the first byte (`smtps`) or STARTTLS; neither only where mail stays on this machine.
fn relay(url: &str) -> Option<AsyncSmtpTransportBuilder> {
    let parsed = Url::parse(url).ok()?;
    let mut builder = AsyncSmtpTransport::<Tokio1Executor>::from_url(url).ok()?;
    if parsed.scheme() == "smtp" && !is_loopback(&parsed) {
        let tls = TlsParameters::new(parsed.host_str()?.to_owned()).ok()?;
        builder = builder.tls(Tls::Required(tls));
    }
    Some(builder)
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

#[cfg(test)]
mod tests {
    use super::*;

    /// How the connection would be secured.
    fn security(url: &str) -> String {
        let shown = format!("{:?}", relay(url).unwrap());
        let (_, tls) = shown.split_once("tls: ").unwrap();
        tls.chars().take_while(char::is_ascii_alphabetic).collect()
    }

    #[test]
    fn only_mail_that_stays_on_this_machine_leaves_in_the_clear() {
        for url in ["smtp://localhost:2525", "smtp://127.0.0.1:25", "smtp://127.8.9.1", "smtp://[::1]:25"] {
            assert_eq!(security(url), "None", "{url}");
        }
        for url in [
            "smtp://mail.example:25",
            "smtp://localhost.evil.example",
            "smtp://localhost@mail.example",
            "smtp://10.0.0.1",
            "smtp://[2001:db8::1]",
            "smtp://mail.example?tls=opportunistic",
            "smtp://localhost?tls=required",
        ] {
            assert_eq!(security(url), "Required", "{url}");
        }
        assert_eq!(security("smtps://localhost"), "Wrapper");
    }

    #[test]
    fn an_unusable_relay_is_refused_at_start_and_its_password_is_not_repeated() {
        for url in ["mail.example", "http://mail.example", "ftp://u:hemmelig@mail.example", ""] {
            let error = Transport::new(&MailTransport::Smtp { url: url.to_owned() }).err().unwrap();
            assert!(!format!("{error:?}").contains("hemmelig"), "{url}");
        }
    }
}
