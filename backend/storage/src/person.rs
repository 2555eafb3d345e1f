//! People who sign in.

use sea_orm::sea_query::{Expr, ExprTrait, Func};
use sea_orm::{ActiveValue::NotSet, ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
use varsel_domain::organisation::{Identity, Person};
use varsel_domain::{OrganisationId, PersonId, Role, UnitId};

use crate::entity::person::{ActiveModel, Column, Entity, Model};
use crate::stored::Row;
use crate::{Error, Result, Tx};

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

/// Everybody who maintains the rules now, oldest account first.
///
/// # Errors
/// The database failed.
pub async fn administrators(tx: &Tx) -> Result<Vec<Person>> {
    let rows = Entity::find().filter(Column::Role.eq("administrator")).order_by_asc(Column::Id).all(tx.db());
    rows.await?.into_iter().map(Person::try_from).collect()
}

/// Everybody who watches over access now: security officers first, then administrators, oldest account first.
///
/// # Errors
/// The database failed.
pub async fn watchers(tx: &Tx) -> Result<Vec<Person>> {
    let rows = Entity::find()
        .filter(Column::Role.is_in(["security_officer", "administrator"]))
        .order_by_desc(Column::Role)
        .order_by_asc(Column::Id)
        .all(tx.db());
    rows.await?.into_iter().map(Person::try_from).collect()
}

/// Whether anybody is an administrator.
///
/// # Errors
/// The database failed.
pub async fn has_administrator(tx: &Tx) -> Result<bool> {
    Ok(Entity::find().filter(Column::Role.eq("administrator")).one(tx.db()).await?.is_some())
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
