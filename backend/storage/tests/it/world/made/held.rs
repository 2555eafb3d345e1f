//! What the viewer of a world holds.

use std::collections::BTreeSet;

use proptest::collection::btree_set;
use proptest::option;
use proptest::prelude::Just;
use proptest::prop_oneof;
use proptest::sample::select;
use proptest::strategy::Strategy;
use varsel_domain::authorisation::{Authorisation, Function, Reach, State, Suspension};
use varsel_domain::{Actor, UnitId};

use super::{ORGANISATIONS, UNITS, organisation_of};
use crate::builder::{an_actor, an_authorisation};

/// An authorisation, its window in minutes from when the viewer looks.
#[derive(Debug, Clone)]
pub(super) struct Held {
    functions: BTreeSet<Function>,
    reach: Reach,
    window: (i64, Option<i64>),
    state: State,
}

/// An authorisation of any scope, functions, window and standing; most hold, and most let somebody read.
pub(super) fn any() -> impl Strategy<Value = Held> {
    let functions = prop_oneof![
        3 => btree_set(select(Function::ALL.to_vec()), 0..3).prop_map(|mut functions| {
            functions.insert(Function::Read);
            functions
        }),
        1 => btree_set(select(Function::ALL.to_vec()), 1..4),
    ];
    let reach = prop_oneof![
        3 => (0..ORGANISATIONS.len()).prop_map(|n| Reach::Organisation(organisation_of(n))),
        4 => select(UNITS.to_vec()).prop_map(|unit| Reach::Unit(unit.into())),
        1 => Just(Reach::Sector("energy".to_owned())),
        1 => Just(Reach::National),
    ];
    let window = prop_oneof![
        4 => Just((-2, None)),
        1 => (-2..3_i64, option::of(-1..4_i64)),
    ];
    let state = prop_oneof![
        8 => Just(State::Active),
        1 => Just(State::Suspended(Suspension::Unconfirmed)),
        1 => Just(State::Withdrawn),
    ];
    (functions, reach, window, state).prop_map(|(functions, reach, window, state)| Held {
        functions,
        reach,
        window,
        state,
    })
}

/// A small country: a sector of two units, and two national ones.
fn units(function: Function, reach: &Reach) -> Vec<UnitId> {
    let platform = matches!(function, Function::Administer | Function::Audit);
    match reach {
        Reach::Unit(unit) => vec![unit.clone()],
        Reach::Sector(_) => vec![UNITS[1].into(), UNITS[2].into()],
        Reach::National if !platform => vec![UNITS[0].into(), UNITS[3].into()],
        Reach::Organisation(_) | Reach::National => Vec::new(),
    }
}

impl Held {
    /// Whether it lets somebody read at the moment.
    pub(super) fn reads(&self) -> bool {
        let (from, until) = self.window;
        let holds = self.state == State::Active && from <= 0 && until.is_none_or(|until| until > 0);
        holds && self.functions.contains(&Function::Read)
    }

    fn authorisation(&self, place: usize) -> Authorisation {
        let what = (self.functions.clone(), self.reach.clone());
        an_authorisation(place, what, self.window, self.state)
    }
}

/// Who holds these, as they look.
pub(super) fn actor(held: &[Held]) -> Actor {
    let all: Vec<_> = held.iter().enumerate().map(|(place, held)| held.authorisation(place)).collect();
    an_actor(&all, units)
}
