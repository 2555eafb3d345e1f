//! Assessments: which laws apply, who must be told and by when, and why.

use async_graphql::{Enum, SimpleObject};
use varsel_services::domain::obligation::Duty;
use varsel_services::domain::rules;
use varsel_services::view::Preview;

use super::{DateTime, Fact, FactProblem, FactWarning, Guidance, Text, Unit};

#[derive(Debug, Clone, SimpleObject)]
pub(crate) struct Assessment {
    pack_version: String,
    regimes: Vec<RegimeAssessment>,
    obligations: Vec<Obligation>,
    routes: Vec<Route>,
    severity: Severity,
    questions: Vec<Question>,
    guidance: Vec<Guidance>,
    /// Answers that could not be taken; they were left out of the assessment.
    problems: Vec<FactProblem>,
    /// What a person should look at before sending.
    warnings: Vec<FactWarning>,
    /// What still lacks an answer (a value or "unknown") before these facts can be filed.
    missing: Vec<Question>,
}

impl Assessment {
    /// An assessment of facts that were filed: nothing lacked, and nothing was left out.
    pub(crate) fn filed(
        pack: &rules::Pack,
        assessment: &rules::Assessment,
        situation: &rules::Situation,
    ) -> Self {
        Self {
            pack_version: assessment.pack.version.clone(),
            regimes: assessment.regimes.iter().map(|regime| RegimeAssessment::new(pack, regime)).collect(),
            obligations: Obligation::list(pack, &assessment.obligations),
            routes: Route::list(pack, &assessment.routes),
            severity: Severity::new(pack, &assessment.severity),
            questions: Question::list(pack, &assessment.questions),
            guidance: Guidance::list(pack, &assessment.guidance, situation),
            problems: Vec::new(),
            warnings: Vec::new(),
            missing: Vec::new(),
        }
    }

    /// An assessment while a person types.
    pub(crate) fn preview(preview: &Preview) -> Self {
        let pack = &preview.pack;
        Self {
            problems: preview.problems.iter().map(FactProblem::from).collect(),
            warnings: preview.warnings.iter().map(FactWarning::from).collect(),
            missing: Question::list(pack, &preview.missing),
            ..Self::filed(pack, &preview.assessment, &preview.situation)
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "rules::Answer")]
pub(crate) enum Answer {
    Yes,
    No,
    CannotTell,
}

#[derive(Debug, Clone, SimpleObject)]
pub(crate) struct RegimeAssessment {
    id: String,
    name: Text,
    applies: Answer,
    triggered: Answer,
    because: Vec<Reason>,
    need_to_know: Vec<String>,
}

impl RegimeAssessment {
    fn new(pack: &rules::Pack, regime: &rules::RegimeAssessment) -> Self {
        Self {
            id: regime.id.clone(),
            name: Text::or_id(pack.regime_name(&regime.id), &regime.id),
            applies: regime.applies.into(),
            triggered: regime.triggered.into(),
            because: regime.because.iter().map(Reason::from).collect(),
            need_to_know: regime.need_to_know.clone(),
        }
    }
}

#[derive(Debug, Clone, SimpleObject)]
pub(crate) struct Reason {
    text: Text,
    cite: String,
    facts: Vec<String>,
}

impl From<&rules::Reason> for Reason {
    fn from(reason: &rules::Reason) -> Self {
        Self { text: (&reason.text).into(), cite: reason.cite.clone(), facts: reason.facts.clone() }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "rules::ObligationStatus")]
pub(crate) enum ObligationStatus {
    Open,
    Met,
    Late,
    NotYetOpen,
}

/// One duty: regime, stage, recipients and its clock.
#[derive(Debug, Clone, SimpleObject)]
pub(crate) struct Obligation {
    regime: String,
    regime_name: Text,
    stage: String,
    stage_name: Text,
    /// Units; empty for duties towards people rather than authorities.
    recipients: Vec<Unit>,
    /// Recipients by id, `data_subjects` and the like included.
    recipient_ids: Vec<String>,
    /// Opened by precaution: it is not yet certain that the duty exists.
    provisional: bool,
    status: ObligationStatus,
    /// The plain reading, which is shown and reminded of.
    target: Option<DateTime>,
    /// The legal end of the period; a filing is late only after this.
    due: Option<DateTime>,
    /// When a filing first met it, in time or not; null while none has.
    filed_at: Option<DateTime>,
    cite: String,
}

impl Obligation {
    pub(crate) fn new(pack: &rules::Pack, duty: &rules::Obligation) -> Self {
        Self {
            regime: duty.regime.clone(),
            regime_name: Text::or_id(pack.regime_name(&duty.regime), &duty.regime),
            stage: duty.stage.clone(),
            stage_name: Text::or_id(pack.stage_name(&duty.regime, &duty.stage), &duty.stage),
            recipients: duty.recipients.iter().filter_map(|id| pack.unit(id)).map(Unit::from).collect(),
            recipient_ids: duty.recipients.clone(),
            provisional: duty.provisional,
            status: duty.status.into(),
            target: duty.target.map(DateTime::from),
            due: duty.due.map(DateTime::from),
            filed_at: None,
            cite: duty.cite.clone(),
        }
    }

    /// A duty of an incident, with what has become of it.
    pub(crate) fn of(pack: &rules::Pack, duty: &Duty) -> Self {
        Self { filed_at: duty.filed_at.map(DateTime::from), ..Self::new(pack, &duty.obligation) }
    }

    pub(crate) fn list(pack: &rules::Pack, duties: &[rules::Obligation]) -> Vec<Self> {
        duties.iter().map(|duty| Self::new(pack, duty)).collect()
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "rules::Part")]
pub(crate) enum Part {
    Lead,
    Support,
    Inform,
}

/// A unit that gets a case, and why.
#[derive(Debug, Clone, SimpleObject)]
pub(crate) struct Route {
    unit: Unit,
    role: String,
    part: Part,
    because: Reason,
}

impl Route {
    pub(crate) fn list(pack: &rules::Pack, routes: &[rules::Route]) -> Vec<Self> {
        let one = |route: &rules::Route| Self {
            unit: Unit::find(pack, &route.unit),
            role: route.role.clone(),
            part: route.part.into(),
            because: (&route.because).into(),
        };
        routes.iter().map(one).collect()
    }
}

#[derive(Debug, Clone, SimpleObject)]
pub(crate) struct Severity {
    /// 0 (no impact) to 5 (national emergency).
    level: i32,
    name: Text,
    because: Vec<Reason>,
}

impl Severity {
    pub(crate) fn new(pack: &rules::Pack, severity: &rules::Severity) -> Self {
        Self {
            level: severity.level.into(),
            name: Text::or_id(pack.severity_name(severity.level), &severity.level.to_string()),
            because: severity.because.iter().map(Reason::from).collect(),
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "rules::Need")]
pub(crate) enum Need {
    Decides,
    Required,
    IfAvailable,
    Optional,
}

#[derive(Debug, Clone, SimpleObject)]
pub(crate) struct Question {
    fact: Fact,
    #[graphql(name = "for")]
    needed_for: Vec<String>,
    need: Need,
}

impl Question {
    pub(crate) fn list(pack: &rules::Pack, questions: &[rules::Question]) -> Vec<Self> {
        let one = |question: &rules::Question| Self {
            fact: Fact::find(pack, &question.fact),
            needed_for: question.needed_for.clone(),
            need: question.need.into(),
        };
        questions.iter().map(one).collect()
    }
}
