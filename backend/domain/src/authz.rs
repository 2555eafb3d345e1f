//! Who may do what: one pure function over a small space, whose whole table is a reviewed snapshot.
//!
//! It asks one thing: has the actor a right whose function is the action's, and whose reach covers the resource? Without
//! any right one still sees and ends one's own sessions, sees and gives up one's own authorisations, and asks for others.

#[cfg(test)]
mod tests;

use std::collections::BTreeSet;

use crate::authorisation::{Function, Reach, Right};
use crate::change::Author;
use crate::{Actor, OrganisationId, PersonId, UnitId};

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
    /// Confirm the proposed severity of an incident, or set another.
    ConfirmSeverity,
    /// Propose that incidents are erased at once, and approve that; administering the platform is asked for besides.
    Erase,
    /// See versions of the rules that are not published, and what they would do to stored incidents; send further ones.
    MaintainPacks,
    /// See critical changes.
    ReadChanges,
    /// Propose a critical change, and withdraw one's own proposal.
    ProposeChange,
    /// Approve or reject a critical change that somebody else proposed.
    ApproveChange,
    /// See the sessions of a person, and end them; say that they have left.
    EndSessions,
    /// See the accounts of Varsel's own, invite people to them, start them afresh and close them.
    KeepAccounts,
    /// See through which identity providers people sign in, and which wait to be trusted.
    ReadProviders,
    /// See the critical settings: those that hold, and those that wait to be adopted.
    ReadSettings,
    /// See the rejected attempts, their patterns and the blocks.
    ReadAttempts,
    /// Follow up a block: take it over, close its task with a reason, open the way in before its time.
    FollowUpAttempt,
    /// See the log of use, in an investigation.
    ReadUses,
    /// See how long data is kept, what is due, and which incidents are held.
    ReadRetention,
    /// See which root keys the vault needs, how many keys it holds, and when they were replaced.
    ReadVault,
    /// Make the report for the supervising authority.
    MakeComplianceReport,
    /// See an authorisation, and when it was last used.
    ReadAuthorisations,
    /// Withdraw an authorisation.
    WithdrawAuthorisation,
    /// Confirm or withdraw an authorisation in a review.
    Review,
}

impl Action {
    /// Every action, for the policy table.
    pub const ALL: [Self; 25] = [
        Self::Submit,
        Self::ReadIncident,
        Self::ReadReceipt,
        Self::ReadQueue,
        Self::RequestReport,
        Self::Reassess,
        Self::ConfirmSeverity,
        Self::Erase,
        Self::MaintainPacks,
        Self::ReadChanges,
        Self::ProposeChange,
        Self::ApproveChange,
        Self::EndSessions,
        Self::KeepAccounts,
        Self::ReadProviders,
        Self::ReadSettings,
        Self::ReadAttempts,
        Self::FollowUpAttempt,
        Self::ReadUses,
        Self::ReadRetention,
        Self::ReadVault,
        Self::MakeComplianceReport,
        Self::ReadAuthorisations,
        Self::WithdrawAuthorisation,
        Self::Review,
    ];

    /// The functions of which each gives this action.
    pub fn functions(self) -> &'static [Function] {
        match self {
            Self::Submit => &[Function::Input],
            Self::ReadIncident | Self::ReadReceipt | Self::ReadQueue => &[Function::Read],
            Self::Reassess | Self::RequestReport | Self::ConfirmSeverity => &[Function::Decide],
            Self::Erase => &[Function::Erase],
            Self::MaintainPacks
            | Self::ReadChanges
            | Self::ProposeChange
            | Self::ApproveChange
            | Self::EndSessions
            | Self::WithdrawAuthorisation
            | Self::KeepAccounts
            | Self::Review => &[Function::Administer],
            Self::ReadUses => &[Function::Audit],
            Self::ReadAuthorisations
            | Self::ReadAttempts
            | Self::FollowUpAttempt
            | Self::ReadProviders
            | Self::ReadSettings
            | Self::ReadRetention
            | Self::ReadVault
            | Self::MakeComplianceReport => &[Function::Administer, Function::Audit],
        }
    }
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
    /// The critical settings.
    Settings,
    /// The critical changes of the platform itself.
    Changes,
    /// One of those, by who proposed it.
    Change(Author),
    /// A proposal to give somebody a right.
    Grant {
        /// The account that proposed it.
        proposer: PersonId,
        /// The account that is to have it.
        holder: PersonId,
        /// Oneself where the actor may be the human being behind either.
        author: Author,
        /// How far the right reaches.
        reach: &'a Reach,
    },
    /// What belongs to a person: their sessions.
    Person {
        /// The account.
        id: PersonId,
        /// Where they belong.
        home: &'a Reach,
    },
    /// An authorisation.
    Authorisation {
        /// The account that has it.
        holder: PersonId,
        /// Oneself where the actor may be the human being behind it.
        author: Author,
        /// How far it reaches.
        reach: &'a Reach,
    },
    /// The attempts that were rejected.
    Attempts,
    /// The log of use.
    Uses,
    /// How long data is kept, and what is held.
    Retention,
    /// The vault of keys.
    Vault,
    /// The report for the supervising authority.
    ComplianceReport,
    /// The accounts of Varsel's own.
    Accounts,
}

/// May `actor` do `action` with `resource`?
///
/// Where the answer is no, the caller must not learn whether the resource exists: it is answered as not found.
pub fn permits(actor: &Actor, action: Action, resource: Resource<'_>) -> bool {
    is_ones_own(actor.person, action, resource) || grounds(actor, action, resource).next().is_some()
}

/// The rights by which `actor` may do `action` with `resource`.
pub fn grounds<'a>(
    actor: &'a Actor,
    action: Action,
    resource: Resource<'a>,
) -> impl Iterator<Item = &'a Right> {
    let gives = move |right: &&Right| action.functions().contains(&right.function);
    actor.rights.iter().filter(gives).filter(move |right| reaches(right, action, resource))
}

/// What needs no right: one's own account and requests. By the account, never by who may be the same human being.
fn is_ones_own(person: PersonId, action: Action, resource: Resource<'_>) -> bool {
    match (action, resource) {
        (Action::EndSessions, Resource::Person { id, .. }) => id == person,
        (
            Action::ReadAuthorisations | Action::WithdrawAuthorisation,
            Resource::Authorisation { holder, .. },
        ) => holder == person,
        (Action::ReadChanges, Resource::Grant { proposer, holder, .. }) => {
            proposer == person || holder == person
        }
        (Action::ProposeChange, Resource::Grant { proposer, holder, .. }) => {
            proposer == person && holder == person
        }
        _ => false,
    }
}

fn reaches(right: &Right, action: Action, resource: Resource<'_>) -> bool {
    match (action, resource) {
        (Action::Submit, Resource::Organisation(owner))
        | (Action::Submit | Action::ReadReceipt, Resource::Incident { organisation: owner, .. }) => {
            right.is_of(owner)
        }
        (Action::Erase, Resource::Organisation(owner)) => right.covers(&Reach::Organisation(owner)),
        (Action::ReadIncident, Resource::Incident { organisation, units }) => {
            right.is_of(organisation) || units.iter().any(|unit| right.units.contains(unit))
        }
        (Action::RequestReport, Resource::Incident { units, .. }) => {
            units.iter().any(|unit| right.units.contains(unit))
        }
        (Action::ReadQueue, Resource::Queue(unit))
        | (Action::Reassess | Action::ConfirmSeverity, Resource::LedBy(unit)) => right.units.contains(unit),
        (Action::MaintainPacks, Resource::Packs)
        | (Action::ReadProviders, Resource::Providers)
        | (Action::ReadSettings, Resource::Settings)
        | (Action::KeepAccounts, Resource::Accounts)
        | (Action::ReadAttempts | Action::FollowUpAttempt, Resource::Attempts)
        | (Action::ReadUses, Resource::Uses)
        | (Action::ReadRetention, Resource::Retention)
        | (Action::ReadVault, Resource::Vault)
        | (Action::MakeComplianceReport, Resource::ComplianceReport)
        | (
            Action::ReadChanges | Action::ProposeChange,
            Resource::Changes | Resource::Change(Author::Oneself),
        )
        | (Action::Erase, Resource::Changes)
        | (Action::ReadChanges | Action::ApproveChange, Resource::Change(Author::AnotherPerson)) => {
            right.reach == Reach::National
        }
        (Action::ReadChanges | Action::ProposeChange, Resource::Grant { reach, .. })
        | (Action::ApproveChange, Resource::Grant { author: Author::AnotherPerson, reach, .. })
        | (Action::EndSessions, Resource::Person { home: reach, .. })
        | (
            Action::ReadAuthorisations | Action::WithdrawAuthorisation,
            Resource::Authorisation { reach, .. },
        )
        | (Action::Review, Resource::Authorisation { author: Author::AnotherPerson, reach, .. }) => {
            right.covers(reach)
        }
        _ => false,
    }
}

/// Where somebody may do something with what has a reach: authorisations, proposals about them, reviews.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reaches {
    /// Everywhere.
    All,
    /// Here only; nowhere where it is empty. Sorted, each once.
    These(Vec<Reach>),
}

impl Reaches {
    /// Where `actor` may do `action`: the same reaches for which [`permits`] allows it.
    pub fn of(actor: &Actor, action: Action) -> Self {
        let gives = |right: &&Right| action.functions().contains(&right.function);
        let mut reaches = BTreeSet::new();
        for right in actor.rights.iter().filter(gives) {
            if right.reach == Reach::National {
                return Self::All;
            }
            reaches.insert(right.reach.clone());
            reaches.extend(right.units.iter().cloned().map(Reach::Unit));
        }
        Self::These(reaches.into_iter().collect())
    }

    /// Nowhere at all.
    pub fn is_empty(&self) -> bool {
        matches!(self, Self::These(reaches) if reaches.is_empty())
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
        let read = || actor.rights.iter().filter(|right| right.function == Function::Read);
        let organisation = |right: &Right| match right.reach {
            Reach::Organisation(id) => Some(id),
            _ => None,
        };
        Self::some(read().filter_map(organisation), read().flat_map(|right| right.units.iter().cloned()))
    }

    /// Of what `actor` may see, the incidents of one organisation.
    pub fn of_organisation(actor: &Actor, organisation: OrganisationId) -> Self {
        let all = Resource::Incident { organisation, units: &[] };
        let may = permits(actor, Action::ReadIncident, all);
        Self::some(may.then_some(organisation), [])
    }

    /// What `actor` sees while filing for an organisation: what they may see anyway, and the incidents of the
    /// organisation where [`permits`] allows [`Action::Submit`]: whoever sends a report gets it back with its receipt.
    pub fn to_file(actor: &Actor, organisation: OrganisationId) -> Self {
        let may = permits(actor, Action::Submit, Resource::Organisation(organisation));
        match Self::of(actor).0 {
            Rows::Some { organisations, units } => {
                Self::some(organisations.into_iter().chain(may.then_some(organisation)), units)
            }
            Rows::System => Self::nothing(),
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
