//! How long an investigator waits: the log of use has as many entries as half a year of a whole country, and all uses by one person in
//! a month, and in the whole half year, are looked up and taken as a file. On SQLite, and on PostgreSQL where a server is configured
//! for tests.
//!
//! `cargo bench -p varsel-services --bench search -- 10000000 PostgreSQL` says how many entries, 100,000 where nothing is said, and on
//! which of the two alone.

#![expect(clippy::expect_used, reason = "a benchmark whose house does not stand measures nothing")]

use std::io::Write as _;
use std::time::Instant;

use chrono::{DateTime, TimeDelta, Utc};
use serde_json::json;
use varsel_domain::access::{AccessEntry, UseKind};
use varsel_domain::authz::Scope;
use varsel_domain::organisation::Language;
use varsel_domain::{EntryId, PersonId};
use varsel_services::log::{self, Form, Inquiry};
use varsel_services::testing::{House, in_each_house};
use varsel_services::view::PageRequest;
use varsel_storage::access_log;

const EMBEDDED: &str = "SQLite";
const SHARED: &str = "PostgreSQL";
/// People who use the system.
const PEOPLE: u64 = 1_000;
/// Entries written in one transaction.
const BATCH: u64 = 10_000;
/// How long the log is kept.
const TIME: TimeDelta = TimeDelta::days(182);

fn main() {
    let entries = std::env::args().skip(1).find_map(|argument| argument.parse().ok()).unwrap_or(100_000);
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().expect("a runtime");
    let named = std::env::args().skip(1).find(|argument| [EMBEDDED, SHARED].contains(&argument.as_str()));
    runtime.block_on(in_each_house(async |house| {
        let database = if house.services.store.is_shared() { SHARED } else { EMBEDDED };
        if named.as_deref().is_none_or(|named| named == database) {
            measure(&house, database, entries).await;
        }
    }));
}

async fn measure(house: &House, database: &str, entries: u64) {
    let begun = Instant::now();
    fill(house, entries).await;
    say(&format!("{database}: {entries} entries written and sealed in {:.1?}\n", begun.elapsed()));
    let request = house.request("security-officer").await;
    let from = house.now() - TimeDelta::days(90);
    let month = Inquiry {
        case: "2026-17".to_owned(),
        person: Some(person(7)),
        from: Some(from),
        until: Some(from + TimeDelta::days(30)),
        ..Inquiry::default()
    };
    let all = Inquiry { from: None, until: None, ..month.clone() };
    for (name, inquiry) in [("a month", month), ("half a year", all)] {
        let page = PageRequest { first: 50, after: None };
        let begun = Instant::now();
        let seen = log::investigate(&house.services, &request, &inquiry, page).await.expect("it is found");
        let looked = begun.elapsed();
        assert!(seen.total > 0, "there are uses");
        say(&format!(
            "{database}: {} uses by one person in {name} of {entries}: seen in {looked:.2?}",
            seen.total
        ));
        for (form, file) in [(Form::Html, "HTML"), (Form::Csv, "CSV"), (Form::Bundle, "evidence")] {
            let begun = Instant::now();
            let bytes =
                log::export(&house.services, &request, &inquiry, form, Language::En).await.expect("a file");
            say(&format!(", {file} of {} KiB in {:.2?}", bytes.len() / 1_024, begun.elapsed()));
        }
        say("\n");
    }
}

fn person(number: u64) -> PersonId {
    PersonId(uuid::Uuid::from_u128(u128::from(number) + 1))
}

async fn fill(house: &House, entries: u64) {
    let services = &house.services;
    let step = TIME / i32::try_from(entries).expect("that many");
    let mut at = house.now() - TIME;
    let mut written = 0;
    while written < entries {
        let part = BATCH.min(entries - written);
        let rows: Vec<_> = (written..written + part)
            .map(|number| entry(house, number, at + step * i32::try_from(number - written).expect("few")))
            .collect();
        at += step * i32::try_from(part).expect("few");
        written += part;
        let tx = services.store.begin(&Scope::nothing()).await.expect("a transaction");
        access_log::append(&tx, &*services.ids, &rows).await.expect("they are written");
        tx.commit().await.expect("they are there");
        // As a server does, that never lets much wait: millions sealed at once take hours.
        log::seal_waiting(services).await.expect("they are sealed");
    }
}

fn entry(house: &House, number: u64, at: DateTime<Utc>) -> AccessEntry {
    // Neighbours in time are different people, in no order that an index could like.
    let who = number.wrapping_mul(2_654_435_761) % PEOPLE;
    AccessEntry {
        id: EntryId(house.services.ids.next(at)),
        at,
        person: Some(person(who)),
        name: format!("Person {who}"),
        function: "officer of sektorcert".to_owned(),
        use_kind: UseKind::Listed,
        incident: None,
        detail: json!({ "queue": "sektorcert", "status": ["new"], "text": "nordvind", "shown": 20 }),
        request_id: format!("request-{number}"),
    }
}

fn say(line: &str) {
    std::io::stdout().write_all(line.as_bytes()).expect("somebody reads");
}
