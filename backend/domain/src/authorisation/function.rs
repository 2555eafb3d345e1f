//! What a right lets somebody do, and how far it reaches.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use varsel_rules::Text;

use crate::{OrganisationId, Role, UnitId};

/// What a right lets somebody do (BEK 1104 section 16: read, input, erase; the others are the platform's own).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Function {
    /// See reports and cases.
    Read,
    /// File reports.
    Input,
    /// Erase reports.
    Erase,
    /// Decide on cases.
    Decide,
    /// Administer rights and, nationally, the rules.
    Administer,
    /// See who may and did do what.
    Audit,
}

impl Function {
    /// Every function.
    pub const ALL: [Self; 6] =
        [Self::Read, Self::Input, Self::Erase, Self::Decide, Self::Administer, Self::Audit];

    /// The word for it in storage.
    pub fn word(self) -> &'static str {
        match self {
            Self::Read => "read",
            Self::Input => "input",
            Self::Erase => "erase",
            Self::Decide => "decide",
            Self::Administer => "administer",
            Self::Audit => "audit",
        }
    }

    /// What it lets somebody do, in words.
    pub fn label(self) -> Text {
        let (da, en) = match self {
            Self::Read => ("læse", "read"),
            Self::Input => ("indberette", "input"),
            Self::Erase => ("slette", "erase"),
            Self::Decide => ("afgøre", "decide"),
            Self::Administer => ("administrere", "administer"),
            Self::Audit => ("kontrollere", "audit"),
        };
        Text { da: da.to_owned(), en: en.to_owned() }
    }
}

/// How far a right reaches. Its text, e.g. `unit/sektorcert`, is what storage and proposals hold.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Reach {
    /// The reports of one organisation.
    Organisation(OrganisationId),
    /// The cases of one unit.
    Unit(UnitId),
    /// The cases of a sector's units.
    Sector(String),
    /// The national units (to read, input, erase and decide), or the whole platform (to administer and audit).
    National,
}

/// Text that is no reach.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("not a reach: write organisation/<id>, unit/<id>, sector/<id> or national")]
pub struct WrongReach;

impl fmt::Display for Reach {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Organisation(id) => write!(f, "organisation/{id}"),
            Self::Unit(id) => write!(f, "unit/{id}"),
            Self::Sector(id) => write!(f, "sector/{id}"),
            Self::National => f.write_str("national"),
        }
    }
}

impl FromStr for Reach {
    type Err = WrongReach;

    fn from_str(text: &str) -> Result<Self, WrongReach> {
        match text.split_once('/') {
            None if text == "national" => Ok(Self::National),
            Some(("organisation", id)) => id.parse().map(Self::Organisation).ok().ok_or(WrongReach),
            Some(("unit", id)) if !id.is_empty() => Ok(Self::Unit(id.into())),
            Some(("sector", id)) if !id.is_empty() => Ok(Self::Sector(id.to_owned())),
            _ => Err(WrongReach),
        }
    }
}

impl Serialize for Reach {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Reach {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
    }
}

impl Role {
    /// Where somebody belongs: who administers there may say that they have left.
    pub fn home(&self) -> Reach {
        match self {
            Self::Reporter { organisation } => Reach::Organisation(*organisation),
            Self::Officer { unit } | Self::Coordinator { unit } => Reach::Unit(unit.clone()),
            Self::SecurityOfficer | Self::Administrator => Reach::National,
        }
    }

    /// What a provider that is trusted to grant gives to whoever belongs there.
    pub fn usual_functions(&self) -> &'static [Function] {
        match self {
            Self::Reporter { .. } => &[Function::Read, Function::Input],
            Self::Officer { .. } => &[Function::Read, Function::Decide],
            Self::Coordinator { .. } => &[Function::Read],
            Self::SecurityOfficer => &[Function::Audit],
            Self::Administrator => &[Function::Erase, Function::Administer],
        }
    }
}
