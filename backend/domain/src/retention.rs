//! How long each kind of data is kept, on what basis, and from which moment: the one table that the erasing job, the report
//! and the documentation go by.
//!
//! EO 528 is Executive Order no. 528 of 15 June 2000 on security measures for data processed for the public administration.

use chrono::{DateTime, Days, Months, NaiveTime, Utc};
use serde::{Deserialize, Serialize};

/// A kind of data that is kept for a time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// An incident with everything that follows it.
    Incidents,
    /// Entries of the log of use.
    Uses,
    /// Rejected attempts, counted or one by one.
    Attempts,
    /// Ways in that were closed after too many attempts, and their tasks.
    Blocks,
    /// Sessions.
    Sessions,
    /// Tokens with which programs use the API.
    ApiTokens,
    /// What passes between a person and Varsel on the way in: links, ceremonies, tokens of a log-out.
    SignIns,
    /// Jobs of the outbox.
    Jobs,
    /// Critical changes that are the basis of nothing (any more).
    Proposals,
    /// Reviews of authorisations, with what was decided in them.
    Reviews,
    /// Authorisations that have ended.
    Authorisations,
    /// People whom nothing names any more.
    People,
}

/// Who may have something kept beyond its deadline.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Prolong {
    /// Nobody.
    Nobody,
    /// Two administrators, by a hold on the incident, until a day.
    Hold,
}

/// A span of calendar time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Period {
    /// Days of 24 hours.
    Days(u16),
    /// Calendar months.
    Months(u16),
}

impl Period {
    /// The latest moment that lies a whole period before `now`: whatever began then or earlier has passed its deadline.
    pub fn before(self, now: DateTime<Utc>) -> DateTime<Utc> {
        let then = match self {
            Self::Days(days) => now.checked_sub_days(Days::new(days.into())),
            Self::Months(months) => now.checked_sub_months(Months::new(months.into())),
        };
        then.unwrap_or(DateTime::<Utc>::MIN_UTC)
    }

    /// The deadline of what began at `from`: the first moment at which a whole period has passed. From a day that its last
    /// month does not have, the period ends with that month.
    pub fn after(self, from: DateTime<Utc>) -> DateTime<Utc> {
        let end = match self {
            Self::Days(days) => from.checked_add_days(Days::new(days.into())),
            Self::Months(months) => from.checked_add_months(Months::new(months.into())),
        };
        let end = end.unwrap_or(DateTime::<Utc>::MAX_UTC);
        if self.before(end) >= from {
            return end;
        }
        let next = end.date_naive().succ_opt().unwrap_or(end.date_naive());
        next.and_time(NaiveTime::MIN).and_utc()
    }
}

/// Words that stand in the program, in both languages.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Words {
    /// In Danish.
    pub da: &'static str,
    /// In English.
    pub en: &'static str,
}

/// What holds for a kind of data.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Policy {
    /// The kind.
    pub kind: Kind,
    /// What it holds.
    pub holds: Words,
    /// Why it is kept no longer, and no shorter.
    pub basis: Words,
    /// How long.
    pub keep: Period,
    /// From which moment.
    pub from: Words,
    /// Who may prolong.
    pub prolong: Prolong,
}

/// What an installation may decide for itself, within bounds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Settings {
    /// Months for which an incident is kept after the last thing that happened in it.
    pub incident_months: u16,
    /// Months for which a critical change that was not carried out is kept.
    pub proposal_months: u16,
    /// Months for which a closed review is kept.
    pub review_months: u16,
    /// Days for which ended sessions, links and tokens are kept.
    pub sign_in_days: u16,
    /// Days for which finished jobs are kept.
    pub job_days: u16,
}

impl Default for Settings {
    fn default() -> Self {
        Self { incident_months: 60, proposal_months: 24, review_months: 60, sign_in_days: 30, job_days: 30 }
    }
}

/// Days for which a hold may keep an incident, from when it is placed: five years, as long as its uses may be kept. A longer
/// need is a new hold, which keeps the incident, and no use beyond [`LONGEST_KEPT`].
const LONGEST_HOLD: u64 = 5 * 365;

/// Whether a hold that is placed at `now` may last until `until`.
pub fn may_hold_until(until: DateTime<Utc>, now: DateTime<Utc>) -> bool {
    until > now && now.checked_add_days(Days::new(LONGEST_HOLD)).is_some_and(|last| until <= last)
}

/// For how long an entry of the log of use may be kept for a special need: EO 528 § 19(2), five years.
pub const LONGEST_KEPT: Months = Months::new(60);

/// Whether the entries of `[from, to)` may, at `now`, be kept until `until`: no entry gets older than five years by it.
pub fn may_keep_until(
    (from, to): (DateTime<Utc>, DateTime<Utc>),
    until: DateTime<Utc>,
    now: DateTime<Utc>,
) -> bool {
    let last = from.checked_add_months(LONGEST_KEPT);
    from < to && from <= now && to <= until && until > now && last.is_some_and(|last| until <= last)
}

/// The months for which the log of use and rejected attempts are kept: EO 528 § 19(1), not for an installation to decide.
const LOG_MONTHS: u16 = 6;

/// How long entries of the log of use are kept.
pub fn uses_kept() -> Period {
    Period::Months(LOG_MONTHS)
}

impl Kind {
    /// Every kind, in the order in which they are erased: what refers to others goes first.
    pub const ALL: [Self; 12] = [
        Self::Incidents,
        Self::Uses,
        Self::Attempts,
        Self::Blocks,
        Self::Sessions,
        Self::ApiTokens,
        Self::Jobs,
        Self::Reviews,
        Self::Authorisations,
        Self::SignIns,
        Self::Proposals,
        Self::People,
    ];

    /// Its name, as runs and reports have it.
    pub fn word(self) -> &'static str {
        match self {
            Self::Incidents => "incidents",
            Self::Uses => "uses",
            Self::Attempts => "attempts",
            Self::Blocks => "blocks",
            Self::Sessions => "sessions",
            Self::ApiTokens => "api_tokens",
            Self::SignIns => "sign_ins",
            Self::Jobs => "jobs",
            Self::Proposals => "proposals",
            Self::Reviews => "reviews",
            Self::Authorisations => "authorisations",
            Self::People => "people",
        }
    }
}

const fn words(da: &'static str, en: &'static str) -> Words {
    Words { da, en }
}

const EVIDENCE: Words = words(
    "bkg. 528 § 17, GDPR art. 5, stk. 2: det vises, at der blev ført kontrol",
    "EO 528 § 17, GDPR art. 5(2): shown that control was exercised",
);

const NECESSITY: Words = words(
    "GDPR art. 5, stk. 1, litra e: ikke længere, end fejl og misbrug undersøges",
    "GDPR art. 5(1)(e): no longer than faults and misuse are looked into",
);

impl Settings {
    /// Its settings by their names in the configuration.
    pub(crate) fn named(&self) -> [(&'static str, u16); 5] {
        let Self { incident_months, proposal_months, review_months, sign_in_days, job_days } = *self;
        [
            ("incident_months", incident_months),
            ("proposal_months", proposal_months),
            ("review_months", review_months),
            ("sign_in_days", sign_in_days),
            ("job_days", job_days),
        ]
    }

    /// Sets the one of that name, if there is one.
    pub(crate) fn set(&mut self, name: &str, value: u16) {
        match name {
            "incident_months" => self.incident_months = value,
            "proposal_months" => self.proposal_months = value,
            "review_months" => self.review_months = value,
            "sign_in_days" => self.sign_in_days = value,
            "job_days" => self.job_days = value,
            _ => {}
        }
    }

    /// What holds for a kind.
    pub fn policy(&self, kind: Kind) -> Policy {
        let (holds, basis, keep, from) = match kind {
            Kind::Incidents => (
                words(
                    "svar, vurderinger, indberetninger, pligter, sager, råd, tidslinje, anmodninger, bevaringer",
                    "facts, assessments, filings, obligations, cases, guidance, timeline, requests, holds",
                ),
                words(
                    "GDPR art. 5, stk. 1, litra e; bkg. 528 § 10, stk. 2, og § 13, stk. 4: ingen lov nævner et tal, så det fastsætter myndigheden",
                    "GDPR art. 5(1)(e); EO 528 §§ 10(2), 13(4): no statute of ours names a number, so that the authority sets it",
                ),
                Period::Months(self.incident_months),
                words(
                    "den seneste indberetning, sagsbevægelse eller anmodning",
                    "the last filing, move of a case or request",
                ),
            ),
            Kind::Uses => (
                words("hvem der så eller skrev hvad, og hvornår", "who saw or wrote what, when"),
                words("bkg. 528 § 19, stk. 1", "EO 528 § 19(1)"),
                Period::Months(LOG_MONTHS),
                words("anvendelsen", "the use"),
            ),
            Kind::Attempts => (
                words("afviste forsøg og optællingen af dem", "rejected attempts and their tallies"),
                words("bkg. 528 § 18 og § 19, stk. 1", "EO 528 §§ 18, 19(1)"),
                Period::Months(LOG_MONTHS),
                words("forsøget", "the attempt"),
            ),
            Kind::Blocks => (
                words(
                    "spærrede adgange, hvem der fulgte op og hvorfor",
                    "closed ways in, who followed up and why",
                ),
                words("bkg. 528 § 18 og § 19, stk. 1", "EO 528 §§ 18, 19(1)"),
                Period::Months(LOG_MONTHS),
                words(
                    "slutningen på spærringen eller dens opgave, det seneste af de to",
                    "the end of the block or of its task, whichever is later",
                ),
            ),
            other => return self.policy_of_traffic(other),
        };
        let prolong = match kind {
            Kind::Incidents | Kind::Uses => Prolong::Hold,
            _ => Prolong::Nobody,
        };
        Policy { kind, holds, basis, keep, from, prolong }
    }

    fn policy_of_traffic(&self, kind: Kind) -> Policy {
        let (holds, basis, keep, from) = match kind {
            Kind::Sessions => (
                words("sessioner, med enhed og udbyder", "sessions, with device and provider"),
                NECESSITY,
                Period::Days(self.sign_in_days),
                words("sessionens slutning", "the end of the session"),
            ),
            Kind::ApiTokens => (
                words(
                    "kontrolsummer af adgangstokens, og hvem de handler for",
                    "digests of tokens, whom they act for",
                ),
                NECESSITY,
                Period::Days(self.sign_in_days),
                words("tokenets udløb eller tilbagekaldelse", "the token's end or withdrawal"),
            ),
            Kind::Jobs => (
                words("udførte og opgivne opgaver: kun id'er", "finished and given-up jobs: ids"),
                NECESSITY,
                Period::Days(self.job_days),
                words("opgavens slutning", "the job's end"),
            ),
            Kind::SignIns => (
                words(
                    "kontolinks, login-forløb, logud-tokens, startnøgler, som ingen har en autorisation ved",
                    "account links, ceremonies, log-out tokens, bootstrap tokens by which nobody holds an authorisation",
                ),
                NECESSITY,
                Period::Days(self.sign_in_days),
                words("deres brug eller udløb", "their use or their end"),
            ),
            other => return self.policy_of_control(other),
        };
        Policy { kind, holds, basis, keep, from, prolong: Prolong::Nobody }
    }

    fn policy_of_control(&self, kind: Kind) -> Policy {
        let (holds, basis, keep, from) = match kind {
            Kind::Proposals => (
                words(
                    "kritiske ændringer, der blev afvist, trukket tilbage eller bortfaldt; dem, der bevarede logposter, fem år efter; dem, der gav en autorisation, når den er slettet",
                    "critical changes that were rejected, withdrawn or lapsed; those that kept log entries, five years on; those that gave an authorisation, once that is erased",
                ),
                EVIDENCE,
                Period::Months(self.proposal_months),
                words(
                    "afgørelsen, eller slutningen på tiden til den",
                    "the decision, or the end of the time for it",
                ),
            ),
            Kind::Reviews => (
                words(
                    "gennemgange af autorisationer og hver afgørelse",
                    "reviews of authorisations and each decision",
                ),
                EVIDENCE,
                Period::Months(self.review_months),
                words("gennemgangens slutning", "the review's end"),
            ),
            Kind::Authorisations => (
                words(
                    "autorisationer, der er slut: hvis, til hvad, og hvornår de blev brugt",
                    "authorisations that have ended: whose, for what, when they were used",
                ),
                EVIDENCE,
                Period::Months(self.review_months),
                words(
                    "autorisationens slutning, men ikke før de gennemgange og logposter, der nævner den",
                    "the authorisation's end, but not before the reviews and log entries that name it",
                ),
            ),
            _ => (
                words(
                    "personer, som intet andet nævner: navn, mailadresse, og hvordan udbyderen kender dem",
                    "people whom nothing else names: name, mail address, how their provider knows them",
                ),
                words(
                    "GDPR art. 5, stk. 1, litra e: ikke længere, end noget, der er bevaret, nævner dem",
                    "GDPR art. 5(1)(e): no longer than something that is kept names them",
                ),
                Period::Days(self.sign_in_days),
                words(
                    "den dag, de kom, men ikke før alt det er slettet, der nævner dem",
                    "the day they came, but not before all that names them is erased",
                ),
            ),
        };
        Policy { kind, holds, basis, keep, from, prolong: Prolong::Nobody }
    }
}

#[cfg(test)]
mod tests {
    use chrono::TimeDelta;
    use proptest::prelude::*;

    use super::*;

    fn instant(seconds: i64) -> DateTime<Utc> {
        DateTime::UNIX_EPOCH + TimeDelta::seconds(seconds)
    }

    proptest! {
        #[test]
        fn what_is_erased_has_passed_its_deadline_and_nothing_else(
            from in 0..4_000_000_000_i64, later in 0..400_000_000_i64, months in 1..=120_u16, in_days in any::<bool>()
        ) {
            let period = if in_days { Period::Days(months) } else { Period::Months(months) };
            let (from, now) = (instant(from), instant(from + later));
            prop_assert_eq!(from <= period.before(now), period.after(from) <= now);
        }

        #[test]
        fn a_deadline_is_less_than_a_day_after_the_same_day_of_its_month(from in 0..4_000_000_000_i64, months in 1..=120_u16) {
            let from = instant(from);
            let plain = from.checked_add_months(Months::new(months.into())).unwrap();
            let late = Period::Months(months).after(from) - plain;
            prop_assert!(late >= TimeDelta::zero() && late <= TimeDelta::days(1));
        }
    }

    #[test]
    fn a_period_from_a_day_that_its_last_month_lacks_ends_with_that_month() {
        let from: DateTime<Utc> = "2026-08-31T10:00:00Z".parse().unwrap();
        let end: DateTime<Utc> = "2027-03-01T00:00:00Z".parse().unwrap();
        assert_eq!(Period::Months(6).after(from), end);
    }

    #[test]
    fn every_kind_has_a_deadline_a_basis_and_a_beginning() {
        for kind in Kind::ALL {
            let policy = Settings::default().policy(kind);
            let long = matches!(policy.keep, Period::Days(1..) | Period::Months(1..));
            let all = [policy.holds, policy.basis, policy.from];
            let said =
                all.iter().all(|words| !words.da.is_empty() && !words.en.is_empty() && words.da != words.en);
            assert!(policy.kind == kind && long && said, "{policy:?}");
            assert_eq!(serde_json::to_value(kind).unwrap(), kind.word());
        }
        let log = Settings { incident_months: 12, ..Settings::default() }.policy(Kind::Uses);
        assert_eq!(log.keep, Period::Months(6), "the law's, not the installation's");
    }
}
