//! The engine's own files of a pack as they are written: pack, terms, regimes, routing, severity, projection.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_saphyr::Spanned;

use super::model::{Confidence, LegalBasis};
use crate::condition::doc::ConditionDoc;
use crate::{CalendarRule, FactType, Part, Period, Text, UnitKind};

/// A condition with its place in the file.
pub(crate) type Written = Spanned<ConditionDoc>;

/// `pack.yaml`: what the pack is, and which facts the engine itself turns on.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct PackDoc {
    pub(crate) id: String,
    pub(crate) version: String,
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
#[serde(untagged)]
pub(crate) enum ValueDoc {
    Bool(bool),
    Option(String),
}

/// `regimes/<id>.yaml`: one body of law with a duty to report.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct RegimeDoc {
    pub(crate) id: Spanned<String>,
    pub(crate) name: Text,
    /// How the law is called in a sentence: "NIS 2-loven", "the NIS 2 Act".
    pub(crate) law: Text,
    /// What triggering it means, where that is no duty.
    pub(crate) sentences: Option<SentencesDoc>,
    /// Since when; for people, no condition looks at it.
    #[serde(default)]
    pub(crate) in_force_from: Option<String>,
    pub(crate) legal_basis: Vec<LegalBasis>,
    pub(crate) confidence: Confidence,
    /// What a citation falls back on.
    pub(crate) cite: Option<String>,
    /// Attribute of subsectors that names this regime where it covers them.
    pub(crate) covers: Option<String>,
    pub(crate) applies: Written,
    pub(crate) triggered: Written,
    /// Whether *cannot tell* opens its duties provisionally.
    #[serde(default = "yes")]
    pub(crate) precaution: bool,
    /// When the recipients are told of a provisional duty: always, where absent.
    pub(crate) tell_when: Option<Written>,
    /// Its reports cannot be filed here: Varsel prepares them and says where to go.
    #[serde(default)]
    pub(crate) filed_elsewhere: bool,
    pub(crate) stages: Vec<Spanned<StageDoc>>,
    /// Open questions and readings, for people.
    #[serde(default)]
    pub(crate) notes: Vec<String>,
}

fn yes() -> bool {
    true
}

/// Whole sentences for the three answers to "is it triggered?"; the questions still open follow the third.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct SentencesDoc {
    pub(crate) triggered: Text,
    pub(crate) not_triggered: Text,
    pub(crate) undecided: Text,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct StageDoc {
    pub(crate) id: String,
    pub(crate) name: Text,
    pub(crate) cite: Option<String>,
    pub(crate) confidence: Confidence,
    pub(crate) on: OpensDoc,
    pub(crate) when: Option<Written>,
    #[serde(default)]
    pub(crate) unless_filed: Vec<String>,
    pub(crate) clock: Option<ClockDoc>,
    pub(crate) recipients: Vec<Spanned<RecipientDoc>>,
    pub(crate) facts: RowDoc,
    /// Required facts for which "not known yet" is no answer.
    #[serde(default)]
    pub(crate) must_know: Vec<String>,
}

/// When a stage opens.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum OpensDoc {
    Start,
    Requested,
    Filed(String),
    Event(String),
}

/// A stage's row of the matrix.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct RowDoc {
    #[serde(default, rename = "X")]
    pub(crate) required: Vec<Spanned<String>>,
    #[serde(default, rename = "C")]
    pub(crate) carried: Vec<Spanned<String>>,
    #[serde(default, rename = "O")]
    pub(crate) optional: Vec<Spanned<String>>,
    #[serde(default, rename = "I")]
    pub(crate) if_available: Vec<Spanned<String>>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct RecipientDoc {
    pub(crate) role: String,
    /// Only where this certainly holds.
    pub(crate) when: Option<Written>,
    /// Unless this certainly holds.
    pub(crate) unless: Option<Written>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct ClockDoc {
    /// The fact that says when the period starts.
    pub(crate) from: Option<Spanned<String>>,
    /// Or the first filing of this stage.
    pub(crate) from_filed: Option<Spanned<String>>,
    /// The latest filing instead of the first.
    #[serde(default)]
    pub(crate) latest: bool,
    pub(crate) period: Period,
    pub(crate) rule: CalendarRule,
    /// The period never ends later than this.
    pub(crate) cap: Option<CapDoc>,
    #[serde(default)]
    pub(crate) overrides: Vec<OverrideDoc>,
    /// Whether the rule's deferral is open to this organisation; where this does not certainly hold, it is not.
    pub(crate) defer_when: Option<Written>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct CapDoc {
    pub(crate) from: Spanned<String>,
    pub(crate) period: Period,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct OverrideDoc {
    pub(crate) when: Written,
    pub(crate) period: Period,
    pub(crate) cite: String,
}

/// `routing.yaml`: which units a role means, and who leads.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct RoutingDoc {
    /// Recipients that are people, not units.
    pub(crate) people: Vec<PeopleDoc>,
    pub(crate) roles: Vec<Spanned<RoleDoc>>,
    pub(crate) lead: LeadDoc,
    /// Units that are told besides those with a duty towards them.
    pub(crate) also: Vec<Spanned<AlsoDoc>>,
}

#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct PeopleDoc {
    pub(crate) id: String,
    pub(crate) name: Text,
}

#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct RoleDoc {
    pub(crate) id: String,
    /// One and the same unit, or people.
    pub(crate) to: Option<String>,
    /// Or the units that this attribute of the affected subsectors names.
    pub(crate) attribute: Option<String>,
    /// Of the affected subsectors, only those that say this, where there are any.
    pub(crate) precedence: Option<PrecedenceDoc>,
    /// Further attribute to look at where the first names nobody.
    pub(crate) or_attribute: Option<String>,
    /// It is in order that some subsectors name nobody.
    #[serde(default)]
    pub(crate) may_be_nobody: bool,
    #[serde(default = "support")]
    pub(crate) part: Part,
    /// Whether it may lead where there is no sector unit.
    #[serde(default)]
    pub(crate) may_lead: bool,
    pub(crate) because: BecauseDoc,
}

fn support() -> Part {
    Part::Support
}

#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct PrecedenceDoc {
    pub(crate) attribute: String,
    pub(crate) is: String,
}

/// A reason as written: `{sectors}` in the text stands for the names of the subsectors.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct BecauseDoc {
    pub(crate) text: Text,
    pub(crate) cite: String,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct LeadDoc {
    /// Leads where no sector is known, several are affected, or nobody else can.
    pub(crate) centre: String,
    /// Role of the sector unit.
    pub(crate) sector_role: String,
    /// Attribute that says in which sector group a subsector is.
    pub(crate) group_attribute: String,
    /// Groups whose sector units do not lead where another unit has a case.
    pub(crate) outside: Vec<String>,
    /// Sector units work on an incident where this does not certainly fail.
    pub(crate) concerns_sector_units: Written,
    /// Where only units that never lead have a case, the centre is brought in only where this certainly holds.
    pub(crate) concerns_centre: Written,
    pub(crate) because_sector_unit: BecauseDoc,
    pub(crate) because_authority: BecauseDoc,
    pub(crate) because_several: BecauseDoc,
    pub(crate) because_no_sector: BecauseDoc,
    pub(crate) because_nobody_else: BecauseDoc,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct AlsoDoc {
    pub(crate) role: String,
    pub(crate) part: Part,
    pub(crate) when: Written,
    pub(crate) because: BecauseDoc,
}

/// `severity.yaml`: the scale, and what puts an incident on which level.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct SeverityDoc {
    pub(crate) scale: Vec<Spanned<LevelDoc>>,
    pub(crate) rules: Vec<Spanned<SeverityRuleDoc>>,
    pub(crate) otherwise: SeverityDefaultDoc,
}

#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct LevelDoc {
    pub(crate) level: u8,
    pub(crate) name: Text,
    pub(crate) meaning: Text,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct SeverityRuleDoc {
    pub(crate) level: u8,
    pub(crate) when: Written,
    pub(crate) because: BecauseDoc,
}

#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct SeverityDefaultDoc {
    pub(crate) level: u8,
    pub(crate) because: BecauseDoc,
}

/// `projection.yaml`: what a unit sees besides its regimes' matrices.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct ProjectionDoc {
    pub(crate) blocks: Vec<Spanned<BlockDoc>>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct BlockDoc {
    pub(crate) id: String,
    pub(crate) facts: Vec<Spanned<String>>,
    pub(crate) to: AudienceDoc,
}

/// Who sees a block.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum AudienceDoc {
    /// Every unit with a case.
    Everyone,
    /// Units towards which a duty exists, or may exist.
    Recipients,
    /// Units of these kinds that have a case.
    Kinds(Vec<UnitKind>),
}
