//! The order of a queue, its pages and its filters.

use varsel_domain::UnitId;
use varsel_domain::authz::Scope;
use varsel_domain::case::CaseStatus;
use varsel_storage::queue::{self, Criteria};
use varsel_storage::testing::on_each_database;
use varsel_storage::{Tx, case};

use crate::builder::{a_case, an_incident, an_organisation, minute};

/// Case numbers in the order in which the queue must show them.
const ORDER: [u128; 7] = [104, 103, 102, 106, 107, 101, 105];

/// Seven cases of `csirt`, put in out of order, and one of another unit.
async fn fill(tx: &Tx) {
    let organisation = an_organisation(tx, 1, "Ærø 100 % Strøm_A/S").await;
    let other = an_organisation(tx, 2, "Bornholms Vand").await;
    let rows = [
        (11, 1, 101, None),
        (12, 2, 102, Some(minute(20))),
        (13, 5, 103, Some(minute(20))),
        (14, 0, 104, Some(minute(10))),
        (15, 0, 105, None),
        (16, 2, 106, Some(minute(20))),
        (17, 2, 107, Some(minute(30))),
    ];
    for (n, severity, id, due) in rows {
        let whose = if id == 107 { other } else { organisation };
        let incident = an_incident(tx, whose, n, severity).await;
        a_case(tx, (incident, "csirt"), id, due).await;
        if id == 107 {
            a_case(tx, (incident, "sektorcert"), 201, None).await;
        }
    }
}

async fn ids(tx: &Tx, criteria: &Criteria) -> Vec<u128> {
    let (scope, unit) = (Scope::system(), UnitId::from("csirt"));
    let rows = queue::list(tx, (&scope, &unit), criteria, None, 100).await.unwrap();
    let ids: Vec<_> = rows.iter().map(|row| row.case.id.0.as_u128()).collect();
    let count = queue::count(tx, &scope, &unit, criteria).await.unwrap();
    assert_eq!(count, u64::try_from(ids.len()).unwrap());
    ids
}

#[tokio::test]
async fn what_is_due_first_comes_first_then_what_is_severe_then_what_is_old() {
    on_each_database(async |store| {
        let tx = store.begin(&Scope::system()).await.unwrap();
        fill(&tx).await;
        assert_eq!(ids(&tx, &Criteria::default()).await, ORDER);
    })
    .await;
}

#[tokio::test]
async fn pages_of_any_length_show_every_case_once_and_in_order() {
    on_each_database(async |store| {
        let tx = store.begin(&Scope::system()).await.unwrap();
        fill(&tx).await;
        let (scope, unit) = (Scope::system(), UnitId::from("csirt"));
        for length in 1..=8 {
            let (mut seen, mut after) = (Vec::new(), None);
            loop {
                let page =
                    queue::list(&tx, (&scope, &unit), &Criteria::default(), after, length).await.unwrap();
                let Some(last) = page.last() else { break };
                after = Some(last.key);
                seen.extend(page.iter().map(|row| row.case.id.0.as_u128()));
            }
            assert_eq!(seen, ORDER, "pages of {length}");
        }
    })
    .await;
}

#[tokio::test]
async fn filters_are_exact_and_a_searched_text_is_no_pattern() {
    on_each_database(async |store| {
        let tx = store.begin(&Scope::system()).await.unwrap();
        fill(&tx).await;
        let with = |text: &str| Criteria { text: Some(text.to_owned()), ..Criteria::default() };
        assert_eq!(ids(&tx, &with("ÆRØ")).await.len(), 6);
        assert_eq!(ids(&tx, &with("bornholm")).await, [107]);
        assert_eq!(ids(&tx, &with("100 %")).await.len(), 6);
        assert_eq!(ids(&tx, &with("%")).await.len(), 6);
        assert_eq!(ids(&tx, &with("m_a")).await.len(), 6);
        for nothing in ["b_rnholm", "100%", "\\", "' OR 1=1"] {
            assert_eq!(ids(&tx, &with(nothing)).await, [], "{nothing}");
        }
        let (scope, id) = (Scope::system(), varsel_domain::CaseId(uuid::Uuid::from_u128(107)));
        let number = queue::find(&tx, &scope, id).await.unwrap().unwrap().incident.number;
        assert_eq!(ids(&tx, &with(&number.to_lowercase())).await, [107]);

        let severe = Criteria { min_severity: Some(2), ..Criteria::default() };
        assert_eq!(ids(&tx, &severe).await, [103, 102, 106, 107]);
        let late = Criteria { due_before: Some(minute(20)), ..Criteria::default() };
        assert_eq!(ids(&tx, &late).await, [104]);
    })
    .await;
}

#[tokio::test]
async fn a_closed_case_is_found_by_its_state() {
    on_each_database(async |store| {
        let tx = store.begin(&Scope::system()).await.unwrap();
        fill(&tx).await;
        let id = varsel_domain::CaseId(uuid::Uuid::from_u128(102));
        let mut closed = case::find(&tx, &Scope::system(), id).await.unwrap().unwrap();
        closed.status = CaseStatus::Closed;
        case::update(&tx, &closed, None).await.unwrap();
        let in_state = |status| Criteria { status, ..Criteria::default() };
        assert_eq!(ids(&tx, &in_state(vec![CaseStatus::Closed])).await, [102]);
        assert_eq!(ids(&tx, &in_state(vec![CaseStatus::New])).await.len(), 6);
        assert_eq!(ids(&tx, &in_state(vec![CaseStatus::New, CaseStatus::Closed])).await.len(), 7);
        assert_eq!(ids(&tx, &in_state(vec![CaseStatus::InProgress])).await, []);
    })
    .await;
}
