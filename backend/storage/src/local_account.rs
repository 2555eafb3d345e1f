//! Accounts that Varsel itself vouches for. Only hashes of passwords come here.

use chrono::{DateTime, Utc};
use sea_orm::sea_query::Expr;
use sea_orm::{
    ActiveValue::NotSet, ActiveValue::Set, ColumnTrait, Condition, EntityTrait, QueryFilter, QueryOrder,
};
use uuid::Uuid;
use varsel_domain::PersonId;

use crate::entity::local_account::{ActiveModel, Column, Entity, Model};
use crate::keys::Place;
use crate::{Error, Result, Tx};

const TABLE: &str = "local_account";

/// An account.
#[derive(Clone, PartialEq, Eq)]
pub struct LocalAccount {
    /// Whose it is.
    pub person: PersonId,
    /// What they write to sign in: a mail address in small letters.
    pub login: String,
    /// When it was made.
    pub created_at: DateTime<Utc>,
    /// The password with its second factor, where there is one.
    pub password: Option<Password>,
}

/// A password and the secret of the codes that go with it: there is never one without the other.
#[derive(Clone, PartialEq, Eq)]
pub struct Password {
    /// The hash, in the PHC string format.
    pub phc: String,
    /// When it was set.
    pub set_at: DateTime<Utc>,
    /// The secret of the codes (RFC 6238), in base32.
    pub totp_secret: String,
    /// The last step whose code was taken.
    pub last_step: Option<i64>,
}

/// Adds an account, without any way to sign in yet.
///
/// # Errors
/// [`Error::AlreadyExists`] where the person has one, or somebody else has that login; the database failed.
pub async fn insert(tx: &Tx, person: PersonId, login: &str, created_at: DateTime<Utc>) -> Result<()> {
    let row = ActiveModel {
        person_id: Set(person.0),
        login: Set(login.to_owned()),
        created_at: Set(created_at),
        password_phc: Set(None),
        password_set_at: Set(None),
        totp_secret: Set(None),
        totp_last_step: Set(None),
    };
    let insert = Entity::insert(row).exec_without_returning(tx.db());
    insert.await.map_err(Error::inserting(TABLE))?;
    Ok(())
}

/// A person's account.
///
/// # Errors
/// The database failed.
pub async fn find(tx: &Tx, person: PersonId) -> Result<Option<LocalAccount>> {
    match Entity::find_by_id(person.0).one(tx.db()).await? {
        Some(row) => Ok(Some(open(tx, row).await?)),
        None => Ok(None),
    }
}

/// The account with this login.
///
/// # Errors
/// The database failed.
pub async fn find_by_login(tx: &Tx, login: &str) -> Result<Option<LocalAccount>> {
    let row = Entity::find().filter(Column::Login.eq(login)).one(tx.db()).await?;
    match row {
        Some(row) => Ok(Some(open(tx, row).await?)),
        None => Ok(None),
    }
}

/// Every account, by login.
///
/// # Errors
/// The database failed.
pub async fn list(tx: &Tx) -> Result<Vec<LocalAccount>> {
    let rows = Entity::find().order_by_asc(Column::Login).all(tx.db()).await?;
    let mut accounts = Vec::with_capacity(rows.len());
    for row in rows {
        accounts.push(open(tx, row).await?);
    }
    Ok(accounts)
}

/// Sets the password and its second factor, or takes both away.
///
/// # Errors
/// The database failed.
pub async fn set_password(tx: &Tx, person: PersonId, password: Option<&Password>) -> Result<()> {
    let sealed = match password {
        Some(password) => {
            let key = tx.sealer_of_accounts(password.set_at).await?;
            Some(key.seal_text(place(person.0), &password.totp_secret)?)
        }
        None => None,
    };
    let row = ActiveModel {
        password_phc: Set(password.map(|password| password.phc.clone())),
        password_set_at: Set(password.map(|password| password.set_at)),
        totp_secret: Set(sealed),
        totp_last_step: Set(password.and_then(|password| password.last_step)),
        ..ActiveModel::default()
    };
    Entity::update_many().set(row).filter(Column::PersonId.eq(person.0)).exec(tx.db()).await?;
    Ok(())
}

/// Replaces the hash of the same password by one of today's strength, unless the password was changed meanwhile.
///
/// # Errors
/// The database failed.
pub async fn rehash(tx: &Tx, person: PersonId, old: &str, new: &str) -> Result<()> {
    let row = ActiveModel { password_phc: Set(Some(new.to_owned())), ..ActiveModel::default() };
    let update = Entity::update_many().set(row).filter(Column::PersonId.eq(person.0));
    update.filter(Column::PasswordPhc.eq(old)).exec(tx.db()).await?;
    Ok(())
}

/// Takes the code of a step: true for the first who does, false for every other attempt with that step or an earlier one,
/// however many come at once, and where the password was replaced meanwhile.
///
/// # Errors
/// The database failed.
pub async fn take_step(tx: &Tx, person: PersonId, password: &Password, step: i64) -> Result<bool> {
    let fresh = Condition::any().add(Column::TotpLastStep.is_null()).add(Column::TotpLastStep.lt(step));
    let taken = Entity::update_many()
        .col_expr(Column::TotpLastStep, Expr::value(step))
        .filter(Column::PersonId.eq(person.0))
        .filter(Column::PasswordSetAt.eq(password.set_at))
        .filter(fresh)
        .exec(tx.db())
        .await?;
    Ok(taken.rows_affected == 1)
}

/// Gives the account another login.
///
/// # Errors
/// The database failed; a login that is taken is such a failure, too: look first.
pub async fn set_login(tx: &Tx, person: PersonId, login: &str) -> Result<()> {
    let row = ActiveModel { person_id: NotSet, login: Set(login.to_owned()), ..ActiveModel::default() };
    Entity::update_many().set(row).filter(Column::PersonId.eq(person.0)).exec(tx.db()).await?;
    Ok(())
}

/// Where the secret of an account's codes stands.
pub(crate) fn place(person: Uuid) -> Place<'static> {
    Place { table: TABLE, column: "totp_secret", row: person, version: 0 }
}

async fn open(tx: &Tx, row: Model) -> Result<LocalAccount> {
    let password = match (row.password_phc, row.password_set_at, row.totp_secret) {
        (Some(phc), Some(set_at), Some(sealed)) => {
            let key = tx.sealer_of_accounts(set_at).await?;
            let totp_secret = key.open_text(place(row.person_id), &sealed)?;
            Some(Password { phc, set_at, totp_secret, last_step: row.totp_last_step })
        }
        _ => None,
    };
    Ok(LocalAccount {
        person: PersonId(row.person_id),
        login: row.login,
        created_at: row.created_at,
        password,
    })
}
