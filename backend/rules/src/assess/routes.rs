//! Which units get a case, and who leads.

use std::collections::BTreeSet;

use super::obligations::Duty;
use super::roles::units_of;
use super::view::View;
use crate::pack::law::{Basis, Lead, Role, Subsector};
use crate::{Answer, Part, Route, Text};

/// The units that get a case: those with a duty towards them, the sector units, those that the pack adds, and a lead.
///
/// Sectoral responsibility: the unit responsible day to day leads. A report is never left without a unit.
pub(crate) fn routes(view: &View<'_>, duties: &[Duty<'_>]) -> Vec<Route> {
    let affected = view.sectors().unwrap_or_default();
    let mut router =
        Router { view, names: names(&affected), affected, routes: Vec::new(), may_lead: Vec::new() };
    router.recipients(duties);
    router.sector_units();
    router.also();
    router.lead();
    router.routes.sort_by_key(|route| route.part);
    router.routes
}

struct Router<'a, 'v> {
    view: &'v View<'a>,
    affected: Vec<(&'a str, &'a Subsector)>,
    /// Names of the affected subsectors, for the reasons.
    names: Text,
    routes: Vec<Route>,
    /// Units with a case that may lead where there is no sector unit.
    may_lead: Vec<&'a str>,
}

impl<'a> Router<'a, '_> {
    fn recipients(&mut self, duties: &[Duty<'a>]) {
        for duty in duties.iter().filter(|duty| duty.told) {
            for (role, units) in &duty.recipients {
                for unit in units {
                    self.add(unit, role, role.part, &role.because);
                    if role.may_lead && !self.may_lead.contains(unit) {
                        self.may_lead.push(unit);
                    }
                }
            }
        }
    }

    fn sector_units(&mut self) {
        let Some(role) = self.view.pack.routing.roles.get(&self.rules().sector_role) else { return };
        for unit in units_of(role, &self.concerned()) {
            self.add(unit, role, role.part, &role.because);
        }
    }

    /// The affected subsectors without those whose sector units the incident does not concern.
    fn concerned(&self) -> Vec<&'a Subsector> {
        let rules = self.rules();
        let concerns = rules.concerns_sector_units.evaluate(self.view).answer;
        let affected = self.affected.iter().map(|(_, sector)| *sector);
        let of_it = |sector: &&Subsector| match concerns {
            Answer::Yes => true,
            Answer::No => false,
            Answer::CannotTell => {
                rules.outside.iter().all(|group| !sector.says(&rules.group_attribute, group))
            }
        };
        affected.filter(of_it).collect()
    }

    fn also(&mut self) {
        let routing = &self.view.pack.routing;
        for rule in &routing.also {
            let finding = rule.when.evaluate(self.view);
            let Some(role) = routing.roles.get(&rule.role).filter(|_| finding.answer == Answer::Yes) else {
                continue;
            };
            let affected: Vec<&Subsector> = self.affected.iter().map(|(_, sector)| *sector).collect();
            for unit in units_of(role, &affected) {
                self.add(unit, role, rule.part, &rule.because);
            }
        }
    }

    fn add(&mut self, unit: &str, role: &Role, part: Part, because: &Basis) {
        let people = self.view.pack.unit(unit).is_none();
        if people || self.routes.iter().any(|route| route.unit == unit) {
            return;
        }
        let because = because.reason(&self.names, vec![self.view.pack.sector_fact.clone()]);
        self.routes.push(Route { unit: unit.to_owned(), role: role.id.clone(), part, because });
    }

    fn lead(&mut self) {
        let rules = self.rules();
        let concerns_centre = rules.concerns_centre.evaluate(self.view).answer;
        if self.affected.is_empty() {
            if concerns_centre != Answer::No || self.routes.is_empty() {
                self.lead_by(&rules.centre, &rules.because_no_sector);
            }
            return;
        }
        let units = self.leading_sector_units();
        let several_groups = self.groups().len() > 1;
        match (several_groups, units.as_slice(), self.may_lead.as_slice()) {
            (true, ..) if concerns_centre != Answer::No => {
                self.lead_by(&rules.centre, &rules.because_several);
            }
            (false, [unit], _) => self.lead_by(unit, &rules.because_sector_unit),
            (false, [_, _, ..], _) => self.lead_by(&rules.centre, &rules.because_several),
            (_, [], [authority]) => self.lead_by(authority, &rules.because_authority),
            _ => {
                let has_case = self.routes.iter().any(|route| route.unit == rules.centre);
                if has_case || self.routes.is_empty() || concerns_centre == Answer::Yes {
                    self.lead_by(&rules.centre, &rules.because_nobody_else);
                }
            }
        }
    }

    fn leading_sector_units(&self) -> Vec<&'a str> {
        let role = self.view.pack.routing.roles.get(&self.rules().sector_role);
        role.map(|role| units_of(role, &self.concerned())).unwrap_or_default()
    }

    /// Sector groups affected; those outside count only where there are no others.
    fn groups(&self) -> BTreeSet<&'a str> {
        let rules = self.rules();
        let of = |sector: &'a Subsector| sector.values(&rules.group_attribute).first().map(String::as_str);
        let all: BTreeSet<&str> = self.affected.iter().filter_map(|(_, sector)| of(sector)).collect();
        let inside: BTreeSet<&str> = all
            .iter()
            .copied()
            .filter(|group| rules.outside.iter().all(|outside| outside != group))
            .collect();
        if inside.is_empty() { all } else { inside }
    }

    fn lead_by(&mut self, unit: &str, because: &Basis) {
        let reason = because.reason(&self.names, vec![self.view.pack.sector_fact.clone()]);
        if let Some(route) = self.routes.iter_mut().find(|route| route.unit == unit) {
            route.part = Part::Lead;
            route.because = reason;
        } else {
            let role = unit.to_owned();
            self.routes.push(Route { unit: unit.to_owned(), role, part: Part::Lead, because: reason });
        }
    }

    fn rules(&self) -> &'a Lead {
        &self.view.pack.routing.lead
    }
}

fn names(affected: &[(&str, &Subsector)]) -> Text {
    let joined = |name: fn(&Text) -> &str| {
        affected.iter().map(|(_, sector)| name(&sector.name)).collect::<Vec<_>>().join(", ")
    };
    Text { da: joined(|name| &name.da), en: joined(|name| &name.en) }
}
