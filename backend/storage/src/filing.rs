//! Filings: what the reporter submitted, and when it was received.

use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
use varsel_domain::authz::Scope;
use varsel_domain::incident::Filing;
use varsel_domain::{FilingId, IncidentId, PersonId, RevisionId};

use crate::entity::filing::{ActiveModel, Column, Entity, Model};
use crate::stored::Row;
use crate::{Error, Result, Tx, incident};

/// Table of filings, as [`Error::AlreadyExists`] names it.
pub const TABLE: &str = "filing";

/// Adds a filing.
///
/// # Errors
/// [`Error::AlreadyExists`] when the person has filed with this key before; the database failed.
pub async fn insert(tx: &Tx, filing: &Filing) -> Result<()> {
    let row = Row { table: TABLE, id: filing.id.0 };
    let row = ActiveModel {
        id: Set(filing.id.0),
        incident_id: Set(filing.incident.0),
        revision_id: Set(filing.revision.0),
        person_id: Set(filing.by.0),
        person_name: Set(filing.by_name.clone()),
        received_at: Set(filing.received_at),
        idempotency_key: Set(filing.idempotency_key.clone()),
        sent_tag: Set(filing.sent_tag.clone()),
        discharged: Set(row.to_json(&filing.discharged)?),
    };
    let insert = Entity::insert(row).exec_without_returning(tx.db());
    insert.await.map_err(Error::inserting(TABLE))?;
    Ok(())
}

/// A filing, if the scope lets its incident through.
///
/// # Errors
/// The database failed.
pub async fn find(tx: &Tx, scope: &Scope, id: FilingId) -> Result<Option<Filing>> {
    let Some(row) = Entity::find_by_id(id.0).one(tx.db()).await? else { return Ok(None) };
    let filing = Filing::try_from(row)?;
    Ok(incident::find(tx, scope, filing.incident).await?.map(|_| filing))
}

/// What `person` filed with this key: people see only their own keys.
///
/// # Errors
/// The database failed.
pub async fn find_by_key(tx: &Tx, person: PersonId, idempotency_key: &str) -> Result<Option<Filing>> {
    let found = Entity::find()
        .filter(Column::PersonId.eq(person.0))
        .filter(Column::IdempotencyKey.eq(idempotency_key))
        .one(tx.db())
        .await?;
    found.map(Filing::try_from).transpose()
}

/// Everything filed on an incident, oldest first, if the scope lets the incident through.
///
/// # Errors
/// The database failed.
pub async fn of_incident(tx: &Tx, scope: &Scope, incident: IncidentId) -> Result<Vec<Filing>> {
    match incident::find(tx, scope, incident).await? {
        Some(incident) => of(tx, &[incident.id.0]).await,
        None => Ok(Vec::new()),
    }
}

/// Everything filed on these incidents, oldest first.
pub(crate) async fn of(tx: &Tx, incidents: &[uuid::Uuid]) -> Result<Vec<Filing>> {
    let rows = Entity::find()
        .filter(Column::IncidentId.is_in(incidents.iter().copied()))
        .order_by_asc(Column::ReceivedAt)
        .order_by_asc(Column::Id)
        .all(tx.db())
        .await?;
    rows.into_iter().map(Filing::try_from).collect()
}

impl TryFrom<Model> for Filing {
    type Error = Error;

    fn try_from(model: Model) -> Result<Self> {
        let row = Row { table: TABLE, id: model.id };
        Ok(Self {
            id: FilingId(model.id),
            incident: IncidentId(model.incident_id),
            revision: RevisionId(model.revision_id),
            by: PersonId(model.person_id),
            by_name: model.person_name,
            received_at: model.received_at,
            idempotency_key: model.idempotency_key,
            sent_tag: model.sent_tag,
            discharged: row.json(model.discharged)?,
        })
    }
}
