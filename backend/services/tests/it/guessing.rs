//! Guesses by the thousand (attack G1): how many are looked at, whether the victim still gets in, and whether all are registered.

use chrono::TimeDelta;
use futures_util::{StreamExt, stream};
use varsel_services::Services;
use varsel_services::session::{self, Browser};
use varsel_services::testing::{House, in_each_house};
use varsel_storage::testing::{proved, scale};

use crate::attempt::{patterns, person, try_in};
use varsel_services::attempt::Tried;

/// How many may fail in a window before the way in is closed.
const ALLOWED: usize = 5;
/// Windows over which the guesses are spread.
const WINDOWS: usize = 4;
/// How many guess at once.
const AT_ONCE: usize = 8;

/// Of so many guesses, how many were looked at.
async fn looked_at<F: Future<Output = bool>>(count: usize, guess: impl Fn(usize) -> F) -> usize {
    let guesses = stream::iter(0..count).map(guess).buffer_unordered(AT_ONCE);
    guesses.filter(|looked| std::future::ready(*looked)).count().await
}

/// Guesses from 1,000 addresses at one account, in several windows: how many were looked at in each.
async fn at_one_account(house: &House, services: &Services, guesses: usize) -> Vec<usize> {
    let victim = person(house, "reporter-energy").await;
    let mut in_each = Vec::new();
    for _ in 0..WINDOWS {
        let guess = |n: usize| async move {
            let client = format!("203.0.{}.{}", n / 250 % 4, n % 250);
            try_in(services, victim, &client, false).await
        };
        in_each.push(looked_at(guesses / WINDOWS, guess).await);
        house.advance(TimeDelta::minutes(15));
    }
    in_each
}

/// Guesses from one address at so many names.
async fn at_many_names(services: &Services, names: usize) -> usize {
    let guess = |n: usize| async move {
        try_in(services, Tried::Name(&format!("user{n}@example.dk")), "198.51.100.7", false).await
    };
    looked_at(names, guess).await
}

fn database(house: &House) -> &'static str {
    if house.services.store.is_shared() { "PostgreSQL" } else { "SQLite" }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_thousand_addresses_get_five_guesses_at_one_account_in_a_window() {
    in_each_house(async |house| {
        let guesses = scale(800, 1_000_000);
        let in_each = at_one_account(&house, &house.services, guesses).await;
        assert!(in_each.iter().all(|looked| (1..=ALLOWED).contains(looked)), "{in_each:?}");
        let registered = patterns(&house).await.total;
        assert_eq!(usize::try_from(registered).unwrap(), guesses);
        // Another way in, as an identity provider is, asks no counter.
        let victim = house.request("reporter-energy").await.person().unwrap();
        assert!(session::open(&house.services, victim, &Browser::default()).await.is_ok());
        let found = format!("{guesses} guesses at one account, looked at in each window: {in_each:?}");
        proved("G1", &format!("{}: {found}, all registered", database(&house)));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn one_address_gets_five_guesses_at_ten_thousand_names() {
    in_each_house(async |house| {
        let names = scale(500, 10_000);
        assert_eq!(at_many_names(&house.services, names).await, ALLOWED);
        assert_eq!(usize::try_from(patterns(&house).await.total).unwrap(), names);
        let found = format!("{names} names from one address, {ALLOWED} looked at, all registered");
        proved("G1", &format!("{}: {found}", database(&house)));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_counter_that_does_not_close_is_noticed() {
    in_each_house(async |house| {
        let mut open = house.services.clone();
        (open.attempts.rules.per_user, open.attempts.rules.per_client) = (usize::MAX, usize::MAX);
        let in_each = at_one_account(&house, &open, 80).await;
        assert!(in_each.iter().all(|looked| *looked > ALLOWED), "{in_each:?}");
        assert!(at_many_names(&open, 20).await > ALLOWED);
    })
    .await;
}
