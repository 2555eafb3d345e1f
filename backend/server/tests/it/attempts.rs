//! What is refused over HTTP is registered: as many as were sent, whatever the reason.

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::TimeDelta;
use reqwest::StatusCode;
use sea_orm::ConnectionTrait;
use serde_json::{Value, json};
use varsel_server::http::{Door, Proxies, State};
use varsel_server::oidc::Providers;
use varsel_services::domain::attempt::Cause;
use varsel_services::testing::{House, in_each_house};
use varsel_services::{api_token, attempt};
use varsel_storage::testing::{proved, scale};

use crate::harness::{App, Client, header, registered, with_state};
use crate::local::{LOGIN, enrol};
use crate::oidc::{settings, trusting};

const PATTERNS: &str = "{ attemptPatterns { total days { cause count } } }";

/// A demo server that believes this machine when it says whom a request comes from.
async fn behind_a_proxy(house: House, test: impl AsyncFn(&App)) {
    with_state(house, |_| Door::Demo, believing, test).await;
}

fn believing(state: State) -> State {
    state.with_proxies(Proxies::new(vec!["127.0.0.0/8".parse().unwrap()]))
}

async fn total(officer: &Client) -> u64 {
    let data = officer.data(PATTERNS, json!({})).await;
    data["attemptPatterns"]["total"].as_f64().map(|total| format!("{total:.0}").parse().unwrap()).unwrap()
}

/// How many kinds of rejection there are in the mix.
const KINDS: usize = 14;

/// Who is refused.
struct Rejected {
    /// Nobody, at the demo with accounts of Varsel's own.
    client: Client,
    /// Somebody without the right.
    stranger: Client,
    /// Nobody, where an identity provider vouches.
    live: Client,
    /// The cookies of a session that was ended and of one that is over.
    ended: String,
    over: String,
}

impl Rejected {
    /// They come by an account of Varsel's own, a session that is ended, and one that is too old.
    async fn of(app: &App, live: &App) -> Self {
        enrol(app, &app.nobody()).await;
        let cookie = async || {
            let request = app.nobody().post("/demo/sign-in").json(&json!({ "person": "reporter-bank" }));
            let answer = request.send().await.unwrap();
            header(answer.headers(), "set-cookie").split(';').next().unwrap().to_owned()
        };
        let (ended, over) = (cookie().await, cookie().await);
        app.nobody().post("/sign-out").header("cookie", &ended).send().await.unwrap();
        app.house.advance(TimeDelta::hours(13));
        let stranger = app.person("reporter-bank").await;
        Self { client: app.nobody(), stranger, live: live.nobody(), ended, over }
    }

    /// Sends one request that must be refused.
    async fn send(&self, n: usize) -> StatusCode {
        let address = format!("203.0.{}.{}", n / 200 % 200, n % 200);
        let graphql = |client: &Client, query: &str| {
            let request = client.post("/graphql").header("x-forwarded-for", address.clone());
            request.json(&json!({ "query": query }))
        };
        let local = |login: &str| {
            let guess = json!({ "login": login, "password": "a guess of some length", "code": "123456" });
            self.client.post("/local/sign-in").json(&guess)
        };
        let (client, me) = (&self.client, "{ me { id } }");
        let request = match n % KINDS {
            0 => graphql(client, me).bearer_auth(format!("varsel_guess{n}")),
            1 => graphql(client, me).header("cookie", format!("varsel=guess{n}")),
            2 => graphql(&self.stranger, "{ changes { totalCount } }"),
            3 => graphql(client, &"{".repeat(300)),
            4 => graphql(client, me).header("origin", "https://evil.example"),
            5 => client.post("/demo/sign-in").json(&json!({ "person": format!("nobody{n}") })),
            6 => graphql(client, "{ mySessions { id } }"),
            7 => client.post("/graphql").header("content-type", "application/json").body("[".repeat(300_000)),
            8 => client.get("/graphql"),
            9 => graphql(client, me)
                .header("cookie", if n.is_multiple_of(2) { &self.ended } else { &self.over }),
            10 => local(LOGIN),
            11 => local(&format!("nobody{n}@kyst.example")),
            12 => graphql(client, "{ mySessions { id } }").header("accept", "text/event-stream"),
            _ => self.live.get("/sign-in/mitid/callback?code=guessed&state=guessed"),
        };
        let answer = request.header("x-forwarded-for", address.clone()).send().await.unwrap();
        let status = answer.status();
        // What comes as a stream of events is not refused before somebody reads it.
        answer.bytes().await.unwrap();
        status
    }
}

/// As [`behind_a_proxy`], with accounts of Varsel's own, and beside it a server for which an identity provider vouches.
async fn with_each_way_in(house: House, test: impl AsyncFn(&App, &Rejected)) {
    let all = BTreeMap::from([("mitid".to_owned(), settings("mitid", "http://127.0.0.1:9"))]);
    let house = trusting(house.with_local(), &all).await;
    behind_a_proxy(house, async |app| {
        let services = app.house.services.clone();
        let door = |address: &str| {
            Door::Providers(Arc::new(Providers::new(all.clone(), address, &services).unwrap()))
        };
        with_state(app.house.clone(), door, believing, async |live| {
            test(app, &Rejected::of(app, live).await).await;
        })
        .await;
    })
    .await;
}

#[tokio::test]
async fn as_many_are_registered_as_were_sent() {
    in_each_house(async |house| {
        with_each_way_in(house, async |app, rejected| {
            let officer = app.person("security-officer").await;
            let before = total(&officer).await;
            let sent = scale(1_800, 10_000);
            for n in 0..sent {
                rejected.send(n).await;
            }
            let registered = total(&officer).await - before;
            let database = if app.house.services.store.is_shared() { "PostgreSQL" } else { "SQLite" };
            proved("R35", &format!("{database}: {sent} rejections sent, {registered} registered"));
            assert_eq!(registered, u64::try_from(sent).unwrap());
        })
        .await;
    })
    .await;
}

/// Each kind by itself, so that none is registered twice where another is not.
#[tokio::test]
async fn each_kind_of_rejection_is_registered_once() {
    in_each_house(async |house| {
        with_each_way_in(house, async |app, rejected| {
            for n in 0..2 * KINDS {
                let before = registered(&app.house).await;
                let status = rejected.send(n).await;
                assert_eq!(registered(&app.house).await - before, 1, "kind {}: {status}", n % KINDS);
            }
        })
        .await;
    })
    .await;
}

#[tokio::test]
async fn a_rejection_that_is_not_written_down_is_noticed() {
    in_each_house(async |house| {
        with_each_way_in(house, async |app, rejected| {
            let officer = app.person("security-officer").await;
            let before = total(&officer).await;
            let connection = app.house.services.store.connection();
            let rename = async |from: &str, to: &str| {
                let sql = format!("ALTER TABLE {from} RENAME TO {to}");
                connection.execute_unprepared(&sql).await.unwrap();
            };
            // Of those kinds that are registered once they are refused; the others are refused otherwise without it.
            for (n, kind) in (0..18).zip([3, 4, 6, 8].into_iter().cycle()) {
                if n == 9 {
                    rename("attempt_tally", "attempt_tally_away").await;
                }
                let status = rejected.send(kind + KINDS * n).await;
                assert!(!status.is_server_error(), "{n}: it is refused all the same");
            }
            rename("attempt_tally_away", "attempt_tally").await;
            assert_eq!(total(&officer).await - before, 9);
        })
        .await;
    })
    .await;
}

/// How often something was asked for that there is none of.
pub(crate) async fn nothing_there(house: &House) -> u64 {
    let request = house.request("security-officer").await;
    let days = attempt::patterns(&house.services, &request, 14).await.unwrap().days;
    days.iter().filter(|day| day.cause == Cause::NothingThere).map(|day| day.count).sum()
}

#[tokio::test]
async fn a_file_whose_address_cannot_be_one_is_registered() {
    in_each_house(async |house| {
        behind_a_proxy(house, async |app| {
            let client = app.person("security-officer").await;
            let before = nothing_there(&app.house).await;
            for (n, path) in [
                "/prepared/guessed/nis2_dk/early_warning.json",
                "/prepared/guessed/nis2_dk/early_warning.da.txt",
                "/prepared/guessed/nis2_dk/early_warning.tlh.txt",
                "/reviews/guessed.csv",
            ]
            .into_iter()
            .enumerate()
            {
                assert_eq!(client.get(path).send().await.unwrap().status(), StatusCode::NOT_FOUND, "{path}");
                let registered = nothing_there(&app.house).await - before;
                assert_eq!(registered, u64::try_from(n).unwrap() + 1, "{path}");
            }
        })
        .await;
    })
    .await;
}

#[tokio::test]
async fn five_guessed_tokens_close_the_way_in_for_programs_from_there_and_nowhere_else() {
    in_each_house(async |house| {
        behind_a_proxy(house, async |app| {
            let services = &app.house.services;
            let (.., right) = api_token::create(services, "reporter-energy", "reports", 30).await.unwrap();
            let ask_with = async |address: &str, token: &str| {
                let body = json!({ "query": "{ me { id } }" });
                let request = app.nobody().post("/graphql").json(&body).bearer_auth(token);
                request.header("x-forwarded-for", address).send().await.unwrap().status().as_u16()
            };
            let ask = async |address: &str| ask_with(address, "varsel_guess").await;
            for _ in 0..5 {
                assert_eq!(ask("192.0.2.7").await, 401);
            }
            assert_eq!(ask("192.0.2.7").await, 429);
            assert_eq!(ask("192.0.2.8").await, 401, "somebody else");
            assert_eq!(ask_with("192.0.2.7", &right).await, 200, "a right token is no guess");
            let officer = app.person("security-officer").await;
            let blocks = "{ attemptBlocks { totalCount nodes { id kind subject closedOff owner } } }";
            let answer = officer.data(blocks, json!({})).await;
            let block = &answer["attemptBlocks"]["nodes"][0];
            assert_eq!((&block["subject"], &block["closedOff"]), (&json!("192.0.2.7"), &json!(true)));
            let lift = "mutation($id: ID!) { liftAttemptBlock(id: $id) { closedOff } }";
            officer.data(lift, json!({ "id": block["id"] })).await;
            assert_eq!(ask("192.0.2.7").await, 401, "it is open again");
        })
        .await;
    })
    .await;
}

#[tokio::test]
async fn what_is_hidden_and_what_is_not_there_look_the_same_and_only_one_is_a_denial() {
    in_each_house(async |house| {
        let (view, _) = house.file("reporter-energy", "attempt-1").await;
        behind_a_proxy(house, async |app| {
            let (stranger, officer) =
                (app.person("reporter-bank").await, app.person("security-officer").await);
            let before = total(&officer).await;
            let query = "query($id: ID!) { incident(id: $id) { id } }";
            let missing = "incident_00000000000070008000000000000001";
            let ids: [Value; 2] = [json!(view.id), json!(missing)];
            let mut answers = Vec::new();
            for id in ids {
                answers.push(stranger.graphql(query, json!({ "id": id })).await);
            }
            assert_eq!(answers[0], answers[1]);
            assert_eq!(total(&officer).await - before, 1);
            let data = officer.data(PATTERNS, json!({})).await;
            let days = data["attemptPatterns"]["days"].as_array().unwrap().clone();
            assert!(
                days.iter().any(|day| day["cause"] == "NOTHING_THERE" && day["count"] == 1.0),
                "{days:?}"
            );
        })
        .await;
    })
    .await;
}

#[tokio::test]
async fn an_account_in_two_networks_is_noticed_by_the_address_that_trusted_proxies_name() {
    in_each_house(async |house| {
        behind_a_proxy(house, async |app| {
            let officer = app.person("duty-officer").await;
            let ask = async |forwarded: &str| {
                let request = officer.post("/graphql").header("x-forwarded-for", forwarded);
                let answer = request.json(&json!({ "query": "{ me { id } }" })).send().await.unwrap();
                assert_eq!(answer.status(), StatusCode::OK, "{forwarded}");
                app.house.advance(TimeDelta::minutes(1));
            };
            let seen = async || {
                let watcher = app.person("security-officer").await;
                let seen = "{ rejectedAttempts(first: 50) { nodes { cause client } } }";
                let answer = watcher.data(seen, json!({})).await;
                let nodes = answer["rejectedAttempts"]["nodes"].as_array().unwrap().clone();
                nodes.into_iter().filter(|it| it["cause"] == "TWO_NETWORKS").collect::<Vec<_>>()
            };
            // What stands to the left of the proxy's own word was written by the client: it is one network.
            for forwarded in ["1.1.1.1, 192.0.2.7", "9.9.9.9, 192.0.2.7", "1.1.1.1, 192.0.2.8"] {
                ask(forwarded).await;
            }
            assert_eq!(seen().await, Vec::<Value>::new());
            for forwarded in ["192.0.2.7, 198.51.100.9", "1.1.1.1, 192.0.2.7"] {
                ask(forwarded).await;
            }
            let seen = seen().await;
            assert_eq!((seen.len(), &seen[0]["client"]), (1, &json!("192.0.2.7")), "{seen:?}");
        })
        .await;
    })
    .await;
}
