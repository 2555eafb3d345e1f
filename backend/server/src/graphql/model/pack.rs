//! The catalogue and the units of a rule pack.

use async_graphql::{Enum, SimpleObject};
use varsel_services::domain::rules;

use super::{Source, Text};

#[derive(Debug, Clone, SimpleObject)]
pub(crate) struct Fact {
    id: String,
    #[graphql(name = "type")]
    kind: FactType,
    group: String,
    group_label: Text,
    label: Text,
    help: Option<Text>,
    options: Vec<FactOption>,
    /// Long free text.
    multiline: bool,
    sensitivity: Sensitivity,
}

impl From<&rules::Fact> for Fact {
    fn from(fact: &rules::Fact) -> Self {
        Self {
            id: fact.id.clone(),
            kind: fact.fact_type.into(),
            group: fact.group.clone(),
            group_label: (&fact.group_label).into(),
            label: (&fact.label).into(),
            help: fact.help.as_ref().map(Text::from),
            options: fact.options.iter().map(FactOption::from).collect(),
            multiline: fact.multiline,
            sensitivity: fact.sensitivity.into(),
        }
    }
}

impl Fact {
    /// The fact of the catalogue, or, for one that an older pack asked for, its id as plain text.
    pub(crate) fn find(pack: &rules::Pack, id: &str) -> Self {
        pack.fact(id).map_or_else(
            || Self {
                id: id.to_owned(),
                kind: FactType::Text,
                group: String::new(),
                group_label: Text::verbatim(""),
                label: Text::verbatim(id),
                help: None,
                options: Vec::new(),
                multiline: false,
                sensitivity: Sensitivity::Confidential,
            },
            Self::from,
        )
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "rules::FactType")]
pub(crate) enum FactType {
    Bool,
    Integer,
    Decimal,
    MoneyEur,
    Minutes,
    Percent,
    Instant,
    Enum,
    Set,
    Countries,
    Text,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "rules::Sensitivity")]
pub(crate) enum Sensitivity {
    Plain,
    Confidential,
    Personal,
}

#[derive(Debug, Clone, SimpleObject)]
pub(crate) struct FactOption {
    id: String,
    label: Text,
    /// Heading it stands under, e.g. the sector of a subsector.
    group: Option<Text>,
    /// What people in any language type when they look for it; never shown.
    also_called: Vec<String>,
}

impl From<&rules::FactOption> for FactOption {
    fn from(option: &rules::FactOption) -> Self {
        Self {
            id: option.id.clone(),
            label: (&option.label).into(),
            group: option.group.as_ref().map(Text::from),
            also_called: option.also_called.clone(),
        }
    }
}

/// An authority's desk that receives.
#[derive(Debug, Clone, SimpleObject)]
pub(crate) struct Unit {
    id: String,
    name: Text,
    kind: UnitKind,
    phone: Option<String>,
    email: Option<String>,
    url: Option<String>,
    /// When it answers.
    hours: Option<Text>,
    /// Where what the pack says of it was read, as one line.
    source: Option<String>,
    /// The acts and pages where it was read, each with its address.
    sources: Vec<Source>,
    /// How sure the pack is of it.
    confidence: Option<String>,
}

impl Unit {
    /// A unit that the pack has.
    pub(crate) fn new(pack: &rules::Pack, unit: &rules::Unit) -> Self {
        let sources = pack.unit_sources(unit);
        Self {
            id: unit.id.clone(),
            name: (&unit.name).into(),
            kind: unit.kind.into(),
            phone: unit.phone.clone(),
            email: unit.email.clone(),
            url: unit.url.clone(),
            hours: unit.hours.as_ref().map(Text::from),
            source: Source::line(&sources),
            sources: sources.iter().map(Source::from).collect(),
            confidence: Some(unit.confidence.clone()),
        }
    }

    /// Those of `ids` that are units of the pack.
    pub(crate) fn known(pack: &rules::Pack, ids: &[String]) -> Vec<Self> {
        ids.iter().filter_map(|id| pack.unit(id)).map(|unit| Self::new(pack, unit)).collect()
    }

    /// The unit of the pack, or, for one that only an older pack knew, its id.
    pub(crate) fn find(pack: &rules::Pack, id: &str) -> Self {
        pack.unit(id).map_or_else(
            || Self {
                id: id.to_owned(),
                name: Text::verbatim(id),
                kind: UnitKind::Other,
                phone: None,
                email: None,
                url: None,
                hours: None,
                source: None,
                sources: Vec::new(),
                confidence: None,
            },
            |unit| Self::new(pack, unit),
        )
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "rules::UnitKind")]
pub(crate) enum UnitKind {
    SectorUnit,
    Authority,
    Csirt,
    Spoc,
    DataProtection,
    FinancialSupervisor,
    Police,
    Other,
}
