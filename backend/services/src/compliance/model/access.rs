//! Authorisations, their reviews, and rejected attempts.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use schemars::JsonSchema;
use serde::Serialize;
use varsel_domain::attempt::Cause;
use varsel_domain::authorisation::{Function, Reach, Temporary};
use varsel_domain::change::Flaw;

use super::Words;

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
