//! `varsel serve` and `varsel report` against it.

use std::os::unix::fs::PermissionsExt;
use std::process::Stdio;

use serde_json::json;
use varsel_services::domain::authz::Scope;
use varsel_storage::{Store, access_log, log_tree};

use super::{ended, run, varsel};
use crate::fault::facts;
use crate::harness::Client;
use crate::kill::server::Server;

#[test]
fn a_server_without_identity_provider_says_what_to_configure() {
    let folder = tempfile::tempdir().unwrap();
    let (code, _, err) = ended(&run(varsel(&["serve"]).current_dir(folder.path()), ""));
    assert_eq!(code, 1);
    for expected in [
        "identity.providers: names none",
        "[identity.providers.NAME]",
        "mail.smtp.url",
        "varsel serve --demo",
    ] {
        assert!(err.contains(expected), "{expected}: {err}");
    }
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0, "it left something behind");
}

#[test]
fn the_demo_is_for_this_machine_only() {
    let folder = tempfile::tempdir().unwrap();
    let mut command = varsel(&["serve", "--demo"]);
    let (code, _, err) =
        ended(&run(command.current_dir(folder.path()).env("VARSEL_HTTP__ADDRESS", "0.0.0.0"), ""));
    assert!(code == 1 && err.contains("http.address: 0.0.0.0: the demo"), "{err}");
}

#[test]
fn no_server_starts_with_a_draft_in_force() {
    let draft = super::pack::version("pack.yaml", "id: dk\n", "id: dk\ndraft: true\n");
    let folder = tempfile::tempdir().unwrap();
    let mut command = varsel(&["serve", "--demo"]);
    let (code, out, err) =
        ended(&run(command.current_dir(folder.path()).env("VARSEL_PACK__DIRECTORY", draft.path()), ""));
    assert_eq!((code, out.as_str()), (1, ""));
    assert!(err.contains("is a draft") && err.contains("proposals that are not law"), "{err}");
    assert!(!folder.path().join("data/varsel.db").exists(), "it had begun to serve");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_that_crashes_leaves_nothing_of_its_memory() {
    let data = tempfile::tempdir().unwrap();
    let server = Server::start(data.path(), None).await;
    let limits = std::fs::read_to_string(format!("/proc/{}/limits", server.id())).unwrap();
    let core = limits.lines().find_map(|line| line.strip_prefix("Max core file size")).unwrap();
    // The soft limit and the hard one, which nobody raises again.
    assert_eq!(core.split_whitespace().collect::<Vec<_>>(), ["0", "0", "bytes"]);
    server.stop_gently().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_report_is_filed_from_the_command_line_and_a_repeat_is_harmless() {
    let data = tempfile::tempdir().unwrap();
    let server = Server::start(data.path(), None).await;
    assert!(
        server.greeting.contains("reporter-energy")
            && server.greeting.contains("/demo/sign-in?person=coordinator")
    );
    let facts = varsel_services::demo::samples(chrono::DateTime::from_timestamp(1_780_000_000, 0).unwrap());
    let facts = facts.iter().find(|sample| sample.handle == "reporter-energy").unwrap().facts.clone();
    let report = |facts: &serde_json::Value, more: &[&str]| {
        let arguments = ["report", "--facts", "-", "--as", "reporter-energy", "--server", &server.address];
        ended(&run(&mut varsel(&[&arguments[..], more].concat()), &facts.to_string()))
    };
    let (code, first, err) = report(&facts, &[]);
    assert_eq!((code, err.as_str()), (0, ""), "{first}");
    for expected in ["Filed: V-", "Received: ", "SektorCERT", "Next due: ", "Idempotency key: cli-"] {
        assert!(first.contains(expected), "{expected}: {first}");
    }
    let (code, again, _) = report(&facts, &[]);
    assert!(code == 0 && again.contains("(had been filed before)"), "{again}");
    assert_eq!(first.lines().next(), again.replace(" (had been filed before)", "").lines().next());

    let mut incomplete = facts.clone();
    incomplete.as_object_mut().unwrap().remove("description");
    let (code, out, _) = report(&incomplete, &[]);
    assert!(code == 1 && out.contains("description: "), "{out}");
    let mut personal = facts.clone();
    personal["description"] = json!("Det drejer sig om 010190-1234.");
    let (code, out, _) = report(&personal, &["--lang", "da"]);
    assert!(code == 1 && out.contains("--accept-warnings") && !out.contains("010190"), "{out}");
    assert_eq!(report(&personal, &["--accept-warnings"]).0, 0);
    let (code, out, _) = report(&json!({ "impact.user_affected": 1 }), &[]);
    assert!(code == 1 && out.contains("did you mean impact.users_affected"), "{out}");

    let unknown = ["report", "--facts", "-", "--as", "reporter-enrgy", "--server", &server.address];
    let (code, _, err) = ended(&run(&mut varsel(&unknown), "{}"));
    assert!(code == 1 && err.contains("did you mean reporter-energy?"), "{err}");
    server.stop_gently().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_second_start_keeps_the_data_and_a_stop_is_gentle() {
    let data = tempfile::tempdir().unwrap();
    Server::start(data.path(), None).await.stop_gently().await;
    let migrated = varsel(&["migrate", "--data"]).arg(data.path()).stdin(Stdio::null()).output().unwrap();
    let (code, out, err) = ended(&migrated);
    assert!(code == 0 && out.starts_with("0 migrations applied"), "{out} {err}");
    // What was reported is for the server's own user only.
    let mode = std::fs::metadata(data.path().join("varsel.db")).unwrap().permissions().mode();
    assert_eq!(mode & 0o077, 0, "{mode:o}");
    Server::start(data.path(), None).await.stop_gently().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_used_before_a_stop_is_under_a_checkpoint() {
    let data = tempfile::tempdir().unwrap();
    let server = Server::start(data.path(), None).await;
    let client = Client::of("reporter-energy", &server.address).await;
    client.submit("before-a-stop", &facts(), false).await;
    server.stop_gently().await;
    let url = format!("sqlite://{}", data.path().join("varsel.db").display());
    let store = Store::connect(&url).await.unwrap();
    let tx = store.begin(&Scope::nothing()).await.unwrap();
    assert!(log_tree::newest(&tx).await.unwrap().is_some());
    assert!(access_log::waiting(&tx, 1).await.unwrap().is_none(), "something waits for its place");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_token_for_the_first_administrator_is_printed_once_and_another_needs_a_reason() {
    let data = tempfile::tempdir().unwrap();
    let bootstrap = |arguments: &[&str]| {
        let mut command = varsel(&["admin", "bootstrap", "--data"]);
        ended(&command.arg(data.path()).args(arguments).stdin(Stdio::null()).output().unwrap())
    };
    let (code, _, err) = bootstrap(&[]);
    assert!(code == 1 && err.contains("varsel migrate"), "{err}");
    let migrated = varsel(&["migrate", "--data"]).arg(data.path()).stdin(Stdio::null()).output().unwrap();
    assert_eq!(ended(&migrated).0, 0);
    let (code, out, _) = bootstrap(&[]);
    assert_eq!(code, 0);
    assert!(out.lines().next().unwrap().len() == 43 && out.contains("/account/bootstrap"), "{out}");
    assert_eq!(bootstrap(&["--force"]).0, 2, "a reason is needed");
    assert_eq!(bootstrap(&["--force", "--reason", " "]).0, 1);

    // The demo has an administrator.
    Server::start(data.path(), None).await.stop_gently().await;
    let (code, out, _) = bootstrap(&[]);
    assert!(code == 1 && out.contains("--force --reason"), "{out}");
    let (code, out, _) = bootstrap(&["--force", "--reason", "she has left"]);
    assert!(code == 0 && out.lines().next().unwrap().len() == 43, "{out}");
}
