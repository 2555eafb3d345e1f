//! The way to an identity provider and back, and what it says of its own accord.

use actix_web::cookie::Cookie;
use actix_web::cookie::time::Duration;
use actix_web::http::{StatusCode, header};
use actix_web::{HttpRequest, HttpResponse, web};
use serde::Deserialize;
use serde_json::json;
use varsel_services::domain::attempt::Cause;
use varsel_services::domain::rules::Text;
use varsel_services::session::{self, Browser, LogoutOutcome};
use varsel_services::{Error, Request, provider};

use super::observe::request_id;
use super::state::{Door, State};
use super::{answer, assets, attempt, body};
use crate::oidc::{Callback, Completed, LIFETIME, Providers, SignIn, SignInError, Wish};

/// A logout token has a few hundred bytes.
const LOGOUT: usize = 64 * 1024;

/// The page to come back to.
#[derive(Deserialize)]
pub(crate) struct Page {
    next: Option<String>,
}

impl Page {
    fn next(self) -> String {
        self.next.filter(|path| is_own_path(path)).unwrap_or_else(|| "/".to_owned())
    }
}

/// GET /sign-in: to the provider, or to the page on which one chooses between several.
pub(crate) async fn choose(
    request: HttpRequest,
    page: web::Query<Page>,
    state: web::Data<State>,
) -> HttpResponse {
    match trusted(&state).await.as_deref() {
        // Where there are accounts of Varsel's own beside it, a single provider is a choice, too.
        Ok([only]) if !state.services.local.is_on() => {
            send(&request, &state, only, page.into_inner().next()).await
        }
        Ok(_) => assets::serve(request, state).await,
        Err(error) => answer::failure(error, &request_id(&request)),
    }
}

/// GET /sign-in/providers: those that there are to choose from.
pub(crate) async fn providers(request: HttpRequest, state: web::Data<State>) -> HttpResponse {
    let providers = match trusted(&state).await {
        Ok(providers) => providers,
        Err(error) => return answer::failure(&error, &request_id(&request)),
    };
    let listed = providers.iter().map(|sign_in| json!({ "name": sign_in.name(), "label": sign_in.label() }));
    HttpResponse::Ok().json(listed.collect::<Vec<_>>())
}

/// GET /sign-in/{provider}: sends the browser there.
pub(crate) async fn begin(
    request: HttpRequest,
    provider: web::Path<String>,
    page: web::Query<Page>,
    state: web::Data<State>,
) -> HttpResponse {
    match find(&state, &provider) {
        Some(sign_in) => send(&request, &state, sign_in, page.into_inner().next()).await,
        None => no_provider(&request, &state).await,
    }
}

async fn send(request: &HttpRequest, state: &State, sign_in: &SignIn, next: String) -> HttpResponse {
    match state.asked(request).await {
        Ok(asked) => {
            let session = asked.session.map(|session| session.id);
            leave(request, state, sign_in, Wish { next, session, again: None }).await
        }
        Err(error) => answer::failure(&error, &request_id(request)),
    }
}

/// GET /sign-in/again: the person who is signed in shows once more who they are, at the provider they came from.
pub(crate) async fn again(
    request: HttpRequest,
    page: web::Query<Page>,
    state: web::Data<State>,
) -> HttpResponse {
    let next = page.into_inner().next();
    match own_provider(&request, &state).await {
        Ok((sign_in, asked)) => {
            let session = asked.session.as_ref().map(|session| session.id);
            let again = asked.actor.as_ref().map(|actor| actor.person);
            leave(&request, &state, sign_in, Wish { next, session, again }).await
        }
        // Whoever came by an account of Varsel's own shows again who they are on the page for that.
        Err(Error::NotFound { .. }) if state.services.local.is_on() => {
            let next: String = url::form_urlencoded::byte_serialize(next.as_bytes()).collect();
            let page = format!("/sign-in?again=true&next={next}");
            HttpResponse::SeeOther().insert_header((header::LOCATION, page)).finish()
        }
        // Whoever is not signed in, or came another way, signs in as if for the first time.
        Err(Error::SignInRequired | Error::NotFound { .. }) => {
            HttpResponse::SeeOther().insert_header((header::LOCATION, "/sign-in")).finish()
        }
        Err(error) => answer::failure(&error, &request_id(&request)),
    }
}

async fn own_provider<'a>(request: &HttpRequest, state: &'a State) -> Result<(&'a SignIn, Request), Error> {
    let asked = state.asked(request).await?;
    let sessions = session::list_own(&state.services, &asked).await?;
    let provider = sessions.into_iter().find(|session| session.current).and_then(|session| session.provider);
    let sign_in = provider.and_then(|provider| find(state, &provider));
    Ok((sign_in.ok_or(Error::NotFound { kind: "provider" })?, asked))
}

async fn leave(request: &HttpRequest, state: &State, sign_in: &SignIn, wish: Wish) -> HttpResponse {
    if let Some(refusal) = not_trusted(request, state, sign_in).await {
        return refusal;
    }
    match sign_in.begin(wish).await {
        Ok((url, cookie)) => HttpResponse::SeeOther()
            .cookie(state.site.sign_in_cookie(cookie, LIFETIME))
            .insert_header((header::LOCATION, url))
            .finish(),
        Err(error) => refused(request, state, sign_in.name(), &error).await,
    }
}

/// GET /sign-in/{provider}/callback: the browser comes back with a code.
pub(crate) async fn complete(
    request: HttpRequest,
    provider: web::Path<String>,
    callback: web::Query<Callback>,
    state: web::Data<State>,
) -> HttpResponse {
    let Some(sign_in) = find(&state, &provider) else { return no_provider(&request, &state).await };
    if let Some(refusal) = not_trusted(&request, &state, sign_in).await {
        return refusal;
    }
    let cookie = request.cookie(&state.site.sign_in_cookie_name());
    let cookie = cookie.as_ref().map(Cookie::value);
    match sign_in.complete(callback.into_inner(), cookie).await {
        Ok(completed) => open(&request, &state, sign_in, completed).await,
        Err(error) => refused(&request, &state, sign_in.name(), &error).await,
    }
}

async fn open(request: &HttpRequest, state: &State, sign_in: &SignIn, completed: Completed) -> HttpResponse {
    let request_id = request_id(request);
    let Completed { claims, next, previous, again } = completed;
    let browser = match state.browser(request).await {
        Ok(browser) => Browser { previous: previous.or(browser.previous), again, ..browser },
        Err(error) => return answer::failure(&error, &request_id),
    };
    match session::open_for_claims(&state.services, claims, &browser).await {
        Ok(token) => HttpResponse::SeeOther()
            .cookie(state.site.session_cookie(token))
            .cookie(state.site.sign_in_cookie(String::new(), Duration::ZERO))
            .insert_header((header::LOCATION, next))
            .finish(),
        Err(Error::Forbidden { .. }) => {
            refused(request, state, sign_in.name(), &SignInError::OtherPerson).await
        }
        // Two have trusted it on other settings since the browser came back.
        Err(Error::NotFound { kind: provider::KIND }) => match not_trusted(request, state, sign_in).await {
            Some(refusal) => refusal,
            None => no_provider(request, state).await,
        },
        Err(error) => no_function(request, state, sign_in.name(), &error).await,
    }
}

/// POST /sign-in/{provider}/back-channel-logout: the provider tells that a person has signed out there (OpenID
/// Connect Back-Channel Logout 1.0, sections 2.5 and 2.8).
pub(crate) async fn logout(
    request: HttpRequest,
    provider: web::Path<String>,
    payload: web::Payload,
    state: web::Data<State>,
) -> HttpResponse {
    let Some(sign_in) = find(&state, &provider) else { return no_provider(&request, &state).await };
    let fields = match body::form(&request, payload, LOGOUT, state.body_timeout).await {
        Ok(fields) => fields,
        Err(error) => {
            attempt::refuse(&state, &request, error.cause(), error.code()).await;
            return answer::wrong_body(&error);
        }
    };
    let mut tokens = fields.into_iter().filter(|(name, _)| name == "logout_token").map(|(_, token)| token);
    let (Some(token), None) = (tokens.next(), tokens.next()) else {
        return not_logged_out(&request, &state, sign_in.name(), "send logout_token once").await;
    };
    let logout = match sign_in.read_logout(&token).await {
        Ok(logout) => logout,
        Err(error) => {
            return not_logged_out(&request, &state, sign_in.name(), &error.to_string()).await;
        }
    };
    match session::provider_logout(&state.services, &logout).await {
        Ok(LogoutOutcome::Ended(count)) => {
            tracing::info!(provider = sign_in.name(), count, "sessions ended with those of the provider");
            HttpResponse::Ok().insert_header((header::CACHE_CONTROL, "no-store")).finish()
        }
        Ok(LogoutOutcome::Replayed) => {
            not_logged_out(&request, &state, sign_in.name(), "the token was taken before (jti)").await
        }
        Err(error) => answer::failure(&error, &request_id(&request)),
    }
}

fn all(state: &State) -> Option<&Providers> {
    match &state.door {
        Door::Providers(providers) => Some(providers),
        Door::Demo => None,
    }
}

/// The providers through which people can sign in now.
async fn trusted(state: &State) -> Result<Vec<&SignIn>, Error> {
    let mut trusted = Vec::new();
    for sign_in in all(state).into_iter().flat_map(Providers::all) {
        if provider::is_trusted(&state.services, sign_in.name()).await? {
            trusted.push(sign_in);
        }
    }
    Ok(trusted)
}

/// The answer where a provider's word opens nothing, at the beginning of a sign-in and again at its end.
async fn not_trusted(request: &HttpRequest, state: &State, sign_in: &SignIn) -> Option<HttpResponse> {
    match provider::is_trusted(&state.services, sign_in.name()).await {
        Ok(true) => None,
        Ok(false) => Some(refused(request, state, sign_in.name(), &SignInError::NotTrusted).await),
        Err(error) => Some(answer::failure(&error, &request_id(request))),
    }
}

fn find<'a>(state: &'a State, name: &str) -> Option<&'a SignIn> {
    all(state)?.find(name)
}

async fn no_provider(request: &HttpRequest, state: &State) -> HttpResponse {
    attempt::refuse(state, request, Cause::NothingThere, provider::KIND).await;
    answer::refusal(StatusCode::NOT_FOUND, "NOT_FOUND", "there is no such identity provider")
}

/// Every attempt that is refused comes by here, with its reason, and is registered.
async fn note(
    (request, state): (&HttpRequest, &State),
    provider: &str,
    reason: &dyn std::fmt::Display,
    (cause, code): (Cause, &str),
) {
    tracing::warn!(request.id = request_id(request), provider, reason = %reason, "a sign-in was refused");
    attempt::refuse(state, request, cause, code).await;
}

/// What a refusal is registered as. What any page on the web can make a browser do, by sending it here without a
/// sign-in that began here, closes no way in; neither does a provider that is down, or somebody who cancels.
fn registered(error: &SignInError) -> (Cause, &'static str) {
    match error {
        SignInError::Unreachable(_) => (Cause::Provider, "UNREACHABLE"),
        SignInError::NotBegunHere => (Cause::Provider, "NOT_BEGUN_HERE"),
        SignInError::OtherIssuer => (Cause::Provider, "OTHER_ISSUER"),
        SignInError::Refused(_) => (Cause::Provider, "REFUSED_BY_PROVIDER"),
        SignInError::NotTrusted => (Cause::Provider, "PROVIDER_NOT_TRUSTED"),
        SignInError::Untrusted(_) => (Cause::SignInRefused, "UNTRUSTED"),
        SignInError::TooWeak(_) => (Cause::SignInRefused, "TOO_WEAK"),
        SignInError::TooLongAgo => (Cause::SignInRefused, "TOO_LONG_AGO"),
        SignInError::OtherPerson => (Cause::SignInRefused, "OTHER_PERSON"),
    }
}

/// A path on this site: never an address that leads elsewhere.
fn is_own_path(path: &str) -> bool {
    let mut characters = path.chars();
    let absolute = characters.next() == Some('/') && !matches!(characters.next(), Some('/' | '\\'));
    absolute && path.len() < 1_000 && path.chars().all(|character| character.is_ascii_graphic())
}

async fn refused(request: &HttpRequest, state: &State, provider: &str, error: &SignInError) -> HttpResponse {
    note((request, state), provider, error, registered(error)).await;
    let (status, da, en) = words(error);
    failed_page(status, da, en)
}

fn words(error: &SignInError) -> (StatusCode, &'static str, &'static str) {
    match error {
        SignInError::Unreachable(_) => (
            StatusCode::SERVICE_UNAVAILABLE,
            "Login-tjenesten svarer ikke. Vent et minut, og prøv igen. Haster det, så ring til din myndighed.",
            "The sign-in service does not answer. Wait a minute and try again. If it is urgent, phone your authority.",
        ),
        SignInError::NotBegunHere | SignInError::OtherIssuer => (
            StatusCode::BAD_REQUEST,
            "Login blev ikke begyndt i denne browser inden for de sidste ti minutter. Gå til forsiden, og log ind igen.",
            "The sign-in was not begun in this browser in the last ten minutes. Go to the start page and sign in again.",
        ),
        SignInError::Refused(_) => (
            StatusCode::FORBIDDEN,
            "Login-tjenesten afviste, eller du afbrød. Gå til forsiden, og log ind igen.",
            "The sign-in service refused, or you cancelled. Go to the start page and sign in again.",
        ),
        SignInError::NotTrusted => (
            StatusCode::FORBIDDEN,
            "Login-tjenesten er ny her eller ændret og venter på, at to administratorer godkender den. Log ind på en anden måde, eller kontakt driften. Haster en hændelse, så ring til din myndighed.",
            "The sign-in service is new here, or changed, and waits for two administrators to approve it. Sign in another way, or contact operations. If an incident is urgent, phone your authority.",
        ),
        SignInError::Untrusted(_) => (
            StatusCode::FORBIDDEN,
            "Svaret fra login-tjenesten kunne ikke bekræftes. Prøv igen. Sker det igen, så kontakt driften.",
            "The answer of the sign-in service could not be verified. Try again. If it recurs, contact operations.",
        ),
        SignInError::TooWeak(_) => (
            StatusCode::FORBIDDEN,
            "Du loggede ind på et for lavt sikringsniveau. Log ind igen med MitID Erhverv på mindst niveau Betydelig.",
            "You signed in at too low an assurance level. Sign in again with at least the level Substantial.",
        ),
        SignInError::TooLongAgo => (
            StatusCode::FORBIDDEN,
            "Login-tjenesten viser ikke, at du er logget ind for nylig. Log ind igen. Sker det igen, så kontakt driften.",
            "The sign-in service does not show that you signed in recently. Sign in again. If it recurs, contact operations.",
        ),
        SignInError::OtherPerson => (
            StatusCode::FORBIDDEN,
            "Du loggede ind som en anden, end du var. Gå tilbage, og log ind som dig selv, eller log ud først.",
            "You signed in as somebody else than you were. Go back and sign in as yourself, or sign out first.",
        ),
    }
}

async fn no_function(request: &HttpRequest, state: &State, provider: &str, error: &Error) -> HttpResponse {
    if matches!(error, Error::Storage(_) | Error::Internal(_) | Error::Busy) {
        return answer::failure(error, &request_id(request));
    }
    note((request, state), provider, error, (Cause::SignInRefused, "NO_FUNCTION")).await;
    // Where it is known what the provider said amiss, a CVR number say, its own words tell it.
    let (da, en) = match error {
        Error::Invalid { message, .. } => (message.da.as_str(), message.en.as_str()),
        _ => (
            "Dit login siger ikke, hvilken virksomhed eller myndighed du handler for.",
            "Your sign-in does not say for which organisation or authority you act.",
        ),
    };
    failed_page(
        StatusCode::FORBIDDEN,
        &format!("{da} Log ind med MitID Erhverv, eller bed din administrator om at give dig en rolle."),
        &format!("{en} Sign in with your business identity, or ask your administrator to give you a role."),
    )
}

async fn not_logged_out(request: &HttpRequest, state: &State, provider: &str, reason: &str) -> HttpResponse {
    note((request, state), provider, &reason, (Cause::Provider, "LOGOUT_TOKEN")).await;
    HttpResponse::BadRequest()
        .insert_header((header::CACHE_CONTROL, "no-store"))
        .json(json!({ "error": "invalid_request", "error_description": reason }))
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
