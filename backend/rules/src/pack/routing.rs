//! Routing, severity and projection: checked, and with their references resolved.

use std::collections::{BTreeMap, BTreeSet};

use serde_saphyr::Spanned;

use super::compile::Names;
use super::doc::{AudienceDoc, BecauseDoc, LevelDoc, RoleDoc};
use super::law::{
    Also, Audience, Basis, Block, Lead, Role, Routing, SeverityLevel, SeverityRule, SeverityScale, Target,
};
use super::load::Docs;
use super::refusal::Refusals;
use super::said::{Hint, Noun, Said};
use crate::condition::compile::{Context, Vocabulary, line_of};

const ROUTING: &str = "routing.yaml";
const SEVERITY: &str = "severity.yaml";

/// Roles, lead and further units.
pub(crate) fn routing(
    docs: &Docs,
    names: &Names,
    vocabulary: &Vocabulary,
    refusals: &mut Refusals,
) -> Option<Routing> {
    let doc = &docs.routing;
    let people: BTreeMap<_, _> = doc.people.iter().map(|them| (them.id.clone(), them.name.clone())).collect();
    let mut roles = BTreeMap::new();
    for written in &doc.roles {
        let Some(role) = role(written, docs, names, refusals) else { continue };
        if roles.insert(role.id.clone(), role).is_some() {
            refusals.at(ROUTING, line_of(written), Said::twice(Noun::Role, &written.value.id));
        }
    }
    names.unit(&doc.lead.centre, ROUTING, 0, refusals);
    let mut also = Vec::new();
    for written in &doc.also {
        let (line, rule) = (line_of(written), &written.value);
        if !roles.contains_key(&rule.role) {
            let hint = refusals.nearest(&rule.role, roles.keys().map(String::as_str));
            refusals.at(ROUTING, line, Said::unknown(Noun::Role, &rule.role, &hint));
        }
        let mut context = Context { vocabulary, file: ROUTING, refusals: &mut *refusals };
        let Some(when) = context.compile(&rule.when, Some(&rule.because.cite)) else { continue };
        also.push(Also { role: rule.role.clone(), part: rule.part, when, because: basis(&rule.because) });
    }
    let lead = lead(docs, vocabulary, refusals)?;
    if !roles.contains_key(&lead.sector_role) {
        refusals.at(ROUTING, 0, Said::unknown(Noun::Role, &lead.sector_role, &Hint::None));
    }
    Some(Routing { people, roles, lead, also })
}

fn role(written: &Spanned<RoleDoc>, docs: &Docs, names: &Names, refusals: &mut Refusals) -> Option<Role> {
    let (line, doc) = (line_of(written), &written.value);
    let target = match (&doc.to, &doc.attribute) {
        (Some(to), None) => {
            if docs.routing.people.iter().all(|people| people.id != *to) {
                names.unit(to, ROUTING, line, refusals);
            }
            Target::One(to.clone())
        }
        (None, Some(name)) => {
            for attribute in std::iter::once(name).chain(&doc.or_attribute) {
                if !docs.pack.sector_attributes.contains_key(attribute) {
                    refusals.at(ROUTING, line, Said::no_attribute(attribute, &Hint::None));
                }
            }
            let precedence = doc.precedence.as_ref().map(|rule| (rule.attribute.clone(), rule.is.clone()));
            Target::Attribute { name: name.clone(), or: doc.or_attribute.clone(), precedence }
        }
        _ => {
            let da = format!("rolle `{}` har enten `to` eller `attribute`", doc.id);
            let en = format!("role `{}` has either `to` or `attribute`", doc.id);
            refusals.at(ROUTING, line, Said::both(da, en));
            return None;
        }
    };
    Some(Role {
        id: doc.id.clone(),
        target,
        may_be_nobody: doc.may_be_nobody,
        part: doc.part,
        may_lead: doc.may_lead,
        because: basis(&doc.because),
    })
}

fn lead(docs: &Docs, vocabulary: &Vocabulary, refusals: &mut Refusals) -> Option<Lead> {
    let doc = &docs.routing.lead;
    let mut context = Context { vocabulary, file: ROUTING, refusals };
    let concerns_sector_units = context.compile(&doc.concerns_sector_units, None);
    let concerns_centre = context.compile(&doc.concerns_centre, None);
    let groups: BTreeSet<&str> = docs.sectors.sectors.iter().map(|sector| sector.id.as_str()).collect();
    for group in doc.outside.iter().filter(|group| !groups.contains(group.as_str())) {
        context.refusals.at(ROUTING, 0, Said::unknown(Noun::SectorGroup, group, &Hint::None));
    }
    Some(Lead {
        centre: doc.centre.clone(),
        sector_role: doc.sector_role.clone(),
        group_attribute: doc.group_attribute.clone(),
        outside: doc.outside.clone(),
        concerns_sector_units: concerns_sector_units?,
        concerns_centre: concerns_centre?,
        because_sector_unit: basis(&doc.because_sector_unit),
        because_authority: basis(&doc.because_authority),
        because_several: basis(&doc.because_several),
        because_no_sector: basis(&doc.because_no_sector),
        because_nobody_else: basis(&doc.because_nobody_else),
    })
}

fn basis(doc: &BecauseDoc) -> Basis {
    Basis { text: doc.text.clone(), cite: doc.cite.clone(), confidence: doc.confidence }
}

/// The scale and its rules, highest first.
pub(crate) fn severity(docs: &Docs, vocabulary: &Vocabulary, refusals: &mut Refusals) -> SeverityScale {
    let doc = &docs.severity;
    let mut levels = BTreeMap::new();
    for level in &doc.scale {
        let LevelDoc { level: number, name, meaning } = level.value.clone();
        if levels.insert(number, SeverityLevel { level: number, name, meaning }).is_some() {
            let da = format!("niveau {number} står der to gange");
            let said = Said::both(da, format!("level {number} stands there twice"));
            refusals.at(SEVERITY, line_of(level), said);
        }
    }
    let mut rules = Vec::new();
    for written in &doc.rules {
        let (line, rule) = (line_of(written), &written.value);
        if !levels.contains_key(&rule.level) {
            refusals.at(SEVERITY, line, no_level(rule.level));
        }
        let mut context = Context { vocabulary, file: SEVERITY, refusals: &mut *refusals };
        let Some(when) = context.compile(&rule.when, Some(&rule.because.cite)) else { continue };
        rules.push(SeverityRule { level: rule.level, when, because: basis(&rule.because) });
    }
    rules.sort_by_key(|rule| std::cmp::Reverse(rule.level));
    if !levels.contains_key(&doc.otherwise.level) {
        refusals.at(SEVERITY, 0, no_level(doc.otherwise.level));
    }
    SeverityScale { levels, rules, otherwise: (doc.otherwise.level, basis(&doc.otherwise.because)) }
}

fn no_level(level: u8) -> Said {
    Said::both(format!("skalaen har intet niveau {level}"), format!("the scale has no level {level}"))
}

/// What units see besides their regimes' matrices.
pub(crate) fn projection(docs: &Docs, names: &Names, refusals: &mut Refusals) -> Vec<Block> {
    const FILE: &str = "projection.yaml";
    let mut ids = BTreeSet::new();
    let mut blocks = Vec::new();
    for written in &docs.projection.blocks {
        let block = &written.value;
        if !ids.insert(block.id.as_str()) {
            refusals.at(FILE, line_of(written), Said::twice(Noun::Block, &block.id));
        }
        for fact in &block.facts {
            names.fact(&fact.value, FILE, line_of(fact), refusals);
        }
        let to = match &block.to {
            AudienceDoc::Everyone => Audience::Everyone,
            AudienceDoc::Recipients => Audience::Recipients,
            AudienceDoc::Kinds(kinds) => Audience::Kinds(kinds.clone()),
        };
        blocks.push(Block { facts: block.facts.iter().map(|fact| fact.value.clone()).collect(), to });
    }
    blocks
}
