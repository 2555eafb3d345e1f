//! A printed report: signed, verified offline, and refused when a bit of it is another.

use chrono::TimeDelta;
use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};
use varsel_domain::organisation::Language;
use varsel_log::key::{Purpose, Signer};
use varsel_log::note::{self, NoteError};
use varsel_services::Error;
use varsel_services::compliance::{
    self, Refused, Wanted, attach, detach, document, html, sign, text, verify,
};
use varsel_services::testing::in_each_house;

use super::world::{World, sound};

/// Random changes of one bit that are tried.
const FLIPS: usize = 3_000;

#[tokio::test]
async fn one_bit_that_is_another_is_refused_wherever_it_is() {
    in_each_house(async |house| {
        let world = World::new(house.clone(), &["substantial"]).await;
        house.advance(TimeDelta::hours(1));
        varsel_services::log::seal_waiting(&house.services).await.unwrap();
        let report = world.report(&sound(&house).await, TimeDelta::hours(1)).await;
        let signer = house.services.log.signer();
        let key = signer.verifier();
        let words = document(&report, Language::Da);
        let json = serde_json::to_string(&report).unwrap();
        for printed in [text(&words), html(&words).unwrap(), json] {
            let note = sign(signer, &report, printed.as_bytes());
            let found = verify(printed.as_bytes(), &note, key).unwrap();
            assert_eq!((found.made_at, found.by.as_str()), (house.now(), "varsel.example/use-log"));
            let newest = report.log.newest.as_ref().unwrap();
            assert_eq!(found.checkpoint, format!("{} {}", newest.size, newest.root));
            let mut chance = StdRng::seed_from_u64(528);
            for _ in 0..FLIPS {
                let mut bytes = printed.clone().into_bytes();
                let (place, bit) = (chance.random_range(0..bytes.len()), chance.random_range(0..8));
                bytes[place] ^= 1_u8 << bit;
                let refused = verify(&bytes, &note, key);
                assert!(matches!(refused, Err(Refused::Changed { .. })), "byte {place}, bit {bit}");
            }
            for part in [&printed.as_bytes()[1..], &[printed.as_bytes(), b"\n"].concat(), b""] {
                assert!(matches!(verify(part, &note, key), Err(Refused::Changed { .. })));
            }
        }
    })
    .await;
}

#[tokio::test]
async fn no_bit_of_a_signature_can_be_another_and_no_other_signature_will_do() {
    in_each_house(async |house| {
        let world = World::new(house.clone(), &["substantial"]).await;
        let report = world.report(&sound(&house).await, TimeDelta::hours(1)).await;
        let signer = house.services.log.signer();
        let (printed, key) = (b"printed".as_slice(), signer.verifier());
        let note = sign(signer, &report, printed);
        for place in 0..note.len() {
            for bit in 0..8 {
                let mut bytes = note.clone().into_bytes();
                bytes[place] ^= 1_u8 << bit;
                let altered = String::from_utf8_lossy(&bytes).into_owned();
                assert!(verify(printed, &altered, key).is_err(), "byte {place}, bit {bit}: {altered}");
            }
        }
        let other = Signer::new("varsel.example/use-log", Purpose::Log, &[4; 32]).unwrap();
        let forged = sign(&other, &report, printed);
        assert_eq!(verify(printed, &forged, key), Err(Refused::Signature(NoteError::Unsigned)));
        // What the key signs every ten seconds is no report.
        let checkpoint = note::sign(signer, "varsel.example/use-log\n7\nAAAA\n");
        assert_eq!(verify(printed, &checkpoint, key), Err(Refused::OtherThing));
        assert_eq!(verify(printed, "", key), Err(Refused::Signature(NoteError::Form)));
    })
    .await;
}

#[test]
fn a_signature_at_the_end_is_found_and_a_report_without_one_has_none() {
    let file = attach("the report\n", "text\n\n— key AAAA\n");
    assert_eq!(detach(file.as_bytes()), Some((b"the report\n".as_slice(), "text\n\n— key AAAA\n")));
    assert_eq!(detach(b"the report\n"), None);
}

#[tokio::test]
async fn a_period_that_cannot_be_is_refused_by_name_and_nothing_is_logged() {
    in_each_house(async |house| {
        let world = World::new(house.clone(), &["substantial"]).await;
        let installation = sound(&world.house).await;
        let now = house.now();
        for (since, until, expected) in [
            (None, Some(now + TimeDelta::seconds(1)), "until"),
            (Some(now), None, "since"),
            (Some(now), Some(now - TimeDelta::days(1)), "since"),
        ] {
            let wanted = Wanted { since, until, form: "text" };
            match compliance::report(&house.services, &installation, wanted).await {
                Err(Error::Invalid { field, message }) => {
                    assert!(field == expected && !message.da.is_empty() && message.da != message.en);
                }
                other => panic!("{other:?}"),
            }
        }
        let kinds = crate::rows::uses(&house).await;
        assert!(kinds.iter().all(|entry| entry.kind != "compliance_reported"));
        // Six months where nobody says otherwise.
        let report =
            compliance::report(&house.services, &installation, Wanted { form: "text", ..Wanted::default() })
                .await
                .unwrap();
        assert_eq!(report.period.until, now);
        assert_eq!(report.period.from, now.checked_sub_months(chrono::Months::new(6)).unwrap());
    })
    .await;
}
