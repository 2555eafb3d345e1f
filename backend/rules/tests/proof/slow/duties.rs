//! Which reports are open, from the regimes' files and what was filed so far.

use serde_json::Value;
use varsel_rules::{Filing, Request};

use super::{Known, LAW};

/// A report that is owed, or may be, and was not filed.
pub(crate) struct OpenStage {
    pub(crate) regime: &'static str,
    pub(crate) stage: &'static Value,
    /// Whether the law is known to cover the organisation.
    pub(crate) covered: bool,
    /// Whether a filing reaches the recipients: not what is filed elsewhere, nor what nobody is told of by precaution.
    pub(crate) told: bool,
}

/// Every open report, in the pack's order.
pub(crate) fn open_stages(known: &mut Known<'_>, filings: &[Filing], requests: &[Request]) -> Vec<OpenStage> {
    let answers = known.answers();
    let mut open = Vec::new();
    for (regime, (id, applies, triggered)) in LAW.regimes.iter().zip(answers) {
        let certain = (applies, triggered) == (Some(true), Some(true));
        let excluded = applies == Some(false) || triggered == Some(false);
        if excluded || !certain && regime["precaution"] == false {
            continue;
        }
        let tell = regime.get("tell_when").is_none_or(|when| known.holds(when) == Some(true));
        let told = regime["filed_elsewhere"] != true && (certain || tell);
        let past = Past { regime: &id, filings, requests };
        for stage in regime["stages"].as_array().unwrap() {
            if past.leaves_open(stage, known) {
                let regime = regime["id"].as_str().unwrap();
                open.push(OpenStage { regime, stage, covered: applies == Some(true), told });
            }
        }
    }
    open
}

struct Past<'a> {
    regime: &'a str,
    filings: &'a [Filing],
    requests: &'a [Request],
}

impl Past<'_> {
    fn leaves_open(&self, stage: &Value, known: &Known<'_>) -> bool {
        let id = stage["id"].as_str().unwrap();
        let excluded = stage.get("when").is_some_and(|when| known.holds(when) == Some(false))
            || stage.get("certain").is_some_and(|certain| known.holds(certain) != Some(true))
            || super::strings(&stage["unless_filed"]).any(|other| self.was_filed(other));
        let on = &stage["on"];
        match on.as_str() {
            _ if excluded => false,
            Some("recurring") => true,
            Some("requested") => self.is_asked_for(id),
            _ if self.was_filed(id) => false,
            Some(_) => true,
            None => {
                let begun = match (on["filed"].as_str(), on["event"].as_str()) {
                    (Some(previous), _) => self.was_filed(previous),
                    (None, event) => known.value(event.unwrap()).is_some(),
                };
                begun && self.clock_runs(&stage["clock"], known)
            }
        }
    }

    fn was_filed(&self, stage: &str) -> bool {
        self.filings.iter().any(|filing| filing.regime == self.regime && filing.stage == stage)
    }

    /// Asked for, and nothing was sent since the last time.
    fn is_asked_for(&self, stage: &str) -> bool {
        let of_stage = self.requests.iter().filter(|ask| ask.regime == self.regime && ask.stage == stage);
        let Some(asked) = of_stage.map(|ask| ask.at).max() else { return false };
        let mut sent = self.filings.iter().filter(|sent| sent.regime == self.regime && sent.stage == stage);
        sent.all(|filing| filing.at < asked)
    }

    /// A report that follows another waits for what starts its own clock.
    fn clock_runs(&self, clock: &Value, known: &Known<'_>) -> bool {
        let starts = |from: &Value| from.as_str().is_some_and(|fact| known.value(fact).is_some());
        clock.is_null()
            || starts(&clock["from"])
            || starts(&clock["cap"]["from"])
            || clock["from_filed"].as_str().is_some_and(|stage| self.was_filed(stage))
    }
}
