//! `varsel keys`, and a server whose keys are not those of its database.

use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;

use serde_json::{Value, json};
use tokio::process::Command;

use super::{ended, run, varsel};
use crate::harness::Client;
use crate::kill::server::Server;

/// Why whoever runs the server does it alone.
const ALONE: [&str; 3] = ["--alone", "--reason", "Nobody can sign in"];

/// Runs a command of `varsel keys` on a data directory, with these settings.
fn keys(data: &Path, command: &[&str], settings: &[(&str, &str)]) -> (i32, String, String) {
    let mut asked = varsel(&["keys"]);
    asked.args(command).arg("--data").arg(data).env("VARSEL_LOG__LEVEL", "error");
    ended(&run(asked.envs(settings.iter().copied()), ""))
}

/// Tries to start a server; what it says.
fn refused(data: &Path, settings: &[(&str, &str)]) -> String {
    let mut command = varsel(&["serve", "--demo", "--data"]);
    command.arg(data).env("VARSEL_HTTP__PORT", "0").envs(settings.iter().copied());
    let (code, out, err) = ended(&run(&mut command, ""));
    assert_eq!((code, out.as_str()), (1, ""), "{err}");
    err
}

fn new_root() -> String {
    let (code, out, _) = ended(&run(&mut varsel(&["keys", "new-root"]), ""));
    assert_eq!(code, 0);
    out.trim().to_owned()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_key_that_is_gone_is_not_made_anew_and_another_log_key_does_not_begin() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path();
    Server::start(data, None).await.stop_gently().await;
    let serve = |environment: &[(&str, &str)]| {
        let mut serve = varsel(&["serve", "--demo", "--data"]);
        let (code, _, err) =
            ended(&run(serve.arg(data).envs(environment.iter().copied()).env("VARSEL_HTTP__PORT", "0"), ""));
        assert_ne!(code, 0, "{err}");
        err
    };
    for (file, said) in
        [("root.key", "the root key is not there"), ("use-log.key", "the key of the log of use is not there")]
    {
        let (there, away) = (data.join(file), data.join("away"));
        std::fs::rename(&there, &away).unwrap();
        let err = serve(&[]);
        assert!(err.contains(said) && err.contains("put it back"), "{file}: {err}");
        assert!(!there.exists(), "{file}: none is made in its place");
        std::fs::rename(&away, &there).unwrap();
    }
    let (_, other, _) = ended(&run(&mut varsel(&["log", "new-key", "localhost/use-log"]), ""));
    let other = other.lines().find(|line| line.starts_with("PRIVATE+KEY+")).unwrap();
    let err = serve(&[("VARSEL_USE_LOG__KEY", other)]);
    assert!(err.contains("signed with another key") && err.contains("use-log.key"), "{err}");
    Server::start(data, None).await.stop_gently().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_root_key_is_replaced_and_the_log_of_use_says_so() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path();
    Server::start(data, None).await.stop_gently().await;
    for file in ["root.key", "keys.db"] {
        let mode = std::fs::metadata(data.join(file)).unwrap().permissions().mode();
        assert_eq!(mode & 0o077, 0, "{file} is for its owner only");
    }
    let old = std::fs::read_to_string(data.join("root.key")).unwrap();
    let new = new_root();
    let (code, before, err) = keys(data, &["status"], &[]);
    assert!(code == 0 && before.contains("Incidents with a key: "), "{before}{err}");

    let wrong = refused(data, &[("VARSEL_KEYS__ROOT", &new)]);
    let name = before.split_whitespace().nth(2).unwrap();
    assert!(
        wrong.contains(&format!("wrapped by the root key {name}")) && wrong.contains("keys.retired"),
        "{wrong}"
    );

    let both = [("VARSEL_KEYS__ROOT", new.as_str()), ("VARSEL_KEYS__RETIRED", old.trim())];
    let (code, out, _) = keys(data, &["status"], &both);
    assert!(
        code == 1
            && out.contains(&format!("{name}  "))
            && out.contains("two administrators replace it at /keys"),
        "{out}"
    );
    let (code, out, _) = keys(data, &["rewrap"], &both);
    assert!(
        code == 1 && out.contains("Nothing was changed: no two administrators have approved this"),
        "{out}"
    );
    assert!(out.contains("at /keys, another approves it"), "it says where: {out}");
    let (code, out, err) = keys(data, &[&["rewrap"], &ALONE[..]].concat(), &both);
    assert!(code == 0 && out.contains("no retired one is needed any more"), "{out}{err}");
    let new_only = [("VARSEL_KEYS__ROOT", new.as_str())];
    let (code, out, _) = keys(data, &["renew", "--all"], &new_only);
    assert!(code == 1 && out.contains("Nothing was changed"), "{out}");
    let (code, out, _) = keys(data, &[&["renew", "--all"], &ALONE[..]].concat(), &new_only);
    assert!(code == 0 && out.ends_with("keys of incidents are wrapped by new keys.\n"), "{out}");
    let (code, out, _) = keys(data, &["renew", "--organisation", "10101010"], &new_only);
    assert!(code == 1 && out.contains("No organisation with that CVR number"), "{out}");
    let (code, out, _) = keys(data, &["status"], &new_only);
    assert!(code == 0 && !out.contains(name), "{out}");
    assert!(refused(data, &[]).contains("among keys.retired"), "the old one opens nothing any more");

    // As a service would give it.
    std::fs::write(data.join("printed"), &new).unwrap();
    let mut replay = varsel(&["replay", "--config"]);
    let settings = data.join("varsel.toml");
    let command = format!("[keys]\nroot_command = [\"cat\", \"{}\"]\n", data.join("printed").display());
    std::fs::write(&settings, command).unwrap();
    replay.arg(&settings).arg("--data").arg(data);
    let (code, out, err) = ended(&run(&mut replay, ""));
    assert!(code == 0 && out.contains("assessments are the same, 0 are not"), "{out}{err}");
}

#[test]
fn alone_needs_a_reason_and_a_reason_stands_for_nothing_else() {
    let folder = tempfile::tempdir().unwrap();
    for wrong in
        [&["rewrap", "--alone"][..], &["rewrap", "--reason", "Why not"], &["renew", "--all", "--alone"]]
    {
        let (code, _, err) = keys(folder.path(), wrong, &[]);
        assert!(code == 2 && err.contains("required"), "{wrong:?}: {err}");
    }
    let (code, _, err) = keys(folder.path(), &["rewrap", "--alone", "--reason", " "], &[]);
    assert!(code == 1 && err.contains("--reason must say why"), "{err}");
}

/// A demo server with these settings.
async fn server_with(data: &Path, settings: &[(&str, &str)]) -> Server {
    let mut command = Command::new(env!("CARGO_BIN_EXE_varsel"));
    command.args(["serve", "--demo", "--data"]).arg(data).env_remove("VARSEL_CONFIG").env_remove("PORT");
    command.env("VARSEL_HTTP__PORT", "0").env("VARSEL_LOG__LEVEL", "error");
    Server::greeted(command.envs(settings.iter().copied()), "Stop it with").await
}

const PROPOSE: &str = "mutation { answer: proposeRootReplacement(input: { reason: \"Somebody has seen the old one.\" }) { \
                       ... on ChangeProposed { change { id payloadSha256 } } } }";
const APPROVE: &str =
    "mutation($input: ApproveChangeInput!) { answer: approveChange(input: $input) { __typename } }";

#[tokio::test(flavor = "multi_thread")]
async fn the_command_does_what_two_approved_and_no_server_could_do() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path();
    Server::start(data, None).await.stop_gently().await;
    let (old, new) = (std::fs::read_to_string(data.join("root.key")).unwrap(), new_root());
    let both = [("VARSEL_KEYS__ROOT", new.as_str()), ("VARSEL_KEYS__RETIRED", old.trim())];
    // One server has the new root key, and one proposes there; the other approves where only the old one is.
    let server = server_with(data, &both).await;
    let birgit = Client::of("administrator", &server.address).await;
    let change = birgit.data(PROPOSE, Value::Null).await["answer"]["change"].take();
    assert!(change["id"].is_string(), "{change}");
    server.stop_gently().await;
    let server = server_with(data, &[]).await;
    let henrik = Client::of("administrator-second", &server.address).await;
    let input = json!({ "input": { "id": change["id"], "payloadSha256": change["payloadSha256"] } });
    assert_eq!(henrik.data(APPROVE, input).await["answer"]["__typename"], "ChangeDecided");
    server.stop_gently().await;

    let (code, out, _) = keys(data, &["rewrap"], &[]);
    assert!(code == 1 && out.contains("keys.root is another one"), "not with the old one: {out}");
    let (code, out, err) = keys(data, &["rewrap"], &both);
    assert!(code == 0 && out.contains("no retired one is needed any more"), "{out}{err}");
    let (code, out, _) = keys(data, &["rewrap"], &both);
    assert!(code == 1 && out.contains("or it is done already"), "once: {out}");
    let (code, out, err) = keys(data, &["status"], &[("VARSEL_KEYS__ROOT", &new)]);
    assert!(code == 0, "{out}{err}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_without_its_vault_does_not_start_and_one_whose_vault_is_older_says_what_is_missing() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path();
    Server::start(data, None).await.stop_gently().await;
    let vault = data.join("keys.db");
    let aside = data.join("aside.db");
    std::fs::rename(&vault, &aside).unwrap();
    let said = refused(data, &[]);
    assert!(said.contains("the vault is not there") && said.contains("Nothing was changed"), "{said}");
    assert!(!vault.exists(), "no empty one is made in its place");
    std::fs::rename(&aside, &vault).unwrap();

    // One key is gone, as in a backup from before that report.
    let store = varsel_storage::Store::connect(&format!("sqlite://{}", vault.display())).await.unwrap();
    let one = "DELETE FROM incident_key WHERE incident_id = (SELECT min(incident_id) FROM incident_key)";
    sea_orm::ConnectionTrait::execute_unprepared(store.connection(), one).await.unwrap();
    store.close().await.unwrap();
    Server::start(data, None).await.stop_gently().await;
    let (code, out, _) = keys(data, &["status"], &[]);
    assert!(code == 1 && out.contains("restored: 1\n  incident_"), "{out}");
}

#[test]
fn keys_that_are_none_are_refused_with_the_way_out() {
    let folder = tempfile::tempdir().unwrap();
    let said = refused(folder.path(), &[("VARSEL_KEYS__ROOT", "secret")]);
    assert!(said.contains("keys.root: must be VARSEL+ROOT+"), "{said}");
    assert!(!said.contains("secret\n"), "{said}");
}
