//! Incidents whose time is up, and how one is erased: with everything that follows it.

use chrono::{DateTime, Utc};
use sea_orm::sea_query::{Condition, Expr, Query, SelectStatement};
use sea_orm::{ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect};
use varsel_domain::IncidentId;
use varsel_domain::authz::Scope;

use crate::entity::{
    change, change_proposal, facts_revision, filing, guidance_issued, incident, legal_hold, obligation,
    report_request, severity_confirmation, timeline_entry, unit_case,
};
use crate::{Result, Tx, incident as incidents, legal_hold as holds};

/// Incidents whose deadline has passed at `now` and that nobody holds, at most `limit`, oldest first: nothing was filed,
/// no case moved and nothing was asked for since `before`. For a transaction that sees every incident.
///
/// # Errors
/// The database failed.
pub async fn due_incidents(
    tx: &Tx,
    before: DateTime<Utc>,
    now: DateTime<Utc>,
    limit: u64,
) -> Result<Vec<IncidentId>> {
    let found: Vec<uuid::Uuid> = incident::Entity::find()
        .select_only()
        .column(incident::Column::Id)
        .filter(due(before, now))
        .order_by_asc(incident::Column::ReceivedAt)
        .order_by_asc(incident::Column::Id)
        .limit(limit)
        .into_tuple()
        .all(tx.db())
        .await?;
    Ok(found.into_iter().map(IncidentId).collect())
}

pub(super) async fn count(tx: &Tx, before: DateTime<Utc>, now: DateTime<Utc>) -> Result<u64> {
    Ok(incident::Entity::find().filter(due(before, now)).count(tx.db()).await?)
}

fn due(before: DateTime<Utc>, now: DateTime<Utc>) -> Condition {
    let since = |select: SelectStatement| incident::Column::Id.not_in_subquery(select);
    Condition::all()
        .add(incident::Column::ReceivedAt.lte(before))
        .add(since(of(filing::Entity, filing::Column::IncidentId, filing::Column::ReceivedAt.gt(before))))
        .add(since(of(
            unit_case::Entity,
            unit_case::Column::IncidentId,
            unit_case::Column::UpdatedAt.gt(before),
        )))
        .add(since(of(
            report_request::Entity,
            report_request::Column::IncidentId,
            report_request::Column::AskedAt.gt(before),
        )))
        .add(since(holds::held(now)))
}

fn of(table: impl EntityTrait, incident: impl ColumnTrait, wanted: Expr) -> SelectStatement {
    Query::select().column(incident).from(table).and_where(wanted).take()
}

/// Erases an incident and everything that follows it, if it is still due now that nobody else can change it; whether it
/// was. What was decided about holding it goes too.
///
/// # Errors
/// The database failed: then nothing of it is erased.
pub async fn erase_incident(
    tx: &Tx,
    id: IncidentId,
    before: DateTime<Utc>,
    now: DateTime<Utc>,
) -> Result<bool> {
    if incidents::lock(tx, &Scope::system(), id).await?.is_none() {
        return Ok(false);
    }
    let wanted = due(before, now).add(incident::Column::Id.eq(id.0));
    if incident::Entity::find().filter(wanted).count(tx.db()).await? == 0 {
        return Ok(false);
    }
    erase_again(tx, id).await?;
    Ok(true)
}

/// Erases an incident and everything that follows it without asking whether it is due: one that was erased before, and that an
/// older backup brought back.
///
/// # Errors
/// The database failed: then nothing of it is erased.
pub async fn erase_again(tx: &Tx, id: IncidentId) -> Result<()> {
    let key = id.0;
    let about = change_proposal::Column::Target.eq(format!("incident/{id}"));
    change::Entity::delete_many().filter(change::Column::IncidentId.eq(key)).exec(tx.db()).await?;
    timeline_entry::Entity::delete_many()
        .filter(timeline_entry::Column::IncidentId.eq(key))
        .exec(tx.db())
        .await?;
    severity_confirmation::Entity::delete_many()
        .filter(severity_confirmation::Column::IncidentId.eq(key))
        .exec(tx.db())
        .await?;
    guidance_issued::Entity::delete_many()
        .filter(guidance_issued::Column::IncidentId.eq(key))
        .exec(tx.db())
        .await?;
    obligation::Entity::delete_many().filter(obligation::Column::IncidentId.eq(key)).exec(tx.db()).await?;
    filing::Entity::delete_many().filter(filing::Column::IncidentId.eq(key)).exec(tx.db()).await?;
    report_request::Entity::delete_many()
        .filter(report_request::Column::IncidentId.eq(key))
        .exec(tx.db())
        .await?;
    facts_revision::Entity::delete_many()
        .filter(facts_revision::Column::IncidentId.eq(key))
        .exec(tx.db())
        .await?;
    unit_case::Entity::delete_many().filter(unit_case::Column::IncidentId.eq(key)).exec(tx.db()).await?;
    legal_hold::Entity::delete_many().filter(legal_hold::Column::IncidentId.eq(key)).exec(tx.db()).await?;
    change_proposal::Entity::delete_many().filter(about).exec(tx.db()).await?;
    incident::Entity::delete_by_id(key).exec(tx.db()).await?;
    Ok(())
}
