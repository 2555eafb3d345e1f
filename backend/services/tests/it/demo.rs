//! The demo's data: there at the first visit, unchanged at the second.

use varsel_services::testing::in_each_house;
use varsel_services::view::{CaseFilter, PageRequest};
use varsel_services::{demo, person, queue};

use crate::rows::{WRITTEN, count};

#[tokio::test]
async fn loading_twice_changes_nothing() {
    in_each_house(async |house| {
        demo::load(&house.services).await.unwrap();
        let mut before = Vec::new();
        for table in WRITTEN.iter().chain(&["person", "organisation"]) {
            before.push((*table, count(&house, table).await));
        }
        house.advance(chrono::TimeDelta::days(3));
        demo::load(&house.services).await.unwrap();
        for (table, rows) in before {
            assert!(rows > 0, "{table}");
            assert_eq!(count(&house, table).await, rows, "{table}");
        }
    })
    .await;
}

#[tokio::test]
async fn twelve_people_can_be_chosen_and_officers_find_work_in_their_queue() {
    in_each_house(async |house| {
        demo::load(&house.services).await.unwrap();
        let people = demo::people(&house.services).await.unwrap();
        let handles: Vec<_> = people.iter().map(|person| person.handle.as_str()).collect();
        assert_eq!(
            handles,
            [
                "reporter-energy",
                "reporter-municipality",
                "reporter-bank",
                "officer-sektorcert",
                "officer-dcis-sund",
                "officer-finanstilsynet",
                "officer-datatilsynet",
                "duty-officer",
                "coordinator",
                "security-officer",
                "administrator",
                "administrator-second",
            ]
        );
        for person in &people {
            assert_eq!(
                person.unit.is_some(),
                matches!(person.role, "officer" | "coordinator"),
                "{}",
                person.handle
            );
            assert!(
                !person.title.da.is_empty()
                    && !person.title.en.is_empty()
                    && !person.belongs_to.da.is_empty()
            );
        }
        for handle in ["officer-sektorcert", "officer-finanstilsynet", "officer-datatilsynet", "duty-officer"]
        {
            let request = house.request(handle).await;
            let unit = request.actor.as_ref().unwrap().unit().unwrap().clone();
            let page = PageRequest { first: 10, after: None };
            let rows =
                queue::list(&house.services, &request, &unit, CaseFilter::default(), page).await.unwrap();
            assert!(rows.total > 0, "{handle}");
        }
    })
    .await;
}

#[tokio::test]
async fn a_reporter_has_an_organisation_and_an_officer_has_none() {
    in_each_house(async |house| {
        let own =
            person::own_organisation(&house.services, &house.request("reporter-bank").await).await.unwrap();
        let own = own.unwrap();
        assert_eq!((own.name.as_str(), own.cvr.as_deref()), ("Sundbanken A/S", Some("99990503")));
        assert_eq!(own.registered_facts["org.financial_entity"], "credit_institution");
        let none =
            person::own_organisation(&house.services, &house.request("duty-officer").await).await.unwrap();
        assert_eq!(none, None);
    })
    .await;
}
