//! The log of use: who saw or wrote what, when, in words that an investigator understands.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::{EntryId, IncidentId, PersonId};

/// One use of the data. As JSON, it is the text whose digest the log's tree holds: fields may be added, none renamed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct AccessEntry {
    /// Id.
    pub id: EntryId,
    /// When.
    pub at: DateTime<Utc>,
    /// Who; none for the system itself.
    pub person: Option<PersonId>,
    /// Name, as it was then.
    pub name: String,
    /// In which function, e.g. `officer of sektorcert`.
    pub function: String,
    /// What kind of use.
    #[serde(rename = "use")]
    pub use_kind: UseKind,
    /// Whose data: the incident, where it is one.
    pub incident: Option<IncidentId>,
    /// What exactly: the fact ids shown, or the normalised search criterion. Never the values.
    pub detail: serde_json::Value,
    /// The request it happened in.
    #[serde(rename = "request")]
    pub request_id: String,
}

/// What kind of use.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum UseKind {
    /// A report was written.
    Submitted,
    /// An incident was opened and shown.
    Opened,
    /// An incident was shown as a row of a list.
    Listed,
    /// An authority asked for a report that is owed only on request.
    ReportRequested,
    /// The severity of an incident was confirmed, or set otherwise than proposed.
    SeverityConfirmed,
    /// A report that is filed elsewhere was prepared and downloaded.
    Exported,
    /// A change was pushed to a live view.
    Pushed,
    /// A mail that names an incident was sent: the detail says which, and to whom.
    Mailed,
    /// Critical changes were shown.
    ChangeRead,
    /// A critical change was proposed.
    ChangeProposed,
    /// A critical change was approved and, at once, carried out.
    ChangeApproved,
    /// A critical change was rejected.
    ChangeRejected,
    /// A critical change was taken back by whoever proposed it.
    ChangeWithdrawn,
    /// Nobody decided on a critical change in time.
    ChangeExpired,
    /// An attempt to propose or decide a critical change was refused, with its code.
    ChangeRefused,
    /// A version of the rule pack was received.
    PackReceived,
    /// An incident was assessed anew under another version of the rules.
    Reassessed,
    /// Incidents were counted by what another version of the rules makes of them; none was shown.
    Compared,
    /// All sessions of another person were ended.
    SessionsEnded,
    /// Rejected attempts, their patterns or the blocks were shown.
    AttemptsRead,
    /// A block was taken over, its task closed, or the way in opened before its time: the detail says which.
    BlockFollowedUp,
    /// A one-time token for an administrator was made at the command line.
    AdministratorInvited,
    /// Somebody became an administrator by such a token.
    AdministratorNamed,
    /// Somebody was invited to an account of Varsel's own.
    AccountInvited,
    /// A fresh start was sent to somebody who lost their ways to sign in.
    AccountReset,
    /// All ways to sign in of an account were taken away.
    AccountClosed,
    /// The accounts of Varsel's own were shown.
    AccountsListed,
    /// A token with which a program acts as a person was made at the command line.
    TokenMade,
    /// Such a token was ended.
    TokenRevoked,
    /// A person's own ways to sign in were changed by that person: which, and how.
    CredentialsChanged,
    /// Identity providers were trusted at the command line, or because the installation had none before.
    ProviderTrusted,
    /// The identity providers and their settings were shown.
    ProvidersRead,
    /// Critical settings of the configuration were adopted because the installation had none before.
    SettingsAdopted,
    /// The critical settings were shown.
    SettingsRead,
    /// Authorisations of others were shown.
    AuthorisationsRead,
    /// Authorisations were downloaded as a file.
    AuthorisationsExported,
    /// Somebody was given an authorisation.
    AuthorisationGranted,
    /// A suspended authorisation was given back.
    AuthorisationReinstated,
    /// An authorisation was suspended.
    AuthorisationSuspended,
    /// An authorisation was withdrawn.
    AuthorisationWithdrawn,
    /// Somebody has left: all that they held ended.
    PersonLeft,
    /// People were looked up, to give them authorisations.
    PeopleSearched,
    /// A review of authorisations opened.
    ReviewOpened,
    /// A review was shown.
    ReviewRead,
    /// Authorisations were confirmed or withdrawn in a review.
    ReviewDecided,
    /// A review was closed.
    ReviewClosed,
    /// A review was downloaded as a file.
    ReviewExported,
    /// The server's clock was put back, or is not that of a witness: by how much.
    ClockWrong,
    /// The log of use is being kept: written every minute, so that a gap is seen.
    Heartbeat,
    /// Entries of the log of use were shown, in an investigation: the detail says which, and its case number.
    UsesRead,
    /// Entries of the log of use were downloaded as a file.
    UsesExported,
    /// What had passed its deadline was erased: the detail says how many of each kind.
    Erased,
    /// How long data is kept and what is held was shown; of an incident that is held, that it is and why.
    RetentionRead,
    /// A report for the supervising authority was made: who is authorised, what was reviewed, rejected, logged and erased.
    ComplianceReported,
    /// Keys of what is sealed were replaced by others: the detail says how many.
    KeysReplaced,
    /// The state of the vault was shown: which root keys it needs, how many keys it holds, when they were replaced.
    VaultRead,
    /// Stored assessments were made once more at the command line and compared; those that differ were named.
    Replayed,
    /// A job that works on data about people was run because its time had come: which, and on what.
    JobRun,
}
