//! What needs attention in what runs here and what it talks to.

use schemars::JsonSchema;
use serde::Serialize;

use super::Section;
use crate::compliance::document::words::say;
use crate::compliance::model::Words;

/// Something about what runs here, or what it talks to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(tag = "code", rename_all = "snake_case")]
pub enum OfMachine {
    /// The database is not the one that the program expects.
    SchemaDiffers {
        /// Migrations that are missing.
        missing: usize,
        /// Migrations that are unknown.
        unknown: usize,
    },
    /// No version of the rules is in force.
    NoRules,
    /// People reach the server without TLS.
    NoTls,
    /// A provider may vouch at any level of assurance.
    NoAssuranceLevel {
        /// Its name.
        provider: String,
    },
    /// A link is not protected.
    LinkUnprotected {
        /// What it is called.
        name: String,
        /// Where it leads.
        address: String,
    },
}

impl OfMachine {
    pub(super) fn section(&self) -> Section {
        match self {
            Self::SchemaDiffers { .. } | Self::NoRules | Self::NoTls | Self::NoAssuranceLevel { .. } => {
                Section::Versions
            }
            Self::LinkUnprotected { .. } => Section::Links,
        }
    }

    pub(super) fn sentence(&self) -> Words {
        match self {
            Self::SchemaDiffers { missing, unknown } => say(
                format!(
                    "Databasen passer ikke til programmet: {missing} ændringer af den mangler, {unknown} er ukendte."
                ),
                format!(
                    "The database does not fit the program: {missing} migrations are missing, {unknown} unknown."
                ),
            ),
            Self::NoRules => {
                say("Ingen version af reglerne er i kraft.", "No version of the rules is in force.")
            }
            Self::NoTls => say(
                "Efter indstillingerne nås serveren uden TLS (http.public_url, tls).",
                "By the settings, people reach the server without TLS (http.public_url, tls).",
            ),
            Self::NoAssuranceLevel { provider } => say(
                format!("Loginudbyderen {provider} godtages på ethvert sikringsniveau (acr)."),
                format!("The identity provider {provider} is accepted at any level of assurance (acr)."),
            ),
            Self::LinkUnprotected { name, address } => say(
                format!(
                    "Forbindelsen {name} til {address} kræver ikke kryptering med et kontrolleret certifikat."
                ),
                format!(
                    "The link {name} to {address} does not demand encryption with a verified certificate."
                ),
            ),
        }
    }
}
