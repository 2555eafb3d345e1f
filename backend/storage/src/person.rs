//! People who sign in.

use sea_orm::sea_query::{Condition, Expr, ExprTrait, Func, LikeExpr};
use sea_orm::{
    ActiveValue::NotSet, ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect,
};
use uuid::Uuid;
use varsel_domain::authorisation::{Authorisation, Reach};
use varsel_domain::authz::Reaches;
use varsel_domain::natural::NaturalPerson;
use varsel_domain::organisation::{Identity, Person};
use varsel_domain::{OrganisationId, PersonId, Role, UnitId};

use crate::entity::authorisation;
use crate::entity::person::{ActiveModel, Column, Entity, Model};
use crate::stored::Row;
use crate::{Error, Result, Tx, organisation};

const TABLE: &str = "person";

/// Registers a person.
///
/// # Errors
/// [`Error::AlreadyExists`] when the identity or the demo handle is taken; the database failed.
pub async fn insert(tx: &Tx, identity: &Identity, person: &Person) -> Result<()> {
    let mut row = to_row(person)?;
    row.issuer = Set(identity.issuer.clone());
    row.subject = Set(identity.subject.clone());
    let insert = Entity::insert(row).exec_without_returning(tx.db());
    insert.await.map_err(Error::inserting(TABLE))?;
    Ok(())
}

/// Writes what changed about a person. Who they are to their provider never does.
///
/// # Errors
/// The database failed.
pub async fn update(tx: &Tx, person: &Person) -> Result<()> {
    Entity::update(to_row(person)?).exec(tx.db()).await?;
    Ok(())
}

/// A person.
///
/// # Errors
/// The database failed.
pub async fn find(tx: &Tx, id: PersonId) -> Result<Option<Person>> {
    Entity::find_by_id(id.0).one(tx.db()).await?.map(Person::try_from).transpose()
}

/// These people, in no particular order; those who do not exist are left out.
///
/// # Errors
/// The database failed.
pub async fn find_many(tx: &Tx, ids: &[PersonId]) -> Result<Vec<Person>> {
    let rows = Entity::find().filter(Column::Id.is_in(ids.iter().map(|id| id.0))).all(tx.db()).await?;
    rows.into_iter().map(Person::try_from).collect()
}

/// The accounts that may be of the same human being as `person`'s: theirs, and those that [`NaturalPerson::may_be`] finds among all.
///
/// # Errors
/// The database failed.
pub async fn accounts_of(tx: &Tx, person: PersonId) -> Result<Vec<PersonId>> {
    type Known = (Uuid, Option<String>, Option<String>, String);
    // Names and addresses are compared here: SQLite knows the small letters of English alone.
    let known: Vec<Known> = Entity::find()
        .select_only()
        .columns([Column::Id, Column::NaturalKey, Column::Email, Column::Name])
        .into_tuple()
        .all(tx.db())
        .await?;
    let natural = |(id, key, email, name)| NaturalPerson { account: PersonId(id), key, email, name };
    let all: Vec<_> = known.into_iter().map(natural).collect();
    let Some(own) = all.iter().find(|it| it.account == person) else { return Ok(vec![person]) };
    Ok(all.iter().filter(|it| it.may_be(own)).map(|it| it.account).collect())
}

/// The person whom an identity provider knows by `identity`.
///
/// # Errors
/// The database failed.
pub async fn find_by_identity(tx: &Tx, identity: &Identity) -> Result<Option<Person>> {
    let found = Entity::find()
        .filter(Column::Issuer.eq(&identity.issuer))
        .filter(Column::Subject.eq(&identity.subject))
        .one(tx.db())
        .await?;
    found.map(Person::try_from).transpose()
}

/// Everybody with this mail address, whatever its letters' case.
///
/// # Errors
/// The database failed.
pub async fn find_by_email(tx: &Tx, email: &str) -> Result<Vec<Person>> {
    let same = Expr::expr(Func::lower(Expr::col(Column::Email))).eq(email.to_lowercase());
    let rows = Entity::find().filter(same).order_by_asc(Column::Id).all(tx.db()).await?;
    rows.into_iter().map(Person::try_from).collect()
}

/// Everybody with a demo handle, by handle.
///
/// # Errors
/// The database failed.
pub async fn list_demo(tx: &Tx) -> Result<Vec<Person>> {
    let rows = Entity::find()
        .filter(Column::DemoHandle.is_not_null())
        .order_by_asc(Column::DemoHandle)
        .all(tx.db())
        .await?;
    rows.into_iter().map(Person::try_from).collect()
}

/// A person and everything they hold or held, in one query.
///
/// # Errors
/// The database failed.
pub async fn find_with_authorisations(tx: &Tx, id: PersonId) -> Result<Option<(Person, Vec<Authorisation>)>> {
    let query = Entity::find_by_id(id.0).find_with_related(authorisation::Entity);
    let found = query.all(tx.db()).await?.pop();
    let Some((person, held)) = found else { return Ok(None) };
    let held = held.into_iter().map(Authorisation::try_from).collect::<Result<_>>()?;
    Ok(Some((Person::try_from(person)?, held)))
}

/// At most `limit` people with `text` in their name or mail address (everybody where it is empty) who belong where `reaches` says, by
/// name.
///
/// # Errors
/// The database failed.
pub async fn search(tx: &Tx, text: &str, reaches: &Reaches, limit: u64) -> Result<Vec<Person>> {
    let text = organisation::folded(text.trim());
    let query = Entity::find().filter(matches(&text)).filter(belong(reaches));
    let query = query.order_by_asc(Column::Name).order_by_asc(Column::Id);
    query.limit(limit).all(tx.db()).await?.into_iter().map(Person::try_from).collect()
}

/// People of these organisations and units: somebody's home is nothing wider.
fn belong(reaches: &Reaches) -> Condition {
    let Reaches::These(reaches) = reaches else { return Condition::all() };
    reaches.iter().fold(Condition::any().add(Expr::value(false)), |any, reach| match reach {
        Reach::Organisation(id) => any.add(Column::OrganisationId.eq(id.0)),
        Reach::Unit(id) => any.add(Column::Unit.eq(&id.0)),
        Reach::Sector(_) | Reach::National => any,
    })
}

/// People with `folded` in their name or address. SQLite folds ASCII only, so the letters beyond are tried in both sizes.
pub(crate) fn matches(folded: &str) -> Condition {
    let mut letters = folded.chars();
    let capital: String = letters.next().into_iter().flat_map(char::to_uppercase).chain(letters).collect();
    let upper = folded.to_uppercase();
    let mut any = Condition::any();
    for part in [folded, &capital, &upper] {
        let escaped = part.replace('!', "!!").replace('%', "!%").replace('_', "!_");
        let like = LikeExpr::new(format!("%{escaped}%")).escape('!');
        any = any.add(Expr::col((Entity, Column::Name)).like(like));
    }
    let escaped = folded.replace('!', "!!").replace('%', "!%").replace('_', "!_");
    let like = LikeExpr::new(format!("%{escaped}%")).escape('!');
    any.add(Expr::expr(Func::lower(Expr::col((Entity, Column::Name)))).like(like.clone()))
        .add(Expr::expr(Func::lower(Expr::col((Entity, Column::Email)))).like(like))
}

fn to_row(person: &Person) -> Result<ActiveModel> {
    let row = Row { table: TABLE, id: person.id.0 };
    let (role, organisation, unit) = match &person.role {
        Role::Reporter { organisation } => ("reporter", Some(organisation.0), None),
        Role::Officer { unit } => ("officer", None, Some(unit.0.clone())),
        Role::Coordinator { unit } => ("coordinator", None, Some(unit.0.clone())),
        Role::SecurityOfficer => ("security_officer", None, None),
        Role::Administrator => ("administrator", None, None),
    };
    Ok(ActiveModel {
        id: Set(person.id.0),
        issuer: NotSet,
        subject: NotSet,
        name: Set(person.name.clone()),
        email: Set(person.email.clone()),
        language: Set(row.to_word(person.language)?),
        role: Set(role.to_owned()),
        organisation_id: Set(organisation),
        unit: Set(unit),
        natural_key: Set(person.natural_key.clone()),
        demo_handle: Set(person.demo_handle.clone()),
        title: Set(person.title.as_ref().map(|title| row.to_json(title)).transpose()?),
    })
}

impl TryFrom<Model> for Person {
    type Error = Error;

    fn try_from(model: Model) -> Result<Self> {
        let row = Row { table: TABLE, id: model.id };
        let role = match (model.role.as_str(), model.organisation_id, model.unit) {
            ("reporter", Some(organisation), _) => {
                Role::Reporter { organisation: OrganisationId(organisation) }
            }
            ("officer", _, Some(unit)) => Role::Officer { unit: UnitId(unit) },
            ("coordinator", _, Some(unit)) => Role::Coordinator { unit: UnitId(unit) },
            ("security_officer", _, _) => Role::SecurityOfficer,
            ("administrator", _, _) => Role::Administrator,
            (role, _, _) => return Err(row.unreadable(format!("role {role} without what it is bound to"))),
        };
        Ok(Self {
            id: PersonId(model.id),
            name: model.name,
            email: model.email,
            language: row.word(model.language)?,
            role,
            natural_key: model.natural_key,
            demo_handle: model.demo_handle,
            title: model.title.map(|title| row.json(title)).transpose()?,
        })
    }
}
