//! What is erased when its time is up. One place says what is due, so that what is erased, counted and reported is the same.

mod due;
mod incident;
mod oldest;
mod people;
mod run;
pub mod under_way;

use chrono::{DateTime, Utc};
use sea_orm::{ConnectionTrait, DatabaseBackend, EntityTrait, PaginatorTrait, QueryFilter, Statement};
use varsel_domain::retention::Kind;

pub use incident::{due_incidents, erase_again, erase_incident};
pub use oldest::oldest;
pub use run::{Run, last_runs, record};

use crate::entity::{
    account_link, api_token, attempt, attempt_block, attempt_strikes, attempt_tally, authorisation,
    authorisation_use, bootstrap_token, ceremony, change_proposal, job, logout_token, review, review_item,
    session,
};
use crate::{Result, Store, Tx, access_log};

/// What of a kind is due: what began at `before` or earlier, at `now`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Due {
    /// The kind.
    pub kind: Kind,
    /// The latest beginning that has passed its deadline.
    pub before: DateTime<Utc>,
    /// The present, by which holds stand or have ended.
    pub now: DateTime<Utc>,
}

macro_rules! erase {
    ($tx:expr, $($entity:ident: $due:expr),+) => {{
        let mut rows = 0_u64;
        $(
            let gone = $entity::Entity::delete_many().filter($due).exec($tx.db()).await?;
            rows = rows.saturating_add(gone.rows_affected);
        )+
        rows
    }};
}

macro_rules! count {
    ($tx:expr, $($entity:ident: $due:expr),+) => {{
        let mut rows = 0_u64;
        $(rows = rows.saturating_add($entity::Entity::find().filter($due).count($tx.db()).await?);)+
        rows
    }};
}

impl Due {
    /// Erases what is due; how many rows. Not incidents, which go one by one ([`erase_incident`]), nor uses, which go on record
    /// ([`access_log::erase`]).
    ///
    /// # Errors
    /// The database failed.
    pub async fn erase(self, tx: &Tx) -> Result<u64> {
        let before = self.before;
        Ok(match self.kind {
            Kind::Incidents | Kind::Uses => 0,
            Kind::Attempts => erase!(tx,
                attempt: due::attempt(before), attempt_tally: due::tally(before), attempt_strikes: due::strikes(before)),
            Kind::Blocks => erase!(tx, attempt_block: due::block(before)),
            Kind::Sessions => erase!(tx, session: due::session(before)),
            Kind::ApiTokens => erase!(tx, api_token: due::api_token(before)),
            Kind::SignIns => erase!(tx,
                account_link: due::link(before), ceremony: due::ceremony(before),
                logout_token: due::logout(before), bootstrap_token: due::bootstrap(before)),
            Kind::Jobs => erase!(tx, job: due::job(before)),
            Kind::Proposals => erase!(tx, change_proposal: due::proposal(before)?),
            Kind::Reviews => {
                let items = review_item::Entity::delete_many().filter(due::review_item(before));
                items.exec(tx.db()).await?;
                erase!(tx, review: due::review(before))
            }
            Kind::Authorisations => {
                let uses = authorisation_use::Entity::delete_many();
                uses.filter(due::authorisation_use(before, self.now)).exec(tx.db()).await?;
                erase!(tx, authorisation: due::authorisation(before, self.now))
            }
            Kind::People => people::erase(tx, self).await?,
        })
    }

    /// How many rows are due; of incidents, how many incidents. What is held is not due.
    ///
    /// # Errors
    /// The database failed.
    pub async fn count(self, tx: &Tx) -> Result<u64> {
        let before = self.before;
        Ok(match self.kind {
            Kind::Incidents => incident::count(tx, before, self.now).await?,
            Kind::Uses => access_log::count_due(tx, before, self.now).await?,
            Kind::Attempts => count!(tx,
                attempt: due::attempt(before), attempt_tally: due::tally(before), attempt_strikes: due::strikes(before)),
            Kind::Blocks => count!(tx, attempt_block: due::block(before)),
            Kind::Sessions => count!(tx, session: due::session(before)),
            Kind::ApiTokens => count!(tx, api_token: due::api_token(before)),
            Kind::SignIns => count!(tx,
                account_link: due::link(before), ceremony: due::ceremony(before),
                logout_token: due::logout(before), bootstrap_token: due::bootstrap(before)),
            Kind::Jobs => count!(tx, job: due::job(before)),
            Kind::Proposals => count!(tx, change_proposal: due::proposal(before)?),
            Kind::Reviews => count!(tx, review: due::review(before)),
            Kind::Authorisations => count!(tx, authorisation: due::authorisation(before, self.now)),
            Kind::People => people::count(tx, self).await?,
        })
    }
}

/// Takes what was erased out of the files of an embedded database: it is written anew without it, and its write-ahead log
/// is emptied. Deleted bytes are overwritten already, but copies stay where the database has moved rows about.
/// PostgreSQL does this by itself (autovacuum).
///
/// # Errors
/// The database failed, or somebody still reads what was there before: then it must be tried again.
pub async fn scrub(store: &Store) -> Result<()> {
    if store.is_shared() {
        return Ok(());
    }
    store.connection().execute_unprepared("VACUUM").await?;
    let checkpoint = Statement::from_string(DatabaseBackend::Sqlite, "PRAGMA wal_checkpoint(TRUNCATE)");
    let row = store.connection().query_one_raw(checkpoint).await?;
    let busy: i64 = row.map(|row| row.try_get_by_index(0)).transpose()?.unwrap_or_default();
    if busy != 0 {
        let problem = "what was erased is still in the write-ahead log: somebody reads from before";
        return Err(sea_orm::DbErr::Custom(problem.to_owned()).into());
    }
    Ok(())
}
