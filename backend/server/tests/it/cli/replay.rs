//! `varsel replay` on what a real server stored.

use std::path::Path;

use serde_json::Value;
use varsel_storage::testing;

use super::{ended, run, varsel};
use crate::kill::server::Server;

fn replay(data: &Path, more: &[&str]) -> (i32, String, String) {
    ended(&run(varsel(&["replay", "--data"]).arg(data).args(more), ""))
}

/// Changes what is stored, as somebody with the keys could; only of the first incident, or of all. How many.
async fn tamper(data: &Path, all: bool, edit: impl Fn(&mut Value)) -> usize {
    let url = format!("sqlite://{}", data.join("varsel.db").display());
    let store = testing::open(&url, data).await.unwrap();
    let first = testing::revisions(&store).await.unwrap().into_iter().map(|it| it.incident).min();
    let done = testing::edit_assessments(&store, |incident, _, assessment| {
        edit(assessment);
        all || Some(incident) == first
    });
    let done = done.await.unwrap();
    store.close().await.unwrap();
    done
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_stored_is_assessed_the_same_again_and_what_was_changed_is_named() {
    let data = tempfile::tempdir().unwrap();
    Server::start(data.path(), None).await.stop_gently().await;
    let data = data.path();
    let all = varsel_services::demo::samples(chrono::DateTime::UNIX_EPOCH).len();
    let (code, out, err) = replay(data, &[]);
    assert_eq!((code, err.as_str()), (0, ""), "{out}");
    assert_eq!(out, format!("{all} assessments are the same, 0 are not.\n"));
    let (code, _, err) = replay(data, &["--incident", "V-1999-00001"]);
    assert!(code == 1 && err.contains("incident"), "{err}");

    let changed = tamper(data, false, |assessment| assessment["severity"]["level"] = 0.into()).await;
    assert_eq!(changed, 1);
    let (code, out, _) = replay(data, &[]);
    let rest = all - 1;
    assert_eq!(code, 1);
    assert!(out.contains(", revision 1, rule pack 2026.1: differs at /severity/level\n"), "{out}");
    assert!(out.ends_with(&format!("{rest} assessments are the same, 1 are not.\n")), "{out}");
    let number = out.split(',').next().unwrap();
    let (code, out, _) = replay(data, &["--incident", number]);
    assert!(code == 1 && out.ends_with("\n0 assessments are the same, 1 are not.\n"), "{out}");

    let changed = tamper(data, true, |assessment| assessment["pack"]["version"] = "1999.1".into()).await;
    assert_eq!(changed, all);
    let (code, out, _) = replay(data, &[]);
    assert_eq!(code, 1);
    assert_eq!(out.matches("rule pack 1999.1: cannot be replayed: ").count(), all, "{out}");
}
