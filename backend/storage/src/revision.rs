//! Immutable revisions of an incident's facts: there is no function that changes one.

use chrono::{DateTime, Utc};
use sea_orm::sea_query::{Expr, ExprTrait, Query};
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
use serde_json::Value;
use varsel_domain::authz::Scope;
use varsel_domain::incident::FactsRevision;
use varsel_domain::{IncidentId, RevisionId};

use crate::entity::facts_revision::{ActiveModel, Column, Entity, Model};
use crate::stored::Row;
use crate::{Error, Result, Tx, incident};

const TABLE: &str = "facts_revision";

/// A revision as its row has it, its assessment unread: for whoever compares it with what it should be.
#[derive(Debug, Clone, PartialEq)]
pub struct StoredRevision {
    /// Id.
    pub id: RevisionId,
    /// From 1.
    pub revision: u32,
    /// The facts.
    pub facts: Value,
    /// The assessment.
    pub assessment: Value,
    /// When it was received.
    pub at: DateTime<Utc>,
}

/// Adds a revision.
///
/// # Errors
/// [`Error::AlreadyExists`] when the incident has this revision; the database failed.
pub async fn insert(tx: &Tx, revision: &FactsRevision) -> Result<()> {
    let row = Row { table: TABLE, id: revision.id.0 };
    let row = ActiveModel {
        id: Set(revision.id.0),
        incident_id: Set(revision.incident.0),
        revision: Set(row.number(revision.revision)?),
        facts: Set(revision.facts.clone()),
        assessment: Set(row.to_json(&revision.assessment)?),
        at: Set(revision.at),
    };
    let insert = Entity::insert(row).exec_without_returning(tx.db());
    insert.await.map_err(Error::inserting(TABLE))?;
    Ok(())
}

/// A revision, if the scope lets its incident through.
///
/// # Errors
/// The database failed.
pub async fn find(tx: &Tx, scope: &Scope, id: RevisionId) -> Result<Option<FactsRevision>> {
    let Some(row) = Entity::find_by_id(id.0).one(tx.db()).await? else { return Ok(None) };
    let revision = FactsRevision::try_from(row)?;
    Ok(incident::find(tx, scope, revision.incident).await?.map(|_| revision))
}

/// The newest revision of an incident, if the scope lets the incident through.
///
/// # Errors
/// The database failed.
pub async fn newest(tx: &Tx, scope: &Scope, incident: IncidentId) -> Result<Option<FactsRevision>> {
    if incident::find(tx, scope, incident).await?.is_none() {
        return Ok(None);
    }
    let newest = Entity::find().filter(Column::IncidentId.eq(incident.0)).order_by_desc(Column::Revision);
    newest.one(tx.db()).await?.map(FactsRevision::try_from).transpose()
}

/// Every revision of an incident as it is stored, oldest first, if the scope lets the incident through.
///
/// # Errors
/// The database failed.
pub async fn history(tx: &Tx, scope: &Scope, incident: IncidentId) -> Result<Vec<StoredRevision>> {
    if incident::find(tx, scope, incident).await?.is_none() {
        return Ok(Vec::new());
    }
    let rows = Entity::find().filter(Column::IncidentId.eq(incident.0)).order_by_asc(Column::Revision);
    let stored = |model: Model| {
        let revision = Row { table: TABLE, id: model.id }.number(model.revision)?;
        let (id, facts, assessment) = (RevisionId(model.id), model.facts, model.assessment);
        Ok(StoredRevision { id, revision, facts, assessment, at: model.at })
    };
    rows.all(tx.db()).await?.into_iter().map(stored).collect()
}

/// The newest revision of each of these incidents.
pub(crate) async fn newest_of(tx: &Tx, incidents: &[uuid::Uuid]) -> Result<Vec<FactsRevision>> {
    let newest = Query::select()
        .column(Column::IncidentId)
        .expr(Column::Revision.max())
        .from(Entity)
        .and_where(Column::IncidentId.is_in(incidents.iter().copied()))
        .group_by_col(Column::IncidentId)
        .take();
    let key = Expr::tuple([Expr::col(Column::IncidentId), Expr::col(Column::Revision)]);
    let rows = Entity::find().filter(key.in_subquery(newest)).all(tx.db()).await?;
    rows.into_iter().map(FactsRevision::try_from).collect()
}

impl TryFrom<Model> for FactsRevision {
    type Error = Error;

    fn try_from(model: Model) -> Result<Self> {
        let row = Row { table: TABLE, id: model.id };
        Ok(Self {
            id: RevisionId(model.id),
            incident: IncidentId(model.incident_id),
            revision: row.number(model.revision)?,
            facts: model.facts,
            assessment: row.json(model.assessment)?,
            at: model.at,
        })
    }
}
