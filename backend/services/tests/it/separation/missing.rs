//! E3: what somebody takes out of the database is told from what was erased at its deadline, with its place.

use chrono::TimeDelta;
use rand::rngs::StdRng;
use rand::{RngExt as _, SeedableRng as _};
use varsel_log::places::Places;
use varsel_services::log::{self, Checked, Depth, Fault, Pulse};
use varsel_services::retention;
use varsel_services::testing::{House, in_each_separated_house};
use varsel_storage::testing::{proved, scale, seed};

use super::{past_all, use_it};
use crate::retention::years::decide;
use crate::rows::count;

async fn look(house: &House, depth: Depth) -> Checked {
    log::check(&house.services.store, house.services.log.signer().verifier(), depth).await.unwrap()
}

async fn faults(house: &House) -> Vec<Fault> {
    look(house, Depth::Places).await.faults
}

/// The server erases what is due, as it does twice a day.
async fn erase(house: &House) {
    retention::erase(&house.services, "erasure").await.unwrap();
    log::seal(&house.services).await.unwrap();
}

/// A superuser takes entries away.
async fn delete(house: &House, which: &str) -> u64 {
    past_all(house, "access_entry_is_due", &format!("DELETE FROM access_entry WHERE {which}")).await
}

/// A log with an erased month, in which the uses of an incident stand that is held, and with young uses; the first place of those.
async fn a_log(house: &House) -> u64 {
    use_it(house, "first-report").await;
    let (held, _) = house.file("reporter-bank", "held-report").await;
    decide(house, &held.number, Some(house.now() + TimeDelta::days(900))).await;
    use_it(house, "old-report").await;
    house.advance(TimeDelta::days(200));
    erase(house).await;
    let young = use_it(house, "young-report").await - 1;
    use_it(house, "younger-report").await;
    assert_eq!(look(house, Depth::Entries).await.faults, []);
    young
}

/// The first place that is not empty: a use that was held beyond its month.
async fn held_place(house: &House) -> u64 {
    let mut place = 0;
    while count(house, &format!("access_entry WHERE position = {place}")).await == 0 {
        place += 1;
    }
    assert!(place > 0, "those before it were erased");
    place
}

#[tokio::test]
async fn a_row_that_a_superuser_deletes_is_missing_with_its_place_whatever_its_age() {
    in_each_separated_house(async |house| {
        let young = a_log(&house).await;
        let inside = held_place(&house).await;
        let newest = look(&house, Depth::Places).await.size - 1;
        let mut gone = Vec::new();
        for (what, place) in [("inside an erased month", inside), ("young", young), ("the newest", newest)] {
            assert_eq!(delete(&house, &format!("position = {place}")).await, 1, "{what}");
            gone.push(place);
            assert_eq!(faults(&house).await, [Fault::Missing(Places::each(gone.clone()))], "{what}");
        }
        // One that is old enough, before the erasure comes to it.
        house.advance(TimeDelta::days(200));
        let old = young + 1;
        assert_eq!(delete(&house, &format!("position = {old}")).await, 1);
        erase(&house).await;
        gone.push(old);
        let told = faults(&house).await;
        assert_eq!(told, [Fault::Missing(Places::each(gone))], "old, or erased since beside it");
        let said = told[0].sentence();
        assert!(said.en.contains(&format!("{newest}")) && said.en.contains("are missing"), "{said:?}");
        assert!(said.da.contains(&format!("{newest}")) && said.da.contains("mangler"), "{said:?}");
    })
    .await;
}

#[tokio::test]
async fn any_rows_that_are_deleted_are_told_each_and_no_other() {
    in_each_separated_house(async |house| {
        a_log(&house).await;
        let mut random = StdRng::seed_from_u64(seed());
        let (rounds, mut gone, mut deleted) = (scale(12, 2_000), Places::default(), 0);
        for round in 0..rounds {
            if round % 8 == 7 {
                use_it(&house, &format!("report-{round}")).await;
            }
            if round % 40 == 39 {
                house.advance(TimeDelta::days(31));
                erase(&house).await;
            }
            let size = look(&house, Depth::Places).await.size;
            let first = random.random_range(0..size);
            let last = (first + random.random_range(0..4_u64)).min(size - 1);
            let there = there(&house, first, last).await;
            let rows = delete(&house, &format!("position BETWEEN {first} AND {last}")).await;
            assert_eq!(rows, there.count());
            deleted += rows;
            gone = gone.with(&there);
            let told = faults(&house).await;
            let expected = if gone.is_empty() { Vec::new() } else { vec![Fault::Missing(gone.clone())] };
            assert_eq!(told, expected, "round {round}");
        }
        assert!(deleted > 0);
        proved(
            "E3",
            &format!("{rounds} deletions of {deleted} rows in the database, each told with its places"),
        );
    })
    .await;
}

/// The places from `first` to `last` that have an entry.
async fn there(house: &House, first: u64, last: u64) -> Places {
    let mut places = Vec::new();
    for place in first..=last {
        if count(house, &format!("access_entry WHERE position = {place}")).await > 0 {
            places.push(place);
        }
    }
    Places::each(places)
}

/// The key signs for no erasure of what is young, whatever the column says by which erasures go.
#[tokio::test]
async fn an_entry_that_is_made_to_look_old_is_not_erased_and_is_told() {
    in_each_separated_house(async |house| {
        let young = a_log(&house).await;
        let before = look(&house, Depth::Places).await;
        let alarms = async || count(&house, "job WHERE kind = 'log_alarm'").await;
        for which in [format!("position = {young}"), "position IS NOT NULL".to_owned()] {
            let older =
                format!("UPDATE access_entry SET at = (SELECT MIN(o.at) FROM access_entry o) WHERE {which}");
            assert!(past_all(&house, "access_entry_is_kept", &older).await >= 1);
            let told = alarms().await;
            let refused = retention::erase(&house.services, "erasure").await.unwrap_err();
            assert!(format!("{refused:?}").contains("not as old as their rows say"), "{refused:?}");
            assert!(alarms().await > told, "{which}");
            assert_eq!(look(&house, Depth::Places).await.erased, before.erased);
        }
    })
    .await;
}

#[tokio::test]
async fn a_record_that_somebody_else_wrote_explains_nothing() {
    in_each_separated_house(async |house| {
        let young = a_log(&house).await;
        assert_eq!(delete(&house, &format!("position = {young}")).await, 1);
        let missing = Fault::Missing(Places::each([young]));
        for (number, note) in [
            (900, format!("'varsel-log-erasure-1\n900\n1\n0\n{young}.\n\n— varsel.example/use-log AAAA\n'")),
            (901, "(SELECT n.note FROM log_erasure_note n ORDER BY n.number LIMIT 1)".to_owned()),
        ] {
            let sql = format!("INSERT INTO log_erasure_note (number, note) VALUES ({number}, {note})");
            past_all(&house, "none", &sql).await;
            let told = faults(&house).await;
            assert!(told.contains(&Fault::Unsigned { number }) && told.contains(&missing), "{told:?}");
        }
    })
    .await;
}

#[tokio::test]
async fn a_record_that_is_taken_away_is_missed_and_not_begun_anew() {
    in_each_separated_house(async |house| {
        a_log(&house).await;
        let erased = look(&house, Depth::Places).await.erased;
        let sql = "DELETE FROM log_erasure_note";
        assert!(past_all(&house, "log_erasure_note_is_kept_from_delete", sql).await > 1);
        // Nor where what the log says of erasures is gone as well.
        delete(&house, "use_kind = 'erased'").await;
        for _ in 0..2 {
            use_it(&house, &format!("report-{}", house.services.ids.next(house.now()))).await;
            house.advance(TimeDelta::minutes(10));
            log::keep(&house.services, &mut Pulse::default()).await.unwrap();
            let told = faults(&house).await;
            assert!(told.contains(&Fault::NoRecord), "{told:?}");
            assert!(
                told.iter().any(|fault| matches!(fault, Fault::Missing(places) if places.count() >= erased))
            );
        }
    })
    .await;
}

/// One entry that cannot be read, beside a hole, silences no alarm.
#[tokio::test]
async fn what_cannot_be_read_is_told_and_hides_nothing() {
    in_each_separated_house(async |house| {
        let young = a_log(&house).await;
        assert_eq!(delete(&house, &format!("position = {}", young + 1)).await, 1);
        let broken = format!("UPDATE access_entry SET text = 'x' || text WHERE position = {young}");
        assert_eq!(past_all(&house, "access_entry_is_kept", &broken).await, 1);
        let told = faults(&house).await;
        assert!(told.contains(&Fault::Missing(Places::each([young + 1]))), "{told:?}");
        assert!(told.contains(&Fault::Changed(Places::each([young]))), "{told:?}");
        let deep = look(&house, Depth::Entries).await.faults;
        assert!(deep.contains(&Fault::Changed(Places::each([young]))), "{deep:?}");
        log::keep(&house.services, &mut Pulse::default()).await.unwrap();
        assert!(count(&house, "job WHERE kind = 'log_alarm'").await >= 2);
    })
    .await;
}

#[tokio::test]
async fn what_is_put_back_or_changed_is_told() {
    in_each_separated_house(async |house| {
        let young = a_log(&house).await;
        let id = if house.services.store.is_shared() { "gen_random_uuid()" } else { "randomblob(16)" };
        let again = format!(
            "INSERT INTO access_entry (id, at, person_id, incident_id, use_kind, text, salt, position) \
             SELECT {id}, at, person_id, incident_id, use_kind, text, salt, 0 FROM access_entry WHERE position = {young}"
        );
        assert_eq!(past_all(&house, "none", &again).await, 1);
        let zero = Places::each([0]);
        assert_eq!(faults(&house).await, [Fault::PutBack(zero.clone())]);
        let deep = look(&house, Depth::Entries).await.faults;
        assert_eq!(deep, [Fault::PutBack(zero.clone()), Fault::Changed(zero)]);
        let another = format!("UPDATE access_entry SET text = text || ' ' WHERE position = {young}");
        assert_eq!(past_all(&house, "access_entry_is_kept", &another).await, 1);
        let deep = look(&house, Depth::Entries).await.faults;
        assert!(deep.contains(&Fault::Changed(Places::each([0, young]))), "{deep:?}");
    })
    .await;
}

#[tokio::test]
async fn an_installation_that_erased_without_a_record_begins_one_with_what_is_old() {
    in_each_separated_house(async |house| {
        use_it(&house, "old-report").await;
        house.advance(TimeDelta::days(200));
        let young = use_it(&house, "young-report").await - 1;
        use_it(&house, "younger-report").await;
        assert_eq!(delete(&house, &format!("position IN (0, 1, {young})")).await, 3);
        let none =
            past_all(&house, "log_erasure_note_is_kept_from_delete", "DELETE FROM log_erasure_note").await;
        assert_eq!(none, 1);
        assert_eq!(faults(&house).await, [Fault::NoRecord, Fault::Missing(Places::each([0, 1, young]))]);
        // Whoever runs the server brings it to this version.
        let (store, signer) = (&house.services.store, house.services.log.signer());
        log::begin_record(store, signer, house.now()).await.unwrap();
        // What an earlier version has erased was old; this was not.
        assert_eq!(faults(&house).await, [Fault::TooEarly(Places::each([young]))]);
    })
    .await;
}

#[tokio::test]
async fn the_keeper_raises_the_alarm_once_a_day_and_only_where_something_is_wrong() {
    in_each_separated_house(async |house| {
        let young = a_log(&house).await;
        let mut pulse = Pulse::default();
        let alarms = async || count(&house, "job WHERE kind = 'log_alarm'").await;
        log::keep(&house.services, &mut pulse).await.unwrap();
        assert_eq!(alarms().await, 0);
        assert_eq!(delete(&house, &format!("position = {young}")).await, 1);
        log::keep(&house.services, &mut pulse).await.unwrap();
        assert_eq!(alarms().await, 0, "it looks every ten minutes");
        house.advance(TimeDelta::minutes(10));
        log::keep(&house.services, &mut pulse).await.unwrap();
        let first = alarms().await;
        assert!(first >= 2, "auditors and administrators are told");
        house.advance(TimeDelta::minutes(10));
        log::keep(&house.services, &mut pulse).await.unwrap();
        assert_eq!(alarms().await, first, "the same is told once a day");
    })
    .await;
}
