//! One's own ways to sign in.

use actix_web::{HttpResponse, web};
use serde::Deserialize;
use serde_json::{Value, json};
use varsel_services::domain::password::{LONGEST, SHORTEST};
use varsel_services::domain::{CeremonyId, PasskeyId};
use varsel_services::local::{self, OwnAccount, Shown};

use super::{Post, challenge, codes};

/// GET /local/account
pub(super) async fn look(post: Post) -> HttpResponse {
    post.look(async |asked| Ok(shown(&local::look(post.services(), asked).await?))).await
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
pub(super) async fn begin_password(post: Post, payload: web::Payload) -> HttpResponse {
    post.serve(payload, async |asked, _: Value| {
        let begun = local::begin_password(post.services(), asked).await;
        begun.map(|setup| codes(&setup))
    })
    .await
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Chosen {
    ceremony: CeremonyId,
    password: String,
    code: String,
}

/// POST /local/account/password/set
pub(super) async fn set_password(post: Post, payload: web::Payload) -> HttpResponse {
    post.serve(payload, async |asked, Chosen { ceremony, password, code }| {
        let set = local::set_password(post.services(), asked, (ceremony, &password, &code)).await;
        set.map(|codes| json!({ "recoveryCodes": codes }))
    })
    .await
}

/// POST /local/account/password/remove
pub(super) async fn remove_password(post: Post, payload: web::Payload) -> HttpResponse {
    post.serve(payload, async |asked, _: Value| local::remove_password(post.services(), asked).await).await
}

/// POST /local/account/recovery-codes
pub(super) async fn recovery_codes(post: Post, payload: web::Payload) -> HttpResponse {
    post.serve(payload, async |asked, _: Value| {
        let made = local::new_recovery_codes(post.services(), asked).await;
        made.map(|codes| json!({ "recoveryCodes": codes }))
    })
    .await
}

/// POST /local/account/passkey/begin
pub(super) async fn begin_passkey(post: Post, payload: web::Payload) -> HttpResponse {
    post.serve(payload, async |asked, _: Value| {
        let begun = local::begin_passkey(post.services(), asked).await;
        begun.map(|begun| challenge(&begun))
    })
    .await
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Passkey {
    ceremony: CeremonyId,
    credential: Value,
    name: String,
}

/// POST /local/account/passkey/add
pub(super) async fn add_passkey(post: Post, payload: web::Payload) -> HttpResponse {
    post.serve(payload, async |asked, Passkey { ceremony, credential, name }| {
        let shown = Shown { ceremony, credential };
        local::add_passkey(post.services(), asked, shown, &name).await
    })
    .await
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Which {
    id: PasskeyId,
}

/// POST /local/account/passkey/remove
pub(super) async fn remove_passkey(post: Post, payload: web::Payload) -> HttpResponse {
    post.serve(payload, async |asked, Which { id }| local::remove_passkey(post.services(), asked, id).await)
        .await
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Address {
    email: String,
}

/// POST /local/account/email
pub(super) async fn email(post: Post, payload: web::Payload) -> HttpResponse {
    post.serve(payload, async |asked, Address { email }| {
        local::change_email(post.services(), asked, &email).await
    })
    .await
}
