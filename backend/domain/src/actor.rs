//! Who acts.

use crate::authorisation::Rights;
use crate::{OrganisationId, PersonId, UnitId};

/// A signed-in person, with what they may do now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Actor {
    /// The natural person.
    pub person: PersonId,
    /// Name, for timelines and the access log.
    pub name: String,
    /// Where they belong. It gives nothing by itself.
    pub role: Role,
    /// What they may do.
    pub rights: Rights,
}

/// Where somebody belongs: which page they see first, and from where they look at an incident. What they may do is in
/// their [`Rights`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Role {
    /// Reports for an organisation.
    Reporter {
        /// That organisation.
        organisation: OrganisationId,
    },
    /// Works on the cases of a unit; the duty officer of the cyber centre is an officer of its unit.
    Officer {
        /// That unit.
        unit: UnitId,
    },
    /// Coordinates nationally, from the single point of contact.
    Coordinator {
        /// That unit.
        unit: UnitId,
    },
    /// Answers for who saw what; sees no incident.
    SecurityOfficer,
    /// Maintains the rules: proposes and approves critical changes; sees no incident.
    Administrator,
}

/// The kinds of role.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum RoleKind {
    /// See [`Role::Reporter`].
    Reporter,
    /// See [`Role::Officer`].
    Officer,
    /// See [`Role::Coordinator`].
    Coordinator,
    /// See [`Role::SecurityOfficer`].
    SecurityOfficer,
    /// See [`Role::Administrator`].
    Administrator,
}

impl Role {
    /// Its kind.
    pub fn kind(&self) -> RoleKind {
        match self {
            Self::Reporter { .. } => RoleKind::Reporter,
            Self::Officer { .. } => RoleKind::Officer,
            Self::Coordinator { .. } => RoleKind::Coordinator,
            Self::SecurityOfficer => RoleKind::SecurityOfficer,
            Self::Administrator => RoleKind::Administrator,
        }
    }
}

impl Actor {
    /// The organisation for which the actor reports.
    pub fn organisation(&self) -> Option<OrganisationId> {
        match self.role {
            Role::Reporter { organisation } => Some(organisation),
            _ => None,
        }
    }

    /// The unit for which the actor works.
    pub fn unit(&self) -> Option<&UnitId> {
        match &self.role {
            Role::Officer { unit } | Role::Coordinator { unit } => Some(unit),
            _ => None,
        }
    }
}
