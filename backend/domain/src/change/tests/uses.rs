//! Keeping what the log of use tells of somebody's acts, and letting go of it.

use super::rights::karen;
use super::*;

fn keeping(person: &Party) -> [(Payload, &'static str); 2] {
    let (person, name) = (person.id, person.name.clone());
    let keep = Payload::KeepUses {
        person,
        name: name.clone(),
        from: at(-30 * 86_400),
        to: at(0),
        until: at(365 * 86_400),
    };
    [
        (keep, "Keep the log entries of what Karen Holm did in a period, until 2027-11-25"),
        (
            Payload::ReleaseUses { person, name },
            "Let the log entries of what Karen Holm did be erased at their deadline",
        ),
    ]
}

fn propose(payload: &Payload, by: &Party) -> Result<Change, Refusal> {
    let about = Target { name: "uses".to_owned(), version: "free".to_owned() };
    Change::propose(ChangeId(Uuid::from_u128(9)), (payload, about), (by, "The police have asked."), at(0))
}

#[test]
fn two_administrators_decide_on_it_and_whoever_audits_does_not() {
    let (birgit, henrik, karen) = (birgit(), henrik(), karen());
    let auditor = person(4, "Ole Thorup", Role::SecurityOfficer);
    for (payload, title) in keeping(&karen) {
        assert_eq!(propose(&payload, &auditor).unwrap_err(), Refusal::LostRight);
        let change = propose(&payload, &birgit).unwrap();
        assert_eq!(change.title().en, title);
        assert_eq!(Payload::read(&change.payload), Ok(payload.clone()));
        let parties = Parties { proposer: Some(&birgit), person: Some(&karen) };
        let present = Present { parties, target: &change.target, now: at(60) };
        let approve = |by: &Party| change.approve(by, &change.payload_sha256, present);
        assert_eq!(approve(&birgit), Err(Refusal::OwnProposal));
        assert_eq!(approve(&auditor), Err(Refusal::LostRight));
        assert_eq!(approve(&henrik), Ok(payload));
        // Whose acts they are does not get to know by it: as an officer they see no changes.
        assert!(!change.may_read(&karen, parties) && change.may_read(&henrik, parties));
    }
}

#[test]
fn nobody_has_a_hand_in_what_is_kept_of_ones_own_acts_by_any_account() {
    let (birgit, henrik) = (birgit(), henrik());
    let second = person(7, "henrik  RASK", Role::Administrator);
    let third = person(8, "Lise Dam", Role::Administrator);
    for (payload, _) in keeping(&henrik) {
        let change = propose(&payload, &birgit).unwrap();
        let decides = |by: &Party, proposer: &Party| {
            let parties = Parties { proposer: Some(proposer), person: Some(&henrik) };
            let present = Present { parties, target: &change.target, now: at(60) };
            change.approve(by, &change.payload_sha256, present).map(|_| ())
        };
        assert_eq!(decides(&henrik, &birgit), Err(Refusal::OwnUses));
        assert_eq!(decides(&second, &birgit), Err(Refusal::OwnUses));
        assert_eq!(decides(&third, &birgit), Ok(()));
        // Whoever proposed turns out to be the one.
        let mut turned = birgit.clone();
        turned.person.email = henrik.person.email.clone();
        assert_eq!(decides(&third, &turned), Err(Refusal::OwnUses));
        let subject = payload.subject();
        assert_eq!(subject.check_proposer(&second, Some(&henrik)), Err(Refusal::OwnUses));
        assert_eq!(subject.check_proposer(&birgit, Some(&henrik)), Ok(()));
        let carried_out = |by: &Party, change: Change| Change {
            status: ChangeStatus::Executed,
            decision: Some(Decision::by(by, at(60))),
            ..change
        };
        let flaw = |change: &Change, by: &Party| change.flaw(Some(&by.natural()), Some(&henrik.natural()));
        assert_eq!(flaw(&carried_out(&second, change.clone()), &second), Some(Flaw::OwnRight));
        assert_eq!(flaw(&carried_out(&third, change), &third), None);
        let own = carried_out(&third, propose(&payload, &second).unwrap());
        assert_eq!(flaw(&own, &third), Some(Flaw::OwnRight), "one's own proposal");
    }
}

#[test]
fn asking_for_ones_own_right_stays_possible() {
    let subject = Subject::Right { holder: karen().id, reach: Reach::National };
    assert_eq!(subject.check_proposer(&karen(), Some(&karen())), Ok(()));
}
