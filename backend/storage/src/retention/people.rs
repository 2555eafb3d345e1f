//! People whom nothing names any more: no right and no entry of the log, nothing that they filed or decided, and no way in.

use chrono::{DateTime, TimeDelta, Utc};
use sea_orm::sea_query::{Condition, Expr, ExprTrait, IntoColumnRef, IntoTableRef, Query, SelectStatement};
use sea_orm::{
    ColumnTrait, ConnectionTrait, DatabaseBackend, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder,
    QuerySelect,
};
use uuid::Uuid;

use super::Due;
use crate::entity::{
    access_entry, account_link, api_token, attempt, attempt_block, authorisation, bootstrap_token, ceremony,
    change_proposal, filing, local_account, network_in_use, pack_version, passkey, person, recovery_code,
    report_request, review_item, session, severity_confirmation,
};
use crate::{Result, Tx, use_hold};

macro_rules! unnamed {
    ($person:expr; $($entity:ident: $($column:ident),+;)+) => {
        Condition::all()$($(.add(Expr::exists(naming(
            $person,
            $entity::Entity,
            ($entity::Entity, $entity::Column::$column),
        )).not()))+)+
    };
}

/// Rows in which `column` names `person`, a column of the statement around it.
pub(super) fn naming(
    person: impl IntoColumnRef,
    table: impl IntoTableRef,
    column: impl IntoColumnRef,
) -> SelectStatement {
    Query::select().expr(Expr::val(1)).from(table).and_where(Expr::col(person).equals(column)).take()
}

/// Nothing that is kept names `person`, a column of the statement around it, but rights and what gave them. An account of Varsel's own with
/// which nobody can sign in is none of it: it goes with them.
pub(super) fn unnamed<C: IntoColumnRef + Copy>(person: C, now: DateTime<Utc>) -> Condition {
    let password = (local_account::Entity, local_account::Column::PasswordPhc);
    let account = (local_account::Entity, local_account::Column::PersonId);
    let usable =
        naming(person, local_account::Entity, account).and_where(Expr::col(password).is_not_null()).take();
    unnamed! {
        person;
        access_entry: PersonId;
        account_link: PersonId, CreatedBy;
        api_token: PersonId;
        attempt: PersonId;
        attempt_block: OwnerId, CloserId;
        ceremony: PersonId;
        change_proposal: ProposerId, DeciderId;
        filing: PersonId;
        network_in_use: OwnerId;
        pack_version: PersonId;
        passkey: PersonId;
        report_request: PersonId;
        review_item: HolderId, DeciderId;
        session: PersonId;
        severity_confirmation: PersonId;
    }
    .add(Expr::exists(usable).not())
    .add(Expr::col(person).not_in_subquery(use_hold::whose(now)))
}

/// Came at `before` or earlier, and nothing names them.
fn due(due: Due, backend: DatabaseBackend) -> Condition {
    let person = (person::Entity, person::Column::Id);
    let rights = unnamed! {
        person;
        authorisation: HolderId, StepPersonId;
        bootstrap_token: UsedBy;
        change_proposal: HolderId;
    };
    // What kept entries of the log, or let go of them, has no column for whom it was about: its target is named after them.
    let target = Expr::cust(match backend {
        DatabaseBackend::Postgres => "'uses/person_' || replace(CAST(person.id AS text), '-', '')",
        _ => "'uses/person_' || lower(hex(person.id))",
    });
    let about = Query::select()
        .expr(Expr::val(1))
        .from(change_proposal::Entity)
        .and_where(Expr::col((change_proposal::Entity, change_proposal::Column::Target)).eq(target))
        .take();
    unnamed(person, due.now)
        .add(rights)
        .add(Expr::exists(about).not())
        .add(person::Column::Id.lt(first_after(due.before)))
}

/// The least id that is given after a moment: ids begin with the milliseconds in which they are given (RFC 9562, version 7).
fn first_after(moment: DateTime<Utc>) -> Uuid {
    let next = moment.checked_add_signed(TimeDelta::milliseconds(1)).unwrap_or(moment);
    let millis = u64::try_from(next.timestamp_millis()).unwrap_or_default();
    uuid::Builder::from_unix_timestamp_millis(millis, &[0; 10]).into_uuid()
}

/// Erases them; how many.
///
/// # Errors
/// The database failed.
pub(super) async fn erase(tx: &Tx, these: Due) -> Result<u64> {
    let found = person::Entity::find()
        .select_only()
        .column(person::Column::Id)
        .filter(due(these, tx.db().get_database_backend()))
        .order_by_asc(person::Column::Id)
        .limit(PART);
    // Locked first, then looked at again: whoever signs in meanwhile is named by a session.
    let locked: Vec<Uuid> = found.clone().lock_exclusive().into_tuple().all(tx.db()).await?;
    let again = found.filter(person::Column::Id.is_in(locked));
    let found: Vec<Uuid> = again.into_tuple().all(tx.db()).await?;
    let codes = recovery_code::Column::PersonId.is_in(found.iter().copied());
    recovery_code::Entity::delete_many().filter(codes).exec(tx.db()).await?;
    let accounts = local_account::Column::PersonId.is_in(found.iter().copied());
    local_account::Entity::delete_many().filter(accounts).exec(tx.db()).await?;
    let people = person::Entity::delete_many().filter(person::Column::Id.is_in(found)).exec(tx.db()).await?;
    Ok(people.rows_affected)
}

/// How many go in one transaction.
const PART: u64 = 500;

/// How many there are.
///
/// # Errors
/// The database failed.
pub(super) async fn count(tx: &Tx, these: Due) -> Result<u64> {
    Ok(person::Entity::find().filter(due(these, tx.db().get_database_backend())).count(tx.db()).await?)
}

#[cfg(test)]
mod tests {
    use sea_orm::{QueryTrait, Schema};
    use varsel_domain::retention::Kind;

    use super::*;
    use crate::entity::tables;

    /// What is erased must be named nowhere: the database refuses the erasure else, or something names somebody who is gone.
    #[test]
    fn every_column_that_names_a_person_is_looked_at() {
        let these = Due { kind: Kind::People, before: DateTime::UNIX_EPOCH, now: DateTime::UNIX_EPOCH };
        let looked_at = person::Entity::find().filter(due(these, DatabaseBackend::Sqlite));
        let looked_at = looked_at.build(DatabaseBackend::Sqlite).to_string();
        let names = [
            "person_id",
            "owner_id",
            "closer_id",
            "holder_id",
            "decider_id",
            "proposer_id",
            "created_by",
            "used_by",
        ];
        let mut seen = 0;
        for table in tables(&Schema::new(DatabaseBackend::Sqlite)) {
            let sql = table.to_string(sea_orm::sea_query::SqliteQueryBuilder);
            let table = sql.split('"').nth(1).unwrap().to_owned();
            for column in table_columns(&sql).filter(|column| names.iter().any(|name| column.ends_with(name)))
            {
                let goes_with_them = ["recovery_code", "use_hold"].contains(&table.as_str());
                let looked_at = looked_at.contains(&format!("\"{table}\".\"{column}\""));
                assert!(goes_with_them || looked_at, "{table}.{column} may name somebody who is erased");
                seen += 1;
            }
        }
        assert!(seen > 20, "{seen}");
    }

    /// Names stand in quotes; the first is the table's.
    fn table_columns(sql: &str) -> impl Iterator<Item = &str> {
        sql.split('"').skip(1).step_by(2).skip(1)
    }

    #[test]
    fn an_id_of_the_moment_is_before_the_first_after_it_and_one_of_the_next_is_not() {
        let at: DateTime<Utc> = "2026-11-27T10:00:00.123456Z".parse().unwrap();
        let id = |at: DateTime<Utc>, byte| {
            let millis = u64::try_from(at.timestamp_millis()).unwrap();
            uuid::Builder::from_unix_timestamp_millis(millis, &[byte; 10]).into_uuid()
        };
        assert!(id(at, 255) < first_after(at));
        assert!(id(at + TimeDelta::milliseconds(1), 0) >= first_after(at));
    }
}
