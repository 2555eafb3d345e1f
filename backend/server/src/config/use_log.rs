//! The key of the log of use.

use std::fs::OpenOptions;
use std::io::{ErrorKind, Write as _};
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::Path;

use anyhow::Context as _;
use schemars::JsonSchema;
use secrecy::{ExposeSecret, SecretString};
use serde::Deserialize;
use url::Url;
use varsel_log::key::{Purpose, Signer};
use varsel_services::domain::Ids;
use varsel_services::log::Keeper;

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
}

impl Config {
    /// Whoever keeps the log: with the key of the settings, or the one in the data directory, which is made now if there is
    /// none.
    ///
    /// # Errors
    /// The key is none, or cannot be read or written.
    pub fn keeper(&self, ids: &dyn Ids) -> anyhow::Result<Keeper> {
        if let Some(key) = &self.use_log.key {
            let signer = Signer::from_secret(key.expose_secret()).context("use_log.key")?;
            return Ok(Keeper::new(signer));
        }
        let path = self.data.join(FILE);
        let text = match std::fs::read_to_string(&path) {
            Ok(text) => text,
            Err(error) if error.kind() == ErrorKind::NotFound => make(&path, &self.host(), ids)?,
            Err(error) => return Err(error).with_context(|| format!("{} cannot be read", path.display())),
        };
        let signer =
            Signer::from_secret(&text).with_context(|| format!("{} holds no key", path.display()))?;
        Ok(Keeper::new(signer))
    }

    /// The name under which people reach the server.
    fn host(&self) -> String {
        let url = self.http.public_url.as_ref().and_then(|url| Url::parse(url).ok());
        url.as_ref().and_then(Url::host_str).unwrap_or("localhost").to_owned()
    }
}

/// Makes a key, readable for its owner only, and on disk before it signs anything.
fn make(path: &Path, host: &str, ids: &dyn Ids) -> anyhow::Result<String> {
    let signer = Signer::new(&format!("{host}/use-log"), Purpose::Log, &ids.secret())?;
    let text = format!("{}\n", *signer.to_secret());
    let failed = || format!("{} cannot be written", path.display());
    if let Some(directory) = path.parent() {
        std::fs::create_dir_all(directory).with_context(failed)?;
    }
    let mut file =
        OpenOptions::new().write(true).create_new(true).mode(0o600).open(path).with_context(failed)?;
    file.write_all(text.as_bytes()).and_then(|()| file.sync_all()).with_context(failed)?;
    Ok(text)
}
