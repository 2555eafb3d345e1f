use proptest::prelude::*;
use uuid::Uuid;

use super::*;
use crate::change::Refusal;
use crate::{OrganisationId, Role};

fn at(seconds: i64) -> DateTime<Utc> {
    DateTime::from_timestamp(1_795_598_400 + seconds, 0).unwrap()
}

fn held() -> Authorisation {
    Authorisation {
        id: AuthorisationId(Uuid::from_u128(1)),
        holder: PersonId(Uuid::from_u128(2)),
        functions: BTreeSet::from([Function::Read]),
        reach: Reach::National,
        purpose: Purpose::Stated("To see that it works.".to_owned()),
        from: at(0),
        until: Some(at(10)),
        temporary: None,
        basis: Basis::Bootstrap,
        state: State::Active,
        granted_at: at(0),
        step: None,
    }
}

fn step(seconds: i64) -> Step {
    Step { by: None, by_name: None, at: at(seconds), reason: "It had to be.".to_owned() }
}

fn grant() -> Grant {
    Grant {
        holder: PersonId(Uuid::from_u128(2)),
        holder_name: "Karen Holm".to_owned(),
        functions: BTreeSet::from([Function::Read]),
        reach: Reach::National,
        purpose: "To see that it works.".to_owned(),
        from: at(0),
        until: None,
        temporary: None,
    }
}

#[test]
fn a_window_is_kept_to_the_microsecond() {
    let moment = TimeDelta::microseconds(1);
    assert_eq!(held().status_at(at(0) - moment), Status::Pending);
    assert_eq!(held().status_at(at(0)), Status::Active);
    assert_eq!(held().status_at(at(10) - moment), Status::Active);
    assert_eq!(held().status_at(at(10)), Status::Ended);
}

#[test]
fn an_authorisation_goes_no_way_back_but_by_reinstatement() {
    let suspended = held().suspend(Suspension::Moved, step(1)).unwrap();
    assert_eq!(suspended.status_at(at(2)), Status::Suspended);
    assert_eq!(
        suspended.clone().suspend(Suspension::Unconfirmed, step(2)),
        Err(WrongState(Status::Suspended))
    );
    let back = suspended.clone().reinstate(step(3)).unwrap();
    assert_eq!((back.status_at(at(4)), back.step.clone()), (Status::Active, Some(step(3))));
    assert_eq!(back.reinstate(step(4)), Err(WrongState(Status::Active)));
    let withdrawn = suspended.withdraw(step(3)).unwrap();
    for end in [withdrawn.clone().withdraw(step(4)), withdrawn.reinstate(step(4))] {
        assert_eq!(end, Err(WrongState(Status::Withdrawn)));
    }
    assert_eq!(held().withdraw(step(10)), Err(WrongState(Status::Ended)));
}

#[test]
fn a_reach_is_read_as_it_is_written() {
    let organisation = OrganisationId(Uuid::from_u128(7));
    for reach in [
        Reach::Organisation(organisation),
        Reach::Unit("sektorcert".into()),
        Reach::Sector("energy".to_owned()),
        Reach::National,
    ] {
        assert_eq!(reach.to_string().parse(), Ok(reach));
    }
    for wrong in ["", "unit/", "sector/", "organisation/x", "world", "national/x"] {
        assert_eq!(wrong.parse::<Reach>(), Err(WrongReach), "{wrong}");
    }
}

type Alter = fn(&mut Grant);

#[test]
fn what_may_be_granted_says_what_and_what_for_and_until_when() {
    let functions = |functions: &[Function]| functions.iter().copied().collect::<BTreeSet<_>>();
    let alterations: [(Alter, Result<(), Refusal>); 10] = [
        (|_| {}, Ok(())),
        (|it| it.functions.clear(), Err(Refusal::NoFunction)),
        (|it| it.purpose = "  too short ".to_owned(), Err(Refusal::PurposeLength)),
        (|it| it.purpose = "æ".repeat(2_001), Err(Refusal::PurposeLength)),
        (|it| it.until = Some(at(60)), Err(Refusal::WindowOver)),
        (|it| it.temporary = Some(Temporary::Technician), Err(Refusal::WindowTooLong)),
        (
            |it| {
                it.temporary = Some(Temporary::Technician);
                it.until = Some(at(60) + LONGEST_TEMPORARY + TimeDelta::microseconds(1));
            },
            Err(Refusal::WindowTooLong),
        ),
        (
            |it| {
                it.temporary = Some(Temporary::Technician);
                it.until = Some(at(60) + LONGEST_TEMPORARY);
            },
            Ok(()),
        ),
        (
            |it| {
                it.temporary = Some(Temporary::Auditor);
                it.functions.insert(Function::Erase);
                it.until = Some(at(3_600));
            },
            Err(Refusal::AuditApart),
        ),
        (|it| it.functions = BTreeSet::from([Function::Audit]), Err(Refusal::AuditHome)),
    ];
    let officer = Role::Officer { unit: "csirt".into() };
    for (index, (alter, expected)) in alterations.into_iter().enumerate() {
        let mut grant = grant();
        alter(&mut grant);
        assert_eq!(grant.check(&officer, LONGEST_TEMPORARY, at(60)), expected, "{index}");
    }
    let audit = Grant { functions: functions(&[Function::Audit]), ..grant() };
    assert_eq!(audit.check(&Role::SecurityOfficer, LONGEST_TEMPORARY, at(60)), Ok(()));
    let both = Grant { functions: functions(&[Function::Audit, Function::Administer]), ..grant() };
    assert_eq!(both.check(&Role::SecurityOfficer, LONGEST_TEMPORARY, at(60)), Err(Refusal::AuditApart));
}

#[test]
fn whoever_audits_does_not_write_by_another_authorisation() {
    let functions = |function: Function| BTreeSet::from([function]);
    let of = |function: Function| Authorisation { functions: functions(function), ..held() };
    let beside = |function: Function, held: &[Authorisation]| {
        check_beside(&functions(function), held, at(5)) == Err(Refusal::AuditBeside)
    };
    for function in Function::ALL {
        let writes = !matches!(function, Function::Read | Function::Audit);
        assert_eq!(beside(Function::Audit, &[of(function)]), writes, "audit beside {function:?}");
        assert_eq!(beside(function, &[of(Function::Audit)]), writes, "{function:?} beside audit");
        assert!(!beside(function, &[of(Function::Decide)]) || function == Function::Audit, "{function:?}");
    }
    // By one that begins later, too, and never by one that gives nothing any more.
    let audits = of(Function::Audit);
    let later = Authorisation { from: at(6), ..audits.clone() };
    assert!(beside(Function::Administer, &[of(Function::Read), later]));
    let over = Authorisation { until: Some(at(5)), ..audits.clone() };
    let suspended = audits.clone().suspend(Suspension::Moved, step(1)).unwrap();
    assert!(!beside(Function::Administer, &[over, suspended, audits.withdraw(step(1)).unwrap()]));
}

#[test]
fn sectors_and_the_nation_are_units_of_the_pack() {
    let pack = varsel_rules::Pack::from_files(&varsel_rules::PackFiles::embedded("dk")).unwrap();
    let names = |function, reach: &Reach| -> Vec<String> {
        units_of(&pack, function, reach).into_iter().map(|unit| unit.0).collect()
    };
    let energy = names(Function::Read, &Reach::Sector("energy".to_owned()));
    assert!(energy.contains(&"sektorcert".to_owned()) && energy.contains(&"ens".to_owned()), "{energy:?}");
    assert!(!energy.contains(&"csirt".to_owned()));
    assert_eq!(names(Function::Read, &Reach::National), ["csirt", "spoc"]);
    assert_eq!(names(Function::Administer, &Reach::National), Vec::<String>::new());
    assert_eq!(names(Function::Read, &Reach::Sector("nowhere".to_owned())), Vec::<String>::new());
}

proptest! {
    /// A right for a time gives something inside its window only.
    #[test]
    fn rights_hold_inside_the_window_only(from in 0..100_i64, length in 1..100_i64, now in -10..220_i64) {
        let temporary = Authorisation {
            from: at(from),
            until: Some(at(from + length)),
            temporary: Some(Temporary::Technician),
            ..held()
        };
        let rights = Rights::effective(&[temporary], at(now), |_, _| Vec::new());
        prop_assert_eq!(!rights.is_empty(), (from..from + length).contains(&now));
    }
}
