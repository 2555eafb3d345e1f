//! The address under which people reach this server, and what follows from it.

use actix_web::HttpRequest;
use actix_web::cookie::{Cookie, SameSite, time::Duration};
use actix_web::http::header;
use reqwest::Url;

/// A public address that cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct WrongAddress(&'static str);

/// The server's public address.
#[derive(Debug, Clone)]
pub struct Site {
    origin: String,
    secure: bool,
    loopback: bool,
}

impl Site {
    /// # Errors
    /// Not `https://host`, nor `http://` on the loopback interface; or with a path.
    pub fn parse(public_url: &str) -> Result<Self, WrongAddress> {
        let Ok(url) = Url::parse(public_url) else {
            return Err(WrongAddress("not an address; write e.g. https://varsel.example.dk"));
        };
        let loopback = url.host_str().is_some_and(is_loopback);
        match url.scheme() {
            "https" => {}
            "http" if loopback => {}
            "http" => return Err(WrongAddress("must begin with https:// (http:// is for 127.0.0.1 only)")),
            _ => return Err(WrongAddress("must begin with https://")),
        }
        if url.path() != "/"
            || url.query().is_some()
            || url.fragment().is_some()
            || !url.username().is_empty()
        {
            return Err(WrongAddress("must be scheme, host and port only, without a path"));
        }
        Ok(Self { origin: url.origin().ascii_serialization(), secure: url.scheme() == "https", loopback })
    }

    /// The address, without a slash at the end.
    pub fn origin(&self) -> &str {
        &self.origin
    }

    /// Whether people reach it by TLS.
    pub fn is_secure(&self) -> bool {
        self.secure
    }

    /// May this request change something, or does another site's page send it?
    pub(crate) fn is_own_request(&self, request: &HttpRequest) -> bool {
        let header = |name| request.headers().get(name).map(|value| value.to_str().unwrap_or("unreadable"));
        let fetched_by_own_page = match header(header::HeaderName::from_static("sec-fetch-site")) {
            None => true,
            Some(site) => matches!(site, "same-origin" | "none"),
        };
        let from_own_page = match header(header::ORIGIN) {
            None => true,
            Some(origin) => {
                origin == self.origin || (self.loopback && is_loopback_origin(origin, header(header::HOST)))
            }
        };
        fetched_by_own_page && from_own_page
    }

    fn name(&self, name: &str) -> String {
        // The prefix makes browsers insist on TLS, this host and the whole path.
        if self.secure { format!("__Host-{name}") } else { name.to_owned() }
    }

    /// The name of the session's cookie.
    pub(crate) fn session_cookie_name(&self) -> String {
        self.name("varsel")
    }

    /// The name of the cookie that binds a sign-in to the browser that began it.
    pub(crate) fn sign_in_cookie_name(&self) -> String {
        self.name("varsel-sign-in")
    }

    /// The name of the cookie by which a browser shows who has signed in with it before.
    pub(crate) fn device_cookie_name(&self) -> String {
        self.name("varsel-device")
    }

    /// A cookie by which the browser is known the next time.
    pub(crate) fn device_cookie(&self, value: String) -> Cookie<'static> {
        let mut cookie = self.cookie(self.device_cookie_name(), value, SameSite::Strict);
        cookie.set_max_age(Duration::days(365));
        cookie
    }

    /// A cookie with a session's token; it is sent only to pages that this site's own pages open.
    pub(crate) fn session_cookie(&self, token: String) -> Cookie<'static> {
        self.cookie(self.session_cookie_name(), token, SameSite::Strict)
    }

    /// A cookie for the way to the identity provider and back, which is a navigation from another site.
    pub(crate) fn sign_in_cookie(&self, value: String, lifetime: Duration) -> Cookie<'static> {
        let mut cookie = self.cookie(self.sign_in_cookie_name(), value, SameSite::Lax);
        cookie.set_max_age(lifetime);
        cookie
    }

    fn cookie(&self, name: String, value: String, same_site: SameSite) -> Cookie<'static> {
        Cookie::build(name, value).path("/").http_only(true).secure(self.secure).same_site(same_site).finish()
    }
}

/// Whether a host name is this machine's own.
pub(crate) fn is_loopback(host: &str) -> bool {
    let bare = host.trim_start_matches('[').trim_end_matches(']');
    host == "localhost" || bare.parse::<std::net::IpAddr>().is_ok_and(|address| address.is_loopback())
}

/// `localhost` and `127.0.0.1` are two names of one demo.
fn is_loopback_origin(origin: &str, host: Option<&str>) -> bool {
    let Some(authority) = origin.strip_prefix("http://") else { return false };
    let own_host = Url::parse(origin).is_ok_and(|url| url.host_str().is_some_and(is_loopback));
    own_host && host == Some(authority)
}

#[cfg(test)]
mod tests {
    use actix_web::test::TestRequest;

    use super::*;

    #[test]
    fn only_own_pages_may_change_something() {
        let live = Site::parse("https://varsel.example.dk").unwrap();
        let demo = Site::parse("http://127.0.0.1:8080").unwrap();
        let cases = [
            (&live, None, None, true),
            (&live, Some("https://varsel.example.dk"), Some("same-origin"), true),
            (&live, Some("https://varsel.example.dk"), Some("cross-site"), false),
            (&live, Some("https://evil.example"), None, false),
            (&live, Some("null"), None, false),
            (&live, Some("http://varsel.example.dk"), None, false),
            (&live, None, Some("same-site"), false),
            (&demo, Some("http://localhost:8080"), Some("same-origin"), true),
            (&demo, Some("http://localhost:9090"), None, false),
            (&demo, Some("http://rebound.example:8080"), None, false),
        ];
        for (site, origin, fetch_site, expected) in cases {
            let mut request = TestRequest::post().insert_header(("host", "localhost:8080"));
            if let Some(origin) = origin {
                request = request.insert_header(("origin", origin));
            }
            if let Some(fetch_site) = fetch_site {
                request = request.insert_header(("sec-fetch-site", fetch_site));
            }
            assert_eq!(
                site.is_own_request(&request.to_http_request()),
                expected,
                "{origin:?} {fetch_site:?}"
            );
        }
    }

    #[test]
    fn an_address_says_how_cookies_are_named() {
        let name = |url| Site::parse(url).map(|site| site.session_cookie_name());
        assert_eq!(name("https://varsel.example.dk"), Ok("__Host-varsel".to_owned()));
        assert_eq!(name("http://localhost:8080"), Ok("varsel".to_owned()));
        for wrong in ["http://varsel.example.dk", "https://x.dk/path", "varsel", "ftp://127.0.0.1"] {
            assert!(name(wrong).is_err(), "{wrong}");
        }
    }
    #[test]
    fn the_cookies_of_a_real_server_are_for_it_alone_and_out_of_reach() {
        let site = Site::parse("https://varsel.example.dk").unwrap();
        let session = site.session_cookie("token".to_owned());
        let sign_in = site.sign_in_cookie("sealed".to_owned(), Duration::minutes(10));
        for (cookie, same_site) in [(session, SameSite::Strict), (sign_in, SameSite::Lax)] {
            assert!(cookie.name().starts_with("__Host-"), "{cookie}");
            assert_eq!((cookie.secure(), cookie.http_only()), (Some(true), Some(true)), "{cookie}");
            assert_eq!((cookie.path(), cookie.domain()), (Some("/"), None), "{cookie}");
            assert_eq!(cookie.same_site(), Some(same_site), "{cookie}");
        }
    }
}
