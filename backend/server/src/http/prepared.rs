//! Downloads of reports that are prepared here and filed elsewhere.

use actix_web::http::StatusCode;
use actix_web::http::header::{ContentDisposition, ContentType, DispositionParam, DispositionType};
use actix_web::{HttpRequest, HttpResponse, web};
use varsel_services::domain::IncidentId;
use varsel_services::domain::attempt::Cause;
use varsel_services::domain::rules::StageRef;
use varsel_services::report::{self, Prepared};

use super::export::Reader;
use super::state::State;
use super::{answer, attempt};
use crate::prepared::{Language, PreparedReport, to_text};

/// What there is none of, in the register of rejected attempts.
const KIND: &str = "prepared report";

/// GET /prepared/{incident}/{regime}/{stage}.json
pub(crate) async fn json(
    request: HttpRequest,
    path: web::Path<(String, String, String)>,
    app: web::Data<State>,
) -> HttpResponse {
    let (incident, regime, stage) = path.into_inner();
    download(&request, &app, &incident, StageRef { regime, stage }, |prepared| {
        let body = serde_json::to_string_pretty(&PreparedReport::from(prepared)).unwrap_or_default();
        ("json".to_owned(), ContentType::json(), body)
    })
    .await
}

/// GET /prepared/{incident}/{regime}/{stage}.{language}.txt
pub(crate) async fn text(
    request: HttpRequest,
    path: web::Path<(String, String, String, String)>,
    app: web::Data<State>,
) -> HttpResponse {
    let (incident, regime, stage, code) = path.into_inner();
    let Some(language) = Language::parse(&code) else {
        attempt::refuse(&app, &request, Cause::NothingThere, KIND).await;
        return none();
    };
    download(&request, &app, &incident, StageRef { regime, stage }, |prepared| {
        (format!("{code}.txt"), ContentType::plaintext(), to_text(prepared, language))
    })
    .await
}

async fn download(
    request: &HttpRequest,
    app: &State,
    incident: &str,
    stage: StageRef,
    body: impl FnOnce(&Prepared) -> (String, ContentType, String),
) -> HttpResponse {
    let reader = match Reader::of(request, app).await {
        Ok(reader) => reader,
        Err(refusal) => return refusal,
    };
    let prepared = if let Ok(incident) = incident.parse::<IncidentId>() {
        report::prepared(&reader.services, &reader.request, incident, &stage).await
    } else {
        reader.request.trail.note(Cause::NothingThere, KIND);
        Ok(None)
    };
    attempt::register_noted(&reader.services, &reader.request).await;
    match prepared {
        Ok(Some(prepared)) => {
            let (ending, kind, text) = body(&prepared);
            let name = format!("{}-{}-{}.{ending}", prepared.number, stage.regime, stage.stage);
            // Never shown in place: what people wrote is not to be read as a page of this site.
            let disposition = ContentDisposition {
                disposition: DispositionType::Attachment,
                parameters: vec![DispositionParam::Filename(name)],
            };
            HttpResponse::Ok().insert_header(kind).insert_header(disposition).body(text)
        }
        Ok(None) => none(),
        Err(error) => answer::failure(&error, &reader.request.request_id),
    }
}

/// The same answer whether there is no such report or it is somebody else's.
fn none() -> HttpResponse {
    answer::refusal(StatusCode::NOT_FOUND, "NOT_FOUND", "there is no such report")
}
