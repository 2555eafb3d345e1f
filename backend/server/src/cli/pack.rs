//! `varsel pack`: for those who write law as data, and for those who approve it.

use std::io::Write;
use std::path::{Path, PathBuf};

use anyhow::{Context, bail};
use chrono::{DateTime, FixedOffset, Utc};
use clap::{Args, Subcommand};
use serde_json::{Map, Value};
use varsel_rules::{NamedFacts, check_guidance, diff, explain, pack_schemas};
use varsel_services::domain::organisation::Language;
use varsel_services::domain::{Clock, SystemClock};

use super::assess::language;
use super::{Outcome, facts_file, load_pack, publish, read_pack, refused_in};

#[derive(Subcommand)]
pub(super) enum Pack {
    /// Check a rule pack: every mistake is named with its file and line
    #[command(
        after_help = "Examples:\n  varsel pack check backend/packs/dk\n  varsel pack check          the pack built in\n  varsel pack check law --lang da"
    )]
    Check {
        /// Directory of the pack, or the name of one built in (dk, dk-draft); the law in force where none is given
        directory: Option<PathBuf>,
        /// Language of the mistakes
        #[arg(long, value_name = "da|en", default_value = "en", value_parser = language)]
        lang: Language,
    },
    /// Say a regime in words, each clause with its citation, for a lawyer to compare with the law
    #[command(
        after_help = "Examples:\n  varsel pack explain nis2_dk\n  varsel pack explain gdpr_33 --lang da"
    )]
    Explain {
        /// Id of the regime, e.g. `nis2_dk`
        regime: String,
        /// Language of the answer
        #[arg(long, value_name = "da|en", default_value = "en", value_parser = language)]
        lang: Language,
        /// Directory of a rule pack, or the name of one built in (dk, dk-draft); the law in force where none is given
        #[arg(long, value_name = "DIR")]
        pack: Option<PathBuf>,
    },
    /// Send a version to a running demo server and propose to put it into force
    Publish(publish::Publish),
    /// Show what a new version changes, in the pack and for past incidents
    Diff(Diff),
    /// Print the JSON Schemas of a pack's files, for an editor to complete and validate them
    #[command(
        after_help = "Examples:\n  varsel pack schema --out schemas\n  varsel pack schema          all of them as one object, by file\n\n\
                      An editor with the YAML language server uses one where the first line of a file says\n  \
                      # yaml-language-server: $schema=../schemas/regime.schema.json"
    )]
    Schema {
        /// Directory to write them to, one file each
        #[arg(long, value_name = "DIR")]
        out: Option<PathBuf>,
        /// Directory of the rule pack whose ids are completed; the one built in where none is given
        #[arg(long, value_name = "DIR")]
        pack: Option<PathBuf>,
    },
}

/// Compares two versions of a pack, and what each makes of the same incidents.
#[derive(Args)]
#[command(after_help = "Examples:
  varsel pack diff built-in backend/packs/dk --facts incidents
  varsel pack diff dk dk-draft --facts incidents     what the proposals would change
  varsel pack diff old new --facts incidents --json

DIR holds files of facts, as `varsel assess` reads them (*.yaml, *.yml, *.json); a file's name names the incident.")]
pub(super) struct Diff {
    /// Directory of the version in force, or the name of one built in (dk, dk-draft; built-in is dk)
    old: PathBuf,
    /// Directory of the version that is to replace it, or the name of one built in
    new: PathBuf,
    /// Directory of past incidents
    #[arg(long, value_name = "DIR")]
    facts: PathBuf,
    /// The moment at which both assess them, RFC 3339; now where none is given
    #[arg(long, value_name = "TIME")]
    now: Option<DateTime<FixedOffset>>,
    /// JSON for programs
    #[arg(long)]
    json: bool,
}

impl Pack {
    pub(super) fn run(self, out: &mut dyn Write) -> Outcome {
        match self {
            Self::Check { directory, lang } => check(directory.as_deref(), lang, out),
            Self::Explain { regime, lang, pack } => {
                let text = explain(&load_pack(pack.as_deref())?, &regime)?;
                Ok(out.write_all(lang.of(&text).as_bytes())?)
            }
            Self::Publish(publish) => publish.run(out),
            Self::Diff(diff) => diff.run(out),
            Self::Schema { out: directory, pack } => schemas(directory.as_deref(), pack.as_deref(), out),
        }
    }
}

fn check(directory: Option<&Path>, lang: Language, out: &mut dyn Write) -> Outcome {
    let pack = read_pack(directory).map_err(|errors| refused_in(lang, &errors))?;
    check_guidance(&pack).map_err(|errors| refused_in(lang, &errors))?;
    let (facts, units) = (pack.facts().len(), pack.units().len());
    let (id, version) = (pack.id(), pack.version());
    let draft = |words| if pack.is_draft() { words } else { "" };
    match lang {
        Language::Da => {
            let draft = draft(" (udkast, ikke lov)");
            writeln!(out, "Pakke {id} {version}{draft}: {facts} oplysninger, {units} enheder, ingen fejl.")?;
        }
        Language::En => {
            let draft = draft(" (draft, not law)");
            writeln!(out, "Pack {id} {version}{draft}: {facts} facts, {units} units, no mistakes.")?;
        }
    }
    Ok(())
}

fn schemas(directory: Option<&Path>, pack: Option<&Path>, out: &mut dyn Write) -> Outcome {
    let schemas = pack_schemas(&load_pack(pack)?);
    let Some(directory) = directory else {
        let all: Map<String, Value> =
            schemas.into_iter().map(|schema| (schema.files.to_owned(), schema.schema)).collect();
        serde_json::to_writer_pretty(&mut *out, &all)?;
        return Ok(writeln!(out)?);
    };
    std::fs::create_dir_all(directory).with_context(|| format!("{} cannot be made", directory.display()))?;
    for schema in schemas {
        let path = directory.join(format!("{}.schema.json", schema.name));
        let text = serde_json::to_string_pretty(&schema.schema)?;
        std::fs::write(&path, format!("{text}\n"))
            .with_context(|| format!("{} cannot be written", path.display()))?;
        writeln!(out, "{}: {}", path.display(), schema.files)?;
    }
    Ok(())
}

impl Diff {
    fn run(self, out: &mut dyn Write) -> Outcome {
        let version = |path: &Path| load_pack((path != Path::new("built-in")).then_some(path));
        let (old, new) = (version(&self.old)?, version(&self.new)?);
        let now = self.now.map_or_else(|| SystemClock.now(), |now| now.to_utc());
        let found = diff(&old, &new, &past_incidents(&self.facts, now)?);
        if self.json {
            serde_json::to_writer_pretty(&mut *out, &found)?;
            return Ok(writeln!(out)?);
        }
        Ok(write!(out, "{found}")?)
    }
}

/// Every file of facts in a directory, by name.
fn past_incidents(directory: &Path, now: DateTime<Utc>) -> anyhow::Result<Vec<NamedFacts>> {
    let unreadable = || format!("{} cannot be read", directory.display());
    let mut paths = Vec::new();
    for entry in std::fs::read_dir(directory).with_context(unreadable)? {
        let path = entry.with_context(unreadable)?.path();
        if path.extension().is_some_and(|ending| ["yaml", "yml", "json"].iter().any(|known| ending == *known))
        {
            // Opening a pipe would wait for whoever writes into it.
            anyhow::ensure!(
                path.is_file(),
                "{} is no regular file: put a file of facts there",
                path.display()
            );
            paths.push(path);
        }
    }
    paths.sort();
    if paths.is_empty() {
        bail!(
            "{} holds no facts: put a file (*.yaml, *.yml, *.json) for each incident there",
            directory.display()
        );
    }
    let named = |path: &PathBuf| {
        let file = facts_file::read(path)?;
        let name = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        Ok(NamedFacts { name, facts: file.facts, filings: file.filings, now })
    };
    paths.iter().map(named).collect()
}
