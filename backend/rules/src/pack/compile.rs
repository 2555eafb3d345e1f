//! Catalogue, sectors and units: checked, and with their references resolved.

use std::collections::{BTreeMap, BTreeSet};

use serde_saphyr::Spanned;

use super::content::{AttributeValue, FactDoc, OptionsFrom};
use super::doc::{AttributeKind, Written};
use super::law::{Required, Sectors, Subsector};
use super::load::Docs;
use super::refusal::Refusals;
use super::said::{Hint, Noun, Said};
use super::{Fact, FactOption, FactType, Unit};
use crate::Text;
use crate::condition::Condition;
use crate::condition::compile::{Context, line_of};

/// Names that references may use.
pub(crate) struct Names {
    pub(crate) facts: BTreeMap<String, FactType>,
    pub(crate) options: BTreeMap<String, Vec<FactOption>>,
    /// What each alias stands for.
    pub(crate) aliases: BTreeMap<String, String>,
    pub(crate) order: BTreeMap<String, usize>,
    pub(crate) units: BTreeSet<String>,
    pub(crate) regimes: BTreeSet<String>,
    pub(crate) kinds: Vec<String>,
}

impl Names {
    pub(crate) fn new(docs: &Docs, facts: &[Fact], units: &[Unit]) -> Self {
        let aliases =
            facts.iter().flat_map(|fact| fact.aliases.iter().map(|alias| (alias.clone(), fact.id.clone())));
        Self {
            facts: facts.iter().map(|fact| (fact.id.clone(), fact.fact_type)).collect(),
            options: facts.iter().map(|fact| (fact.id.clone(), fact.options.clone())).collect(),
            aliases: aliases.collect(),
            order: facts.iter().enumerate().map(|(at, fact)| (fact.id.clone(), at)).collect(),
            units: units.iter().map(|unit| unit.id.clone()).collect(),
            // As listed, not as read: a regime whose file is broken is refused there, once.
            regimes: docs.pack.regimes.iter().map(|regime| regime.value.clone()).collect(),
            kinds: docs.taxonomy.kinds.iter().map(|kind| kind.id.clone()).collect(),
        }
    }

    /// Refuses a fact that the catalogue does not have.
    pub(crate) fn fact(&self, id: &str, file: &str, line: usize, refusals: &mut Refusals) -> bool {
        if self.facts.contains_key(id) {
            return true;
        }
        let hint = match self.aliases.get(id) {
            Some(fact) => Hint::AliasOf(fact.clone()),
            None => refusals.nearest(id, self.facts.keys().map(String::as_str)),
        };
        refusals.at(file, line, Said::unknown(Noun::Fact, id, &hint));
        false
    }

    /// Refuses a unit that `units.yaml` does not have.
    pub(crate) fn unit(&self, id: &str, file: &str, line: usize, refusals: &mut Refusals) {
        if !self.units.contains(id) {
            let hint = refusals.nearest(id, self.units.iter().map(String::as_str));
            refusals.at(file, line, Said::unknown(Noun::Unit, id, &hint));
        }
    }
}

/// The fact catalogue.
pub(crate) fn catalogue(docs: &Docs, refusals: &mut Refusals) -> Vec<Fact> {
    const FILE: &str = "catalogue.yaml";
    let groups: BTreeMap<&str, &Text> =
        docs.catalogue.groups.iter().map(|group| (group.id.as_str(), &group.label)).collect();
    let mut ids = BTreeSet::new();
    let mut facts = Vec::new();
    for doc in &docs.catalogue.facts {
        let (line, fact) = (line_of(doc), &doc.value);
        for id in std::iter::once(&fact.id).chain(&fact.aliases).filter(|id| !ids.insert(id.as_str())) {
            let da = format!("`{id}` bruges to gange, som id eller alias");
            refusals.at(FILE, line, Said::both(da, format!("`{id}` is used twice, as an id or an alias")));
        }
        let Some(group_label) = groups.get(fact.group.as_str()) else {
            let hint = refusals.nearest(&fact.group, groups.keys().copied());
            refusals.at(FILE, line, Said::unknown(Noun::Group, &fact.group, &hint));
            continue;
        };
        let options = options_of(fact, docs);
        let needs_options = matches!(fact.fact_type, FactType::Enum | FactType::Set);
        if needs_options == options.is_empty() {
            let said = Said::both(
                format!("`{}`: kun en enum eller et set har svarmuligheder, og de skal have dem", fact.id),
                format!("`{}`: an enum or a set has options, no other type has", fact.id),
            );
            refusals.at(FILE, line, said);
        }
        let mut seen = BTreeSet::new();
        for option in options.iter().filter(|option| !seen.insert(option.id.clone())) {
            let said = Said::both(
                format!("`{}` har svarmuligheden `{}` to gange", fact.id, option.id),
                format!("`{}` has the option `{}` twice", fact.id, option.id),
            );
            refusals.at(FILE, line, said);
        }
        facts.push(Fact {
            id: fact.id.clone(),
            fact_type: fact.fact_type,
            group: fact.group.clone(),
            group_label: (*group_label).clone(),
            label: fact.label.clone(),
            help: fact.help.clone(),
            options,
            sensitivity: fact.sensitivity,
            aliases: fact.aliases.clone(),
            format: fact.format,
            min: fact.min,
            max: fact.max,
            multiline: fact.multiline,
            asked_from: fact.from,
        });
    }
    facts
}

fn options_of(fact: &FactDoc, docs: &Docs) -> Vec<FactOption> {
    let option = |id: &str, label: &Text, group: Option<&Text>, also_called: &[String]| FactOption {
        id: id.to_owned(),
        label: label.clone(),
        group: group.cloned(),
        also_called: also_called.to_vec(),
    };
    match fact.options_from {
        None => fact.options.iter().map(|doc| option(&doc.id, &doc.label, None, &[])).collect(),
        Some(OptionsFrom::Kinds) => {
            let kinds = docs.taxonomy.kinds.iter();
            kinds.map(|kind| option(&kind.id, &kind.label, None, &kind.also_called)).collect()
        }
        Some(OptionsFrom::Sectors) => {
            let mut options = Vec::new();
            for sector in &docs.sectors.sectors {
                for subsector in &sector.subsectors {
                    if let Some((id, name)) = named(&subsector.value) {
                        let also_called = many(subsector.value.get("also_called"));
                        options.push(option(id, name, Some(&sector.name), also_called));
                    }
                }
            }
            options
        }
    }
}

fn many(value: Option<&AttributeValue>) -> &[String] {
    match value {
        Some(AttributeValue::Many(words)) => words,
        Some(AttributeValue::One(word)) => std::slice::from_ref(word),
        _ => &[],
    }
}

fn named(subsector: &BTreeMap<String, AttributeValue>) -> Option<(&String, &Text)> {
    match (subsector.get("id"), subsector.get("name")) {
        (Some(AttributeValue::One(id)), Some(AttributeValue::Text(name))) => Some((id, name)),
        _ => None,
    }
}

/// All units.
pub(crate) fn units(docs: &Docs, refusals: &mut Refusals) -> Vec<Unit> {
    let groups: BTreeSet<&str> = docs.sectors.sectors.iter().map(|sector| sector.id.as_str()).collect();
    let mut ids = BTreeSet::new();
    let mut units = Vec::new();
    for doc in &docs.units.units {
        let (line, unit) = (line_of(doc), &doc.value);
        if !ids.insert(unit.id.clone()) {
            refusals.at("units.yaml", line, Said::twice(Noun::Unit, &unit.id));
        }
        for sector in unit.sectors.iter().filter(|sector| !groups.contains(sector.as_str())) {
            let hint = refusals.nearest(sector, groups.iter().copied());
            refusals.at("units.yaml", line, Said::unknown(Noun::Sector, sector, &hint));
        }
        units.push(Unit {
            id: unit.id.clone(),
            name: unit.name.clone(),
            kind: unit.kind,
            phone: unit.phone.clone(),
            email: unit.email.clone(),
            url: unit.url.clone(),
            hours: unit.hours.clone(),
            source: unit.source.clone(),
            confidence: unit.confidence.clone(),
        });
    }
    units
}

/// Subsectors with their attributes; `group` and `annex` come from the sector around them.
pub(crate) fn sectors(docs: &Docs, names: &Names, refusals: &mut Refusals) -> Sectors {
    const FILE: &str = "sectors.yaml";
    let mut sectors = BTreeMap::new();
    for sector in &docs.sectors.sectors {
        for doc in &sector.subsectors {
            let line = line_of(doc);
            let Some((id, name)) = named(&doc.value) else {
                let da = "en delsektor skal have et id og et navn på dansk og engelsk";
                let en = "a subsector needs an id and a name in Danish and English";
                refusals.at(FILE, line, Said::both(da, en));
                continue;
            };
            let mut attributes = doc.value.clone();
            for (attribute, value) in &attributes {
                check_attribute(docs, names, (attribute, value), line, refusals);
            }
            attributes.insert("group".to_owned(), AttributeValue::One(sector.id.clone()));
            let annex = sector.annex.clone().map_or(AttributeValue::None, AttributeValue::One);
            attributes.insert("annex".to_owned(), annex);
            if sectors.insert(id.clone(), Subsector { name: name.clone(), attributes }).is_some() {
                refusals.at(FILE, line, Said::twice(Noun::Subsector, id));
            }
        }
    }
    Sectors(sectors)
}

fn check_attribute(
    docs: &Docs,
    names: &Names,
    (attribute, value): (&String, &AttributeValue),
    line: usize,
    refusals: &mut Refusals,
) {
    const FILE: &str = "sectors.yaml";
    if attribute == "id" || attribute == "name" {
        return;
    }
    let Some(kind) = docs.pack.sector_attributes.get(attribute) else {
        let hint = refusals.nearest(attribute, docs.pack.sector_attributes.keys().map(String::as_str));
        return refusals.at(FILE, line, Said::no_attribute(attribute, &hint));
    };
    for value in many(Some(value)) {
        match kind {
            AttributeKind::Text => {}
            AttributeKind::Units => names.unit(value, FILE, line, refusals),
            AttributeKind::Regimes if names.regimes.contains(value) => {}
            AttributeKind::Regimes => {
                let hint = refusals.nearest(value, names.regimes.iter().map(String::as_str));
                refusals.at(FILE, line, Said::unknown(Noun::Regime, value, &hint));
            }
            AttributeKind::OptionsOf(fact) => {
                let options = names.options.get(fact).map(Vec::as_slice).unwrap_or_default();
                if options.iter().all(|option| option.id != *value) {
                    let hint = refusals.nearest(value, options.iter().map(|option| option.id.as_str()));
                    refusals.at(FILE, line, Said::no_option(fact, value, &hint));
                }
            }
        }
    }
}

/// What every report needs.
pub(crate) fn required(docs: &Docs, names: &Names, refusals: &mut Refusals) -> Vec<Required> {
    const FILE: &str = "pack.yaml";
    for fact in [&docs.pack.sector_fact, &docs.pack.kind_fact] {
        names.fact(&fact.value, FILE, line_of(fact), refusals);
    }
    for doc in &docs.pack.required {
        names.fact(&doc.value.fact, FILE, line_of(doc), refusals);
    }
    let required = |doc: &Spanned<super::doc::RequiredDoc>| Required {
        fact: doc.value.fact.clone(),
        unknown_ok: !doc.value.must_know,
    };
    docs.pack.required.iter().map(required).collect()
}

/// An optional condition of a file; `cite` is what it inherits.
pub(crate) fn optional(
    written: Option<&Written>,
    cite: &str,
    context: &mut Context<'_>,
) -> Option<Condition> {
    written.and_then(|written| context.compile(written, Some(cite)))
}
