//! The pages: built by Vite, embedded in the binary.

use actix_web::http::header::HeaderValue;
use actix_web::http::{Method, StatusCode, header};
use actix_web::{HttpRequest, HttpResponse, web};
use rust_embed::{EmbeddedFile, RustEmbed};
use varsel_services::domain::rules::Text;

use super::answer;
use super::state::State;

/// Files of the frontend; none when it was not built.
#[derive(RustEmbed)]
#[folder = "../../frontend/dist"]
#[allow_missing = true]
struct Frontend;

/// Paths that belong to programs: an unknown one there is not found, and not a page.
const NOT_PAGES: [&str; 8] =
    ["/assets/", "/graphql", "/graphiql", "/health/", "/demo/", "/local/", "/sign-in/", "/csp-report"];

/// A file of the frontend, or the application's page for every address that it routes itself.
pub(crate) async fn serve(request: HttpRequest, state: web::Data<State>) -> HttpResponse {
    if !matches!(*request.method(), Method::GET | Method::HEAD) {
        return answer::refusal(
            StatusCode::METHOD_NOT_ALLOWED,
            "METHOD_NOT_ALLOWED",
            "pages are read with GET",
        );
    }
    let path = request.path().trim_start_matches('/');
    if path != "index.html"
        && !path.starts_with("graphiql/")
        && let Some(file) = Frontend::get(path)
    {
        return asset(path, file);
    }
    if NOT_PAGES.iter().any(|prefix| request.path().starts_with(prefix)) {
        return answer::refusal(StatusCode::NOT_FOUND, "NOT_FOUND", "there is nothing at this address");
    }
    match Frontend::get("index.html") {
        Some(index) => application(&request, &state, &index),
        None => not_built(),
    }
}

/// The explorer renders documentation from markup, so its page cannot have the trusted-types half of the usual policy.
const GRAPHIQL_POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; \
    img-src 'self' data:; font-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'; \
    frame-ancestors 'none'; report-uri /csp-report";

/// GET /graphiql and its files; the route exists only with `--demo`.
pub(crate) async fn graphiql(request: HttpRequest) -> HttpResponse {
    let path = match request.path() {
        "/graphiql" | "/graphiql/" => "graphiql/index.html",
        path => path.trim_start_matches('/'),
    };
    match Frontend::get(path) {
        Some(file) => {
            let mut response = asset(path, file);
            let policy = HeaderValue::from_static(GRAPHIQL_POLICY);
            response.headers_mut().insert(header::CONTENT_SECURITY_POLICY, policy);
            response
        }
        None => answer::refusal(StatusCode::NOT_FOUND, "NOT_FOUND", "there is nothing at this address"),
    }
}

fn asset(path: &str, file: EmbeddedFile) -> HttpResponse {
    let mut response = HttpResponse::Ok();
    response.content_type(file.metadata.mimetype());
    if path.starts_with("assets/") {
        // Their names hold a hash of what is in them.
        response.insert_header((header::CACHE_CONTROL, "public, max-age=31536000, immutable"));
    }
    response.body(file.data.into_owned())
}

/// The application's page, in the person's language, saying whether this is a demo.
fn application(request: &HttpRequest, state: &State, index: &EmbeddedFile) -> HttpResponse {
    let mode = if state.is_demo() { "demo" } else { "live" };
    let html = String::from_utf8_lossy(&index.data)
        .replacen("<html lang=\"da\"", &format!("<html lang=\"{}\"", language(request)), 1)
        .replacen(
            "name=\"varsel-mode\" content=\"live\"",
            &format!("name=\"varsel-mode\" content=\"{mode}\""),
            1,
        );
    HttpResponse::Ok()
        .content_type("text/html; charset=utf-8")
        .insert_header((header::CACHE_CONTROL, "no-store"))
        .insert_header((header::VARY, "Accept-Language, Cookie"))
        .body(html)
}

/// The language the person chose; before that, what the browser prefers; before that, Danish.
fn language(request: &HttpRequest) -> &'static str {
    let chosen = request.cookie("lang").map(|cookie| cookie.value().to_owned());
    match chosen.as_deref() {
        Some("en") => return "en",
        Some("da") => return "da",
        _ => {}
    }
    let accepted = request.headers().get(header::ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok());
    let mut preferred =
        accepted.unwrap_or_default().split(',').map(|language| language.trim().to_lowercase());
    preferred
        .find_map(|language| match language.get(..2) {
            Some("da") => Some("da"),
            Some("en") => Some("en"),
            _ => None,
        })
        .unwrap_or("da")
}

fn not_built() -> HttpResponse {
    let title = Text { da: "Siderne er ikke bygget".to_owned(), en: "The pages are not built".to_owned() };
    let words = Text {
        da: "Serveren kører, men dette program er bygget uden siderne. Kør »npm ci && npm run build« i mappen \
             frontend, og byg programmet igen; eller brug »make run«."
            .to_owned(),
        en: "The server runs, but this program was built without the pages. Run “npm ci && npm run build” in the \
             folder frontend and build the program again; or use “make run”."
            .to_owned(),
    };
    answer::page(StatusCode::SERVICE_UNAVAILABLE, &title, &words)
}
