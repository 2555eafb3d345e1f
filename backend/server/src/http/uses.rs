//! `GET /uses.{html,csv,jsonl}`: what an investigation of the log of use found, as a file.

use actix_web::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use actix_web::{HttpRequest, HttpResponse, web};
use chrono::{DateTime, Utc};
use serde::Deserialize;
use varsel_services::Error;
use varsel_services::domain::organisation::Language;
use varsel_services::log::{self, Form, Inquiry};

use super::answer::{self, invalid};
use super::export::Reader;
use super::observe::request_id;
use super::state::State;

/// What the page's form says.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Asked {
    case: String,
    person: Option<String>,
    incident: Option<String>,
    kind: Option<String>,
    from: Option<DateTime<Utc>>,
    until: Option<DateTime<Utc>>,
    language: Option<String>,
}

impl Asked {
    /// # Errors
    /// A word is none of ours.
    fn inquiry(self) -> Result<Inquiry, Error> {
        let filled = |text: Option<String>| text.filter(|text| !text.is_empty());
        let kind = |word: String| serde_json::from_value(word.to_lowercase().into()).ok().ok_or_else(no_kind);
        Ok(Inquiry {
            case: self.case,
            person: filled(self.person).map(|id| id.parse().ok().ok_or_else(no_person)).transpose()?,
            incident: filled(self.incident),
            use_kind: filled(self.kind).map(kind).transpose()?,
            from: self.from,
            until: self.until,
        })
    }
}

fn no_kind() -> Error {
    let (da, en) = (
        "skriv koden for en slags brug, som siden viser den",
        "write the code of a kind of use, as the page shows it",
    );
    invalid("kind", da, en)
}

fn no_person() -> Error {
    let (da, en) =
        ("skriv id'et på en person, som siden viser det", "write the id of a person, as the page shows it");
    invalid("person", da, en)
}

/// `GET /uses.{form}?case=&person=&incident=&kind=&from=&until=&language=`; times in UTC, RFC 3339.
pub(crate) async fn file(
    request: HttpRequest,
    form: web::Path<String>,
    asked: web::Query<Asked>,
    state: web::Data<State>,
) -> HttpResponse {
    let asked = asked.into_inner();
    let language = if asked.language.as_deref() == Some("en") { Language::En } else { Language::Da };
    let (form, name, content_type) = match form.as_str() {
        "html" => (Form::Html, "uses.html", "text/html; charset=utf-8"),
        "csv" => (Form::Csv, "uses.csv", "text/csv; charset=utf-8"),
        _ => (Form::Bundle, "uses.jsonl", "application/x-ndjson"),
    };
    let inquiry = match asked.inquiry() {
        Ok(inquiry) => inquiry,
        Err(error) => return answer::failure(&error, &request_id(&request)),
    };
    let reader = match Reader::of(&request, &state).await {
        Ok(reader) => reader,
        Err(refusal) => return refusal,
    };
    match log::export(&reader.services, &reader.request, &inquiry, form, language).await {
        Ok(file) => {
            let mut response = HttpResponse::Ok();
            response.insert_header((CONTENT_TYPE, content_type));
            response.insert_header((CONTENT_DISPOSITION, format!("attachment; filename=\"{name}\"")));
            response.insert_header(("cache-control", "no-store"));
            response.body(file)
        }
        Err(error) => reader.refuse(&error).await,
    }
}
