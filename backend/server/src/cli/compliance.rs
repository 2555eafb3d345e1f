//! `varsel compliance`

use std::fs::OpenOptions;
use std::io::Write;
use std::path::{Path, PathBuf};

use anyhow::Context as _;
use chrono::{DateTime, Days, NaiveDate, Utc};
use clap::{Args, Subcommand};
use serde_json::Value;
use varsel_log::key::Verifier;
use varsel_services::compliance::{
    self, Refused, Report as Told, Signed, Wanted, attach, detach, document, verify,
};
use varsel_services::domain::organisation::Language;
use varsel_services::{Error, day, log};

use super::assess::language;
use super::{Failure, Outcome, keep_files_private, runtime, settings, token};
use crate::compliance::{Form, Printed, print};
use crate::config::{Config, Purpose};

#[derive(Subcommand)]
pub(super) enum Compliance {
    /// Say who is authorised, what was reviewed, rejected, logged, erased and decided by two, and what needs attention
    Report(Report),
    /// Say whether a report is still as it was signed, offline
    Verify(Verify),
}

impl Compliance {
    pub(super) fn run(self, file: Option<&Path>, out: &mut dyn Write) -> Outcome {
        match self {
            Self::Report(report) => report.run(file, out),
            Self::Verify(verify) => verify.run(out),
        }
    }
}

/// The JSON Schema of the report.
pub(super) fn schema() -> Value {
    let settings = schemars::generate::SchemaSettings::draft2020_12().for_serialize();
    settings.into_generator().into_root_schema_for::<Told>().to_value()
}

/// Makes the report for the supervising authority, dated and signed with the key of the log of use. What needs attention
/// stands first. That it was made is written in the log of use.
#[derive(Args)]
#[command(after_help = "Examples:
  varsel compliance report
  varsel compliance report --lang da --format html --out 2026-h2.html     and its signature in 2026-h2.html.sig
  varsel compliance report --since 2026-01-01 --until 2026-06-30 --format json --out h1.json

Days are Danish ones, and --until includes its own. Exit code 1 where something needs attention.")]
pub(super) struct Report {
    /// In which form
    #[arg(long, value_enum, default_value = "text")]
    format: Form,
    /// Write it into this file, which must not be there yet, and its signature into FILE.sig
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
    /// In which language
    #[arg(long, value_name = "da|en", default_value = "en", value_parser = language)]
    lang: Language,
    /// From which day or instant on; six months before the end where it is not said
    #[arg(long, value_name = "DAY", value_parser = beginning)]
    since: Option<DateTime<Utc>>,
    /// Until which day or instant; until now where it is not said
    #[arg(long, value_name = "DAY", value_parser = end)]
    until: Option<DateTime<Utc>>,
    /// Data directory, where the embedded database is used
    #[arg(long, value_name = "DIR")]
    data: Option<PathBuf>,
}

impl Report {
    fn run(self, file: Option<&Path>, out: &mut dyn Write) -> Outcome {
        let config = settings(file, self.data.as_deref(), Purpose::Database)?;
        crate::telemetry::start(&config.log);
        keep_files_private();
        // Before anything is made and logged.
        self.refuse_to_overwrite()?;
        let (told, Printed { text, note }) = runtime()?.block_on(self.make(&config))?;
        match (&self.out, self.format) {
            (Some(path), _) => {
                write_new(path, text.as_bytes())?;
                write_new(&beside(path), note.as_bytes())?;
                self.summary(out, &told, path)?;
            }
            (None, Form::Text) => out.write_all(attach(&text, &note).as_bytes())?,
            (None, _) => {
                out.write_all(text.as_bytes())?;
                let unsigned = self.say(
                    "varsel: den er ikke underskrevet; skriv --out FILE for at få underskriften med",
                    "varsel: it is not signed; write --out FILE to get the signature as well",
                );
                writeln!(std::io::stderr(), "{unsigned}")?;
            }
        }
        if told.findings.is_empty() { Ok(()) } else { Err(Failure::Refused) }
    }

    /// The report, and how it is printed.
    async fn make(&self, config: &Config) -> Result<(Told, Printed), Failure> {
        // A key that was made now would be one that nobody knows.
        config
            .existing_keeper()
            .context("the report is signed with the key of the log of use (use_log.key)")?;
        let services = token::services(config).await?;
        let told = async {
            log::check_key(&services).await?;
            let wanted = Wanted { since: self.since, until: self.until, form: self.format.word() };
            compliance::report(&services, &config.installation(), wanted).await
        };
        let told = told.await.map_err(|error| self.failure(error))?;
        let printed = print(services.log.signer(), &told, (self.format, self.lang))?;
        Ok((told, printed))
    }

    fn failure(&self, error: Error) -> Failure {
        match error {
            Error::Invalid { field, message } => {
                anyhow::anyhow!("--{field}: {}", self.lang.of(&message)).into()
            }
            // Here the operator is the reader: the cause is shown.
            Error::Storage(cause) => {
                anyhow::Error::from(cause).context("the database failed (has it been migrated?)").into()
            }
            error => error.into(),
        }
    }

    fn refuse_to_overwrite(&self) -> anyhow::Result<()> {
        for path in self.out.iter().flat_map(|path| [path.clone(), beside(path)]) {
            let name = path.display();
            anyhow::ensure!(
                !path.exists(),
                "{}",
                self.say(
                    &format!("{name} findes allerede; en rapport er bevis og overskrives ikke. Vælg et andet navn."),
                    &format!("{name} is there already; a report is evidence and is not written over. Choose another name."),
                )
            );
        }
        Ok(())
    }

    fn summary(&self, out: &mut dyn Write, told: &Told, path: &Path) -> std::io::Result<()> {
        let summary = document(told, self.lang);
        writeln!(out, "{}:", summary.attention_heading)?;
        for sentence in &summary.attention {
            writeln!(out, "  {sentence}")?;
        }
        let (file, signature) = (path.display(), beside(path));
        writeln!(out, "{} {file}, {}", self.say("Skrevet:", "Written:"), signature.display())
    }

    fn say<'a>(&self, da: &'a str, en: &'a str) -> &'a str {
        say(self.lang, da, en)
    }
}

/// Says whether a report is, byte for byte, the one that was signed with the log's key. Needs no server and no database.
#[derive(Args)]
#[command(after_help = "Example:
  varsel compliance verify 2026-h2.html --key 'varsel.example.dk/use-log+1f2e3d4c+AbCd…'

The signature is taken from FILE.sig, or from the end of FILE. The key is what `varsel log key` prints where the report was
made; get it from the owner by another way than the report. Exit code 1 where a byte was changed; the sentence says what.")]
pub(super) struct Verify {
    /// The report
    file: PathBuf,
    /// The public key of the log
    #[arg(long, value_name = "KEY")]
    key: Verifier,
    /// In which language
    #[arg(long, value_name = "da|en", default_value = "en", value_parser = language)]
    lang: Language,
}

impl Verify {
    fn run(self, out: &mut dyn Write) -> Outcome {
        let name = self.file.display().to_string();
        let verified = self.verify()?;
        let signed = match verified {
            Ok(signed) => signed,
            Err(refused) => {
                writeln!(
                    out,
                    "{}: {name}: {}",
                    self.say("AFVIST", "REFUSED"),
                    self.lang.of(&refused.in_words())
                )?;
                return Err(Failure::Refused);
            }
        };
        writeln!(
            out,
            "{}",
            self.say(
                "Intet er ændret: rapporten er den, der blev underskrevet.",
                "Nothing was changed: the report is the one that was signed."
            )
        )?;
        let Signed { made_at, period, checkpoint, by } = signed;
        writeln!(out, "  {} {}", self.say("lavet        ", "made      "), made_at.to_rfc3339())?;
        writeln!(out, "  {} {period}", self.say("periode      ", "period    "))?;
        writeln!(out, "  {} {checkpoint}", self.say("kontrolpunkt ", "checkpoint"))?;
        Ok(writeln!(out, "  {} {by}", self.say("underskrevet ", "signed by "))?)
    }

    fn verify(&self) -> anyhow::Result<Result<Signed, Refused>> {
        let read =
            |path: &Path| std::fs::read(path).with_context(|| format!("{} cannot be read", path.display()));
        let (file, signature) = (read(&self.file)?, beside(&self.file));
        if signature.exists() {
            // What is no text is no signature.
            let note = String::from_utf8_lossy(&read(&signature)?).into_owned();
            return Ok(verify(&file, &note, &self.key));
        }
        Ok(match detach(&file) {
            Some((printed, note)) => verify(printed, note, &self.key),
            None => Err(Refused::None),
        })
    }

    fn say<'a>(&self, da: &'a str, en: &'a str) -> &'a str {
        say(self.lang, da, en)
    }
}

fn say<'a>(language: Language, da: &'a str, en: &'a str) -> &'a str {
    match language {
        Language::Da => da,
        Language::En => en,
    }
}

/// Where the signature of a file is.
fn beside(path: &Path) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(".sig");
    name.into()
}

fn write_new(path: &Path, bytes: &[u8]) -> anyhow::Result<()> {
    let failed = || format!("{} cannot be written", path.display());
    let mut file = OpenOptions::new().write(true).create_new(true).open(path).with_context(failed)?;
    file.write_all(bytes).and_then(|()| file.sync_all()).with_context(failed)
}

/// The beginning of a day, or an instant.
fn beginning(text: &str) -> Result<DateTime<Utc>, String> {
    moment(text, 0)
}

/// The end of a day, or an instant.
fn end(text: &str) -> Result<DateTime<Utc>, String> {
    moment(text, 1)
}

fn moment(text: &str, days_later: u64) -> Result<DateTime<Utc>, String> {
    if let Ok(date) = text.parse::<NaiveDate>() {
        return Ok(day::begins(date.checked_add_days(Days::new(days_later)).unwrap_or(date)));
    }
    let Ok(instant) = DateTime::parse_from_rfc3339(text) else {
        return Err(
            "write a day, 2026-06-30, or an instant with its zone, 2026-06-30T12:00:00+02:00".to_owned()
        );
    };
    Ok(instant.to_utc())
}
