//! The types of the schema. Each is made from what the services answer, and decides nothing.

mod assessment;
mod case;
mod guidance;
mod incident;
mod markdown;
mod pack;
mod page;
mod problem;
mod report;
mod scalar;
mod session;
mod text;
mod viewer;

pub(crate) use assessment::{Assessment, Obligation, Part, Question, Route, Severity};
pub(crate) use case::{Case, CaseChange, CaseFilter};
pub(crate) use guidance::Guidance;
pub(crate) use incident::{Incident, Receipt};
pub(crate) use pack::{Fact, Pack, Unit};
pub(crate) use page::{CaseConnection, IncidentConnection};
pub(crate) use problem::{FactProblem, FactWarning};
pub(crate) use report::{SubmitReportInput, SubmitReportResult};
pub(crate) use scalar::{DateTime, Json};
pub(crate) use session::Session;
pub(crate) use text::Text;
pub(crate) use viewer::{Organisation, Viewer};
