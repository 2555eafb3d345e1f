//! The log of use: entries are only ever added, in the transaction whose answer they describe.

use sea_orm::{ActiveValue::NotSet, ActiveValue::Set, EntityTrait};
use varsel_domain::access::AccessEntry;

use crate::entity::access_entry::{ActiveModel, Entity};
use crate::stored::Row;
use crate::{Result, Tx};

/// Adds entries.
///
/// # Errors
/// The database failed: then nothing may be shown.
pub async fn append(tx: &Tx, entries: &[AccessEntry]) -> Result<()> {
    let rows = entries.iter().map(to_row).collect::<Result<Vec<_>>>()?;
    Entity::insert_many(rows).exec_without_returning(tx.db()).await?;
    Ok(())
}

fn to_row(entry: &AccessEntry) -> Result<ActiveModel> {
    let row = Row { table: "access_entry", id: entry.id.0 };
    Ok(ActiveModel {
        sequence: NotSet,
        id: Set(entry.id.0),
        at: Set(entry.at),
        person_id: Set(entry.person.map(|person| person.0)),
        name: Set(entry.name.clone()),
        function: Set(entry.function.clone()),
        use_kind: Set(row.to_word(entry.use_kind)?),
        incident_id: Set(entry.incident.map(|incident| incident.0)),
        detail: Set(entry.detail.clone()),
        request_id: Set(entry.request_id.clone()),
    })
}
