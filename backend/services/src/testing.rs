//! A house for tests: the embedded pack, a clock that stands still, ids that repeat, the demo's people, and a fresh
//! database of each kind.

pub mod pace;

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::{Arc, LazyLock};

use chrono::{DateTime, TimeDelta, Utc};
use serde_json::Value;
use url::Url;
use varsel_domain::attempt::Rules;
use varsel_domain::authorisation::LONGEST_TEMPORARY;
use varsel_domain::change::Payload;
use varsel_domain::rules::{Pack, PackFiles};
use varsel_domain::settings::Critical;
use varsel_domain::{Clock, FixedClock, IncidentId, RandomIds, SessionId};
use varsel_log::key::Verifier;
use varsel_storage::Store;
use varsel_storage::testing as databases;

use crate::attempt::{self, Keys, Trail};
use crate::job::{MailSettings, MailTransport};
use crate::live::Live;
use crate::local::{Hasher, Local, Settings};
use crate::log::Keeper;
use crate::pack::{self, Brought, Content, Publication, Shelf};
use crate::report::SubmitOutcome;
use crate::session::Limits;
use crate::view::{IncidentView, Receipt};
use crate::{InUse, Request, Services, change, demo};

/// Wednesday, 25 November 2026, 10:20 in Copenhagen: when a house's clock starts.
const START: TimeDelta = TimeDelta::seconds(1_795_598_400);

/// Read once for all the tests of a process.
static PACK: LazyLock<Brought> = LazyLock::new(|| {
    let files = PackFiles::embedded("dk");
    match Pack::from_files(&files) {
        Ok(pack) => Brought::new(Arc::new(pack), &files),
        Err(refusals) => panic!("the embedded pack is refused: {refusals:?}"),
    }
});

/// The version after it, received and not published: the GDPR gives 48 hours, the NIS 2 Act 12 for the early warning.
static NEXT: LazyLock<Brought> = LazyLock::new(|| {
    let files = edited(&[
        ("pack.yaml", "version: \"2026.1\"", "version: \"2026.2\""),
        ("regimes/gdpr_33.yaml", "period: {count: 72, unit: hour}", "period: {count: 48, unit: hour}"),
        ("regimes/nis2_dk.yaml", "period: {count: 24, unit: hour}", "period: {count: 12, unit: hour}"),
    ]);
    match Pack::from_files(&files) {
        Ok(pack) => Brought::new(Arc::new(pack), &files),
        Err(refusals) => panic!("the next pack is refused: {refusals:?}"),
    }
});

/// The files of the embedded pack, with texts replaced: file, what it says, what it is to say.
///
/// # Panics
/// When a file does not say it.
pub fn edited(edits: &[(&str, &str, &str)]) -> PackFiles {
    let mut files = PackFiles::embedded("dk");
    for (file, from, to) in edits {
        let text = files.get(file).unwrap_or_default();
        assert!(text.contains(from), "{file} no longer says `{from}`: this must follow it");
        let text = text.replacen(from, to, 1);
        files.insert(*file, text);
    }
    files
}

/// What a test works in.
#[derive(Clone)]
pub struct House {
    /// The use cases' parts.
    pub services: Services,
    clock: Arc<FixedClock>,
}

/// Runs `test` in a house on a fresh SQLite database, and in one on PostgreSQL where a server is configured (see
/// [`varsel_storage::testing`]). The demo's people are registered; there is no incident.
///
/// # Panics
/// With the test; when a house cannot be built.
pub async fn in_each_house(test: impl AsyncFn(House)) {
    // Boxed here, so that no test is a future too large to move.
    databases::on_each_database(async |store| Box::pin(test(House::build(store).await)).await).await;
}

/// As [`in_each_house`], where on PostgreSQL the server's role does not own the tables: as an installation should be.
///
/// # Panics
/// As there; when the roles are not there.
pub async fn in_each_separated_house(test: impl AsyncFn(House)) {
    in_each_house(async |house| {
        let services = match databases::as_server(&house.services.store).await {
            Ok(store) => Services { store, ..house.services.clone() },
            Err(error) => panic!("separate roles: {error}"),
        };
        test(House { services, ..house }).await;
    })
    .await;
}

/// Mails as files in a directory.
pub fn mails_in(directory: impl Into<PathBuf>) -> MailSettings {
    MailSettings {
        transport: MailTransport::Directory(directory.into()),
        from: "Varsel <varsel@varsel.example>".to_owned(),
        public_url: "https://varsel.example".to_owned(),
        unit_addresses: BTreeMap::new(),
    }
}

fn keeper() -> Keeper {
    match Keeper::with_new_key("varsel.example/use-log", &[3; 32]) {
        Ok(keeper) => keeper,
        Err(error) => panic!("the log's key: {error}"),
    }
}

/// What [`crate::incident::open`] reads and does not write: for the benchmark that says what writing the use costs.
///
/// # Errors
/// As there.
pub async fn read_unlogged(
    house: &House,
    request: &Request,
    id: IncidentId,
) -> crate::Result<Option<IncidentView>> {
    crate::incident::read_only(&house.services, request.actor()?, id).await
}

impl House {
    /// Reads the rule pack, once for all the houses of this process; the first house does so otherwise.
    pub fn read_pack() {
        LazyLock::force(&PACK);
    }

    /// The public key of every house's log.
    pub fn log_key() -> Verifier {
        keeper().signer().verifier().clone()
    }

    /// A new house on a database that was migrated and is empty otherwise.
    ///
    /// # Panics
    /// When it cannot be built.
    pub async fn build(store: Store) -> Self {
        let house = Self::reopen(store, RandomIds::seeded(1)).await;
        let received = NEXT.store(&house.services.store, house.now()).await;
        assert!(received.is_ok(), "the next pack: {received:?}");
        let registered = demo::register(&house.services).await;
        assert!(registered.is_ok(), "the demo's people: {registered:?}");
        house
    }

    /// A house that was built on this database before, as a process finds it that starts again: its clock begins anew, and `ids`
    /// must give others than they gave then.
    ///
    /// # Panics
    /// When the rule packs cannot be read.
    pub async fn reopen(store: Store, ids: RandomIds) -> Self {
        let clock = Arc::new(FixedClock::at(DateTime::UNIX_EPOCH + START));
        let packs =
            match Shelf::open(&store, std::slice::from_ref(&PACK), Content::Immutable, clock.now()).await {
                Ok(packs) => packs,
                Err(error) => panic!("the rule packs: {error}"),
            };
        let (live, sessions) = (Live::default(), Limits::default());
        let (providers, longest_temporary) = (Arc::default(), LONGEST_TEMPORARY);
        let local = Arc::new(Local::off());
        let log = Arc::new(keeper());
        let attempts = attempt::Settings { rules: Rules::default(), keys: Keys::new([7; 32]) };
        let services = Services {
            store,
            packs,
            clock: clock.clone(),
            ids: Arc::new(ids),
            live,
            log,
            attempts,
            sessions,
            providers,
            longest_temporary,
            configured: Critical::default(),
            local,
        };
        Self { services, clock }
    }

    /// With accounts of Varsel's own, whose passwords are hashed with next to no work, at `https://varsel.example`.
    ///
    /// # Panics
    /// When the hasher cannot be made.
    #[must_use]
    pub fn with_local(self) -> Self {
        let settings = Settings { fallback: true, ..Settings::default() };
        let local = match (Hasher::new(8, 4), Url::parse("https://varsel.example")) {
            (Ok(hasher), Ok(url)) => Local::on(settings, hasher, &url),
            (hasher, url) => panic!("{hasher:?} {url:?}"),
        };
        let services = Services { local: Arc::new(local), ..self.services };
        Self { services, ..self }
    }

    /// The version of the rules in force.
    pub fn pack(&self) -> Arc<Pack> {
        self.services.packs.in_force(self.now())
    }

    /// The present.
    pub fn now(&self) -> DateTime<Utc> {
        self.clock.now()
    }

    /// Moves the clock forward.
    pub fn advance(&self, by: TimeDelta) {
        self.clock.advance(by);
    }

    /// A request by a person of the demo, e.g. `reporter-energy`, who has just signed in. The session is not stored.
    ///
    /// # Panics
    /// When there is no such person.
    pub async fn request(&self, handle: &str) -> Request {
        match demo::find(&self.services, handle).await {
            Ok(person) => {
                let session = InUse { id: SessionId(person.id.0), authenticated_at: Some(self.now()) };
                let nobody = Request::by_nobody(Trail::default(), format!("test-{handle}"));
                Request { actor: Some(person.actor()), session: Some(session), ..nobody }
            }
            Err(error) => panic!("{handle}: {error}"),
        }
    }

    /// The facts of the demo's sample report by `handle`, as of now.
    ///
    /// # Panics
    /// When that person files no sample.
    pub fn facts(&self, handle: &str) -> Value {
        let samples = demo::samples(self.now()).into_iter();
        let Some(sample) = samples.into_iter().find(|sample| sample.handle == handle) else {
            panic!("{handle} files no sample");
        };
        sample.facts
    }

    /// A critical change that may be proposed: publishes a version that is not in force, as of tomorrow.
    pub fn publication(&self) -> Payload {
        Payload::PublishPack {
            version: NEXT.version(self.now()).version,
            content_sha256: NEXT.version(self.now()).content_sha256,
            in_force_from: self.now() + TimeDelta::days(1),
            reassess_running: false,
        }
    }

    /// Publishes that version by two administrators, in force ten minutes from now; when that is.
    ///
    /// # Panics
    /// When it is refused.
    pub async fn publish(&self, reassess_running: bool) -> DateTime<Utc> {
        let in_force_from = self.now() + TimeDelta::minutes(10);
        let (first, second) =
            (self.request("administrator").await, self.request("administrator-second").await);
        let version = NEXT.version(self.now()).version;
        let publication = Publication { version, in_force_from, reassess_running };
        let reason = "The periods of the regulation have changed.";
        let proposed = match pack::propose(&self.services, &first, publication, reason).await {
            Ok(Ok(proposed)) => proposed.change,
            other => panic!("the proposal: {other:?}"),
        };
        match change::approve(&self.services, &second, proposed.id, &proposed.payload_sha256).await {
            Ok(Ok(_)) => in_force_from,
            other => panic!("the approval: {other:?}"),
        }
    }

    /// Files the demo's sample report by `handle` under `key`.
    ///
    /// # Panics
    /// When it is not taken.
    pub async fn file(&self, handle: &str, key: &str) -> (IncidentView, Receipt) {
        self.file_facts(handle, key, self.facts(handle)).await
    }

    /// Files a report of these facts by `handle` under `key`, as far as they are known.
    ///
    /// # Panics
    /// When it is not taken.
    pub async fn file_facts(&self, handle: &str, key: &str, facts: Value) -> (IncidentView, Receipt) {
        let request = self.request(handle).await;
        match demo::file_as_far_as_known(&self.services, &request, key, facts).await {
            Ok(SubmitOutcome::Submitted { incident, receipt, .. }) => (*incident, receipt),
            other => panic!("{handle}: {other:?}"),
        }
    }
}
