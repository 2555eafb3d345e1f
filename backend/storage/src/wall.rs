//! The second wall: PostgreSQL's row-level security, told for whom a transaction reads. SQLite has none.
//!
//! The policies stand in the migrations. What is set here ends with the transaction, so that a connection goes back to
//! the pool with nothing set, and whoever sets nothing sees nothing.

use sea_orm::{ConnectionTrait, DatabaseBackend, FromQueryResult, Statement};
use varsel_domain::authz::{Rows, Scope};

use crate::{Error, Result, Store, Tx};

const RAISE: &str = "SELECT set_config('varsel.organisations', $1, true), \
    set_config('varsel.units', $2, true), set_config('varsel.system', $3, true)";

/// Tells the database what `tx` may see, until it ends.
pub(crate) async fn raise(tx: &Tx, scope: &Scope) -> Result<()> {
    let (organisations, units, system) = match scope.rows() {
        Rows::Some { organisations, units } => (
            array(organisations.iter().map(|id| id.0.to_string())),
            array(units.iter().map(|unit| unit.0.clone())),
            "off",
        ),
        Rows::System => (array([]), array([]), "on"),
    };
    let values = [organisations.into(), units.into(), system.into()];
    let statement = Statement::from_sql_and_values(DatabaseBackend::Postgres, RAISE, values);
    tx.db().query_one_raw(statement).await?;
    Ok(())
}

/// An array as PostgreSQL reads it: every element quoted, so that none can be two.
fn array(elements: impl IntoIterator<Item = String>) -> String {
    let quoted =
        elements.into_iter().map(|it| format!("\"{}\"", it.replace('\\', "\\\\").replace('"', "\\\"")));
    format!("{{{}}}", quoted.collect::<Vec<_>>().join(","))
}

#[derive(FromQueryResult)]
struct Role {
    name: String,
    passes: bool,
}

const ROLE: &str = "SELECT rolname::text AS name, rolsuper OR rolbypassrls AS passes \
    FROM pg_roles WHERE rolname = current_user";

/// Makes sure that the wall stands for the role that this server has in the database. SQLite has neither.
///
/// # Errors
/// [`Error::RolePassesWalls`] when row-level security does not bind the role; the database cannot be reached.
pub async fn check_role(store: &Store) -> Result<()> {
    if !store.is_shared() {
        return Ok(());
    }
    let statement = Statement::from_string(DatabaseBackend::Postgres, ROLE);
    match Role::find_by_statement(statement).one(store.connection()).await? {
        Some(Role { name, passes: true }) => Err(Error::RolePassesWalls { role: name }),
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_element_of_an_array_can_be_two() {
        let elements = ["csirt", "a,b", "q\"},{\"", "back\\slash", ""].map(str::to_owned);
        assert_eq!(array(elements), r#"{"csirt","a,b","q\"},{\"","back\\slash",""}"#);
        assert_eq!(array([]), "{}");
    }
}
