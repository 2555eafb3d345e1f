//! Who may do what: one pure function over a small space, whose whole table is a reviewed snapshot.

use std::collections::BTreeSet;

use crate::change::Author;
use crate::{Actor, OrganisationId, PersonId, Role, UnitId};

/// What somebody wants to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Action {
    /// File a report for an organisation, or a further filing on its incident.
    Submit,
    /// See an incident, in one's own projection.
    ReadIncident,
    /// See the receipt and the whole assessment of an incident.
    ReadReceipt,
    /// See the queue of a unit and its changes.
    ReadQueue,
    /// Ask for a report on an incident that is owed only on request, for a unit that may.
    RequestReport,
    /// Have an incident assessed anew under another version of the rules.
    Reassess,
    /// See versions of the rules that are not published, and what they would do to stored incidents; send further ones.
    MaintainPacks,
    /// See critical changes.
    ReadChanges,
    /// Propose a critical change, and withdraw one's own proposal.
    ProposeChange,
    /// Approve or reject a critical change that somebody else proposed.
    ApproveChange,
    /// See the sessions of a person, and end them.
    EndSessions,
    /// See through which identity providers people sign in, and which wait to be trusted.
    ReadProviders,
}

impl Action {
    /// Every action, for the policy table.
    pub const ALL: [Self; 12] = [
        Self::Submit,
        Self::ReadIncident,
        Self::ReadReceipt,
        Self::ReadQueue,
        Self::RequestReport,
        Self::Reassess,
        Self::MaintainPacks,
        Self::ReadChanges,
        Self::ProposeChange,
        Self::ApproveChange,
        Self::EndSessions,
        Self::ReadProviders,
    ];
}

/// What it is to be done with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Resource<'a> {
    /// Reports of an organisation.
    Organisation(OrganisationId),
    /// An incident: whose it is, and the units that have a case in it.
    Incident {
        /// The organisation that reported it.
        organisation: OrganisationId,
        /// The units with a case.
        units: &'a [UnitId],
    },
    /// The queue of a unit.
    Queue(&'a UnitId),
    /// An incident, by the unit that leads.
    LedBy(&'a UnitId),
    /// The versions of the rule pack.
    Packs,
    /// The identity providers.
    Providers,
    /// The critical changes.
    Changes,
    /// One critical change, by who proposed it.
    Change(Author),
    /// What belongs to a person: their sessions.
    Person(PersonId),
}

/// May `actor` do `action` with `resource`?
///
/// Where the answer is no, the caller must not learn whether the resource exists: it is answered as not found.
pub fn permits(actor: &Actor, action: Action, resource: Resource<'_>) -> bool {
    match (&actor.role, action, resource) {
        (Role::Reporter { organisation }, Action::Submit, Resource::Organisation(owner))
        | (
            Role::Reporter { organisation },
            Action::Submit | Action::ReadIncident | Action::ReadReceipt,
            Resource::Incident { organisation: owner, .. },
        ) => *organisation == owner,
        (
            Role::Officer { unit } | Role::Coordinator { unit },
            Action::ReadIncident,
            Resource::Incident { units, .. },
        ) => units.contains(unit),
        (Role::Officer { unit }, Action::RequestReport, Resource::Incident { units, .. }) => {
            units.contains(unit)
        }
        (Role::Officer { unit } | Role::Coordinator { unit }, Action::ReadQueue, Resource::Queue(queue)) => {
            unit == queue
        }
        (Role::Officer { unit }, Action::Reassess, Resource::LedBy(lead)) => unit == lead,
        (Role::Administrator, Action::MaintainPacks, Resource::Packs)
        | (Role::Administrator | Role::SecurityOfficer, Action::ReadProviders, Resource::Providers)
        | (
            Role::Administrator,
            Action::ReadChanges | Action::ProposeChange,
            Resource::Changes | Resource::Change(Author::Oneself),
        )
        | (
            Role::Administrator,
            Action::ReadChanges | Action::ApproveChange,
            Resource::Change(Author::AnotherPerson),
        ) => true,
        (role, Action::EndSessions, Resource::Person(person)) => {
            person == actor.person || *role == Role::Administrator
        }
        _ => false,
    }
}

/// The rows an actor may see in lists. Only this module makes one, so no query can forget it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Scope(Rows);

/// What a [`Scope`] lets through.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Rows {
    /// Incidents of these organisations, and incidents and cases of these units; two empty sets let nothing through.
    Some {
        /// Sorted, each once.
        organisations: Vec<OrganisationId>,
        /// Sorted, each once.
        units: Vec<UnitId>,
    },
    /// Everything: for jobs that act for the system, never for a person.
    System,
}

impl Scope {
    /// What `actor` may see: the same rows for which [`permits`] allows [`Action::ReadIncident`].
    pub fn of(actor: &Actor) -> Self {
        match &actor.role {
            Role::Reporter { organisation } => Self::some([*organisation], []),
            Role::Officer { unit } | Role::Coordinator { unit } => Self::some([], [unit.clone()]),
            Role::SecurityOfficer | Role::Administrator => Self::some([], []),
        }
    }

    fn some(
        organisations: impl IntoIterator<Item = OrganisationId>,
        units: impl IntoIterator<Item = UnitId>,
    ) -> Self {
        let organisations: BTreeSet<_> = organisations.into_iter().collect();
        let units: BTreeSet<_> = units.into_iter().collect();
        Self(Rows::Some {
            organisations: organisations.into_iter().collect(),
            units: units.into_iter().collect(),
        })
    }

    /// Lets nothing through: for what touches no incident, such as sign-in, sessions and versions of the rules.
    pub fn nothing() -> Self {
        Self::some([], [])
    }

    /// For jobs of the system itself.
    pub fn system() -> Self {
        Self(Rows::System)
    }

    /// For tests: what these people see together, as one would who had all that they have.
    #[cfg(feature = "testing")]
    pub fn together(actors: &[Actor]) -> Self {
        let (mut all_organisations, mut all_units) = (Vec::new(), Vec::new());
        for actor in actors {
            if let Rows::Some { organisations, units } = Self::of(actor).0 {
                all_organisations.extend(organisations);
                all_units.extend(units);
            }
        }
        Self::some(all_organisations, all_units)
    }

    /// What it lets through, for the storage layer to turn into SQL.
    pub fn rows(&self) -> &Rows {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use std::fmt::Write as _;

    use uuid::Uuid;

    use super::*;

    fn organisation(n: u128) -> OrganisationId {
        OrganisationId(Uuid::from_u128(n))
    }

    fn roles() -> Vec<(&'static str, Role)> {
        vec![
            ("reporter", Role::Reporter { organisation: organisation(1) }),
            ("officer", Role::Officer { unit: "sektorcert".into() }),
            ("coordinator", Role::Coordinator { unit: "spoc".into() }),
            ("security officer", Role::SecurityOfficer),
            ("administrator", Role::Administrator),
        ]
    }

    #[test]
    fn the_policy_table_is_as_reviewed() {
        let own_unit: [UnitId; 2] = ["sektorcert".into(), "spoc".into()];
        let other_unit: [UnitId; 1] = ["datatilsynet".into()];
        let resources = [
            ("own organisation", Resource::Organisation(organisation(1))),
            ("other organisation", Resource::Organisation(organisation(2))),
            (
                "own incident, own unit",
                Resource::Incident { organisation: organisation(1), units: &own_unit },
            ),
            (
                "own incident, other unit",
                Resource::Incident { organisation: organisation(1), units: &other_unit },
            ),
            (
                "other incident, own unit",
                Resource::Incident { organisation: organisation(2), units: &own_unit },
            ),
            (
                "other incident, other unit",
                Resource::Incident { organisation: organisation(2), units: &other_unit },
            ),
            ("queue of sektorcert", Resource::Queue(&own_unit[0])),
            ("queue of spoc", Resource::Queue(&own_unit[1])),
            ("queue of datatilsynet", Resource::Queue(&other_unit[0])),
            ("incident led by sektorcert", Resource::LedBy(&own_unit[0])),
            ("incident led by spoc", Resource::LedBy(&own_unit[1])),
            ("incident led by datatilsynet", Resource::LedBy(&other_unit[0])),
            ("packs", Resource::Packs),
            ("providers", Resource::Providers),
            ("changes", Resource::Changes),
            ("change of one's own", Resource::Change(Author::Oneself)),
            ("change of somebody else", Resource::Change(Author::AnotherPerson)),
            ("oneself", Resource::Person(PersonId(Uuid::nil()))),
            ("another person", Resource::Person(PersonId(Uuid::from_u128(9)))),
        ];
        let mut table = String::new();
        for (name, role) in roles() {
            let actor = Actor { person: PersonId(Uuid::nil()), name: name.to_owned(), role };
            for action in Action::ALL {
                for (what, resource) in &resources {
                    let mark = if permits(&actor, action, *resource) { "yes" } else { "-" };
                    let action = format!("{action:?}");
                    let _ = writeln!(table, "{name:<17}{action:<14}{what:<28}{mark}");
                }
            }
        }
        insta::assert_snapshot!(table);
    }

    #[test]
    fn whoever_watches_over_access_or_rules_sees_no_incident() {
        for role in [Role::SecurityOfficer, Role::Administrator] {
            let actor = Actor { person: PersonId(Uuid::nil()), name: String::new(), role };
            assert_eq!(Scope::of(&actor).rows(), &Rows::Some { organisations: vec![], units: vec![] });
        }
    }
}
