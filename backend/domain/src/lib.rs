//! What Varsel is about: organisations, incidents, filings, cases, and who may do what with them.
//!
//! One job: the words and rules of the work itself. It does not know how anything is stored, sent or shown.

pub mod access;
pub mod actor;
pub mod attempt;
pub mod authorisation;
pub mod authz;
pub mod case;
pub mod change;
pub mod clock;
pub mod digest;
pub mod feed;
pub mod id;
pub mod incident;
pub mod natural;
pub mod obligation;
pub mod organisation;
pub mod pack;
pub mod password;
pub mod retention;
pub mod review;
pub mod settings;
pub mod severity;
pub mod shown;
pub mod timeline;

pub use actor::{Actor, Role, RoleKind};
pub use clock::{Clock, FixedClock, SystemClock};
pub use id::{
    ApiTokenId, AttemptId, AuthorisationId, BlockId, CaseId, CeremonyId, ChangeId, ConfirmationId, EntryId,
    FilingId, Ids, IncidentId, JobId, LinkId, OrganisationId, PasskeyId, PersonId, RandomIds,
    ReportRequestId, ReviewId, RevisionId, SessionId, UnitId,
};
pub use varsel_rules as rules;
