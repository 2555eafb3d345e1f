//! Codes of an app, again and again (attack G3): none opens two sessions, whoever tries it when.

use chrono::TimeDelta;
use futures_util::future::join_all;
use varsel_services::local::{Entry, code_at};
use varsel_services::testing::House;
use varsel_storage::testing::{proved, scale};

use super::{LOGIN, Member, PASSWORD, in_each_house, member, sign_in};
use crate::rows::execute;

/// How many sessions one code opened: eight at once, once more afterwards, and its neighbours two steps away.
async fn opened(house: &House, member: &Member) -> (usize, usize) {
    let now = house.now();
    let code = code_at(&member.secret, now);
    let entries = join_all((0..8).map(|_| sign_in(house, LOGIN, PASSWORD, &code))).await;
    let again = sign_in(house, LOGIN, PASSWORD, &code).await;
    let mut beyond = 0;
    for away in [-2, 2] {
        let code = code_at(&member.secret, now + TimeDelta::seconds(30 * away));
        beyond += usize::from(is_open(&sign_in(house, LOGIN, PASSWORD, &code).await));
    }
    (entries.iter().chain([&again]).filter(|entry| is_open(entry)).count(), beyond)
}

fn is_open(entry: &Entry) -> bool {
    matches!(entry, Entry::Opened { .. })
}

#[tokio::test]
async fn no_code_opens_two_sessions() {
    in_each_house(async |house| {
        let member = member(&house).await;
        let codes = scale(5, 1_000);
        for n in 0..codes {
            // Two steps, so that no code is a neighbour of one before it.
            house.advance(TimeDelta::seconds(60));
            assert_eq!(opened(&house, &member).await, (1, 0), "code {n}");
        }
        let database = if house.services.store.is_shared() { "PostgreSQL" } else { "SQLite" };
        proved(
            "G3",
            &format!("{database}: {codes} codes, each tried 9 times and two steps away: 0 opened twice"),
        );
    })
    .await;
}

#[tokio::test]
async fn a_code_that_is_forgotten_is_noticed() {
    in_each_house(async |house| {
        let member = member(&house).await;
        let code = code_at(&member.secret, house.now());
        assert!(is_open(&sign_in(&house, LOGIN, PASSWORD, &code).await));
        assert!(!is_open(&sign_in(&house, LOGIN, PASSWORD, &code).await));
        // As if nobody had written down which step was used last.
        execute(&house, "UPDATE local_account SET totp_last_step = NULL").await;
        assert!(is_open(&sign_in(&house, LOGIN, PASSWORD, &code).await));
    })
    .await;
}
