//! A duty as it stands on an incident.

use chrono::{DateTime, Utc};
use varsel_rules::{Obligation, ObligationStatus, Part};

use crate::UnitId;

/// A duty of an incident, with what has become of it since it was assessed.
#[derive(Debug, Clone, PartialEq)]
pub struct Duty {
    /// The duty as last assessed.
    pub obligation: Obligation,
    /// When it was first filed.
    pub filed_at: Option<DateTime<Utc>>,
}

impl Duty {
    /// Whether its clock runs: it is opened and not filed, late or not.
    pub fn is_open(&self) -> bool {
        self.filed_at.is_none()
            && matches!(self.obligation.status, ObligationStatus::Open | ObligationStatus::Late)
    }

    /// The duty as it stands at `now`: an open one whose legal end has passed is late.
    #[must_use]
    pub fn at(&self, now: DateTime<Utc>) -> Self {
        let mut duty = self.clone();
        if self.is_open() && self.obligation.due.is_some_and(|due| due < now) {
            duty.obligation.status = ObligationStatus::Late;
        }
        duty
    }

    /// Whether `unit` is to receive it.
    pub fn is_for(&self, unit: &UnitId) -> bool {
        self.obligation.recipients.iter().any(|recipient| recipient == unit.as_str())
    }
}

/// The open duty that `unit` waits for first; one without a time comes last.
///
/// That is a duty towards the unit itself; the lead, who coordinates, follows every clock of the incident.
pub fn next_for<'a>(duties: &'a [Duty], unit: &UnitId, part: Part) -> Option<&'a Duty> {
    let follows = |duty: &&Duty| duty.is_for(unit) || (part == Part::Lead && duty.obligation.due.is_some());
    next(duties.iter().filter(follows))
}

/// The open duty that is to be filed first; one without a time comes last.
pub fn next<'a>(duties: impl Iterator<Item = &'a Duty>) -> Option<&'a Duty> {
    duties.filter(|duty| duty.is_open()).min_by_key(|duty| {
        let due = duty.obligation.due;
        (due.is_none(), due)
    })
}

#[cfg(test)]
mod tests {
    use chrono::TimeDelta;

    use super::*;

    fn duty(stage: &str, status: ObligationStatus, due: Option<i64>) -> Duty {
        let due = due.map(|seconds| (DateTime::UNIX_EPOCH + TimeDelta::seconds(seconds)).fixed_offset());
        let recipients = vec!["csirt".to_owned()];
        let (regime, stage, cite) = ("nis2_dk".to_owned(), stage.to_owned(), String::new());
        let obligation =
            Obligation { regime, stage, recipients, provisional: false, status, target: due, due, cite };
        Duty { obligation, filed_at: None }
    }

    #[test]
    fn a_duty_is_late_only_after_its_legal_end() {
        let duty = duty("early_warning", ObligationStatus::Open, Some(60));
        let end = DateTime::UNIX_EPOCH + TimeDelta::seconds(60);
        assert_eq!(duty.at(end).obligation.status, ObligationStatus::Open);
        assert_eq!(duty.at(end + TimeDelta::microseconds(1)).obligation.status, ObligationStatus::Late);
    }

    #[test]
    fn a_filed_duty_never_becomes_late_afterwards() {
        let mut duty = duty("early_warning", ObligationStatus::Met, Some(60));
        duty.filed_at = Some(DateTime::UNIX_EPOCH);
        assert_eq!(
            duty.at(DateTime::UNIX_EPOCH + TimeDelta::days(9)).obligation.status,
            ObligationStatus::Met
        );
    }

    #[test]
    fn the_next_duty_is_the_open_one_due_first_and_an_undated_one_comes_last() {
        let open = |stage, due| duty(stage, ObligationStatus::Open, due);
        let duties = [open("undated", None), open("later", Some(9)), open("sooner", Some(3)), {
            duty("future", ObligationStatus::NotYetOpen, Some(1))
        }];
        let stage_for = |duties, unit: &str, part| {
            next_for(duties, &unit.into(), part).map(|duty: &Duty| duty.obligation.stage.as_str())
        };
        assert_eq!(stage_for(&duties, "csirt", Part::Support), Some("sooner"));
        assert_eq!(stage_for(&duties[..1], "csirt", Part::Support), Some("undated"));
        assert_eq!(stage_for(&duties, "sektorcert", Part::Support), None);
        assert_eq!(
            stage_for(&duties, "sektorcert", Part::Lead),
            Some("sooner"),
            "the lead follows every clock"
        );
    }
}
