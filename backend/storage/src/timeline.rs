//! What happened on an incident. Entries are only ever added.

use sea_orm::{ActiveValue::NotSet, ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
use uuid::Uuid;
use varsel_domain::timeline::TimelineEntry;
use varsel_domain::{EntryId, IncidentId};

use crate::entity::timeline_entry::{ActiveModel, Column, Entity, Model};
use crate::keys::{Place, Ring, Sealer};
use crate::stored::Row;
use crate::{Error, Result, Tx};

const TABLE: &str = "timeline_entry";

/// Adds entries, in this order.
///
/// # Errors
/// The database failed.
pub async fn append(tx: &Tx, entries: &[TimelineEntry]) -> Result<()> {
    let keys = tx.ring(&entries.iter().map(|entry| entry.incident.0).collect::<Vec<_>>()).await?;
    let rows = entries.iter().map(|entry| to_row(entry, &keys)).collect::<Result<Vec<_>>>()?;
    Entity::insert_many(rows).exec_without_returning(tx.db()).await?;
    Ok(())
}

/// The entries of these incidents, in the order in which they were added.
pub(crate) async fn of(tx: &Tx, keys: &Ring<'_>, incidents: &[Uuid]) -> Result<Vec<TimelineEntry>> {
    let rows = Entity::find()
        .filter(Column::IncidentId.is_in(incidents.iter().copied()))
        .order_by_asc(Column::Sequence)
        .all(tx.db())
        .await?;
    keys.open_all(rows, |row| row.incident_id, |row, sealer| open(row, sealer))
}

/// Where the text of an entry stands.
pub(crate) fn place(id: Uuid) -> Place<'static> {
    Place { table: TABLE, column: "text", row: id, version: 0 }
}

fn to_row(entry: &TimelineEntry, keys: &Ring<'_>) -> Result<ActiveModel> {
    let incident = entry.incident.0;
    let sealer = keys.sealer(incident)?;
    let sealer = sealer.ok_or_else(|| Error::KeyMissing { incident: incident.to_string() })?;
    let row = Row { table: TABLE, id: entry.id.0 };
    Ok(ActiveModel {
        sequence: NotSet,
        id: Set(entry.id.0),
        incident_id: Set(entry.incident.0),
        at: Set(entry.at),
        kind: Set(row.to_word(entry.kind)?),
        text: Set(sealer.seal_json(place(entry.id.0), &entry.text)?),
        by: Set(entry.by.clone()),
        units: Set(row.to_json(&entry.units)?),
    })
}

fn open(model: Model, sealer: &Sealer<'_>) -> Result<TimelineEntry> {
    let row = Row { table: TABLE, id: model.id };
    Ok(TimelineEntry {
        id: EntryId(model.id),
        incident: IncidentId(model.incident_id),
        at: model.at,
        kind: row.word(model.kind)?,
        text: sealer.open_json(place(model.id), &model.text)?,
        by: model.by,
        units: row.json(model.units)?,
    })
}
