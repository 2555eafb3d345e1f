//! One's own ways to sign in.

use actix_web::{HttpRequest, HttpResponse, web};
use serde::Deserialize;
use serde_json::{Value, json};
use varsel_services::domain::password::{LONGEST, SHORTEST};
use varsel_services::domain::{CeremonyId, PasskeyId};
use varsel_services::local::{self, OwnAccount, Shown};

use super::super::state::State;
use super::{Post, challenge, codes};

/// GET /local/account
pub(super) async fn look(request: HttpRequest, state: web::Data<State>) -> HttpResponse {
    let post = Post { request: &request, state: &state };
    match state.asked(&request).await {
        Ok(asked) => post.answer(local::look(&state.services, &asked).await.map(|account| shown(&account))),
        Err(error) => post.failure(&error),
    }
}

fn shown(account: &OwnAccount) -> Value {
    let passkeys = account.passkeys.iter().map(|passkey| {
        json!({
            "id": passkey.id,
            "name": passkey.name,
            "createdAt": passkey.created_at,
            "lastUsedAt": passkey.last_used_at,
        })
    });
    json!({
        "possible": account.possible,
        "onlyWay": account.only_way,
        "passkeysPossible": account.passkeys_possible,
        "login": account.login,
        "passwordSetAt": account.password_set_at,
        "passkeys": passkeys.collect::<Vec<_>>(),
        "recoveryCodesLeft": account.recovery_codes,
        "shortest": SHORTEST,
        "longest": LONGEST,
    })
}

/// POST /local/account/password/begin
pub(super) async fn begin_password(
    request: HttpRequest,
    payload: web::Payload,
    state: web::Data<State>,
) -> HttpResponse {
    let post = Post { request: &request, state: &state };
    match post.asked::<Value>(payload).await {
        Ok((asked, _)) => {
            let begun = local::begin_password(&state.services, &asked).await;
            post.answer(begun.map(|setup| codes(&setup)))
        }
        Err(refusal) => refusal,
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Chosen {
    ceremony: CeremonyId,
    password: String,
    code: String,
}

/// POST /local/account/password/set
pub(super) async fn set_password(
    request: HttpRequest,
    payload: web::Payload,
    state: web::Data<State>,
) -> HttpResponse {
    let post = Post { request: &request, state: &state };
    match post.asked::<Chosen>(payload).await {
        Ok((asked, Chosen { ceremony, password, code })) => {
            let set = local::set_password(&state.services, &asked, (ceremony, &password, &code)).await;
            post.answer(set.map(|codes| json!({ "recoveryCodes": codes })))
        }
        Err(refusal) => refusal,
    }
}

/// POST /local/account/password/remove
pub(super) async fn remove_password(
    request: HttpRequest,
    payload: web::Payload,
    state: web::Data<State>,
) -> HttpResponse {
    let post = Post { request: &request, state: &state };
    match post.asked::<Value>(payload).await {
        Ok((asked, _)) => post.answer(local::remove_password(&state.services, &asked).await),
        Err(refusal) => refusal,
    }
}

/// POST /local/account/recovery-codes
pub(super) async fn recovery_codes(
    request: HttpRequest,
    payload: web::Payload,
    state: web::Data<State>,
) -> HttpResponse {
    let post = Post { request: &request, state: &state };
    match post.asked::<Value>(payload).await {
        Ok((asked, _)) => {
            let made = local::new_recovery_codes(&state.services, &asked).await;
            post.answer(made.map(|codes| json!({ "recoveryCodes": codes })))
        }
        Err(refusal) => refusal,
    }
}

/// POST /local/account/passkey/begin
pub(super) async fn begin_passkey(
    request: HttpRequest,
    payload: web::Payload,
    state: web::Data<State>,
) -> HttpResponse {
    let post = Post { request: &request, state: &state };
    match post.asked::<Value>(payload).await {
        Ok((asked, _)) => {
            let begun = local::begin_passkey(&state.services, &asked).await;
            post.answer(begun.map(|begun| challenge(&begun)))
        }
        Err(refusal) => refusal,
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Passkey {
    ceremony: CeremonyId,
    credential: Value,
    name: String,
}

/// POST /local/account/passkey/add
pub(super) async fn add_passkey(
    request: HttpRequest,
    payload: web::Payload,
    state: web::Data<State>,
) -> HttpResponse {
    let post = Post { request: &request, state: &state };
    match post.asked::<Passkey>(payload).await {
        Ok((asked, Passkey { ceremony, credential, name })) => {
            let shown = Shown { ceremony, credential };
            post.answer(local::add_passkey(&state.services, &asked, shown, &name).await)
        }
        Err(refusal) => refusal,
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Which {
    id: PasskeyId,
}

/// POST /local/account/passkey/remove
pub(super) async fn remove_passkey(
    request: HttpRequest,
    payload: web::Payload,
    state: web::Data<State>,
) -> HttpResponse {
    let post = Post { request: &request, state: &state };
    match post.asked::<Which>(payload).await {
        Ok((asked, Which { id })) => post.answer(local::remove_passkey(&state.services, &asked, id).await),
        Err(refusal) => refusal,
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Address {
    email: String,
}

/// POST /local/account/email
pub(super) async fn email(
    request: HttpRequest,
    payload: web::Payload,
    state: web::Data<State>,
) -> HttpResponse {
    let post = Post { request: &request, state: &state };
    match post.asked::<Address>(payload).await {
        Ok((asked, Address { email })) => {
            post.answer(local::change_email(&state.services, &asked, &email).await)
        }
        Err(refusal) => refusal,
    }
}
