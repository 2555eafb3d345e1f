//! The duties of an incident before and after a filing.

use varsel_domain::obligation::Duty;
use varsel_domain::rules::{Assessment, Filing};

/// The duties of an assessment, each with when it was first filed.
pub(crate) fn of(assessment: &Assessment, filings: &[Filing]) -> Vec<Duty> {
    let duties = assessment.obligations.iter().map(|obligation| {
        let filed =
            filings.iter().filter(|it| it.regime == obligation.regime && it.stage == obligation.stage);
        Duty { obligation: obligation.clone(), filed_at: filed.map(|filing| filing.at).min() }
    });
    duties.collect()
}

/// The duty of the same regime and stage.
pub(crate) fn same<'a>(duties: &'a [Duty], duty: &Duty) -> Option<&'a Duty> {
    let wanted = &duty.obligation;
    duties.iter().find(|it| it.obligation.regime == wanted.regime && it.obligation.stage == wanted.stage)
}
