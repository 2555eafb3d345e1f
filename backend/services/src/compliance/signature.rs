//! Signing a printed report with the key of the log of use, and finding out whether it is still as it was printed.
//!
//! The signature is a C2SP signed note over the SHA-256 of the bytes, with the date and the newest checkpoint of the log. Its
//! first lines are none that a checkpoint has, so that neither passes for the other.

use chrono::{DateTime, Utc};
use varsel_domain::digest::sha256;
use varsel_domain::rules::Text;
use varsel_log::key::{Purpose, Signer, Verifier};
use varsel_log::note::{self, NoteError};

use super::model::{FORMAT, Report};

/// The line between a report and its signature, where they stand in one file.
const LINE: &str = "\n==== varsel-compliance-report/1 signature ====\n";

/// What a signature says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Signed {
    /// When the report was made.
    pub made_at: DateTime<Utc>,
    /// The beginning and the end of its period, as they stand there.
    pub period: String,
    /// The newest checkpoint of the log then: its size and its root.
    pub checkpoint: String,
    /// The name of the key that signed.
    pub by: String,
}

/// Why a report is not believed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refused {
    /// There is no signature.
    #[error("there is no signature: neither a file beside it nor one at its end")]
    None,
    /// The signature is not one of this key.
    #[error("the signature cannot be believed: {0}")]
    Signature(#[from] NoteError),
    /// The key has signed something else.
    #[error("the key has signed this, but it is no signature of a report")]
    OtherThing,
    /// The report is not the one that was signed.
    #[error("the report was changed after it was signed: its SHA-256 is {found}, and {signed} was signed")]
    Changed {
        /// What it is.
        found: String,
        /// What was signed.
        signed: String,
    },
}

impl Refused {
    /// In both languages.
    pub fn in_words(&self) -> Text {
        let da = match self {
            Self::None => {
                "der er ingen underskrift: hverken i en fil ved siden af eller til sidst i filen".to_owned()
            }
            Self::Signature(_) => {
                "underskriften er ikke nøglens underskrift af denne tekst; en af dem er ændret".to_owned()
            }
            Self::OtherThing => {
                "nøglen har underskrevet dette, men det er ingen underskrift af en rapport".to_owned()
            }
            Self::Changed { found, signed } => format!(
                "rapporten er ændret, efter den blev underskrevet: dens SHA-256 er {found}, og {signed} blev underskrevet"
            ),
        };
        Text { da, en: self.to_string() }
    }
}

/// The signature of `printed`, which is what somebody gets of `report`.
pub fn sign(signer: &Signer, report: &Report, printed: &[u8]) -> String {
    let newest = report.log.newest.as_ref();
    let checkpoint = newest.map_or_else(|| "none".to_owned(), |it| format!("{} {}", it.size, it.root));
    let text = format!(
        "{FORMAT}\nsha256 {}\nmade {}\nperiod {} {}\ncheckpoint {checkpoint}\n",
        sha256(printed),
        report.made_at.to_rfc3339(),
        report.period.from.to_rfc3339(),
        report.period.until.to_rfc3339(),
    );
    note::sign(signer, &text)
}

/// A report with its signature at its end.
pub fn attach(printed: &str, note: &str) -> String {
    format!("{printed}{LINE}{note}")
}

/// What [`attach`] put together; none where there is no signature at the end.
pub fn detach(file: &[u8]) -> Option<(&[u8], &str)> {
    let line = LINE.as_bytes();
    let at = file.windows(line.len()).rposition(|window| window == line)?;
    let (printed, rest) = file.split_at_checked(at)?;
    Some((printed, std::str::from_utf8(rest.get(line.len()..)?).ok()?))
}

/// Whether `printed` is, byte for byte, what the owner of `key` signed.
///
/// # Errors
/// [`Refused`]: it is not, and why.
pub fn verify(printed: &[u8], signature: &str, key: &Verifier) -> Result<Signed, Refused> {
    let (text, signed) = note::open(signature, std::slice::from_ref(key))?;
    let by = signed.first().map(|by| by.name.clone()).unwrap_or_default();
    let read = read(text).filter(|_| key.purpose() == Purpose::Log);
    let (digest, signed) =
        read.map(|(digest, signed)| (digest, Signed { by, ..signed })).ok_or(Refused::OtherThing)?;
    let found = sha256(printed);
    if found == digest { Ok(signed) } else { Err(Refused::Changed { found, signed: digest }) }
}

fn read(text: &str) -> Option<(String, Signed)> {
    let mut lines = text.strip_prefix(FORMAT)?.strip_prefix('\n')?.lines();
    let mut value = |name: &str| lines.next()?.strip_prefix(name)?.strip_prefix(' ').map(str::to_owned);
    let digest = value("sha256")?;
    let made_at = value("made")?.parse().ok()?;
    let (period, checkpoint) = (value("period")?, value("checkpoint")?);
    lines.next().is_none().then_some((digest, Signed { made_at, period, checkpoint, by: String::new() }))
}
