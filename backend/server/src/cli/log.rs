//! `varsel log`

use std::fs::File;
use std::io::{BufReader, Write};
use std::path::{Path, PathBuf};

use anyhow::Context;
use chrono::SecondsFormat;
use clap::{Args, Subcommand};
use serde_json::Value;
use varsel_log::export::{ExportedEntry, Verified, open};
use varsel_log::key::{Purpose as KeyPurpose, Signer, Verifier};
use varsel_services::domain::{Ids, RandomIds};
use varsel_services::log::{self, Checked, Compared, Depth};
use varsel_storage::Store;

use super::{Failure, Outcome, runtime, settings};
use crate::config::Purpose;

#[derive(Subcommand)]
pub(super) enum Log {
    /// Verify an extract of the log of use, offline: needs nothing but the file; without a file, the server's own log
    Verify(Box<Verify>),
    /// Say whether the log still holds what it held when a checkpoint was mailed or kept
    Compare(Compare),
    /// Print the key that checkpoints are signed with: its public half, for whoever verifies
    Key(Key),
    /// Make a new private key, for the settings of a server (`use_log.key`) or of a witness
    NewKey(NewKey),
}

impl Log {
    pub(super) fn run(self, file: Option<&Path>, out: &mut dyn Write) -> Outcome {
        match self {
            Self::Verify(verify) => verify.run(file, out),
            Self::Compare(compare) => compare.run(file, out),
            Self::Key(key) => key.run(file, out),
            Self::NewKey(new) => new.run(out),
        }
    }
}

/// Says whether an extract is what the log holds: whether anything in it was changed, added, left out or moved. Without a file, whether
/// the log in the database is whole: whether anything was changed, or is missing that was not erased on record.
#[derive(Args)]
#[command(after_help = "Examples:
  varsel log verify uses.jsonl
  varsel log verify uses.jsonl --key 'varsel.example.dk/use-log+1f2e3d4c+AbCd…' --witness 'witness.example.dk+…'
  varsel log verify uses.jsonl --entries | jq .       the entries, one a line
  varsel log verify --data /var/lib/varsel            the log itself, on its server

Without --key the file is held to the key that it names itself: compare that with the one the log's owner has published.
Exit code 1 where something does not hold; the sentence says what.")]
pub(super) struct Verify {
    /// The file: uses.jsonl, as an investigation downloads it; without one, the log in the database
    file: Option<PathBuf>,
    /// The log's public key, as `varsel log key` prints it
    #[arg(long, value_name = "KEY", requires = "file")]
    key: Option<Verifier>,
    /// The public key of a witness; one of those named must have cosigned
    #[arg(long, value_name = "KEY", requires = "file")]
    witness: Vec<Verifier>,
    /// Print the entries, one JSON object a line, once everything has been verified
    #[arg(long, requires = "file")]
    entries: bool,
    /// Data directory, where the database and the key are when the settings name none
    #[arg(long, value_name = "DIR", conflicts_with = "file")]
    data: Option<PathBuf>,
}

impl Verify {
    fn run(self, settings: Option<&Path>, out: &mut dyn Write) -> Outcome {
        let Some(path) = &self.file else { return verify_own(settings, self.data.as_deref(), out) };
        let name = path.display().to_string();
        let mut entries = Vec::new();
        let verified = {
            let file = File::open(path).with_context(|| format!("{name} cannot be read"))?;
            let keep = |entry: ExportedEntry| {
                if self.entries {
                    entries.push(entry);
                }
            };
            let opened = open(BufReader::new(file), self.key.as_ref());
            opened.and_then(|opened| opened.verify(&self.witness, keep)).context(name)?
        };
        for entry in &entries {
            let said: Value =
                serde_json::from_str(&entry.entry).unwrap_or(Value::String(entry.entry.clone()));
            writeln!(out, "{}", serde_json::json!({ "position": entry.position, "entry": said }))?;
        }
        if !self.entries {
            tell(out, &verified, self.key.is_some())?;
        }
        Ok(())
    }
}

/// The log in the database, entry by entry.
fn verify_own(file: Option<&Path>, data: Option<&Path>, out: &mut dyn Write) -> Outcome {
    let config = settings(file, data, Purpose::Database)?;
    let keeper = config.existing_keeper()?;
    let checked = runtime()?.block_on(async {
        let store = Store::connect(&config.database_url()).await;
        let store = store.context("the database does not answer (database.url)")?;
        anyhow::Ok(log::check(&store, keeper.signer().verifier(), Depth::Entries).await?)
    })?;
    let Checked { size, at, present, erased, faults } = checked;
    let at = at.map_or_else(|| "never".to_owned(), |at| at.to_rfc3339_opts(SecondsFormat::Secs, true));
    for fault in &faults {
        writeln!(out, "{}", fault.sentence().en)?;
    }
    if faults.is_empty() {
        writeln!(out, "Nothing was changed, and nothing is missing.")?;
    }
    writeln!(out, "  entries   {size}, as the newest checkpoint counts them")?;
    writeln!(out, "  there     {present}")?;
    writeln!(out, "  erased    {erased}, on record")?;
    writeln!(out, "  sealed    {at}")?;
    if faults.is_empty() { Ok(()) } else { Err(Failure::Refused) }
}

fn tell(out: &mut dyn Write, verified: &Verified, expected: bool) -> std::io::Result<()> {
    let Verified { about, key, checkpoint, cosigned, entries } = verified;
    writeln!(
        out,
        "Nothing was changed: {entries} entries, as the log had them when it had {}.",
        checkpoint.size
    )?;
    let said = |field: &str| about.get(field).and_then(Value::as_str).unwrap_or("not said").to_owned();
    writeln!(out, "  case      {}", said("case"))?;
    writeln!(out, "  made by   {}, {}", said("made_by"), said("made_at"))?;
    writeln!(out, "  root      {}", checkpoint.root.to_base64())?;
    writeln!(out, "  key       {key}")?;
    for by in cosigned {
        let at = by.at.and_then(|at| chrono::DateTime::from_timestamp(i64::try_from(at).ok()?, 0));
        writeln!(out, "  witness   {}, {}", by.name, at.map(|at| at.to_rfc3339()).unwrap_or_default())?;
    }
    if !expected {
        writeln!(
            out,
            "The key is the one that the file names. Compare it with the key that the log's owner has published."
        )?;
    }
    Ok(())
}

/// Compares the log with a checkpoint that was kept where nobody who runs the server could change it.
#[derive(Args)]
#[command(after_help = "Examples:
  varsel log compare mail.txt --data /var/lib/varsel
  varsel --config /etc/varsel.toml log compare checkpoint.txt

The file is a mail of the day's checkpoint, saved as text, or the signed checkpoint alone.
Exit code 1 where the log does not agree with it; the sentence says how.")]
pub(super) struct Compare {
    /// The file
    file: PathBuf,
    /// Data directory, where the database and the key are when the settings name none
    #[arg(long, value_name = "DIR")]
    data: Option<PathBuf>,
}

impl Compare {
    fn run(self, file: Option<&Path>, out: &mut dyn Write) -> Outcome {
        let config = settings(file, self.data.as_deref(), Purpose::Database)?;
        let keeper = config.existing_keeper()?;
        let name = self.file.display().to_string();
        let text = std::fs::read_to_string(&self.file).with_context(|| format!("{name} cannot be read"))?;
        let compared = runtime()?.block_on(async {
            let store = Store::connect(&config.database_url()).await;
            let store = store.context("the database does not answer (database.url)")?;
            anyhow::Ok(log::compare(&store, keeper.signer().verifier(), &text).await?)
        })?;
        let refusal = match compared {
            Compared::Continues { then, now, at } => {
                let at = at.to_rfc3339_opts(SecondsFormat::Secs, true);
                writeln!(
                    out,
                    "Nothing was changed: the {then} entries of then are there, and {now} at {at}."
                )?;
                return Ok(());
            }
            Compared::WentBack { then, now } => format!(
                "the log had {then} entries then, and has {now}: the database was put back to an older state, and entries are missing"
            ),
            Compared::Changed { then } => {
                format!("the log was changed: its first {then} entries are not those of then")
            }
            Compared::Unsigned => format!("{name} holds no checkpoint that this log has signed"),
        };
        Err(anyhow::anyhow!(refusal).into())
    }
}

/// The public half of the key.
#[derive(Args)]
#[command(after_help = "Example:
  varsel log key --data /var/lib/varsel")]
pub(super) struct Key {
    /// Data directory, where the key is kept when the settings hold none
    #[arg(long, value_name = "DIR")]
    data: Option<PathBuf>,
}

impl Key {
    fn run(self, file: Option<&Path>, out: &mut dyn Write) -> Outcome {
        let config = settings(file, self.data.as_deref(), Purpose::Database)?;
        let keeper = config.existing_keeper()?;
        writeln!(out, "{}", keeper.signer().verifier())?;
        Ok(())
    }
}

/// A private key, from the operating system's chance.
#[derive(Args)]
#[command(after_help = "Examples:
  varsel log new-key varsel.example.dk/use-log
  varsel log new-key --witness witness.example.dk

What is printed is secret: give it to the server as use_log.key (VARSEL_USE_LOG__KEY_FILE), or to the witness.")]
pub(super) struct NewKey {
    /// The key's name, as it stands in every signature: a host name, and what it signs
    name: String,
    /// The key is a witness's
    #[arg(long)]
    witness: bool,
}

impl NewKey {
    fn run(self, out: &mut dyn Write) -> Outcome {
        let purpose = if self.witness { KeyPurpose::Witness } else { KeyPurpose::Log };
        let signer = Signer::new(&self.name, purpose, &RandomIds::from_system().secret())?;
        writeln!(out, "{}", *signer.to_secret())?;
        Ok(())
    }
}
