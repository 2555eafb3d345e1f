//! What must be there at a moment and what must not, known from how it was made; and what the database and its files hold.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use chrono::{DateTime, Months, TimeDelta, Utc};
use sea_orm::{ConnectionTrait, DatabaseBackend, Statement};
use serde_json::json;
use varsel_domain::attempt::{Cause, Client};
use varsel_domain::authz::Scope;
use varsel_domain::{IncidentId, JobId, LinkId, PersonId};
use varsel_services::attempt::{self, Origin, Refused, Trail, Tried};
use varsel_services::authorisation::Wish;
use varsel_services::review::{self, ItemCriteria};
use varsel_services::session::{self, Browser};
use varsel_services::testing::{House, mails_in};
use varsel_services::view::{IncidentView, PageRequest};
use varsel_services::{Request, api_token, change, demo, incident, job, local, retention};
use varsel_storage::account_link::{self, AccountLink, Purpose};
use varsel_storage::job::{self as outbox, JobOutcome, Lane, NewJob};
use varsel_storage::testing::{bare, facts};
use varsel_storage::{Store, bootstrap_token, local_account, logout_token};

use crate::attempt::try_in;
use crate::authorisation::{REASON, ask, wish};

/// Where each canary sits, but for those of facts, which are sealed.
const PLACES: [&str; 17] = [
    "SELECT text AS said FROM access_entry",
    "SELECT COALESCE(device, '') AS said FROM session",
    "SELECT request_id AS said FROM attempt",
    "SELECT COALESCE(closing_reason, '') AS said FROM attempt_block",
    "SELECT name AS said FROM api_token",
    "SELECT client AS said FROM ceremony",
    "SELECT COALESCE(reason, '') AS said FROM review_item",
    "SELECT purpose AS said FROM authorisation",
    "SELECT payload AS said FROM change_proposal",
    "SELECT name AS said FROM person",
    "SELECT login AS said FROM local_account",
    "SELECT COALESCE(email, '') AS said FROM account_link",
    "SELECT issuer AS said FROM logout_token",
    "SELECT token_sha256 AS said FROM bootstrap_token",
    "SELECT client AS said FROM attempt_tally",
    "SELECT subject AS said FROM attempt_strikes",
    "SELECT unique_key AS said FROM job",
];

/// A kind of job that no runner knows.
const KIND: &str = "kanarie";

/// No use is kept for longer, whatever holds it (EO 528 § 19(2)).
const LONGEST_USE: Months = Months::new(60);

/// A house whose clock runs, and what was put into it.
pub(super) struct World {
    pub(super) house: House,
    /// Each canary's deadline.
    deadlines: BTreeMap<String, DateTime<Utc>>,
    /// Those that may go before it, and from when on.
    fleeting: BTreeMap<String, DateTime<Utc>>,
    /// When each use was.
    used: BTreeMap<String, DateTime<Utc>>,
    /// When a job must run to the second, because a deadline counts from there.
    stops: BTreeSet<DateTime<Utc>>,
    /// How what was sealed with the key of an incident begins, by the canary in its facts.
    sealed: BTreeMap<String, String>,
    mails: PathBuf,
}

impl Drop for World {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.mails);
    }
}

impl World {
    pub(super) async fn new(house: House) -> Self {
        let name = format!("varsel-retention-{}-{:?}", std::process::id(), std::thread::current().id());
        let mails = std::env::temp_dir().join(name.replace(['(', ')'], ""));
        retention::schedule(&house.services).await.unwrap();
        // So that somebody can begin to sign in with a passkey.
        Self {
            house: house.with_local(),
            deadlines: BTreeMap::new(),
            fleeting: BTreeMap::new(),
            used: BTreeMap::new(),
            stops: BTreeSet::new(),
            sealed: BTreeMap::new(),
            mails,
        }
    }

    /// Moves the clock and runs what falls due.
    pub(super) async fn pass(&self, by: TimeDelta) {
        self.house.advance(by);
        let settings = mails_in(self.mails.clone());
        while job::run_due(&self.house.services, &settings).await.unwrap() > 0 {}
    }

    fn expect(&mut self, canary: String, deadline: DateTime<Utc>) {
        self.deadlines.insert(canary, deadline);
    }

    /// The next moment that is worth a look, up to `last`: a second before a deadline, a day after it, and where a job must run.
    pub(super) fn next(&self, last: DateTime<Utc>) -> DateTime<Utc> {
        let around = |end: &DateTime<Utc>| [*end - TimeDelta::seconds(1), *end + TimeDelta::hours(24)];
        let worth = self.deadlines.values().flat_map(around).chain(self.stops.iter().copied());
        worth.filter(|at| *at > self.house.now()).min().unwrap_or(last).min(last)
    }

    /// Another deadline than the usual one; of a use no later than the law lets any need have it.
    pub(super) fn hold(&mut self, canary: &str, until: DateTime<Utc>) {
        let until = self.used.get(canary).map_or(until, |at| until.min(*at + LONGEST_USE));
        assert!(self.deadlines.insert(canary.to_owned(), until).is_some(), "{canary}");
    }

    /// Another of the kind begins: those before it are over, and are forgotten with that.
    fn another_begins(&mut self, kind: &str) {
        let (now, kind) = (self.house.now(), format!("kanarie-{kind}-"));
        for (_, deadline) in self.deadlines.iter_mut().filter(|(canary, _)| canary.starts_with(&kind)) {
            *deadline = now.min(*deadline);
        }
    }

    /// Something of each kind that is kept for a time, each with its canary: an incident and a use of it, a session, an attempt, a block,
    /// a token, somebody who comes and goes, what passes on the way in, jobs, proposals, and decisions in the reviews that are open.
    pub(super) async fn make(&mut self, number: u32) -> IncidentView {
        let (house, now) = (self.house.clone(), self.house.now());
        let months = |count| now + Months::new(count);
        let canary = |kind: &str| format!("kanarie-{kind}-{number:03}.");
        let mut facts = house.facts("reporter-energy");
        facts["description"] = canary("incident").into();
        let (own, _) = house.file_facts("reporter-energy", &format!("report-{number}"), facts).await;
        let sealed = sealed_with(&house, own.id).await;
        self.sealed.insert(canary("incident"), sealed);
        let mut request = house.request("officer-sektorcert").await;
        request.request_id = canary("use");
        incident::open(&house.services, &request, own.id).await.unwrap().unwrap();
        let person = demo::find(&house.services, "officer-sektorcert").await.unwrap().id;
        let browser = Browser { device: Some(canary("session")), ..Browser::default() };
        let token = session::open(&house.services, person, &browser).await.unwrap();
        session::end(&house.services, &token).await.unwrap().unwrap();
        let origin = Origin { client: Client(canary("tally")), device: None };
        let refused = Refused::new(Cause::SignInRefused, "WRONG_PASSWORD", Tried::Nobody);
        attempt::register(&house.services, &origin, &canary("attempt"), refused).await.unwrap();
        self.expect(canary("incident"), months(60));
        self.expect(canary("use"), months(6));
        self.used.insert(canary("use"), now);
        self.expect(canary("attempt"), months(6));
        self.expect(canary("tally"), months(6));
        self.expect(canary("session"), now + TimeDelta::days(30));
        let person = super::people::comes_and_goes(&house, (&canary("person"), &canary("right"))).await;
        self.expect(canary("person"), months(60));
        self.expect(canary("right"), months(60));
        self.make_of_sign_ins(person, &canary).await;
        self.make_of_jobs(&canary).await;
        self.make_of_proposals(number, &canary).await;
        self.make_of_access(number, canary).await;
        own
    }

    /// An account, links, a log-out and tokens for an administrator. What ends does so with the ceremony: that takes no further looks.
    async fn make_of_sign_ins(&mut self, person: PersonId, canary: impl Fn(&str) -> String) {
        let (house, now) = (self.house.clone(), self.house.now());
        let (soon, kept) = (now + TimeDelta::minutes(10), TimeDelta::days(30));
        let link = |purpose, said: &str| AccountLink {
            id: LinkId(house.services.ids.next(now)),
            person,
            purpose,
            token_sha256: None,
            email: Some(canary(said)),
            created_at: now,
            expires_at: soon,
            created_by: None,
            used_at: None,
        };
        let tx = house.services.store.begin(&Scope::nothing()).await.unwrap();
        local_account::insert(&tx, person, &canary("account"), now).await.unwrap();
        account_link::insert(&tx, &link(Purpose::Email, "link")).await.unwrap();
        let used = link(Purpose::Reset, "used-link");
        account_link::insert(&tx, &used).await.unwrap();
        assert!(account_link::consume(&tx, used.id, now).await.unwrap());
        logout_token::take(&tx, &canary("log-out"), "once", soon, now).await.unwrap();
        for token in ["bootstrap", "used-bootstrap"] {
            bootstrap_token::insert(&tx, &canary(token), None, now, soon).await.unwrap();
        }
        assert!(bootstrap_token::consume(&tx, &canary("used-bootstrap"), person, now).await.unwrap());
        tx.commit().await.unwrap();
        self.another_begins("log-out");
        for ends in ["link", "log-out", "bootstrap"] {
            self.expect(canary(ends), soon + kept);
        }
        self.expect(canary("used-link"), now + kept);
        // With the last right that its holder had, and with them.
        self.expect(canary("used-bootstrap"), now + Months::new(60));
        self.expect(canary("account"), now + Months::new(60));
    }

    /// A job that was done, and one that was given up.
    async fn make_of_jobs(&mut self, canary: impl Fn(&str) -> String) {
        let (house, now) = (self.house.clone(), self.house.now());
        let given_up = JobOutcome::Dead { error: "nobody knows the kind".to_owned() };
        for (said, outcome) in [("job", JobOutcome::Done { note: None }), ("given-up", given_up)] {
            let new = NewJob {
                id: JobId(house.services.ids.next(now)),
                kind: KIND,
                payload: json!({}),
                unique_key: canary(said),
                run_at: now,
                created_at: now,
            };
            let tx = house.services.store.begin(&Scope::nothing()).await.unwrap();
            assert!(outbox::enqueue(&tx, new).await.unwrap());
            let reserved = outbox::reserve(&tx, Lane::Only(&[KIND]), now, TimeDelta::minutes(10)).await;
            assert!(outbox::record(&tx, &reserved.unwrap().unwrap(), outcome, now).await.unwrap());
            tx.commit().await.unwrap();
            self.expect(canary(said), now + TimeDelta::days(30));
        }
    }

    /// Twice a year a right is asked for that nobody decides on, and twice one that is refused.
    async fn make_of_proposals(&mut self, number: u32, canary: impl Fn(&str) -> String) {
        if !number.is_multiple_of(3) {
            return;
        }
        let house = self.house.clone();
        let said = if number.is_multiple_of(2) { "lapsed" } else { "refused" };
        let asked = Wish { purpose: canary(said), ..wish() };
        let asked = ask(&house, &house.request("duty-officer").await, asked).await.unwrap().change;
        let ends = if said == "lapsed" {
            self.stops.insert(asked.expires_at);
            asked.expires_at
        } else {
            let by = house.request("administrator").await;
            change::reject(&house.services, &by, asked.id, REASON).await.unwrap().unwrap();
            house.now()
        };
        self.expect(canary(said), ends + Months::new(24));
    }

    async fn make_of_access(&mut self, number: u32, canary: impl Fn(&str) -> String) {
        let (house, now) = (self.house.clone(), self.house.now());
        let services = &house.services;
        assert!(try_in(services, Tried::Nobody, &canary("strikes"), true).await);
        // They are thrown away when they count nothing any more.
        let rules = &services.attempts.rules;
        self.fleeting.insert(canary("strikes"), now + rules.window + rules.block);
        self.expect(canary("strikes"), now + Months::new(6));
        for name in ["a", "b", "c", "d", "e"] {
            try_in(services, Tried::Name(name), &format!("198.51.100.{number}"), false).await;
        }
        let auditor = house.request("security-officer").await;
        let page = PageRequest { first: 1, after: None };
        let (_, closed_off) = attempt::blocks(services, &auditor, true, page).await.unwrap().rows.remove(0);
        attempt::close(services, &auditor, &[closed_off.block.id], &canary("block")).await.unwrap();
        self.expect(canary("block"), closed_off.block.until + Months::new(6));
        let token = api_token::create(services, "reporter-energy", &canary("token"), 30).await;
        self.expect(canary("token"), token.unwrap().0.expires_at + TimeDelta::days(30));
        let origin = Origin { client: Client(canary("sign-in")), device: None };
        let nobody = Request::by_nobody(Trail::from(origin), "test");
        local::begin_with_passkey(services, &nobody).await.unwrap();
        self.another_begins("sign-in");
        self.expect(canary("sign-in"), now + TimeDelta::minutes(10) + TimeDelta::days(30));
        if review_all(&house, &canary("review")).await > 0 {
            self.expect(canary("review"), now + Months::new(60));
        }
    }

    /// What is gone too early or there too long, in the tables.
    pub(super) async fn faults(&self) -> Vec<String> {
        let (now, said) = (self.house.now(), self.said().await);
        let said = canaries(&said);
        let mut faults = Vec::new();
        for (canary, deadline) in &self.deadlines {
            let there = said.contains(canary.as_str());
            let may_go = self.fleeting.get(canary).is_some_and(|from| now >= *from);
            if !there && now < *deadline && !may_go {
                faults.push(format!("{canary} is gone at {now}, before {deadline}"));
            }
            if there && now >= *deadline + TimeDelta::hours(24) {
                faults.push(format!("{canary} is there at {now}, a day after {deadline}"));
            }
        }
        faults
    }

    /// How many canaries of a kind are gone by now.
    pub(super) async fn gone(&self, kind: &str) -> usize {
        let said = self.said().await;
        let said = canaries(&said);
        let known = self.deadlines.keys().filter(|canary| canary.starts_with(kind));
        known.filter(|canary| !said.contains(canary.as_str())).count()
    }

    /// Everything that may have a canary in it.
    async fn said(&self) -> String {
        let store = &self.house.services.store;
        let mut said: Vec<String> = facts(store).await.unwrap().iter().map(ToString::to_string).collect();
        let tx = bare(store, &Scope::system()).await.unwrap();
        for sql in PLACES {
            let statement = Statement::from_string(tx.get_database_backend(), sql);
            let rows = tx.query_all_raw(statement).await.unwrap();
            said.extend(rows.iter().map(|row| row.try_get::<String>("", "said").unwrap()));
        }
        said.join("\n")
    }

    /// A copy of the database's file as it is now; none with PostgreSQL.
    pub(super) async fn backup(&self) -> Option<PathBuf> {
        let connection = self.house.services.store.connection();
        if connection.get_database_backend() != DatabaseBackend::Sqlite {
            return None;
        }
        std::fs::create_dir_all(&self.mails).unwrap();
        let path = self.mails.join("backup.db");
        let copy = format!("VACUUM INTO '{}'", path.display());
        connection.execute_unprepared(&copy).await.unwrap();
        Some(path)
    }

    /// The canaries of incidents that a backup still gives away, with the keys there are today.
    pub(super) async fn readable(&self, backup: &std::path::Path) -> Vec<String> {
        let url = format!("sqlite://{}", backup.display());
        let store = Store::connect(&url).await.unwrap().with_vault_of(&self.house.services.store);
        let facts: Vec<_> = facts(&store).await.unwrap().iter().map(ToString::to_string).collect();
        let known = self.sealed.keys();
        known.filter(|canary| facts.iter().any(|text| text.contains(*canary))).cloned().collect()
    }

    /// Canaries past their deadline whose bytes are still in the database's files.
    pub(super) async fn remains(&self) -> Vec<String> {
        let connection = self.house.services.store.connection();
        if connection.get_database_backend() != DatabaseBackend::Sqlite {
            return Vec::new();
        }
        let list = Statement::from_string(DatabaseBackend::Sqlite, "PRAGMA database_list");
        let row = connection.query_one_raw(list).await.unwrap().unwrap();
        let path: String = row.try_get("", "file").unwrap();
        let mut bytes = std::fs::read(&path).unwrap();
        bytes.extend(std::fs::read(format!("{path}-wal")).unwrap_or_default());
        // Both are ASCII, and the search for a text is quick.
        let text = String::from_utf8_lossy(&bytes);
        let (found, keys) = (canaries(&text), keys(&text));
        let late = self.house.now() - TimeDelta::hours(24);
        let there = |canary: &str| {
            found.contains(canary) || self.sealed.get(canary).is_some_and(|key| keys.contains(key.as_str()))
        };
        let past = self.deadlines.iter().filter(|(canary, deadline)| late >= **deadline && there(canary));
        past.map(|(canary, deadline)| format!("bytes of {canary} remain, past {deadline}")).collect()
    }
}

/// Two administrators confirm all that is under review, which closes it; how many rights that were.
async fn review_all(house: &House, reason: &str) -> usize {
    let mut confirmed = 0;
    for handle in ["administrator", "administrator-second"] {
        let by = house.request(handle).await;
        let page = || PageRequest { first: 100, after: None };
        let reviews = review::list(&house.services, &by, page()).await.unwrap().rows;
        for (_, view) in reviews.into_iter().filter(|(_, view)| view.review.closed_at.is_none()) {
            let id = view.review.id;
            let items = review::items(&house.services, &by, (id, ItemCriteria::default()), page()).await;
            let items: Vec<_> = items.unwrap().rows.iter().map(|(_, seen)| seen.item.authorisation).collect();
            let decided = review::decide(&house.services, &by, (id, &items), (true, reason)).await.unwrap();
            confirmed += decided.decided.len();
        }
    }
    confirmed
}

/// `v1.` and the name of the key with which an incident's facts are sealed.
async fn sealed_with(house: &House, incident: IncidentId) -> String {
    let connection = bare(&house.services.store, &Scope::system()).await.unwrap();
    let sql = "SELECT CAST(facts AS TEXT) AS facts FROM facts_revision WHERE incident_id = $1";
    let backend = connection.get_database_backend();
    let rows = Statement::from_sql_and_values(backend, sql, [incident.0.into()]);
    let facts: String = connection.query_one_raw(rows).await.unwrap().unwrap().try_get("", "facts").unwrap();
    let start: String = facts.trim_start_matches('"').chars().take(SEALED).collect();
    assert!(start.starts_with("v1.") && !facts.contains("kanarie"), "{facts}");
    start
}

/// `v1.` and the sixteen digits of a key's name.
const SEALED: usize = 19;

/// The keys with which something in this text is sealed.
fn keys(text: &str) -> std::collections::BTreeSet<&str> {
    text.match_indices("v1.").filter_map(|(start, _)| text.get(start..start + SEALED)).collect()
}

/// Every canary in this text.
fn canaries(text: &str) -> std::collections::BTreeSet<&str> {
    let starts = text.match_indices("kanarie-");
    starts.filter_map(|(start, _)| text.get(start..)?.split_inclusive('.').next()).collect()
}
