//! The duties of an incident before and after a filing.

use varsel_domain::obligation::Duty;
use varsel_domain::rules::{Assessment, History};

/// The duties of an assessment, each with when it was first filed; what was asked for again, since it was asked for last.
pub(crate) fn of(assessment: &Assessment, past: History<'_>) -> Vec<Duty> {
    let duties = assessment.obligations.iter().map(|obligation| {
        let same = |regime: &str, stage: &str| regime == obligation.regime && stage == obligation.stage;
        let asked = past.requests.iter().filter(|it| same(&it.regime, &it.stage)).map(|it| it.at).max();
        let filed = past.filings.iter().filter(|it| same(&it.regime, &it.stage)).map(|it| it.at);
        let filed_at = filed.filter(|at| asked.is_none_or(|asked| *at >= asked)).min();
        Duty { obligation: obligation.clone(), filed_at }
    });
    duties.collect()
}

/// The duty of the same regime and stage.
pub(crate) fn same<'a>(duties: &'a [Duty], duty: &Duty) -> Option<&'a Duty> {
    let wanted = &duty.obligation;
    duties.iter().find(|it| it.obligation.regime == wanted.regime && it.obligation.stage == wanted.stage)
}
