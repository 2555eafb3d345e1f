//! The oldest thing of each kind that is still there.

use chrono::{DateTime, Utc};
use sea_orm::sea_query::Condition;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QuerySelect};
use uuid::Uuid;
use varsel_domain::change::ChangeStatus;
use varsel_domain::retention::Kind;

use super::due;
use crate::entity::{
    access_entry, account_link, api_token, attempt, attempt_block, attempt_tally, authorisation,
    bootstrap_token, ceremony, change_proposal, incident, job, logout_token, review, session,
};
use crate::stored::Row;
use crate::{Result, Tx};

macro_rules! oldest {
    ($tx:expr, $($entity:ident: $column:ident),+) => {{
        let mut oldest: Option<DateTime<Utc>> = None;
        $(
            let column = $entity::Column::$column;
            let query = $entity::Entity::find().select_only().column_as(column.min(), "oldest");
            let found: Option<Option<DateTime<Utc>>> = query.into_tuple().one($tx.db()).await?;
            oldest = oldest.into_iter().chain(found.flatten()).min();
        )+
        oldest
    }};
}

/// When the oldest thing of a kind began; what is only of use until a time counts from that time. None where there is none.
///
/// # Errors
/// The database failed.
pub async fn oldest(tx: &Tx, kind: Kind) -> Result<Option<DateTime<Utc>>> {
    Ok(match kind {
        Kind::Incidents => oldest!(tx, incident: ReceivedAt),
        Kind::Uses => oldest!(tx, access_entry: At),
        Kind::Attempts => oldest!(tx, attempt: At, attempt_tally: Hour),
        Kind::Blocks => oldest!(tx, attempt_block: BeganAt),
        Kind::Sessions => oldest!(tx, session: CreatedAt),
        Kind::ApiTokens => oldest!(tx, api_token: CreatedAt),
        Kind::SignIns => oldest!(
            tx, account_link: CreatedAt, ceremony: ExpiresAt, logout_token: ExpiresAt, bootstrap_token: CreatedAt
        ),
        Kind::Jobs => oldest!(tx, job: CreatedAt),
        Kind::Proposals => proposals(tx).await?,
        Kind::Reviews => oldest!(tx, review: OpenedAt),
        Kind::Authorisations => ended_rights(tx).await?,
        // Those who are still here came long before any of those who have gone.
        Kind::People => None,
    })
}

/// What was carried out is the basis of what holds now, and stays.
async fn proposals(tx: &Tx) -> Result<Option<DateTime<Utc>>> {
    use change_proposal::Column;
    let executed = Row { table: "change_proposal", id: Uuid::nil() }.to_word(ChangeStatus::Executed)?;
    let others = change_proposal::Entity::find().select_only().filter(Column::Status.ne(executed));
    let found: Option<Option<DateTime<Utc>>> =
        others.column_as(Column::ProposedAt.min(), "oldest").into_tuple().one(tx.db()).await?;
    Ok(found.flatten())
}

/// Those that hold have no deadline yet.
async fn ended_rights(tx: &Tx) -> Result<Option<DateTime<Utc>>> {
    use authorisation::Column;
    let ended = Condition::any().add(Column::State.ne(due::ACTIVE)).add(Column::ValidUntil.is_not_null());
    let oldest = authorisation::Entity::find().select_only().filter(ended);
    let found: Option<Option<DateTime<Utc>>> =
        oldest.column_as(Column::GrantedAt.min(), "oldest").into_tuple().one(tx.db()).await?;
    Ok(found.flatten())
}
