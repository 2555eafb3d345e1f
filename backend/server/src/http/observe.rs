//! Around every request: its id, its line in the log, and the headers that every answer carries.

use std::time::Instant;

use actix_web::body::MessageBody;
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::header::{self, HeaderMap, HeaderName, HeaderValue};
use actix_web::middleware::Next;
use actix_web::{HttpMessage, HttpRequest, web};

use varsel_services::domain::attempt::Cause;

use super::state::State;
use super::unread::{Keeping, Shared};
use super::{attempt, host};

/// No inline code, no other hosts, no markup made from strings. What breaks it is reported: by `report-uri`, which every
/// browser knows and follows at once.
const CONTENT_SECURITY_POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; \
    img-src 'self' data:; font-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'self'; \
    frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'; report-uri /csp-report";

const PERMISSIONS_POLICY: &str =
    "camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()";

/// The id of a request; log lines and the access log name it.
#[derive(Clone)]
struct RequestId(String);

/// The id under which this request is logged.
pub(crate) fn request_id(request: &HttpRequest) -> String {
    request.extensions().get::<RequestId>().map(|id| id.0.clone()).unwrap_or_default()
}

/// Gives the request its id, and the answer its headers; writes one line without personal data.
pub(crate) async fn observe(
    state: web::Data<State>,
    mut request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<impl MessageBody>, actix_web::Error> {
    let begun = Instant::now();
    let id = state.services.ids.next(state.services.clock.now()).simple().to_string();
    request.extensions_mut().insert(RequestId(id.clone()));
    let method = request.method().clone();
    let body = Shared::of(&mut request);
    let refused = if state.is_demo() { host::refuse(&request) } else { None };
    let mut response = match refused {
        Some(refusal) => {
            attempt::refuse(&state, request.request(), Cause::Gate, "OTHER_HOST").await;
            request.into_response(refusal).map_into_right_body()
        }
        None => next.call(request).await?.map_into_left_body(),
    };
    let secure = state.site.is_secure();
    let route = response.request().match_pattern().unwrap_or_else(|| "static".to_owned());
    let status = response.status().as_u16();
    add_headers(response.headers_mut(), secure, &id);
    let duration_ms = u64::try_from(begun.elapsed().as_millis()).unwrap_or(u64::MAX);
    tracing::info!(request.id = id, http.method = %method, http.route = route, http.status = status, duration_ms, "answered");
    Ok(response.map_body(|_, answer| Keeping::new(answer, body)))
}

fn add_headers(headers: &mut HeaderMap, secure: bool, id: &str) {
    // A page with a policy of its own keeps it.
    if !headers.contains_key(header::CONTENT_SECURITY_POLICY) {
        headers.insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(CONTENT_SECURITY_POLICY));
    }
    let fixed = [
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        // For browsers that do not know `frame-ancestors`.
        (header::X_FRAME_OPTIONS, "DENY"),
        (header::REFERRER_POLICY, "no-referrer"),
        (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
        (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
        (HeaderName::from_static("permissions-policy"), PERMISSIONS_POLICY),
    ];
    for (name, value) in fixed {
        headers.insert(name, HeaderValue::from_static(value));
    }
    if secure {
        let two_years = HeaderValue::from_static("max-age=63072000; includeSubDomains");
        headers.insert(header::STRICT_TRANSPORT_SECURITY, two_years);
    }
    if !headers.contains_key(header::CACHE_CONTROL) {
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    }
    if let Ok(id) = HeaderValue::from_str(id) {
        headers.insert(HeaderName::from_static("x-request-id"), id);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn browsers_come_to_a_real_server_by_tls_only() {
        for (secure, expected) in [(true, Some("max-age=63072000; includeSubDomains")), (false, None)] {
            let mut headers = HeaderMap::new();
            add_headers(&mut headers, secure, "id");
            let found = headers.get(header::STRICT_TRANSPORT_SECURITY).map(|value| value.to_str().unwrap());
            assert_eq!(found, expected);
        }
    }

    #[test]
    fn the_policy_lets_no_inline_code_no_other_host_and_no_frame_in() {
        let mut headers = HeaderMap::new();
        add_headers(&mut headers, true, "id");
        let policy = headers.get(header::CONTENT_SECURITY_POLICY).unwrap().to_str().unwrap();
        let directives: Vec<_> = policy.split("; ").collect();
        for directive in [
            "default-src 'none'",
            "script-src 'self'",
            "base-uri 'none'",
            "form-action 'self'",
            "frame-ancestors 'none'",
            "require-trusted-types-for 'script'",
            "report-uri /csp-report",
        ] {
            assert!(directives.contains(&directive), "{directive}: {policy}");
        }
        // What is not named falls back on nothing at all: `object-src`, for one.
        assert!(!policy.contains("object-src") && !policy.contains("unsafe") && !policy.contains("http"));
    }
}
