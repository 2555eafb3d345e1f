//! Changes of rights.

use super::*;
use crate::authorisation::{Function, Grant, Temporary};

/// Somebody who reports and asks for a right to read, and the administrator who is asked.
fn request(holder: &Party, reach: Reach) -> Payload {
    Payload::GrantAuthorisation(Grant {
        holder: holder.id,
        holder_name: holder.name.clone(),
        functions: [Function::Read, Function::Administer].into(),
        reach,
        purpose: "To stand in during the summer.".to_owned(),
        from: at(0),
        until: Some(at(86_400)),
        temporary: Some(Temporary::Technician),
    })
}

pub(super) fn karen() -> Party {
    person(3, "Karen Holm", Role::Officer { unit: "sektorcert".into() })
}

pub(super) fn asked(by: &Party, holder: &Party, reach: Reach) -> Result<Change, Refusal> {
    let about = Target { name: format!("authorisation/{}", holder.id), version: "0.0".to_owned() };
    let reason = "I am to stand in.";
    Change::propose(ChangeId(Uuid::from_u128(9)), (&request(holder, reach), about), (by, reason), at(0))
}

#[test]
fn anybody_asks_for_a_right_and_only_an_administrator_for_somebody_elses() {
    let mut nobody = karen();
    nobody.rights = Rights::default();
    assert!(asked(&nobody, &nobody, Reach::National).is_ok());
    assert_eq!(asked(&nobody, &birgit(), Reach::National).unwrap_err(), Refusal::LostRight);
    assert_eq!(asked(&karen(), &birgit(), Reach::Unit("sektorcert".into())).unwrap_err(), Refusal::LostRight);
    assert!(asked(&birgit(), &karen(), Reach::National).is_ok());
    let text = request(&karen(), Reach::National).canonical().unwrap();
    assert_eq!(Payload::read(&text), Ok(request(&karen(), Reach::National)));
    assert_eq!(request(&karen(), Reach::National).title().da, "Giv Karen Holm ret til at læse, administrere");
}

#[test]
fn nobody_decides_on_a_right_for_oneself_by_any_account() {
    let (birgit, karen) = (birgit(), karen());
    let decides = |change: &Change, by: &Party, (proposer, holder): (&Party, &Party)| {
        let parties = Parties { proposer: Some(proposer), person: Some(holder) };
        change.may_decide(by, parties, at(60))
    };
    let change = asked(&karen, &karen, Reach::National).unwrap();
    assert_eq!(decides(&change, &birgit, (&karen, &karen)), Ok(()));
    assert_eq!(decides(&change, &karen, (&karen, &karen)), Err(Refusal::OwnProposal));
    // Somebody else proposes for Henrik: he does not decide, nor does his second account.
    let change = asked(&birgit, &henrik(), Reach::National).unwrap();
    assert_eq!(decides(&change, &henrik(), (&birgit, &henrik())), Err(Refusal::OwnRight));
    let mut second = person(7, "henrik rask", Role::Administrator);
    assert_eq!(decides(&change, &second, (&birgit, &henrik())), Err(Refusal::OwnRight));
    second.person.name = "Another".to_owned();
    assert_eq!(decides(&change, &second, (&birgit, &henrik())), Ok(()));
    // Who administers a unit decides on nothing beyond it.
    second.rights = Rights::default();
    assert_eq!(decides(&change, &second, (&birgit, &henrik())), Err(Refusal::LostRight));
}

#[test]
fn a_change_is_seen_by_those_it_concerns_and_those_who_administer_there() {
    let (birgit, karen) = (birgit(), karen());
    let parties = Parties { proposer: Some(&karen), person: Some(&karen) };
    let change = asked(&karen, &karen, Reach::Unit("sektorcert".into())).unwrap();
    assert!(change.may_read(&karen, parties) && change.may_read(&birgit, parties));
    // The same name is not the same account.
    let namesake = person(8, "Karen Holm", Role::Officer { unit: "csirt".into() });
    assert!(!change.may_read(&namesake, parties));
    let tampered = Change { payload: change.payload.replace("sektorcert", "csirt"), ..change };
    assert!(tampered.may_read(&birgit, parties) && !tampered.may_read(&karen, parties));
}
