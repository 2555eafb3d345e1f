//! Signing in: one attempt a request.

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use serde::Deserialize;
use serde_json::{Value, json};
use varsel_services::domain::CeremonyId;
use varsel_services::local::{self, Entry, PasswordAttempt, Shown};
use varsel_services::session::Browser;
use varsel_services::{Error, Request, Result};

use super::super::answer;
use super::{Post, challenge};

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Attempt {
    login: String,
    password: String,
    code: String,
    new_password: Option<String>,
    /// Whether the person who is signed in shows once more who they are.
    #[serde(default)]
    again: bool,
}

/// POST /local/sign-in
pub(super) async fn password(post: Post, payload: web::Payload) -> HttpResponse {
    let attempt: Attempt = match post.read(payload).await {
        Ok(attempt) => attempt,
        Err(refusal) => return refusal,
    };
    let typed = PasswordAttempt {
        login: &attempt.login,
        password: &attempt.password,
        code: &attempt.code,
        new_password: attempt.new_password.as_deref(),
    };
    let sign_in = async |asked: &Request| {
        let browser = browser(&post, attempt.again).await?;
        local::with_password(post.services(), typed, &browser, asked).await
    };
    entered(&post, post.unknown(sign_in).await)
}

/// POST /local/passkey/begin
pub(super) async fn begin(post: Post, payload: web::Payload) -> HttpResponse {
    post.serve_unknown(payload, async |asked, _: Value| {
        Ok(challenge(&local::begin_with_passkey(post.services(), asked).await?))
    })
    .await
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Answered {
    ceremony: CeremonyId,
    credential: Value,
    #[serde(default)]
    again: bool,
}

/// POST /local/passkey/complete
pub(super) async fn complete(post: Post, payload: web::Payload) -> HttpResponse {
    let Answered { ceremony, credential, again } = match post.read(payload).await {
        Ok(answered) => answered,
        Err(refusal) => return refusal,
    };
    let shown = Shown { ceremony, credential };
    let sign_in = async |asked: &Request| {
        let browser = browser(&post, again).await?;
        local::with_passkey(post.services(), shown, &browser, asked).await
    };
    entered(&post, post.unknown(sign_in).await)
}

/// The browser; where somebody shows once more who they are, it must be whoever is signed in.
async fn browser(post: &Post, again: bool) -> Result<Browser> {
    let browser = post.state.browser(&post.request).await?;
    if !again {
        return Ok(browser);
    }
    let asked = post.state.asked(&post.request).await?;
    Ok(Browser { again: Some(asked.actor()?.person), ..browser })
}

fn entered(post: &Post, outcome: Result<Entry>) -> HttpResponse {
    match outcome {
        Ok(Entry::Opened { token, device, codes_left }) => HttpResponse::Ok()
            .cookie(post.state.site.session_cookie(token))
            .cookie(post.state.site.device_cookie(device))
            .json(json!({ "recoveryCodesLeft": codes_left })),
        Ok(Entry::Refused) => {
            answer::refusal(StatusCode::UNAUTHORIZED, "NOT_SIGNED_IN", "these do not sign anybody in")
        }
        Ok(Entry::PasswordRunOut) => {
            let message = "the password has run out; send newPassword, and a new code";
            answer::refusal(StatusCode::CONFLICT, "PASSWORD_RUN_OUT", message)
        }
        Err(Error::Forbidden { .. }) => {
            let message = "somebody else is signed in here; sign out first";
            answer::refusal(StatusCode::FORBIDDEN, "OTHER_PERSON", message)
        }
        Err(error) => post.failure(&error),
    }
}
