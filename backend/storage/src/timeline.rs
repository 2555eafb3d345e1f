//! What happened on an incident. Entries are only ever added.

use sea_orm::{ActiveValue::NotSet, ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
use varsel_domain::timeline::TimelineEntry;
use varsel_domain::{EntryId, IncidentId};

use crate::entity::timeline_entry::{ActiveModel, Column, Entity, Model};
use crate::stored::Row;
use crate::{Error, Result, Tx};

const TABLE: &str = "timeline_entry";

/// Adds entries, in this order.
///
/// # Errors
/// The database failed.
pub async fn append(tx: &Tx, entries: &[TimelineEntry]) -> Result<()> {
    let rows = entries.iter().map(to_row).collect::<Result<Vec<_>>>()?;
    Entity::insert_many(rows).exec_without_returning(tx.db()).await?;
    Ok(())
}

/// The entries of these incidents, in the order in which they were added.
pub(crate) async fn of(tx: &Tx, incidents: &[uuid::Uuid]) -> Result<Vec<TimelineEntry>> {
    let rows = Entity::find()
        .filter(Column::IncidentId.is_in(incidents.iter().copied()))
        .order_by_asc(Column::Sequence)
        .all(tx.db())
        .await?;
    rows.into_iter().map(TimelineEntry::try_from).collect()
}

fn to_row(entry: &TimelineEntry) -> Result<ActiveModel> {
    let row = Row { table: TABLE, id: entry.id.0 };
    Ok(ActiveModel {
        sequence: NotSet,
        id: Set(entry.id.0),
        incident_id: Set(entry.incident.0),
        at: Set(entry.at),
        kind: Set(row.to_word(entry.kind)?),
        text: Set(row.to_json(&entry.text)?),
        by: Set(entry.by.clone()),
        units: Set(row.to_json(&entry.units)?),
    })
}

impl TryFrom<Model> for TimelineEntry {
    type Error = Error;

    fn try_from(model: Model) -> Result<Self> {
        let row = Row { table: TABLE, id: model.id };
        Ok(Self {
            id: EntryId(model.id),
            incident: IncidentId(model.incident_id),
            at: model.at,
            kind: row.word(model.kind)?,
            text: row.json(model.text)?,
            by: model.by,
            units: row.json(model.units)?,
        })
    }
}
