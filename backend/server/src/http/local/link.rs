//! Links that were sent to people. Their token comes in the body: in an address it would stand in logs.

use actix_web::{HttpRequest, HttpResponse, web};
use serde::Deserialize;
use serde_json::{Value, json};
use varsel_services::domain::CeremonyId;
use varsel_services::domain::password::{LONGEST, SHORTEST};
use varsel_services::local::{self, Enrolment, Shown, Welcome};
use varsel_services::{Error, Request, Result};

use super::super::state::State;
use super::{Post, challenge, codes};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Link {
    token: String,
}

/// POST /local/link: whose it is, and what an app needs for codes.
pub(super) async fn open(
    request: HttpRequest,
    payload: web::Payload,
    state: web::Data<State>,
) -> HttpResponse {
    let post = Post { request: &request, state: &state };
    match post.read::<Link>(payload).await {
        Ok(link) => {
            let opened =
                post.unknown(async |asked| local::open_link(&state.services, &link.token, asked).await).await;
            post.answer(opened.map(|opened| welcome(&opened, state.services.local.has_passkeys())))
        }
        Err(refusal) => refusal,
    }
}

fn welcome(welcome: &Welcome, passkeys: bool) -> Value {
    json!({
        "again": welcome.again,
        "name": welcome.name,
        "login": welcome.login,
        "passkeys": passkeys,
        "shortest": SHORTEST,
        "longest": LONGEST,
        "codes": codes(&welcome.codes),
    })
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Chosen {
    token: String,
    ceremony: CeremonyId,
    password: String,
    code: String,
}

/// POST /local/link/password
pub(super) async fn password(
    request: HttpRequest,
    payload: web::Payload,
    state: web::Data<State>,
) -> HttpResponse {
    let post = Post { request: &request, state: &state };
    let chosen: Chosen = match post.read(payload).await {
        Ok(chosen) => chosen,
        Err(refusal) => return refusal,
    };
    let factors = (chosen.ceremony, chosen.password.as_str(), chosen.code.as_str());
    let enrol = async |asked: &Request| {
        let browser = state.browser(&request).await?;
        local::enrol_with_password(&state.services, &chosen.token, factors, &browser, asked).await
    };
    enrolled(&post, post.unknown(enrol).await)
}

/// POST /local/link/passkey/begin
pub(super) async fn begin(
    request: HttpRequest,
    payload: web::Payload,
    state: web::Data<State>,
) -> HttpResponse {
    let post = Post { request: &request, state: &state };
    match post.read::<Link>(payload).await {
        Ok(link) => {
            let begun = post
                .unknown(async |asked| local::begin_enrolment(&state.services, &link.token, asked).await)
                .await;
            post.answer(begun.map(|begun| challenge(&begun)))
        }
        Err(refusal) => refusal,
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Passkey {
    token: String,
    ceremony: CeremonyId,
    credential: Value,
    name: String,
}

/// POST /local/link/passkey/complete
pub(super) async fn complete(
    request: HttpRequest,
    payload: web::Payload,
    state: web::Data<State>,
) -> HttpResponse {
    let post = Post { request: &request, state: &state };
    let chosen: Passkey = match post.read(payload).await {
        Ok(chosen) => chosen,
        Err(refusal) => return refusal,
    };
    let shown = Shown { ceremony: chosen.ceremony, credential: chosen.credential };
    let passkey = (shown, chosen.name.as_str());
    let enrol = async |asked: &Request| {
        let browser = state.browser(&request).await?;
        local::enrol_with_passkey(&state.services, &chosen.token, passkey, &browser, asked).await
    };
    enrolled(&post, post.unknown(enrol).await)
}

/// POST /local/link/email: the new address is theirs.
pub(super) async fn email(
    request: HttpRequest,
    payload: web::Payload,
    state: web::Data<State>,
) -> HttpResponse {
    let post = Post { request: &request, state: &state };
    match post.read::<Link>(payload).await {
        Ok(link) => {
            let confirmed = post
                .unknown(async |asked| local::confirm_email(&state.services, &link.token, asked).await)
                .await;
            post.answer(confirmed)
        }
        Err(refusal) => refusal,
    }
}

fn enrolled(post: &Post<'_>, outcome: Result<Enrolment, Error>) -> HttpResponse {
    match outcome {
        Ok(Enrolment { token, recovery_codes }) => HttpResponse::Ok()
            .cookie(post.state.site.session_cookie(token))
            .json(json!({ "recoveryCodes": recovery_codes })),
        Err(error) => post.failure(&error),
    }
}
