//! `varsel assess`: the engine, offline.

use std::io::Write;
use std::path::PathBuf;

use chrono::{DateTime, FixedOffset};
use clap::Args;
use varsel_rules::{FactProblem, Facts, assess, missing};
use varsel_services::domain::organisation::Language;
use varsel_services::domain::{Clock, SystemClock};

use super::words::Words;
use super::{Failure, Outcome, facts_file, load_pack};

/// Works out which laws apply to facts, who must be told and by when. It needs no server and stores nothing.
#[derive(Args)]
#[command(after_help = "Examples:
  varsel assess --facts incident.yaml
  varsel assess --facts incident.yaml --now 2026-03-07T15:20:00+01:00 --lang da
  echo '{\"incident.kind\": \"ransomware\"}' | varsel assess --facts - --json

FILE holds the facts, {\"<fact>\": value or \"unknown\"}, or {\"facts\": {...}, \"filings\": [{\"regime\", \"stage\", \"at\"}]}.
`varsel schema facts` says which facts there are.")]
pub(super) struct Assess {
    /// Facts in JSON or YAML; - reads the standard input
    #[arg(long, value_name = "FILE")]
    facts: PathBuf,
    /// Directory of a rule pack, or the name of one built in (dk, dk-draft); the law in force where none is given
    #[arg(long, value_name = "DIR")]
    pack: Option<PathBuf>,
    /// The moment of the assessment, RFC 3339; now where none is given
    #[arg(long, value_name = "TIME")]
    now: Option<DateTime<FixedOffset>>,
    /// JSON for programs
    #[arg(long)]
    json: bool,
    /// Language of the answer
    #[arg(long, value_name = "da|en", default_value = "en", value_parser = language)]
    lang: Language,
}

/// A language by its tag.
pub(super) fn language(tag: &str) -> Result<Language, String> {
    match tag {
        "da" => Ok(Language::Da),
        "en" => Ok(Language::En),
        _ => Err("write da or en".to_owned()),
    }
}

impl Assess {
    pub(super) fn run(self, out: &mut dyn Write) -> Outcome {
        let pack = load_pack(self.pack.as_deref())?;
        let file = facts_file::read(&self.facts)?;
        let now = self.now.map_or_else(|| SystemClock.now(), |now| now.to_utc());
        let facts = match Facts::parse(&pack, &file.facts) {
            Ok(facts) => facts,
            Err(problems) => return self.refuse(out, &problems),
        };
        let problems = facts.problems_at(&pack, now);
        if !problems.is_empty() {
            return self.refuse(out, &problems);
        }
        let assessment = assess(&pack, &facts, &file.filings, now);
        if self.json {
            serde_json::to_writer_pretty(&mut *out, &assessment)?;
            return Ok(writeln!(out)?);
        }
        let words = Words { pack: &pack, language: self.lang };
        words.assessment(out, &assessment, now)?;
        Ok(words.before_filing(out, &missing(&pack, &facts, &file.filings, now), &facts.warnings(&pack))?)
    }

    /// Names every fact that cannot be taken, and the nearest one that can.
    fn refuse(&self, out: &mut dyn Write, problems: &[FactProblem]) -> Outcome {
        if self.json {
            serde_json::to_writer_pretty(&mut *out, &serde_json::json!({ "problems": problems }))?;
            writeln!(out)?;
        }
        let mut err = std::io::stderr().lock();
        writeln!(err, "varsel: {} cannot be assessed:", self.facts.display())?;
        for problem in problems {
            writeln!(err, "  {}: {}", problem.fact, self.lang.of(&problem.message))?;
            if let Some(near) = &problem.suggestion {
                writeln!(
                    err,
                    "    {} {near}",
                    if self.lang == Language::Da { "mente du" } else { "did you mean" }
                )?;
            }
        }
        Err(Failure::Refused)
    }
}
