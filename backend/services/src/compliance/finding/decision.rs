//! What needs attention in erasure, and in what two must decide.

use chrono::{DateTime, Utc};
use schemars::JsonSchema;
use serde::Serialize;
use varsel_domain::change::{ChangeKind, Flaw};
use varsel_domain::retention::Kind;

use super::Section;
use crate::compliance::document::words::{change_kind, flaw, kind, moment, say};
use crate::compliance::model::Words;

/// Something about erasure, or about what two must decide.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(tag = "code", rename_all = "snake_case")]
pub enum OfDecision {
    /// Something is there more than a day after its deadline.
    RetentionOverdue {
        /// Of which kind.
        #[schemars(with = "String")]
        kind: Kind,
        /// How many.
        count: u64,
    },
    /// Nothing was erased lately: erasures do not run.
    NoErasure {
        /// When the last one was.
        last: Option<DateTime<Utc>>,
    },
    /// What holds now does not rest on the decision of two.
    Unguarded {
        /// Which kind of change.
        #[schemars(with = "String")]
        kind: ChangeKind,
        /// What: a change's id, a version, a provider's name.
        what: String,
        /// What is wrong.
        #[schemars(with = "String")]
        flaw: Flaw,
    },
    /// Whoever runs the server trusted identity providers alone.
    ProviderTrustedAlone {
        /// When.
        at: DateTime<Utc>,
        /// Which.
        providers: Vec<String>,
    },
    /// Whoever runs the server replaced keys alone.
    KeysReplacedAlone {
        /// When.
        at: DateTime<Utc>,
        /// Why, in their words; none where they were not asked.
        reason: Option<String>,
    },
}

impl OfDecision {
    pub(super) fn section(&self) -> Section {
        match self {
            Self::RetentionOverdue { .. } | Self::NoErasure { .. } => Section::Retention,
            Self::Unguarded { .. } | Self::ProviderTrustedAlone { .. } | Self::KeysReplacedAlone { .. } => {
                Section::Changes
            }
        }
    }

    pub(super) fn sentence(&self) -> Words {
        match self {
            Self::RetentionOverdue { kind: which, count } => {
                let which = kind(*which);
                say(
                    format!("{count} af arten “{}” er der endnu et døgn efter fristen.", which.da),
                    format!("{count} of the kind “{}” are still there a day after the deadline.", which.en),
                )
            }
            Self::NoErasure { last } => {
                let last = last.map_or_else(|| say("aldrig", "never"), |at| say(moment(at), moment(at)));
                say(
                    format!("Sletningen kører ikke (seneste kørsel: {}).", last.da),
                    format!("Erasures do not run (last one: {}).", last.en),
                )
            }
            Self::Unguarded { kind: which, what, flaw: why } => {
                let (which, why) = (change_kind(*which), flaw(*why));
                say(
                    format!("{} ({what}): det hviler ikke på to personers beslutning, {}.", which.da, why.da),
                    format!("{} ({what}): it does not rest on the decision of two, {}.", which.en, why.en),
                )
            }
            Self::ProviderTrustedAlone { at, providers } => say(
                format!("Driften gav alene tillid til {} ({}).", providers.join(", "), moment(*at)),
                format!("Whoever runs the server alone trusted {} ({}).", providers.join(", "), moment(*at)),
            ),
            Self::KeysReplacedAlone { at, reason } => {
                let why = reason.as_ref().map_or_else(String::new, |reason| format!(": “{reason}”"));
                say(
                    format!("Driften udskiftede alene nøgler ({}){why}.", moment(*at)),
                    format!("Whoever runs the server replaced keys alone ({}){why}.", moment(*at)),
                )
            }
        }
    }
}
