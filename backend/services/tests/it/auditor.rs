//! Whoever audits writes nothing, by however many authorisations, and whoever gives them.

use std::collections::BTreeSet;

use varsel_domain::authorisation::{Function, Reach};
use varsel_domain::change::Refusal;
use varsel_services::authorisation::{self, Grants, Wish};
use varsel_services::session::{self, Claims, Invitation};
use varsel_services::testing::{House, in_each_house};
use varsel_services::{Error, Request};

use crate::authorisation::{REASON, approve, ask, claims, id_of, sign_in, wish};
use crate::rows::count;

/// To do this everywhere.
async fn national(house: &House, holder: &str, function: Function) -> Wish {
    let holder = Some(id_of(house, holder).await);
    Wish { holder, functions: BTreeSet::from([function]), reach: Reach::National, ..wish() }
}

/// What somebody's provider says: a function for the platform.
fn named(function: &str, grants: Grants) -> Claims {
    Claims { unit: None, function: Some(function.to_owned()), ..claims("sektorcert", grants) }
}

fn functions(request: &Request) -> Vec<Function> {
    request.actor().unwrap().rights.iter().map(|right| right.function).collect()
}

async fn give_up(house: &House, by: &Request) {
    let held = authorisation::own(&house.services, by).await.unwrap();
    let ids: Vec<_> = held.iter().map(|view| view.authorisation.id).collect();
    authorisation::withdraw(&house.services, by, &ids, REASON).await.unwrap();
}

#[tokio::test]
async fn no_second_grant_lets_whoever_audits_write() {
    in_each_house(async |house| {
        let (first, second) =
            (house.request("administrator").await, house.request("administrator-second").await);
        for function in [Function::Administer, Function::Decide, Function::Input, Function::Erase] {
            let writes = national(&house, "security-officer", function).await;
            assert_eq!(ask(&house, &first, writes).await, Err(Refusal::AuditBeside), "{function:?}");
        }
        let audits = national(&house, "administrator-second", Function::Audit).await;
        assert_eq!(ask(&house, &first, audits.clone()).await, Err(Refusal::AuditBeside));
        // To read goes with both, and what was given up stands in nobody's way.
        let reads = national(&house, "security-officer", Function::Read).await;
        let reads = ask(&house, &first, reads).await.unwrap();
        approve(&house, &second, &reads).await.unwrap();
        give_up(&house, &second).await;
        ask(&house, &first, audits).await.unwrap();
        let (da, en) = (Refusal::AuditBeside.message().da, Refusal::AuditBeside.message().en);
        assert!(da.contains("Træk dem tilbage først") && en.contains("Withdraw those first"));
    })
    .await;
}

#[tokio::test]
async fn a_provider_gives_no_right_that_would_let_whoever_audits_write() {
    in_each_house(async |house| {
        // Two have made an administrator of somebody of whom the provider says that they audit.
        let person = sign_in(&house, named("administrator", Grants::Authorisations)).await.person();
        let administers =
            Wish { holder: person, ..national(&house, "administrator", Function::Administer).await };
        let asked = ask(&house, &house.request("administrator").await, administers).await.unwrap();
        approve(&house, &house.request("administrator-second").await, &asked).await.unwrap();
        let both = sign_in(&house, named("security_officer", Grants::Claims)).await;
        assert_eq!(functions(&both), [Function::Administer], "signed in, with what they have");
        give_up(&house, &both).await;
        let audits = sign_in(&house, named("security_officer", Grants::Claims)).await;
        assert_eq!(functions(&audits), [Function::Audit]);
        // Who changes over leaves the one behind and gets the other; and does not get the former back beside it.
        let changed = sign_in(&house, named("administrator", Grants::Claims)).await;
        assert_eq!(functions(&changed), [Function::Erase, Function::Administer]);
        let held = authorisation::own(&house.services, &changed).await.unwrap();
        let former =
            held.iter().find(|view| view.authorisation.functions.contains(&Function::Audit)).unwrap();
        let id = former.authorisation.id;
        let again = authorisation::ask_again(&house.services, &changed, id, REASON).await.unwrap();
        assert_eq!(again, Err(Refusal::AuditBeside));
    })
    .await;
}

#[tokio::test]
async fn whoever_audits_becomes_no_administrator_by_a_token_and_may_use_it_afterwards() {
    in_each_house(async |house| {
        let (services, auditor) = (&house.services, house.request("security-officer").await);
        let reason = Some("The other two have left.");
        let made = session::invite_administrator(&services.store, &*services.ids, house.now(), reason)
            .await
            .unwrap();
        let Invitation::Made(token) = made else { panic!("{made:?}") };
        let refused = session::become_administrator(services, &auditor, &token).await;
        let Err(Error::Invalid { field: "token", message }) = refused else { panic!("{refused:?}") };
        assert_eq!(message, Refusal::AuditBeside.message());
        let auditor = house.request("security-officer").await;
        assert_eq!(functions(&auditor), [Function::Audit], "nothing came of it");
        give_up(&house, &auditor).await;
        let named = session::become_administrator(services, &auditor, &token).await.unwrap();
        let functions: Vec<_> = named.rights.iter().map(|it| it.function).collect();
        assert_eq!(functions, [Function::Erase, Function::Administer]);
        assert_eq!(
            count(&house, "job WHERE kind = 'tell_holder'").await,
            2,
            "of what went, and of what came"
        );
    })
    .await;
}
