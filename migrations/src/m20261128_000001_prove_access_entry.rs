//! An entry of the log of use becomes its text, byte for byte as it was written, and a salt: what a leaf of the log's tree
//! is made of. Beside it stand only the columns that are searched; its place in the tree is given later.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{
    big_integer_null, big_pk_auto, blob, string, text, timestamp_with_time_zone, uuid, uuid_null,
};
use sea_orm_migration::sea_orm::prelude::Uuid;
use sea_orm_migration::sea_orm::{DatabaseBackend, QueryResult, Statement};
use serde_json::{Value, json};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

const OLD: &str = "SELECT id, at, person_id, name, function, use_kind, incident_id, detail, request_id \
    FROM access_entry_before ORDER BY sequence";

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.rename_table(Table::rename().table("access_entry", "access_entry_before").take()).await?;
        let mut table = Table::create();
        table
            .table("access_entry")
            .col(big_pk_auto("sequence"))
            .col(uuid("id"))
            .col(timestamp_with_time_zone("at"))
            .col(uuid_null("person_id"))
            .col(uuid_null("incident_id"))
            .col(string("use_kind"))
            .col(text("text"))
            .col(blob("salt"))
            .col(big_integer_null("position"));
        manager.create_table(table).await?;
        carry_over(manager).await?;
        manager.drop_table(Table::drop().table("access_entry_before").take()).await?;
        for (name, columns, unique) in [
            ("access_entry_id", &["id"][..], true),
            ("access_entry_position", &["position"], true),
            ("access_entry_incident_id_at", &["incident_id", "at"], false),
            ("access_entry_person_id_at", &["person_id", "at"], false),
            ("access_entry_at", &["at"], false),
        ] {
            let mut index = Index::create();
            index.name(name).table("access_entry");
            for column in columns {
                index.col(*column);
            }
            if unique {
                index.unique();
            }
            manager.create_index(index).await?;
        }
        Ok(())
    }
}

/// What was logged before has its text written now; from its place in the tree on, it is proven as well.
async fn carry_over(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let (connection, backend) = (manager.get_connection(), manager.get_database_backend());
    let random = match backend {
        DatabaseBackend::Postgres => "sha256(uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid()))",
        _ => "randomblob(32)",
    };
    let values = match backend {
        DatabaseBackend::Postgres => "$1, $2, $3, $4, $5, $6",
        _ => "?, ?, ?, ?, ?, ?",
    };
    let sql = format!(
        "INSERT INTO access_entry (id, at, person_id, incident_id, use_kind, text, salt) VALUES ({values}, {random})"
    );
    for row in connection.query_all_raw(Statement::from_string(backend, OLD)).await? {
        let at = row.try_get::<sea_orm_migration::sea_orm::prelude::ChronoDateTimeUtc>("", "at")?;
        let values = [
            row.try_get::<Uuid>("", "id")?.into(),
            at.into(),
            row.try_get::<Option<Uuid>>("", "person_id")?.into(),
            row.try_get::<Option<Uuid>>("", "incident_id")?.into(),
            row.try_get::<String>("", "use_kind")?.into(),
            text_of(&row)?.into(),
        ];
        connection.execute_raw(Statement::from_sql_and_values(backend, &sql, values)).await?;
    }
    Ok(())
}

/// The text that the entry has from now on.
fn text_of(row: &QueryResult) -> Result<String, DbErr> {
    let wire = |prefix: &str, id: Option<Uuid>| id.map(|id| format!("{prefix}_{}", id.simple()));
    let entry = json!({
        "id": wire("entry", Some(row.try_get("", "id")?)),
        "at": row.try_get::<sea_orm_migration::sea_orm::prelude::ChronoDateTimeUtc>("", "at")?.to_rfc3339(),
        "person": wire("person", row.try_get("", "person_id")?),
        "name": row.try_get::<String>("", "name")?,
        "function": row.try_get::<String>("", "function")?,
        "use": row.try_get::<String>("", "use_kind")?,
        "incident": wire("incident", row.try_get("", "incident_id")?),
        "detail": row.try_get::<Value>("", "detail")?,
        "request": row.try_get::<String>("", "request_id")?,
    });
    Ok(entry.to_string())
}
