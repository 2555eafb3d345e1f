//! `varsel keys`

use std::io::Write;
use std::path::{Path, PathBuf};

use clap::{Args, Subcommand};
use varsel_services::domain::{Ids as _, RandomIds};
use varsel_services::keys::{Replaced, Word};
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
    /// Wrap with the root key of today what a retired one (`keys.retired`) still wraps, as two administrators approved it
    Rewrap(Rewrap),
    /// Give organisations new keys, as two administrators approved it; nobody who works meanwhile notices
    Renew(Renew),
}

impl Keys {
    pub(super) fn run(self, file: Option<&Path>, out: &mut dyn Write) -> Outcome {
        match self {
            Self::Status(data) => data.status(file, out),
            Self::NewRoot => {
                Ok(writeln!(out, "{}", *RootKey::new(RandomIds::from_system().secret()).to_secret())?)
            }
            Self::Rewrap(rewrap) => rewrap.run(file, out),
            Self::Renew(renew) => renew.run(file, out),
        }
    }
}

/// Where the keys are.
#[derive(Args)]
#[command(after_help = "Examples:
  varsel keys status
  VARSEL_KEYS__ROOT_FILE=new.key VARSEL_KEYS__RETIRED_FILE=old.key varsel keys status

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
            let note = if *name == root { "" } else { ", retired: two administrators replace it at /keys" };
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
}

/// On whose word keys are replaced.
#[derive(Args)]
struct OnWhoseWord {
    /// Without the two administrators, for the day on which there are not two; the compliance report says so
    #[arg(long, requires = "reason")]
    alone: bool,
    /// Why alone: for the log of use
    #[arg(long, requires = "alone", value_name = "TEXT")]
    reason: Option<String>,
}

impl OnWhoseWord {
    fn word(&self) -> Result<Word<'_>, Failure> {
        if !self.alone {
            return Ok(Word::Two);
        }
        let reason = self.reason.as_deref().map(str::trim).filter(|reason| reason.chars().count() >= 10);
        let reason =
            reason.ok_or_else(|| anyhow::anyhow!("--reason must say why, in 10 characters or more"))?;
        Ok(Word::Alone { reason })
    }
}

/// Wraps with the root key of today (`keys.root`) what a retired one (`keys.retired`) still wraps. The server does it by itself as
/// soon as two administrators have approved it at /keys; this does what they approved and no server has done.
#[derive(Args)]
#[command(after_help = "Examples:
  varsel keys rewrap
  varsel keys rewrap --alone --reason 'The old root key was published, and nobody can sign in'

Exit code 1 where no two have approved it.")]
pub(super) struct Rewrap {
    #[command(flatten)]
    on: OnWhoseWord,
    #[command(flatten)]
    data: Data,
}

impl Rewrap {
    fn run(self, file: Option<&Path>, out: &mut dyn Write) -> Outcome {
        let (config, word) = (self.data.config(file)?, self.on.word()?);
        let (replaced, root) = with_services(&config, async |services| {
            let replaced = keys::rewrap(&services, word).await?;
            Ok((replaced, services.store.vault()?.root().to_owned()))
        })?;
        let keys = done(replaced, &config, out)?;
        Ok(writeln!(
            out,
            "{keys} keys wrapped anew, all of them by the root key {root} now: no retired one is needed any more."
        )?)
    }
}

/// Gives an organisation, or all, a new key, which then wraps the keys of its incidents; the one before is destroyed. The server
/// does it by itself as soon as two administrators have approved it at /keys; this does what they approved and no server has done.
#[derive(Args)]
#[command(after_help = "Examples:
  varsel keys renew --organisation 31415926
  varsel keys renew --all --alone --reason 'Somebody has read the memory of the server'

Exit code 1 where no two have approved it.")]
pub(super) struct Renew {
    /// One organisation, by its CVR number
    #[arg(long, value_name = "CVR", required_unless_present = "all")]
    organisation: Option<String>,
    /// Every organisation
    #[arg(long, conflicts_with = "organisation")]
    all: bool,
    #[command(flatten)]
    on: OnWhoseWord,
    #[command(flatten)]
    data: Data,
}

impl Renew {
    fn run(self, file: Option<&Path>, out: &mut dyn Write) -> Outcome {
        let (config, word) = (self.data.config(file)?, self.on.word()?);
        let cvr = self.organisation.as_deref();
        let replaced = with_services(&config, async |services| keys::renew(&services, cvr, word).await)?;
        let keys = done(replaced, &config, out)?;
        Ok(writeln!(out, "{keys} keys of incidents are wrapped by new keys.")?)
    }
}

/// How many keys; or a sentence that says why none, and the way out.
fn done(replaced: Replaced, config: &Config, out: &mut dyn Write) -> Result<u64, Failure> {
    match replaced {
        Replaced::Keys(keys) => return Ok(keys),
        Replaced::UnknownOrganisation => {
            writeln!(out, "No organisation with that CVR number has reported.")?;
        }
        Replaced::NotApproved => {
            let site = config.http.public_url.as_deref().unwrap_or_default();
            writeln!(
                out,
                "Nothing was changed: no two administrators have approved this in the last 14 days, or it is done already. One \
                 proposes it at {site}/keys, another approves it, and the server does it. Where there are not two: --alone --reason \
                 TEXT."
            )?;
        }
        Replaced::OtherRoot { approved } => {
            writeln!(
                out,
                "Nothing was changed: two administrators approved the root key {approved}, and keys.root is another one. Give the \
                 approved one as keys.root."
            )?;
        }
    }
    Err(Failure::Refused)
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
