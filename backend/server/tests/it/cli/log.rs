//! `varsel log verify` on the server's own log.

use std::path::Path;
use std::time::Duration;

use sea_orm::ConnectionTrait as _;
use varsel_services::domain::authz::Scope;
use varsel_storage::{Store, log_tree};

use super::{ended, run, varsel};
use crate::kill::server::Server;

fn verify(data: &Path) -> (i32, String, String) {
    let mut asked = varsel(&["log", "verify", "--data"]);
    ended(&run(asked.arg(data).env("VARSEL_LOG__LEVEL", "error"), ""))
}

/// Waits for the log's first checkpoint.
async fn sealed(store: &Store) {
    loop {
        let tx = store.begin_reading(&Scope::nothing()).await.unwrap();
        if log_tree::newest(&tx).await.unwrap().is_some() {
            return;
        }
        tx.commit().await.unwrap();
        tokio::task::yield_now().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_servers_own_log_is_whole_until_somebody_deletes_a_row() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path();
    let server = Server::start(data, None).await;
    let store = Store::connect(&format!("sqlite://{}", data.join("varsel.db").display())).await.unwrap();
    tokio::time::timeout(Duration::from_mins(1), sealed(&store)).await.unwrap();
    server.stop_gently().await;
    let (code, out, err) = verify(data);
    assert_eq!(code, 0, "{out}{err}");
    assert!(out.starts_with("Nothing was changed, and nothing is missing."), "{out}");
    let delete = "DROP TRIGGER access_entry_is_due; DELETE FROM access_entry WHERE position = 0";
    store.connection().execute_unprepared(delete).await.unwrap();
    store.close().await.unwrap();
    let (code, out, err) = verify(data);
    assert_eq!(code, 1, "{out}{err}");
    assert!(out.starts_with("Entry 0 is missing from the database"), "{out}");
}
