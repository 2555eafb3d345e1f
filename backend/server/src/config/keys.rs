//! The keys of what is sealed: where the vault is, and the root key that opens it.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Arc;

use anyhow::Context as _;
use schemars::JsonSchema;
use secrecy::{ExposeSecret as _, SecretString};
use serde::Deserialize;
use varsel_services::domain::{Ids, RandomIds};
use varsel_storage::Store;
use varsel_storage::keys::{RootKey, RootKeys, Vault, is_empty};

use super::{Config, Mistake, check, use_log};

/// The file in the data directory with the root key, when the settings say nothing else.
const FILE: &str = "root.key";

/// The keys of what is sealed.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
pub struct Keys {
    /// The vault: a database of its own, as for `database.url`.
    #[serde(default)]
    #[schemars(with = "Option<String>", extend("writeOnly" = true))]
    pub database: Option<SecretString>,
    /// The root key, `VARSEL+ROOT+...`, as `varsel keys new-root` makes it.
    #[serde(default)]
    #[schemars(with = "Option<String>", extend("writeOnly" = true))]
    pub root: Option<SecretString>,
    /// A program that prints the root key, and its arguments: for keys that a key management service holds.
    #[serde(default)]
    pub root_command: Vec<String>,
    /// Root keys that were replaced and may still wrap something, with space between them.
    #[serde(default)]
    #[schemars(with = "Option<String>", extend("writeOnly" = true))]
    pub retired: Option<SecretString>,
}

impl Keys {
    pub(super) fn check(&self, mistakes: &mut Vec<Mistake>) {
        if self.root.is_some() && !self.root_command.is_empty() {
            let problem = "is given beside keys.root; leave one of them out";
            mistakes.push(Mistake::of("keys.root_command", problem));
        }
        for (key, secret) in [("keys.root", &self.root), ("keys.retired", &self.retired)] {
            let wrong = |text: &SecretString| {
                text.expose_secret().split_whitespace().any(|text| RootKey::parse(text).is_err())
            };
            if secret.as_ref().is_some_and(wrong) {
                let problem = "must be VARSEL+ROOT+ and 43 characters, as `varsel keys new-root` makes it";
                mistakes.push(Mistake::of(key, problem));
            }
        }
        if let Some(url) = &self.database {
            check::database_address("keys.database", url.expose_secret(), mistakes);
        }
    }

    /// What several servers share, each must be told: one of them cannot make it for itself.
    pub(super) fn check_shared(&self, mistakes: &mut Vec<Mistake>) {
        if self.root.is_none() && self.root_command.is_empty() {
            let problem = "must be set where the database is PostgreSQL, the same for every server; `varsel keys new-root` makes \
                           one, and keys.root_command is for one that a service keeps";
            mistakes.push(Mistake::of("keys.root", problem));
        }
        if self.database.is_none() {
            let problem = "must be set where the database is PostgreSQL: a database of its own, whose backups are kept apart \
                           from those of the reports (docs/keys.md)";
            mistakes.push(Mistake::of("keys.database", problem));
        }
    }
}

impl Config {
    /// The database, with the keys of what is sealed in it. Both must have been migrated.
    ///
    /// # Errors
    /// One of them does not answer; the root key is not that of the vault.
    pub async fn store(&self) -> anyhow::Result<Store> {
        let store = Store::connect(&self.database_url()).await;
        let store = store.context("the database does not answer (database.url)")?;
        self.with_vault(store).await
    }

    /// A database with the keys of what is sealed in it.
    ///
    /// # Errors
    /// The vault does not answer; the root key is not its own.
    pub async fn with_vault(&self, store: Store) -> anyhow::Result<Store> {
        let ids = RandomIds::from_system();
        let vault = self.vault_store().await?;
        let is_new =
            is_empty(&vault).await.context("the vault (keys.database); has `varsel migrate` been run?")?;
        let roots = self.root_keys(is_new.then_some(&ids))?;
        let vault = Vault::open(vault, roots, Arc::new(ids)).await;
        Ok(store.with_vault(Arc::new(
            vault.context("the vault (keys.database); has `varsel migrate` been run?")?,
        )))
    }

    /// The vault's database.
    ///
    /// # Errors
    /// It does not answer.
    pub async fn vault_store(&self) -> anyhow::Result<Store> {
        Store::connect_to_vault(&self.vault_url()).await.context("the vault does not answer (keys.database)")
    }

    /// The vault's address: a file beside the embedded database. A demo on PostgreSQL keeps both in one.
    fn vault_url(&self) -> String {
        match &self.keys.database {
            Some(url) => url.expose_secret().to_owned(),
            None if self.database_url().starts_with("sqlite:") => {
                format!("sqlite://{}", self.data.join("keys.db").display())
            }
            None => self.database_url(),
        }
    }

    /// The file of an embedded vault that is not there yet, or no longer.
    pub fn missing_vault(&self) -> Option<PathBuf> {
        let file = self.vault_url().strip_prefix("sqlite://").map(PathBuf::from)?;
        (!file.exists()).then_some(file)
    }

    /// The root keys; where there is none in the data directory, `ids` makes one.
    fn root_keys(&self, ids: Option<&RandomIds>) -> anyhow::Result<RootKeys> {
        let path = self.data.join(FILE);
        let (text, from) = match (&self.keys.root, self.keys.root_command.split_first()) {
            (Some(root), _) => (root.expose_secret().to_owned(), "keys.root".to_owned()),
            (None, Some((program, arguments))) => {
                (printed_by(program, arguments)?, "keys.root_command".to_owned())
            }
            (None, None) => (kept_in(&path, ids)?, path.display().to_string()),
        };
        let current = RootKey::parse(&text).context(from)?;
        let retired = self.keys.retired.as_ref().map(SecretString::expose_secret).unwrap_or_default();
        let retired = retired.split_whitespace().map(RootKey::parse).collect::<Result<_, _>>();
        Ok(RootKeys::new(current, retired.context("keys.retired")?))
    }
}

/// The root key in a file, which is made now if it is not there and wraps nothing yet.
fn kept_in(path: &Path, ids: Option<&RandomIds>) -> anyhow::Result<String> {
    if !path.exists() {
        let ids = ids.with_context(|| {
            format!(
                "the root key is not there ({}), and the vault holds keys that it wraps: put it back, or its copy. Nothing was changed",
                path.display()
            )
        })?;
        let root = RootKey::new(ids.secret());
        use_log::write_secret(path, &root.to_secret())?;
    }
    std::fs::read_to_string(path).with_context(|| format!("{} cannot be read", path.display()))
}

fn printed_by(program: &str, arguments: &[String]) -> anyhow::Result<String> {
    let failed = || format!("keys.root_command: {program}");
    let output = Command::new(program).args(arguments).output().with_context(failed)?;
    // What it printed may be the key: only what it complains about is repeated.
    anyhow::ensure!(
        output.status.success(),
        "{}: {}: {}",
        failed(),
        output.status,
        String::from_utf8_lossy(&output.stderr).trim()
    );
    String::from_utf8(output.stdout).with_context(failed)
}
