//! `varsel pack publish` against the real server.

use chrono::{SecondsFormat, TimeDelta};
use varsel_services::domain::{Clock, SystemClock};

use super::{ended, pack, run, varsel};
use crate::kill::server::Server;

/// So many minutes from now, as one types it.
fn after(minutes: i64) -> String {
    (SystemClock.now() + TimeDelta::minutes(minutes)).to_rfc3339_opts(SecondsFormat::Secs, true)
}

fn next() -> tempfile::TempDir {
    pack::version("pack.yaml", "version: \"2026.1\"", "version: \"2026.7\"")
}

#[tokio::test(flavor = "multi_thread")]
async fn a_version_is_sent_and_proposed_and_what_another_must_approve_is_printed() {
    let (data, law) = (tempfile::tempdir().unwrap(), next());
    let server = Server::start(data.path(), None).await;
    let from = after(60);
    let law = law.path().to_str().unwrap();
    let publish = |person: &str, from: &str, reason: &str| {
        let arguments = ["pack", "publish", law, "--as", person, "--in-force-from", from, "--reason", reason];
        ended(&run(varsel(&arguments).args(["--server", &server.address, "--reassess-running"]), ""))
    };
    let (code, out, err) = publish("administrator", &from, "The NIS 2 Act was amended.");
    assert_eq!((code, err.as_str()), (0, ""), "{out}");
    let lines: Vec<_> = out.lines().collect();
    assert!(lines[0].starts_with("Received: 2026.7, SHA-256 "), "{out}");
    assert!(lines[1].starts_with("Proposed: change_"), "{out}");
    assert!(lines[2].starts_with("Another administrator approves exactly this before 2"), "{out}");
    let payload: serde_json::Value = serde_json::from_str(lines[3]).unwrap();
    let sent = lines[0].rsplit(' ').next().unwrap();
    assert_eq!((&payload["version"], &payload["content_sha256"]), (&"2026.7".into(), &sent.into()));
    assert_eq!(payload["reassess_running"], true);
    let digest = lines[4].trim().strip_prefix("SHA-256 ").unwrap();
    assert!(digest.len() == 64 && digest != sent, "{out}");

    let (code, out, _) = publish("administrator", &after(1), "The NIS 2 Act was amended.");
    assert!(code == 1 && out.contains("Not proposed: ") && out.ends_with("(TOO_SOON)\n"), "{out}");
    let (code, out, _) = publish("administrator", &from, "short");
    assert!(code == 1 && out.ends_with("(REASON_LENGTH)\n"), "{out}");
    let (code, out, err) = publish("officer-sektorcert", &from, "The NIS 2 Act was amended.");
    assert!(code == 1 && out.is_empty() && err.contains("(FORBIDDEN)"), "{out} {err}");
    let (code, _, err) = publish("administratr", &from, "The NIS 2 Act was amended.");
    assert!(code == 1 && err.contains("administratr was not signed in"), "{err}");
    server.stop_gently().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_broken_version_is_refused_here_and_other_files_under_a_stored_name_by_the_server() {
    let data = tempfile::tempdir().unwrap();
    let server = Server::start(data.path(), None).await;
    let publish = |law: &tempfile::TempDir| {
        let law = law.path().to_str().unwrap();
        let arguments = ["pack", "publish", law, "--as", "administrator", "--server", &server.address];
        let when = ["--in-force-from", &after(60), "--reason", "The NIS 2 Act was amended."];
        ended(&run(varsel(&arguments).args(when), ""))
    };
    let broken = pack::version("regimes/gdpr_33.yaml", "count: 72", "count: none");
    let (code, out, err) = publish(&broken);
    assert!(code == 1 && out.is_empty() && err.contains("regimes/gdpr_33.yaml:"), "{out} {err}");

    // The built-in version, changed, under its old name.
    let renamed = pack::version("regimes/gdpr_33.yaml", "count: 72", "count: 71");
    let (code, out, _) = publish(&renamed);
    assert!(code == 1 && out.starts_with("pack.yaml:") && out.contains("2026.1"), "{out}");
    server.stop_gently().await;
}

#[test]
fn whoever_names_neither_person_nor_token_or_no_server_is_told() {
    let law = next();
    let law = law.path().to_str().unwrap();
    let arguments =
        ["pack", "publish", law, "--in-force-from", "2027-01-01T00:00:00Z", "--reason", "Amended law."];
    let (code, _, err) = ended(&run(&mut varsel(&arguments), ""));
    assert!(code == 2 && err.contains("--as <PERSON>"), "{err}");
    let nowhere = ["--as", "administrator", "--server", "http://127.0.0.1:9"];
    let (code, out, err) = ended(&run(varsel(&arguments).args(nowhere), ""));
    assert!(code == 1 && out.is_empty() && err.contains("127.0.0.1:9"), "{out} {err}");
}
