//! Links count once and for a day, and nobody is signed in before both factors are chosen.

use chrono::TimeDelta;
use serde_json::json;
use varsel_services::Error;
use varsel_services::local::{self, Home, Shown, code_at};
use varsel_services::session::{self, Browser};

use super::nobody;
use super::{PASSWORD, enrol, in_each_house, invitee, link};
use crate::rows::count;

#[tokio::test]
async fn a_link_counts_once_and_for_a_day() {
    in_each_house(async |house| {
        let (_, token) = link(&house).await;
        enrol(&house, &token, PASSWORD).await.unwrap();
        assert!(enrol(&house, &token, PASSWORD).await.is_err(), "used");
        assert!(enrol(&house, "guessed", PASSWORD).await.is_err());
        let late = invitee("eva@vand.example", Home::Unit("sektorcert".to_owned()));
        let (_, late) = local::invite_from_terminal(&house.services, late, None).await.unwrap();
        house.advance(TimeDelta::hours(24) - TimeDelta::microseconds(1));
        local::open_link(&house.services, &late, &nobody()).await.unwrap();
        house.advance(TimeDelta::microseconds(1));
        assert!(enrol(&house, &late, PASSWORD).await.is_err(), "run out");
    })
    .await;
}

#[tokio::test]
async fn nobody_is_signed_in_before_both_factors_are_chosen() {
    in_each_house(async |house| {
        let services = &house.services;
        let browser = Browser::default();
        let (_, token) = link(&house).await;
        let sessions = count(&house, "session").await;
        let welcome = local::open_link(services, &token, &nobody()).await.unwrap();
        let code = code_at(&welcome.codes.secret, house.now());
        let ceremony = welcome.codes.ceremony;
        for (password, code, field) in [
            (PASSWORD, "", "code"),
            (PASSWORD, "000000", "code"),
            ("for kort", code.as_str(), "password"),
            ("sektorcert sektorcert", code.as_str(), "password"),
            ("Bo Holm Bo Holm 2026", code.as_str(), "password"),
        ] {
            let asked = nobody();
            let refused =
                local::enrol_with_password(services, &token, (ceremony, password, code), &browser, &asked);
            match refused.await {
                Err(Error::Invalid { field: named, .. }) => assert_eq!(named, field, "{password} {code}"),
                other => panic!("{password} {code}: {other:?}"),
            }
        }
        // A passkey that no device made is none; and the ceremony is over with that.
        let begun = local::begin_enrolment(services, &token, &nobody()).await.unwrap();
        for _ in 0..2 {
            let shown =
                Shown { ceremony: begun.ceremony, credential: json!({ "id": "x", "type": "public-key" }) };
            let refused =
                local::enrol_with_passkey(services, &token, (shown, "Min enhed"), &browser, &nobody()).await;
            assert!(matches!(refused, Err(Error::Invalid { .. })), "{refused:?}");
        }
        assert_eq!(count(&house, "session").await, sessions, "no session came of any of this");
        // The link still works: a mistyped code costs nothing.
        let factors = (ceremony, PASSWORD, code.as_str());
        let enrolled =
            local::enrol_with_password(services, &token, factors, &browser, &nobody()).await.unwrap();
        assert!(session::find(services, &enrolled.token, None).await.unwrap().is_some());
    })
    .await;
}
