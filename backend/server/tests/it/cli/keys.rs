//! `varsel keys`, and a server whose keys are not those of its database.

use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;

use super::{ended, run, varsel};
use crate::kill::server::Server;

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
    assert!(code == 1 && out.contains(&format!("{name}  ")) && out.contains("varsel keys rewrap"), "{out}");
    let (code, out, err) = keys(data, &["rewrap"], &both);
    assert!(code == 0 && out.contains("no retired one is needed any more"), "{out}{err}");
    let alone = [("VARSEL_KEYS__ROOT", new.as_str())];
    let (code, out, _) = keys(data, &["renew", "--all"], &alone);
    assert!(code == 0 && out.ends_with("keys of incidents are wrapped by new keys.\n"), "{out}");
    let (code, out, _) = keys(data, &["renew", "--organisation", "10101010"], &alone);
    assert!(code == 1 && out.contains("No organisation with that CVR number"), "{out}");
    let (code, out, _) = keys(data, &["status"], &alone);
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
