//! Answers of the plain HTTP routes: JSON for programs, a small page for people.

use actix_web::error::{InternalError, QueryPayloadError};
use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse};
use serde_json::json;
use varsel_services::Error;
use varsel_services::domain::rules::Text;

use super::body::BodyError;
use super::observe::request_id;

/// A refusal for programs: a stable code, and what to do.
pub(crate) fn refusal(status: StatusCode, code: &str, message: &str) -> HttpResponse {
    HttpResponse::build(status).json(json!({ "code": code, "message": message }))
}

/// A body that was not taken.
pub(crate) fn wrong_body(error: &BodyError) -> HttpResponse {
    refusal(error.status(), error.code(), &error.to_string())
}

/// What stands after the question mark of an address, and cannot be read.
pub(crate) fn wrong_query(error: QueryPayloadError, request: &HttpRequest) -> actix_web::Error {
    let cause = match &error {
        QueryPayloadError::Deserialize(cause) => cause.to_string(),
        _ => error.to_string(),
    };
    let da = format!(
        "adressens del efter spørgsmålstegnet kan ikke læses; ret den, eller gå tilbage til siden og prøv igen ({cause})"
    );
    let en = format!(
        "the part of the address after the question mark cannot be read; mend it, or go back to the page and try again ({cause})"
    );
    let response = failure(&invalid("query", &da, &en), &request_id(request));
    InternalError::from_response(error, response).into()
}

/// The refusal of one part of an address, in both languages.
pub(crate) fn invalid(field: &'static str, da: &str, en: &str) -> Error {
    Error::Invalid { field, message: Text { da: da.to_owned(), en: en.to_owned() } }
}

/// An error of a use case; internal causes are logged here and not shown.
pub(crate) fn failure(error: &Error, request_id: &str) -> HttpResponse {
    let status = match error {
        Error::NotFound { .. } => StatusCode::NOT_FOUND,
        Error::Forbidden { .. } => StatusCode::FORBIDDEN,
        Error::SignInRequired | Error::StepUpRequired => StatusCode::UNAUTHORIZED,
        Error::Blocked { .. } => StatusCode::TOO_MANY_REQUESTS,
        Error::Invalid { .. } => StatusCode::BAD_REQUEST,
        Error::Busy => StatusCode::SERVICE_UNAVAILABLE,
        Error::Storage(full) if full.is_full() => {
            tracing::error!(request.id = request_id, cause = ?error, "there is no room to store anything");
            StatusCode::SERVICE_UNAVAILABLE
        }
        Error::Storage(busy) if busy.is_busy() => {
            tracing::error!(request.id = request_id, cause = ?error, "the database does not answer in time");
            StatusCode::SERVICE_UNAVAILABLE
        }
        Error::Storage(varsel_storage::Error::NotLogged(cause)) => {
            tracing::error!(request.id = request_id, cause = ?cause, "the log of use cannot be written");
            StatusCode::SERVICE_UNAVAILABLE
        }
        Error::Storage(_) | Error::Internal(_) | Error::LogKey { .. } | Error::VaultOfAnother { .. } => {
            tracing::error!(request.id = request_id, cause = ?error, "a use case failed");
            StatusCode::INTERNAL_SERVER_ERROR
        }
    };
    let mut body = json!({ "code": error.code(), "message": error.to_string(), "requestId": request_id });
    if let (Error::Invalid { field, message }, Some(fields)) = (error, body.as_object_mut()) {
        fields.insert("field".to_owned(), json!(field));
        fields.insert("text".to_owned(), json!({ "da": message.da, "en": message.en }));
    }
    HttpResponse::build(status).json(body)
}

/// A small page in both languages, for the moments when the application itself cannot be shown.
pub(crate) fn page(status: StatusCode, title: &Text, words: &Text) -> HttpResponse {
    let html = format!(
        "<!doctype html>\n<html lang=\"da\"><meta charset=\"utf-8\"><title>Varsel: {}</title>\n\
         <h1>{}</h1><p>{}</p>\n<div lang=\"en\"><h2>{}</h2><p>{}</p></div>\n\
         <p><a href=\"/\">Varsel</a></p></html>\n",
        escape(&title.da),
        escape(&title.da),
        escape(&words.da),
        escape(&title.en),
        escape(&words.en)
    );
    HttpResponse::build(status).content_type("text/html; charset=utf-8").body(html)
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use actix_web::body::to_bytes;
    use sea_orm::DbErr;
    use sea_orm::error::ConnAcquireErr;

    use super::*;

    #[actix_web::test]
    async fn who_got_no_connection_in_time_may_send_again_and_is_told_so() {
        let late = DbErr::ConnectionAcquire(ConnAcquireErr::Timeout);
        let response = failure(&Error::Storage(late.into()), "request-1");
        assert_eq!(response.status(), StatusCode::SERVICE_UNAVAILABLE);
        let body = to_bytes(response.into_body()).await.unwrap();
        let body: serde_json::Value = serde_json::from_slice(&body).unwrap();
        assert_eq!((&body["code"], &body["requestId"]), (&json!("BUSY"), &json!("request-1")));
        assert!(body["message"].as_str().unwrap().contains("send again in a minute"), "{body}");
    }
}
