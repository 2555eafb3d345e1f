//! Requests written byte by byte, as no browser writes them (attack F10): where one ends and the next begins is never in doubt, and
//! no path and no line end gets further than it should.

use std::io::{Read as _, Write as _};
use std::net::{Shutdown, TcpStream};
use std::time::Duration;

use crate::harness::in_each_app;

/// A connection's way to one server.
#[derive(Clone)]
struct Wire(String);

impl Wire {
    /// Sends these bytes and nothing more: all that comes back until the server ends the connection.
    async fn send(&self, bytes: String) -> String {
        let address = self.0.clone();
        let answers = tokio::task::spawn_blocking(move || {
            let mut connection = TcpStream::connect(address).unwrap();
            connection.set_read_timeout(Some(Duration::from_mins(1))).unwrap();
            connection.write_all(bytes.as_bytes()).unwrap();
            connection.shutdown(Shutdown::Write).unwrap();
            let mut answers = Vec::new();
            connection.read_to_end(&mut answers).unwrap();
            String::from_utf8_lossy(&answers).into_owned()
        });
        answers.await.unwrap()
    }

    /// A request that one can see answered, and which ends the connection.
    fn probe(&self) -> String {
        format!("GET /health/live HTTP/1.1\r\nhost: {}\r\nconnection: close\r\n\r\n", self.0)
    }

    /// The statuses of the answers to a post with these further headers and this body, and a probe behind it.
    async fn post(&self, headers: &str, body: &str) -> Vec<u16> {
        let line = format!("POST /csp-report HTTP/1.1\r\nhost: {}\r\n", self.0);
        statuses(&self.send(format!("{line}{headers}\r\n\r\n{body}{}", self.probe())).await)
    }
}

fn statuses(answers: &str) -> Vec<u16> {
    answers.split("HTTP/1.1 ").skip(1).map(|answer| answer.get(..3).unwrap().parse().unwrap()).collect()
}

/// Headers about which two programs could disagree where the body ends; `N` is as long as what follows the headers.
const AMBIGUOUS: [&str; 23] = [
    "content-length: N\r\ntransfer-encoding: chunked",
    "transfer-encoding: chunked\r\ncontent-length: N",
    "transfer-encoding: xchunked\r\ncontent-length: N",
    "transfer-encoding: xchunked",
    "transfer-encoding : chunked\r\ncontent-length: N",
    "transfer-encoding:\u{b}chunked\r\ncontent-length: N",
    "transfer-encoding: chunked, identity",
    "transfer-encoding: identity\r\ncontent-length: N",
    "transfer-encoding: gzip, chunked",
    "transfer-encoding: chunked\r\ntransfer-encoding: identity",
    "transfer-encoding: identity\r\ntransfer-encoding: chunked",
    "x: y\r\n transfer-encoding: chunked\r\ncontent-length: N",
    "x: y\rtransfer-encoding: chunked\r\ncontent-length: N",
    "x: y\0\r\ncontent-length: N",
    "content-length: 0\r\ncontent-length: N",
    "content-length: N\r\ncontent-length: 0",
    "content-length: 0, N",
    "content-length: +N",
    "content-length: -1",
    "content-length: 0xN",
    "content-length: 0 N",
    "content-length: 18446744073709551616",
    "content-length:",
];

/// Chunks that are none.
const BROKEN: [&str; 6] = [
    "0x2\r\n{}\r\n0\r\n\r\n",
    "-2\r\n{}\r\n0\r\n\r\n",
    "10000000000000002\r\n{}\r\n0\r\n\r\n",
    "2\r\n{}0\r\n\r\n",
    "2\n{}\n0\n\n",
    "2;a\nb\r\n{}\r\n0\r\n\r\n",
];

#[tokio::test(flavor = "multi_thread")]
async fn nothing_is_smuggled_in_behind_another_request() {
    in_each_app(async |app| {
        let wire = Wire(app.address.trim_start_matches("http://").to_owned());
        // The probe is answered where a request ends as it should: it can be seen.
        assert_eq!(wire.post("content-length: 2", "{}").await, [204, 200]);
        assert_eq!(wire.post("transfer-encoding: chunked", "2\r\n{}\r\n0\r\n\r\n").await, [204, 200]);
        let body = "0\r\n\r\n";
        let length = (body.len() + wire.probe().len()).to_string();
        for headers in AMBIGUOUS {
            assert_eq!(wire.post(&headers.replace('N', &length), body).await, [400], "{headers:?}");
        }
        for chunks in BROKEN {
            assert_eq!(wire.post("transfer-encoding: chunked", chunks).await.len(), 1, "{chunks:?}");
        }
        // A body where none is expected is one all the same, and no second request.
        let line = format!("GET /health/live HTTP/1.1\r\nhost: {}\r\n", wire.0);
        let with_body = format!("{line}content-length: {}\r\n\r\n{}", wire.probe().len(), wire.probe());
        assert_eq!(statuses(&wire.send(with_body).await), [200]);
        let old = format!(
            "{}connection: keep-alive\r\ntransfer-encoding: chunked\r\n\r\n{body}",
            line.replace("1.1", "1.0")
        );
        assert_eq!(statuses(&wire.send(old + &wire.probe()).await), [400]);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_request_has_one_host_and_one_form() {
    in_each_app(async |app| {
        let wire = Wire(app.address.trim_start_matches("http://").to_owned());
        let own = &wire.0;
        for request in [
            format!("GET /health/live HTTP/1.1\r\nhost: {own}\r\nhost: evil.example\r\n\r\n"),
            format!("GET /health/live HTTP/1.1\r\nhost: evil.example\r\nhost: {own}\r\n\r\n"),
            format!("GET /health/live HTTP/1.1\r\nhost: {own}\r\nhost: {own}\r\n\r\n"),
            "GET /health/live HTTP/1.1\r\n\r\n".to_owned(),
            format!("GET /health/live HTTP/1.2\r\nhost: {own}\r\n\r\n"),
            format!("GET  /health/live HTTP/1.1\r\nhost: {own}\r\n\r\n"),
        ] {
            assert_eq!(statuses(&wire.send(request.clone() + &wire.probe()).await), [400], "{request:?}");
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn no_path_leads_out_of_the_pages_and_no_line_end_into_a_header() {
    in_each_app(async |app| {
        let wire = Wire(app.address.trim_start_matches("http://").to_owned());
        let up = "../".repeat(12);
        for path in [
            format!("/{up}etc/passwd"),
            format!("/assets/{up}etc/passwd"),
            format!("/assets/{}etc/passwd", up.replace('/', "%2f")),
            format!("/assets/{}etc/passwd", up.replace("..", "%2e%2e")),
            format!("/assets/{}etc/passwd", up.replace('/', "\\")),
            "//etc/passwd".to_owned(),
            "/graphiql/..%2f..%2f..%2f..%2f..%2fetc%2fpasswd".to_owned(),
            format!("/prepared/{up}etc/passwd/x.json"),
            "/reviews/..%2f..%2fetc%2fpasswd.csv".to_owned(),
            "/demo/sign-in?person=x%0d%0aset-cookie:%20forged=1".to_owned(),
            "/uses.csv?case=%0d%0aset-cookie:%20forged=1".to_owned(),
            "/authorisations.csv?text=%0d%0aset-cookie:%20forged=1".to_owned(),
        ] {
            let request = format!("GET {path} HTTP/1.1\r\nhost: {}\r\nconnection: close\r\n\r\n", wire.0);
            let answer = wire.send(request).await;
            assert_eq!(statuses(&answer).len(), 1, "{path}: {answer}");
            assert!(!answer.contains("root:"), "{path}: {answer}");
            assert!(!answer.to_lowercase().contains("\nset-cookie: forged"), "{path}: {answer}");
        }
    })
    .await;
}
