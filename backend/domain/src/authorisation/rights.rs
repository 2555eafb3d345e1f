//! What somebody may do now, as it follows from their authorisations.

use chrono::{DateTime, Utc};
use varsel_rules::{Pack, UnitKind};

use super::{Authorisation, Function, Reach, Status};
use crate::{AuthorisationId, OrganisationId, Role, UnitId};

/// One right: an authorisation gives one for each of its functions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Right {
    /// What it rests on.
    pub authorisation: AuthorisationId,
    /// What it lets somebody do.
    pub function: Function,
    /// How far it reaches.
    pub reach: Reach,
    /// The units it reaches.
    pub units: Vec<UnitId>,
}

/// Everything somebody may do.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Rights(Vec<Right>);

impl Rights {
    /// The rights of those `authorisations` that hold at `now`. `units` says which units a function reaches: see
    /// [`units_of`].
    pub fn effective(
        authorisations: &[Authorisation],
        now: DateTime<Utc>,
        units: impl Fn(Function, &Reach) -> Vec<UnitId>,
    ) -> Self {
        let holding = authorisations.iter().filter(|it| it.status_at(now) == Status::Active);
        let right = |held: &Authorisation, function: Function| Right {
            authorisation: held.id,
            function,
            units: units(function, &held.reach),
            reach: held.reach.clone(),
        };
        let mut rights: Vec<_> = holding
            .flat_map(|held| held.functions.iter().map(move |function| (held, *function)))
            .map(|(held, function)| right(held, function))
            .collect();
        // In one order, so that two readings of the same rows are equal.
        rights.sort_by_key(|right| (right.authorisation, right.function));
        Self(rights)
    }

    /// What a provider that grants gives to whoever has this role, as one authorisation.
    pub fn usual(authorisation: AuthorisationId, role: &Role) -> Self {
        let reach = role.home();
        let units = match &reach {
            Reach::Unit(unit) => vec![unit.clone()],
            _ => Vec::new(),
        };
        let right = |function: &Function| Right {
            authorisation,
            function: *function,
            reach: reach.clone(),
            units: units.clone(),
        };
        Self(role.usual_functions().iter().map(right).collect())
    }

    /// Each of them.
    pub fn iter(&self) -> impl Iterator<Item = &Right> {
        self.0.iter()
    }

    /// None at all.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether everything that `earlier` gave is still there.
    pub fn include(&self, earlier: &Self) -> bool {
        earlier.0.iter().all(|right| self.0.contains(right))
    }
}

impl Right {
    /// Whether it reaches the reports of an organisation.
    pub fn is_of(&self, organisation: OrganisationId) -> bool {
        matches!(self.reach, Reach::Organisation(own) if own == organisation)
    }

    /// Whether what has this reach lies within it: what an administrator there may grant.
    pub fn covers(&self, reach: &Reach) -> bool {
        match (&self.reach, reach) {
            (Reach::National, _) => true,
            (Reach::Sector(_), Reach::Unit(unit)) => self.units.contains(unit),
            (own, other) => own == other,
        }
    }
}

/// The units that a function reaches, as a version of the rules has them: of a sector its sector units and competent
/// authorities; nationally the cyber centre and the single point of contact. To administer and to audit nationally is
/// to do so for the platform, and reaches no unit's cases.
pub fn units_of(pack: &Pack, function: Function, reach: &Reach) -> Vec<UnitId> {
    let platform = matches!(function, Function::Administer | Function::Audit);
    let mut units: Vec<UnitId> = match reach {
        Reach::Organisation(_) => Vec::new(),
        Reach::Unit(unit) => vec![unit.clone()],
        Reach::Sector(id) => {
            let sector = pack.sectors().into_iter().find(|sector| sector.id == *id);
            let subsectors = sector.map(|sector| sector.subsectors).unwrap_or_default();
            subsectors
                .into_iter()
                .flat_map(|it| it.unit.into_iter().chain(it.authorities))
                .map(UnitId)
                .collect()
        }
        Reach::National if platform => Vec::new(),
        Reach::National => {
            let national = |kind: UnitKind| matches!(kind, UnitKind::Csirt | UnitKind::Spoc);
            pack.units()
                .iter()
                .filter(|unit| national(unit.kind))
                .map(|unit| UnitId(unit.id.clone()))
                .collect()
        }
    };
    units.sort();
    units.dedup();
    units
}
