//! `varsel pack`

use std::io::Write;
use std::path::PathBuf;

use clap::Subcommand;

use super::{Outcome, load_pack};

#[derive(Subcommand)]
pub(super) enum Pack {
    /// Check a rule pack: every mistake is named with its file and line
    #[command(
        after_help = "Examples:\n  varsel pack check backend/packs/dk\n  varsel pack check          the pack built in"
    )]
    Check {
        /// Directory of the pack; the one built in where none is given
        directory: Option<PathBuf>,
    },
}

impl Pack {
    pub(super) fn run(self, out: &mut dyn Write) -> Outcome {
        let Self::Check { directory } = self;
        let pack = load_pack(directory.as_deref())?;
        let (facts, units) = (pack.facts().len(), pack.units().len());
        Ok(writeln!(
            out,
            "Pack {} {}: {facts} facts, {units} units, no mistakes.",
            pack.id(),
            pack.version()
        )?)
    }
}
