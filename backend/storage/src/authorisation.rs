//! Authorisations. A row stays when its authorisation has ended, until [`crate::retention`] takes it.

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};
use sea_orm::sea_query::{Condition, Expr, ExprTrait, Query};
use sea_orm::{
    ActiveValue::NotSet, ActiveValue::Set, ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder,
    QuerySelect, Select,
};
use uuid::Uuid;
use varsel_domain::authorisation::{Authorisation, Basis, Function, Reach, State, Step, Suspension};
use varsel_domain::{AuthorisationId, ChangeId, PersonId};

use crate::entity::authorisation::{ActiveModel, Column, Entity, Model};
use crate::entity::person;
use crate::stored::Row;
use crate::{Error, Result, Tx, organisation};

const TABLE: &str = "authorisation";

/// Which authorisations.
#[derive(Debug, Clone, Default)]
pub struct Criteria {
    /// Only with one of these reaches, or of this holder; none: of every reach.
    pub visible: Option<Visible>,
    /// Only of this holder.
    pub holder: Option<PersonId>,
    /// Only with this reach.
    pub reach: Option<Reach>,
    /// Only with this function.
    pub function: Option<Function>,
    /// Only those that stand so at [`Criteria::now`].
    pub standing: Option<Standing>,
    /// Part of the holder's name or mail address, in any case of letters.
    pub text: Option<String>,
    /// The present.
    pub now: DateTime<Utc>,
}

/// What somebody may see of them.
#[derive(Debug, Clone)]
pub struct Visible {
    /// Those with one of these reaches.
    pub reaches: Vec<Reach>,
    /// And this person's own.
    pub person: PersonId,
}

/// How an authorisation stands, as lists tell it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Standing {
    /// It gives rights, or will when its window begins.
    Active,
    /// It is suspended.
    Suspended,
    /// It is suspended because its holder has moved, and waits for those who administer it.
    Moved,
    /// It was withdrawn, or its window is over.
    Over,
}

/// Where a row stands in the list: newest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ListKey {
    /// When it was granted.
    pub granted_at: DateTime<Utc>,
    /// Id.
    pub id: AuthorisationId,
}

/// Adds an authorisation.
///
/// # Errors
/// The database failed.
pub async fn insert(tx: &Tx, authorisation: &Authorisation) -> Result<()> {
    let row = ActiveModel { revision: Set(0), ..to_row(authorisation)? };
    let insert = Entity::insert(row).exec_without_returning(tx.db());
    insert.await.map_err(Error::inserting(TABLE))?;
    Ok(())
}

/// Writes what happened to an authorisation: its state and its last step.
///
/// # Errors
/// The database failed.
pub async fn update(tx: &Tx, authorisation: &Authorisation) -> Result<()> {
    let row = to_row(authorisation)?;
    Entity::update_many()
        .set(ActiveModel { id: NotSet, ..row })
        .col_expr(Column::Revision, Expr::col(Column::Revision).add(1))
        .filter(Column::Id.eq(authorisation.id.0))
        .exec(tx.db())
        .await?;
    Ok(())
}

/// An authorisation.
///
/// # Errors
/// The database failed.
pub async fn find(tx: &Tx, id: AuthorisationId) -> Result<Option<Authorisation>> {
    Entity::find_by_id(id.0).one(tx.db()).await?.map(Authorisation::try_from).transpose()
}

/// These, in no order; those that do not exist are left out.
///
/// # Errors
/// The database failed.
pub async fn find_many(tx: &Tx, ids: &[AuthorisationId]) -> Result<Vec<Authorisation>> {
    read(tx, Entity::find().filter(Column::Id.is_in(ids.iter().map(|id| id.0)))).await
}

/// Everything that a person holds or held, oldest first.
///
/// # Errors
/// The database failed.
pub async fn of_holder(tx: &Tx, holder: PersonId) -> Result<Vec<Authorisation>> {
    let query = Entity::find().filter(Column::HolderId.eq(holder.0));
    read(tx, query.order_by_asc(Column::GrantedAt).order_by_asc(Column::Id)).await
}

/// Nobody else changes what these people hold until the transaction ends.
///
/// # Errors
/// The database failed.
pub async fn lock_holders(tx: &Tx, holders: impl IntoIterator<Item = PersonId>) -> Result<()> {
    // In one order, so that two who want the same people do not wait for each other.
    let ids: BTreeSet<Uuid> = holders.into_iter().map(|holder| holder.0).collect();
    let query = person::Entity::find().select_only().column(person::Column::Id);
    let query = query.filter(person::Column::Id.is_in(ids)).order_by_asc(person::Column::Id);
    query.lock_exclusive().into_tuple::<Uuid>().all(tx.db()).await?;
    Ok(())
}

/// What stands for everything a person holds: it is another one after each change to that.
///
/// # Errors
/// The database failed.
pub async fn version_of(tx: &Tx, holder: PersonId) -> Result<String> {
    let revisions: Vec<i64> = Entity::find()
        .select_only()
        .column(Column::Revision)
        .filter(Column::HolderId.eq(holder.0))
        .into_tuple()
        .all(tx.db())
        .await?;
    let steps: i64 = revisions.iter().sum();
    Ok(format!("{}.{steps}", revisions.len()))
}

/// Those with this function that give rights at `now`, in no order.
///
/// # Errors
/// The database failed.
pub async fn with_function(tx: &Tx, function: Function, now: DateTime<Utc>) -> Result<Vec<Authorisation>> {
    let criteria =
        Criteria { function: Some(function), standing: Some(Standing::Active), now, ..Criteria::default() };
    read(tx, Entity::find().filter(condition(&criteria)).filter(Column::ValidFrom.lte(now))).await
}

/// Those of a reach that are neither withdrawn nor over, in no order.
///
/// # Errors
/// The database failed.
pub async fn live_of_reach(tx: &Tx, reach: &Reach, now: DateTime<Utc>) -> Result<Vec<Authorisation>> {
    let query = Entity::find().filter(Column::Reach.eq(reach.to_string())).filter(live(now));
    read(tx, query).await
}

/// All that are neither withdrawn nor over, oldest first.
///
/// # Errors
/// The database failed.
pub async fn live_everywhere(tx: &Tx, now: DateTime<Utc>) -> Result<Vec<Authorisation>> {
    let query = Entity::find().filter(live(now));
    read(tx, query.order_by_asc(Column::GrantedAt).order_by_asc(Column::Id)).await
}

/// Every reach in which there is one that is neither withdrawn nor over, with when the first of these was granted.
///
/// # Errors
/// The database failed.
pub async fn reaches(tx: &Tx, now: DateTime<Utc>) -> Result<Vec<(Reach, DateTime<Utc>)>> {
    let rows: Vec<(String, DateTime<Utc>)> = Entity::find()
        .select_only()
        .column(Column::Reach)
        .column_as(Column::GrantedAt.min(), "first_at")
        .filter(live(now))
        .group_by(Column::Reach)
        .order_by_asc(Column::Reach)
        .into_tuple()
        .all(tx.db())
        .await?;
    let row = Row { table: TABLE, id: Uuid::nil() };
    let read = |(reach, at): (String, DateTime<Utc>)| {
        let reach = reach.parse().ok().ok_or_else(|| row.unreadable(format!("reach {reach}")))?;
        Ok((reach, at))
    };
    rows.into_iter().map(read).collect()
}

/// At most `limit` of them after `after`, newest first.
///
/// # Errors
/// The database failed.
pub async fn list(
    tx: &Tx,
    criteria: &Criteria,
    after: Option<ListKey>,
    limit: u64,
) -> Result<Vec<Authorisation>> {
    let older = |key: ListKey| {
        let same = Condition::all().add(Column::GrantedAt.eq(key.granted_at)).add(Column::Id.lt(key.id.0));
        Condition::any().add(Column::GrantedAt.lt(key.granted_at)).add(same)
    };
    let query = Entity::find()
        .filter(condition(criteria))
        .filter(after.map_or_else(Condition::all, older))
        .order_by_desc(Column::GrantedAt)
        .order_by_desc(Column::Id)
        .limit(limit);
    read(tx, query).await
}

/// How many there are.
///
/// # Errors
/// The database failed.
pub async fn count(tx: &Tx, criteria: &Criteria) -> Result<u64> {
    Ok(Entity::find().filter(condition(criteria)).count(tx.db()).await?)
}

async fn read(tx: &Tx, query: Select<Entity>) -> Result<Vec<Authorisation>> {
    query.all(tx.db()).await?.into_iter().map(Authorisation::try_from).collect()
}

fn condition(criteria: &Criteria) -> Condition {
    let Criteria { visible, holder, reach, function, text, now, .. } = criteria;
    let seen = |visible: &Visible| {
        let reaches = visible.reaches.iter().map(Reach::to_string);
        Condition::any().add(Column::Reach.is_in(reaches)).add(Column::HolderId.eq(visible.person.0))
    };
    let standing = |standing: Standing| match standing {
        Standing::Active => live(*now).add(Column::State.eq("active")),
        Standing::Suspended => live(*now).add(Column::State.starts_with("suspended")),
        Standing::Moved => live(*now).add(Column::State.eq("suspended moved")),
        Standing::Over => live(*now).not(),
    };
    Condition::all()
        .add_option(visible.as_ref().map(seen))
        .add_option(holder.map(|holder| Column::HolderId.eq(holder.0)))
        .add_option(reach.as_ref().map(|reach| Column::Reach.eq(reach.to_string())))
        // No function's word is part of another's.
        .add_option(function.map(|function| Column::Functions.contains(function.word())))
        .add_option(criteria.standing.map(standing))
        .add_option(text.as_deref().map(named))
}

/// Neither withdrawn nor over.
fn live(now: DateTime<Utc>) -> Condition {
    let runs = Condition::any().add(Column::ValidUntil.is_null()).add(Column::ValidUntil.gt(now));
    Condition::all().add(Column::State.ne("withdrawn")).add(runs)
}

/// Of holders whose name or address has `text` in it.
fn named(text: &str) -> Condition {
    let matches = crate::person::matches(&organisation::folded(text));
    let people = Query::select().column(person::Column::Id).from(person::Entity).cond_where(matches).take();
    Condition::all().add(Column::HolderId.in_subquery(people))
}

/// Words with a space between them.
pub(crate) fn words(functions: &BTreeSet<Function>) -> String {
    let mut words: Vec<_> = functions.iter().map(|function| function.word()).collect();
    words.sort_unstable();
    words.join(" ")
}

/// What [`words`] wrote.
pub(crate) fn functions(row: Row, words: &str) -> Result<BTreeSet<Function>> {
    words.split_whitespace().map(|word| row.word(word.to_owned())).collect()
}

fn to_row(authorisation: &Authorisation) -> Result<ActiveModel> {
    let row = Row { table: TABLE, id: authorisation.id.0 };
    let (basis, provider, change) = match &authorisation.basis {
        Basis::Approved(change) => ("approved", None, Some(change.0)),
        Basis::Provider(name) => ("provider", Some(name.clone()), None),
        Basis::Bootstrap => ("bootstrap", None, None),
    };
    let state = match authorisation.state {
        State::Active => "active".to_owned(),
        State::Suspended(why) => format!("suspended {}", row.to_word(why)?),
        State::Withdrawn => "withdrawn".to_owned(),
    };
    let step = authorisation.step.as_ref();
    Ok(ActiveModel {
        id: Set(authorisation.id.0),
        holder_id: Set(authorisation.holder.0),
        functions: Set(words(&authorisation.functions)),
        reach: Set(authorisation.reach.to_string()),
        purpose: Set(authorisation.purpose.as_str().to_owned()),
        valid_from: Set(authorisation.from),
        valid_until: Set(authorisation.until),
        temporary: Set(authorisation.temporary.map(|why| row.to_word(why)).transpose()?),
        basis: Set(basis.to_owned()),
        provider: Set(provider),
        change_id: Set(change),
        state: Set(state),
        granted_at: Set(authorisation.granted_at),
        step_person_id: Set(step.and_then(|step| step.by).map(|person| person.0)),
        step_name: Set(step.and_then(|step| step.by_name.clone())),
        step_at: Set(step.map(|step| step.at)),
        step_reason: Set(step.map(|step| step.reason.clone())),
        revision: NotSet,
    })
}

impl TryFrom<Model> for Authorisation {
    type Error = Error;

    fn try_from(model: Model) -> Result<Self> {
        let row = Row { table: TABLE, id: model.id };
        let basis = match (model.basis.as_str(), model.change_id, model.provider) {
            ("approved", Some(change), _) => Basis::Approved(ChangeId(change)),
            ("provider", _, Some(name)) => Basis::Provider(name),
            ("bootstrap", _, _) => Basis::Bootstrap,
            (basis, _, _) => return Err(row.unreadable(format!("basis {basis} without what it rests on"))),
        };
        let state = match model.state.split_once(' ') {
            None if model.state == "active" => State::Active,
            None if model.state == "withdrawn" => State::Withdrawn,
            Some(("suspended", why)) => State::Suspended(row.word::<Suspension>(why.to_owned())?),
            _ => return Err(row.unreadable(format!("state {}", model.state))),
        };
        let step = model.step_at.map(|at| Step {
            by: model.step_person_id.map(PersonId),
            by_name: model.step_name,
            at,
            reason: model.step_reason.unwrap_or_default(),
        });
        Ok(Self {
            id: AuthorisationId(model.id),
            holder: PersonId(model.holder_id),
            functions: functions(row, &model.functions)?,
            reach: model
                .reach
                .parse()
                .ok()
                .ok_or_else(|| row.unreadable(format!("reach {}", model.reach)))?,
            purpose: model.purpose.into(),
            from: model.valid_from,
            until: model.valid_until,
            temporary: model.temporary.map(|why| row.word(why)).transpose()?,
            basis,
            state,
            granted_at: model.granted_at,
            step,
        })
    }
}
