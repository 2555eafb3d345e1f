//! Probes: is the process alive, and can it do its work.

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use varsel_services::Services;

use super::answer;
use super::state::State;

/// The process answers.
pub(crate) async fn live() -> HttpResponse {
    HttpResponse::Ok().content_type("text/plain").body("alive\n")
}

/// The database answers, and its schema has all that this program needs; it may be newer, as during an upgrade.
pub(crate) async fn ready(state: web::Data<State>) -> HttpResponse {
    match pending(&state.services).await {
        Ok(0) => HttpResponse::Ok().content_type("text/plain").body("ready\n"),
        Ok(count) => {
            let message = format!("{count} migrations are pending: run `varsel migrate`");
            answer::refusal(StatusCode::SERVICE_UNAVAILABLE, "MIGRATIONS_PENDING", &message)
        }
        Err(error) => {
            tracing::warn!(cause = %error, "not ready: the database does not answer");
            answer::refusal(
                StatusCode::SERVICE_UNAVAILABLE,
                "DATABASE_UNREACHABLE",
                "the database does not answer",
            )
        }
    }
}

async fn pending(services: &Services) -> Result<usize, sea_orm_migration::DbErr> {
    let connection = services.store.connection();
    connection.ping().await?;
    varsel_migrations::missing(connection).await
}
