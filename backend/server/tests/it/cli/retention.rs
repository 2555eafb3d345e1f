//! `varsel retention report`: what an operator reads, and what it ends with.

use sea_orm::ConnectionTrait as _;
use varsel_storage::Store;

use super::{ended, run, varsel};
use crate::kill::server::Server;

/// Kept by nobody's decision, as somebody who writes into the database would.
const KEPT: &str = "INSERT INTO use_hold (change_id, person_id, from_at, to_at, placed_at, until) SELECT id, id, \
    '2026-10-31 23:00:00+00:00', '2026-11-20 23:00:00+00:00', '2026-11-25 10:00:00+00:00', '2099-12-31 23:00:00+00:00' \
    FROM person WHERE demo_handle = 'officer-sektorcert'";
/// A log-out that an erasure should have erased long ago.
const LATE: &str = "INSERT INTO logout_token (issuer, jti_sha256, expires_at) VALUES ('https://id.example', 'late', \
    '2020-01-01 00:00:00+00:00')";

#[tokio::test(flavor = "multi_thread")]
async fn the_report_says_what_is_kept_beyond_its_deadline_and_ends_badly_when_something_is_late() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path();
    Server::start(data, None).await.stop_gently().await;
    let report = || {
        let mut asked = varsel(&["retention", "report", "--data"]);
        ended(&run(asked.arg(data).env("VARSEL_LOG__LEVEL", "error"), ""))
    };
    let (code, out, err) = report();
    assert_eq!(code, 0, "{out}{err}");
    for line in ["\nHeld beyond the deadline: 0\n", "\nLog entries kept beyond the deadline: 0\n"] {
        assert!(out.contains(line), "{out}");
    }
    let store = Store::connect(&format!("sqlite://{}", data.join("varsel.db").display())).await.unwrap();
    store.connection().execute_unprepared(KEPT).await.unwrap();
    store.connection().execute_unprepared(LATE).await.unwrap();
    store.close().await.unwrap();
    let (code, out, err) = report();
    assert_eq!(code, 1, "{out}{err}");
    let kept = "\nLog entries kept beyond the deadline: 1\n  Mads Krogh, 2026-10-31 23:00 UTC to 2026-11-20 23:00 UTC, until \
                2099-12-31 23:00 UTC, by nobody and nobody: \n";
    assert!(out.contains(kept), "{out}");
    let store = Store::connect(&format!("sqlite://{}", data.join("varsel.db").display())).await.unwrap();
    let sql =
        "SELECT count(*) AS shown FROM access_entry WHERE use_kind = 'retention_read' AND person_id IS NULL";
    let asked = sea_orm::Statement::from_string(sea_orm::DatabaseBackend::Sqlite, sql);
    let row = store.connection().query_one_raw(asked).await.unwrap().unwrap();
    assert_eq!(row.try_get::<i64>("", "shown").unwrap(), 2, "each report is a use");
}
