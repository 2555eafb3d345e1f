//! What settings must satisfy before a server starts with them.

mod tls;

use std::fmt;

use secrecy::ExposeSecret;
use varsel_log::key::Signer;
use varsel_services::local::Breached;

use super::{Config, Provider};
use crate::http::{Network, Site, is_loopback};
use crate::oidc;
use crate::witness::Listener;

/// What the settings are for; that decides what must be set.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    /// A server for real reports.
    Live,
    /// A server with invented people, on this machine only.
    Demo,
    /// Work on the database only.
    Database,
}

/// A setting that cannot be used, and the way out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mistake {
    /// The key, e.g. `http.port`; empty where it is about a whole file.
    pub key: String,
    /// The file or variable it stands in; empty where it is not set at all.
    pub source: String,
    /// What is wrong and what to write instead.
    pub problem: String,
}

impl fmt::Display for Mistake {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.key.as_str(), self.source.as_str()) {
            ("", source) => write!(f, "{source}: {}", self.problem),
            (key, "") => write!(f, "{key}: {}", self.problem),
            (key, source) => write!(f, "{key} ({source}): {}", self.problem),
        }
    }
}

impl Mistake {
    pub(super) fn of(key: &str, problem: impl Into<String>) -> Self {
        Self { key: key.to_owned(), source: String::new(), problem: problem.into() }
    }

    pub(super) fn of_figment(error: &figment::Error) -> Self {
        Self::of(&error.path.join("."), error.kind.to_string())
    }
}

impl Config {
    /// What a server starts with, and what rests on a promise that nobody here can verify; each with its key.
    pub fn cautions(&self) -> Vec<String> {
        let lax = self.identity.providers.iter().filter(|(_, provider)| provider.acr.is_empty());
        lax.map(|(name, _)| {
            format!(
                "identity.providers.{name}.acr: is empty, so a sign-in counts however weak it was; name the levels that are \
                 accepted, unless this provider itself insists on two factors"
            )
        })
        .collect()
    }
}

/// Every mistake in settings that have the right form.
pub(super) fn check(config: &Config, purpose: Purpose) -> Vec<Mistake> {
    let mut mistakes = Vec::new();
    database(config, &mut mistakes);
    config.database.check(&mut mistakes);
    if !(1..=300).contains(&config.http.body_timeout) {
        mistakes.push(Mistake::of("http.body_timeout", "must be 1 to 300 seconds"));
    }
    proxies(config, &mut mistakes);
    attempts(config, &mut mistakes);
    log(config, &mut mistakes);
    use_log(config, &mut mistakes);
    config.keys.check(&mut mistakes);
    if !(1..=90).contains(&config.authorisations.longest_temporary_days) {
        mistakes.push(Mistake::of("authorisations.longest_temporary_days", "must be 1 to 90 days"));
    }
    config.retention.check(&mut mistakes);
    if let Some(directory) = config.pack.directory.as_ref().filter(|directory| !directory.is_dir()) {
        mistakes.push(Mistake::of("pack.directory", format!("{} is not a directory", directory.display())));
    }
    if purpose != Purpose::Database {
        tls::check(config, &mut mistakes);
    }
    match purpose {
        Purpose::Database => {}
        Purpose::Demo => {
            address(config, &mut mistakes);
            only_this_machine(config, &mut mistakes);
        }
        Purpose::Live => {
            address(config, &mut mistakes);
            identity(config, &mut mistakes);
            mail(config, &mut mistakes);
            shared_key(config, &mut mistakes);
            config.database.check_server(&mut mistakes);
        }
    }
    mistakes
}

fn database(config: &Config, mistakes: &mut Vec<Mistake>) {
    database_address("database.url", &config.database_url(), mistakes);
}

/// The address may hold a password: it is not repeated.
pub(super) fn database_address(key: &str, url: &str, mistakes: &mut Vec<Mistake>) {
    if !["sqlite:", "postgres://", "postgresql://"].iter().any(|scheme| url.starts_with(scheme)) {
        mistakes.push(Mistake::of(key, "must begin with sqlite:// or postgres://"));
    } else if !url.starts_with("sqlite:") && !is_readable(url) {
        let problem =
            "cannot be read; write postgres://user:password@host:port/name and percent-encode the password";
        mistakes.push(Mistake::of(key, problem));
    }
}

/// A password with an unencoded `#` or `/` cuts the address short; the driver would then repeat it in its complaint.
fn is_readable(url: &str) -> bool {
    reqwest::Url::parse(url)
        .is_ok_and(|url| url.has_host() && url.fragment().is_none() && url.path().len() > 1)
}

fn proxies(config: &Config, mistakes: &mut Vec<Mistake>) {
    for proxy in &config.http.proxies {
        if let Err(wrong) = proxy.parse::<Network>() {
            mistakes.push(Mistake::of("http.proxies", format!("{proxy}: {wrong}")));
        }
    }
}

fn attempts(config: &Config, mistakes: &mut Vec<Mistake>) {
    let settings = &config.attempts;
    for (key, value, most) in [
        ("per_user", settings.per_user, 10),
        ("per_client", settings.per_client, 100),
        ("window_minutes", settings.window_minutes, 1_440),
        ("block_minutes", settings.block_minutes, 1_440),
    ] {
        if !(1..=most).contains(&value) {
            mistakes.push(Mistake::of(&format!("attempts.{key}"), format!("must be 1 to {most}")));
        }
    }
    if settings.block_minutes < settings.window_minutes {
        let problem = "must not be less than attempts.window_minutes, or more could fail within that time";
        mistakes.push(Mistake::of("attempts.block_minutes", problem));
    }
    if settings.name_key.as_ref().is_some_and(|key| key.expose_secret().chars().count() < 32) {
        let problem = "must have 32 characters or more; `openssl rand -base64 32` makes one";
        mistakes.push(Mistake::of("attempts.name_key", problem));
    }
}

fn use_log(config: &Config, mistakes: &mut Vec<Mistake>) {
    if let Some(key) = &config.use_log.key
        && let Err(error) = Signer::from_secret(key.expose_secret())
    {
        let problem = format!("must be a private key as `varsel log new-key` makes it ({error})");
        mistakes.push(Mistake::of("use_log.key", problem));
    }
    if config.use_log.require_separation && config.database_url().starts_with("sqlite:") {
        let problem = "SQLite has no roles: the server's process owns the file, and with it the log. Use PostgreSQL with separate \
                       roles (docs/deployment.md), or leave this out";
        mistakes.push(Mistake::of("use_log.require_separation", problem));
    }
    for witness in config.use_log.settings().witnesses {
        if let Err((field, problem)) = Listener::parse(&witness) {
            mistakes.push(Mistake::of(&format!("use_log.witnesses.{}.{field}", witness.name), problem));
        }
    }
}

/// A database that several servers share needs the same keys for all of them; what one makes for itself may be gone after a restart.
fn shared_key(config: &Config, mistakes: &mut Vec<Mistake>) {
    if !config.database_url().starts_with("postgres") {
        return;
    }
    config.keys.check_shared(mistakes);
    if config.use_log.key.is_none() {
        let problem = "must be set where the database is PostgreSQL, the same for every server; `varsel log new-key NAME` makes one";
        mistakes.push(Mistake::of("use_log.key", problem));
    }
}

fn log(config: &Config, mistakes: &mut Vec<Mistake>) {
    if let Err(error) = tracing_subscriber::EnvFilter::try_new(&config.log.level) {
        let problem = format!("must be error, warn, info, debug or trace, also per module ({error})");
        mistakes.push(Mistake::of("log.level", problem));
    }
}

fn address(config: &Config, mistakes: &mut Vec<Mistake>) {
    match &config.http.public_url {
        Some(url) => {
            if let Err(wrong) = Site::parse(url) {
                mistakes.push(Mistake::of("http.public_url", wrong.to_string()));
            }
        }
        None if !config.http.address.is_loopback() => mistakes.push(Mistake::of(
            "http.public_url",
            "is not set; write the address under which people reach the server, e.g. https://varsel.example.dk",
        )),
        None => {}
    }
}

fn only_this_machine(config: &Config, mistakes: &mut Vec<Mistake>) {
    if !config.http.address.is_loopback() {
        mistakes.push(Mistake::of(
            "http.address",
            format!("{}: the demo signs anybody in, so it listens on 127.0.0.1 only", config.http.address),
        ));
    }
    let host = config.http.public_url.as_deref().and_then(|url| reqwest::Url::parse(url).ok());
    if host.is_some_and(|url| !url.host_str().is_some_and(is_loopback)) {
        mistakes.push(Mistake::of(
            "http.public_url",
            "the demo is for this machine only; leave it out, or write http://127.0.0.1 with the port",
        ));
    }
}

fn identity(config: &Config, mistakes: &mut Vec<Mistake>) {
    let providers = &config.identity.providers;
    local_accounts(config, mistakes);
    if providers.is_empty() && !config.identity.local.enabled {
        let problem = "names none; write your OpenID Connect provider's issuer and client_id under \
            [identity.providers.NAME], set identity.local.enabled for accounts of Varsel's own, or try Varsel with \
            `varsel serve --demo`";
        mistakes.push(Mistake::of("identity.providers", problem));
    }
    for (name, settings) in providers {
        let wrong =
            |key: &str, problem: &str| Mistake::of(&format!("identity.providers.{name}{key}"), problem);
        if !is_provider_name(name) {
            let problem = "its name stands in addresses: write up to 30 of a-z, 0-9, _ and -, a letter first";
            mistakes.push(wrong("", problem));
        }
        if settings.label.is_none() && providers.len() > 1 {
            mistakes.push(wrong(".label", "is not set; people choose by it: write da and en"));
        }
        provider(settings, &wrong, mistakes);
    }
}

fn local_accounts(config: &Config, mistakes: &mut Vec<Mistake>) {
    let local = &config.identity.local;
    if let Some(path) = local.breached_passwords.as_deref().filter(|_| local.enabled)
        && let Err(error) = Breached::open(path)
    {
        let problem = format!("{} cannot be used: {error}", path.display());
        mistakes.push(Mistake::of("identity.local.breached_passwords", problem));
    }
    if local.password_lifetime_days.is_some_and(|days| !(30..=3650).contains(&days)) {
        mistakes.push(Mistake::of("identity.local.password_lifetime_days", "must be 30 to 3650 days"));
    }
}

/// Those that would be taken for other pages are no names.
fn is_provider_name(name: &str) -> bool {
    let letters = name.bytes().all(|byte| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'_' | b'-'));
    let first = name.starts_with(|first: char| first.is_ascii_lowercase());
    letters && first && name.len() <= 30 && !["again", "local", "providers", "ways"].contains(&name)
}

fn provider(settings: &Provider, wrong: &dyn Fn(&str, &str) -> Mistake, mistakes: &mut Vec<Mistake>) {
    let url = reqwest::Url::parse(&settings.issuer).ok();
    if settings.issuer.is_empty() {
        mistakes.push(wrong(".issuer", "is not set; write the address of your OpenID Connect provider"));
    } else if !url.is_some_and(|url| url.scheme() == "https" || url.host_str().is_some_and(is_loopback)) {
        mistakes.push(wrong(".issuer", "must be an address that begins with https://"));
    }
    if settings.client_id.is_empty() {
        mistakes.push(wrong(".client_id", "is not set; write what the provider calls this server"));
    }
    if !settings.scopes.iter().any(|scope| scope == "openid") {
        mistakes.push(wrong(".scopes", "must have \"openid\" among them"));
    }
    let known = settings.algorithms.iter().all(|name| oidc::algorithm(name).is_some());
    if settings.algorithms.is_empty() || !known {
        let problem = "must be of RS256, RS384, RS512, PS256, PS384, PS512, ES256 and ES384";
        mistakes.push(wrong(".algorithms", problem));
    }
}

fn mail(config: &Config, mistakes: &mut Vec<Mistake>) {
    match &config.mail.smtp.url {
        None => mistakes.push(Mistake::of(
            "mail.smtp.url",
            "is not set; receipts and notices could not be sent. Write e.g. smtp://localhost:25",
        )),
        Some(url)
            if !["smtp://", "smtps://"].iter().any(|scheme| url.expose_secret().starts_with(scheme)) =>
        {
            mistakes.push(Mistake::of("mail.smtp.url", "must begin with smtp:// or smtps://"));
        }
        Some(_) => {}
    }
    let addresses = config.mail.units.iter().map(|(unit, address)| (format!("mail.units.{unit}"), address));
    let mailboxes = config.use_log.checkpoint_mailboxes.iter();
    let addresses = addresses.chain(mailboxes.map(|it| ("use_log.checkpoint_mailboxes".to_owned(), it)));
    for (key, address) in addresses.chain([("mail.from".to_owned(), &config.mail.from)]) {
        let bare = address.rsplit_once('<').map_or(address.as_str(), |(_, bare)| bare.trim_end_matches('>'));
        let parts: Vec<&str> = bare.split('@').collect();
        if parts.len() != 2 || parts.iter().any(|part| part.is_empty() || part.contains(char::is_whitespace))
        {
            mistakes.push(Mistake::of(
                &key,
                "must be a mail address, e.g. varsel@example.dk or Varsel <varsel@example.dk>",
            ));
        }
    }
}
