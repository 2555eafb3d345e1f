//! `varsel retention`

use std::io::Write;
use std::path::{Path, PathBuf};

use chrono::{DateTime, Utc};
use clap::{Args, Subcommand};
use varsel_services::domain::retention::{Period, Prolong};
use varsel_services::retention::{self, Report as Told};

use super::{Failure, Outcome, runtime, settings, token};
use crate::config::Purpose;

#[derive(Subcommand)]
pub(super) enum Retention {
    /// What would be erased now, what should have been, what is held, and what the last erasures did
    Report(Report),
}

impl Retention {
    pub(super) fn run(self, file: Option<&Path>, out: &mut dyn Write) -> Outcome {
        match self {
            Self::Report(report) => report.run(file, out),
        }
    }
}

/// Says how long each kind of data is kept, and on what basis. Erases nothing.
#[derive(Args)]
#[command(after_help = "Examples:
  varsel retention report
  varsel retention report --data /var/lib/varsel

A running server erases at midnight and at noon (UTC). Exit code 1 where something is still there a day after its deadline.")]
pub(super) struct Report {
    /// Data directory, where the embedded database is used
    #[arg(long, value_name = "DIR")]
    data: Option<PathBuf>,
}

impl Report {
    fn run(self, file: Option<&Path>, out: &mut dyn Write) -> Outcome {
        let config = settings(file, self.data.as_deref(), Purpose::Database)?;
        let told = runtime()?.block_on(async {
            let services = token::services(&config).await?;
            let told = retention::report(&services).await;
            told.map_err(|error| Failure::Failed(anyhow::anyhow!("{error}")))
        })?;
        tell(out, &told)?;
        let late = told.lines.iter().any(|line| line.overdue > 0);
        if late { Err(Failure::Refused) } else { Ok(()) }
    }
}

fn tell(out: &mut dyn Write, told: &Told) -> std::io::Result<()> {
    writeln!(out, "{:<11} {:>8} {:>8} {:>9}  basis", "kind", "due now", "overdue", "kept")?;
    for line in &told.lines {
        let kept = match line.policy.keep {
            Period::Days(days) => format!("{days} d"),
            Period::Months(months) => format!("{months} mo"),
        };
        let kind = line.policy.kind.word();
        writeln!(out, "{kind:<11} {:>8} {:>8} {kept:>9}  {}", line.due, line.overdue, line.policy.basis.en)?;
        let prolonged = match line.policy.prolong {
            Prolong::Nobody => "",
            Prolong::Hold => "; two administrators may hold it",
        };
        writeln!(out, "            {}, from {}{prolonged}", line.policy.holds.en, line.policy.from.en)?;
    }
    writeln!(out, "\nHeld beyond the deadline: {}", told.held.len())?;
    for held in &told.held {
        let approved = held.approved_by.as_deref().unwrap_or("nobody");
        let (number, until) = (&held.number, day(held.until));
        writeln!(out, "  {number} until {until}, by {} and {approved}: {}", held.proposed_by, held.reason)?;
    }
    writeln!(out, "\nLog entries kept beyond the deadline: {}", told.kept.len())?;
    for kept in &told.kept {
        let name = |by: &Option<String>| by.clone().unwrap_or_else(|| "nobody".to_owned());
        let (whose, from, to, until) = (&kept.name, day(kept.from), day(kept.to), day(kept.until));
        let who = format!("by {} and {}", name(&kept.proposed_by), name(&kept.approved_by));
        writeln!(out, "  {whose}, {from} to {to}, until {until}, {who}: {}", kept.reason)?;
    }
    writeln!(out, "\nLast erasures: {}", told.runs.len())?;
    for run in &told.runs {
        let kinds = run.erased.iter().map(|(kind, rows)| format!("{} {rows}", kind.word()));
        let kinds = Some(kinds.collect::<Vec<_>>().join(", ")).filter(|kinds| !kinds.is_empty());
        let kinds = kinds.unwrap_or_else(|| "nothing was due".to_owned());
        writeln!(out, "  {}  {kinds}; held {}, overdue {}", day(run.began_at), run.held, run.overdue)?;
    }
    Ok(())
}

fn day(instant: DateTime<Utc>) -> String {
    instant.format("%F %R UTC").to_string()
}
