//! Who is signed in, and for whom.

use std::collections::BTreeSet;

use async_graphql::{Enum, ID, SimpleObject};
use varsel_services::domain::organisation;
use varsel_services::domain::{Actor, RoleKind, rules};

use super::authorisation::Function;
use super::{Json, Unit};

#[derive(Debug, Clone, SimpleObject)]
pub(crate) struct Viewer {
    id: ID,
    name: String,
    /// Where the viewer belongs; it gives nothing by itself.
    role: Role,
    /// What the viewer may do somewhere: which pages are worth showing.
    functions: Vec<Function>,
    organisation: Option<Organisation>,
    unit: Option<Unit>,
}

impl Viewer {
    pub(crate) fn new(
        pack: &rules::Pack,
        actor: &Actor,
        organisation: Option<&organisation::Organisation>,
    ) -> Self {
        let functions: BTreeSet<_> = actor.rights.iter().map(|right| right.function).collect();
        Self {
            id: actor.person.to_string().into(),
            name: actor.name.clone(),
            role: actor.role.kind().into(),
            functions: functions.into_iter().map(Function::from).collect(),
            organisation: organisation.map(Organisation::from),
            unit: actor.unit().map(|unit| Unit::find(pack, unit.as_str())),
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "RoleKind")]
pub(crate) enum Role {
    Reporter,
    Officer,
    Coordinator,
    SecurityOfficer,
    /// Maintains the rules: proposes and approves critical changes; sees no incident.
    Administrator,
}

/// The legal entity that reports.
#[derive(Debug, Clone, SimpleObject)]
pub(crate) struct Organisation {
    id: ID,
    name: String,
    cvr: Option<String>,
    /// What its registration already tells: facts that are not asked again.
    registered_facts: Json,
}

impl From<&organisation::Organisation> for Organisation {
    fn from(organisation: &organisation::Organisation) -> Self {
        Self {
            id: organisation.id.to_string().into(),
            name: organisation.name.clone(),
            cvr: organisation.cvr.clone(),
            registered_facts: Json(organisation.registered_facts.clone()),
        }
    }
}
