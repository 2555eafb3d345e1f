//! The report for the supervising authority as a file, byte for byte the same from the command line and from the pages.

use std::io::Write as _;

use clap::ValueEnum;
use varsel_log::key::Signer;
use varsel_services::compliance::{Report, document, html, sign, text};
use varsel_services::domain::organisation::Language;

use crate::printable::Printable;

/// The form of a report.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Form {
    /// For people at a terminal.
    Text,
    /// A page that stands alone, to be printed or sent.
    Html,
    /// For programs; `varsel schema compliance-report` prints its JSON Schema.
    Json,
}

impl Form {
    /// Its name, as the log of use has it.
    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Html => "html",
            Self::Json => "json",
        }
    }
}

/// A report as somebody gets it.
pub(crate) struct Printed {
    /// The report.
    pub(crate) text: String,
    /// The signature of exactly that, a signed note.
    pub(crate) note: String,
}

/// Prints a report and signs what was printed.
///
/// # Errors
/// The report cannot be put into this form.
pub(crate) fn print(
    signer: &Signer,
    report: &Report,
    (form, language): (Form, Language),
) -> anyhow::Result<Printed> {
    let printed = match form {
        Form::Text => text(&document(report, language)),
        Form::Html => html(&document(report, language))?,
        Form::Json => serde_json::to_string_pretty(report)? + "\n",
    };
    // What is signed is what a terminal shows.
    let mut safe = Vec::with_capacity(printed.len());
    Printable::terminal(&mut safe).write_all(printed.as_bytes())?;
    let text = String::from_utf8(safe)?;
    let note = sign(signer, report, text.as_bytes());
    Ok(Printed { text, note })
}
