//! `varsel admin`

use std::io::Write;
use std::path::{Path, PathBuf};

use anyhow::Context;
use clap::{Args, Subcommand};
use varsel_services::domain::{Clock, RandomIds, SystemClock};
use varsel_services::provider;
use varsel_services::session::{Invitation, invite_administrator};
use varsel_storage::Store;

use super::{Failure, Outcome, keep_files_private, runtime, settings};
use crate::config::Purpose;

#[derive(Subcommand)]
pub(super) enum Admin {
    /// Print a token that makes whoever signs in with it an administrator; it counts once, for 30 minutes
    Bootstrap(Bootstrap),
    /// Print a link with which somebody chooses how they sign in to an account of Varsel's own
    Invite(super::invite::Invite),
    /// Let people sign in through an identity provider as it is configured now, without the two administrators
    TrustProvider(TrustProvider),
}

impl Admin {
    pub(super) fn run(self, file: Option<&Path>, out: &mut dyn Write) -> Outcome {
        match self {
            Self::Bootstrap(bootstrap) => bootstrap.run(file, out),
            Self::Invite(invite) => invite.run(file, out),
            Self::TrustProvider(trust) => trust.run(file, out),
        }
    }
}

/// Prints a token that makes whoever signs in with it an administrator; it counts once, for 30 minutes. Where there is an
/// administrator already, `--force` with a reason is needed; both are written to the access log.
#[derive(Args)]
pub(super) struct Bootstrap {
    /// Make a token although there is an administrator
    #[arg(long, requires = "reason")]
    force: bool,
    /// Why: for the access log
    #[arg(long, requires = "force", value_name = "TEXT")]
    reason: Option<String>,
    /// Data directory, where the embedded database is used
    #[arg(long, value_name = "DIR")]
    data: Option<PathBuf>,
}

impl Bootstrap {
    fn run(self, file: Option<&Path>, out: &mut dyn Write) -> Outcome {
        let config = settings(file, self.data.as_deref(), Purpose::Database)?;
        crate::telemetry::start(&config.log);
        keep_files_private();
        let reason = self.reason.as_deref().map(str::trim).filter(|reason| !reason.is_empty());
        if self.force && reason.is_none() {
            return Err(anyhow::anyhow!("--reason must say why").into());
        }
        let invitation = runtime()?.block_on(async {
            let url = config.database_url();
            let store = Store::connect(&url).await.context("the database does not answer (database.url)")?;
            let ids = RandomIds::from_system();
            let invitation = invite_administrator(&store, &ids, SystemClock.now(), reason).await;
            // Here the operator is the reader: the cause is shown.
            invitation.map_err(|error| {
                anyhow::anyhow!("no token could be made; has `varsel migrate` been run? {error:?}")
            })
        })?;
        match invitation {
            Invitation::Made(token) => {
                let site = config.http.public_url.as_deref().unwrap_or("the server");
                Ok(writeln!(
                    out,
                    "{token}\n\nSign in at {site}, open /account/bootstrap there and paste the token: that makes you an \
                     administrator.\nIt counts once, for 30 minutes."
                )?)
            }
            Invitation::NotNeeded => {
                writeln!(
                    out,
                    "There is an administrator already. To make another way in, say why: --force --reason TEXT"
                )?;
                Err(Failure::Refused)
            }
        }
    }
}

/// Lets people sign in through an identity provider on the settings it has now. This is what two administrators decide
/// together at /providers; it is here for the day when nobody can sign in any more. The access log says who did it and why.
#[derive(Args)]
pub(super) struct TrustProvider {
    /// Its name in the configuration, e.g. `mitid`
    name: String,
    /// Why: for the access log
    #[arg(long, value_name = "TEXT")]
    reason: String,
    /// Data directory, where the embedded database is used
    #[arg(long, value_name = "DIR")]
    data: Option<PathBuf>,
}

impl TrustProvider {
    fn run(self, file: Option<&Path>, out: &mut dyn Write) -> Outcome {
        let config = settings(file, self.data.as_deref(), Purpose::Live)?;
        crate::telemetry::start(&config.log);
        keep_files_private();
        let reason = self.reason.trim();
        if reason.is_empty() {
            return Err(anyhow::anyhow!("--reason must say why").into());
        }
        let trusted = runtime()?.block_on(async {
            let services = super::token::services(&config).await?;
            let trusted = provider::trust_at_command_line(&services, &self.name, reason).await;
            // Here the operator is the reader: the cause is shown.
            trusted.map_err(|error| -> Failure {
                anyhow::anyhow!("it could not be written down; has `varsel migrate` been run? {error:?}")
                    .into()
            })
        })?;
        let name = &self.name;
        if trusted {
            return Ok(writeln!(out, "People can sign in through {name} as it is configured now.")?);
        }
        let names: Vec<_> = config.identity.providers.keys().map(String::as_str).collect();
        writeln!(out, "The configuration has no identity provider {name}; it has: {}.", names.join(", "))?;
        Err(Failure::Refused)
    }
}
