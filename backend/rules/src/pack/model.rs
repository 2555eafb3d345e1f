//! What a pack holds, as other rooms see it.

use serde::{Deserialize, Serialize};

use crate::{FactFormat, Text};

/// One entry of the fact catalogue.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Fact {
    /// Dotted id, e.g. `impact.users_affected`; reporting facts have plain ids, e.g. `description`.
    pub id: String,
    /// Type of its value.
    #[serde(rename = "type")]
    pub fact_type: FactType,
    /// Group for the form, e.g. `impact`.
    pub group: String,
    /// Name of the group.
    pub group_label: Text,
    /// The question, short.
    pub label: Text,
    /// Why it is asked or how to answer, one line.
    pub help: Option<Text>,
    /// Options of an enum or a set.
    pub options: Vec<FactOption>,
    /// Who may see it.
    pub sensitivity: Sensitivity,
    /// Further ids that it answers to on input, e.g. `detected_at` for `incident.aware_at`. Never stored.
    pub aliases: Vec<String>,
    /// The form a text must have, e.g. a CVR number; none for free text.
    pub format: Option<FactFormat>,
    /// Least number allowed; 0 where none is given.
    pub min: Option<u32>,
    /// Greatest number allowed, e.g. 5 for a level of 1 to 5.
    pub max: Option<u32>,
    /// A long free text.
    pub multiline: bool,
    /// The earliest stage at which it is asked, unless it decides whether a duty exists or is required.
    pub asked_from: AskedFrom,
}

/// One option of an enum or a set.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct FactOption {
    /// Value.
    pub id: String,
    /// Words for people.
    pub label: Text,
    /// Heading it stands under, e.g. the sector of a subsector.
    pub group: Option<Text>,
    /// What people in any language type when they look for it; never shown.
    pub also_called: Vec<String>,
}

/// The earliest stage at which a fact is asked.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AskedFrom {
    /// In the first report, of everybody.
    #[default]
    First,
    /// From the notification on.
    Notification,
    /// In the final report.
    Final,
}

/// Type of a fact's value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FactType {
    /// Yes or no.
    Bool,
    /// Whole number from 0.
    Integer,
    /// Number from 0.
    Decimal,
    /// Euro.
    MoneyEur,
    /// Minutes.
    Minutes,
    /// Percent, 0 to 100.
    Percent,
    /// RFC 3339 with offset.
    Instant,
    /// One option.
    Enum,
    /// Several options.
    Set,
    /// ISO 3166-1 alpha-2 codes.
    Countries,
    /// Free text.
    Text,
}

/// Who may see a fact.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Sensitivity {
    /// Every recipient whose matrix has it.
    #[default]
    Plain,
    /// As plain, and never in mails or lists.
    Confidential,
    /// Names and addresses of people: only where the pack says so.
    Personal,
}

/// An authority's desk that receives.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Unit {
    /// Id, e.g. `sektorcert`, `csirt`, `datatilsynet`.
    pub id: String,
    /// Name.
    pub name: Text,
    /// What it is.
    pub kind: UnitKind,
    /// Telephone, where known.
    pub phone: Option<String>,
    /// Mail, where known.
    pub email: Option<String>,
    /// Web page, where known.
    pub url: Option<String>,
    /// When it answers, where known.
    pub hours: Option<Text>,
    /// Where what the pack says of it was read.
    pub source: String,
    /// How sure the pack is of it.
    pub confidence: String,
}

/// What a unit is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum UnitKind {
    /// Sector unit.
    SectorUnit,
    /// Competent authority.
    Authority,
    /// National cyber centre.
    Csirt,
    /// Single point of contact.
    Spoc,
    /// Data protection authority.
    DataProtection,
    /// Financial supervisor.
    FinancialSupervisor,
    /// Police.
    Police,
    /// Any other body that is told.
    Other,
}

/// A playbook: ordered steps for one kind of incident.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Guidance {
    /// Id: a kind of incident, or `common`.
    pub playbook: String,
    /// Version.
    pub version: u32,
    /// Title.
    pub title: Text,
    /// What to ask the reporter first.
    pub ask_first: Vec<Text>,
    /// What makes it worse.
    pub worse_if: Vec<Text>,
    /// Steps in order.
    pub steps: Vec<GuidanceStep>,
}

/// One step of a playbook.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct GuidanceStep {
    /// Id within the playbook.
    pub id: String,
    /// Phase id: `immediate`, `first_24h`, `recovery`.
    pub phase: String,
    /// Phase in words.
    pub phase_name: Text,
    /// Who does it, in words.
    pub who: Text,
    /// By when, in words.
    pub when: Text,
    /// Place of that time frame among all, the most pressing first, from 0: steps of a phase are done in this order.
    pub urgency: usize,
    /// A warning not to.
    pub dont: bool,
    /// What to do, in Markdown, as it reads for an incident of which nothing is known; [`crate::render`] merges what is.
    pub text: Text,
    /// What it is rendered from, where something is merged into it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) template: Option<Text>,
    /// Regime whose clock belongs to the step: shown as a duty only when that regime is triggered.
    pub regime: Option<String>,
    /// Where it comes from.
    pub sources: Vec<Source>,
    /// `official`, `secondary`, `derived`, `general-knowledge`.
    pub confidence: String,
}

/// Where a piece of advice or law comes from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Source {
    /// Name.
    pub name: String,
    /// Address, where there is one.
    pub url: Option<String>,
    /// Its name in both languages, where it has one in each.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub label: Option<Text>,
}

/// A regime as people read about it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct RegimeInfo {
    /// Id, e.g. `nis2_dk`.
    pub id: String,
    /// Name of the duty.
    pub name: Text,
    /// How the law is called in a sentence.
    pub law: Text,
    /// Since when it applies, as a date.
    pub in_force_from: Option<String>,
    /// Acts that it stands in.
    pub legal_basis: Vec<LegalBasis>,
    /// How sure the pack is of it.
    pub confidence: Confidence,
    /// Its reports cannot be filed here: Varsel prepares them and says where to go.
    pub filed_elsewhere: bool,
    /// The unit at whose address they are filed instead; none where there is no single place.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub filed_at: Option<String>,
    /// Open questions and readings, in English, for those who look after the pack.
    pub notes: Vec<String>,
    /// Its reports, in order.
    pub stages: Vec<StageInfo>,
}

/// An act that a regime stands in.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LegalBasis {
    /// Name of the act.
    pub act: String,
    /// Articles or paragraphs.
    pub articles: Option<String>,
    /// Address.
    pub url: Option<String>,
}

/// A report of a regime as people read about it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct StageInfo {
    /// Id, e.g. `early_warning`.
    pub id: String,
    /// Name.
    pub name: Text,
    /// Where it stands in the law.
    pub cite: String,
    /// How sure the pack is of it.
    pub confidence: Confidence,
}

/// What the law says of a fact in a report: the code of its cell of the matrix.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FieldCode {
    /// X: required.
    Required,
    /// C: carried forward, may be corrected.
    Carried,
    /// O: may be filled early.
    Optional,
    /// I: required if available.
    IfAvailable,
}

/// One fact of a report, in the catalogue's order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StageField {
    /// Fact id.
    pub fact: String,
    /// What the law says of it there.
    pub code: FieldCode,
}

/// How sure a pack is of what it says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Confidence {
    /// Read in the legal text itself.
    Primary,
    /// Read on an authority's own page.
    Official,
    /// Read elsewhere.
    Secondary,
    /// A reading or adaptation of a source.
    Derived,
    /// Our own proposal.
    OwnDesign,
    /// Seen in no source; to be verified.
    GeneralKnowledge,
}
