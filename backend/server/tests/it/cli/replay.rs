//! `varsel replay` on what a real server stored.

use std::path::Path;

use sea_orm::ConnectionTrait as _;
use varsel_storage::Store;

use super::{ended, run, varsel};
use crate::kill::server::Server;

fn replay(data: &Path, more: &[&str]) -> (i32, String, String) {
    ended(&run(varsel(&["replay", "--data"]).arg(data).args(more), ""))
}

/// Changes what is stored, behind the server's back.
async fn tamper(data: &Path, sql: &str) {
    let store = Store::connect(&format!("sqlite://{}", data.join("varsel.db").display())).await.unwrap();
    let done = store.connection().execute_unprepared(sql).await.unwrap();
    assert!(done.rows_affected() > 0, "{sql}");
    store.connection().clone().close().await.unwrap();
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

    let of_the_first = "(SELECT id FROM incident WHERE number LIKE '%-00001')";
    tamper(
        data,
        &format!(
            "UPDATE facts_revision SET assessment = json_set(assessment, '$.severity.level', 0) \
             WHERE incident_id = {of_the_first}"
        ),
    )
    .await;
    let (code, out, _) = replay(data, &[]);
    let rest = all - 1;
    assert_eq!(code, 1);
    assert!(out.contains("-00001, revision 1, rule pack 2026.1: differs at /severity/level\n"), "{out}");
    assert!(out.ends_with(&format!("{rest} assessments are the same, 1 are not.\n")), "{out}");
    let number = out.split(',').next().unwrap();
    let (code, out, _) = replay(data, &["--incident", number]);
    assert!(code == 1 && out.ends_with("\n0 assessments are the same, 1 are not.\n"), "{out}");

    tamper(data, "UPDATE facts_revision SET assessment = json_set(assessment, '$.pack.version', '1999.1')")
        .await;
    let (code, out, _) = replay(data, &[]);
    assert_eq!(code, 1);
    assert_eq!(out.matches("rule pack 1999.1: cannot be replayed: ").count(), all, "{out}");
}
