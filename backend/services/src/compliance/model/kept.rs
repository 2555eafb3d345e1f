//! The log of use, and what is erased when.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use schemars::JsonSchema;
use serde::Serialize;
use varsel_domain::retention::Kind;

use super::Words;

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
    /// Entries that are there of those that the newest checkpoint counts, whenever they were written.
    pub present: u64,
    /// Entries that were erased because their time was up: each erasure is on record, signed. The rest of what the newest checkpoint
    /// counts is missing, and stands among the findings.
    pub erased_on_record: u64,
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
    /// What the server could do to the log beside adding to it.
    pub duties: Duties,
}

/// What the server could do to the log of use beside adding to it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Duties {
    /// How they are separated.
    pub separation: Separation,
    /// The server's role in PostgreSQL; null with SQLite, which has no roles.
    pub role: Option<String>,
    /// What that role could do, in the words of PostgreSQL; empty where it can only add and read.
    pub powers: Vec<String>,
}

/// How those who run the server are separated from what it logs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Separation {
    /// Not at all: SQLite is a file of the server's own process.
    Embedded,
    /// Not at all: the server's role could change what was logged.
    Together,
    /// The server's role can add to the log and read it, and nothing else.
    Separate,
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
    /// Entries of the log of use that are kept beyond their deadline.
    pub kept_uses: Vec<KeptUses>,
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

/// What the log of use tells of a person's acts in a period, and is kept. Whose, and why, the change says to those who may know.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct KeptUses {
    /// The change that keeps it.
    pub change: String,
    /// From when on.
    pub from: DateTime<Utc>,
    /// Before when.
    pub to: DateTime<Utc>,
    /// Until when.
    pub until: DateTime<Utc>,
    /// Who proposed it; null where no change keeps it, which stands among the findings.
    pub proposed_by: Option<String>,
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
