//! The rule engine: which duties to report an incident gives rise to, to whom, by when, and why.
//!
//! One job: [`assess()`] is a pure function of a [`Pack`] (the law as data), [`Facts`], what was filed so far
//! and the moment it is asked. It knows no database, no user, no wall clock and no regime by name.

mod assess;
mod assessment;
mod calendar;
mod clock;
mod condition;
mod explain;
mod fact;
mod pack;
mod text;

pub use assess::{assess, discharged, missing, visible_facts};
pub use assessment::{
    Answer, Assessment, Filing, GuidanceRef, Need, Obligation, ObligationStatus, PackRef, Part, Question,
    Reason, RegimeAssessment, Route, Severity,
};
pub use calendar::{Calendar, CalendarError, CalendarFile, Holiday, HolidayDate};
pub use clock::{CalendarRule, Limits, Period, PeriodUnit, limits};
pub use fact::{FactFormat, FactProblem, FactValue, FactWarning, Facts, Notice, ProblemCode, WarningCode};
pub use pack::{
    AskedFrom, Confidence, Fact, FactOption, FactType, Guidance, GuidanceStep, LegalBasis, Pack, PackError,
    PackFiles, RegimeInfo, Sensitivity, Source, StageInfo, Unit, UnitKind, UnknownRegime, explain,
};
pub use text::Text;
