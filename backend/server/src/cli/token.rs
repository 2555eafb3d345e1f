//! `varsel token`: tokens with which programs use the API. An operator makes them, on the machine of the database.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use chrono::{DateTime, Utc};
use clap::{Args, Subcommand};
use varsel_services::domain::organisation::Person;
use varsel_services::domain::{ApiTokenId, RandomIds, SystemClock};
use varsel_services::live::Live;
use varsel_services::local::Local;
use varsel_services::pack::Shelf;
use varsel_services::{Services, api_token};
use varsel_storage::api_token::ApiToken;

use super::{Failure, Outcome, keep_files_private, load_pack, runtime, settings};
use crate::config::{Config, Purpose, configured};

/// Work on tokens with which programs use the API
#[derive(Subcommand)]
#[command(after_help = "Examples:
  varsel token create --as karen@nordvind.example --name 'ticket system' --days 90
  varsel token list
  varsel token revoke token_019b...")]
pub(super) enum Token {
    /// Make a token; it is printed once and cannot be shown again
    Create(Create),
    /// List every token there ever was: whose, until when, last used
    List(Where),
    /// End a token from now on
    Revoke(Revoke),
}

#[derive(Args)]
pub(super) struct Where {
    /// Data directory, where the embedded database is used
    #[arg(long, value_name = "DIR")]
    data: Option<PathBuf>,
}

#[derive(Args)]
pub(super) struct Create {
    /// As whom the program acts: the mail address or id of somebody who has signed in before, or a handle of the demo
    #[arg(long = "as", value_name = "PERSON")]
    person: String,
    /// What the token is for, in your words
    #[arg(long)]
    name: String,
    /// How many days it lasts, 366 at most
    #[arg(long)]
    days: u32,
    #[command(flatten)]
    place: Where,
}

#[derive(Args)]
pub(super) struct Revoke {
    /// Id of the token, as `varsel token list` prints it
    token: ApiTokenId,
    #[command(flatten)]
    place: Where,
}

impl Token {
    pub(super) fn run(self, file: Option<&Path>, out: &mut dyn Write) -> Outcome {
        let (Self::Create(Create { place, .. }) | Self::List(place) | Self::Revoke(Revoke { place, .. })) =
            &self;
        let config = settings(file, place.data.as_deref(), Purpose::Database)?;
        crate::telemetry::start(&config.log);
        keep_files_private();
        let work = async {
            let services = services(&config).await?;
            Ok(self.work(&services, out).await?)
        };
        runtime()?.block_on(work)
    }

    async fn work(&self, services: &Services, out: &mut dyn Write) -> anyhow::Result<()> {
        match self {
            Self::Create(wanted) => {
                let made = api_token::create(services, &wanted.person, &wanted.name, wanted.days).await;
                let (token, person, secret) = made.map_err(with_cause)?;
                writeln!(out, "{secret}\n")?;
                writeln!(out, "Keep it now, it is not shown again: the database has only its hash.")?;
                line(out, &token, &person, services.clock.now())?;
            }
            Self::List(_) => {
                for (token, person) in api_token::list(services).await.map_err(with_cause)? {
                    line(out, &token, &person, services.clock.now())?;
                }
            }
            Self::Revoke(Revoke { token, .. }) => {
                let token = api_token::revoke(services, *token).await.map_err(with_cause)?;
                writeln!(out, "{} ({}) is refused from now on.", token.id, token.name)?;
            }
        }
        Ok(())
    }
}

/// Here the operator is the reader: the cause of what is internal is shown.
fn with_cause(error: varsel_services::Error) -> anyhow::Error {
    match error {
        varsel_services::Error::Storage(cause) => {
            anyhow::Error::from(cause).context("the database failed (has it been migrated?)")
        }
        error => error.into(),
    }
}

/// A token in two lines.
fn line(out: &mut dyn Write, token: &ApiToken, person: &Person, now: DateTime<Utc>) -> std::io::Result<()> {
    let state = match token.revoked_at {
        Some(at) => format!("revoked {}", day(at)),
        None if token.expires_at <= now => format!("expired {}", day(token.expires_at)),
        None => format!("lasts until {}", day(token.expires_at)),
    };
    let used =
        token.last_used_at.map_or_else(|| "never used".to_owned(), |at| format!("last used {}", day(at)));
    writeln!(out, "{}  {}", token.id, token.name)?;
    writeln!(
        out,
        "  acts as {} ({}), made {}, {state}, {used}",
        person.name,
        person.id,
        day(token.created_at)
    )
}

fn day(instant: DateTime<Utc>) -> String {
    instant.format("%F %R UTC").to_string()
}

/// The parts of the use cases for one command: no server runs around it.
///
/// # Errors
/// The pack cannot be read, or the database does not answer.
pub(super) async fn services(config: &Config) -> Result<Services, Failure> {
    let pack = load_pack(config.pack.directory.as_deref())?;
    let store = config.store().await?;
    let ids = Arc::new(RandomIds::from_system());
    let log = Arc::new(config.keeper(&*ids, &store).await?);
    Ok(Services {
        store,
        packs: Shelf::with_one(Arc::new(pack)),
        clock: Arc::new(SystemClock),
        attempts: config.attempts.settings(log.signer()),
        live: Live::default(),
        sessions: config.sessions.limits(),
        providers: configured(&config.identity.providers),
        log,
        ids,
        longest_temporary: config.authorisations.longest_temporary(),
        configured: config.critical(),
        local: Arc::new(Local::off()),
    })
}
