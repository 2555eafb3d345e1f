//! The types of the schema. Each is made from what the services answer, and decides nothing.

mod assessment;
mod attempt;
mod authorisation;
mod case;
mod change;
mod guidance;
mod incident;
mod law;
mod log;
mod markdown;
mod pack;
mod page;
mod problem;
mod provider;
mod report;
mod request;
mod retention;
mod review;
mod scalar;
mod session;
mod settings;
mod severity;
mod text;
mod vault;
mod version;
mod viewer;

pub(crate) use assessment::{Assessment, Obligation, Part, Question, Route, Severity};
pub(crate) use attempt::{AttemptBlock, AttemptPatterns, CloseAttemptBlocksInput, RejectedAttempt};
pub(crate) use authorisation::{
    Authorisation, AuthorisationFilter, AuthorisationsWithdrawn, Person, PersonLeft, PersonLeftInput,
    RequestAuthorisationInput, WithdrawAuthorisationsInput,
};
pub(crate) use case::{Case, CaseChange, CaseFilter};
pub(crate) use change::{ApproveChangeInput, Change, ChangeRefused, DecideChangeResult, RejectChangeInput};
pub(crate) use guidance::{Guidance, GuidanceStep, Source};
pub(crate) use incident::{Incident, Receipt};
pub(crate) use law::Pack;
pub(crate) use log::{Use, UseInquiry};
pub(crate) use pack::{Fact, Unit};
pub(crate) use page::{
    AttemptBlockConnection, AuthorisationConnection, CaseConnection, ChangeConnection, IncidentConnection,
    RejectedAttemptConnection, ReviewConnection, ReviewItemConnection, UseConnection,
};
pub(crate) use problem::{FactProblem, FactWarning};
pub(crate) use provider::{IdentityProvider, ProposeTrustInput};
pub(crate) use report::{SubmitReportInput, SubmitReportResult};
pub(crate) use request::{
    ReportRequestRefused, ReportRequested, RequestReportInput, RequestReportResult, RequestableReport,
};
pub(crate) use retention::{
    ProposeErasureInput, ProposeHoldInput, ProposeKeepingUsesInput, ProposeLiftInput,
    ProposeReleasingUsesInput, Retention,
};
pub(crate) use review::{DecideReviewItemsInput, Review, ReviewItem, ReviewItemsDecided};
pub(crate) use scalar::{DateTime, Json};
pub(crate) use session::Session;
pub(crate) use settings::{CriticalSettings, ProposeSettingsInput};
pub(crate) use severity::{
    ConfirmSeverityInput, ConfirmSeverityResult, IncidentSeverity, SeverityConfirmed, SeverityConflict,
    SeverityRefused,
};
pub(crate) use text::Text;
pub(crate) use vault::{ProposeKeyRenewalInput, ProposeRootReplacementInput, Vault};
pub(crate) use version::{
    PackVersion, ProposeChangeResult, ProposePackVersionInput, ReassessIncidentInput, ReassessIncidentResult,
    Reassessment,
};
pub(crate) use viewer::{Organisation, Viewer};
