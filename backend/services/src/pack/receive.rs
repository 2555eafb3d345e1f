//! Reception of a version: checked whole, then stored under its name for ever.

use std::sync::Arc;

use serde_json::json;
use varsel_domain::access::UseKind;
use varsel_domain::authz::{Action, Resource, Scope, permits};
use varsel_domain::rules::{Pack, PackError, PackFiles, Text};
use varsel_storage::pack_version;

use super::own::Brought;
use crate::access::AccessLog;
use crate::{Error, Request, Result, Services};

/// The file that names the version.
const NAMED_IN: &str = "pack.yaml";

/// What came of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Received {
    /// It is stored, now or from before.
    Stored {
        /// Its version.
        version: String,
        /// SHA-256 over its files, in hexadecimal.
        sha256: String,
    },
    /// It was refused, and nothing was stored.
    Refused(Vec<PackError>),
}

/// May the actor send versions? Asked before the files are read.
///
/// # Errors
/// Nobody is signed in, or somebody who does not maintain the rules.
pub fn may_receive(request: &Request) -> Result<()> {
    let allowed = permits(request.actor()?, Action::MaintainPacks, Resource::Packs);
    allowed.then_some(()).ok_or_else(|| request.forbid("send a version of the rule pack"))
}

/// Checks the files and stores them under the version that they name. The same files again are the same version;
/// other files under a name that is taken are refused.
///
/// # Errors
/// As [`may_receive`]; storage failed.
pub async fn receive(services: &Services, request: &Request, files: PackFiles) -> Result<Received> {
    may_receive(request)?;
    let actor = request.actor()?;
    // The linter takes its time with a large pack: not on a thread that answers others.
    let checked = tokio::task::spawn_blocking(move || {
        let pack = Pack::from_files(&files)?;
        Ok::<_, Vec<PackError>>((Brought::new(Arc::new(pack), &files), files))
    });
    let checked = checked.await.map_err(|error| Error::Internal(error.to_string()))?;
    let (new, files) = match checked {
        Ok(checked) => checked,
        Err(refusals) => return Ok(Received::Refused(refusals)),
    };
    let now = services.clock.now();
    let (pack, in_force) = (&new.pack, services.packs.in_force(now));
    if pack.id() != in_force.id() {
        let (own, sent) = (in_force.id(), pack.id());
        let da = format!("denne server har `{own}`, ikke `{sent}`: skriv id: {own}");
        let en = format!("this server serves `{own}`, not `{sent}`: write id: {own}");
        return Ok(refused(&files, "id:", Text { da, en }));
    }
    if !is_name(pack.version()) {
        let da = "en version har 1 til 40 bogstaver, cifre, punktummer og bindestreger, f.eks. \"2026.2\"";
        let en = "a version has 1 to 40 letters, digits, dots and hyphens, e.g. \"2026.2\"";
        return Ok(refused(&files, "version:", Text { da: da.to_owned(), en: en.to_owned() }));
    }
    let mut version = new.version(now);
    (version.received_by, version.received_by_name) = (Some(actor.person), actor.name.clone());
    let tx = services.store.begin(&Scope::nothing()).await?;
    if !pack_version::insert(&tx, &version, &new.files).await? {
        let stored = pack_version::find(&tx, &version.version).await?;
        if stored.is_none_or(|stored| stored.content_sha256 != new.sha256) {
            let name = &version.version;
            let da =
                format!("{name} er modtaget før med andre filer, og en version ændres aldrig: skriv en ny");
            let en = format!(
                "{name} was received before with other files, and a version never changes: write a new one"
            );
            return Ok(refused(&files, "version:", Text { da, en }));
        }
    }
    let mut log = AccessLog::new(services, request, now)?;
    log.under(Action::MaintainPacks, Resource::Packs);
    log.add(UseKind::PackReceived, None, json!({ "pack": version.version, "sha256": new.sha256 }));
    log.write(&tx).await?;
    tx.commit().await?;
    Ok(Received::Stored { version: version.version, sha256: new.sha256 })
}

fn is_name(version: &str) -> bool {
    let allowed = |character: char| character.is_ascii_alphanumeric() || matches!(character, '.' | '-');
    (1..=40).contains(&version.len()) && version.chars().all(allowed)
}

/// A refusal at the line of `pack.yaml` that begins with `key`.
fn refused(files: &PackFiles, key: &str, said: Text) -> Received {
    let place = files.get(NAMED_IN).unwrap_or_default().lines().position(|line| line.starts_with(key));
    let line = place.map_or(0, |place| place.saturating_add(1));
    let problem = PackError { file: NAMED_IN.to_owned(), line, message: said.en, danish: said.da };
    Received::Refused(vec![problem])
}
