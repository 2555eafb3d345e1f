//! Whose word opens a session: the first start adopts what it finds, and after that two decide.

use std::sync::Arc;

use varsel_domain::change::Refusal;
use varsel_domain::rules::Text;
use varsel_services::provider::{self, ConfiguredProvider};
use varsel_services::testing::{House, in_each_house};
use varsel_services::{Error, change};

use crate::rows::uses;

const REASON: &str = "A second provider for the authorities.";

fn configured(name: &str, unit: &str) -> ConfiguredProvider {
    ConfiguredProvider {
        name: name.to_owned(),
        label: Text { da: name.to_owned(), en: name.to_owned() },
        issuer: format!("https://{name}.example"),
        settings: [("claims.unit".to_owned(), vec![unit.to_owned()])].into(),
    }
}

/// The same installation, started with another configuration.
fn with(house: &House, providers: &[ConfiguredProvider]) -> House {
    let mut house = house.clone();
    house.services.providers = Arc::from(providers);
    house
}

#[tokio::test]
async fn the_first_start_trusts_what_it_finds_and_no_later_one_does() {
    in_each_house(async |house| {
        let first = with(&house, &[configured("mitid", "unit")]);
        assert!(provider::adopt(&first.services).await.unwrap().is_empty());
        assert!(provider::is_trusted(&first.services, "mitid").await.unwrap());

        let later = with(&house, &[configured("mitid", "unit"), configured("other", "unit")]);
        assert_eq!(provider::adopt(&later.services).await.unwrap(), ["other"]);
        assert!(provider::is_trusted(&later.services, "mitid").await.unwrap());
        assert!(!provider::is_trusted(&later.services, "other").await.unwrap());
        assert!(!provider::is_trusted(&later.services, "nobody").await.unwrap());

        let altered = with(&house, &[configured("mitid", "department")]);
        assert_eq!(provider::adopt(&altered.services).await.unwrap(), ["mitid"]);
        assert!(!provider::is_trusted(&altered.services, "mitid").await.unwrap(), "other settings");
    })
    .await;
}

#[tokio::test]
async fn two_trust_a_provider_on_exactly_the_settings_that_they_read() {
    in_each_house(async |house| {
        let house = with(&house, &[configured("mitid", "unit")]);
        provider::adopt(&house.services).await.unwrap();
        let house = with(&house, &[configured("mitid", "unit"), configured("other", "unit")]);
        let (first, second) =
            (house.request("administrator").await, house.request("administrator-second").await);
        let already = provider::propose(&house.services, &first, "mitid", REASON).await.unwrap();
        assert_eq!(already.unwrap_err(), Refusal::AlreadyTrusted);

        let proposed = provider::propose(&house.services, &first, "other", REASON).await.unwrap().unwrap();
        let (id, sha256) = (proposed.change.id, proposed.change.payload_sha256);
        let own = change::approve(&house.services, &first, id, &sha256).await.unwrap();
        assert_eq!(own.unwrap_err(), Refusal::OwnProposal);
        // The server was started with another configuration in the meantime.
        let altered = with(&house, &[configured("mitid", "unit"), configured("other", "department")]);
        let stale = change::approve(&altered.services, &second, id, &sha256).await.unwrap();
        assert_eq!(stale.unwrap_err(), Refusal::TargetChanged);
        assert!(!provider::is_trusted(&house.services, "other").await.unwrap());

        change::approve(&house.services, &second, id, &sha256).await.unwrap().unwrap();
        assert!(provider::is_trusted(&house.services, "other").await.unwrap());
        let views = provider::list(&house.services, &second).await.unwrap();
        assert_eq!((views[0].change, views[1].change), (None, Some(id)));
    })
    .await;
}

#[tokio::test]
async fn a_decision_on_one_provider_is_stale_when_another_was_decided_since() {
    in_each_house(async |house| {
        let both = [configured("one", "unit"), configured("two", "unit")];
        let house = with(&house, &both);
        provider::trust_at_command_line(&with(&house, &both[..1]).services, "one", REASON).await.unwrap();
        let (first, second) =
            (house.request("administrator").await, house.request("administrator-second").await);
        let proposed = provider::propose(&house.services, &first, "two", REASON).await.unwrap().unwrap();
        let (id, sha256) = (proposed.change.id, proposed.change.payload_sha256);
        let altered = with(&house, &[configured("one", "department")]);
        assert!(provider::trust_at_command_line(&altered.services, "one", REASON).await.unwrap());
        let stale = change::approve(&house.services, &second, id, &sha256).await.unwrap();
        assert_eq!(stale.unwrap_err(), Refusal::TargetChanged);
    })
    .await;
}

#[tokio::test]
async fn only_those_who_answer_for_access_see_the_providers_and_each_look_is_logged() {
    in_each_house(async |house| {
        let house = with(&house, &[configured("mitid", "unit")]);
        for outsider in ["reporter-energy", "officer-sektorcert", "coordinator"] {
            let request = house.request(outsider).await;
            let refused = provider::list(&house.services, &request).await;
            assert!(matches!(refused, Err(Error::NotFound { .. })), "{outsider}");
            let refused = provider::propose(&house.services, &request, "mitid", REASON).await;
            assert!(matches!(refused, Err(Error::NotFound { .. })), "{outsider}");
        }
        provider::list(&house.services, &house.request("security-officer").await).await.unwrap();
        let officer = house.request("security-officer").await;
        let refused = provider::propose(&house.services, &officer, "mitid", REASON).await;
        assert!(matches!(refused, Err(Error::NotFound { .. })), "whoever watches does not decide");
        let logged = uses(&house).await;
        assert_eq!(logged.iter().filter(|it| it.kind == "providers_read").count(), 1);

        assert!(!provider::trust_at_command_line(&house.services, "nobody", REASON).await.unwrap());
        assert!(provider::trust_at_command_line(&house.services, "mitid", REASON).await.unwrap());
        let logged = uses(&house).await;
        let trusted: Vec<_> = logged.iter().filter(|it| it.kind == "provider_trusted").collect();
        assert_eq!((trusted.len(), &trusted[0].detail["reason"]), (1, &REASON.into()));
    })
    .await;
}
