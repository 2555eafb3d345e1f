//! `varsel schema`

use std::io::Write;
use std::path::PathBuf;

use clap::Subcommand;

use super::{Outcome, compliance, load_pack};

#[derive(Subcommand)]
pub(super) enum Schema {
    /// The GraphQL schema, in the definition language
    Graphql,
    /// The JSON Schema of the facts
    Facts {
        /// Directory of a rule pack, or the name of one built in (dk, dk-draft); the law in force where none is given
        #[arg(long, value_name = "DIR")]
        pack: Option<PathBuf>,
    },
    /// The JSON Schema of the settings
    Config,
    /// The JSON Schema of the report for the supervising authority
    ComplianceReport,
    /// The JSON Schema of a report that is prepared here and filed elsewhere
    PreparedReport,
}

impl Schema {
    pub(super) fn run(self, out: &mut dyn Write) -> Outcome {
        let text = match self {
            Self::Graphql => crate::graphql::sdl(),
            Self::Facts { pack } => {
                serde_json::to_string_pretty(&load_pack(pack.as_deref())?.facts_schema())?
            }
            Self::PreparedReport => serde_json::to_string_pretty(&crate::prepared::schema())?,
            Self::ComplianceReport => serde_json::to_string_pretty(&compliance::schema())?,
            Self::Config => serde_json::to_string_pretty(&crate::config::schema())?,
        };
        Ok(writeln!(out, "{}", text.trim_end())?)
    }
}
