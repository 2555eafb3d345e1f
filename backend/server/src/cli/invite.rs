//! `varsel admin invite`: the first people of an installation without an identity provider.

use std::io::Write;
use std::path::{Path, PathBuf};

use clap::{ArgGroup, Args, ValueEnum};
use varsel_services::Error;
use varsel_services::domain::organisation::Language;
use varsel_services::local::{Home, Invitee, invite_from_terminal};

use super::token::services;
use super::{Failure, Outcome, keep_files_private, runtime, settings};
use crate::config::Purpose;

/// Prints a link with which somebody chooses how they sign in to an account of Varsel's own (identity.local.enabled). It works
/// once, for 24 hours. To name an administrator where there is one already, say why; that is written to the access log.
#[derive(Args)]
#[command(group = ArgGroup::new("home").required(true).args(["unit", "cvr", "function"]), after_help = "Examples:
  varsel admin invite --name 'Birgit Skov' --email birgit@varsel.example --function administrator
  varsel admin invite --name 'Aase Ravn' --email aase@nordvind.example --cvr 99991003 --organisation 'Nordvind Elnet A/S'
  varsel admin invite --name 'Bo Holm' --email bo@sektorcert.example --unit sektorcert")]
pub(super) struct Invite {
    /// Name
    #[arg(long)]
    name: String,
    /// Mail address: what they sign in with; no mail is sent
    #[arg(long)]
    email: String,
    /// Language of their mails
    #[arg(long, value_enum, default_value = "da")]
    language: Tongue,
    /// The unit they work for, by its id in the rule pack
    #[arg(long, value_name = "UNIT")]
    unit: Option<String>,
    /// CVR number of the organisation they report for
    #[arg(long, value_name = "NUMBER")]
    cvr: Option<String>,
    /// Legal name of that organisation, where it is not registered yet
    #[arg(long, value_name = "NAME", requires = "cvr")]
    organisation: Option<String>,
    /// A function for the platform itself
    #[arg(long, value_enum)]
    function: Option<Function>,
    /// Why, where there is an administrator already: for the access log
    #[arg(long, value_name = "TEXT", requires = "function")]
    reason: Option<String>,
    /// Data directory, where the embedded database is used
    #[arg(long, value_name = "DIR")]
    data: Option<PathBuf>,
}

#[derive(Clone, Copy, ValueEnum)]
enum Tongue {
    Da,
    En,
}

#[derive(Clone, Copy, ValueEnum)]
enum Function {
    Administrator,
    SecurityOfficer,
}

impl Invite {
    pub(super) fn run(self, file: Option<&Path>, out: &mut dyn Write) -> Outcome {
        let config = settings(file, self.data.as_deref(), Purpose::Database)?;
        crate::telemetry::start(&config.log);
        keep_files_private();
        if !config.identity.local.enabled {
            writeln!(
                out,
                "This installation has no accounts of Varsel's own. Set identity.local.enabled = true first."
            )?;
            return Err(Failure::Refused);
        }
        let reason = self.reason.clone();
        let reason = reason.as_deref().map(str::trim).filter(|reason| !reason.is_empty());
        let whom = self.invitee();
        let invited = runtime()?.block_on(async {
            let services = services(&config).await?;
            Ok::<_, Failure>(invite_from_terminal(&services, whom, reason).await)
        })?;
        match invited {
            Ok((_, token)) => {
                let site = config.http.public_url.as_deref().unwrap_or("http://localhost:8080");
                let site = site.trim_end_matches('/');
                Ok(writeln!(
                    out,
                    "{site}/welcome#{token}\n\nGive this link to that person only, by a way that others cannot read. It works \
                     once, for 24 hours."
                )?)
            }
            Err(Error::Invalid { field, message }) => {
                writeln!(out, "{field}: {}", message.en)?;
                Err(Failure::Refused)
            }
            Err(error) => {
                Err(anyhow::anyhow!("nobody was invited; has `varsel migrate` been run? {error:?}").into())
            }
        }
    }

    fn invitee(self) -> Invitee {
        let home = match (self.unit, self.cvr, self.function) {
            (Some(unit), _, _) => Home::Unit(unit),
            (_, _, Some(Function::Administrator)) => Home::Platform("administrator".to_owned()),
            (_, _, Some(Function::SecurityOfficer)) => Home::Platform("security_officer".to_owned()),
            (_, cvr, None) => Home::Organisation { cvr: cvr.unwrap_or_default(), name: self.organisation },
        };
        let language = match self.language {
            Tongue::Da => Language::Da,
            Tongue::En => Language::En,
        };
        Invitee { name: self.name, email: self.email, language, home }
    }
}
