//! The witness on HTTP, and what it does when it must raise an alarm.

use std::net::TcpListener;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use actix_web::http::StatusCode;
use actix_web::http::header::CONTENT_TYPE;
use actix_web::{App, HttpResponse, HttpServer, web};

use super::{Alarm, Witness};

/// A request is a few hashes and a note.
const LONGEST_REQUEST: usize = 64 << 10;
/// How often it is looked whether a log has fallen silent.
const LOOK: Duration = Duration::from_secs(5);

/// Serves until the process is told to stop; runs `on_alarm` with the sentence as its one argument.
///
/// # Errors
/// The listener cannot be used.
pub async fn serve(
    witness: Arc<Witness>,
    listener: TcpListener,
    on_alarm: Option<PathBuf>,
) -> std::io::Result<()> {
    let alarms = tokio::spawn(watch(Arc::clone(&witness), on_alarm));
    let server = HttpServer::new(move || {
        App::new()
            .app_data(web::Data::from(Arc::clone(&witness)))
            .app_data(web::PayloadConfig::new(LONGEST_REQUEST))
            .route("/add-checkpoint", web::post().to(add))
            .route("/health", web::get().to(health))
    });
    let outcome = server.workers(1).listen(listener)?.run().await;
    alarms.abort();
    outcome
}

async fn add(witness: web::Data<Witness>, body: String) -> HttpResponse {
    let done = web::block(move || witness.add(&body)).await;
    match done {
        Ok(Ok((status, body))) => {
            let status = StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
            let kind =
                if status == StatusCode::CONFLICT { "text/x.tlog.size" } else { "text/plain; charset=utf-8" };
            HttpResponse::build(status).insert_header((CONTENT_TYPE, kind)).body(body)
        }
        Ok(Err(error)) => {
            tracing::error!(error = ?error, "nothing was cosigned");
            HttpResponse::ServiceUnavailable().finish()
        }
        Err(error) => {
            tracing::error!(%error, "nothing was cosigned");
            HttpResponse::ServiceUnavailable().finish()
        }
    }
}

/// 200 while every log is heard of, 503 otherwise: for a monitor.
async fn health(witness: web::Data<Witness>) -> HttpResponse {
    if witness.all_is_heard() {
        HttpResponse::Ok().finish()
    } else {
        HttpResponse::ServiceUnavailable().finish()
    }
}

async fn watch(witness: Arc<Witness>, on_alarm: Option<PathBuf>) {
    loop {
        for alarm in witness.new_alarms() {
            raise(&alarm, on_alarm.as_ref()).await;
        }
        tokio::time::sleep(LOOK).await;
    }
}

async fn raise(Alarm { origin, sentence }: &Alarm, program: Option<&PathBuf>) {
    tracing::error!(log.origin = origin, "{sentence}");
    let Some(program) = program else { return };
    match tokio::process::Command::new(program).arg(format!("{origin}: {sentence}")).status().await {
        Ok(status) if status.success() => {}
        Ok(status) => tracing::error!(%status, "the program that raises the alarm failed"),
        Err(error) => tracing::error!(%error, "the program that raises the alarm could not be run"),
    }
}
