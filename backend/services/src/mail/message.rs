//! Builds the message (RFC 5322): its headers, and text beside HTML.

use std::time::SystemTime;

use chrono::{DateTime, Utc};
use lettre::message::header::{ContentType, Header, HeaderName, HeaderValue};
use lettre::message::{Mailbox, Message, MultiPart, SinglePart};
use varsel_domain::JobId;

use super::Addressee;
use super::template::{Rendered, one_line};
use crate::job::Failure;

/// All of a message but its content.
pub(super) struct Envelope<'a> {
    /// The job that sends it.
    pub(super) job: JobId,
    /// Host of this server, for the Message-ID.
    pub(super) host: &'a str,
    /// Sender.
    pub(super) from: &'a Mailbox,
    /// Recipient.
    pub(super) to: &'a Addressee,
    /// Date.
    pub(super) now: DateTime<Utc>,
}

/// Keeps out-of-office replies away (RFC 3834, section 5).
#[derive(Clone)]
struct AutoSubmitted;

impl Header for AutoSubmitted {
    fn name() -> HeaderName {
        HeaderName::new_from_ascii_str("Auto-Submitted")
    }

    fn parse(_: &str) -> Result<Self, Box<dyn std::error::Error + Send + Sync>> {
        Ok(Self)
    }

    fn display(&self) -> HeaderValue {
        HeaderValue::new(Self::name(), "auto-generated".to_owned())
    }
}

impl Envelope<'_> {
    /// The message. Message-ID and MIME boundary are made of the job's id, so a repeated mail is the same mail.
    pub(super) fn build(&self, content: Rendered) -> Result<Message, Failure> {
        let Ok(address) = self.to.email.parse() else {
            // Which one it is stands in the person's or the unit's row; in a log it has no business.
            return Err(Failure::Hopeless("the recipient's address is not an address".to_owned()));
        };
        let name = self.to.name.as_deref().map(one_line).filter(|name| !name.is_empty());
        let part = |kind: ContentType, body: String| SinglePart::builder().header(kind).body(body);
        let alternatives = MultiPart::alternative()
            .boundary(self.job.to_string())
            .singlepart(part(ContentType::TEXT_PLAIN, content.text))
            .singlepart(part(ContentType::TEXT_HTML, content.html));
        Message::builder()
            .message_id(Some(format!("<{}@{}>", self.job, self.host)))
            .date(SystemTime::from(self.now))
            .from(self.from.clone())
            .to(Mailbox::new(name, address))
            .subject(content.subject)
            .header(AutoSubmitted)
            .multipart(alternatives)
            .map_err(|error| Failure::Hopeless(error.to_string()))
    }
}
