use proptest::option;
use proptest::prelude::*;
use uuid::Uuid;

use super::*;
use crate::OrganisationId;
use crate::incident::Incident;

const SCALE: std::ops::RangeInclusive<u8> = 0..=5;

fn person(n: u128) -> PersonId {
    PersonId(Uuid::from_u128(n))
}

fn at() -> DateTime<Utc> {
    DateTime::UNIX_EPOCH
}

fn confirmation(number: u32, level: u8, proposed: u8, justification: Option<&str>) -> SeverityConfirmation {
    SeverityConfirmation {
        id: ConfirmationId(Uuid::from_u128(number.into())),
        incident: IncidentId(Uuid::nil()),
        number,
        level,
        proposed,
        revision: 1,
        justification: justification.map(str::to_owned),
        unit: "sektorcert".into(),
        by: person(1),
        by_name: "Mette Holm".to_owned(),
        at: at(),
    }
}

/// Whether somebody set another level than the one that is still proposed.
fn deviates(latest: Option<&SeverityConfirmation>, proposed: u8) -> bool {
    latest.is_some_and(|it| it.level != proposed && it.proposed == proposed)
}

fn wish(level: u8, justification: &str, confirmations: u32, proposed: u8) -> Wish<'_> {
    Wish { by: person(2), level, justification, seen: Seen { confirmations, proposed } }
}

fn texts() -> impl Strategy<Value = String> {
    prop_oneof![
        Just(String::new()),
        "[ æøå]{0,12}",
        "[a-zæøå ]{8,30}",
        Just("ø".repeat(2_000)),
        Just("ø".repeat(2_001))
    ]
}

fn confirmations() -> impl Strategy<Value = Option<SeverityConfirmation>> {
    let one = (1_u32..4, SCALE, SCALE, option::of("[a-zæøå]{10,20}"));
    option::of(one.prop_map(|(number, level, proposed, text)| {
        let text = text.or_else(|| (level != proposed).then(|| "Fordi det er sådan.".to_owned()));
        confirmation(number, level, proposed, text.as_deref())
    }))
}

proptest! {
    #[test]
    fn only_who_saw_what_is_there_confirms_and_whoever_deviates_says_why(
        (level, text, seen, seen_proposed) in (0_u8..8, texts(), 0_u32..4, SCALE),
        (by, proposed, latest) in (1_u128..3, SCALE, confirmations()),
    ) {
        let wish = Wish { by: person(by), ..wish(level, &text, seen, seen_proposed) };
        let number = latest.as_ref().map_or(0, |it| it.number);
        match judge(&wish, SCALE, proposed, latest.as_ref()) {
            Ok(Verdict::Confirms(kept)) => {
                prop_assert!(SCALE.contains(&level));
                prop_assert_eq!((seen, seen_proposed), (number, proposed));
                let disputed = level != proposed || deviates(latest.as_ref(), proposed);
                prop_assert!(!disputed || kept.as_ref().is_some_and(|it| it.chars().count() >= 10));
                let kept = kept.unwrap_or_default();
                prop_assert_eq!(kept.as_str(), text.trim());
                prop_assert!(kept.chars().count() <= 2_000);
            }
            Ok(Verdict::Repeats) => {
                let latest = latest.unwrap();
                prop_assert_eq!((latest.by, latest.level, latest.proposed), (person(by), level, proposed));
                prop_assert_eq!(latest.justification.unwrap_or_default(), text.trim());
            }
            Err(Objection::NoSuchLevel) => prop_assert!(level > 5),
            Err(Objection::ConfirmedMeanwhile) => prop_assert!(seen != number),
            Err(Objection::ProposalMoved) => {
                prop_assert_eq!(seen, number);
                prop_assert_ne!(seen_proposed, proposed);
            }
            Err(Objection::Justification { length }) => {
                prop_assert_eq!(length, text.trim().chars().count());
                let disputed = level != proposed || deviates(latest.as_ref(), proposed);
                prop_assert!(length > 2_000 || (length < 10 && disputed));
            }
        }
    }

    #[test]
    fn what_was_just_confirmed_is_confirmed_once(level in SCALE, proposed in SCALE, text in "[a-zæøå]{10,30}") {
        let first = wish(level, &text, 0, proposed);
        let Ok(Verdict::Confirms(kept)) = judge(&first, SCALE, proposed, None) else {
            return Err(TestCaseError::fail("refused"));
        };
        let made = SeverityConfirmation { by: first.by, ..confirmation(1, level, proposed, kept.as_deref()) };
        prop_assert_eq!(judge(&first, SCALE, proposed, Some(&made)), Ok(Verdict::Repeats));
        // Somebody else who wants the same learns that it is done, and by whom.
        let other = Wish { by: person(3), ..first };
        prop_assert_eq!(judge(&other, SCALE, proposed, Some(&made)), Err(Objection::ConfirmedMeanwhile));
    }

    #[test]
    fn a_new_proposal_marks_a_confirmation_and_changes_nothing_else(latest in confirmations(), proposed in SCALE) {
        let incident = Incident {
            id: IncidentId(Uuid::nil()),
            number: "V-2026-00001".to_owned(),
            organisation: OrganisationId(Uuid::nil()),
            received_at: at(),
            severity: proposed,
            confirmed_severity: latest.as_ref().map(|it| it.level),
            pack_version: "2026.1".to_owned(),
        };
        let Some(latest) = latest else {
            prop_assert_eq!(incident.effective_severity(), proposed);
            return Ok(());
        };
        prop_assert_eq!(incident.effective_severity(), latest.level);
        prop_assert_eq!(latest.is_outdated(proposed), latest.proposed != proposed);
        // Whoever looks again confirms what is proposed now with one press, unless that takes back what was set for a reason.
        let again = wish(proposed, "", latest.number, proposed);
        let expected = if deviates(Some(&latest), proposed) {
            Err(Objection::Justification { length: 0 })
        } else {
            Ok(Verdict::Confirms(None))
        };
        prop_assert_eq!(judge(&again, SCALE, proposed, Some(&latest)), expected);
    }
}

#[test]
fn a_conflict_is_told_before_the_text_is_judged() {
    let latest = confirmation(1, 3, 3, None);
    let short = wish(2, "fordi", 0, 3);
    assert_eq!(judge(&short, SCALE, 3, Some(&latest)), Err(Objection::ConfirmedMeanwhile));
    let short = wish(2, "fordi", 1, 3);
    assert_eq!(judge(&short, SCALE, 4, Some(&latest)), Err(Objection::ProposalMoved));
    assert_eq!(judge(&short, SCALE, 3, Some(&latest)), Err(Objection::Justification { length: 5 }));
}

#[test]
fn the_same_once_more_after_the_proposal_moved_is_a_new_confirmation() {
    let latest = confirmation(1, 3, 3, Some("Som første gang."));
    let same = Wish { by: person(1), ..wish(3, "Som første gang.", 1, 4) };
    let kept = Some("Som første gang.".to_owned());
    assert_eq!(judge(&same, SCALE, 4, Some(&latest)), Ok(Verdict::Confirms(kept)));
}
