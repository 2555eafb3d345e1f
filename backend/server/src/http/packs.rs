//! Reception of a version of the rule pack.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use serde::Deserialize;
use serde_json::{Value, json};
use varsel_services::domain::attempt::Cause;
use varsel_services::domain::rules::{PackError, PackFiles};
use varsel_services::pack::{self, Received};

use super::observe::request_id;
use super::state::State;
use super::{answer, attempt, body};

/// Bytes of a version; the Danish one has about half a million.
const LIMIT: usize = 4 * 1024 * 1024;

/// What is sent.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Sent {
    files: PackFiles,
}

/// POST /packs with `{"files": {"pack.yaml": "...", "regimes/gdpr_33.yaml": "..."}}`: checks and stores it.
pub(crate) async fn receive(
    request: HttpRequest,
    payload: web::Payload,
    state: web::Data<State>,
) -> HttpResponse {
    if !state.site.is_own_request(&request) {
        let message = "rule packs are taken from this site's own pages and from programs";
        attempt::refuse(&state, &request, Cause::Gate, "OTHER_SITE").await;
        return answer::refusal(StatusCode::FORBIDDEN, "OTHER_SITE", message);
    }
    let asked = match state.request(&request, state.credential(&request).as_ref()).await {
        Ok(asked) => asked,
        Err(error) => return answer::failure(&error, &request_id(&request)),
    };
    // Before the body is read: nobody else makes this server hold megabytes.
    if let Err(error) = pack::may_receive(&asked) {
        if state.credential(&request).is_none() {
            asked.trail.note(Cause::Session, "SIGN_IN_REQUIRED");
        }
        attempt::register_noted(&state.services, &asked).await;
        return answer::failure(&error, &request_id(&request));
    }
    let sent = match body::json(&request, payload, LIMIT, state.body_timeout).await {
        Ok(value) => serde_json::from_value::<Sent>(value),
        Err(error) => {
            attempt::refuse(&state, &request, error.cause(), error.code()).await;
            return answer::wrong_body(&error);
        }
    };
    let files = match sent {
        Ok(sent) => sent.files,
        Err(error) => {
            let message = format!(r#"send {{"files": {{"pack.yaml": "...", ...}}}}: {error}"#);
            return answer::refusal(StatusCode::BAD_REQUEST, "INVALID", &message);
        }
    };
    match pack::receive(&state.services, &asked, files).await {
        Ok(Received::Stored { version, sha256 }) => {
            HttpResponse::Ok().json(json!({ "version": version, "sha256": sha256 }))
        }
        Ok(Received::Refused(problems)) => HttpResponse::UnprocessableEntity()
            .json(json!({ "problems": problems.iter().map(shown).collect::<Vec<_>>() })),
        Err(error) => {
            attempt::register_noted(&state.services, &asked).await;
            answer::failure(&error, &request_id(&request))
        }
    }
}

fn shown(problem: &PackError) -> Value {
    let text = json!({ "da": problem.danish, "en": problem.message });
    json!({ "file": problem.file, "line": problem.line, "message": problem.message, "text": text })
}
