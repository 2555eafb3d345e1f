//! Names for people, and the human beings behind accounts.

use std::collections::HashMap;

use varsel_domain::PersonId;
use varsel_domain::change::{Change, Flaw};
use varsel_domain::natural::NaturalPerson;
use varsel_domain::organisation::Person;
use varsel_storage::{Tx, person};

use crate::Result;

/// A statement has room for so many ids.
const AT_ONCE: usize = 500;

/// The people that a part of the report is about.
pub(super) struct People(HashMap<PersonId, Person>);

impl People {
    /// Reads them; those who are gone are left out.
    ///
    /// # Errors
    /// Storage failed.
    pub(super) async fn read(tx: &Tx, ids: impl IntoIterator<Item = PersonId>) -> Result<Self> {
        let mut ids: Vec<_> = ids.into_iter().collect();
        ids.sort_unstable();
        ids.dedup();
        let mut people = HashMap::new();
        for part in ids.chunks(AT_ONCE) {
            let found = person::find_many(tx, part).await?;
            people.extend(found.into_iter().map(|person| (person.id, person)));
        }
        Ok(Self(people))
    }

    /// Somebody's name, or their id where they are gone.
    pub(super) fn name(&self, id: PersonId) -> String {
        self.0.get(&id).map_or_else(|| id.to_string(), |person| person.name.clone())
    }

    /// Whether somebody is one of the demo's people.
    pub(super) fn is_invented(&self, id: PersonId) -> bool {
        self.0.get(&id).is_some_and(|person| person.demo_handle.is_some())
    }

    fn natural(&self, id: PersonId) -> Option<NaturalPerson> {
        self.0.get(&id).map(Person::natural)
    }

    /// Whether whoever decided on a change is, or may be, the person whom it concerns.
    pub(super) fn decided_on_themselves(&self, change: &Change) -> bool {
        let decider = change.decision.as_ref().and_then(|it| it.by).and_then(|id| self.natural(id));
        let person = change.subject().person().and_then(|id| self.natural(id));
        decider.zip(person).is_some_and(|(decider, person)| decider.may_be(&person))
    }

    /// What is wrong with how a change was carried out, if anything.
    pub(super) fn flaw(&self, change: &Change) -> Option<Flaw> {
        let decider = change.decision.as_ref().and_then(|it| it.by).and_then(|id| self.natural(id));
        let person = change.subject().person().and_then(|id| self.natural(id));
        change.flaw(decider.as_ref(), person.as_ref())
    }
}

/// Whom a change concerns.
pub(super) fn of_change(change: &Change) -> impl Iterator<Item = PersonId> {
    let decider = change.decision.as_ref().and_then(|it| it.by);
    [Some(change.proposer.account), decider, change.subject().person()].into_iter().flatten()
}
