//! The engine's own files of a pack as they are written.

mod regime;
mod routing;

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_saphyr::Spanned;

use crate::condition::doc::ConditionDoc;
use crate::{FactType, Text};

pub(crate) use regime::{ClockDoc, OpensDoc, RecipientDoc, RegimeDoc, RowDoc, StageDoc};
pub(crate) use routing::{
    AudienceDoc, BecauseDoc, LevelDoc, ProjectionDoc, RoleDoc, RoutingDoc, SeverityDoc,
};

/// A condition with its place in the file.
pub(crate) type Written = Spanned<ConditionDoc>;

/// `pack.yaml`: what the pack is, and which facts the engine itself turns on.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct PackDoc {
    pub(crate) id: String,
    pub(crate) version: String,
    /// A proposal that must never be in force.
    #[serde(default)]
    pub(crate) draft: bool,
    pub(crate) name: Text,
    pub(crate) time_zone: Spanned<String>,
    /// Regimes in the order in which they are assessed and shown; each stands in `regimes/<id>.yaml`.
    pub(crate) regimes: Vec<Spanned<String>>,
    /// The fact whose options are the subsectors.
    pub(crate) sector_fact: Spanned<String>,
    /// The fact whose options are the kinds of incident.
    pub(crate) kind_fact: Spanned<String>,
    /// What a subsector says of itself, and what that refers to.
    pub(crate) sector_attributes: BTreeMap<String, AttributeKind>,
    /// What every report needs before it can be filed.
    pub(crate) required: Vec<Spanned<RequiredDoc>>,
    pub(crate) guidance: GuidanceRulesDoc,
}

/// What a subsector's attribute refers to.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum AttributeKind {
    Regimes,
    Units,
    /// Options of this fact.
    OptionsOf(String),
    Text,
}

#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct RequiredDoc {
    pub(crate) fact: String,
    /// "Not known yet" is no answer here.
    #[serde(default)]
    pub(crate) must_know: bool,
}

#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct GuidanceRulesDoc {
    /// Playbook that goes with every other.
    pub(crate) always: Spanned<String>,
    /// Kind whose playbook serves where the kind is not known.
    pub(crate) unknown_kind: Spanned<String>,
}

/// `terms.yaml`: facts that follow from other facts, and conditions that several regimes use.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct TermsDoc {
    pub(crate) computed: Vec<Spanned<ComputedDoc>>,
    pub(crate) terms: Vec<Spanned<TermDoc>>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct TermDoc {
    pub(crate) id: String,
    pub(crate) condition: Written,
}

/// A fact that follows from others: the first of its sources that is known.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct ComputedDoc {
    pub(crate) id: String,
    #[serde(rename = "type")]
    pub(crate) fact_type: FactType,
    pub(crate) label: Text,
    /// Facts that give the value, best first.
    #[serde(default)]
    pub(crate) from: Vec<String>,
    pub(crate) map: Option<MapDoc>,
    pub(crate) attribute: Option<AttributeDoc>,
    #[serde(default)]
    pub(crate) cases: Vec<CaseDoc>,
    /// The value where every case is decided and none holds.
    pub(crate) default: Option<ValueDoc>,
    /// The value where a case cannot be told, or none gives one.
    pub(crate) presume: Option<ValueDoc>,
}

/// What each option of a fact means.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct MapDoc {
    pub(crate) of: String,
    pub(crate) to: BTreeMap<String, ValueDoc>,
}

#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct AttributeDoc {
    pub(crate) name: String,
    pub(crate) of: String,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct CaseDoc {
    pub(crate) when: Written,
    pub(crate) value: ValueDoc,
}

/// A value that a case gives.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(untagged, expecting = "write true, false or an option")]
pub(crate) enum ValueDoc {
    Bool(bool),
    Option(String),
}
