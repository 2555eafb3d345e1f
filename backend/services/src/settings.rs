//! Critical settings: what holds is what two have adopted, whatever the configuration says.
//!
//! The first start of an installation adopts those it finds. After that, an area whose settings are others waits for a critical
//! change, and what was adopted before holds meanwhile, on all servers.

use std::collections::BTreeMap;

use chrono::{DateTime, TimeDelta, Utc};
use serde_json::json;
use varsel_domain::ChangeId;
use varsel_domain::access::UseKind;
use varsel_domain::authz::{Action, Resource, Scope};
use varsel_domain::change::{ChangeStatus, Payload, Refusal, Target, sha256};
use varsel_domain::settings::{Area, Critical, Values};
use varsel_storage::adopted_settings::{self, Adopted};
use varsel_storage::{Tx, change_proposal};

use crate::access::{self, AccessLog};
use crate::change::{self, Outcome};
use crate::{Request, Result, Services};

/// The settings of an area: those of the configuration, and those that hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SettingsView {
    /// Which.
    pub area: Area,
    /// As this server's configuration has them.
    pub configured: Values,
    /// As they were adopted; none before the first start has ended.
    pub adopted: Option<Adopted>,
}

impl SettingsView {
    /// Whether what is configured waits for two to adopt it.
    pub fn waits(&self) -> bool {
        self.adopted.as_ref().is_some_and(|adopted| adopted.settings != self.configured)
    }
}

/// What holds: as adopted, and before anything was, as configured.
///
/// # Errors
/// Storage failed.
pub async fn in_force(configured: &Critical, tx: &Tx) -> Result<Critical> {
    let adopted = adopted_settings::list(tx).await?;
    Ok(adopted.iter().fold(configured.clone(), |all, it| all.with(it.area, &it.settings)))
}

/// As [`in_force`], where there is no transaction yet.
///
/// # Errors
/// Storage failed.
pub async fn now_in_force(services: &Services) -> Result<Critical> {
    let tx = services.store.begin_reading(&Scope::nothing()).await?;
    let settings = in_force(&services.configured, &tx).await?;
    tx.commit().await?;
    Ok(settings)
}

/// What two have adopted last of each area, by the changes that were carried out: what the table must have.
///
/// # Errors
/// Storage failed.
pub(crate) async fn last_decided(tx: &Tx, now: DateTime<Utc>) -> Result<BTreeMap<Area, Adopted>> {
    let mut last: BTreeMap<Area, Adopted> = BTreeMap::new();
    let ever = (DateTime::<Utc>::UNIX_EPOCH, now + TimeDelta::microseconds(1));
    for change in change_proposal::between(tx, ever.0, ever.1).await? {
        let (ChangeStatus::Executed, Some(decision)) = (change.status, &change.decision) else { continue };
        let Some(Payload::AdoptSettings { area, settings }) = change.read_payload() else { continue };
        if last.get(&area).is_none_or(|known| known.since <= decision.at) {
            last.insert(area, Adopted { area, settings, since: decision.at, change: Some(change.id) });
        }
    }
    Ok(last)
}

/// Adopts what is configured, where nothing was adopted before; the areas that wait for a decision.
///
/// # Errors
/// Storage failed.
pub async fn adopt(services: &Services) -> Result<Vec<Area>> {
    let now = services.clock.now();
    let tx = services.store.begin(&Scope::nothing()).await?;
    let before = adopted_settings::lock(&tx).await?;
    let new: Vec<_> = Area::ALL.into_iter().filter(|area| before.iter().all(|it| it.area != *area)).collect();
    let decided = last_decided(&tx, now).await?;
    let (gone, new): (Vec<_>, Vec<_>) = new.into_iter().partition(|area| decided.contains_key(area));
    for adopted in gone.iter().filter_map(|area| decided.get(area)) {
        tracing::error!(
            area = adopted.area.word(),
            "what two had adopted was gone from the database; it is put back"
        );
        adopted_settings::put(&tx, adopted).await?;
    }
    for area in &new {
        let settings = services.configured.values(*area);
        let adopted = Adopted { area: *area, settings, since: now, change: None };
        adopted_settings::put(&tx, &adopted).await?;
    }
    if !new.is_empty() {
        let named: Vec<_> = new.iter().map(|area| named(*area, &services.configured.values(*area))).collect();
        let (id, detail) = ("first start".to_owned(), json!({ "settings": named }));
        access::write_of_system(services, &tx, (now, id), (UseKind::SettingsAdopted, None), detail).await?;
    }
    let views = views(services, &tx).await?;
    tx.commit().await?;
    Ok(views.iter().filter(|view| view.waits()).map(|view| view.area).collect())
}

/// How the log of use names what was adopted: it says later whether that was anything else.
pub(crate) fn named(area: Area, settings: &Values) -> String {
    format!("{} {}", area.word(), sha256(&json!(settings).to_string()))
}

/// The critical settings, area by area.
///
/// # Errors
/// The actor may not see them (not found); storage failed.
pub async fn list(services: &Services, request: &Request) -> Result<Vec<SettingsView>> {
    request.require(Action::ReadSettings, Resource::Settings, "list of critical settings")?;
    let tx = services.store.begin_reading(&Scope::nothing()).await?;
    let views = views(services, &tx).await?;
    let mut log = AccessLog::new(services, request, services.clock.now())?;
    log.under(Action::ReadSettings, Resource::Settings);
    log.add(UseKind::SettingsRead, None, json!({}));
    log.write_after(tx).await?;
    Ok(views)
}

async fn views(services: &Services, tx: &Tx) -> Result<Vec<SettingsView>> {
    let mut adopted = adopted_settings::list(tx).await?;
    let mut take = |area| Some(adopted.swap_remove(adopted.iter().position(|it| it.area == area)?));
    let view =
        |area| SettingsView { area, configured: services.configured.values(area), adopted: take(area) };
    Ok(Area::ALL.into_iter().map(view).collect())
}

/// Proposes that what this server's configuration says of an area is adopted: another administrator has to approve it.
///
/// # Errors
/// As [`change::propose`].
pub async fn propose(services: &Services, request: &Request, area: Area, reason: &str) -> Result<Outcome> {
    let payload = Payload::AdoptSettings { area, settings: services.configured.values(area) };
    change::propose(services, request, &payload, reason).await
}

/// What a decision on settings follows: all that is adopted now. Nobody else decides until the transaction ends.
///
/// # Errors
/// Storage failed.
pub(crate) async fn target(tx: &Tx) -> Result<Target> {
    let adopted = adopted_settings::lock(tx).await?;
    let all: Vec<_> = adopted.iter().map(|it| named(it.area, &it.settings)).collect();
    Ok(Target { name: "settings".to_owned(), version: sha256(&all.join("\n")) })
}

/// Whether what was proposed is what this server's configuration has, and does not hold already.
///
/// # Errors
/// Storage failed.
pub(crate) async fn check(
    services: &Services,
    tx: &Tx,
    (area, settings): (Area, &Values),
) -> Result<std::result::Result<(), Refusal>> {
    if services.configured.values(area) != *settings {
        return Ok(Err(Refusal::TargetChanged));
    }
    let adopted = adopted_settings::list(tx).await?;
    let holds = adopted.iter().any(|it| it.area == area && it.settings == *settings);
    Ok(if holds { Err(Refusal::AlreadyAdopted) } else { Ok(()) })
}

/// Adopts them. [`check`] was asked in the same transaction.
///
/// # Errors
/// Storage failed.
pub(crate) async fn carry_out(
    tx: &Tx,
    change: ChangeId,
    (area, settings): (Area, Values),
    now: DateTime<Utc>,
) -> Result<()> {
    Ok(adopted_settings::put(tx, &Adopted { area, settings, since: now, change: Some(change) }).await?)
}
