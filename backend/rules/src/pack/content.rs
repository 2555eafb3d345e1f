//! The content files of a pack as they are written: catalogue, sectors, units, taxonomy, guidance.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_saphyr::Spanned;

use crate::{AskedFrom, FactFormat, FactType, Sensitivity, Text, UnitKind};

/// `catalogue.yaml`.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct CatalogueDoc {
    pub(crate) groups: Vec<GroupDoc>,
    pub(crate) facts: Vec<Spanned<FactDoc>>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct GroupDoc {
    pub(crate) id: String,
    pub(crate) label: Text,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct FactDoc {
    pub(crate) id: String,
    #[serde(rename = "type")]
    pub(crate) fact_type: FactType,
    pub(crate) group: String,
    pub(crate) label: Text,
    pub(crate) help: Option<Text>,
    #[serde(default)]
    pub(crate) options: Vec<OptionDoc>,
    pub(crate) options_from: Option<OptionsFrom>,
    #[serde(default)]
    pub(crate) sensitivity: Sensitivity,
    pub(crate) format: Option<FactFormat>,
    #[serde(default)]
    pub(crate) aliases: Vec<String>,
    pub(crate) min: Option<u32>,
    pub(crate) max: Option<u32>,
    #[serde(default)]
    pub(crate) multiline: bool,
    /// The earliest stage at which it is asked.
    #[serde(default)]
    pub(crate) from: AskedFrom,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct OptionDoc {
    pub(crate) id: String,
    pub(crate) label: Text,
}

/// Where a fact's options come from when the catalogue does not list them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum OptionsFrom {
    Sectors,
    Kinds,
}

/// `sectors.yaml`.
#[derive(Debug, Clone, Deserialize)]
pub(crate) struct SectorsDoc {
    /// Acts by a short id, which a `source` here and in `units.yaml` may begin with.
    #[serde(default)]
    pub(crate) sources: BTreeMap<String, ActDoc>,
    pub(crate) sectors: Vec<SectorDoc>,
}

/// An act as people cite it.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct ActDoc {
    /// Its own name, e.g. "BEK nr 620 af 02/06/2025".
    pub(crate) act: String,
    /// What it is about.
    #[serde(default, rename = "about")]
    pub(crate) _about: Option<Text>,
    pub(crate) url: Option<String>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct SectorDoc {
    pub(crate) id: String,
    pub(crate) annex: Option<String>,
    #[serde(default, rename = "point")]
    pub(crate) _point: Option<u32>,
    pub(crate) name: Text,
    pub(crate) subsectors: Vec<Spanned<BTreeMap<String, AttributeValue>>>,
}

/// What a subsector says under one of its attributes.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(untagged, expecting = "write a name, a list of names, or a text in both languages")]
pub(crate) enum AttributeValue {
    One(String),
    Many(Vec<String>),
    Text(Text),
    None,
}

/// `units.yaml`.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct UnitsDoc {
    pub(crate) units: Vec<Spanned<UnitDoc>>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct UnitDoc {
    pub(crate) id: String,
    pub(crate) name: Text,
    pub(crate) kind: UnitKind,
    pub(crate) phone: Option<String>,
    pub(crate) email: Option<String>,
    pub(crate) url: Option<String>,
    pub(crate) hours: Option<Text>,
    #[serde(default)]
    pub(crate) sectors: Vec<String>,
    pub(crate) source: String,
    pub(crate) confidence: String,
    #[serde(default, rename = "note")]
    pub(crate) _note: Option<String>,
}

/// `taxonomy.yaml`: the engine needs only the kinds of incident.
#[derive(Debug, Clone, Deserialize)]
pub(crate) struct TaxonomyDoc {
    pub(crate) kinds: Vec<KindDoc>,
}

#[derive(Debug, Clone, Deserialize)]
pub(crate) struct KindDoc {
    pub(crate) id: String,
    pub(crate) label: Text,
    #[serde(default)]
    pub(crate) also_called: Vec<String>,
}
