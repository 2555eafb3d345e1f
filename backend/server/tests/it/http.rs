//! Headers, pages, probes, and signing in and out of the demo.

use sea_orm::ConnectionTrait as _;
use serde_json::{Value, json};

use crate::harness::{header, in_each_app};

#[tokio::test(flavor = "multi_thread")]
async fn every_answer_carries_the_security_headers() {
    in_each_app(async |app| {
        let client = app.nobody();
        for path in
            ["/", "/report/new", "/graphql", "/health/live", "/demo/people", "/assets/none.js", "/demo/none"]
        {
            let response = client.get(path).send().await.unwrap();
            let headers = response.headers();
            let policy = header(headers, "content-security-policy");
            assert!(policy.starts_with("default-src 'none'; script-src 'self';"), "{path}: {policy}");
            assert!(
                policy.contains("frame-ancestors 'none'") && policy.contains("trusted-types 'none'"),
                "{path}"
            );
            for (name, expected) in [
                ("x-content-type-options", "nosniff"),
                ("x-frame-options", "DENY"),
                ("referrer-policy", "no-referrer"),
                ("cross-origin-opener-policy", "same-origin"),
                ("cross-origin-resource-policy", "same-origin"),
                ("cache-control", "no-store"),
            ] {
                assert_eq!(header(headers, name), expected, "{path}: {name}");
            }
            assert_eq!(header(headers, "x-request-id").len(), 32, "{path}");
            assert_eq!(header(headers, "access-control-allow-origin"), "", "{path}");
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn probes_say_whether_it_lives_and_can_work() {
    in_each_app(async |app| {
        for path in ["/health/live", "/health/ready"] {
            assert_eq!(app.nobody().get(path).send().await.unwrap().status(), 200, "{path}");
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_is_ready_beside_a_newer_one_and_not_before_its_own_migrations() {
    in_each_app(async |app| {
        let change = async |sql: &str| {
            app.house.services.store.connection().execute_unprepared(sql).await.unwrap();
            app.nobody().get("/health/ready").send().await.unwrap()
        };
        let newer = "INSERT INTO seaql_migrations (version, applied_at) VALUES ('m29991231_000001_of_the_next_version', 0)";
        assert_eq!(change(newer).await.status(), 200);
        let lacking = "DELETE FROM seaql_migrations WHERE version = 'm20261125_000014_create_job'";
        let answer = change(lacking).await;
        assert_eq!(answer.status(), 503);
        let told: Value = answer.json().await.unwrap();
        assert_eq!(told["code"], "MIGRATIONS_PENDING");
        assert!(told["message"].as_str().unwrap().starts_with("1 migrations are pending"), "{told}");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn unknown_addresses_are_pages_and_unknown_programs_are_not_found() {
    in_each_app(async |app| {
        let client = app.nobody();
        for path in ["/graphql/x", "/health/none", "/demo/none", "/assets/none.css"] {
            let response = client.get(path).send().await.unwrap();
            assert!(matches!(response.status().as_u16(), 404), "{path}: {}", response.status());
        }
        let page = client
            .get("/incident/incident_1")
            .header("accept-language", "en-GB,da;q=0.5")
            .send()
            .await
            .unwrap();
        assert!(header(page.headers(), "content-type").starts_with("text/html"));
        // Without a built frontend the page says how to build it; both forms name the product.
        assert!(page.text().await.unwrap().contains("Varsel"));
        assert_eq!(client.post("/incident/x").send().await.unwrap().status(), 405);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_person_signs_in_and_out_of_the_demo() {
    in_each_app(async |app| {
        let client = app.nobody();
        let people: Value = client.get("/demo/people").send().await.unwrap().json().await.unwrap();
        let people = people.as_array().unwrap();
        assert!(people.len() >= 10, "{people:?}");
        assert!(
            people
                .iter()
                .all(|person| person["title"]["da"].is_string() && person["belongsTo"]["en"].is_string())
        );

        let wrong =
            client.post("/demo/sign-in").json(&json!({ "person": "reporter-enrgy" })).send().await.unwrap();
        assert_eq!(wrong.status(), 404);
        let wrong: Value = wrong.json().await.unwrap();
        assert!(wrong["message"].as_str().unwrap().contains("did you mean reporter-energy?"), "{wrong}");
        assert_eq!(client.post("/demo/sign-in").json(&json!({})).send().await.unwrap().status(), 400);

        for person in [&people[0]["handle"], &people[0]["id"]] {
            let response =
                client.post("/demo/sign-in").json(&json!({ "person": person })).send().await.unwrap();
            let cookie = header(response.headers(), "set-cookie").to_owned();
            assert!(
                cookie.starts_with("varsel=")
                    && cookie.contains("HttpOnly")
                    && cookie.contains("SameSite=Strict"),
                "{cookie}"
            );
            assert!(cookie.contains("Path=/") && !cookie.contains("Domain"), "{cookie}");
        }
        let me = "{ me { name role organisation { cvr registeredFacts } unit { id } } }";
        let viewer = client.data(me, json!({})).await;
        assert_eq!(viewer["me"]["role"], "REPORTER", "{viewer}");
        assert!(
            viewer["me"]["organisation"]["registeredFacts"].is_object() && viewer["me"]["unit"].is_null()
        );

        assert_eq!(client.post("/sign-out").send().await.unwrap().status(), 204);
        assert!(client.data(me, json!({})).await["me"].is_null());
        // Signing out once more is no mistake.
        assert_eq!(client.post("/sign-out").send().await.unwrap().status(), 204);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_session_that_ended_is_nobody_even_with_its_cookie() {
    in_each_app(async |app| {
        let sign_in = async || {
            let request = app.nobody().post("/demo/sign-in").json(&json!({ "person": "reporter-energy" }));
            let response = request.send().await.unwrap();
            header(response.headers(), "set-cookie").split(';').next().unwrap().to_owned()
        };
        let (cookie, other) = (sign_in().await, sign_in().await);
        let me = async |cookie: &str| {
            let request = app
                .nobody()
                .post("/graphql")
                .header("cookie", cookie)
                .json(&json!({ "query": "{ me { name } }" }));
            request.send().await.unwrap().json::<Value>().await.unwrap()["data"]["me"].take()
        };
        assert!(me(&cookie).await.is_object());
        app.nobody().post("/sign-out").header("cookie", &cookie).send().await.unwrap();
        assert!(me(&cookie).await.is_null());
        assert!(me("varsel=guessed").await.is_null());
        // What is used all along ends after twelve hours.
        for _ in 0..12 {
            assert!(me(&other).await.is_object());
            app.house.advance(chrono::TimeDelta::hours(1));
        }
        assert!(me(&other).await.is_null());
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_links_that_the_demo_prints_sign_in() {
    in_each_app(async |app| {
        let client = app.nobody();
        let response = client.get("/demo/sign-in?person=duty-officer").send().await.unwrap();
        assert_eq!((response.status().as_u16(), header(response.headers(), "location")), (303, "/"));
        let me = client.data("{ me { unit { id } } }", json!({})).await;
        assert_eq!(me["me"]["unit"]["id"], "csirt");
        assert_eq!(client.get("/demo/sign-in?person=nobody-at-all").send().await.unwrap().status(), 404);
    })
    .await;
}
