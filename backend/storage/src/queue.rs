//! The queue of a unit: its cases in the order of urgency.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use sea_orm::sea_query::{Condition, Expr, ExprTrait, Func, LikeExpr, NullOrdering};
use sea_orm::{
    ColumnTrait, EntityTrait, JoinType, Order, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect, Select,
};
use uuid::Uuid;
use varsel_domain::authz::Scope;
use varsel_domain::case::{Case, CaseStatus};
use varsel_domain::incident::Incident;
use varsel_domain::obligation::Duty;
use varsel_domain::organisation::Organisation;
use varsel_domain::{CaseId, UnitId};

use crate::entity::unit_case::{Column, Entity};
use crate::entity::{incident, organisation as organisation_row};
use crate::stored::Row;
use crate::{Result, Tx, obligation, organisation, scope};

/// Which cases.
#[derive(Debug, Clone, Default)]
pub struct Criteria {
    /// Only these states; empty: all.
    pub status: Vec<CaseStatus>,
    /// Only with an open duty towards the unit that was due before this.
    pub due_before: Option<DateTime<Utc>>,
    /// Only from this severity, as it holds: confirmed, otherwise proposed.
    pub min_severity: Option<u8>,
    /// Part of the incident's number or of the organisation's name, in any case of letters.
    pub text: Option<String>,
}

/// The place of a case in the queue: next due first (nothing due last), then severity, then age.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct QueueKey {
    /// When the next open duty towards the unit is due.
    pub next_due_at: Option<DateTime<Utc>>,
    /// Severity of the incident, as it holds.
    pub severity: u8,
    /// When the incident was received.
    pub received_at: DateTime<Utc>,
    /// The case, which decides where all else is equal.
    pub id: CaseId,
}

/// A row of the queue.
#[derive(Debug, Clone)]
pub struct QueueRow {
    /// Its place.
    pub key: QueueKey,
    /// The case.
    pub case: Case,
    /// The incident.
    pub incident: Incident,
    /// Who reported.
    pub organisation: Organisation,
    /// The duties of the incident.
    pub duties: Vec<Duty>,
}

/// The cases of `unit` that the scope lets through, in the order of the queue, after `after`, at most `limit`.
///
/// # Errors
/// The database failed.
pub async fn list(
    tx: &Tx,
    (scope, unit): (&Scope, &UnitId),
    criteria: &Criteria,
    after: Option<QueueKey>,
    limit: u64,
) -> Result<Vec<QueueRow>> {
    let mut select = select(scope, unit, criteria)?;
    if let Some(after) = after {
        select = select.filter(behind(after));
    }
    let rows = select
        // As the index has it on PostgreSQL, which then reads no more cases than the page has.
        .order_by_with_nulls(Column::NextDueAt, Order::Asc, NullOrdering::Last)
        .order_by_desc(severity())
        .order_by_asc(incident::Column::ReceivedAt)
        .order_by_asc(Column::Id)
        .limit(limit)
        .all(tx.db())
        .await?;
    complete(tx, rows).await
}

/// How many cases of `unit` the scope and the criteria let through.
///
/// # Errors
/// The database failed.
pub async fn count(tx: &Tx, scope: &Scope, unit: &UnitId, criteria: &Criteria) -> Result<u64> {
    Ok(select(scope, unit, criteria)?.count(tx.db()).await?)
}

/// A case as a row of its unit's queue, if the scope lets it through.
///
/// # Errors
/// The database failed.
pub async fn find(tx: &Tx, scope: &Scope, id: CaseId) -> Result<Option<QueueRow>> {
    let rows = Entity::find().filter(scope::cases(scope)).filter(Column::Id.eq(id.0)).all(tx.db()).await?;
    Ok(complete(tx, rows).await?.pop())
}

fn select(scope: &Scope, unit: &UnitId, criteria: &Criteria) -> Result<Select<Entity>> {
    let to_incident = Entity::belongs_to(incident::Entity).from(Column::IncidentId).to(incident::Column::Id);
    let to_organisation = incident::Entity::belongs_to(organisation_row::Entity)
        .from(incident::Column::OrganisationId)
        .to(organisation_row::Column::Id);
    let mut select = Entity::find()
        .join(JoinType::InnerJoin, to_incident.into())
        .join(JoinType::InnerJoin, to_organisation.into())
        .filter(scope::cases(scope))
        .filter(Column::Unit.eq(unit.as_str()));
    if !criteria.status.is_empty() {
        let row = Row { table: "unit_case", id: Uuid::nil() };
        let words = criteria.status.iter().map(|status| row.to_word(*status)).collect::<Result<Vec<_>>>()?;
        select = select.filter(Column::Status.is_in(words));
    }
    if let Some(before) = criteria.due_before {
        select = select.filter(Column::NextDueAt.lt(before));
    }
    if let Some(least) = criteria.min_severity {
        select = select.filter(severity().gte(i16::from(least)));
    }
    if let Some(text) = &criteria.text {
        select = select.filter(contains(text));
    }
    Ok(select)
}

/// The text stands in the number of the incident or in the name of the organisation.
fn contains(text: &str) -> Condition {
    let mut pattern = String::from("%");
    for letter in organisation::folded(text).chars() {
        if matches!(letter, '%' | '_' | '\\') {
            pattern.push('\\');
        }
        pattern.push(letter);
    }
    pattern.push('%');
    let number = Func::lower(Expr::col((incident::Entity, incident::Column::Number)));
    Condition::any()
        .add(Expr::from(number).like(LikeExpr::new(pattern.clone()).escape('\\')))
        .add(organisation_row::Column::SearchName.like(LikeExpr::new(pattern).escape('\\')))
}

/// As [`Incident::effective_severity`].
fn severity() -> Expr {
    let column = |column| Expr::col((incident::Entity, column));
    let levels = [incident::Column::ConfirmedSeverity, incident::Column::Severity].map(column);
    Func::coalesce(levels).into()
}

/// The rows behind `key`, in the order of the queue.
fn behind(key: QueueKey) -> Condition {
    let level = i16::from(key.severity);
    let same_age =
        Condition::all().add(incident::Column::ReceivedAt.eq(key.received_at)).add(Column::Id.gt(key.id.0));
    let younger = Condition::any().add(incident::Column::ReceivedAt.gt(key.received_at)).add(same_age);
    let same_severity = Condition::all().add(severity().eq(level)).add(younger);
    let milder = Condition::any().add(severity().lt(level)).add(same_severity);
    match key.next_due_at {
        None => Condition::all().add(Column::NextDueAt.is_null()).add(milder),
        Some(due) => Condition::any()
            .add(Column::NextDueAt.gt(due))
            .add(Column::NextDueAt.is_null())
            .add(Condition::all().add(Column::NextDueAt.eq(due)).add(milder)),
    }
}

async fn complete(tx: &Tx, rows: Vec<crate::entity::unit_case::Model>) -> Result<Vec<QueueRow>> {
    let ids: Vec<_> = rows.iter().map(|row| row.incident_id).collect();
    let incidents = incident::Entity::find().filter(incident::Column::Id.is_in(ids.iter().copied()));
    let incidents = incidents.all(tx.db()).await?;
    let incidents = incidents.into_iter().map(Incident::try_from).collect::<Result<Vec<_>>>()?;
    let organisations = organisation::find_many(tx, incidents.iter().map(|it| it.organisation)).await?;
    let organisations: HashMap<_, _> = organisations.into_iter().map(|it| (it.id, it)).collect();
    let incidents: HashMap<_, _> = incidents.into_iter().map(|it| (it.id, it)).collect();
    let duties = obligation::of(tx, &ids).await?;
    rows.into_iter()
        .map(|row| {
            let next_due_at = row.next_due_at;
            let case = Case::try_from(row)?;
            let lost = || Row { table: "unit_case", id: case.id.0 }.unreadable("its incident is not there");
            let incident = incidents.get(&case.incident).cloned().ok_or_else(lost)?;
            let organisation = organisations.get(&incident.organisation).cloned().ok_or_else(lost)?;
            let duties =
                duties.iter().filter(|(id, _)| *id == incident.id).map(|(_, it)| it.clone()).collect();
            let (severity, received_at) = (incident.effective_severity(), incident.received_at);
            let key = QueueKey { next_due_at, severity, received_at, id: case.id };
            Ok(QueueRow { key, case, incident, organisation, duties })
        })
        .collect()
}
