//! Lists and single reads let through the same, for everybody.

use std::collections::BTreeSet;

use varsel_domain::authz::{Action, Resource, permits};
use varsel_services::testing::in_each_house;
use varsel_services::view::{CaseFilter, PageRequest};
use varsel_services::{Error, demo, incident, queue};

fn page() -> PageRequest {
    PageRequest { first: 100, after: None }
}

#[tokio::test]
async fn everybody_opens_and_lists_exactly_what_the_policy_permits() {
    in_each_house(async |house| {
        let mut incidents = Vec::new();
        for handle in ["reporter-energy", "reporter-municipality", "reporter-bank"] {
            incidents.push(house.file(handle, "first-report").await.0);
        }
        let ids: Vec<_> = incidents.iter().map(|it| it.id).collect();
        let mut permitted_in_all = 0;
        for person in demo::people(&house.services).await.unwrap() {
            let request = house.request(&person.handle).await;
            let actor = request.actor.clone().unwrap();
            let allowed: BTreeSet<_> = incidents
                .iter()
                .filter(|it| {
                    let units: Vec<_> = it.cases.iter().map(|case| case.unit.clone()).collect();
                    let resource = Resource::Incident { organisation: it.organisation.id, units: &units };
                    permits(&actor, Action::ReadIncident, resource)
                })
                .map(|it| it.id)
                .collect();
            permitted_in_all += allowed.len();
            let many = incident::open_many(&house.services, &request, &ids).await.unwrap();
            assert_eq!(many.iter().map(|it| it.id).collect::<BTreeSet<_>>(), allowed, "{}", person.handle);
            for id in &ids {
                let opened = incident::open(&house.services, &request, *id).await.unwrap();
                assert_eq!(opened.is_some(), allowed.contains(id), "{}", person.handle);
            }
            if let Some(unit) = actor.unit() {
                let rows = queue::list(&house.services, &request, unit, CaseFilter::default(), page())
                    .await
                    .unwrap();
                let listed: BTreeSet<_> = rows.rows.iter().map(|(_, row)| row.case.incident).collect();
                assert_eq!(listed, allowed, "{}", person.handle);
                assert_eq!(rows.total, u64::try_from(allowed.len()).unwrap(), "{}", person.handle);
            }
        }
        assert!(permitted_in_all >= 8, "the samples reach somebody: {permitted_in_all}");
    })
    .await;
}

#[tokio::test]
async fn an_organisation_lists_its_own_incidents_newest_first_page_by_page() {
    in_each_house(async |house| {
        let mut expected = Vec::new();
        for n in 0..5 {
            house.advance(chrono::TimeDelta::minutes(n % 3));
            expected.insert(0, house.file("reporter-energy", &format!("report-{n:04}")).await.0);
        }
        house.file("reporter-bank", "not-ours").await;
        expected.sort_by_key(|it| std::cmp::Reverse((it.received_at, it.id)));
        let request = house.request("reporter-energy").await;
        let (mut seen, mut after) = (Vec::new(), None);
        loop {
            let wanted = PageRequest { first: 2, after: after.take() };
            let page = incident::list_own(&house.services, &request, wanted).await.unwrap();
            assert_eq!(page.total, 5);
            assert_eq!(page.has_previous, !seen.is_empty());
            after = page.rows.last().map(|(cursor, _)| cursor.clone());
            seen.extend(page.rows.into_iter().map(|(_, view)| view.id));
            if !page.has_next {
                break;
            }
        }
        assert_eq!(seen, expected.iter().map(|it| it.id).collect::<Vec<_>>());
    })
    .await;
}

#[tokio::test]
async fn the_queue_of_another_unit_does_not_exist() {
    in_each_house(async |house| {
        house.file("reporter-energy", "first-report").await;
        let outsiders = ["reporter-energy", "officer-sektorcert", "coordinator", "security-officer"];
        for handle in outsiders {
            let (request, unit) = (house.request(handle).await, "csirt".into());
            let listed = queue::list(&house.services, &request, &unit, CaseFilter::default(), page()).await;
            assert!(matches!(listed, Err(Error::NotFound { kind: "queue" })), "{handle}");
            let changes = queue::changes_after(&house.services, &request, &unit, 0).await;
            assert!(matches!(changes, Err(Error::NotFound { kind: "queue" })), "{handle}");
            let newest = queue::newest_change(&house.services, &request, &unit).await;
            assert!(matches!(newest, Err(Error::NotFound { kind: "queue" })), "{handle}");
        }
        let own = incident::list_own(&house.services, &house.request("duty-officer").await, page()).await;
        assert!(matches!(own, Err(Error::Forbidden { .. })));
    })
    .await;
}
