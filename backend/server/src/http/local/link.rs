//! Links that were sent to people. Their token comes in the body: in an address it would stand in logs.

use actix_web::{HttpResponse, web};
use serde::Deserialize;
use serde_json::{Value, json};
use varsel_services::domain::CeremonyId;
use varsel_services::domain::password::{LONGEST, SHORTEST};
use varsel_services::local::{self, Enrolment, Shown, Welcome};
use varsel_services::{Error, Request, Result};

use super::{Post, challenge, codes};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Link {
    token: String,
}

/// POST /local/link: whose it is, and what an app needs for codes.
pub(super) async fn open(post: Post, payload: web::Payload) -> HttpResponse {
    post.serve_unknown(payload, async |asked, link: Link| {
        let opened = local::open_link(post.services(), &link.token, asked).await?;
        Ok(welcome(&opened, post.services().local.has_passkeys()))
    })
    .await
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
pub(super) async fn password(post: Post, payload: web::Payload) -> HttpResponse {
    let chosen: Chosen = match post.read(payload).await {
        Ok(chosen) => chosen,
        Err(refusal) => return refusal,
    };
    let factors = (chosen.ceremony, chosen.password.as_str(), chosen.code.as_str());
    let enrol = async |asked: &Request| {
        let browser = post.state.browser(&post.request).await?;
        local::enrol_with_password(post.services(), &chosen.token, factors, &browser, asked).await
    };
    enrolled(&post, post.unknown(enrol).await)
}

/// POST /local/link/passkey/begin
pub(super) async fn begin(post: Post, payload: web::Payload) -> HttpResponse {
    post.serve_unknown(payload, async |asked, link: Link| {
        Ok(challenge(&local::begin_enrolment(post.services(), &link.token, asked).await?))
    })
    .await
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
pub(super) async fn complete(post: Post, payload: web::Payload) -> HttpResponse {
    let chosen: Passkey = match post.read(payload).await {
        Ok(chosen) => chosen,
        Err(refusal) => return refusal,
    };
    let shown = Shown { ceremony: chosen.ceremony, credential: chosen.credential };
    let passkey = (shown, chosen.name.as_str());
    let enrol = async |asked: &Request| {
        let browser = post.state.browser(&post.request).await?;
        local::enrol_with_passkey(post.services(), &chosen.token, passkey, &browser, asked).await
    };
    enrolled(&post, post.unknown(enrol).await)
}

/// POST /local/link/email: the new address is theirs.
pub(super) async fn email(post: Post, payload: web::Payload) -> HttpResponse {
    let confirm =
        async |asked: &Request, link: Link| local::confirm_email(post.services(), &link.token, asked).await;
    post.serve_unknown(payload, confirm).await
}

fn enrolled(post: &Post, outcome: Result<Enrolment, Error>) -> HttpResponse {
    match outcome {
        Ok(Enrolment { token, device, recovery_codes }) => HttpResponse::Ok()
            .cookie(post.state.site.session_cookie(token))
            .cookie(post.state.site.device_cookie(device))
            .json(json!({ "recoveryCodes": recovery_codes })),
        Err(error) => post.failure(&error),
    }
}
