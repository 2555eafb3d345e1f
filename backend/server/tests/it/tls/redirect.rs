//! The plain listener beside TLS.

use std::net::TcpListener;

use serde_json::Value;
use varsel_server::http::{Site, redirect};

#[tokio::test(flavor = "multi_thread")]
async fn what_a_browser_opens_is_sent_on_and_what_was_sent_in_the_clear_is_told() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let plain = format!("http://{}", listener.local_addr().unwrap());
    let site = Site::parse("https://varsel.example.dk").unwrap();
    let server = redirect(&site, listener).unwrap();
    let handle = server.handle();
    let serving = tokio::spawn(server);
    let client = reqwest::Client::builder()
        .pool_max_idle_per_host(0)
        .redirect(reqwest::redirect::Policy::none())
        .build()
        .unwrap();

    let get = client.get(format!("{plain}/queue/dcis?text=a%2Fb")).header("host", "evil.example");
    let sent_on = get.send().await.unwrap();
    assert_eq!(sent_on.status(), 308);
    assert_eq!(sent_on.headers()["location"], "https://varsel.example.dk/queue/dcis?text=a%2Fb");
    // A browser heeds it by TLS only; anybody between could have written it here.
    assert!(!sent_on.headers().contains_key("strict-transport-security"));

    let post = client.post(format!("{plain}/graphql")).body("{}");
    let with_token = client.get(format!("{plain}/packs")).bearer_auth("token");
    for request in [post, with_token] {
        let refused = request.send().await.unwrap();
        assert_eq!(refused.status(), 403);
        let told: Value = refused.json().await.unwrap();
        assert_eq!(told["code"], "TLS_REQUIRED");
        assert!(
            told["message"].as_str().unwrap().contains("use https://varsel.example.dk instead"),
            "{told}"
        );
    }
    handle.stop(false).await;
    serving.await.unwrap().unwrap();
}
