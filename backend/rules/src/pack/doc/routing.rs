//! `routing.yaml`, `severity.yaml` and `projection.yaml` as written.

use serde::Deserialize;
use serde_saphyr::Spanned;

use super::Written;
use crate::pack::model::Confidence;
use crate::{Part, Text, UnitKind};

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
    /// How sure the pack is of it, where it says so.
    pub(crate) confidence: Option<Confidence>,
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
