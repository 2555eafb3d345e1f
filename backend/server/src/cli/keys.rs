//! `varsel keys`

use std::io::Write;
use std::path::{Path, PathBuf};

use clap::{Args, Subcommand};
use varsel_services::domain::{Ids as _, RandomIds};
use varsel_services::{Services, keys};
use varsel_storage::keys::RootKey;

use super::{Failure, Outcome, runtime, settings, token};
use crate::config::{Config, Purpose};

#[derive(Subcommand)]
pub(super) enum Keys {
    /// What the vault holds: which root keys it needs, and whether every incident has its key
    Status(Data),
    /// Make a new root key, for the settings of a server (`keys.root`)
    NewRoot,
    /// Wrap with the root key of today what a retired one (`keys.retired`) still wraps
    Rewrap(Data),
    /// Give organisations new keys; nobody who works meanwhile notices
    Renew(Renew),
}

impl Keys {
    pub(super) fn run(self, file: Option<&Path>, out: &mut dyn Write) -> Outcome {
        match self {
            Self::Status(data) => data.status(file, out),
            Self::NewRoot => {
                Ok(writeln!(out, "{}", *RootKey::new(RandomIds::from_system().secret()).to_secret())?)
            }
            Self::Rewrap(data) => data.rewrap(file, out),
            Self::Renew(renew) => renew.run(file, out),
        }
    }
}

/// Where the keys are.
#[derive(Args)]
#[command(after_help = "Examples:
  varsel keys status
  VARSEL_KEYS__ROOT_FILE=new.key VARSEL_KEYS__RETIRED_FILE=old.key varsel keys rewrap

Exit code 1 where a retired root key is still needed, or an incident has no key.")]
pub(super) struct Data {
    /// Data directory, where the embedded database is used
    #[arg(long, value_name = "DIR")]
    data: Option<PathBuf>,
}

impl Data {
    fn config(&self, file: Option<&Path>) -> Result<Config, Failure> {
        settings(file, self.data.as_deref(), Purpose::Database)
    }

    fn status(self, file: Option<&Path>, out: &mut dyn Write) -> Outcome {
        let config = self.config(file)?;
        let (status, without, root) = with_services(&config, async |services| {
            let (status, without) = keys::status(&services).await?;
            Ok((status, without, services.store.vault()?.root().to_owned()))
        })?;
        writeln!(out, "Root key {root} wraps.")?;
        for (name, count) in &status.owners {
            let note = if *name == root { "" } else { ", retired: run `varsel keys rewrap`" };
            writeln!(out, "  {name}  {count} keys of organisations and accounts{note}")?;
        }
        writeln!(out, "Incidents with a key: {}; keys destroyed: {}.", status.incidents, status.destroyed)?;
        if !without.is_empty() {
            writeln!(
                out,
                "Incidents without one, which cannot be read until the newest backup of the vault is restored: {}",
                without.len()
            )?;
        }
        for id in &without {
            writeln!(out, "  {id}")?;
        }
        let retired = status.owners.keys().any(|name| *name != root);
        if retired || !without.is_empty() { Err(Failure::Refused) } else { Ok(()) }
    }

    fn rewrap(self, file: Option<&Path>, out: &mut dyn Write) -> Outcome {
        let config = self.config(file)?;
        let (done, root) = with_services(&config, async |services| {
            let done = keys::rewrap(&services).await?;
            Ok((done, services.store.vault()?.root().to_owned()))
        })?;
        Ok(writeln!(
            out,
            "{done} keys wrapped anew, all of them by the root key {root} now: no retired one is needed any more."
        )?)
    }
}

/// Gives an organisation, or all, a new key, which then wraps the keys of its incidents; the one before is destroyed. The log of
/// use says so.
#[derive(Args)]
#[command(after_help = "Examples:
  varsel keys renew --organisation 31415926
  varsel keys renew --all")]
pub(super) struct Renew {
    /// One organisation, by its CVR number
    #[arg(long, value_name = "CVR", required_unless_present = "all")]
    organisation: Option<String>,
    /// Every organisation
    #[arg(long, conflicts_with = "organisation")]
    all: bool,
    #[command(flatten)]
    data: Data,
}

impl Renew {
    fn run(self, file: Option<&Path>, out: &mut dyn Write) -> Outcome {
        let config = self.data.config(file)?;
        let cvr = self.organisation.as_deref();
        let done = with_services(&config, async |services| keys::renew(&services, cvr).await)?;
        let Some(done) = done else {
            writeln!(out, "No organisation with that CVR number has reported.")?;
            return Err(Failure::Refused);
        };
        Ok(writeln!(out, "{done} keys of incidents are wrapped by new keys.")?)
    }
}

fn with_services<T>(
    config: &Config,
    act: impl AsyncFnOnce(Services) -> Result<T, varsel_services::Error>,
) -> Result<T, Failure> {
    runtime()?.block_on(async {
        let services = token::services(config).await?;
        // Here the operator is the reader: the cause is shown.
        act(services).await.map_err(|error| Failure::Failed(anyhow::anyhow!("{error:?}")))
    })
}
