use std::collections::BTreeSet;
use std::fmt::Write as _;

use chrono::{DateTime, TimeDelta, Utc};
use proptest::prelude::*;
use uuid::Uuid;

use super::*;
use crate::authorisation::{Authorisation, Basis, Purpose, Rights, State, Suspension, Temporary};
use crate::{AuthorisationId, Role};

const ME: PersonId = PersonId(Uuid::nil());
const OTHER: PersonId = PersonId(Uuid::from_u128(9));

fn organisation(n: u128) -> OrganisationId {
    OrganisationId(Uuid::from_u128(n))
}

fn now() -> DateTime<Utc> {
    DateTime::from_timestamp(1_795_598_400, 0).unwrap()
}

/// A small country: one sector of two units, and two national ones.
fn units(function: Function, reach: &Reach) -> Vec<UnitId> {
    let platform = matches!(function, Function::Administer | Function::Audit);
    match reach {
        Reach::Unit(unit) => vec![unit.clone()],
        Reach::Sector(_) => vec!["ens".into(), "sektorcert".into()],
        Reach::National if !platform => vec!["csirt".into(), "spoc".into()],
        Reach::Organisation(_) | Reach::National => Vec::new(),
    }
}

fn held(functions: &[Function], reach: Reach) -> Authorisation {
    Authorisation {
        id: AuthorisationId(Uuid::from_u128(1)),
        holder: ME,
        functions: functions.iter().copied().collect(),
        reach,
        purpose: Purpose::Stated("To see that it works.".to_owned()),
        from: now() - TimeDelta::days(1),
        until: None,
        temporary: None,
        basis: Basis::Bootstrap,
        state: State::Active,
        granted_at: now() - TimeDelta::days(1),
        step: None,
    }
}

fn actor(role: Role, authorisations: &[Authorisation]) -> Actor {
    let rights = Rights::effective(authorisations, now(), units);
    Actor { person: ME, name: String::new(), role, rights }
}

fn with(held: Authorisation) -> Actor {
    actor(Role::Officer { unit: "ens".into() }, &[held])
}

fn roles() -> [(&'static str, Role); 5] {
    [
        ("reporter", Role::Reporter { organisation: organisation(1) }),
        ("officer", Role::Officer { unit: "sektorcert".into() }),
        ("coordinator", Role::Coordinator { unit: "spoc".into() }),
        ("security officer", Role::SecurityOfficer),
        ("administrator", Role::Administrator),
    ]
}

fn reaches() -> [(&'static str, Reach); 4] {
    [
        ("organisation", Reach::Organisation(organisation(1))),
        ("unit", Reach::Unit("sektorcert".into())),
        ("sector", Reach::Sector("energy".to_owned())),
        ("national", Reach::National),
    ]
}

/// Those who cannot do anything, each for a reason of its own.
fn powerless() -> Vec<(&'static str, Authorisation)> {
    let all = || held(&Function::ALL, Reach::National);
    let auditor = |until| Authorisation {
        temporary: Some(Temporary::Auditor),
        until: Some(until),
        ..held(&[Function::Audit], Reach::National)
    };
    vec![
        (
            "suspended after a review",
            Authorisation { state: State::Suspended(Suspension::Unconfirmed), ..all() },
        ),
        ("suspended after a move", Authorisation { state: State::Suspended(Suspension::Moved), ..all() }),
        ("withdrawn", Authorisation { state: State::Withdrawn, ..all() }),
        ("not yet", Authorisation { from: now() + TimeDelta::microseconds(1), ..all() }),
        ("auditor, a moment late", auditor(now())),
    ]
}

/// Everybody of the table.
fn people() -> Vec<(String, Actor)> {
    let mut people = vec![("no authorisation".to_owned(), actor(Role::Administrator, &[]))];
    for (name, role) in roles() {
        let usual = held(role.usual_functions(), role.home());
        people.push((format!("{name}, as usual"), actor(role, &[usual])));
    }
    for function in Function::ALL {
        for (name, reach) in reaches() {
            people.push((format!("{} {name}", function.word()), with(held(&[function], reach))));
        }
    }
    for (name, held) in powerless() {
        people.push((name.to_owned(), with(held)));
    }
    let in_time = Authorisation {
        temporary: Some(Temporary::Auditor),
        until: Some(now() + TimeDelta::microseconds(1)),
        ..held(&[Function::Audit, Function::Read], Reach::Unit("sektorcert".into()))
    };
    people.push(("auditor, in time".to_owned(), with(in_time)));
    people
}

static OWN_UNITS: std::sync::LazyLock<[UnitId; 2]> =
    std::sync::LazyLock::new(|| ["sektorcert".into(), "spoc".into()]);
static OTHER_UNITS: std::sync::LazyLock<[UnitId; 1]> = std::sync::LazyLock::new(|| ["datatilsynet".into()]);
static REACHES: std::sync::LazyLock<[(&'static str, Reach); 6]> = std::sync::LazyLock::new(|| {
    let [organisation_1, unit, sector, national] = reaches();
    let others = ("other organisation", Reach::Organisation(organisation(2)));
    [organisation_1, others, unit, ("other unit", Reach::Unit("datatilsynet".into())), sector, national]
});

fn of_incidents() -> Vec<(String, Resource<'static>)> {
    let incident = |n, units| Resource::Incident { organisation: organisation(n), units };
    let named = [
        ("own organisation", Resource::Organisation(organisation(1))),
        ("other organisation", Resource::Organisation(organisation(2))),
        ("own incident, own unit", incident(1, &OWN_UNITS[..])),
        ("own incident, other unit", incident(1, &OTHER_UNITS[..])),
        ("other incident, own unit", incident(2, &OWN_UNITS[..])),
        ("other incident, other unit", incident(2, &OTHER_UNITS[..])),
        ("queue of sektorcert", Resource::Queue(&OWN_UNITS[0])),
        ("queue of spoc", Resource::Queue(&OWN_UNITS[1])),
        ("queue of datatilsynet", Resource::Queue(&OTHER_UNITS[0])),
        ("led by sektorcert", Resource::LedBy(&OWN_UNITS[0])),
        ("led by spoc", Resource::LedBy(&OWN_UNITS[1])),
        ("led by datatilsynet", Resource::LedBy(&OTHER_UNITS[0])),
    ];
    named.into_iter().map(|(name, resource)| (name.to_owned(), resource)).collect()
}

fn of_the_platform() -> Vec<(String, Resource<'static>)> {
    let mut all: Vec<(String, Resource<'static>)> = vec![
        ("packs".to_owned(), Resource::Packs),
        ("changes".to_owned(), Resource::Changes),
        ("own change".to_owned(), Resource::Change(Author::Oneself)),
        ("other's change".to_owned(), Resource::Change(Author::AnotherPerson)),
        ("attempts".to_owned(), Resource::Attempts),
        ("uses".to_owned(), Resource::Uses),
        ("providers".to_owned(), Resource::Providers),
        ("settings".to_owned(), Resource::Settings),
        ("accounts".to_owned(), Resource::Accounts),
        ("retention".to_owned(), Resource::Retention),
        ("vault".to_owned(), Resource::Vault),
        ("compliance report".to_owned(), Resource::ComplianceReport),
        ("oneself".to_owned(), Resource::Person { id: ME, home: &Reach::National }),
    ];
    for (name, reach) in REACHES.iter() {
        all.push((format!("person of {name}"), Resource::Person { id: OTHER, home: reach }));
        let right = |holder, author| Resource::Authorisation { holder, author, reach };
        all.push((format!("own right {name}"), right(ME, Author::Oneself)));
        all.push((format!("right {name}"), right(OTHER, Author::AnotherPerson)));
        let grant = |proposer, holder, author| Resource::Grant { proposer, holder, author, reach };
        all.push((format!("own request {name}"), grant(ME, ME, Author::Oneself)));
        all.push((format!("own proposal {name}"), grant(ME, OTHER, Author::Oneself)));
        all.push((format!("other's proposal for me {name}"), grant(OTHER, ME, Author::Oneself)));
        all.push((format!("perhaps for me {name}"), grant(OTHER, OTHER, Author::Oneself)));
        all.push((format!("proposal {name}"), grant(OTHER, OTHER, Author::AnotherPerson)));
    }
    all
}

fn resources() -> Vec<(String, Resource<'static>)> {
    of_incidents().into_iter().chain(of_the_platform()).collect()
}

/// What each may do, in a line for each action: everything that is not in the line is refused. After the first, who
/// has no authorisation, it is what they may do besides.
#[test]
fn the_policy_table_is_as_reviewed() {
    let (resources, nobody) = (resources(), actor(Role::Administrator, &[]));
    let mut table = String::new();
    for (who, actor) in people() {
        let _ = writeln!(table, "{who}");
        let besides = |action, resource| actor.rights.is_empty() || !permits(&nobody, action, resource);
        for action in Action::ALL {
            let allowed: Vec<_> = resources
                .iter()
                .filter(|(_, resource)| permits(&actor, action, *resource) && besides(action, *resource))
                .map(|(name, _)| name.as_str())
                .collect();
            if !allowed.is_empty() {
                let action = format!("{action:?}");
                let _ = writeln!(table, "  {action:<22}{}", allowed.join("; "));
            }
        }
    }
    insta::assert_snapshot!(table);
}

/// What changes nothing but the log of use.
const READS: [Action; 12] = [
    Action::ReadIncident,
    Action::ReadReceipt,
    Action::ReadQueue,
    Action::ReadChanges,
    Action::ReadProviders,
    Action::ReadSettings,
    Action::ReadAttempts,
    Action::ReadUses,
    Action::ReadRetention,
    Action::ReadVault,
    Action::MakeComplianceReport,
    Action::ReadAuthorisations,
];

/// Whoever audits watches over the rejected attempts as well: they find out why a way in was closed, and may open it. That
/// touches no report, no right and no rule.
const WRITTEN_BY_WHOEVER_AUDITS: Action = Action::FollowUpAttempt;

fn allowed(actor: &Actor) -> BTreeSet<(String, String)> {
    let mut allowed = BTreeSet::new();
    for action in Action::ALL {
        for (name, resource) in resources() {
            if permits(actor, action, resource) {
                allowed.insert((format!("{action:?}"), name));
            }
        }
    }
    allowed
}

#[test]
fn without_a_right_there_is_ones_own_account_and_nothing_else() {
    let nothing = allowed(&actor(Role::Administrator, &[]));
    let own = |(action, what): &(String, String)| {
        let account = action == "EndSessions" && what == "oneself";
        let rights = action.ends_with("Authorisation") || action == "ReadAuthorisations";
        let requests =
            action == "ReadChanges" || (action == "ProposeChange" && what.starts_with("own request"));
        account
            || (rights && what.starts_with("own right"))
            || (requests && what.starts_with("own "))
            || what.contains("for me")
    };
    assert!(!nothing.is_empty() && nothing.iter().all(own), "{nothing:?}");
    for (who, held) in powerless() {
        assert_eq!(allowed(&with(held)), nothing, "{who}");
    }
    // The role alone is nothing.
    for (who, role) in roles() {
        assert_eq!(allowed(&actor(role, &[])), nothing, "{who}");
    }
}

#[test]
fn whoever_audits_writes_nothing() {
    let nothing = actor(Role::SecurityOfficer, &[]);
    for (_, reach) in reaches() {
        let auditor = with(held(&[Function::Audit, Function::Read], reach));
        let writes = |action: &Action| !READS.contains(action) && *action != WRITTEN_BY_WHOEVER_AUDITS;
        for action in Action::ALL.into_iter().filter(writes) {
            for (what, resource) in resources() {
                let by_right = permits(&auditor, action, resource) && !permits(&nothing, action, resource);
                assert!(!by_right, "{action:?} {what}");
            }
        }
    }
}

#[test]
fn each_function_gives_its_own_actions_only() {
    for action in Action::ALL {
        for function in Function::ALL.into_iter().filter(|it| !action.functions().contains(it)) {
            for (name, reach) in reaches() {
                let holder = with(held(&[function], reach));
                for (what, resource) in resources() {
                    assert_eq!(
                        grounds(&holder, action, resource).count(),
                        0,
                        "{function:?} {name}: {action:?} {what}"
                    );
                }
            }
        }
    }
    assert_eq!(Action::Erase.functions(), [Function::Erase]);
    assert_eq!(Action::Submit.functions(), [Function::Input]);
}

#[test]
fn whoever_watches_over_access_or_rules_sees_no_incident() {
    for role in [Role::SecurityOfficer, Role::Administrator] {
        let usual = held(role.usual_functions(), role.home());
        let nothing = Rows::Some { organisations: Vec::new(), units: Vec::new() };
        assert_eq!(Scope::of(&actor(role, &[usual])).rows(), &nothing);
    }
}

fn any_reach() -> impl Strategy<Value = Reach> {
    prop_oneof![
        (1..4_u128).prop_map(|n| Reach::Organisation(organisation(n))),
        prop::sample::select(vec!["ens", "sektorcert", "csirt", "spoc", "datatilsynet"])
            .prop_map(|unit| Reach::Unit(unit.into())),
        Just(Reach::Sector("energy".to_owned())),
        Just(Reach::National),
    ]
}

fn any_held() -> impl Strategy<Value = Authorisation> {
    let functions = prop::collection::btree_set(prop::sample::select(Function::ALL.to_vec()), 1..4);
    let state = prop_oneof![
        3 => Just(State::Active),
        1 => Just(State::Suspended(Suspension::Moved)),
        1 => Just(State::Withdrawn),
    ];
    (functions, any_reach(), state, -2..3_i64, prop::option::of(-2..3_i64), 1..6_u128).prop_map(
        |(functions, reach, state, from, until, id)| Authorisation {
            id: AuthorisationId(Uuid::from_u128(id)),
            functions,
            state,
            from: now() + TimeDelta::seconds(from),
            until: until.map(|until| now() + TimeDelta::seconds(until)),
            ..held(&[], reach)
        },
    )
}

proptest! {
    /// Lists show what `permits` allows, whatever somebody holds.
    #[test]
    fn a_scope_lets_through_what_may_be_read(
        held in prop::collection::vec(any_held(), 0..5),
        owner in 1..4_u128,
        cases in prop::collection::vec(prop::sample::select(vec!["ens", "sektorcert", "csirt", "spoc", "datatilsynet"]), 0..3),
    ) {
        let actor = actor(Role::Officer { unit: "ens".into() }, &held);
        let cases: Vec<UnitId> = cases.into_iter().map(UnitId::from).collect();
        let incident = Resource::Incident { organisation: organisation(owner), units: &cases };
        let scope = Scope::of(&actor);
        let Rows::Some { organisations, units } = scope.rows() else { panic!("a person has the system's scope") };
        let through = organisations.contains(&organisation(owner)) || cases.iter().any(|unit| units.contains(unit));
        prop_assert_eq!(through, permits(&actor, Action::ReadIncident, incident));
    }

    /// Lists of authorisations show what `permits` allows.
    #[test]
    fn reaches_hold_what_may_be_read(held in prop::collection::vec(any_held(), 0..5), reach in any_reach()) {
        let actor = actor(Role::Officer { unit: "ens".into() }, &held);
        for action in [Action::ReadAuthorisations, Action::WithdrawAuthorisation, Action::Review] {
            let right = Resource::Authorisation { holder: OTHER, author: Author::AnotherPerson, reach: &reach };
            let listed = match Reaches::of(&actor, action) {
                Reaches::All => true,
                Reaches::These(reaches) => reaches.contains(&reach),
            };
            prop_assert_eq!(listed, permits(&actor, action, right), "{:?}", action);
        }
    }

    /// Nobody writes for an organisation without a right to input that names that organisation and holds now.
    #[test]
    fn nobody_writes_for_another_organisation(held in prop::collection::vec(any_held(), 0..5), owner in 1..4_u128) {
        let actor = actor(Role::Reporter { organisation: organisation(owner) }, &held);
        let named = held.iter().any(|it| {
            it.state == State::Active
                && it.functions.contains(&Function::Input)
                && it.reach == Reach::Organisation(organisation(owner))
                && it.from <= now()
                && it.until.is_none_or(|until| now() < until)
        });
        prop_assert_eq!(permits(&actor, Action::Submit, Resource::Organisation(organisation(owner))), named);
        let incident = Resource::Incident { organisation: organisation(owner), units: &[] };
        prop_assert_eq!(permits(&actor, Action::Submit, incident), named);
    }

    /// Nobody approves for oneself, or reviews what is one's own, whatever they hold.
    #[test]
    fn nobody_gives_a_right_to_themself(held in prop::collection::vec(any_held(), 0..5), reach in any_reach()) {
        let actor = actor(Role::Administrator, &held);
        for (proposer, holder) in [(ME, OTHER), (OTHER, ME), (ME, ME), (OTHER, OTHER)] {
            let grant = Resource::Grant { proposer, holder, author: Author::Oneself, reach: &reach };
            prop_assert!(!permits(&actor, Action::ApproveChange, grant));
            let own = Resource::Authorisation { holder, author: Author::Oneself, reach: &reach };
            prop_assert!(!permits(&actor, Action::Review, own));
        }
        prop_assert!(!permits(&actor, Action::ApproveChange, Resource::Change(Author::Oneself)));
    }

    /// Taking an authorisation away never gives anything.
    #[test]
    fn fewer_authorisations_give_less(held in prop::collection::vec(any_held(), 1..5)) {
        let (fewer, all) = (allowed(&with_all(&held[1..])), allowed(&with_all(&held)));
        prop_assert!(fewer.is_subset(&all));
    }
}

fn with_all(held: &[Authorisation]) -> Actor {
    actor(Role::Officer { unit: "ens".into() }, held)
}
