//! What a use case can answer besides its result.

use chrono::{DateTime, Utc};
use varsel_domain::rules::Text;

/// A result of a use case.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// What is said where there is no room for what must be written: the report, or the entry of the log of use.
const NO_ROOM: &str = "the server has no room to store anything, so nothing was received and nothing can be shown; what you sent \
    is yours to send again in some minutes, with the same key: it is filed once";

/// What is said where there is room, and the log of use cannot be written all the same.
const NOT_LOGGED: &str = "the log of use cannot be written, so nothing was received and nothing can be shown; try again in some \
    minutes, and tell whoever runs the server";

/// What is said where the database has no connection for a use case in time.
const BUSY: &str = "the database does not answer in time, because too much is asked of it at this moment or it is being restarted; \
    what you sent is yours to send again in a minute, with the same key: it is filed once";

fn unstored(error: &varsel_storage::Error) -> &'static str {
    match error {
        full if full.is_full() => NO_ROOM,
        busy if busy.is_busy() => BUSY,
        varsel_storage::Error::NotLogged(_) => NOT_LOGGED,
        _ => "internal error",
    }
}

/// Why a use case did not do what was asked. Expected outcomes of a report are not errors: see
/// [`crate::report::SubmitOutcome`].
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// It does not exist, or the actor may not know that it does.
    #[error("no such {kind}")]
    NotFound {
        /// What was asked for.
        kind: &'static str,
    },
    /// The actor may know it, and may not do this.
    #[error("not allowed: {action}")]
    Forbidden {
        /// What was tried.
        action: &'static str,
    },
    /// Nobody is signed in.
    #[error("sign in first")]
    SignInRequired,
    /// The person must show again who they are: see [`crate::session::require_fresh`].
    #[error("sign in again to do this")]
    StepUpRequired,
    /// Too many attempts were rejected; the way in is closed for a while. See [`crate::attempt::check`].
    #[error("too many attempts were rejected; try again after {}", until.format("%H:%M UTC"))]
    Blocked {
        /// Until when.
        until: DateTime<Utc>,
    },
    /// An argument that cannot be taken.
    #[error("{field}: {}", message.en)]
    Invalid {
        /// The argument.
        field: &'static str,
        /// What is wrong and what to write instead.
        message: Text,
    },
    /// More people sign in at this moment than the machine has memory for.
    #[error("too many sign-ins at once; wait a minute and try again")]
    Busy,
    /// Storage failed; the cause is for the log only.
    #[error("{}", unstored(.0))]
    Storage(#[from] varsel_storage::Error),
    /// The log of use was signed with another key before; said at the start only.
    #[error(
        "the log of use was signed with another key than {key} until now ({problem}): give the server the key it had \
         (use_log.key, or use-log.key in the data directory); without it nobody could tell this log from a forged one"
    )]
    LogKey {
        /// The key the server has now, its public half.
        key: String,
        /// What is wrong with the newest checkpoint.
        problem: String,
    },
    /// The vault holds no key of the incidents in the database; said at the start only.
    #[error(
        "the database has {incidents} incidents, and the vault not one of their keys: give the server the vault that belongs to \
         this database (keys.database), or its newest backup. Nothing was changed"
    )]
    VaultOfAnother {
        /// How many incidents there are.
        incidents: usize,
    },
    /// Something of our own failed; the cause is for the log only.
    #[error("internal error")]
    Internal(String),
}

impl Error {
    /// A stable code for clients.
    pub fn code(&self) -> &'static str {
        match self {
            Self::NotFound { .. } => "NOT_FOUND",
            Self::Forbidden { .. } => "FORBIDDEN",
            Self::SignInRequired => "SIGN_IN_REQUIRED",
            Self::StepUpRequired => "STEP_UP_REQUIRED",
            Self::Blocked { .. } => "BLOCKED",
            Self::Invalid { .. } => "INVALID",
            Self::Busy => "BUSY",
            Self::Storage(error) if error.is_full() => "NO_ROOM",
            Self::Storage(error) if error.is_busy() => "BUSY",
            Self::Storage(varsel_storage::Error::NotLogged(_)) => "NOT_LOGGED",
            Self::Storage(_) | Self::Internal(_) | Self::LogKey { .. } | Self::VaultOfAnother { .. } => {
                "INTERNAL"
            }
        }
    }
}
