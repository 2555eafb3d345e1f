//! The log of use: entries are only ever added, in the transaction whose answer they describe. Nothing changes one later:
//! the database refuses it. Its place in the log's tree is given soon after, by [`place`].

use chrono::{DateTime, TimeDelta, Utc};
use sea_orm::sea_query::{
    Alias, CommonTableExpression, Expr, ExprTrait, Query, TableRef, WindowStatement, WithClause,
};
use sea_orm::{
    ActiveModelTrait, ActiveValue::NotSet, ActiveValue::Set, ColumnTrait, Condition, ConnectionTrait,
    DatabaseBackend, DbErr, EntityTrait, FromQueryResult, IntoActiveModel, Order, QueryFilter, QueryOrder,
    QuerySelect, QueryTrait, Select, Statement,
};
use varsel_domain::access::{AccessEntry, UseKind};
use varsel_domain::authz::Scope;
use varsel_domain::retention::LONGEST_KEPT;
use varsel_domain::{EntryId, Ids, IncidentId, PersonId};
use varsel_log::places::{NotPlaces, Places};
use varsel_log::{Hash, Salt};

use crate::entity::access_entry::{ActiveModel, Column, Entity, Model};
use crate::stored::Row;
use crate::{Error, Result, Store, Tx, authorisation_use};

const TABLE: &str = "access_entry";

/// So many entries go into one statement.
const AT_ONCE: usize = 500;

/// Adds entries, each with a salt of its own.
///
/// # Errors
/// The database failed: then nothing may be shown.
pub async fn append(tx: &Tx, ids: &dyn Ids, entries: &[AccessEntry]) -> Result<()> {
    for part in entries.chunks(AT_ONCE) {
        let taken = Entity::insert_many(rows(ids, part)?).exec_without_returning(tx.db()).await;
        all_taken(part.len(), taken)?;
    }
    Ok(())
}

/// Whoever owns the tables can have a trigger or a rule swallow somebody's uses, and no statement fails.
fn all_taken(written: usize, taken: std::result::Result<u64, DbErr>) -> Result<()> {
    let fault = match taken {
        Ok(taken) if u64::try_from(written) == Ok(taken) => return Ok(()),
        Ok(taken) => Error::Swallowed { table: TABLE, written, taken },
        Err(error) => Error::Database(error),
    };
    Err(fault.not_logged())
}

/// Adds entries, and one use of each of the rights under which they came about, and commits that: on PostgreSQL in one statement, because
/// each further one is a way to the database and back that every answer waits for. It needs no scope: it reads nothing.
///
/// # Errors
/// The database failed: then nothing may be shown.
pub async fn commit(
    store: &Store,
    ids: &dyn Ids,
    entries: &[AccessEntry],
    grounds: &[authorisation_use::Ground],
) -> Result<()> {
    let is_one = (1..=AT_ONCE).contains(&entries.len()) && (1..=AT_ONCE).contains(&grounds.len());
    if store.is_shared() && is_one {
        let mut grounds_first = CommonTableExpression::new();
        grounds_first.table_name("grounds").query(authorisation_use::insertion(grounds));
        let insertion = Entity::insert_many(rows(ids, entries)?).into_query();
        let both = insertion.with(WithClause::new().cte(grounds_first).to_owned());
        return all_taken(
            entries.len(),
            store.connection().execute(&both).await.map(|it| it.rows_affected()),
        );
    }
    let tx = store.begin(&Scope::nothing()).await.map_err(Error::not_logged)?;
    append(&tx, ids, entries).await?;
    authorisation_use::append(&tx, grounds).await.map_err(Error::not_logged)?;
    tx.commit().await.map_err(Error::not_logged)
}

fn rows(ids: &dyn Ids, entries: &[AccessEntry]) -> Result<Vec<ActiveModel>> {
    entries.iter().map(|entry| to_row(entry, ids.secret())).collect()
}

fn to_row(entry: &AccessEntry, salt: [u8; 32]) -> Result<ActiveModel> {
    let row = Row { table: TABLE, id: entry.id.0 };
    Ok(ActiveModel {
        sequence: NotSet,
        id: Set(entry.id.0),
        at: Set(entry.at),
        person_id: Set(entry.person.map(|person| person.0)),
        incident_id: Set(entry.incident.map(|incident| incident.0)),
        use_kind: Set(row.to_word(entry.use_kind)?),
        text: Set(serde_json::to_string(entry).map_err(|error| row.unreadable(error.to_string()))?),
        salt: Set(salt.to_vec()),
        position: NotSet,
    })
}

/// An entry as it is in the log's tree.
#[derive(Debug, Clone, PartialEq)]
pub struct LoggedEntry {
    /// Its place there, from 0; none until the next checkpoint.
    pub position: Option<u64>,
    /// What it says.
    pub entry: AccessEntry,
    /// The same, byte for byte.
    pub text: String,
    /// What its leaf is made with.
    pub salt: Salt,
}

fn from_row(model: Model) -> Result<LoggedEntry> {
    let row = Row { table: TABLE, id: model.id };
    let entry = serde_json::from_str(&model.text).map_err(|error| row.unreadable(error.to_string()))?;
    let salt = salt_of(row, &model.salt)?;
    let position = model.position.map(|position| row.number(position)).transpose()?;
    Ok(LoggedEntry { position, entry, text: model.text, salt })
}

pub(crate) fn salt_of(row: Row, bytes: &[u8]) -> Result<Salt> {
    bytes.try_into().ok().map(Salt).ok_or_else(|| row.unreadable("its salt is not of 32 bytes"))
}

/// What is sought in the log.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Sought {
    /// Uses by this person.
    pub person: Option<PersonId>,
    /// Uses of this incident.
    pub incident: Option<IncidentId>,
    /// Uses of this kind; of all but signs of life where none is named.
    pub use_kind: Option<UseKind>,
    /// From this moment on.
    pub from: Option<DateTime<Utc>>,
    /// Before this moment.
    pub until: Option<DateTime<Utc>>,
    /// Not by these: nobody reads the log of their own acts, by whatever account.
    pub not_by: Vec<PersonId>,
}

/// Where a page of entries ends: time and place of its last one.
pub type After = (DateTime<Utc>, i64);

/// The entries that are sought, oldest first, at most `limit` after `after`; each with where it stands.
///
/// # Errors
/// The database failed, or a row cannot be read.
pub async fn list(
    tx: &Tx,
    sought: &Sought,
    after: Option<After>,
    limit: u64,
) -> Result<Vec<(After, LoggedEntry)>> {
    let later = |(at, sequence): After| {
        let same = Condition::all().add(Column::At.eq(at)).add(Column::Sequence.gt(sequence));
        Condition::any().add(Column::At.gt(at)).add(same)
    };
    let rows = Entity::find()
        .filter(condition(sought)?)
        .filter(after.map_or_else(Condition::all, later))
        .order_by_asc(Column::At)
        .order_by_asc(Column::Sequence)
        .limit(limit)
        .all(tx.db())
        .await?;
    rows.into_iter().map(|row| Ok(((row.at, row.sequence), from_row(row)?))).collect()
}

/// The latest time that any entry has, in UTC; none where there is none.
///
/// # Errors
/// The database failed.
pub async fn newest_at(tx: &Tx) -> Result<Option<DateTime<Utc>>> {
    let newest = Entity::find().select_only().column(Column::At).order_by_desc(Column::At).limit(1);
    Ok(newest.into_tuple().one(tx.db()).await?)
}

/// Whether there is an entry of this id.
///
/// # Errors
/// The database failed.
pub async fn is_there(tx: &Tx, id: EntryId) -> Result<bool> {
    use sea_orm::PaginatorTrait as _;
    Ok(Entity::find().filter(Column::Id.eq(id.0)).count(tx.db()).await? > 0)
}

/// How many entries are sought.
///
/// # Errors
/// The database failed.
pub async fn count(tx: &Tx, sought: &Sought) -> Result<u64> {
    use sea_orm::PaginatorTrait as _;
    Ok(Entity::find().filter(condition(sought)?).count(tx.db()).await?)
}

fn condition(sought: &Sought) -> Result<Condition> {
    let row = Row { table: TABLE, id: uuid::Uuid::nil() };
    // Signs of life are no uses: they are shown to whoever asks for them.
    let kind = match sought.use_kind {
        Some(kind) => Column::UseKind.eq(row.to_word(kind)?),
        None => Column::UseKind.ne(row.to_word(UseKind::Heartbeat)?),
    };
    let others = || {
        let own = sought.not_by.iter().map(|person| person.0);
        Condition::any().add(Column::PersonId.is_null()).add(Column::PersonId.is_not_in(own))
    };
    Ok(Condition::all()
        .add_option(sought.person.map(|person| Column::PersonId.eq(person.0)))
        .add_option(sought.incident.map(|incident| Column::IncidentId.eq(incident.0)))
        .add(kind)
        .add_option(sought.from.map(|from| Column::At.gte(from)))
        .add_option(sought.until.map(|until| Column::At.lt(until)))
        .add_option((!sought.not_by.is_empty()).then(others)))
}

/// Entries that have no place in the tree yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Waiting {
    /// Their leaves, in the order in which they will stand.
    pub leaves: Vec<Hash>,
    /// The last of them.
    last: i64,
}

#[derive(FromQueryResult)]
struct Leaf {
    sequence: i64,
    id: uuid::Uuid,
    text: String,
    salt: Vec<u8>,
}

/// The entries that wait for their place, oldest first, at most `limit`; none if none does.
///
/// # Errors
/// The database failed, or a row cannot be read.
pub async fn waiting(tx: &Tx, limit: u64) -> Result<Option<Waiting>> {
    let rows: Vec<Leaf> = Entity::find()
        .select_only()
        .columns([Column::Sequence, Column::Id, Column::Text, Column::Salt])
        .filter(Column::Position.is_null())
        .order_by_asc(Column::Sequence)
        .limit(limit)
        .into_model()
        .all(tx.db())
        .await?;
    let Some(last) = rows.last().map(|row| row.sequence) else { return Ok(None) };
    let leaf = |row: &Leaf| {
        let salt = salt_of(Row { table: TABLE, id: row.id }, &row.salt)?;
        Ok(Hash::of_entry(&salt, row.text.as_bytes()))
    };
    Ok(Some(Waiting { leaves: rows.iter().map(leaf).collect::<Result<_>>()?, last }))
}

/// Gives the entries that waited their places, from `first` on. In the snapshot in which they were read.
///
/// # Errors
/// The database failed.
pub async fn place(tx: &Tx, waiting: &Waiting, first: u64) -> Result<()> {
    let row = Row { table: TABLE, id: uuid::Uuid::nil() };
    let (numbered, table) = (Alias::new("numbered"), Alias::new(TABLE));
    let order = WindowStatement::new().order_by(Column::Sequence, Order::Asc).take();
    let places = Query::select()
        .column(Column::Sequence)
        .expr_window_as(Expr::cust("ROW_NUMBER()"), order, Alias::new("place"))
        .from(Entity)
        .and_where(Column::Position.is_null())
        .and_where(Column::Sequence.lte(waiting.last))
        .take();
    let before: i64 = row.number::<u64, i64>(first)? - 1;
    let place = Expr::col((numbered.clone(), Alias::new("place"))).add(before);
    let update = Query::update()
        .table(Entity)
        .value(Column::Position, place)
        .from(TableRef::SubQuery(places.into(), numbered.clone().into()))
        .and_where(Expr::col((table, Column::Sequence)).eq(Expr::col((numbered, Column::Sequence))))
        .take();
    tx.db().execute(&update).await?;
    Ok(())
}

/// When the entry that has waited longest for its place in the tree was written; none if none waits.
///
/// # Errors
/// The database failed.
pub async fn oldest_waiting(tx: &Tx) -> Result<Option<DateTime<Utc>>> {
    let query = Entity::find().select_only().column(Column::At).filter(Column::Position.is_null());
    Ok(query.order_by_asc(Column::Sequence).into_tuple().one(tx.db()).await?)
}

/// An erasure of entries whose time was up.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Erasure {
    /// It took what was older than this.
    pub before: DateTime<Utc>,
    /// When it began.
    pub began_at: DateTime<Utc>,
    /// When it ended; none where it did not come to its end.
    pub ended_at: Option<DateTime<Utc>>,
    /// How many entries went.
    pub entries: u64,
}

/// The erasures that began in `[from, until)`, oldest first.
///
/// # Errors
/// The database failed, or a row cannot be read.
pub async fn erasures(tx: &Tx, from: DateTime<Utc>, until: DateTime<Utc>) -> Result<Vec<Erasure>> {
    use crate::entity::log_erasure as erasure;
    let row = Row { table: "log_erasure", id: uuid::Uuid::nil() };
    let rows = erasure::Entity::find()
        .filter(erasure::Column::BeganAt.gte(from))
        .filter(erasure::Column::BeganAt.lt(until))
        .order_by_asc(erasure::Column::Number)
        .all(tx.db())
        .await?;
    let read = |it: erasure::Model| {
        let entries = row.number(it.entries)?;
        Ok(Erasure { before: it.before, began_at: it.began_at, ended_at: it.ended_at, entries })
    };
    rows.into_iter().map(read).collect()
}

/// How many entries one erasure takes at most, so that nobody waits long for it.
pub const MOST_ERASED: u64 = 5_000;

/// What is due: an entry of `before` or earlier that has its place in the tree, unless its incident is held or it is kept itself; and
/// whatever is five years old.
fn due(before: DateTime<Utc>, now: DateTime<Utc>) -> Condition {
    let held = crate::legal_hold::held(now);
    let free =
        Condition::any().add(Column::IncidentId.is_null()).add(Column::IncidentId.not_in_subquery(held));
    let unkept = Condition::all().add(free).add(Expr::exists(crate::use_hold::keeps(now)).not());
    let oldest = now.checked_sub_months(LONGEST_KEPT).unwrap_or(DateTime::<Utc>::MIN_UTC);
    let placed = Condition::all().add(Column::At.lte(before)).add(Column::Position.is_not_null());
    placed.add(Condition::any().add(unkept).add(Column::At.lte(oldest)))
}

/// What the next part of an erasure takes, in the order in which it was written; said so that no database walks through the whole log in
/// that order to find the few that are due.
pub(crate) fn oldest_due(before: DateTime<Utc>, now: DateTime<Utc>) -> Select<Entity> {
    let written = Expr::col((Entity, Column::Sequence)).add(0);
    Entity::find().filter(due(before, now)).order_by(written, Order::Asc).limit(MOST_ERASED)
}

/// How many entries are due for erasure.
///
/// # Errors
/// The database failed.
pub async fn count_due(tx: &Tx, before: DateTime<Utc>, now: DateTime<Utc>) -> Result<u64> {
    use sea_orm::PaginatorTrait as _;
    Ok(Entity::find().filter(due(before, now)).count(tx.db()).await?)
}

/// An entry that an erasure would take.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DueEntry {
    /// Its place in the tree.
    pub place: u64,
    /// When it was written, by its own text; none where that cannot be read.
    pub at: Option<DateTime<Utc>>,
    /// The leaf that it makes; none where its salt cannot be read.
    pub leaf: Option<Hash>,
}

/// What the next part of an erasure takes: what it goes by is in a column, and what was logged in the text.
///
/// # Errors
/// The database failed.
pub async fn due_entries(tx: &Tx, before: DateTime<Utc>, now: DateTime<Utc>) -> Result<Vec<DueEntry>> {
    let oldest = oldest_due(before, now);
    let read = |model: Model| {
        let row = Row { table: TABLE, id: model.id };
        let leaf = salt_of(row, &model.salt).ok().map(|salt| Hash::of_entry(&salt, model.text.as_bytes()));
        let at = crate::log_record::time_of(&model.text);
        Ok(DueEntry { place: row.number(model.position.unwrap_or_default())?, at, leaf })
    };
    oldest.all(tx.db()).await?.into_iter().map(read).collect()
}

/// What one erasure took.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Taken {
    /// Its number among the erasures.
    pub number: u64,
    /// When.
    pub at: DateTime<Utc>,
    /// Entries of this time or older.
    pub before: DateTime<Utc>,
    /// The places that are empty since.
    pub places: Places,
}

/// Erases entries of `before` or earlier that have their place in the tree, where their leaves stay, at most
/// [`MOST_ERASED`]; what it took, if anything was due. Those of a held incident and those that are kept stay. PostgreSQL has a function for it, which
/// holds to its own clock and to the law's deadline, whatever it is asked. Whoever calls it puts what it took on record
/// ([`log_record`](crate::log_record)) in the same transaction.
///
/// # Errors
/// The database failed, or says that it took what was not due.
pub async fn erase(tx: &Tx, before: DateTime<Utc>, now: DateTime<Utc>) -> Result<Option<Taken>> {
    let row = Row { table: TABLE, id: uuid::Uuid::nil() };
    let oldest: Vec<(i64, i64)> = oldest_due(before, now)
        .select_only()
        .columns([Column::Sequence, Column::Position])
        .into_tuple()
        .all(tx.db())
        .await?;
    let Some((last, _)) = oldest.last() else { return Ok(None) };
    let places = oldest.iter().map(|(_, place)| row.number(*place)).collect::<Result<Vec<u64>>>()?;
    let places = Places::each(places);
    if !tx.is_postgres() {
        return erase_here(tx, (*last, places), before, now).await.map(Some);
    }
    let taken = erase_by_function(tx, before, now).await?;
    // Nobody gets the log's signature for what was not due, by another function in its place.
    if taken.as_ref().is_some_and(|taken| !taken.places.without(&places).is_empty()) {
        return Err(row.unreadable("the database says that it erased what was not due"));
    }
    Ok(taken)
}

async fn erase_here(
    tx: &Tx,
    (last, places): (i64, Places),
    before: DateTime<Utc>,
    now: DateTime<Utc>,
) -> Result<Taken> {
    use crate::entity::log_erasure as erasure;
    let row = Row { table: TABLE, id: uuid::Uuid::nil() };
    let run = erasure::ActiveModel {
        number: NotSet,
        // The database lets go of what is older than this.
        before: Set(before + TimeDelta::microseconds(1)),
        began_at: Set(now),
        ended_at: Set(None),
        entries: Set(0),
    };
    let run = run.insert(tx.db()).await?;
    let number = row.number(run.number)?;
    let part = due(before, now).add(Column::Sequence.lte(last));
    let erased = Entity::delete_many().filter(part).exec(tx.db()).await?.rows_affected;
    let mut run = run.into_active_model();
    run.ended_at = Set(Some(now));
    run.entries = Set(row.number(erased)?);
    run.update(tx.db()).await?;
    Ok(Taken { number, at: now, before, places })
}

#[derive(FromQueryResult)]
struct Told {
    run: i64,
    taken_at: DateTime<Utc>,
    taken_before: DateTime<Utc>,
    places: String,
}

async fn erase_by_function(tx: &Tx, before: DateTime<Utc>, now: DateTime<Utc>) -> Result<Option<Taken>> {
    let row = Row { table: TABLE, id: uuid::Uuid::nil() };
    let values = [before.into(), now.into(), row.number::<u64, i64>(MOST_ERASED)?.into()];
    let sql = "SELECT run, taken_at, taken_before, places FROM erase_due_uses($1, $2, $3)";
    let statement = Statement::from_sql_and_values(DatabaseBackend::Postgres, sql, values);
    let read = |told: Told| {
        let places = told.places.parse().map_err(|error: NotPlaces| row.unreadable(error.to_string()))?;
        Ok(Taken { number: row.number(told.run)?, at: told.taken_at, before: told.taken_before, places })
    };
    Told::find_by_statement(statement).one(tx.db()).await?.map(read).transpose()
}

/// Whether an entry has a place in the tree at `size` or beyond, which nobody has signed. Only the seal gives places.
///
/// # Errors
/// The database failed.
pub async fn is_placed_beyond(tx: &Tx, size: u64) -> Result<bool> {
    let size: i64 = Row { table: TABLE, id: uuid::Uuid::nil() }.number(size)?;
    // The last one, of which the index knows: for any beyond, a database without statistics looks through the table.
    let placed = Entity::find().select_only().column(Column::Position).filter(Column::Position.is_not_null());
    let last = placed.order_by_desc(Column::Position).into_tuple::<i64>().one(tx.db()).await?;
    Ok(last.is_some_and(|last| last >= size))
}
