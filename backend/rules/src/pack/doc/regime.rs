//! `regimes/<id>.yaml` as written.

use serde::Deserialize;
use serde_saphyr::Spanned;

use super::Written;
use crate::pack::model::{Confidence, LegalBasis};
use crate::{CalendarRule, Period, Text};

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
    /// The unit at whose address they are filed instead, where it is one.
    pub(crate) filed_at: Option<Spanned<String>>,
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
    /// Roles that may ask for it, where it is owed on request.
    #[serde(default)]
    pub(crate) requested_by: Vec<String>,
    /// Unless this certainly fails.
    pub(crate) when: Option<Written>,
    /// Only where this certainly holds.
    pub(crate) certain: Option<Written>,
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
    /// At the start, and again after every filing of it: the clock's period is that between two.
    Recurring,
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
