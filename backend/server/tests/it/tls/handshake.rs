//! What a handshake ends in, and what comes over it.

use http::{Method, Request, header};
use rustls::version::{TLS12, TLS13};
use rustls::{CipherSuite, ProtocolVersion};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use super::{Made, Server, in_each_server};

#[tokio::test(flavor = "multi_thread")]
async fn clients_get_tls_1_3_or_1_2_with_forward_secrecy_and_authenticated_encryption() {
    let made = Made::new("localhost");
    in_each_server(&made, async |server| {
        let newest = server.connect(&made, &[&TLS12, &TLS13]).await.unwrap();
        assert_eq!(newest.get_ref().1.protocol_version(), Some(ProtocolVersion::TLSv1_3));
        assert_eq!(newest.get_ref().1.alpn_protocol(), Some(&b"h2"[..]));
        let older = server.connect(&made, &[&TLS12]).await.unwrap();
        let suite = older.get_ref().1.negotiated_cipher_suite().unwrap().suite();
        assert_eq!(suite, CipherSuite::TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384);
        let stranger = server.connect(&Made::new("localhost"), &[&TLS13]).await.unwrap_err();
        assert!(stranger.to_string().contains("invalid peer certificate"), "{stranger}");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn older_versions_and_weaker_suites_are_refused() {
    const PROTOCOL_VERSION: u8 = 70;
    const HANDSHAKE_FAILURE: u8 = 40;
    let (ecdhe_gcm, rsa_gcm, ecdhe_cbc) = (0xc02b, 0x009c, 0xc009);
    let made = Made::new("localhost");
    in_each_server(&made, async |server| {
        for (version, suite, expected) in [
            (0x0301, ecdhe_gcm, PROTOCOL_VERSION),
            (0x0302, ecdhe_gcm, PROTOCOL_VERSION),
            (0x0303, rsa_gcm, HANDSHAKE_FAILURE),
            (0x0303, ecdhe_cbc, HANDSHAKE_FAILURE),
        ] {
            let answer = greet(server, version, suite).await;
            assert_eq!(
                (answer[0], answer[5], answer[6]),
                (21, 2, expected),
                "{version:x} {suite:x}: {answer:?}"
            );
        }
        // The same greeting is answered with a handshake where version and suite are good.
        assert_eq!(greet(server, 0x0303, ecdhe_gcm).await[0], 22);
    })
    .await;
}

/// The first bytes of the answer to a client's greeting of one version with one suite, written by hand: no client at hand
/// still speaks the old versions.
async fn greet(server: &Server, version: u16, suite: u16) -> [u8; 7] {
    let part = |bytes: &[u8]| [&u16::try_from(bytes.len()).unwrap().to_be_bytes()[..], bytes].concat();
    let extension = |id: u16, body: &[u8]| [&id.to_be_bytes()[..], &part(body)].concat();
    let extensions = [
        extension(10, &part(&[0, 23])),
        extension(11, &[1, 0]),
        extension(13, &part(&[4, 3, 8, 4])),
        extension(23, &[]),
    ];
    let hello = [
        &version.to_be_bytes()[..],
        &[7; 32],
        &[0],
        &part(&suite.to_be_bytes()),
        &[1, 0],
        &part(&extensions.concat()),
    ]
    .concat();
    let message = [&[1, 0][..], &part(&hello)].concat();
    let record = [&[22, 3, 1][..], &part(&message)].concat();
    let mut socket = TcpStream::connect(server.address).await.unwrap();
    socket.write_all(&record).await.unwrap();
    let mut answer = [0; 7];
    socket.read_exact(&mut answer).await.unwrap();
    answer
}

#[tokio::test(flavor = "multi_thread")]
async fn pages_and_cookies_come_over_http_2_as_over_http_1() {
    let made = Made::new("localhost");
    in_each_server(&made, async |server| {
        let tls = server.connect(&made, &[&TLS13]).await.unwrap();
        let (client, connection) = h2::client::handshake(tls).await.unwrap();
        tokio::spawn(connection);
        let mut client = client.ready().await.unwrap();
        let mut ask = async |method: Method, host: &str, path: &str, body: &'static str| {
            let request = Request::builder().method(method).uri(format!("https://{host}{path}"));
            let request = request.header(header::CONTENT_TYPE, "application/json").body(()).unwrap();
            // An answer may come before a body that nobody reads, and end the stream: an empty one is not sent.
            let (answer, mut stream) = client.send_request(request, body.is_empty()).unwrap();
            if !body.is_empty() {
                stream.send_data(body.into(), true).unwrap();
            }
            answer.await.unwrap()
        };
        let own = format!("localhost:{}", server.address.port());
        let page = ask(Method::GET, &own, "/health/live", "").await;
        assert_eq!(page.status(), 200);
        assert_eq!(page.headers()[header::STRICT_TRANSPORT_SECURITY], "max-age=63072000; includeSubDomains");
        let signed_in = ask(Method::POST, &own, "/demo/sign-in", r#"{"person":"reporter-energy"}"#).await;
        let cookie = signed_in.headers()[header::SET_COOKIE].to_str().unwrap();
        assert!(cookie.starts_with("__Host-varsel=") && cookie.contains("; Secure"), "{cookie}");
        // The browser would take a page of that name for ours.
        assert_eq!(ask(Method::GET, "rebound.example", "/demo/people", "").await.status(), 421);
    })
    .await;
}
