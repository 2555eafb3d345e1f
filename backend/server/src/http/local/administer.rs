//! The administration of these accounts: whom to invite, start afresh, close.

use actix_web::{HttpResponse, web};
use serde::Deserialize;
use serde_json::{Value, json};
use varsel_services::Services;
use varsel_services::domain::PersonId;
use varsel_services::domain::organisation::Language;
use varsel_services::local::{self, AccountView, Home, Invitee};

use super::Post;

/// GET /local/people
pub(super) async fn list(post: Post) -> HttpResponse {
    post.look(async |asked| {
        let people = local::list(post.services(), asked).await?;
        let people: Vec<_> = people.iter().map(shown).collect();
        Ok(json!({ "people": people, "units": units(post.services()) }))
    })
    .await
}

/// The units that somebody can belong to.
fn units(services: &Services) -> Vec<Value> {
    let pack = services.packs.in_force(services.clock.now());
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
pub(super) async fn invite(post: Post, payload: web::Payload) -> HttpResponse {
    post.serve(payload, async |asked, Invited { name, email, language, home }| {
        let whom = Invitee { name, email, language, home: home.into() };
        let invited = local::invite(post.services(), asked, whom).await;
        invited.map(|person| json!({ "person": person }))
    })
    .await
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Which {
    person: PersonId,
}

/// POST /local/people/reset
pub(super) async fn reset(post: Post, payload: web::Payload) -> HttpResponse {
    post.serve(payload, async |asked, Which { person }| local::reset(post.services(), asked, person).await)
        .await
}

/// POST /local/people/close
pub(super) async fn close(post: Post, payload: web::Payload) -> HttpResponse {
    post.serve(payload, async |asked, Which { person }| local::close(post.services(), asked, person).await)
        .await
}
