//! Rejected attempts: every one is counted, and the first of each client and cause in an hour are kept one by one.
//!
//! So a flood of them fills no disk, and still none is lost: the count says how many more there were.

use chrono::{DateTime, DurationRound, TimeDelta, Utc};
use sea_orm::sea_query::{Alias, Expr, ExprTrait, Func, OnConflict, Query};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, Condition, ConnectionTrait, EntityTrait, FromQueryResult, PaginatorTrait,
    QueryFilter, QueryOrder, QuerySelect,
};
use varsel_domain::attempt::{Attempt, Cause, Client, NameTag, Who};
use varsel_domain::{AttemptId, PersonId};

use crate::entity::attempt::{ActiveModel, Column, Entity, Model};
use crate::entity::attempt_tally::{Column as Tally, Entity as Tallies};
use crate::stored::Row;
use crate::{Error, Result, Tx};

const TABLE: &str = "attempt";

/// How many attempts of one client for one cause are kept one by one in an hour.
pub const KEPT: i64 = 50;

/// How many pairs of a client and a cause an hour may have; those beyond it are counted together, see [`OTHERS`].
pub const SOURCES: u64 = 10_000;

/// The client under which the attempts are counted that came from too many to tell apart.
pub const OTHERS: &str = "others";

/// What came of registering an attempt.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Counted {
    /// How many there were this hour for the cause from the client, with this one.
    pub count: i64,
    /// Whether it was also kept one by one.
    pub kept: bool,
}

/// Counts an attempt, and keeps it if its client has not had too many.
///
/// # Errors
/// The database failed.
pub async fn register(tx: &Tx, attempt: &Attempt) -> Result<Counted> {
    let row = Row { table: TABLE, id: attempt.id.0 };
    let (cause, hour) = (row.to_word(attempt.cause)?, hour_of(attempt.at));
    let count = match count_further(tx, hour, &cause, attempt).await? {
        Some(count) => count,
        None if sources(tx, hour).await? >= SOURCES => {
            count_in(tx, hour, &cause, (OTHERS, attempt.at)).await?
        }
        None => count_in(tx, hour, &cause, (&attempt.client.0, attempt.at)).await?,
    };
    let kept = count <= KEPT;
    if kept {
        Entity::insert(to_row(attempt, cause)).exec_without_returning(tx.db()).await?;
    }
    Ok(Counted { count, kept })
}

/// The attempts after `after`, newest first, at most `limit`.
///
/// # Errors
/// The database failed.
pub async fn list(tx: &Tx, after: Option<(DateTime<Utc>, AttemptId)>, limit: u64) -> Result<Vec<Attempt>> {
    let older = |(at, id): (DateTime<Utc>, AttemptId)| {
        let same = Condition::all().add(Column::At.eq(at)).add(Column::Id.lt(id.0));
        Condition::any().add(Column::At.lt(at)).add(same)
    };
    let query = Entity::find().filter(after.map_or_else(Condition::all, older));
    newest(tx, query, limit).await
}

/// The attempts at a person's account since `since` for these causes, newest first, at most `limit`.
///
/// # Errors
/// The database failed.
pub async fn of_person(
    tx: &Tx,
    person: PersonId,
    causes: &[Cause],
    (since, limit): (DateTime<Utc>, u64),
) -> Result<Vec<Attempt>> {
    let row = Row { table: TABLE, id: person.0 };
    let causes = causes.iter().map(|cause| row.to_word(*cause)).collect::<Result<Vec<_>>>()?;
    let query = Entity::find().filter(Column::PersonId.eq(person.0)).filter(Column::At.gte(since));
    newest(tx, query.filter(Column::Cause.is_in(causes)), limit).await
}

/// How many attempts are kept one by one.
///
/// # Errors
/// The database failed.
pub async fn kept(tx: &Tx) -> Result<u64> {
    Ok(Entity::find().count(tx.db()).await?)
}

/// How many attempts there were in an hour for a cause, from everywhere.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hour {
    /// Its beginning.
    pub hour: DateTime<Utc>,
    /// The cause.
    pub cause: Cause,
    /// How many.
    pub count: i64,
}

#[derive(Debug, FromQueryResult)]
struct HourRow {
    hour: DateTime<Utc>,
    cause: String,
    count: i64,
}

/// The hours since `since` that had attempts, oldest first, cause by cause.
///
/// # Errors
/// The database failed.
pub async fn hours(tx: &Tx, since: DateTime<Utc>) -> Result<Vec<Hour>> {
    let rows = Tallies::find()
        .select_only()
        .columns([Tally::Hour, Tally::Cause])
        .column_as(sum(), "count")
        .filter(Tally::Hour.gte(since))
        .group_by(Tally::Hour)
        .group_by(Tally::Cause)
        .order_by_asc(Tally::Hour)
        .order_by_asc(Tally::Cause)
        .into_model::<HourRow>()
        .all(tx.db())
        .await?;
    rows.into_iter()
        .map(|row| Ok(Hour { hour: row.hour, cause: cause(row.cause)?, count: row.count }))
        .collect()
}

/// How many attempts a client made for a cause.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    /// The client; [`OTHERS`] for those that were too many.
    pub client: Client,
    /// The cause.
    pub cause: Cause,
    /// How many.
    pub count: i64,
    /// When the last one was.
    pub last_at: DateTime<Utc>,
}

#[derive(Debug, FromQueryResult)]
struct SourceRow {
    client: String,
    cause: String,
    count: i64,
    last_at: DateTime<Utc>,
}

/// The clients with the most attempts since `since`, cause by cause, at most `limit`.
///
/// # Errors
/// The database failed.
pub async fn top_sources(tx: &Tx, since: DateTime<Utc>, limit: u64) -> Result<Vec<Source>> {
    let rows = Tallies::find()
        .select_only()
        .columns([Tally::Client, Tally::Cause])
        .column_as(sum(), "count")
        .column_as(Tally::LastAt.max(), "last_at")
        .filter(Tally::Hour.gte(since))
        .group_by(Tally::Client)
        .group_by(Tally::Cause)
        .order_by_desc(sum())
        .order_by_asc(Tally::Client)
        .order_by_asc(Tally::Cause)
        .limit(limit)
        .into_model::<SourceRow>()
        .all(tx.db())
        .await?;
    let source = |row: SourceRow| {
        let SourceRow { client, cause: word, count, last_at } = row;
        Ok(Source { client: Client(client), cause: cause(word)?, count, last_at })
    };
    rows.into_iter().map(source).collect()
}

/// A sum of whole numbers is a decimal on PostgreSQL.
fn sum() -> Expr {
    Expr::expr(Func::sum(Expr::col(Tally::Count))).cast_as(Alias::new("bigint"))
}

/// One more in a row that is there; none where there is no row yet.
async fn count_further(tx: &Tx, hour: DateTime<Utc>, cause: &str, attempt: &Attempt) -> Result<Option<i64>> {
    let update = Query::update()
        .table(Tallies)
        .value(Tally::Count, Expr::col(Tally::Count).add(1_i64))
        .value(Tally::LastAt, attempt.at)
        .and_where(Tally::Hour.eq(hour))
        .and_where(Tally::Cause.eq(cause))
        .and_where(Tally::Client.eq(&attempt.client.0))
        .returning_col(Tally::Count)
        .to_owned();
    let row = tx.db().query_one(&update).await?;
    Ok(row.map(|row| row.try_get("", "count")).transpose()?)
}

/// One more in a row that is made where it is not there.
async fn count_in(
    tx: &Tx,
    hour: DateTime<Utc>,
    cause: &str,
    (client, at): (&str, DateTime<Utc>),
) -> Result<i64> {
    let insert = Query::insert()
        .into_table(Tallies)
        .columns([Tally::Hour, Tally::Cause, Tally::Client, Tally::Count, Tally::LastAt])
        .values_panic([hour.into(), cause.into(), client.into(), 1_i64.into(), at.into()])
        .on_conflict(
            OnConflict::columns([Tally::Hour, Tally::Cause, Tally::Client])
                .value(Tally::Count, Expr::col((Tallies, Tally::Count)).add(1_i64))
                .value(Tally::LastAt, at)
                .to_owned(),
        )
        .returning_col(Tally::Count)
        .to_owned();
    let row = tx.db().query_one(&insert).await?;
    let row = row.ok_or_else(|| sea_orm::DbErr::RecordNotFound("attempt_tally".to_owned()))?;
    Ok(row.try_get("", "count")?)
}

async fn sources(tx: &Tx, hour: DateTime<Utc>) -> Result<u64> {
    Ok(Tallies::find().filter(Tally::Hour.eq(hour)).count(tx.db()).await?)
}

async fn newest(tx: &Tx, query: sea_orm::Select<Entity>, limit: u64) -> Result<Vec<Attempt>> {
    let rows = query.order_by_desc(Column::At).order_by_desc(Column::Id).limit(limit).all(tx.db()).await?;
    rows.into_iter().map(Attempt::try_from).collect()
}

fn hour_of(at: DateTime<Utc>) -> DateTime<Utc> {
    at.duration_trunc(TimeDelta::hours(1)).unwrap_or(at)
}

fn cause(word: String) -> Result<Cause> {
    Row { table: "attempt_tally", id: uuid::Uuid::nil() }.word(word)
}

fn to_row(attempt: &Attempt, cause: String) -> ActiveModel {
    let (person, tag) = match &attempt.who {
        Who::Nobody => (None, None),
        Who::Person(person) => (Some(person.0), None),
        Who::Unknown(tag) => (None, Some(tag.0.clone())),
    };
    ActiveModel {
        id: Set(attempt.id.0),
        at: Set(attempt.at),
        cause: Set(cause),
        code: Set(attempt.code.clone()),
        person_id: Set(person),
        name_tag: Set(tag),
        client: Set(attempt.client.0.clone()),
        device: Set(attempt.device.clone()),
        request_id: Set(attempt.request_id.clone()),
    }
}

impl TryFrom<Model> for Attempt {
    type Error = Error;

    fn try_from(model: Model) -> Result<Self> {
        let row = Row { table: TABLE, id: model.id };
        let who = match (model.person_id, model.name_tag) {
            (Some(person), _) => Who::Person(PersonId(person)),
            (None, Some(tag)) => Who::Unknown(NameTag(tag)),
            (None, None) => Who::Nobody,
        };
        Ok(Self {
            id: AttemptId(model.id),
            at: model.at,
            cause: row.word(model.cause)?,
            code: model.code,
            who,
            client: Client(model.client),
            device: model.device,
            request_id: model.request_id,
        })
    }
}
