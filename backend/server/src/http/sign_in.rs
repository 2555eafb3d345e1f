//! The way to the identity provider and back.

use actix_web::cookie::Cookie;
use actix_web::cookie::time::Duration;
use actix_web::http::{StatusCode, header};
use actix_web::{HttpRequest, HttpResponse, web};
use serde::Deserialize;
use varsel_services::domain::rules::Text;
use varsel_services::{Error, session};

use super::answer;
use super::observe::request_id;
use super::state::{Door, State};
use crate::oidc::{Callback, LIFETIME, SignIn, SignInError};

/// The page to come back to.
#[derive(Deserialize)]
pub(crate) struct Wish {
    next: Option<String>,
}

/// GET /sign-in: sends the browser to the identity provider.
pub(crate) async fn begin(
    request: HttpRequest,
    wish: web::Query<Wish>,
    state: web::Data<State>,
) -> HttpResponse {
    let Some(sign_in) = provider(&state) else { return no_provider() };
    let next = wish.into_inner().next.filter(|path| is_own_path(path)).unwrap_or_else(|| "/".to_owned());
    match sign_in.begin(next).await {
        Ok((url, cookie)) => HttpResponse::SeeOther()
            .cookie(state.site.sign_in_cookie(cookie, LIFETIME))
            .insert_header((header::LOCATION, url))
            .finish(),
        Err(error) => refused(&error, &request_id(&request)),
    }
}

/// GET /sign-in/callback: the browser comes back with a code.
pub(crate) async fn complete(
    request: HttpRequest,
    callback: web::Query<Callback>,
    state: web::Data<State>,
) -> HttpResponse {
    let Some(sign_in) = provider(&state) else { return no_provider() };
    let cookie = request.cookie(&state.site.sign_in_cookie_name());
    let cookie = cookie.as_ref().map(Cookie::value);
    let (claims, next) = match sign_in.complete(callback.into_inner(), cookie).await {
        Ok(completed) => completed,
        Err(error) => return refused(&error, &request_id(&request)),
    };
    match session::open_for_claims(&state.services, claims).await {
        Ok(token) => HttpResponse::SeeOther()
            .cookie(state.site.session_cookie(token))
            .cookie(state.site.sign_in_cookie(String::new(), Duration::ZERO))
            .insert_header((header::LOCATION, next))
            .finish(),
        Err(error) => no_function(&error, &request_id(&request)),
    }
}

fn provider(state: &State) -> Option<&SignIn> {
    match &state.door {
        Door::Provider(sign_in) => Some(sign_in),
        Door::Demo => None,
    }
}

fn no_provider() -> HttpResponse {
    answer::refusal(StatusCode::NOT_FOUND, "NOT_FOUND", "the demo signs people in at /demo/sign-in")
}

/// A path on this site: never an address that leads elsewhere.
fn is_own_path(path: &str) -> bool {
    let mut characters = path.chars();
    let absolute = characters.next() == Some('/') && !matches!(characters.next(), Some('/' | '\\'));
    absolute && path.len() < 1_000 && path.chars().all(|character| character.is_ascii_graphic())
}

fn refused(error: &SignInError, request_id: &str) -> HttpResponse {
    tracing::warn!(request.id = request_id, cause = %error, "a sign-in was refused");
    let (status, da, en) = match error {
        SignInError::Unreachable(_) => (
            StatusCode::SERVICE_UNAVAILABLE,
            "Log ind-tjenesten svarer ikke. Vent et minut, og prøv igen. Haster det, så ring til din myndighed.",
            "The sign-in service does not answer. Wait a minute and try again. If it is urgent, phone your authority.",
        ),
        SignInError::NotBegunHere | SignInError::OtherIssuer => (
            StatusCode::BAD_REQUEST,
            "Log ind blev ikke begyndt i denne browser inden for de sidste ti minutter. Gå til forsiden, og log ind igen.",
            "The sign-in was not begun in this browser in the last ten minutes. Go to the start page and sign in again.",
        ),
        SignInError::Refused(_) => (
            StatusCode::FORBIDDEN,
            "Log ind-tjenesten afviste, eller du afbrød. Gå til forsiden, og log ind igen.",
            "The sign-in service refused, or you cancelled. Go to the start page and sign in again.",
        ),
        SignInError::Untrusted(_) => (
            StatusCode::FORBIDDEN,
            "Svaret fra log ind-tjenesten kunne ikke bekræftes. Prøv igen. Sker det igen, så kontakt driften.",
            "The answer of the sign-in service could not be verified. Try again. If it recurs, contact operations.",
        ),
        SignInError::TooWeak(_) => (
            StatusCode::FORBIDDEN,
            "Du loggede ind på et for lavt sikringsniveau. Log ind igen med MitID Erhverv på mindst niveau Betydelig.",
            "You signed in at too low an assurance level. Sign in again with at least the level Substantial.",
        ),
    };
    failed_page(status, da, en)
}

fn no_function(error: &Error, request_id: &str) -> HttpResponse {
    if matches!(error, Error::Storage(_) | Error::Internal(_)) {
        return answer::failure(error, request_id);
    }
    tracing::warn!(request.id = request_id, cause = %error, "a person without a function signed in");
    failed_page(
        StatusCode::FORBIDDEN,
        "Dit login siger ikke, hvilken virksomhed eller myndighed du handler for. Log ind med MitID Erhverv, eller bed \
         din administrator om at give dig en rolle.",
        "Your sign-in does not say for which organisation or authority you act. Sign in with your business identity, \
         or ask your administrator to give you a role.",
    )
}

fn failed_page(status: StatusCode, da: &str, en: &str) -> HttpResponse {
    let title = Text { da: "Du er ikke logget ind".to_owned(), en: "You are not signed in".to_owned() };
    answer::page(status, &title, &Text { da: da.to_owned(), en: en.to_owned() })
}

#[cfg(test)]
mod tests {
    use super::is_own_path;

    #[test]
    fn a_sign_in_never_leads_to_another_site() {
        assert!(is_own_path("/") && is_own_path("/incident/incident_1?tab=guidance"));
        for wrong in ["", "//evil.example", "/\\evil.example", "https://evil.example", "/a\r\nb", "evil"] {
            assert!(!is_own_path(wrong), "{wrong}");
        }
    }
}
