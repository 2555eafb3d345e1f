//! What [`crate::assess()`] answers. Its JSON form is a contract with others: extend it, never rename.

use chrono::{DateTime, FixedOffset, Utc};
use serde::{Deserialize, Serialize};

use crate::Text;

/// Three-valued answer (Kleene logic): unknown facts give [`Answer::CannotTell`], never a guess.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Answer {
    /// It does.
    Yes,
    /// It does not.
    No,
    /// The known facts do not decide it.
    CannotTell,
}

/// The result of applying one pack version to the facts of one incident.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Assessment {
    /// The pack version that was used.
    pub pack: PackRef,
    /// Every regime of the pack, in the pack's order.
    pub regimes: Vec<RegimeAssessment>,
    /// Every duty that is open, met, late or foreseeable, ordered by target (open ones first).
    pub obligations: Vec<Obligation>,
    /// The units that get a case, with their part in it.
    pub routes: Vec<Route>,
    /// Proposed severity.
    pub severity: Severity,
    /// What to ask next, each fact once: deciding facts first.
    pub questions: Vec<Question>,
    /// Playbooks to issue.
    pub guidance: Vec<GuidanceRef>,
}

/// Identifies an immutable pack version.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PackRef {
    /// Jurisdiction, e.g. `dk`.
    pub id: String,
    /// Version, e.g. `2026.1`.
    pub version: String,
    /// It is a proposal, which nobody owes anything under.
    #[serde(default, skip_serializing_if = "is_law")]
    pub draft: bool,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde calls it with a reference")]
fn is_law(draft: &bool) -> bool {
    !*draft
}

/// Whether one body of law applies to the organisation and is triggered by the incident.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct RegimeAssessment {
    /// Regime id, e.g. `nis2_dk`.
    pub id: String,
    /// Is this body of law on this organisation at all?
    pub applies: Answer,
    /// Must this incident be reported under it?
    pub triggered: Answer,
    /// Why, in words, with citations.
    pub because: Vec<Reason>,
    /// The smallest set of facts that would decide it; empty when decided. Where it rests on what other laws come to, what
    /// each of those needs.
    pub need_to_know: Vec<String>,
}

/// One reason: a sentence, where it stands in the law, and the facts it rests on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reason {
    /// The sentence.
    pub text: Text,
    /// Article or paragraph.
    pub cite: String,
    /// Fact ids.
    pub facts: Vec<String>,
}

/// One duty: regime, stage, recipients and its clock.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Obligation {
    /// Regime id.
    pub regime: String,
    /// Stage id, e.g. `early_warning`.
    pub stage: String,
    /// Unit ids (or `data_subjects`, for duties towards people).
    pub recipients: Vec<String>,
    /// Opened by precaution: it is not yet certain that the duty exists.
    pub provisional: bool,
    /// Where it stands at the moment of assessment.
    pub status: ObligationStatus,
    /// The plain reading (event + 24 h), with the legal time zone's offset. Null while its clock has not started.
    pub target: Option<DateTime<FixedOffset>>,
    /// The legal end of the period (Regulation 1182/71). A filing is late only after this.
    pub due: Option<DateTime<FixedOffset>>,
    /// Where the duty stands in the law.
    pub cite: String,
}

/// Where a duty stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ObligationStatus {
    /// To be filed.
    Open,
    /// Filed in time (or no time was set).
    Met,
    /// `due` has passed without a filing, or it was filed after `due`.
    Late,
    /// Its clock has not started.
    NotYetOpen,
}

/// A unit that gets a case.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Route {
    /// Unit id, e.g. `sektorcert`.
    pub unit: String,
    /// The role it was resolved from, e.g. `sector_unit`.
    pub role: String,
    /// Its part.
    pub part: Part,
    /// Why.
    pub because: Reason,
}

/// A unit's part in an incident.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Part {
    /// Coordinates.
    Lead,
    /// Works on its own part.
    Support,
    /// Is told.
    Inform,
}

/// Proposed severity on the pack's scale; an authority confirms it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Severity {
    /// 0 (no impact) to 5 (national emergency), see the pack's `severity.yaml`.
    pub level: u8,
    /// Why.
    pub because: Vec<Reason>,
}

/// A fact to ask for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Question {
    /// Fact id.
    pub fact: String,
    /// What needs it: `regime/stage`, or `regime` where it decides whether the regime applies.
    #[serde(rename = "for")]
    pub needed_for: Vec<String>,
    /// How much.
    pub need: Need,
}

/// How much a fact is needed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Need {
    /// Decides whether a duty exists.
    Decides,
    /// The stage cannot be filed without it (matrix code X).
    Required,
    /// To be given when it is available (I).
    IfAvailable,
    /// May be given early (O).
    Optional,
}

/// A playbook to issue.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct GuidanceRef {
    /// Playbook id, e.g. `ransomware`.
    pub playbook: String,
    /// Its version.
    pub version: u32,
}

/// What was filed before: later stages take their clocks from it. Resubmissions are further entries.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Filing {
    /// Regime id.
    pub regime: String,
    /// Stage id.
    pub stage: String,
    /// When it was received.
    pub at: DateTime<Utc>,
}

/// An authority asked for a report that is owed only when it is asked for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Request {
    /// Regime id.
    pub regime: String,
    /// Stage id, e.g. `intermediate_report`.
    pub stage: String,
    /// When it was asked for.
    pub at: DateTime<Utc>,
    /// By when, as the authority set it; the law itself sets no time for most.
    pub due: Option<DateTime<Utc>>,
}

/// What happened to an incident so far, between the organisation and the authorities.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct History<'a> {
    /// What was filed, resubmissions included.
    pub filings: &'a [Filing],
    /// What was asked for.
    pub requests: &'a [Request],
}

/// Names a stage of a regime.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct StageRef {
    /// Regime id.
    pub regime: String,
    /// Stage id.
    pub stage: String,
}
