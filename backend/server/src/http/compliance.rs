//! `GET /compliance-report.{html,json,txt}`: the report for the supervising authority, signed.

use actix_web::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE, HeaderValue};
use actix_web::{HttpRequest, HttpResponse, web};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use chrono::{DateTime, Utc};
use serde::Deserialize;
use varsel_services::compliance::{Wanted, attach, report_for};
use varsel_services::domain::organisation::Language;
use varsel_services::{Error, day};

use super::export::Reader;
use super::state::State;
use crate::compliance::{Form, Printed, print};

/// The header that has the signature, a signed note in Base64.
const SIGNATURE: &str = "varsel-signature";

/// What the page's form says.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Asked {
    since: Option<DateTime<Utc>>,
    until: Option<DateTime<Utc>>,
    language: Option<String>,
}

/// `GET /compliance-report.{form}?since=&until=&language=`; times in UTC, RFC 3339. The signature is in a header, and at the end
/// of the text, as at the command line.
pub(crate) async fn file(
    request: HttpRequest,
    form: web::Path<String>,
    asked: web::Query<Asked>,
    state: web::Data<State>,
) -> HttpResponse {
    let Asked { since, until, language } = asked.into_inner();
    let language = if language.as_deref() == Some("en") { Language::En } else { Language::Da };
    let (form, content_type) = match form.as_str() {
        "html" => (Form::Html, "text/html; charset=utf-8"),
        "json" => (Form::Json, "application/json"),
        _ => (Form::Text, "text/plain; charset=utf-8"),
    };
    let reader = match Reader::of(&request, &state).await {
        Ok(reader) => reader,
        Err(refusal) => return refusal,
    };
    let wanted = Wanted { since, until, form: form.word() };
    let told = match report_for(&reader.services, &reader.request, &state.installation, wanted).await {
        Ok(told) => told,
        Err(error) => return reader.refuse(&error).await,
    };
    match print(reader.services.log.signer(), &told, (form, language)) {
        Ok(printed) => {
            let name = format!("varsel-report-{}.{}", day::of(told.made_at), extension(form));
            attached(printed, form, (&name, content_type))
        }
        Err(error) => reader.refuse(&Error::Internal(error.to_string())).await,
    }
}

fn extension(form: Form) -> &'static str {
    match form {
        Form::Html => "html",
        Form::Json => "json",
        Form::Text => "txt",
    }
}

/// A file that a browser saves and never shows.
fn attached(
    Printed { text, note }: Printed,
    form: Form,
    (name, content_type): (&str, &'static str),
) -> HttpResponse {
    let mut response = HttpResponse::Ok();
    response.insert_header((CONTENT_TYPE, content_type));
    response.insert_header(("cache-control", "no-store"));
    for (header, value) in [
        (CONTENT_DISPOSITION.as_str(), format!("attachment; filename=\"{name}\"")),
        (SIGNATURE, BASE64.encode(&note)),
    ] {
        if let Ok(value) = HeaderValue::from_str(&value) {
            response.insert_header((header, value));
        }
    }
    response.body(if form == Form::Text { attach(&text, &note) } else { text })
}
