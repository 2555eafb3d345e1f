//! Incidents.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::{DateTime, Datelike, Utc};
use sea_orm::sea_query::{Condition, Expr, ExprTrait, OnConflict, Query};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder,
    QuerySelect,
};
use varsel_domain::authz::Scope;
use varsel_domain::case::CaseStatus;
use varsel_domain::incident::{Incident, incident_number};
use varsel_domain::{Ids, IncidentId, OrganisationId};

use crate::entity::incident::{ActiveModel, Column, Entity, Model};
use crate::entity::{incident_counter, unit_case};
use crate::stored::Row;
use crate::{Error, Result, Tx, scope, wall};

const TABLE: &str = "incident";

/// The next number of the year of `received_at`; the year's first one makes the key of its order. Another transaction that asks waits
/// until this one has ended, and a number that was not committed is given out again.
///
/// # Errors
/// The database failed; four thousand million were reported in that year.
pub async fn next_number(tx: &Tx, ids: &dyn Ids, received_at: DateTime<Utc>) -> Result<String> {
    let last = (incident_counter::Entity, incident_counter::Column::Last);
    let key = URL_SAFE_NO_PAD.encode(ids.secret());
    let count = Query::insert()
        .into_table(incident_counter::Entity)
        .columns([
            incident_counter::Column::Year,
            incident_counter::Column::Last,
            incident_counter::Column::Key,
        ])
        .values_panic([received_at.year().into(), 1_i64.into(), key.into()])
        .on_conflict(
            OnConflict::column(incident_counter::Column::Year)
                .value(incident_counter::Column::Last, Expr::col(last).add(1_i64))
                .to_owned(),
        )
        .returning(
            Query::returning().columns([incident_counter::Column::Last, incident_counter::Column::Key]),
        )
        .take();
    let row = tx.db().query_one(&count).await?;
    let row = row.ok_or_else(|| sea_orm::DbErr::RecordNotFound("incident_counter".to_owned()))?;
    let (count, key): (i64, Option<String>) = (row.try_get("", "last")?, row.try_get("", "key")?);
    let count = u32::try_from(count).map_err(|error| sea_orm::DbErr::Custom(error.to_string()))?;
    Ok(incident_number(received_at, count, key.as_deref()))
}

/// Whether there is an incident of that id, whoever may see it; the transaction reads for `scope`. For the register of
/// rejected attempts only: the answer must not reach whoever asks.
///
/// # Errors
/// The database failed.
pub async fn is_there(tx: &Tx, scope: &Scope, id: IncidentId) -> Result<bool> {
    let look = async { Ok(Entity::find_by_id(id.0).count(tx.db()).await? > 0) };
    wall::past(tx, scope, look).await
}

/// The id of the incident with this number, whoever may see it; the transaction reads for `scope`. For holds: whoever
/// decides on them learns nothing but that it is there.
///
/// # Errors
/// The database failed.
pub async fn id_of(tx: &Tx, scope: &Scope, number: &str) -> Result<Option<IncidentId>> {
    let look = async {
        let found = Entity::find().select_only().column(Column::Id).filter(Column::Number.eq(number));
        Ok(found.into_tuple::<uuid::Uuid>().one(tx.db()).await?)
    };
    Ok(wall::past(tx, scope, look).await?.map(IncidentId))
}

/// Adds an incident, and makes its key.
///
/// # Errors
/// The database failed.
pub async fn insert(tx: &Tx, incident: &Incident) -> Result<()> {
    tx.vault()?.make_incident_key(incident.organisation, incident.id, incident.received_at).await?;
    let row = ActiveModel {
        id: Set(incident.id.0),
        number: Set(incident.number.clone()),
        organisation_id: Set(incident.organisation.0),
        received_at: Set(incident.received_at),
        severity: Set(incident.severity.into()),
        confirmed_severity: Set(incident.confirmed_severity.map(i16::from)),
        pack_version: Set(incident.pack_version.clone()),
    };
    let insert = Entity::insert(row).exec_without_returning(tx.db());
    insert.await.map_err(Error::inserting(TABLE))?;
    Ok(())
}

/// Notes the severity as last assessed, which is a proposal, and the version of the rule pack that was used.
///
/// # Errors
/// The database failed.
pub async fn set_assessed(tx: &Tx, id: IncidentId, severity: u8, pack_version: &str) -> Result<()> {
    let row = ActiveModel {
        severity: Set(severity.into()),
        pack_version: Set(pack_version.to_owned()),
        ..ActiveModel::default()
    };
    Entity::update_many().set(row).filter(Column::Id.eq(id.0)).exec(tx.db()).await?;
    Ok(())
}

/// An incident, if the scope lets it through.
///
/// # Errors
/// The database failed.
pub async fn find(tx: &Tx, scope: &Scope, id: IncidentId) -> Result<Option<Incident>> {
    let found = Entity::find().filter(scope::incidents(scope)).filter(Column::Id.eq(id.0));
    found.one(tx.db()).await?.map(Incident::try_from).transpose()
}

/// Those of these incidents that the scope lets through, in no order.
///
/// # Errors
/// The database failed.
pub async fn find_many(tx: &Tx, scope: &Scope, ids: &[IncidentId]) -> Result<Vec<Incident>> {
    let mut found = Vec::new();
    for part in ids.chunks(500) {
        let wanted = Column::Id.is_in(part.iter().map(|id| id.0));
        let rows = Entity::find().filter(scope::incidents(scope)).filter(wanted).all(tx.db()).await?;
        found.extend(rows.into_iter().map(Incident::try_from).collect::<Result<Vec<_>>>()?);
    }
    Ok(found)
}

/// The incident with this number, if the scope lets it through.
///
/// # Errors
/// The database failed.
pub async fn find_by_number(tx: &Tx, scope: &Scope, number: &str) -> Result<Option<Incident>> {
    let found = Entity::find().filter(scope::incidents(scope)).filter(Column::Number.eq(number));
    found.one(tx.db()).await?.map(Incident::try_from).transpose()
}

/// As [`find`], and nobody else may change the incident until the transaction ends.
///
/// # Errors
/// The database failed.
pub async fn lock(tx: &Tx, scope: &Scope, id: IncidentId) -> Result<Option<Incident>> {
    let found = Entity::find().filter(scope::incidents(scope)).filter(Column::Id.eq(id.0)).lock_exclusive();
    found.one(tx.db()).await?.map(Incident::try_from).transpose()
}

/// The place of an incident in lists: newest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ListKey {
    /// When it was received.
    pub received_at: DateTime<Utc>,
    /// Its id, which decides between two received at the same instant.
    pub id: IncidentId,
}

/// The incidents that the scope lets through, newest first, after `after`, at most `limit`.
///
/// # Errors
/// The database failed.
pub async fn list(tx: &Tx, scope: &Scope, after: Option<ListKey>, limit: u64) -> Result<Vec<Incident>> {
    let mut select = Entity::find().filter(scope::incidents(scope));
    if let Some(after) = after {
        let same_time =
            Condition::all().add(Column::ReceivedAt.eq(after.received_at)).add(Column::Id.lt(after.id.0));
        select = select.filter(Condition::any().add(Column::ReceivedAt.lt(after.received_at)).add(same_time));
    }
    let select = select.order_by_desc(Column::ReceivedAt).order_by_desc(Column::Id).limit(limit);
    select.all(tx.db()).await?.into_iter().map(Incident::try_from).collect()
}

/// How many incidents the scope lets through.
///
/// # Errors
/// The database failed.
pub async fn count(tx: &Tx, scope: &Scope) -> Result<u64> {
    Ok(Entity::find().filter(scope::incidents(scope)).count(tx.db()).await?)
}

/// The incidents after `after` by id, in the order in which they were received, at most `limit`.
///
/// # Errors
/// The database failed.
pub async fn page(tx: &Tx, scope: &Scope, after: Option<IncidentId>, limit: u64) -> Result<Vec<IncidentId>> {
    ids(tx, Condition::all().add(scope::incidents(scope)), after, limit).await
}

/// As [`page`], only those that run (a unit still works on them) and were not assessed under `pack_version`.
///
/// # Errors
/// The database failed.
pub async fn running_under_another(
    tx: &Tx,
    scope: &Scope,
    pack_version: &str,
    after: Option<IncidentId>,
    limit: u64,
) -> Result<Vec<IncidentId>> {
    let closed = Row { table: "unit_case", id: uuid::Uuid::nil() }.to_word(CaseStatus::Closed)?;
    let worked_on = Query::select()
        .column(unit_case::Column::IncidentId)
        .from(unit_case::Entity)
        .and_where(unit_case::Column::Status.ne(closed))
        .take();
    let wanted = Condition::all()
        .add(scope::incidents(scope))
        .add(Column::PackVersion.ne(pack_version))
        .add(Column::Id.in_subquery(worked_on));
    ids(tx, wanted, after, limit).await
}

async fn ids(tx: &Tx, wanted: Condition, after: Option<IncidentId>, limit: u64) -> Result<Vec<IncidentId>> {
    let mut select = Entity::find().select_only().column(Column::Id).filter(wanted);
    if let Some(after) = after {
        select = select.filter(Column::Id.gt(after.0));
    }
    let found: Vec<uuid::Uuid> =
        select.order_by_asc(Column::Id).limit(limit).into_tuple().all(tx.db()).await?;
    Ok(found.into_iter().map(IncidentId).collect())
}

impl TryFrom<Model> for Incident {
    type Error = Error;

    fn try_from(model: Model) -> Result<Self> {
        let row = Row { table: TABLE, id: model.id };
        Ok(Self {
            id: IncidentId(model.id),
            number: model.number,
            organisation: OrganisationId(model.organisation_id),
            received_at: model.received_at,
            severity: row.number(model.severity)?,
            confirmed_severity: model.confirmed_severity.map(|level| row.number(level)).transpose()?,
            pack_version: model.pack_version,
        })
    }
}
