//! The witness's own program beside real servers: what they log is under a checkpoint within ten seconds and cosigned; when one is
//! stopped where it stands, or killed, somebody is called; when they log again, that ends.

use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use futures_util::future::join_all;
use sea_orm::ConnectionTrait as _;
use tempfile::TempDir;
use tokio::io::{AsyncBufReadExt as _, BufReader};
use tokio::process::{Child, Command};
use tokio::time::{Instant, interval};
use varsel_log::checkpoint::Checkpoint;
use varsel_log::key::{Signer, Verifier};
use varsel_services::domain::authz::Scope;
use varsel_services::domain::{Clock as _, SystemClock};
use varsel_storage::Store;
use varsel_storage::log_tree::{self, MadeCheckpoint};
use varsel_storage::testing::postgres_server;

use crate::cli::{ended, run, varsel};
use crate::fault::facts;
use crate::harness::Client;
use crate::kill::server::Server;

/// The least that `varsel witness --silence` takes: a log says something every minute.
const SILENCE: TimeDelta = TimeDelta::seconds(75);
/// How often the witness looks.
const LOOK: TimeDelta = TimeDelta::seconds(5);
/// How often a checkpoint is made over what is new.
const CHECKPOINT: TimeDelta = TimeDelta::seconds(10);
/// What a busy machine may take to do what it is told.
const SLACK: TimeDelta = TimeDelta::seconds(5);

/// Waits until something holds, and fails where it takes longer.
async fn until(what: &str, longest: TimeDelta, mut holds: impl AsyncFnMut() -> bool) {
    let deadline = Instant::now() + longest.to_std().unwrap();
    let mut looks = interval(Duration::from_millis(100));
    while !holds().await {
        assert!(Instant::now() < deadline, "{what}: not within {longest}");
        looks.tick().await;
    }
}

/// A key, as the program makes it.
fn new_key(words: &[&str]) -> (String, Verifier) {
    let (code, secret, err) = ended(&run(&mut varsel(&[&["log", "new-key"], words].concat()), ""));
    assert_eq!(code, 0, "{err}");
    let signer = Signer::from_secret(secret.trim()).unwrap();
    (secret, signer.verifier().clone())
}

/// The witness's program.
struct Witness {
    address: String,
    key: String,
    folder: TempDir,
    child: Child,
}

impl Witness {
    async fn start(logs: &[&Verifier]) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let (secret, key) = new_key(&["--witness", "witness.example"]);
        let at = |name: &str| folder.path().join(name);
        std::fs::write(at("witness.key"), secret).unwrap();
        let call =
            format!("#!/bin/sh\nprintf '%s %s\\n' \"$(date +%s)\" \"$1\" >>'{}'\n", at("calls").display());
        std::fs::write(at("call.sh"), call).unwrap();
        let mut chmod = Command::new("chmod");
        assert!(chmod.arg("700").arg(at("call.sh")).status().await.unwrap().success());

        let mut command = Command::from(varsel(&["witness", "--listen", "127.0.0.1:0"]));
        command.arg("--silence").arg(SILENCE.num_seconds().to_string());
        command.arg("--key-file").arg(at("witness.key")).arg("--state").arg(at("state"));
        command.arg("--on-alarm").arg(at("call.sh"));
        for log in logs {
            command.arg("--log").arg(log.to_string());
        }
        command.stdin(Stdio::null()).stdout(Stdio::piped()).kill_on_drop(true);
        command.stderr(std::fs::File::create(at("said")).unwrap());
        let mut child = command.spawn().unwrap();
        let mut out = BufReader::new(child.stdout.take().unwrap()).lines();
        let first = out.next_line().await.unwrap().unwrap();
        let address = first.strip_prefix("Cosigning on ").and_then(|rest| rest.strip_suffix(" as")).unwrap();
        assert_eq!(out.next_line().await.unwrap().unwrap(), key.to_string());
        Self { address: address.to_owned(), key: key.to_string(), folder, child }
    }

    /// The status of `GET /health`.
    async fn health(&self) -> u16 {
        reqwest::get(format!("{}/health", self.address)).await.unwrap().status().as_u16()
    }

    /// When somebody was called, and what they were told.
    fn calls(&self) -> Vec<(DateTime<Utc>, String)> {
        let text = std::fs::read_to_string(self.folder.path().join("calls")).unwrap_or_default();
        let call = |line: &str| {
            let (at, told) = line.split_once(' ').unwrap();
            (DateTime::from_timestamp(at.parse().unwrap(), 0).unwrap(), told.to_owned())
        };
        text.lines().map(call).collect()
    }

    /// Tells it to stop, and sees that it ends well: what it wrote into its own log.
    async fn stop(mut self) -> String {
        signal("-TERM", self.child.id().unwrap()).await;
        assert!(self.child.wait().await.unwrap().success());
        std::fs::read_to_string(self.folder.path().join("said")).unwrap()
    }
}

async fn signal(signal: &str, process: u32) {
    let sent = Command::new("kill").args([signal, &process.to_string()]).status().await;
    assert!(sent.unwrap().success(), "{signal}");
}

/// A server whose log is watched, and a view of its database.
struct Watched {
    log: Verifier,
    secret: String,
    data: TempDir,
    url: Option<String>,
    server: Option<Server>,
    store: Option<Store>,
}

impl Watched {
    fn new(name: &str, url: Option<&str>) -> Self {
        let (secret, log) = new_key(&[&format!("{name}.example/use-log")]);
        let (data, url) = (tempfile::tempdir().unwrap(), url.map(str::to_owned));
        Self { log, secret, data, url, server: None, store: None }
    }

    async fn start(&mut self, witness: &Witness) {
        let mut command = Command::from(varsel(&["serve", "--demo", "--data"]));
        command.arg(self.data.path()).env("VARSEL_HTTP__PORT", "0").env("VARSEL_LOG__LEVEL", "error");
        command.env("VARSEL_USE_LOG__KEY", self.secret.trim());
        command.env("VARSEL_USE_LOG__WITNESSES__AUTHORITY__URL", &witness.address);
        command.env("VARSEL_USE_LOG__WITNESSES__AUTHORITY__KEY", &witness.key);
        if let Some(url) = &self.url {
            command.env("VARSEL_DATABASE__URL", url);
        }
        self.server = Some(Server::greeted(&mut command, "Stop it with").await);
        let embedded = format!("sqlite://{}", self.data.path().join("varsel.db").display());
        self.store = Some(Store::connect(self.url.as_ref().unwrap_or(&embedded)).await.unwrap());
    }

    fn server(&self) -> &Server {
        self.server.as_ref().unwrap()
    }

    /// The newest checkpoint, and the size that the witness has cosigned, by a signature that holds.
    async fn newest(&self, witness: &Witness) -> (Option<MadeCheckpoint>, u64) {
        let tx = self.store.as_ref().unwrap().begin(&Scope::nothing()).await.unwrap();
        let newest = log_tree::newest(&tx).await.unwrap();
        let Some(told) = log_tree::testimonies(&tx).await.unwrap().pop() else { return (newest, 0) };
        assert_eq!((told.witness.as_str(), &told.refusal), ("witness.example", &None));
        let made = log_tree::of_size(&tx, told.size).await.unwrap().unwrap();
        tx.commit().await.unwrap();
        let note = format!("{}{}", made.note, told.cosignature);
        let (_, signed) = Checkpoint::open(&note, &self.log, &[witness.key.parse().unwrap()]).unwrap();
        assert!(signed.iter().any(|by| by.name == "witness.example"), "{signed:?}");
        (newest, told.size)
    }

    /// Something is used: the checkpoint over it is made ten seconds after the one before, and the witness cosigns it.
    async fn is_watched(&self, witness: &Witness) {
        let mut before = None;
        until("the first checkpoint", CHECKPOINT + SLACK, async || {
            before = self.newest(witness).await.0;
            before.is_some()
        })
        .await;
        let before = before.unwrap();
        let used_at = SystemClock.now();
        let client = Client::of("reporter-energy", &self.server().address).await;
        client.submit("watched-report", &facts(), false).await;
        let (mut after, mut cosigned) = (before.clone(), 0);
        until("its checkpoint, and a cosignature", CHECKPOINT * 2 + SLACK, async || {
            let (newest, by_witness) = self.newest(witness).await;
            if after.size == before.size {
                after = newest.unwrap();
            }
            cosigned = by_witness;
            after.size > before.size && cosigned >= after.size
        })
        .await;
        assert!(after.at - before.at >= CHECKPOINT, "not before: {} after {}", after.at, before.at);
        assert!(after.at - used_at < CHECKPOINT + SLACK, "ten seconds later: {} after {used_at}", after.at);
    }
}

/// The file of the witness that holds the newest checkpoint of this log.
fn state_of(folder: &Path, log: &Verifier) -> Option<Checkpoint> {
    let files: Vec<PathBuf> = std::fs::read_dir(folder).unwrap().map(|file| file.unwrap().path()).collect();
    let read = |file: &PathBuf| Checkpoint::open(&std::fs::read_to_string(file).unwrap(), log, &[]).ok();
    files
        .iter()
        .filter(|file| file.extension().is_some_and(|it| it == "checkpoint"))
        .find_map(read)
        .map(|it| it.0)
}

/// Stops the first of each pair where it stands and kills the second: somebody is called about each, in time and in words.
async fn silence_is_told(witness: &Witness, all: &mut [Watched]) {
    let begun = SystemClock.now();
    for (number, watched) in all.iter_mut().enumerate() {
        if number.is_multiple_of(2) {
            signal("-STOP", watched.server().id()).await;
        } else {
            watched.server.take().unwrap().kill().await;
        }
    }
    let gone = SystemClock.now();
    until("a call about each", SILENCE + LOOK + SLACK * 2, async || witness.calls().len() >= all.len()).await;
    assert_eq!(witness.health().await, 503);
    let calls = witness.calls();
    for watched in all.iter() {
        let about: Vec<_> = calls.iter().filter(|(_, told)| told.starts_with(watched.log.name())).collect();
        let [(at, told)] = about.as_slice() else { panic!("{calls:#?}") };
        let since =
            told.strip_prefix(&format!("{}: its log has not grown since ", watched.log.name())).unwrap();
        let since = since.strip_suffix(": logging has stopped, or the server is down").unwrap();
        let since: DateTime<Utc> = since.parse().unwrap();
        assert!(since <= gone && since > begun - SILENCE, "{told}");
        // The call has whole seconds.
        let after = *at - since;
        assert!(
            after > SILENCE - TimeDelta::seconds(1) && after <= SILENCE + LOOK + SLACK,
            "{told}: {after}"
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_that_is_stopped_or_killed_is_told_by_the_witness_until_it_logs_again() {
    let mut all = vec![Watched::new("stopped-sqlite", None), Watched::new("killed-sqlite", None)];
    let mut made = Vec::new();
    if let Some(server) = postgres_server() {
        let (admin, base) = (Store::connect(&server).await.unwrap(), server.rsplit_once('/').unwrap().0);
        for fate in ["stopped", "killed"] {
            let name = format!("varsel_{fate}_{}", std::process::id());
            admin.connection().execute_unprepared(&format!("CREATE DATABASE {name}")).await.unwrap();
            all.push(Watched::new(&format!("{fate}-postgres"), Some(&format!("{base}/{name}"))));
            made.push((admin.clone(), name));
        }
    }
    let witness = Witness::start(&all.iter().map(|watched| &watched.log).collect::<Vec<_>>()).await;
    assert_eq!(witness.health().await, 200);
    join_all(all.iter_mut().map(|watched| watched.start(&witness))).await;
    join_all(all.iter().map(|watched| watched.is_watched(&witness))).await;
    for watched in &all {
        let kept = state_of(&witness.folder.path().join("state"), &watched.log).unwrap();
        assert!(kept.size >= watched.newest(&witness).await.1, "on disk before it is cosigned");
    }
    assert_eq!((witness.health().await, witness.calls()), (200, Vec::new()), "nothing is wrong yet");

    silence_is_told(&witness, &mut all).await;
    let called = witness.calls();
    for watched in &mut all {
        match &watched.server {
            Some(stopped) => signal("-CONT", stopped.id()).await,
            None => watched.start(&witness).await,
        }
    }
    until("all is heard again", CHECKPOINT * 2 + SLACK * 2, async || witness.health().await == 200).await;
    assert_eq!(witness.calls(), called, "each silence is told once");
    for watched in &mut all {
        watched.server.take().unwrap().stop_gently().await;
        watched.store.take().unwrap().close().await.unwrap();
    }
    let said = witness.stop().await;
    assert_eq!(said.matches("its log has not grown since").count(), all.len(), "{said}");
    for (admin, name) in made {
        admin.connection().execute_unprepared(&format!("DROP DATABASE {name} WITH (FORCE)")).await.unwrap();
    }
}
