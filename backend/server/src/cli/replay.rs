//! `varsel replay`

use std::io::Write;
use std::path::{Path, PathBuf};

use clap::Args;
use varsel_services::domain::{Clock as _, RandomIds, SystemClock};
use varsel_services::report::{Replay as Found, replay_at_command_line};

use super::{Failure, Outcome, runtime, settings};
use crate::config::Purpose;

/// Assesses what is stored once more, under the version of the rules it was assessed under, and compares. Changes nothing
/// but the log of use, which says so.
#[derive(Args)]
#[command(after_help = "Examples:
  varsel replay                            every assessment in the database
  varsel replay --incident V-2026-00042

Exit code 1 where one differs, or its version of the rules cannot be read.")]
pub(super) struct Replay {
    /// One incident, by its number; all of them where none is given
    #[arg(long, value_name = "NUMBER")]
    incident: Option<String>,
    /// Data directory, where the embedded database is used
    #[arg(long, value_name = "DIR")]
    data: Option<PathBuf>,
}

impl Replay {
    pub(super) fn run(self, file: Option<&Path>, out: &mut dyn Write) -> Outcome {
        let config = settings(file, self.data.as_deref(), Purpose::Database)?;
        let (same, others) = runtime()?.block_on(async {
            let store = config.store().await?;
            let (ids, number) = (RandomIds::from_system(), self.incident.as_deref());
            let done = replay_at_command_line(&store, (&ids, SystemClock.now()), number).await;
            done.map_err(|error| anyhow::anyhow!("{error}"))
        })?;
        for other in &others {
            let (number, revision, version) = (&other.number, other.revision, &other.pack_version);
            write!(out, "{number}, revision {revision}, rule pack {version}: ")?;
            match &other.outcome {
                Found::Differs(places) => writeln!(out, "differs at {}", places.join(", "))?,
                Found::NoPack(cause) => writeln!(out, "cannot be replayed: {cause}")?,
                Found::Same => writeln!(out, "the same")?,
            }
        }
        writeln!(out, "{same} assessments are the same, {} are not.", others.len())?;
        if others.is_empty() { Ok(()) } else { Err(Failure::Refused) }
    }
}
