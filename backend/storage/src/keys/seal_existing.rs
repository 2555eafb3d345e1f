//! Seals what an older version of Varsel wrote in clear. Afterwards nothing in clear is read any more.

use chrono::{DateTime, Utc};
use sea_orm::sea_query::{Alias, Expr, ExprTrait};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder,
    QuerySelect,
};
use varsel_domain::authz::Scope;
use varsel_domain::{IncidentId, OrganisationId};

use crate::entity::{facts_revision, incident, local_account, severity_confirmation, timeline_entry};
use crate::{
    Result, Store, Tx, local_account as accounts, revision, severity_confirmation as severities, timeline,
};

/// So many rows are sealed in one transaction.
const PART: u64 = 100;

/// Seals every value that is in clear; how many rows. The second time there is none.
///
/// # Errors
/// The database failed: what is sealed is sealed, and a second call goes on.
pub async fn seal_existing(store: &Store, now: DateTime<Utc>) -> Result<u64> {
    give_keys(store, now).await?;
    let mut rows = 0_u64;
    loop {
        let tx = store.begin(&Scope::system()).await?;
        let mut part = revisions(&tx).await?;
        part = part.saturating_add(entries(&tx).await?);
        part = part.saturating_add(justifications(&tx).await?);
        part = part.saturating_add(secrets(&tx, now).await?);
        tx.commit().await?;
        if part == 0 {
            return Ok(rows);
        }
        rows = rows.saturating_add(part);
    }
}

/// Whether anything is sealed in the database, whatever its vault.
///
/// # Errors
/// The database failed.
pub async fn is_sealed(store: &Store) -> Result<bool> {
    let tx = store.begin(&Scope::system()).await?;
    let sealed = Expr::col(facts_revision::Column::Facts).cast_as(Alias::new("text")).like("\"v1.%");
    let one = facts_revision::Entity::find().filter(sealed).limit(1).one(tx.db()).await?;
    Ok(one.is_some())
}

/// Gives a key to every incident with facts in clear.
async fn give_keys(store: &Store, now: DateTime<Utc>) -> Result<()> {
    let tx = store.begin(&Scope::system()).await?;
    let clear = facts_revision::Entity::find()
        .select_only()
        .column(facts_revision::Column::IncidentId)
        .distinct()
        .filter(in_clear(facts_revision::Column::Facts, "\"v1.%"));
    let clear: Vec<uuid::Uuid> = clear.into_tuple().all(tx.db()).await?;
    let mut owners = Vec::new();
    for part in clear.chunks(500) {
        let rows = incident::Entity::find().filter(incident::Column::Id.is_in(part.iter().copied()));
        owners.extend(rows.all(tx.db()).await?.into_iter().map(|row| (row.id, row.organisation_id)));
    }
    tx.commit().await?;
    for (incident, organisation) in owners {
        let (incident, organisation) = (IncidentId(incident), OrganisationId(organisation));
        store.vault()?.make_incident_key(organisation, incident, now).await?;
    }
    Ok(())
}

fn in_clear(column: impl ColumnTrait, sealed: &str) -> Expr {
    Expr::col(column).cast_as(Alias::new("text")).not_like(sealed)
}

async fn revisions(tx: &Tx) -> Result<u64> {
    use facts_revision::{Column, Entity};
    let rows = Entity::find().filter(in_clear(Column::Facts, "\"v1.%")).order_by_asc(Column::Id).limit(PART);
    let rows = rows.all(tx.db()).await?;
    let done = count(&rows);
    for row in rows {
        let key = tx.sealer(IncidentId(row.incident_id)).await?;
        let facts = key.seal_json(revision::place("facts", row.id, row.revision), &row.facts)?;
        let assessment =
            key.seal_json(revision::place("assessment", row.id, row.revision), &row.assessment)?;
        let mut row = row.into_active_model();
        (row.facts, row.assessment) = (Set(facts), Set(assessment));
        row.update(tx.db()).await?;
    }
    Ok(done)
}

async fn entries(tx: &Tx) -> Result<u64> {
    use timeline_entry::{Column, Entity};
    let rows =
        Entity::find().filter(in_clear(Column::Text, "\"v1.%")).order_by_asc(Column::Sequence).limit(PART);
    let rows = rows.all(tx.db()).await?;
    let done = count(&rows);
    for row in rows {
        let key = tx.sealer(IncidentId(row.incident_id)).await?;
        let text = key.seal_json(timeline::place(row.id), &row.text)?;
        let mut row = row.into_active_model();
        row.text = Set(text);
        row.update(tx.db()).await?;
    }
    Ok(done)
}

async fn justifications(tx: &Tx) -> Result<u64> {
    use severity_confirmation::{Column, Entity};
    let rows =
        Entity::find().filter(in_clear(Column::Justification, "v1.%")).order_by_asc(Column::Id).limit(PART);
    let rows = rows.all(tx.db()).await?;
    let done = count(&rows);
    for row in rows {
        let key = tx.sealer(IncidentId(row.incident_id)).await?;
        let place = severities::place(row.id, row.number);
        let sealed = row.justification.as_deref().map(|text| key.seal_text(place, text)).transpose()?;
        let mut row = row.into_active_model();
        row.justification = Set(sealed);
        row.update(tx.db()).await?;
    }
    Ok(done)
}

async fn secrets(tx: &Tx, now: DateTime<Utc>) -> Result<u64> {
    use local_account::{Column, Entity};
    let rows = Entity::find()
        .filter(in_clear(Column::TotpSecret, "v1.%"))
        .order_by_asc(Column::PersonId)
        .limit(PART);
    let rows = rows.all(tx.db()).await?;
    let done = count(&rows);
    for row in rows {
        let key = tx.sealer_of_accounts(now).await?;
        let place = accounts::place(row.person_id);
        let sealed = row.totp_secret.as_deref().map(|text| key.seal_text(place, text)).transpose()?;
        let mut row = row.into_active_model();
        row.totp_secret = Set(sealed);
        row.update(tx.db()).await?;
    }
    Ok(done)
}

fn count<T>(rows: &[T]) -> u64 {
    u64::try_from(rows.len()).unwrap_or(u64::MAX)
}
