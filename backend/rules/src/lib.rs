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
mod guidance;
mod json;
mod pack;
mod text;

pub use assess::{
    assess, assess_history, discharged, discharged_history, missing, requestable, visible_facts,
};
pub use assessment::{
    Answer, Assessment, Filing, GuidanceRef, History, Need, Obligation, ObligationStatus, PackRef, Part,
    Question, Reason, RegimeAssessment, Request, Route, Severity, StageRef,
};
pub use calendar::{Calendar, CalendarError, CalendarFile, Holiday, HolidayDate};
pub use clock::{CalendarRule, Limits, Period, PeriodUnit, limits};
pub use fact::{FactFormat, FactProblem, FactValue, FactWarning, Facts, Notice, ProblemCode, WarningCode};
pub use guidance::{Situation, check_guidance, moment, month_name, render};
pub use json::read_json;
pub use pack::{
    AskedFrom, CaseChange, Change, Confidence, Differs, Fact, FactOption, FactType, FieldCode, Guidance,
    GuidanceStep, ItemChange, ItemKind, ItemWords, LegalBasis, NamedFacts, Pack, PackDiff, PackError,
    PackFiles, PackSchema, PartChange, RegimeAnswer, RegimeInfo, RouteInfo, SectorInfo, Sensitivity,
    SeverityLevel, Source, StageClock, StageField, StageInfo, SubsectorInfo, Unit, UnitKind, UnknownRegime,
    diff, diff_assessments, diff_case, diff_items, explain, pack_schemas,
};
pub use text::Text;
