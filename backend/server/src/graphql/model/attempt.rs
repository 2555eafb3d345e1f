//! Rejected attempts: patterns, single ones, and blocks with their tasks.

use async_graphql::{Enum, ID, InputObject, SimpleObject};
use varsel_services::attempt::{self, AttemptView, BlockView, UnusualView};
use varsel_services::domain::attempt::{Attempt, Cause, Closing, Day, Deviation, Subject, Who};

use super::DateTime;

/// Why an attempt was rejected.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "Cause")]
pub(crate) enum AttemptCause {
    /// A sign-in that was refused; the code says why.
    SignInRefused,
    /// A user name that nobody has.
    UnknownUser,
    /// A wrong second factor.
    SecondFactor,
    /// A session that has ended, or none where one is needed.
    Session,
    /// A program's token that is unknown, has expired or was revoked.
    ApiToken,
    /// The person may not do or see it; they were told that it does not exist.
    NoRight,
    /// Too large, too slow, or too many at once.
    Limit,
    /// Stopped before it was read.
    Gate,
    /// A sign-in that did not come back from the identity provider as it should.
    Provider,
    /// The person had to show once more who they are.
    StepUp,
    /// It came while the way in was closed.
    Blocked,
    /// What was asked for does not exist; no rejection.
    NothingThere,
    /// One account, or one token of a program, was in use from two networks at once; no rejection.
    TwoNetworks,
}

/// What a block closes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
pub(crate) enum BlockedKind {
    /// An address, or an IPv6 network.
    Client,
    /// A person's account, for local sign-in.
    Person,
    /// A name that nobody has.
    UnknownName,
    /// A device on which a person has signed in before.
    Device,
}

/// The rejected attempts of some days.
#[derive(Debug, Clone, SimpleObject)]
pub(crate) struct AttemptPatterns {
    /// How many were rejected.
    total: f64,
    days: Vec<AttemptDay>,
    /// The 25 pairs of a client and a cause with the most.
    sources: Vec<AttemptSource>,
    /// Today so far, beside the mean of the 28 days before.
    today: Vec<AttemptDeviation>,
    yesterday: Vec<AttemptDeviation>,
    /// Clients, accounts and names with more than is usual for them, today and yesterday.
    unusual: Vec<UnusualSource>,
    open_tasks: i32,
    /// Open tasks that nobody has followed up for more than seven days.
    marked_tasks: i32,
}

/// The attempts of a Danish day for one cause.
#[derive(Debug, Clone, SimpleObject)]
pub(crate) struct AttemptDay {
    /// E.g. `2026-11-25`.
    date: String,
    cause: AttemptCause,
    count: f64,
}

/// The attempts of a client for one cause.
#[derive(Debug, Clone, SimpleObject)]
pub(crate) struct AttemptSource {
    /// An IPv4 address, an IPv6 /64 network, or `others` for those that were too many to tell apart.
    client: String,
    cause: AttemptCause,
    count: f64,
    last_at: DateTime,
}

/// A day's attempts for one cause, beside what is usual.
#[derive(Debug, Clone, SimpleObject)]
pub(crate) struct AttemptDeviation {
    cause: AttemptCause,
    count: f64,
    usual: f64,
    /// At least 20, and at least five times the usual number.
    deviates: bool,
}

/// What came from one source on a day, or was tried on one account: at least 20, and at least five times its usual number.
#[derive(Debug, Clone, SimpleObject)]
pub(crate) struct UnusualSource {
    /// E.g. `2026-11-25`.
    date: String,
    kind: BlockedKind,
    /// The client's address, the person's name, or a digest.
    subject: String,
    count: f64,
    /// The mean of the 28 days before.
    usual: f64,
}

/// One rejected attempt.
#[derive(Debug, Clone, SimpleObject)]
pub(crate) struct RejectedAttempt {
    id: ID,
    at: DateTime,
    cause: AttemptCause,
    code: String,
    /// Whose account it was, where it is known.
    name: Option<String>,
    /// A digest of the name that was tried, where nobody has it; the same for the same name.
    unknown_name: Option<String>,
    client: String,
    device: Option<String>,
    request_id: String,
}

/// A way in that was closed, and the task to find out why.
#[derive(Debug, Clone, SimpleObject)]
pub(crate) struct AttemptBlock {
    id: ID,
    kind: BlockedKind,
    /// The client's address, the person's name, or a digest.
    subject: String,
    cause: AttemptCause,
    began_at: DateTime,
    until: DateTime,
    /// How often it was closed while the task was open.
    times: f64,
    /// Whether it is closed now.
    closed_off: bool,
    /// Whether nobody has followed it up for more than seven days.
    marked: bool,
    /// Who follows it up.
    owner: Option<String>,
    lifted_by: Option<String>,
    lifted_at: Option<DateTime>,
    closed_by: Option<String>,
    closed_at: Option<DateTime>,
    /// What was found.
    reason: Option<String>,
}

#[derive(Debug, InputObject)]
pub(crate) struct CloseAttemptBlocksInput {
    /// At most 100.
    pub(crate) ids: Vec<ID>,
    /// What was found, in 10 to 2000 characters.
    pub(crate) reason: String,
}

impl From<attempt::Patterns> for AttemptPatterns {
    fn from(patterns: attempt::Patterns) -> Self {
        let source = |it: varsel_services::attempt::Source| AttemptSource {
            client: it.client.0,
            cause: it.cause.into(),
            count: number(u64::try_from(it.count).unwrap_or_default()),
            last_at: it.last_at.into(),
        };
        let day = |it: Day| AttemptDay {
            date: it.date.to_string(),
            cause: it.cause.into(),
            count: number(it.count),
        };
        Self {
            total: number(patterns.total),
            days: patterns.days.into_iter().map(day).collect(),
            sources: patterns.sources.into_iter().map(source).collect(),
            today: patterns.today.into_iter().map(AttemptDeviation::from).collect(),
            yesterday: patterns.yesterday.into_iter().map(AttemptDeviation::from).collect(),
            unusual: patterns.unusual.into_iter().map(UnusualSource::from).collect(),
            open_tasks: i32::try_from(patterns.open).unwrap_or(i32::MAX),
            marked_tasks: i32::try_from(patterns.marked).unwrap_or(i32::MAX),
        }
    }
}

impl From<Deviation> for AttemptDeviation {
    fn from(it: Deviation) -> Self {
        Self { cause: it.cause.into(), count: number(it.count), usual: it.usual, deviates: it.deviates }
    }
}

impl From<UnusualView> for UnusualSource {
    fn from(UnusualView { unusual, name }: UnusualView) -> Self {
        let (kind, subject) = shown(unusual.subject, name);
        let (date, count) = (unusual.date.to_string(), number(unusual.count));
        Self { date, kind, subject, count, usual: unusual.usual }
    }
}

/// A subject for people: persons by their names.
fn shown(subject: Subject, name: Option<String>) -> (BlockedKind, String) {
    match subject {
        Subject::Client(client) => (BlockedKind::Client, client.0),
        Subject::Person(person) => (BlockedKind::Person, name.unwrap_or_else(|| person.to_string())),
        Subject::Unknown(tag) => (BlockedKind::UnknownName, tag.0),
        Subject::Device(person, _) => (BlockedKind::Device, name.unwrap_or_else(|| person.to_string())),
    }
}

impl RejectedAttempt {
    pub(crate) fn new(view: AttemptView) -> Self {
        Self { name: view.name, ..view.attempt.into() }
    }
}

impl From<Attempt> for RejectedAttempt {
    fn from(attempt: Attempt) -> Self {
        Self {
            id: attempt.id.to_string().into(),
            at: attempt.at.into(),
            cause: attempt.cause.into(),
            code: attempt.code,
            name: None,
            unknown_name: match attempt.who {
                Who::Unknown(tag) => Some(tag.0),
                Who::Nobody | Who::Person(_) => None,
            },
            client: attempt.client.0,
            device: attempt.device,
            request_id: attempt.request_id,
        }
    }
}

impl AttemptBlock {
    pub(crate) fn new(view: BlockView) -> Self {
        let BlockView { block, name, owner, closed_off, marked } = view;
        let (kind, subject) = shown(block.subject, name);
        let (closed_by, closed_at, reason) = match block.closing {
            Some(Closing { at, by_name, reason, .. }) => (Some(by_name), Some(at.into()), Some(reason)),
            None => (None, None, None),
        };
        Self {
            id: block.id.to_string().into(),
            kind,
            subject,
            cause: block.cause.into(),
            began_at: block.began_at.into(),
            until: block.until.into(),
            times: number(u64::try_from(block.times).unwrap_or_default()),
            closed_off,
            marked,
            owner,
            lifted_by: block.lifted_by,
            lifted_at: block.lifted_at.map(DateTime::from),
            closed_by,
            closed_at,
            reason,
        }
    }
}

/// A count may be larger than GraphQL's whole numbers.
pub(super) fn number(count: u64) -> f64 {
    f64::from(u32::try_from(count).unwrap_or(u32::MAX))
}
