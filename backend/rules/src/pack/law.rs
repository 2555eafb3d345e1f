//! The law of a pack as the engine applies it: checked, with every reference resolved.

use std::collections::BTreeMap;

use super::content::AttributeValue;
pub(crate) use super::model::FieldCode as Code;
use super::model::{Confidence, RegimeInfo};
use crate::condition::Condition;
use crate::{CalendarRule, FactType, FactValue, Part, Period, Reason, Text, UnitKind};

/// One body of law with a duty to report.
#[derive(Debug)]
pub(crate) struct Regime {
    pub(crate) id: String,
    /// What people read about it.
    pub(crate) info: RegimeInfo,
    /// What it means that it is triggered, is not, or cannot be told, where it is no duty.
    pub(crate) sentences: Option<[Text; 3]>,
    pub(crate) cite: String,
    /// Attribute of subsectors that names this regime where it covers them.
    pub(crate) covers: Option<String>,
    pub(crate) applies: Condition,
    pub(crate) triggered: Condition,
    pub(crate) precaution: bool,
    pub(crate) tell_when: Option<Condition>,
    pub(crate) stages: Vec<Stage>,
}

/// One report of a regime.
#[derive(Debug)]
pub(crate) struct Stage {
    pub(crate) id: String,
    pub(crate) cite: String,
    pub(crate) opens: Opens,
    /// Roles that may ask for it.
    pub(crate) requested_by: Vec<String>,
    /// Unless this certainly fails.
    pub(crate) when: Option<Condition>,
    /// Only where this certainly holds.
    pub(crate) certain: Option<Condition>,
    pub(crate) unless_filed: Vec<String>,
    pub(crate) clock: Option<Clock>,
    pub(crate) recipients: Vec<Recipient>,
    /// The stage's row of the matrix, in the catalogue's order.
    pub(crate) row: Vec<Cell>,
}

/// When a stage opens.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Opens {
    Start,
    Requested,
    /// At the start, and again after every filing of it.
    Recurring,
    Filed(String),
    Event(String),
}

/// One fact of a stage's row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Cell {
    pub(crate) fact: String,
    pub(crate) code: Code,
    /// "Not known yet" discharges it.
    pub(crate) unknown_ok: bool,
}

/// How long a stage may take.
#[derive(Debug)]
pub(crate) struct Clock {
    pub(crate) start: Start,
    pub(crate) period: Period,
    pub(crate) rule: CalendarRule,
    /// The fact from which a further period runs; whichever ends first counts.
    pub(crate) cap: Option<(String, Period)>,
    pub(crate) overrides: Vec<Override>,
    /// Where this does not certainly hold, weekends and holidays move nothing.
    pub(crate) defer_when: Option<Condition>,
}

/// What starts a clock.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Start {
    /// The instant that this fact gives.
    Fact(String),
    /// The first, or the latest, filing of this stage.
    Filed { stage: String, latest: bool },
}

/// Another period for some organisations or incidents.
#[derive(Debug)]
pub(crate) struct Override {
    pub(crate) when: Condition,
    pub(crate) period: Period,
    pub(crate) cite: String,
}

/// A role that receives a stage.
#[derive(Debug)]
pub(crate) struct Recipient {
    pub(crate) role: String,
    pub(crate) when: Option<Condition>,
    pub(crate) unless: Option<Condition>,
}

/// A fact that follows from others.
#[derive(Debug)]
pub(crate) struct Computed {
    pub(crate) id: String,
    pub(crate) label: Text,
    pub(crate) fact_type: FactType,
    pub(crate) from: Vec<String>,
    /// What each option of a fact means.
    pub(crate) map: Option<(String, BTreeMap<String, FactValue>)>,
    /// An attribute of the options chosen in a fact.
    pub(crate) attribute: Option<(String, String)>,
    pub(crate) cases: Vec<(Condition, FactValue)>,
    pub(crate) default: Option<FactValue>,
    /// The value where nothing gives one.
    pub(crate) presumed: Option<FactValue>,
}

/// Subsectors: what the affected services are, and what follows from it.
#[derive(Debug, Default)]
pub(crate) struct Sectors(pub(crate) BTreeMap<String, Subsector>);

#[derive(Debug)]
pub(crate) struct Subsector {
    pub(crate) name: Text,
    pub(crate) attributes: BTreeMap<String, AttributeValue>,
}

impl Subsector {
    /// What it says under an attribute.
    pub(crate) fn values(&self, attribute: &str) -> &[String] {
        match self.attributes.get(attribute) {
            Some(AttributeValue::One(value)) => std::slice::from_ref(value),
            Some(AttributeValue::Many(values)) => values,
            Some(AttributeValue::Text(_) | AttributeValue::None) | None => &[],
        }
    }

    /// Whether it says `value` under an attribute.
    pub(crate) fn says(&self, attribute: &str, value: &str) -> bool {
        self.values(attribute).iter().any(|said| said == value)
    }
}

/// Which units a role means, who leads, and who else is told.
#[derive(Debug)]
pub(crate) struct Routing {
    /// Recipients that are people, not units, with their names.
    pub(crate) people: BTreeMap<String, Text>,
    pub(crate) roles: BTreeMap<String, Role>,
    pub(crate) lead: Lead,
    pub(crate) also: Vec<Also>,
}

#[derive(Debug)]
pub(crate) struct Role {
    pub(crate) id: String,
    pub(crate) target: Target,
    pub(crate) may_be_nobody: bool,
    pub(crate) part: Part,
    pub(crate) may_lead: bool,
    pub(crate) because: Basis,
}

/// Whom a role means.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Target {
    /// Always the same unit, or people.
    One(String),
    /// The units that the affected subsectors name.
    Attribute { name: String, or: Option<String>, precedence: Option<(String, String)> },
}

/// A reason as the pack states it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Basis {
    pub(crate) text: Text,
    pub(crate) cite: String,
    /// How sure the pack is of it, where it says so.
    pub(crate) confidence: Option<Confidence>,
}

impl Basis {
    /// The reason, with `{sectors}` replaced by names and the facts that it rests on.
    pub(crate) fn reason(&self, sectors: &Text, facts: Vec<String>) -> Reason {
        let text = Text {
            da: self.text.da.replace("{sectors}", &sectors.da),
            en: self.text.en.replace("{sectors}", &sectors.en),
        };
        Reason { text, cite: self.cite.clone(), facts }
    }
}

#[derive(Debug)]
pub(crate) struct Lead {
    pub(crate) centre: String,
    pub(crate) sector_role: String,
    pub(crate) group_attribute: String,
    pub(crate) outside: Vec<String>,
    pub(crate) concerns_sector_units: Condition,
    pub(crate) concerns_centre: Condition,
    pub(crate) because_sector_unit: Basis,
    pub(crate) because_authority: Basis,
    pub(crate) because_several: Basis,
    pub(crate) because_no_sector: Basis,
    pub(crate) because_nobody_else: Basis,
}

#[derive(Debug)]
pub(crate) struct Also {
    pub(crate) role: String,
    pub(crate) part: Part,
    pub(crate) when: Condition,
    pub(crate) because: Basis,
}

/// A level of the scale of severity.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SeverityLevel {
    /// From 0; the higher, the more severe.
    pub level: u8,
    /// Its name.
    pub name: Text,
    /// What puts an incident there, in a sentence.
    pub meaning: Text,
}

/// The scale, and what puts an incident on which level.
#[derive(Debug)]
pub(crate) struct SeverityScale {
    pub(crate) levels: BTreeMap<u8, SeverityLevel>,
    /// Highest first.
    pub(crate) rules: Vec<SeverityRule>,
    pub(crate) otherwise: (u8, Basis),
}

#[derive(Debug)]
pub(crate) struct SeverityRule {
    pub(crate) level: u8,
    pub(crate) when: Condition,
    pub(crate) because: Basis,
}

/// Facts that a unit sees besides its regimes' matrices.
#[derive(Debug)]
pub(crate) struct Block {
    pub(crate) facts: Vec<String>,
    pub(crate) to: Audience,
}

/// Who sees a block.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Audience {
    Everyone,
    Recipients,
    Kinds(Vec<UnitKind>),
}

/// What every report needs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Required {
    pub(crate) fact: String,
    pub(crate) unknown_ok: bool,
}
