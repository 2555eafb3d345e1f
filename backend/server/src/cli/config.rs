//! `varsel config`

use std::io::Write;
use std::path::Path;

use clap::Subcommand;

use super::{Outcome, settings};
use crate::config::{DEFAULT, Purpose};

#[derive(Subcommand)]
pub(super) enum ConfigCommand {
    /// Say what a server could not start with: every mistake at once
    Check {
        /// Check for `serve --demo` instead of a real server
        #[arg(long)]
        demo: bool,
    },
    /// Print the default settings, each with its comment
    Default,
}

impl ConfigCommand {
    pub(super) fn run(self, file: Option<&Path>, out: &mut dyn Write) -> Outcome {
        match self {
            Self::Check { demo } => {
                let purpose = if demo { Purpose::Demo } else { Purpose::Live };
                let config = settings(file, None, purpose)?;
                for caution in config.cautions() {
                    writeln!(out, "Warning: {caution}.")?;
                }
                Ok(writeln!(
                    out,
                    "The settings are sound; the server would listen on {}.",
                    config.listen_on()
                )?)
            }
            Self::Default => Ok(out.write_all(DEFAULT.as_bytes())?),
        }
    }
}
