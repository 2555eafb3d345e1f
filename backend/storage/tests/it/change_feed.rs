//! The change feed never lets a reader pass over a change.

use std::sync::Arc;

use sea_orm::DatabaseBackend;
use tokio::sync::Notify;
use varsel_domain::UnitId;
use varsel_domain::authz::Scope;
use varsel_domain::feed::ChangeKind;
use varsel_storage::testing::on_each_database;
use varsel_storage::{Store, change_feed};

use crate::builder::{a_case, an_incident, an_organisation, minute};

async fn sequences(store: &Store, unit: &str, after: i64) -> Vec<i64> {
    let tx = store.begin_snapshot(&Scope::system()).await.unwrap();
    let changes = change_feed::after(&tx, &UnitId::from(unit), after, 1000).await.unwrap();
    tx.commit().await.unwrap();
    changes.into_iter().map(|change| change.sequence).collect()
}

#[tokio::test]
async fn a_change_that_is_committed_later_has_a_later_position() {
    on_each_database(async |store| {
        let tx = store.begin(&Scope::system()).await.unwrap();
        let organisation = an_organisation(&tx, 1, "Nord").await;
        let incident = an_incident(&tx, organisation, 11, 1).await;
        let slow = a_case(&tx, (incident, "csirt"), 21, None).await;
        let fast = a_case(&tx, (incident, "spoc"), 22, None).await;
        tx.commit().await.unwrap();

        // The slow writer has its position; the fast one, which comes after it, must not be seen before it.
        let (written, may_commit) = (Arc::new(Notify::new()), Arc::new(Notify::new()));
        let slow_writer = tokio::spawn({
            let (store, written, may_commit) = (store.clone(), written.clone(), may_commit.clone());
            async move {
                let tx = store.begin(&Scope::system()).await.unwrap();
                change_feed::append(&tx, minute(1), &[(ChangeKind::CaseOpened, &slow)]).await.unwrap();
                written.notify_one();
                may_commit.notified().await;
                tx.commit().await.unwrap();
            }
        });
        written.notified().await;
        let fast_writer = tokio::spawn({
            let store = store.clone();
            async move {
                let tx = store.begin(&Scope::system()).await.unwrap();
                change_feed::append(&tx, minute(2), &[(ChangeKind::CaseUpdated, &fast)]).await.unwrap();
                tx.commit().await.unwrap();
            }
        });
        // A hundred looks take longer than the fast writer would need. On SQLite nobody can even look meanwhile.
        if store.connection().get_database_backend() == DatabaseBackend::Postgres {
            for _ in 0..100 {
                assert!(sequences(&store, "spoc", 0).await.is_empty(), "the later change is seen first");
            }
        }
        assert!(!fast_writer.is_finished());
        may_commit.notify_one();
        slow_writer.await.unwrap();
        fast_writer.await.unwrap();

        let (slow, fast) = (sequences(&store, "csirt", 0).await, sequences(&store, "spoc", 0).await);
        assert!(slow.len() == 1 && fast.len() == 1 && slow[0] < fast[0], "{slow:?} {fast:?}");
    })
    .await;
}

#[tokio::test]
async fn a_reader_resumes_where_it_stopped_and_sees_only_its_unit() {
    on_each_database(async |store| {
        let tx = store.begin(&Scope::system()).await.unwrap();
        let organisation = an_organisation(&tx, 1, "Nord").await;
        let incident = an_incident(&tx, organisation, 11, 1).await;
        let own = a_case(&tx, (incident, "csirt"), 21, None).await;
        let other = a_case(&tx, (incident, "spoc"), 22, None).await;
        assert_eq!(change_feed::newest(&tx, &"csirt".into()).await.unwrap(), 0);
        let changes = [
            (ChangeKind::CaseOpened, &own),
            (ChangeKind::CaseOpened, &other),
            (ChangeKind::CaseUpdated, &own),
            (ChangeKind::CaseUpdated, &own),
        ];
        change_feed::append(&tx, minute(1), &changes).await.unwrap();
        tx.commit().await.unwrap();

        let all = sequences(&store, "csirt", 0).await;
        assert_eq!(all.len(), 3);
        assert!(all.is_sorted());
        assert_eq!(sequences(&store, "csirt", all[0]).await, all[1..]);
        assert!(sequences(&store, "csirt", all[2]).await.is_empty());
        let tx = store.begin(&Scope::system()).await.unwrap();
        assert_eq!(change_feed::newest(&tx, &"csirt".into()).await.unwrap(), all[2]);
        assert_eq!(change_feed::after(&tx, &"csirt".into(), 0, 2).await.unwrap().len(), 2);
    })
    .await;
}
