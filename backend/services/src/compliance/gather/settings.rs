//! Whether the critical settings that hold are those that two have adopted, or the first start.

use chrono::{DateTime, TimeDelta, Utc};
use varsel_domain::change::{ChangeKind, Flaw, Payload};
use varsel_domain::retention::uses_kept;
use varsel_domain::settings::Area;
use varsel_storage::adopted_settings::{self, Adopted};
use varsel_storage::{Tx, log_tree};

use super::changes::{ADOPTED, Decisions, logged};
use crate::compliance::model::Period;
use crate::settings::{last_decided, named};
use crate::{Result, Services};

/// The first start adopts before the log has its first checkpoint: seconds, and a day where that start failed.
const BEGINNING: TimeDelta = TimeDelta::days(1);

/// What holds without the decision of two, by area.
///
/// # Errors
/// Storage failed.
pub(super) async fn effects(
    services: &Services,
    tx: &Tx,
    found: &mut Vec<(ChangeKind, String, Flaw)>,
) -> Result<()> {
    let now = services.clock.now();
    let adopted = adopted_settings::list(tx).await?;
    let (decided, begun) = (last_decided(tx, now).await?, begun(tx, now).await?);
    let decisions = Decisions::read(tx, adopted.iter().filter_map(|it| it.change).collect()).await?;
    let logged_since = uses_kept().before(now);
    let told: Vec<_> =
        logged(tx, ADOPTED[1], logged_since, None).await?.into_iter().flat_map(|it| it.1).collect();
    // Of what was adopted before the log goes back, its time at least is no earlier than the installation.
    let unlogged = |it: &Adopted| {
        let lately = it.since > logged_since && !told.contains(&named(it.area, &it.settings));
        lately || begun.is_some_and(|begun| it.since + BEGINNING < begun)
    };
    for area in Area::ALL {
        let row = adopted.iter().find(|it| it.area == area);
        let flaw = match (row, decided.get(&area)) {
            (None, _) | (Some(Adopted { change: Some(_), .. }), None) => Some(Flaw::NoDecision),
            (Some(row), Some(last)) if row != last => Some(Flaw::OtherContent),
            (Some(Adopted { change: Some(change), .. }), Some(_)) => {
                let adopts = |payload: &Payload| matches!(payload, Payload::AdoptSettings { .. });
                decisions.flaw(*change, &adopts)
            }
            (Some(row), _) => unlogged(row).then_some(Flaw::NotLogged),
        };
        found.extend(flaw.map(|flaw| (ChangeKind::AdoptSettings, area.word().to_owned(), flaw)));
    }
    Ok(())
}

/// Settings that a later start than the first adopted: after an upgrade to the first version that has them, or because somebody took
/// away what was adopted.
///
/// # Errors
/// Storage failed.
pub(super) async fn later_starts(tx: &Tx, period: Period) -> Result<Vec<(ChangeKind, String, Flaw)>> {
    let Some(begun) = begun(tx, period.until).await? else { return Ok(Vec::new()) };
    let mut found = Vec::new();
    for (entry, named) in logged(tx, ADOPTED[1], period.from, Some(period.until)).await? {
        if entry.at > begun + TimeDelta::days(1) {
            let areas: Vec<_> = named.iter().filter_map(|it| it.split(' ').next()).collect();
            let what = format!("{}, {}", areas.join(", "), entry.at.format("%FT%TZ"));
            found.push((ChangeKind::AdoptSettings, what, Flaw::NoDecision));
        }
    }
    Ok(found)
}

/// When the log had its first checkpoint.
async fn begun(tx: &Tx, now: DateTime<Utc>) -> Result<Option<DateTime<Utc>>> {
    let ever = (DateTime::<Utc>::UNIX_EPOCH, now + BEGINNING);
    Ok(log_tree::moments(tx, ever, (i64::MIN, 1)).await?.first().map(|(_, at)| *at))
}
