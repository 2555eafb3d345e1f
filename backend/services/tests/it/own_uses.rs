//! Nobody reads the log of what they did themselves, by whatever account.

use varsel_domain::PersonId;
use varsel_domain::authz::Scope;
use varsel_domain::organisation::{Language, Person};
use varsel_services::job::run_due;
use varsel_services::log::{Form, Inquiry};
use varsel_services::testing::{House, in_each_house, mails_in};
use varsel_services::{Error, log};
use varsel_storage::person;

use crate::attempt::mails_of;
use crate::log::{inquiry, page, use_it};

#[tokio::test]
async fn nobody_reads_what_they_did_by_another_account_and_whoever_asks_for_it_sets_off_an_alarm() {
    in_each_house(async |house| {
        use_it(&house, 2).await;
        let request = house.request("security-officer").await;
        let investigator = request.actor().unwrap().person;
        let other = house.request("officer-sektorcert").await.actor().unwrap().person;
        let seen = async || {
            log::investigate(&house.services, &request, &inquiry(), page())
                .await
                .unwrap()
                .rows
                .into_iter()
                .filter(|(_, it)| it.logged.entry.person == Some(other))
                .count()
        };
        assert!(seen().await > 0, "of somebody else");
        one_human_being(&house, investigator, other).await;
        assert_eq!(seen().await, 0, "their other account");

        let asked = Inquiry { person: Some(other), ..inquiry() };
        let refused = log::investigate(&house.services, &request, &asked, page()).await;
        assert!(matches!(refused, Err(Error::Forbidden { .. })), "{refused:?}");
        let refused = log::export(&house.services, &request, &asked, Form::Csv, Language::En).await;
        assert!(matches!(refused, Err(Error::Forbidden { .. })), "{refused:?}");
        let mails = tempfile::tempdir().unwrap();
        run_due(&house.services, &mails_in(mails.path())).await.unwrap();
        let alarms: Vec<_> =
            mails_of(mails.path()).into_iter().filter(|it| it.contains("egne handlinger")).collect();
        assert_eq!(alarms.len(), 2, "one for each administrator, one day: {alarms:?}");
        assert!(alarms.iter().all(|it| !it.contains("Mads Krogh")), "a mail names nobody");
    })
    .await;
}

/// Makes the two accounts ones of the same human being, by their mail address.
async fn one_human_being(house: &House, one: PersonId, other: PersonId) {
    let tx = house.services.store.begin(&Scope::nothing()).await.unwrap();
    let email = person::find(&tx, one).await.unwrap().unwrap().email.unwrap().to_uppercase();
    let account = person::find(&tx, other).await.unwrap().unwrap();
    person::update(&tx, &Person { email: Some(email), ..account }).await.unwrap();
    tx.commit().await.unwrap();
}
