//! The demo answers to names of this machine only. A page elsewhere whose name is made to point here ("DNS rebinding") is
//! of the same origin for the browser, but its name stands in `Host`.

use actix_web::HttpRequest;
use actix_web::http::uri::Authority;
use actix_web::http::{StatusCode, header};
use actix_web::{HttpResponse, dev::ServiceRequest};

use super::answer;
use super::site::is_loopback;

/// A refusal for requests under other names.
pub(super) fn refuse(request: &ServiceRequest) -> Option<HttpResponse> {
    if is_this_machine(request.request()) {
        return None;
    }
    let message = "the demo answers under http://127.0.0.1 and http://localhost only";
    Some(answer::refusal(StatusCode::MISDIRECTED_REQUEST, "OTHER_HOST", message))
}

/// Whether the request names one host, and it is this machine.
fn is_this_machine(request: &HttpRequest) -> bool {
    let headers = request.headers().get_all(header::HOST).map(|host| host.to_str().unwrap_or_default());
    let authority = request.uri().authority().map(Authority::as_str);
    let mut hosts = headers.chain(authority);
    let Some(host) = hosts.next() else { return false };
    if hosts.any(|other| other != host) || request.headers().get_all(header::HOST).count() > 1 {
        return false;
    }
    let name = match host.rsplit_once(':') {
        Some((name, port)) if port.bytes().all(|byte| byte.is_ascii_digit()) => name,
        _ => host,
    };
    is_loopback(name)
}

#[cfg(test)]
mod tests {
    use actix_web::test::TestRequest;

    use super::*;

    #[test]
    fn only_names_of_this_machine_are_answered() {
        for (host, expected) in [
            ("127.0.0.1:8080", true),
            ("localhost:8080", true),
            ("localhost", true),
            ("[::1]:8080", true),
            ("127.8.8.8", true),
            ("rebound.example:8080", false),
            ("localhost.evil.example:8080", false),
            ("127.0.0.1.evil.example", false),
            ("192.168.1.4:8080", false),
            ("localhost:8080@evil.example", false),
            ("evil.example:127.0.0.1", false),
            ("", false),
        ] {
            let request = TestRequest::get().insert_header(("host", host)).to_http_request();
            assert_eq!(is_this_machine(&request), expected, "{host}");
        }
        assert!(!is_this_machine(&TestRequest::get().to_http_request()), "no host at all");
        let two =
            TestRequest::get().insert_header(("host", "localhost")).append_header(("host", "evil.example"));
        assert!(!is_this_machine(&two.to_http_request()));
    }

    #[test]
    fn http_2_names_the_host_in_the_address() {
        let named = |address: &str| TestRequest::with_uri(address);
        assert!(is_this_machine(&named("https://localhost:8443/x").to_http_request()));
        assert!(!is_this_machine(&named("https://rebound.example/x").to_http_request()));
        let both = |host| named("https://localhost:8443/x").insert_header(("host", host)).to_http_request();
        assert!(is_this_machine(&both("localhost:8443")));
        assert!(!is_this_machine(&both("rebound.example")));
    }
}
