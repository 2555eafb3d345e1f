//! How long what is kept is kept, as far as an installation decides it.

use schemars::JsonSchema;
use serde::Deserialize;
use varsel_services::domain::retention::Settings;
use varsel_services::domain::settings::Critical;

use super::{Config, Mistake};

/// How long what is kept is kept. The log of use and rejected attempts are not here: the law says six months.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
pub struct Retention {
    /// Months for which an incident is kept after its last filing, move of a case or request.
    #[schemars(range(min = 12, max = 120))]
    pub incident_months: u16,
    /// Months for which a critical change is kept that was not carried out, or that gave a right since erased.
    #[schemars(range(min = 6, max = 60))]
    pub proposal_months: u16,
    /// Months for which a closed review of authorisations is kept.
    #[schemars(range(min = 12, max = 120))]
    pub review_months: u16,
    /// Days for which ended sessions, links and tokens are kept.
    #[schemars(range(min = 1, max = 180))]
    pub sign_in_days: u16,
    /// Days for which finished jobs are kept.
    #[schemars(range(min = 7, max = 90))]
    pub job_days: u16,
}

impl Config {
    /// What two administrators must adopt before it holds.
    pub fn critical(&self) -> Critical {
        Critical { retention: self.retention.settings(), use_log: self.use_log.settings() }
    }
}

impl Retention {
    /// The same, as the services count.
    fn settings(&self) -> Settings {
        let Self { incident_months, proposal_months, review_months, sign_in_days, job_days } = *self;
        Settings { incident_months, proposal_months, review_months, sign_in_days, job_days }
    }

    /// Every setting that is out of its bounds.
    pub(super) fn check(&self, mistakes: &mut Vec<Mistake>) {
        let mut within = |name: &str, value: u16, bounds: std::ops::RangeInclusive<u16>, unit: &str| {
            if !bounds.contains(&value) {
                let text = format!("must be {} to {} {unit}", bounds.start(), bounds.end());
                mistakes.push(Mistake::of(&format!("retention.{name}"), text));
            }
        };
        within("incident_months", self.incident_months, 12..=120, "months");
        within("proposal_months", self.proposal_months, 6..=60, "months");
        within("review_months", self.review_months, 12..=120, "months");
        within("sign_in_days", self.sign_in_days, 1..=180, "days");
        within("job_days", self.job_days, 7..=90, "days");
    }
}
