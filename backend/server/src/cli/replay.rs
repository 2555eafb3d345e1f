//! `varsel replay`

use std::io::Write;
use std::path::{Path, PathBuf};

use clap::Args;
use varsel_services::report::{Replay as Found, Replayed, replay};

use super::{Failure, Outcome, runtime, settings};
use crate::config::Purpose;

/// Assesses what is stored once more, under the version of the rules it was assessed under, and compares. Writes nothing.
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
        let (mut same, mut others) = (0_u64, Vec::new());
        let each = |replayed: Replayed| match replayed.outcome {
            Found::Same => same = same.saturating_add(1),
            _ => others.push(replayed),
        };
        runtime()?.block_on(async {
            let store = config.store().await?;
            let done = replay(&store, self.incident.as_deref(), each).await;
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
