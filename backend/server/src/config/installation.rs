//! What the settings say of the installation, for the report to the supervising authority: never a secret.

use sea_orm_migration::MigratorTrait as _;
use secrecy::ExposeSecret as _;
use url::Url;
use varsel_migrations::Migrator;
use varsel_services::compliance::{Database, Installation, Link, LinkKind, Protected, Tls};

use super::Config;
use crate::http::is_loopback;

impl Config {
    /// The installation, as the settings and this program have it.
    pub fn installation(&self) -> Installation {
        Installation {
            program: env!("CARGO_PKG_VERSION").to_owned(),
            migrations: Migrator::migrations().iter().map(|it| it.name().to_owned()).collect(),
            database: if self.database_url().starts_with("sqlite:") {
                Database::Embedded
            } else {
                Database::Postgres
            },
            public_address: self.http.public_url.clone(),
            tls: self.tls_ends(),
            local_accounts: self.identity.local.enabled,
            local_fallback: self.identity.local.fallback,
            links: self.links(),
        }
    }

    fn tls_ends(&self) -> Tls {
        let by_tls = self.http.public_url.as_deref().is_some_and(|url| url.starts_with("https://"));
        match (self.certificate(), by_tls) {
            (Some(_), _) => Tls::Server,
            (None, true) => Tls::Proxy,
            (None, false) => Tls::None,
        }
    }

    fn links(&self) -> Vec<Link> {
        let providers = self.identity.providers.iter().map(|(name, provider)| {
            link(LinkKind::IdentityProvider, name, &provider.issuer, |scheme| scheme == "https")
        });
        let witnesses =
            self.use_log.witnesses.iter().map(|(name, witness)| {
                link(LinkKind::Witness, name, &witness.url, |scheme| scheme == "https")
            });
        // Whatever the scheme, nothing is sent before TLS has begun with a certificate that was verified.
        let relay = self.mail.smtp.url.as_ref().map(|url| {
            link(LinkKind::MailRelay, "mail.smtp", url.expose_secret(), |scheme| scheme.starts_with("smtp"))
        });
        providers.chain(relay).chain(witnesses).chain(self.link_to_database()).collect()
    }

    fn link_to_database(&self) -> Option<Link> {
        let address = self.database_url();
        if address.starts_with("sqlite:") {
            return None;
        }
        let verified = Url::parse(&address).is_ok_and(|url| {
            url.query_pairs().any(|(name, mode)| {
                matches!(
                    (name.as_ref(), mode.as_ref()),
                    ("sslmode" | "ssl-mode", "verify-full" | "verify-ca")
                )
            })
        });
        Some(link(LinkKind::Database, "database", &address, |_| verified))
    }
}

/// A link to `address`, of which the user, the password and all after the port are left out.
fn link(kind: LinkKind, name: &str, address: &str, secure: impl Fn(&str) -> bool) -> Link {
    let url = Url::parse(address).ok();
    let host = url.as_ref().and_then(Url::host_str).unwrap_or_default();
    let scheme = url.as_ref().map(Url::scheme).unwrap_or_default();
    let port = url.as_ref().and_then(Url::port).map(|port| format!(":{port}")).unwrap_or_default();
    let protected = match () {
        () if is_loopback(host) => Protected::ThisMachine,
        () if secure(scheme) => Protected::Tls,
        () => Protected::No,
    };
    Link { kind, name: name.to_owned(), address: format!("{scheme}://{host}{port}"), protected }
}
