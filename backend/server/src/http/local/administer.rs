//! The administration of these accounts: whom to invite, start afresh, close.

use actix_web::{HttpRequest, HttpResponse, web};
use serde::Deserialize;
use serde_json::{Value, json};
use varsel_services::domain::PersonId;
use varsel_services::domain::organisation::Language;
use varsel_services::local::{self, AccountView, Home, Invitee};

use super::super::state::State;
use super::Post;

/// GET /local/people
pub(super) async fn list(request: HttpRequest, state: web::Data<State>) -> HttpResponse {
    let post = Post { request: &request, state: &state };
    match state.asked(&request).await {
        Ok(asked) => {
            let listed = local::list(&state.services, &asked).await;
            let units = || units(&state);
            post.answer(listed.map(
                |people| json!({ "people": people.iter().map(shown).collect::<Vec<_>>(), "units": units() }),
            ))
        }
        Err(error) => post.failure(&error),
    }
}

/// The units that somebody can belong to.
fn units(state: &State) -> Vec<Value> {
    let pack = state.services.packs.in_force(state.services.clock.now());
    pack.units().iter().map(|unit| json!({ "id": unit.id, "name": unit.name })).collect()
}

fn shown(account: &AccountView) -> Value {
    json!({
        "person": account.person,
        "name": account.name,
        "login": account.login,
        "organisation": account.organisation,
        "unit": account.unit,
        "ofProvider": account.of_provider,
        "password": account.password,
        "passkeys": account.passkeys,
        "linkUntil": account.link_until,
    })
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Invited {
    name: String,
    email: String,
    language: Language,
    home: Belongs,
}

/// `{"unit": "sektorcert"}` or `{"organisation": {"cvr": "99991003", "name": null}}`.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
enum Belongs {
    Unit(String),
    Organisation { cvr: String, name: Option<String> },
}

impl From<Belongs> for Home {
    fn from(home: Belongs) -> Self {
        match home {
            Belongs::Unit(unit) => Self::Unit(unit),
            Belongs::Organisation { cvr, name } => Self::Organisation { cvr, name },
        }
    }
}

/// POST /local/people/invite
pub(super) async fn invite(
    request: HttpRequest,
    payload: web::Payload,
    state: web::Data<State>,
) -> HttpResponse {
    let post = Post { request: &request, state: &state };
    match post.asked::<Invited>(payload).await {
        Ok((asked, Invited { name, email, language, home })) => {
            let whom = Invitee { name, email, language, home: home.into() };
            let invited = local::invite(&state.services, &asked, whom).await;
            post.answer(invited.map(|person| json!({ "person": person })))
        }
        Err(refusal) => refusal,
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Which {
    person: PersonId,
}

/// POST /local/people/reset
pub(super) async fn reset(
    request: HttpRequest,
    payload: web::Payload,
    state: web::Data<State>,
) -> HttpResponse {
    let post = Post { request: &request, state: &state };
    match post.asked::<Which>(payload).await {
        Ok((asked, Which { person })) => post.answer(local::reset(&state.services, &asked, person).await),
        Err(refusal) => refusal,
    }
}

/// POST /local/people/close
pub(super) async fn close(
    request: HttpRequest,
    payload: web::Payload,
    state: web::Data<State>,
) -> HttpResponse {
    let post = Post { request: &request, state: &state };
    match post.asked::<Which>(payload).await {
        Ok((asked, Which { person })) => post.answer(local::close(&state.services, &asked, person).await),
        Err(refusal) => refusal,
    }
}
