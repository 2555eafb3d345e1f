//! Settings: a readable default, then a file, then the environment; every mistake is listed at once.

mod attempts;
mod check;
mod database;
mod environment;
mod installation;
mod keys;
mod retention;
mod trust;
mod use_log;
mod walk;

use std::collections::BTreeMap;
use std::net::{IpAddr, SocketAddr};
use std::path::{Path, PathBuf};

pub use attempts::Attempts;
pub use check::{Mistake, Purpose};
use chrono::TimeDelta;
pub use database::Database;
use figment::Figment;
use figment::providers::{Format, Serialized, Toml};
pub use keys::Keys;
pub use retention::Retention;
use schemars::JsonSchema;
use secrecy::{ExposeSecret, SecretString};
use serde::Deserialize;
use serde_json::Value;
pub use trust::configured;
use url::Url;
pub use use_log::UseLog;
use varsel_services::local::{self, Breached, Hasher, Local};

use crate::tls;

/// The settings as they are when nobody says otherwise, with a comment on each.
pub const DEFAULT: &str = include_str!("config.default.toml");

/// Settings of the server.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[schemars(title = "Settings of Varsel")]
pub struct Config {
    /// Directory for what the server keeps: the embedded database, and the mails of the demo.
    pub data: PathBuf,
    /// Where the server listens.
    pub http: Http,
    /// TLS of the server's own, where no proxy in front of it ends TLS.
    #[serde(default)]
    pub tls: Tls,
    /// Where reports are kept.
    pub database: Database,
    /// The rule pack in force.
    pub pack: PackSettings,
    /// How mails leave.
    pub mail: Mail,
    /// How people sign in.
    pub identity: Identity,
    /// How long they stay signed in.
    pub sessions: Sessions,
    /// When too many rejected attempts close a way in.
    pub attempts: Attempts,
    /// What holds for authorisations.
    pub authorisations: Authorisations,
    /// How long what is kept is kept.
    pub retention: Retention,
    /// The log of use: who saw what.
    pub use_log: UseLog,
    /// The keys of what is sealed.
    #[serde(default)]
    pub keys: Keys,
    /// What is logged.
    pub log: Log,
}

/// Where the server listens.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
pub struct Http {
    /// Address to listen on.
    #[schemars(with = "String", extend("format" = "ip"))]
    pub address: IpAddr,
    /// Port to listen on; 0 chooses a free one.
    pub port: u16,
    /// Seconds in which the body of a request must arrive.
    #[schemars(range(min = 1, max = 300))]
    pub body_timeout: u16,
    /// Addresses and networks of the proxies in front of the server: they are believed when they say whom a request comes from.
    pub proxies: Vec<String>,
    /// Address under which people reach the server, without a path, e.g. `https://varsel.example.dk`.
    #[serde(default)]
    pub public_url: Option<String>,
}

/// TLS of the server's own, where no proxy in front of it ends TLS.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
pub struct Tls {
    /// File with the certificate and those between it and the root, in PEM.
    #[serde(default)]
    pub certificate: Option<PathBuf>,
    /// File with the certificate's key, in PEM without a password; not open to everybody on the machine.
    #[serde(default)]
    pub key: Option<PathBuf>,
    /// Port that sends people who come without TLS on to `http.public_url`.
    #[serde(default)]
    #[schemars(range(min = 1))]
    pub redirect_port: Option<u16>,
}

/// The rule pack in force.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
pub struct PackSettings {
    /// Directory of a pack that the program brings along in the place of the one built in; in force at the first start only.
    #[serde(default)]
    pub directory: Option<PathBuf>,
}

/// How mails leave.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
pub struct Mail {
    /// Sender of receipts and notices.
    pub from: String,
    /// The relay.
    pub smtp: Smtp,
    /// Mailboxes of units, where they are others than the rule pack says.
    pub units: BTreeMap<String, String>,
}

/// The relay.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
pub struct Smtp {
    /// `smtp://host:port` or `smtps://user:password@host:port`.
    #[serde(default)]
    #[schemars(with = "Option<String>", extend("writeOnly" = true))]
    pub url: Option<SecretString>,
}

/// The OpenID Connect providers through which people sign in.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
pub struct Identity {
    /// What holds for a provider that does not say otherwise.
    pub defaults: ProviderDefaults,
    /// The providers, by a name that stands in addresses.
    #[serde(default)]
    pub providers: BTreeMap<String, Provider>,
    /// Accounts that Varsel itself vouches for.
    pub local: LocalAccounts,
}

/// Accounts that Varsel itself vouches for: a passkey, or a password with codes.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
pub struct LocalAccounts {
    /// Whether there are any.
    pub enabled: bool,
    /// Whether people of a provider may add ways of their own, for the day it does not answer.
    pub fallback: bool,
    /// A file of passwords known from breaches elsewhere: lines of `SHA1:count`, in order.
    #[serde(default)]
    pub breached_passwords: Option<PathBuf>,
    /// Names of whoever runs the server, of which no password may be made.
    pub names: Vec<String>,
    /// Days after which a password must be changed; never where it is not set.
    #[serde(default)]
    #[schemars(range(min = 30, max = 3650))]
    pub password_lifetime_days: Option<u16>,
}

impl LocalAccounts {
    /// The accounts, for a server that people reach at `public_url`.
    ///
    /// # Errors
    /// The list of breached passwords cannot be read; passwords cannot be hashed.
    pub fn build(&self, public_url: &Url) -> anyhow::Result<Local> {
        if !self.enabled {
            return Ok(Local::off());
        }
        let breached = self.breached_passwords.as_deref().map(Breached::open).transpose()?;
        let settings = local::Settings {
            fallback: self.fallback,
            password_lifetime: self.password_lifetime_days.map(|days| TimeDelta::days(days.into())),
            breached: breached.unwrap_or_default(),
            names: self.names.clone(),
        };
        Ok(Local::on(settings, Hasher::strong()?, public_url))
    }
}

/// What holds for a provider that does not say otherwise.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
pub struct ProviderDefaults {
    /// Scopes to ask for.
    pub scopes: Vec<String>,
    /// Assurance levels (`acr`) that are accepted; empty accepts every level.
    pub acr: Vec<String>,
    /// Signature algorithms that are accepted.
    pub algorithms: Vec<String>,
    /// How long ago, in minutes, the person may have signed in at the provider; any time where it is not set.
    #[serde(default)]
    pub max_age_minutes: Option<u16>,
    /// Names of the claims; the first that is there counts.
    pub claims: ClaimNames,
}

/// An OpenID Connect provider.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
pub struct Provider {
    /// Its issuer address.
    #[serde(default)]
    pub issuer: String,
    /// What the provider calls this server.
    #[serde(default)]
    pub client_id: String,
    /// The password for that.
    #[serde(default)]
    #[schemars(with = "Option<String>", extend("writeOnly" = true))]
    pub client_secret: Option<SecretString>,
    /// What people call it; needed where they choose between several.
    #[serde(default)]
    pub label: Option<Label>,
    /// Scopes to ask for.
    pub scopes: Vec<String>,
    /// Assurance levels (`acr`) that are accepted; empty accepts every level.
    pub acr: Vec<String>,
    /// Signature algorithms that are accepted.
    pub algorithms: Vec<String>,
    /// How long ago, in minutes, the person may have signed in at the provider; any time where it is not set.
    #[serde(default)]
    pub max_age_minutes: Option<u16>,
    /// Which rights its claims give: `claims` all that they name, `authorisations` none. Where it is not set, those of an
    /// organisation.
    #[serde(default)]
    pub grants: Option<Grants>,
    /// Names of the claims; the first that is there counts.
    pub claims: ClaimNames,
}

/// A name for people.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
pub struct Label {
    /// In Danish.
    pub da: String,
    /// In English.
    pub en: String,
}

/// Which rights a provider's claims give.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Grants {
    /// All that they name.
    Claims,
    /// None: everybody needs an authorisation.
    Authorisations,
}

impl Grants {
    /// As it stands in a file.
    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::Claims => "claims",
            Self::Authorisations => "authorisations",
        }
    }
}

/// What holds for authorisations.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
pub struct Authorisations {
    /// Days for which an authorisation of an auditor or technician may last.
    #[schemars(range(min = 1, max = 90))]
    pub longest_temporary_days: u16,
}

impl Authorisations {
    /// The same, as the services count.
    pub fn longest_temporary(&self) -> TimeDelta {
        TimeDelta::days(self.longest_temporary_days.into())
    }
}

/// How long sessions last.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
pub struct Sessions {
    /// Minutes a session lasts unused in a function that sees the reports of others.
    #[schemars(range(min = 1, max = 15))]
    pub authority_idle_minutes: u16,
    /// Minutes a reporter's session lasts unused.
    #[schemars(range(min = 1, max = 480))]
    pub reporter_idle_minutes: u16,
    /// Hours a session lasts at most, used or not.
    #[schemars(range(min = 1, max = 24))]
    pub longest_hours: u16,
    /// How many sessions a person may have at once.
    #[schemars(range(min = 1, max = 50))]
    pub parallel: u16,
}

impl Sessions {
    /// The same, as the services count.
    pub fn limits(&self) -> varsel_services::session::Limits {
        varsel_services::session::Limits {
            authority_idle: TimeDelta::minutes(self.authority_idle_minutes.into()),
            reporter_idle: TimeDelta::minutes(self.reporter_idle_minutes.into()),
            longest: TimeDelta::hours(self.longest_hours.into()),
            parallel: self.parallel.into(),
        }
    }
}

/// Names of the claims under which the provider says who somebody is.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
pub struct ClaimNames {
    /// The person's name.
    pub name: Vec<String>,
    /// The person's mail address.
    pub email: Vec<String>,
    /// CVR number of the organisation.
    pub cvr: Vec<String>,
    /// Legal name of the organisation.
    pub organisation_name: Vec<String>,
    /// The unit that an officer works for.
    pub unit: Vec<String>,
    /// A function for the platform itself.
    pub function: Vec<String>,
    /// What the human being is known by, whatever account they use.
    pub natural_person: Vec<String>,
    /// How strongly the person showed who they are.
    pub assurance: Vec<String>,
    /// The person's language.
    pub language: Vec<String>,
}

/// What is logged.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
pub struct Log {
    /// For people or for machines.
    pub format: LogFormat,
    /// `error`, `warn`, `info`, `debug` or `trace`, also per module.
    pub level: String,
}

/// The form of log lines.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum LogFormat {
    /// For people.
    Text,
    /// One JSON object a line.
    Json,
}

impl Config {
    /// Reads the default, then `file`, then `environment` (all variables of the process), and checks everything.
    ///
    /// # Errors
    /// Every mistake, each with its key, where it stands and what to write instead.
    pub fn load(
        file: Option<&Path>,
        environment: impl IntoIterator<Item = (String, String)>,
        purpose: Purpose,
    ) -> Result<Self, Vec<Mistake>> {
        let schema = schema();
        let mut settings = Figment::from(Toml::string(DEFAULT));
        let mut mistakes = Vec::new();
        if let Some(path) = file {
            let layer = read_file(path).unwrap_or_else(|mistake| {
                mistakes.push(mistake);
                Value::Null
            });
            let name = path.display().to_string();
            let sound = walk::sound_part(&schema, layer, &|_| name.clone(), &mut mistakes);
            settings = settings.merge(Serialized::defaults(sound));
        }
        let variables = environment::read(&schema, environment, &mut mistakes);
        let sound = walk::sound_part(&schema, variables, &environment::variable, &mut mistakes);
        let said = settings.merge(Serialized::defaults(sound));
        let whole = match said.extract::<Value>() {
            Ok(tree) => Figment::from(Serialized::defaults(with_defaults(tree))),
            // What is wrong with it is told by the reading below.
            Err(_) => said,
        };
        match whole.extract::<Self>() {
            Ok(config) => {
                mistakes.extend(check::check(&config, purpose));
                if mistakes.is_empty() { Ok(config) } else { Err(mistakes) }
            }
            Err(errors) => {
                mistakes.extend(errors.into_iter().map(|error| Mistake::of_figment(&error)));
                Err(mistakes)
            }
        }
    }

    /// Where the server listens.
    pub fn listen_on(&self) -> SocketAddr {
        SocketAddr::new(self.http.address, self.http.port)
    }

    /// The certificate and its key, where the server speaks TLS itself.
    pub fn certificate(&self) -> Option<tls::Files> {
        let (certificate, key) = self.tls.certificate.clone().zip(self.tls.key.clone())?;
        let address = Url::parse(self.http.public_url.as_deref()?).ok()?;
        Some(tls::Files { certificate, key, host: address.host_str()?.to_owned() })
    }

    /// The database's address: the embedded one where none is set.
    pub fn database_url(&self) -> String {
        match &self.database.url {
            Some(url) => url.expose_secret().to_owned(),
            None => format!("sqlite://{}", self.data.join("varsel.db").display()),
        }
    }
}

/// Fills in what a provider does not say from `identity.defaults`.
fn with_defaults(mut tree: Value) -> Value {
    let Some(identity) = tree.get_mut("identity") else { return tree };
    let defaults = identity.get("defaults").cloned().unwrap_or_default();
    let providers = identity.get_mut("providers").and_then(Value::as_object_mut);
    for provider in providers.into_iter().flat_map(serde_json::Map::values_mut) {
        let said = std::mem::replace(provider, defaults.clone());
        lay_over(provider, said);
    }
    tree
}

fn lay_over(below: &mut Value, above: Value) {
    match (below, above) {
        (Value::Object(below), Value::Object(above)) => {
            for (name, value) in above {
                lay_over(below.entry(name).or_insert(Value::Null), value);
            }
        }
        (below, above) => *below = above,
    }
}

/// A settings file as a tree.
fn read_file(path: &Path) -> Result<Value, Mistake> {
    let name = path.display().to_string();
    let mistake = |problem: String| Mistake { key: String::new(), source: name.clone(), problem };
    let text = std::fs::read_to_string(path).map_err(|error| mistake(format!("cannot be read: {error}")))?;
    let tree = Figment::from(Toml::string(&text)).extract();
    // The parser quotes the line that it cannot read, which may hold a secret: only its first line, the place, is shown.
    tree.map_err(|error: figment::Error| {
        let words = error.to_string();
        mistake(format!("is not TOML: {}", words.lines().next().unwrap_or_default()))
    })
}

/// JSON Schema (2020-12) of a settings file.
pub fn schema() -> Value {
    let settings = schemars::generate::SchemaSettings::draft2020_12().with(|settings| {
        settings.inline_subschemas = true;
    });
    let mut schema = settings.into_generator().into_root_schema_for::<Config>().to_value();
    walk::close(&mut schema);
    schema
}

#[cfg(test)]
mod tests;
