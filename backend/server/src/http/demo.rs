//! Sign-in of the demo: choose an invented person. It exists only with `--demo`, and only on the loopback interface.

use actix_web::http::{StatusCode, header};
use actix_web::{HttpRequest, HttpResponse, web};
use serde::{Deserialize, Serialize};
use serde_json::json;
use varsel_services::attempt::{Refused, Tried};
use varsel_services::demo::{self, DemoPerson};
use varsel_services::domain::attempt::Cause;
use varsel_services::domain::rules::Text;
use varsel_services::session;

use super::observe::request_id;
use super::state::State;
use super::{answer, attempt, body};

/// A name of a person is short.
const LIMIT: usize = 4 * 1024;

/// A person to sign in as.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Person<'a> {
    id: String,
    handle: &'a str,
    name: &'a str,
    role: &'a str,
    title: &'a Text,
    belongs_to: &'a Text,
    unit: Option<&'a str>,
}

impl<'a> From<&'a DemoPerson> for Person<'a> {
    fn from(person: &'a DemoPerson) -> Self {
        Self {
            id: person.id.to_string(),
            handle: &person.handle,
            name: &person.name,
            role: person.role,
            title: &person.title,
            belongs_to: &person.belongs_to,
            unit: person.unit.as_deref(),
        }
    }
}

/// The handle or id of the person.
#[derive(Deserialize)]
pub(crate) struct Choice {
    person: String,
}

/// GET /demo/people
pub(crate) async fn people(request: HttpRequest, state: web::Data<State>) -> HttpResponse {
    match demo::people(&state.services).await {
        Ok(people) => HttpResponse::Ok().json(people.iter().map(Person::from).collect::<Vec<_>>()),
        Err(error) => answer::failure(&error, &request_id(&request)),
    }
}

/// POST /demo/sign-in with `{"person": "<handle or id>"}`
pub(crate) async fn sign_in(
    request: HttpRequest,
    payload: web::Payload,
    state: web::Data<State>,
) -> HttpResponse {
    if !state.site.is_own_request(&request) {
        attempt::refuse(&state, &request, Cause::Gate, "OTHER_SITE").await;
        return answer::refusal(StatusCode::FORBIDDEN, "OTHER_SITE", "sign-in is for this site's own pages");
    }
    let choice = match body::json(&request, payload, LIMIT, state.body_timeout).await {
        Ok(value) => serde_json::from_value::<Choice>(value),
        Err(error) => {
            attempt::refuse(&state, &request, error.cause(), error.code()).await;
            return answer::wrong_body(&error);
        }
    };
    let Ok(choice) = choice else {
        return answer::refusal(StatusCode::BAD_REQUEST, "INVALID", r#"send {"person": "<handle or id>"}"#);
    };
    let people = match demo::people(&state.services).await {
        Ok(people) => people,
        Err(error) => return answer::failure(&error, &request_id(&request)),
    };
    let chosen =
        |person: &&DemoPerson| person.handle == choice.person || person.id.to_string() == choice.person;
    let Some(person) = people.iter().find(chosen) else {
        unknown(&state, &request, &choice.person).await;
        return nobody(&choice.person, &people);
    };
    match open(&request, &state, person).await {
        Ok(token) => {
            HttpResponse::Ok().cookie(state.site.session_cookie(token)).json(json!(Person::from(person)))
        }
        Err(error) => answer::failure(&error, &request_id(&request)),
    }
}

/// GET /demo/sign-in?person=HANDLE: the links that `serve --demo` prints.
pub(crate) async fn sign_in_by_link(
    request: HttpRequest,
    choice: web::Query<Choice>,
    state: web::Data<State>,
) -> HttpResponse {
    let people = match demo::people(&state.services).await {
        Ok(people) => people,
        Err(error) => return answer::failure(&error, &request_id(&request)),
    };
    let Some(person) = people.iter().find(|person| person.handle == choice.person) else {
        unknown(&state, &request, &choice.person).await;
        return nobody(&choice.person, &people);
    };
    match open(&request, &state, person).await {
        Ok(token) => HttpResponse::SeeOther()
            .cookie(state.site.session_cookie(token))
            .insert_header((header::LOCATION, "/"))
            .finish(),
        Err(error) => answer::failure(&error, &request_id(&request)),
    }
}

async fn open(request: &HttpRequest, state: &State, person: &DemoPerson) -> varsel_services::Result<String> {
    let browser = state.browser(request).await?;
    session::open(&state.services, person.id, &browser).await
}

/// Here people are chosen from a list: a wrong name is registered, and closes nothing.
async fn unknown(state: &State, request: &HttpRequest, name: &str) {
    let refused = Refused::new(Cause::UnknownUser, "NOT_FOUND", Tried::Name(name));
    attempt::refuse_whom(state, request, Refused { counts: false, ..refused }).await;
}

fn nobody(wanted: &str, people: &[DemoPerson]) -> HttpResponse {
    let handles: Vec<&str> = people.iter().map(|person| person.handle.as_str()).collect();
    let message = match crate::nearest::nearest(wanted, handles.iter().copied()) {
        Some(near) => format!("no such person; did you mean {near}?"),
        None => format!("no such person; the people are {}", handles.join(", ")),
    };
    answer::refusal(StatusCode::NOT_FOUND, "NOT_FOUND", &message)
}
