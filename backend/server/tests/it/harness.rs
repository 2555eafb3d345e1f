//! A server in this process, with a clock that stands still, on a fresh database of each kind.

use std::collections::BTreeMap;
use std::net::TcpListener;
use std::sync::Arc;

use chrono::TimeDelta;
use reqwest::header::{COOKIE, HeaderMap};
use sea_orm::{ConnectionTrait, Statement};
use serde_json::{Value, json};
use tokio::sync::watch;
use varsel_server::config::{Config, Purpose};
use varsel_server::http::{Door, Site, State, start};
use varsel_server::oidc::Providers;
use varsel_services::authorisation;
use varsel_services::compliance::Installation;
use varsel_services::domain::attempt::{Block, Cause, Subject};
use varsel_services::domain::authorisation::Reach;
use varsel_services::domain::authz::Scope;
use varsel_services::domain::review::{Item, Review};
use varsel_services::domain::{BlockId, ReviewId};
use varsel_services::testing::{House, in_each_house};
use varsel_storage::{attempt_block, review};

use crate::oidc::{settings, trusting};

/// A running server and the house behind it.
pub(crate) struct App {
    pub(crate) house: House,
    pub(crate) address: String,
}

/// What the settings say of a server when nobody says otherwise.
pub(crate) fn installation() -> Installation {
    Config::load(None, [], Purpose::Database).unwrap().installation()
}

/// Runs `test` against a demo server on SQLite, and against one on PostgreSQL where there is one.
pub(crate) async fn in_each_app(test: impl AsyncFn(&App)) {
    in_each_house(async |house| with_door(house, |_| Door::Demo, &test).await).await;
}

/// As [`in_each_app`], where any number of rejected attempts closes no way in.
pub(crate) async fn in_each_patient_app(test: impl AsyncFn(&App)) {
    in_each_house(async |house| with_door(patient(house), |_| Door::Demo, &test).await).await;
}

/// The house, for tests that are refused more often than people are.
pub(crate) fn patient(mut house: House) -> House {
    (house.services.attempts.rules.per_client, house.services.attempts.rules.per_user) =
        (usize::MAX, usize::MAX);
    house
}

/// Runs `test` against a server for real reports, whose identity provider nobody reaches.
pub(crate) async fn in_each_live_app(test: impl AsyncFn(&App)) {
    in_each_house(async |house| {
        let all = BTreeMap::from([("mitid".to_owned(), settings("mitid", "http://127.0.0.1:9"))]);
        let house = trusting(house, &all).await;
        let services = house.services.clone();
        let door =
            |address: &str| Door::Providers(Arc::new(Providers::new(all, address, &services).unwrap()));
        with_door(house, door, &test).await;
    })
    .await;
}

/// Runs `test` against a server with a way to sign in that is made for its address.
pub(crate) async fn with_door(house: House, door: impl FnOnce(&str) -> Door, test: impl AsyncFn(&App)) {
    with_state(house, door, |state| state, test).await;
}

/// As [`with_door`], with what the handlers share `changed`.
pub(crate) async fn with_state(
    house: House,
    door: impl FnOnce(&str) -> Door,
    changed: impl FnOnce(State) -> State,
    test: impl AsyncFn(&App),
) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = format!("http://{}", listener.local_addr().unwrap());
    let (end, ending) = watch::channel(false);
    let site = Site::parse(&address).unwrap();
    let state = State::new(house.services.clone(), site, door(&address), ending, installation());
    let server = start(changed(state), listener, None).unwrap();
    let handle = server.handle();
    let serving = tokio::spawn(server);
    test(&App { house, address }).await;
    end.send_replace(true);
    handle.stop(true).await;
    serving.await.unwrap().unwrap();
}

/// How many attempts were registered so far, of what is not there, too.
pub(crate) async fn registered(house: &House) -> usize {
    let connection = house.services.store.connection();
    let sql = "SELECT CAST(COALESCE(SUM(count), 0) AS BIGINT) AS total FROM attempt_tally";
    let row = connection.query_one_raw(Statement::from_string(connection.get_database_backend(), sql)).await;
    usize::try_from(row.unwrap().unwrap().try_get::<i64>("", "total").unwrap()).unwrap()
}

/// A block that somebody may follow up.
pub(crate) async fn block(house: &House, subject: Subject) -> BlockId {
    let now = house.now();
    let block = Block {
        id: BlockId(house.services.ids.next(now)),
        subject,
        cause: Cause::SignInRefused,
        began_at: now,
        last_at: now,
        until: now + TimeDelta::minutes(15),
        times: 1,
        owner: None,
        lifted_at: None,
        lifted_by: None,
        closing: None,
    };
    let tx = house.services.store.begin(&Scope::nothing()).await.unwrap();
    attempt_block::insert(&tx, &block).await.unwrap();
    tx.commit().await.unwrap();
    block.id
}

/// An open review of this reach, with what these people of the demo hold in it.
pub(crate) async fn open_review(house: &House, reach: Reach, of: &[&str]) -> ReviewId {
    let (now, mut items) = (house.now(), Vec::new());
    let (id, deadline) = (ReviewId(house.services.ids.next(now)), now + TimeDelta::days(30));
    for handle in of {
        let by = house.request(handle).await;
        let held = authorisation::own(&house.services, &by).await.unwrap().remove(0);
        items.push(Item {
            review: id,
            authorisation: held.authorisation.id,
            holder: held.holder.id,
            holder_name: held.holder.name,
            functions: held.authorisation.functions,
            purpose: held.authorisation.purpose,
            last_used_at: None,
            uses: 0,
            used: Vec::new(),
            unused: false,
            decision: None,
        });
    }
    let tx = house.services.store.begin(&Scope::nothing()).await.unwrap();
    review::insert(&tx, &Review { id, reach, opened_at: now, deadline, closed_at: None }, &items)
        .await
        .unwrap();
    tx.commit().await.unwrap();
    id
}

/// A browser: it keeps cookies and follows no redirect.
pub(crate) struct Client {
    http: reqwest::Client,
    address: String,
}

impl App {
    /// A browser in which nobody is signed in.
    pub(crate) fn nobody(&self) -> Client {
        let http = reqwest::Client::builder()
            .pool_max_idle_per_host(0)
            .cookie_store(true)
            .redirect(reqwest::redirect::Policy::none());
        Client { http: http.build().unwrap(), address: self.address.clone() }
    }

    /// A browser in which a session runs that was opened beside the server.
    pub(crate) fn in_session(&self, session: &str) -> Client {
        let mut headers = HeaderMap::new();
        headers.insert(COOKIE, format!("varsel={session}").parse().unwrap());
        let http = reqwest::Client::builder().pool_max_idle_per_host(0).default_headers(headers);
        Client { http: http.build().unwrap(), address: self.address.clone() }
    }

    /// A browser in which a person of the demo is signed in.
    pub(crate) async fn person(&self, handle: &str) -> Client {
        let client = self.nobody();
        let response = client.post("/demo/sign-in").json(&json!({ "person": handle })).send().await.unwrap();
        assert_eq!(response.status(), 200, "{handle}");
        client
    }
}

impl Client {
    /// A browser in which a person of the demo is signed in, at another server than an [`App`].
    pub(crate) async fn of(handle: &str, address: &str) -> Self {
        let http = reqwest::Client::builder().cookie_store(true).build().unwrap();
        let client = Self { http, address: address.to_owned() };
        let response = client.post("/demo/sign-in").json(&json!({ "person": handle })).send().await.unwrap();
        assert_eq!(response.status(), 200, "{handle}");
        client
    }

    /// The same browser, on the way to the server that `address` is.
    pub(crate) fn at(&self, address: &str) -> Self {
        Self { http: self.http.clone(), address: address.to_owned() }
    }

    pub(crate) fn get(&self, path: &str) -> reqwest::RequestBuilder {
        self.http.get(format!("{}{path}", self.address))
    }

    pub(crate) fn post(&self, path: &str) -> reqwest::RequestBuilder {
        self.http.post(format!("{}{path}", self.address))
    }

    pub(crate) fn request(&self, method: &str, path: &str) -> reqwest::RequestBuilder {
        self.http.request(method.parse().unwrap(), format!("{}{path}", self.address))
    }

    /// Executes a document: the whole answer.
    pub(crate) async fn graphql(&self, query: &str, variables: Value) -> Value {
        let body = json!({ "query": query, "variables": variables });
        self.post("/graphql").json(&body).send().await.unwrap().json().await.unwrap()
    }

    /// Executes one of the pages' operations, by its hash as a page does: the whole answer.
    pub(crate) async fn page(&self, operation: &str, variables: Value) -> Value {
        let body = json!({ "documentId": document_id(operation), "variables": variables });
        self.post("/graphql").json(&body).send().await.unwrap().json().await.unwrap()
    }

    /// Executes a document that must succeed: its data.
    pub(crate) async fn data(&self, query: &str, variables: Value) -> Value {
        let mut answer = self.graphql(query, variables).await;
        assert_eq!(answer.get("errors"), None, "{answer:#}");
        answer["data"].take()
    }

    /// Files a report: what came of it.
    pub(crate) async fn submit(&self, key: &str, facts: &Value, warnings_seen: bool) -> Value {
        let input = json!({ "idempotencyKey": key, "facts": facts, "warningsSeen": warnings_seen });
        self.data(SUBMIT, json!({ "input": input })).await["submitReport"].take()
    }
}

pub(crate) const SUBMIT: &str = "mutation($input: SubmitReportInput!) { submitReport(input: $input) {
    __typename
    ... on ReportSubmitted { repeated incident { id number } receipt { number factsSha256 recipients { unit { id } part } } }
    ... on ReportIncomplete { missing { fact { id } need } }
    ... on ReportRefused { problems { fact code message { da en } suggestion } }
    ... on ReportNeedsConfirmation { warnings { fact code message { da en } mustConfirm } }
} }";

/// A header as text.
pub(crate) fn header<'a>(headers: &'a HeaderMap, name: &str) -> &'a str {
    headers.get(name).map_or("", |value| value.to_str().unwrap())
}

/// The hash of a page's operation, e.g. `query Me`.
pub(crate) fn document_id(operation: &str) -> String {
    let list: std::collections::HashMap<String, String> =
        serde_json::from_str(include_str!("../../../../schema/operations.json")).unwrap();
    let named = |text: &str| text.strip_prefix(operation).is_some_and(|rest| rest.starts_with(['{', '(']));
    let found = list.into_iter().find(|(_, text)| named(text));
    found.unwrap_or_else(|| panic!("no page sends {operation}")).0
}
