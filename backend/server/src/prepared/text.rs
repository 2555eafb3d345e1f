//! A prepared report as plain text in one language, to be read and copied from.

use std::fmt::{Display, Write as _};

use chrono::{DateTime, FixedOffset};
use varsel_services::domain::rules::{FieldCode, Text, moment};
use varsel_services::report::{Prepared, PreparedField};

/// The language of the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Language {
    Danish,
    English,
}

impl Language {
    /// From its code in an address, `da` or `en`.
    pub(crate) fn parse(code: &str) -> Option<Self> {
        match code {
            "da" => Some(Self::Danish),
            "en" => Some(Self::English),
            _ => None,
        }
    }

    fn say<'a>(self, danish: &'a str, english: &'a str) -> &'a str {
        match self {
            Self::Danish => danish,
            Self::English => english,
        }
    }

    fn of(self, text: &Text) -> &str {
        self.say(&text.da, &text.en)
    }
}

/// The report in words: what it is, where it goes, by when, and each fact with its answer.
pub(crate) fn to_text(prepared: &Prepared, language: Language) -> String {
    let mut lines = head(prepared, language);
    for field in &prepared.fields {
        lines.push(String::new());
        lines.push(field_title(field, language));
        lines.push(answer(field, language));
    }
    let mut text = String::new();
    for line in lines {
        // Read by programs of every kind: lines end as those of a text file in Windows do.
        let _ = write!(text, "{}\r\n", line.replace("\r\n", "\n").replace('\n', "\r\n"));
    }
    text
}

fn head(prepared: &Prepared, language: Language) -> Vec<String> {
    let say = |danish, english| language.say(danish, english);
    let mut lines = vec![
        format!("{} – {}", language.of(&prepared.stage.name), language.of(&prepared.regime.name)),
        String::new(),
        format!(
            "{} {}",
            say("Forberedt af Varsel; IKKE indsendt.", "Prepared by Varsel; NOT filed."),
            match &prepared.place {
                Some(unit) => format!(
                    "{} {}: {}",
                    say("Indsend den hos", "File it with"),
                    language.of(&unit.name),
                    unit.url.as_deref().unwrap_or_default()
                ),
                None =>
                    say("Send den til modtagerne selv.", "Send it to the recipients yourselves.").to_owned(),
            }
        ),
    ];
    let organisation = &prepared.organisation;
    let cvr = organisation.cvr.as_ref().map(|cvr| format!(", CVR {cvr}")).unwrap_or_default();
    lines.push(format!("{}: {}{cvr}", say("Indberetter", "Reporter"), organisation.name));
    lines.push(format!("{}: {}", say("Hændelse", "Incident"), prepared.number));
    lines.push(format!("{}: {}", say("Hjemmel", "Legal basis"), prepared.stage.cite));
    if let Some(target) = &prepared.obligation.target {
        let until = language.of(&moment(target)).to_owned();
        lines.push(format!("{}: {until} ({})", say("Frist", "Due by"), local(target)));
    }
    lines.push(format!("{}: {}", say("Forberedt", "Prepared"), local(&prepared.at)));
    lines
}

/// With the year and the offset: a file may be read long after.
fn local(at: &DateTime<FixedOffset>) -> impl Display {
    at.format("%Y-%m-%d %H:%M %:z")
}

fn field_title(field: &PreparedField, language: Language) -> String {
    let need = match field.code {
        FieldCode::Required => language.say("skal oplyses", "required"),
        FieldCode::Carried => language.say("fra tidligere, kan rettes", "from before, may be corrected"),
        FieldCode::Optional => language.say("kan oplyses", "optional"),
        FieldCode::IfAvailable => language.say("hvis det vides", "if available"),
    };
    format!("{} ({need})", language.of(&field.fact.label))
}

fn answer(field: &PreparedField, language: Language) -> String {
    match &field.answer {
        Some(answer) => language.of(&answer.display).to_owned(),
        None => language.say("[Ikke besvaret]", "[Not answered]").to_owned(),
    }
}
