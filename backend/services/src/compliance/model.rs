//! What a report says. As JSON it is a contract: fields may be added, none renamed.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use schemars::JsonSchema;
use serde::Serialize;
use varsel_domain::attempt::Cause;
use varsel_domain::authorisation::{Function, Reach, Temporary};
use varsel_domain::change::{ChangeKind, ChangeStatus, Flaw};
use varsel_domain::organisation::Language;
use varsel_domain::pack::PackStatus;
use varsel_domain::retention::{self, Kind};
use varsel_domain::rules::Text;

use super::finding::{Finding, Section};
use super::installation::{Database, Link, Tls};

/// The form of the file, and the version of that form.
pub const FORMAT: &str = "varsel-compliance-report/1";

/// Words in Danish and English.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Words {
    /// Danish.
    pub da: String,
    /// English.
    pub en: String,
}

impl Words {
    /// In one of them.
    pub fn of(&self, language: Language) -> &str {
        match language {
            Language::Da => &self.da,
            Language::En => &self.en,
        }
    }
}

impl From<Text> for Words {
    fn from(text: Text) -> Self {
        Self { da: text.da, en: text.en }
    }
}

impl From<retention::Words> for Words {
    fn from(words: retention::Words) -> Self {
        Self { da: words.da.to_owned(), en: words.en.to_owned() }
    }
}

/// A period.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Period {
    /// From when, in UTC.
    pub from: DateTime<Utc>,
    /// Until when, exclusive.
    pub until: DateTime<Utc>,
}

impl Period {
    /// Whether an instant lies in it.
    pub fn holds(&self, at: DateTime<Utc>) -> bool {
        (self.from..self.until).contains(&at)
    }
}

/// The report.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
#[schemars(title = "Compliance report of Varsel")]
pub struct Report {
    /// The form of this file and its version: "varsel-compliance-report/1".
    pub format: &'static str,
    /// When it was made, in UTC. What stands is as of then; what happened, of the period.
    pub made_at: DateTime<Utc>,
    /// The period that it is about.
    pub period: Period,
    /// Which installation: the origin of its log of use.
    pub origin: String,
    /// What needs attention; empty where everything is in order.
    pub findings: Vec<Told>,
    /// Who may do what.
    pub authorisations: Authorisations,
    /// The half-yearly reviews of that.
    pub reviews: Reviews,
    /// What was rejected.
    pub attempts: Attempts,
    /// The log of use.
    pub log: UseLog,
    /// What is erased when.
    pub retention: Retention,
    /// What two decided.
    pub changes: Changes,
    /// What runs here.
    pub versions: Versions,
    /// What it talks to.
    pub links: Vec<Link>,
}

/// Something that needs attention.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Told {
    /// Where in the report it stands.
    pub section: Section,
    /// What it is.
    pub finding: Finding,
    /// The same in a sentence.
    pub sentence: Words,
}

/// Who may do what.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Authorisations {
    /// That give their rights now.
    pub active: u64,
    /// Whose time has not begun.
    pub pending: u64,
    /// That are suspended.
    pub suspended: u64,
    /// That were withdrawn or whose time is over, ever.
    pub over: u64,
    /// Of those that are not over: for auditors and technicians, for a time.
    pub temporary: u64,
    /// Of those that are active: not used for half a year.
    pub unused: u64,
    /// Of those that are active: how many let do what.
    #[schemars(with = "BTreeMap<String, u64>")]
    pub by_function: BTreeMap<Function, u64>,
    /// All that are not over, oldest first.
    pub list: Vec<Held>,
}

/// An authorisation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Held {
    /// Id.
    pub id: String,
    /// Whose it is.
    pub holder: String,
    /// What it lets them do.
    #[schemars(with = "Vec<String>")]
    pub functions: Vec<Function>,
    /// How far, e.g. `unit/sektorcert`.
    #[schemars(with = "String")]
    pub reach: Reach,
    /// The same in words.
    pub reach_words: Words,
    /// For what.
    pub purpose: Words,
    /// From when.
    pub from: DateTime<Utc>,
    /// Until when, exclusive; null where it has no end.
    pub until: Option<DateTime<Utc>>,
    /// Why it is only for a time: `auditor` or `technician`.
    #[schemars(with = "Option<String>")]
    pub temporary: Option<Temporary>,
    /// Where it stands now.
    pub standing: Standing,
    /// When it was granted.
    pub granted_at: DateTime<Utc>,
    /// By whom.
    pub granted_by: GrantedBy,
    /// When it was last used, in any function.
    pub last_used_at: Option<DateTime<Utc>>,
    /// How often it was used.
    pub uses: u64,
    /// Nobody has used it for half a year.
    pub unused: bool,
    /// What is wrong with how it was granted; null where nothing is.
    #[schemars(with = "Option<String>")]
    pub flaw: Option<Flaw>,
}

/// Where an authorisation stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Standing {
    /// It gives its rights.
    Active,
    /// Its time has not begun.
    Pending,
    /// Nobody confirmed it in a review.
    Unconfirmed,
    /// Its holder has moved.
    Moved,
}

/// On whose word an authorisation rests.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(tag = "by", rename_all = "snake_case")]
pub enum GrantedBy {
    /// Two people.
    Two {
        /// Who proposed it.
        proposed_by: Option<String>,
        /// Who approved it.
        approved_by: Option<String>,
        /// Their decision.
        change: String,
    },
    /// An identity provider that is trusted to.
    Provider {
        /// Its name in the settings.
        name: String,
    },
    /// Whoever runs the server, for the first days.
    Operator,
}

/// The half-yearly reviews.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Reviews {
    /// Those that were open in the period, newest first.
    pub campaigns: Vec<Campaign>,
    /// Where a review should have been done, and none was opened.
    pub missing: Vec<Missing>,
    /// Authorisations that stand suspended now because nobody confirmed them.
    pub unconfirmed: u64,
}

/// A review of all authorisations of one reach.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Campaign {
    /// Id.
    pub id: String,
    /// Of what.
    #[schemars(with = "String")]
    pub reach: Reach,
    /// The same in words.
    pub reach_words: Words,
    /// When it opened.
    pub opened_at: DateTime<Utc>,
    /// What nobody has confirmed by then is suspended.
    pub deadline: DateTime<Utc>,
    /// When it was closed; null while it is open.
    pub closed_at: Option<DateTime<Utc>>,
    /// How many authorisations.
    pub items: u64,
    /// Of these still needed.
    pub confirmed: u64,
    /// Not needed, and withdrawn.
    pub withdrawn: u64,
    /// Suspended, since nobody said.
    pub suspended: u64,
    /// Over before anybody decided.
    pub gone: u64,
    /// Not decided yet.
    pub undecided: u64,
    /// Of all of them: not used for half a year when it opened.
    pub unused: u64,
    /// It is open, and its deadline has passed.
    pub overdue: bool,
}

/// A review that should have been.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Missing {
    /// Of what.
    #[schemars(with = "String")]
    pub reach: Reach,
    /// The same in words.
    pub reach_words: Words,
    /// When it should have been done.
    pub due: DateTime<Utc>,
}

/// What was rejected.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Attempts {
    /// Rejections in the period; to find nothing is none.
    pub total: u64,
    /// How many, month by month, cause by cause.
    pub months: Vec<Month>,
    /// Ways in that were closed in the period.
    pub blocks: u64,
    /// Tasks that are open now.
    pub open: u64,
    /// Of these, not followed up for more than seven days.
    pub open_over_a_week: u64,
    /// Of those that are open, nobody's.
    pub without_owner: u64,
    /// The blocks that began in the period or whose task is open, newest first.
    pub tasks: Vec<Task>,
}

/// The attempts of a month for one cause.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Month {
    /// The month in Denmark, e.g. `2026-11`.
    pub month: String,
    /// Why they were rejected.
    #[schemars(with = "String")]
    pub cause: Cause,
    /// How many.
    pub count: u64,
}

/// A way in that was closed, and its task.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Task {
    /// Id.
    pub id: String,
    /// The cause of the last failure.
    #[schemars(with = "String")]
    pub cause: Cause,
    /// When it was first closed.
    pub began_at: DateTime<Utc>,
    /// How often it was closed.
    pub times: i64,
    /// Who follows it up.
    pub owner: Option<String>,
    /// When the task was closed.
    pub closed_at: Option<DateTime<Utc>>,
    /// By whom.
    pub closed_by: Option<String>,
    /// What they found.
    pub reason: Option<String>,
    /// Nobody has followed it up for more than seven days.
    pub over_a_week: bool,
}

/// The log of use.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct UseLog {
    /// The public half of the key that signs its checkpoints, and this report.
    pub key: String,
    /// The newest checkpoint.
    pub newest: Option<Newest>,
    /// Checkpoints made in the period.
    pub checkpoints: u64,
    /// Uses written down in the period and still there, without signs of life.
    pub entries: u64,
    /// So many seconds may lie between two checkpoints.
    pub longest_gap_allowed: i64,
    /// How many times it was longer.
    pub gap_count: u64,
    /// The longest of these times, at most a hundred.
    pub gaps: Vec<Gap>,
    /// What witnesses said last.
    pub witnesses: Vec<Testimony>,
    /// What was erased in the period because its time was up.
    pub erasures: Vec<Erasure>,
    /// What is wrong with the newest checkpoint or its tree; null where nothing is.
    pub problem: Option<String>,
}

/// A checkpoint.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Newest {
    /// How many entries the log had.
    pub size: u64,
    /// The root of their tree, in Base64.
    pub root: String,
    /// When it was made.
    pub at: DateTime<Utc>,
}

/// A time in which the log had no checkpoint.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Gap {
    /// The checkpoint before.
    pub from: DateTime<Utc>,
    /// The one after, or the end of the period.
    pub until: DateTime<Utc>,
    /// How long, in seconds.
    pub seconds: i64,
}

/// What a witness said last.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Testimony {
    /// The name of its key.
    pub name: String,
    /// The size of the log that it cosigned last.
    pub size: Option<u64>,
    /// When it last answered.
    pub at: Option<DateTime<Utc>>,
    /// Why it did not cosign then; null if it did.
    pub refusal: Option<String>,
    /// It is named in the settings.
    pub configured: bool,
}

/// An erasure of the log.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Erasure {
    /// When it began.
    pub began_at: DateTime<Utc>,
    /// When it ended; null where it did not.
    pub ended_at: Option<DateTime<Utc>>,
    /// What was older than this went.
    pub before: DateTime<Utc>,
    /// How many entries.
    pub entries: u64,
}

/// What is erased when.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Retention {
    /// Each kind of data.
    pub kinds: Vec<KeptKind>,
    /// Incidents that are kept beyond their deadline.
    pub holds: Vec<Hold>,
    /// The last erasure.
    pub last_run: Option<Run>,
}

/// A kind of data.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct KeptKind {
    /// Which.
    #[schemars(with = "String")]
    pub kind: Kind,
    /// What it holds.
    pub holds: Words,
    /// In what law that has its basis.
    pub basis: Words,
    /// How long it is kept.
    pub keep: Words,
    /// From when that counts.
    pub from: Words,
    /// Two administrators may have it kept longer.
    pub may_be_held: bool,
    /// How many an erasure would erase now.
    pub due: u64,
    /// How many it should have erased more than a day ago.
    pub overdue: u64,
    /// When the oldest that is there began.
    pub oldest: Option<DateTime<Utc>>,
}

/// An incident that is kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Hold {
    /// Its number.
    pub incident: String,
    /// Until when.
    pub until: DateTime<Utc>,
    /// Why.
    pub reason: String,
    /// Who proposed it.
    pub proposed_by: String,
    /// Who approved it.
    pub approved_by: Option<String>,
}

/// An erasure.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Run {
    /// When it began.
    pub began_at: DateTime<Utc>,
    /// When it ended.
    pub ended_at: DateTime<Utc>,
    /// How many of each kind went.
    #[schemars(with = "BTreeMap<String, u64>")]
    pub erased: BTreeMap<Kind, u64>,
    /// How much was overdue when it ended.
    pub overdue: u64,
}

/// What two decided.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Changes {
    /// Each kind of change that needs two.
    pub kinds: Vec<GuardedKind>,
    /// The changes of the period, oldest first.
    pub list: Vec<Decided>,
}

/// A kind of change.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct GuardedKind {
    /// Which.
    #[schemars(with = "String")]
    pub kind: ChangeKind,
    /// Proposed in the period.
    pub proposed: u64,
    /// Approved and carried out in it.
    pub executed: u64,
    /// Rejected.
    pub rejected: u64,
    /// Taken back.
    pub withdrawn: u64,
    /// Lapsed, since nobody decided.
    pub expired: u64,
    /// That wait for a decision now.
    pub open: u64,
    /// How much of what holds now does not rest on the decision of two; 0 where the kind is guarded.
    pub unguarded: u64,
}

/// A change.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Decided {
    /// Id.
    pub id: String,
    /// Its kind.
    #[schemars(with = "String")]
    pub kind: ChangeKind,
    /// What it does.
    pub title: Words,
    /// Who proposed it.
    pub proposed_by: String,
    /// When.
    pub proposed_at: DateTime<Utc>,
    /// Where it stands.
    #[schemars(with = "String")]
    pub status: ChangeStatus,
    /// Who decided; null where nobody did.
    pub decided_by: Option<String>,
    /// When.
    pub decided_at: Option<DateTime<Utc>>,
    /// What is wrong with it; null where nothing is.
    #[schemars(with = "Option<String>")]
    pub flaw: Option<Flaw>,
}

/// What runs here.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Versions {
    /// The program's version.
    pub program: String,
    /// The newest migration of the database.
    pub schema: Option<String>,
    /// Migrations that the program has and the database has not had.
    pub missing_migrations: Vec<String>,
    /// Migrations that the database has had and the program does not know.
    pub unknown_migrations: Vec<String>,
    /// The versions of the rules, newest first.
    pub packs: Vec<Pack>,
    /// What the settings say that matters for security.
    pub settings: Settings,
}

/// A version of the rules.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Pack {
    /// Version.
    pub version: String,
    /// Where it stands.
    #[schemars(with = "String")]
    pub status: PackStatus,
    /// From when it is in force.
    pub in_force_from: Option<DateTime<Utc>>,
    /// SHA-256 over its files.
    pub content_sha256: String,
    /// The decision by which it was published; null for what was in force from the first start.
    pub change: Option<String>,
}

/// What the settings say.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Settings {
    /// Where the data is.
    pub database: Database,
    /// Where people reach it.
    pub public_address: Option<String>,
    /// Where TLS ends.
    pub tls: Tls,
    /// Minutes that a session of an authority lasts unused.
    pub authority_idle_minutes: i64,
    /// Minutes that a reporter's session lasts unused.
    pub reporter_idle_minutes: i64,
    /// Hours that a session lasts at most.
    pub longest_session_hours: i64,
    /// Sessions that a person may have at once.
    pub parallel_sessions: usize,
    /// Failures on an account that close it for a while.
    pub attempts_per_user: usize,
    /// Failures from a client that do.
    pub attempts_per_client: usize,
    /// Within so many minutes.
    pub attempts_window_minutes: i64,
    /// For so many minutes.
    pub attempts_block_minutes: i64,
    /// Days that an authorisation of an auditor or technician lasts at most.
    pub longest_temporary_days: i64,
    /// Varsel itself vouches for accounts.
    pub local_accounts: bool,
    /// People of a provider may add ways of their own.
    pub local_fallback: bool,
    /// The identity providers.
    pub providers: Vec<Provider>,
}

/// An identity provider.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Provider {
    /// Its name in the settings.
    pub name: String,
    /// Its issuer address.
    pub issuer: String,
    /// The assurance levels that are accepted; every one where there is none.
    pub assurance: Vec<String>,
    /// Since when it is trusted on these settings; null where it is not.
    pub trusted_since: Option<DateTime<Utc>>,
    /// The decision of two; null where it was there from the first start, or whoever runs the server trusted it.
    pub change: Option<String>,
}
