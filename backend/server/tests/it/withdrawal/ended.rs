//! Whatever else ends somebody's work (a session that ends, alone or with all of the person's; an account that is closed; having left)
//! ends it within a second: requests, a view that is open and a file that is being written (attack D7).

use std::time::{Duration, Instant};

use reqwest::Response;
use sea_orm::ConnectionTrait;
use serde_json::{Value, json};
use varsel_server::http::Door;
use varsel_services::domain::authz::Scope;
use varsel_services::live::Live;
use varsel_services::testing::in_each_house;
use varsel_services::{Services, session};
use varsel_storage::local_account;
use varsel_storage::testing::{is_torture, proved, scale};

use super::{QUEUE, REASON, WATCH, held, multiply_rights, withdraw};
use crate::harness::{App, Client, with_door};

const FILE: &str = "/authorisations.csv";

/// What somebody is at work on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Work {
    /// A view of a queue.
    View,
    /// A file of rights.
    File,
}

/// What ends it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum End {
    /// The right to it is withdrawn.
    Right,
    /// The session is ended from another browser.
    OtherBrowser,
    /// It is ended at another server on the same database, whose bell nobody hears here.
    OtherServer,
    /// An administrator ends all sessions of the person.
    AllSessions,
    /// The person has left.
    Left,
    /// An administrator closes the account.
    Closed,
}

const ENDS: [End; 6] =
    [End::Right, End::OtherBrowser, End::OtherServer, End::AllSessions, End::Left, End::Closed];

/// Somebody at work, with a second browser.
struct Somebody {
    handle: &'static str,
    client: Client,
    other: Client,
    id: Value,
    right: Value,
}

impl Somebody {
    async fn who_does(app: &App, work: Work) -> Self {
        let handle = work.whose();
        let (client, other) = (app.person(handle).await, app.person(handle).await);
        let id = client.data("{ me { id } }", json!({})).await["me"]["id"].take();
        let right = held(&client).await;
        Self { handle, client, other, id, right }
    }
}

impl Work {
    fn whose(self) -> &'static str {
        match self {
            Self::View => "officer-sektorcert",
            Self::File => "security-officer",
        }
    }

    /// Begins it: the answer goes on for as long as it may.
    async fn begin(self, client: &Client) -> Response {
        let watch = client.post("/graphql").header("accept", "text/event-stream");
        let request = match self {
            Self::View => watch.json(&json!({ "query": WATCH })),
            Self::File => client.get(FILE),
        };
        let mut answer = request.send().await.unwrap();
        assert_eq!(answer.status(), 200, "{self:?}");
        assert!(answer.chunk().await.unwrap().is_some(), "{self:?}");
        answer
    }

    /// What a further request is answered.
    async fn asked(self, client: &Client) -> Value {
        match self {
            Self::View => super::code(client, QUEUE).await,
            Self::File => json!(client.get(FILE).send().await.unwrap().status().as_u16()),
        }
    }

    /// Reads on until it has ended, as it must: a view says why, a file breaks off.
    async fn ends(self, mut answer: Response, why: &str) {
        let mut text = String::new();
        let broken = loop {
            match answer.chunk().await {
                Ok(Some(chunk)) if self == Self::View => text.push_str(&String::from_utf8_lossy(&chunk)),
                Ok(Some(_)) => {}
                Ok(None) => break false,
                Err(_) => break true,
            }
        };
        assert_eq!(broken, self == Self::File, "{self:?}");
        assert!(broken || (text.contains(why) && text.contains("event: complete")), "{text}");
    }
}

impl End {
    async fn happen(self, app: &App, who: &Somebody) {
        match self {
            Self::Right => withdraw(app, &who.right).await,
            Self::OtherBrowser => {
                let ended = who.other.data("mutation { endOtherSessions { current } }", json!({})).await;
                assert_eq!(ended["endOtherSessions"], json!([{ "current": true }]));
            }
            Self::OtherServer => {
                let server = Services { live: Live::default(), ..app.house.services.clone() };
                let request = app.house.request(who.handle).await;
                session::end_others(&server, &request).await.unwrap();
            }
            Self::AllSessions => {
                let document = "mutation($person: ID!) { endSessionsOfPerson(person: $person) }";
                let administrator = app.person("administrator").await;
                let ended = administrator.data(document, json!({ "person": who.id })).await;
                assert_eq!(ended["endSessionsOfPerson"], 2);
            }
            Self::Left => {
                let document =
                    "mutation($input: PersonLeftInput!) { personHasLeft(input: $input) { sessions } }";
                let input = json!({ "input": { "person": who.id, "reason": REASON } });
                let left = app.person("administrator").await.data(document, input).await;
                assert_eq!(left["personHasLeft"]["sessions"], 2);
            }
            Self::Closed => {
                let administrator = app.person("administrator").await;
                let request = administrator.post("/local/people/close").json(&json!({ "person": who.id }));
                assert_eq!(request.send().await.unwrap().status(), 200);
            }
        }
    }

    /// The code of what is answered afterwards, and its status where it would be a file.
    fn answer(self) -> (&'static str, u16) {
        if self == Self::Right { ("NOT_FOUND", 404) } else { ("SIGN_IN_REQUIRED", 401) }
    }
}

/// Has somebody's work ended like this: how long it takes until a request is refused, and what was open has ended.
async fn ended(app: &App, end: End, work: Work) -> Duration {
    let who = Somebody::who_does(app, work).await;
    let open = work.begin(&who.client).await;
    let begun = Instant::now();
    end.happen(app, &who).await;
    let (code, status) = end.answer();
    let expected = if work == Work::View { json!(code) } else { json!(status) };
    assert_eq!(work.asked(&who.client).await, expected, "{end:?}");
    work.ends(open, code).await;
    begun.elapsed()
}

/// Both have accounts that can be closed, and the file is longer than what fits between the server and whoever saves it, by rights of
/// others that are over.
async fn prepare(app: &App) {
    let (services, mut people) = (&app.house.services, Vec::new());
    for work in [Work::View, Work::File] {
        people.push(app.house.request(work.whose()).await.actor.unwrap().person);
    }
    let tx = services.store.begin(&Scope::nothing()).await.unwrap();
    for person in people {
        let login = format!("{person}@varsel.example");
        local_account::insert(&tx, person, &login, app.house.now()).await.unwrap();
    }
    tx.commit().await.unwrap();
    let purpose = format!("'{}'", "x".repeat(2_500));
    let of_reporters = "FROM authorisation one CROSS JOIN authorisation two CROSS JOIN authorisation three \
        CROSS JOIN authorisation four WHERE one.holder_id IN (SELECT id FROM person WHERE demo_handle LIKE 'reporter-%')";
    multiply_rights(app, (&purpose, "'withdrawn'"), of_reporters).await;
}

/// As if nothing had happened: the right is there, and nobody is signed in.
async fn restore(app: &App, work: Work) {
    let sql = format!(
        "UPDATE authorisation SET state = 'active' WHERE holder_id = (SELECT id FROM person WHERE demo_handle = '{}')",
        work.whose()
    );
    let connection = app.house.services.store.connection();
    connection.execute_unprepared(&sql).await.unwrap();
    let sql = "UPDATE session SET ended_at = created_at WHERE ended_at IS NULL";
    connection.execute_unprepared(sql).await.unwrap();
}

/// Runs `test` against a demo server with accounts of Varsel's own.
async fn in_each_app_with_accounts(test: impl AsyncFn(&App)) {
    in_each_house(async |house| with_door(house.with_local(), |_| Door::Demo, &test).await).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn whatever_ends_somebodys_work_does_so_within_a_second() {
    in_each_app_with_accounts(async |app| {
        prepare(app).await;
        // A server on SQLite has no other beside it.
        let shared = app.house.services.store.is_shared();
        let ends: Vec<End> = ENDS.into_iter().filter(|end| shared || *end != End::OtherServer).collect();
        let (trials, mut late) = (scale(2 * ends.len(), 1_000), 0);
        let mut slowest = (Duration::ZERO, End::Right, Work::View);
        for n in 0..trials {
            let work = if n.is_multiple_of(2) { Work::View } else { Work::File };
            let end = ends[n / 2 % ends.len()];
            let took = ended(app, end, work).await;
            restore(app, work).await;
            if took > slowest.0 {
                slowest = (took, end, work);
            }
            late += usize::from(took > Duration::from_secs(1));
        }
        let database = if shared { "PostgreSQL" } else { "SQLite" };
        let (longest, end, work) = slowest;
        proved(
            "D7",
            &format!(
                "{database}: {trials} ends of {} kinds, of views and files, the longest in effect after {longest:.0?} ({end:?}, \
                 {work:?}), {late} over a second",
                ends.len()
            ),
        );
        // Time is measured where nothing else is meant to run.
        assert!(late == 0 || !is_torture(), "{late} took more than a second");
    })
    .await;
}
