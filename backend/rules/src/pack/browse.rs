//! A pack as people browse it: sectors, routes, clocks, in words.

use std::collections::BTreeSet;

use serde::Serialize;

use super::Pack;
use super::content::AttributeValue;
use super::explain::{Language, Speaker};
use super::law::{Basis, Cell, Role, Subsector, Target};
use super::model::{Confidence, Source, StageField};
use super::sources;
use crate::{Text, Unit};

/// A sector with its subsectors.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SectorInfo {
    /// Id.
    pub id: String,
    /// Name.
    pub name: Text,
    /// Its subsectors, in the order in which they are offered.
    pub subsectors: Vec<SubsectorInfo>,
}

/// What a subsector is, and what follows from it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SubsectorInfo {
    /// Id, e.g. `energy.electricity`.
    pub id: String,
    /// Name.
    pub name: Text,
    /// Its sector unit, where there is one.
    pub unit: Option<String>,
    /// Competent authorities, under whichever law.
    pub authorities: Vec<String>,
    /// Regimes that cover it.
    pub regimes: Vec<String>,
    /// Where that stands, where the pack says so: the acts by name, each with its address.
    pub sources: Vec<Source>,
    /// How sure the pack is of it, where it says so.
    pub confidence: Option<String>,
}

/// Whom a role means, or who leads, and why.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct RouteInfo {
    /// The role, in words.
    pub role: Text,
    /// Why.
    pub basis: Text,
    /// The units that it can mean.
    pub units: Vec<String>,
    /// Where that stands.
    pub cite: String,
    /// How sure the pack is of it, where it says so.
    pub confidence: Option<Confidence>,
}

/// A report of a regime as people read about it, besides what [`crate::StageInfo`] says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct StageClock {
    /// By when, in words.
    pub clock: Text,
    /// The units that can receive it, and the people whom it is owed to.
    pub recipients: Vec<String>,
}

impl Pack {
    /// Every sector.
    pub fn sectors(&self) -> Vec<SectorInfo> {
        let mut sectors: Vec<SectorInfo> = Vec::new();
        let options = self.fact(&self.sector_fact).map(|fact| fact.options.as_slice()).unwrap_or_default();
        for option in options {
            let Some(subsector) = self.sectors.0.get(&option.id) else { continue };
            let group = subsector.values(&self.routing.lead.group_attribute).first();
            let (id, name) = (group.unwrap_or(&option.id), option.group.as_ref().unwrap_or(&option.label));
            let info = self.subsector(&option.id, subsector);
            match sectors.iter_mut().find(|sector| sector.id == *id) {
                Some(sector) => sector.subsectors.push(info),
                None => {
                    sectors.push(SectorInfo { id: id.clone(), name: name.clone(), subsectors: vec![info] });
                }
            }
        }
        sectors
    }

    fn subsector(&self, id: &str, subsector: &Subsector) -> SubsectorInfo {
        let roles = self.routing.roles.values();
        let (units, authorities): (Vec<&Role>, Vec<&Role>) =
            roles.partition(|role| role.id == self.routing.lead.sector_role);
        let named = |roles: &[&Role]| {
            let attributes = roles.iter().flat_map(|role| attributes(&role.target));
            let named: BTreeSet<_> = attributes.flat_map(|name| subsector.values(name)).cloned().collect();
            named.into_iter().collect::<Vec<_>>()
        };
        let covers = |regime: &&super::law::Regime| {
            regime.covers.as_ref().is_some_and(|attribute| subsector.says(attribute, &regime.id))
        };
        let text = |name: &str| match subsector.attributes.get(name) {
            Some(AttributeValue::One(text)) => Some(text.clone()),
            _ => None,
        };
        SubsectorInfo {
            id: id.to_owned(),
            name: subsector.name.clone(),
            unit: named(&units).into_iter().next(),
            authorities: named(&authorities.into_iter().filter(|role| role.may_lead).collect::<Vec<_>>()),
            regimes: self.regimes.iter().filter(covers).map(|regime| regime.id.clone()).collect(),
            sources: text("source").map(|written| sources::read(&written, &self.acts)).unwrap_or_default(),
            confidence: text("confidence"),
        }
    }

    /// Whom each role means, and who leads.
    pub fn routes(&self) -> Vec<RouteInfo> {
        let roles = self.routing.roles.values().map(|role| {
            let name = Text { da: role.id.clone(), en: role.id.clone() };
            route(name, &role.because, self.units_of(&role.target))
        });
        let lead = &self.routing.lead;
        let sector_units = self.routing.roles.get(&lead.sector_role);
        let sector_units = sector_units.map(|role| self.units_of(&role.target)).unwrap_or_default();
        let authorities: BTreeSet<_> = self
            .routing
            .roles
            .values()
            .filter(|role| role.may_lead)
            .flat_map(|role| self.units_of(&role.target))
            .collect();
        let centre = || vec![lead.centre.clone()];
        let leading = [
            (&lead.because_sector_unit, sector_units),
            (&lead.because_authority, authorities.into_iter().collect()),
            (&lead.because_several, centre()),
            (&lead.because_no_sector, centre()),
            (&lead.because_nobody_else, centre()),
        ];
        let coordinates = || Text { da: "Koordinerer".to_owned(), en: "Coordinates".to_owned() };
        let also = self.routing.also.iter().map(|also| {
            let units = self.routing.roles.get(&also.role).map(|role| self.units_of(&role.target));
            let name = Text { da: also.role.clone(), en: also.role.clone() };
            route(name, &also.because, units.unwrap_or_default())
        });
        let leading = leading.map(|(basis, units)| route(coordinates(), basis, units));
        roles.chain(also).chain(leading).collect()
    }

    fn units_of(&self, target: &Target) -> Vec<String> {
        match target {
            Target::One(unit) => vec![unit.clone()],
            Target::Attribute { .. } => {
                let subsectors = self.sectors.0.values();
                let named = subsectors.flat_map(|it| attributes(target).flat_map(|name| it.values(name)));
                named.cloned().collect::<BTreeSet<_>>().into_iter().collect()
            }
        }
    }

    /// Where what is said of a unit was read: the acts by name, each with its address.
    pub fn unit_sources(&self, unit: &Unit) -> Vec<Source> {
        sources::read(&unit.source, &self.acts)
    }

    /// The facts of a report, as the matrix has them; none where there is no such report.
    pub fn stage_fields(&self, regime: &str, stage: &str) -> Option<Vec<StageField>> {
        let regime = self.regimes.iter().find(|known| known.id == regime)?;
        let stage = regime.stages.iter().find(|known| known.id == stage)?;
        let field = |cell: &Cell| StageField { fact: cell.fact.clone(), code: cell.code };
        Some(stage.row.iter().map(field).collect())
    }

    /// By when a report is due, and who can receive it.
    pub fn stage_clock(&self, regime: &str, stage: &str) -> Option<StageClock> {
        let regime = self.regimes.iter().find(|known| known.id == regime)?;
        let stage = regime.stages.iter().find(|known| known.id == stage)?;
        let words = |language| Speaker { pack: self, language }.clock_line(regime, stage);
        let roles = stage.recipients.iter().filter_map(|it| self.routing.roles.get(&it.role));
        let units: BTreeSet<_> = roles.flat_map(|role| self.units_of(&role.target)).collect();
        Some(StageClock {
            clock: Text { da: words(Language::Danish), en: words(Language::English) },
            recipients: units.into_iter().collect(),
        })
    }
}

/// The attributes of subsectors in which a role looks for its units.
fn attributes(target: &Target) -> impl Iterator<Item = &str> {
    let (name, or) = match target {
        Target::One(_) => (None, None),
        Target::Attribute { name, or, .. } => (Some(name), or.as_ref()),
    };
    name.into_iter().chain(or).map(String::as_str)
}

fn route(role: Text, basis: &Basis, units: Vec<String>) -> RouteInfo {
    let sectors = Text { da: "de ramte tjenester".to_owned(), en: "the affected services".to_owned() };
    let reason = basis.reason(&sectors, Vec::new());
    RouteInfo { role, basis: reason.text, units, cite: reason.cite, confidence: basis.confidence }
}
