//! What a server leaves behind, beside its database: which files there are, and that none of them tells what the log of use holds, nor what
//! was reported (R57; docs/log-interpretation.md, docs/keys.md).

use std::fs::File;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::json;
use varsel_services::domain::{Clock as _, SystemClock};

use super::{ended, run, varsel};
use crate::harness::Client;
use crate::kill::server::Server;

/// Sought by an officer: it stands in the log of use alone.
const SOUGHT: &str = "canary-of-a-criterion";
/// Reported: it stands sealed.
const REPORTED: &str = "canary-of-what-was-reported";
/// Where entries of the log stand on a machine with SQLite; its pages move from the one into the other.
const OF_THE_LOG: [&str; 2] = ["varsel.db", "varsel.db-wal"];
/// The other files.
const OTHERS: [&str; 4] = ["varsel.db-shm", "keys.db", "root.key", "use-log.key"];

/// Every file below this folder, by its path in it.
fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() { found.extend(files(&path)) } else { found.push(path) }
    }
    found
}

fn holds(path: &Path, text: &str) -> bool {
    let bytes = std::fs::read(path).unwrap();
    bytes.windows(text.len()).any(|window| window == text.as_bytes())
}

/// Files that are none of those that are known to be there.
fn unknown(data: &Path) -> Vec<PathBuf> {
    let is_known = |path: &PathBuf| {
        let name = path.strip_prefix(data).unwrap().to_str().unwrap();
        OF_THE_LOG.contains(&name)
            || OTHERS.contains(&name)
            || ["keys.db-wal", "keys.db-shm"].contains(&name)
            || (path.starts_with(data.join("mail")) && path.extension().is_some_and(|it| it == "eml"))
    };
    files(data).into_iter().filter(|path| !is_known(path)).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_server_leaves_behind_is_known_and_tells_of_no_use_and_no_report() {
    let folder = tempfile::tempdir().unwrap();
    let (said, data) = (folder.path().join("said"), folder.path().join("data"));
    let mut command = Command::new(env!("CARGO_BIN_EXE_varsel"));
    command.args(["serve", "--demo", "--data"]).arg(&data).env_remove("VARSEL_CONFIG").env_remove("PORT");
    command.env("VARSEL_HTTP__PORT", "0").env("VARSEL_LOG__LEVEL", "trace");
    command.stderr(File::create(&said).unwrap());
    let server = Server::greeted(&mut command.into(), "Stop it with").await;
    let samples = varsel_services::demo::samples(SystemClock.now());
    let mut facts = samples.into_iter().find(|sample| sample.handle == "reporter-energy").unwrap().facts;
    facts["description"] = json!(REPORTED);
    let filed =
        Client::of("reporter-energy", &server.address).await.submit("places-report", &facts, true).await;
    assert_eq!(filed["__typename"], "ReportSubmitted", "{filed}");
    let officer = Client::of("officer-sektorcert", &server.address).await;
    let read = "query($text: String) { cases(unit: \"sektorcert\", filter: { text: $text }) { totalCount \
        nodes { incident { facts { display { en } } } } } }";
    officer.data(read, json!({ "text": SOUGHT })).await;
    let shown = officer.data(read, json!({ "text": null })).await.to_string();
    assert!(shown.contains(REPORTED), "{shown}");
    server.stop_gently().await;

    assert_eq!(unknown(&data), Vec::<PathBuf>::new(), "files of which no page says what they hold");
    let all = files(&data);
    let names = |text| {
        let found = all.iter().filter(|path| holds(path, text));
        found.map(|path| path.file_name().unwrap().to_str().unwrap()).collect::<Vec<_>>()
    };
    let sought = names(SOUGHT);
    assert!(!sought.is_empty() && sought.iter().all(|name| OF_THE_LOG.contains(name)), "{sought:?}");
    assert_eq!(names(REPORTED), [""; 0], "what was reported, in clear");
    assert!(!holds(&said, SOUGHT) && !holds(&said, REPORTED), "in what the server said");
    let report = folder.path().join("report.txt");
    let mut told = varsel(&["compliance", "report", "--data"]);
    told.arg(&data).arg("--out").arg(&report);
    let (code, out, err) = ended(&run(&mut told, ""));
    assert_eq!(code, 1, "the demo has no TLS, which needs attention: {err}");
    assert!(report.is_file());
    assert!(
        !out.contains(SOUGHT)
            && !files(folder.path()).iter().any(|path| {
                !OF_THE_LOG.contains(&path.file_name().unwrap().to_str().unwrap()) && holds(path, SOUGHT)
            }),
        "the report for the authority has no entries"
    );
}
