//! The key of the log of use.

use std::collections::BTreeMap;
use std::fs::OpenOptions;
use std::io::Write as _;
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::Path;

use anyhow::Context as _;
use schemars::JsonSchema;
use secrecy::{ExposeSecret, SecretString};
use serde::Deserialize;
use url::Url;
use varsel_log::key::{Purpose, Signer};
use varsel_services::domain::authz::Scope;
use varsel_services::domain::{Ids, settings};
use varsel_services::log::Keeper;
use varsel_storage::{Store, log_tree};

use super::Config;

/// The file beside the database in which the key is kept when the settings do not name one.
const FILE: &str = "use-log.key";

/// The log of use.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
pub struct UseLog {
    /// The private key that signs its checkpoints: `PRIVATE+KEY+name+id+base64`, as `varsel log new-key` makes it.
    #[serde(default)]
    #[schemars(with = "Option<String>", extend("writeOnly" = true))]
    pub key: Option<SecretString>,
    /// Whether the server refuses to start where its role in the database could change or delete what was logged.
    pub require_separation: bool,
    /// Who cosigns the checkpoints, by a name for the settings.
    #[serde(default)]
    pub witnesses: BTreeMap<String, WitnessSettings>,
    /// Mailboxes that get its checkpoint every day, out of reach of whoever runs the server.
    #[serde(default)]
    pub checkpoint_mailboxes: Vec<String>,
}

/// A witness, run by somebody else with `varsel witness` or another program of C2SP `tlog-witness`.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
pub struct WitnessSettings {
    /// Where it takes checkpoints, e.g. `https://witness.example.dk`.
    #[serde(default)]
    pub url: String,
    /// Its public key, as it prints it.
    #[serde(default)]
    pub key: String,
}

impl UseLog {
    /// The same, as two administrators judge it.
    pub fn settings(&self) -> settings::UseLog {
        // Taken apart, so that a new setting does not compile until somebody has said whether it is critical. The key is not: a log
        // that was begun with another one is not gone on with.
        let Self { key: _, require_separation, witnesses, checkpoint_mailboxes } = self.clone();
        let witness = |(name, WitnessSettings { url, key })| settings::Witness { name, url, key };
        settings::UseLog {
            require_separation,
            checkpoint_mailboxes,
            witnesses: witnesses.into_iter().map(witness).collect(),
        }
    }
}

impl Config {
    /// Whoever keeps the log in `store`: with the key of the settings, or the one in the data directory, which is made now if there is
    /// none and nothing was signed yet.
    ///
    /// # Errors
    /// The key is none, is gone, or cannot be read or written; the database failed.
    pub async fn keeper(&self, ids: &dyn Ids, store: &Store) -> anyhow::Result<Keeper> {
        let path = self.data.join(FILE);
        if self.use_log.key.is_none() && !path.exists() {
            let tx = store.begin(&Scope::nothing()).await?;
            anyhow::ensure!(
                log_tree::newest(&tx).await?.is_none(),
                "the key of the log of use is not there ({}), and the log was signed with it: put it back, or its copy. Without it nobody \
                 could tell this log from a forged one. Nothing was changed",
                path.display()
            );
            make(&path, &self.host(), ids)?;
        }
        self.existing_keeper()
    }

    /// As [`keeper`](Self::keeper), but makes nothing.
    ///
    /// # Errors
    /// There is no key yet, or it cannot be read.
    pub fn existing_keeper(&self) -> anyhow::Result<Keeper> {
        let path = self.data.join(FILE).display().to_string();
        let (text, from) = match &self.use_log.key {
            Some(key) => (key.expose_secret().to_owned(), "use_log.key".to_owned()),
            None => (std::fs::read_to_string(&path).with_context(|| format!("{path} cannot be read"))?, path),
        };
        let signer = Signer::from_secret(&text).with_context(|| format!("{from} holds no key of a log"))?;
        let is_of_log = signer.verifier().purpose() == Purpose::Log;
        anyhow::ensure!(is_of_log, "{from} holds the key of a witness, not of a log");
        Ok(Keeper::new(signer))
    }

    /// The name under which people reach the server.
    fn host(&self) -> String {
        let url = self.http.public_url.as_ref().and_then(|url| Url::parse(url).ok());
        url.as_ref().and_then(Url::host_str).unwrap_or("localhost").to_owned()
    }
}

/// Makes a key, on disk before it signs anything.
fn make(path: &Path, host: &str, ids: &dyn Ids) -> anyhow::Result<()> {
    let signer = Signer::new(&format!("{host}/use-log"), Purpose::Log, &ids.secret())?;
    write_secret(path, &signer.to_secret())
}

/// Writes a secret into a new file, readable for its owner only.
///
/// # Errors
/// There is one already; it cannot be written.
pub(super) fn write_secret(path: &Path, secret: &str) -> anyhow::Result<()> {
    let failed = || format!("{} cannot be written", path.display());
    if let Some(directory) = path.parent() {
        std::fs::create_dir_all(directory).with_context(failed)?;
    }
    let mut file =
        OpenOptions::new().write(true).create_new(true).mode(0o600).open(path).with_context(failed)?;
    writeln!(file, "{secret}").and_then(|()| file.sync_all()).with_context(failed)
}
