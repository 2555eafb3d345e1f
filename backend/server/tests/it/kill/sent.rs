//! What clients know of what they sent: each knows no more than somebody would whose server died.

use std::collections::{BTreeMap, HashMap};

use super::whole::Found;

/// Reports that were sent, and what was said to them.
#[derive(Debug, Clone, Default)]
pub(crate) struct Sent {
    /// The number that was acknowledged for each key, if it was.
    reports: BTreeMap<String, Option<String>>,
    /// How often an incident was shown, by its number.
    shown: HashMap<String, usize>,
    /// Whether something else that was asked for was said to be done.
    finished: bool,
}

impl Sent {
    /// A report is on its way, perhaps once more.
    pub(crate) fn begin(&mut self, key: String) {
        self.reports.entry(key).or_default();
    }

    /// The answer to it has come.
    pub(crate) fn acknowledge(&mut self, key: String, number: String) {
        self.reports.insert(key, Some(number));
    }

    /// An incident was shown to somebody.
    pub(crate) fn show(&mut self, number: String) {
        *self.shown.entry(number).or_default() += 1;
    }

    /// What was asked for is done.
    pub(crate) fn finish(&mut self) {
        self.finished = true;
    }

    /// Whether it was said to be done.
    pub(crate) fn is_finished(&self) -> bool {
        self.finished
    }

    /// How many were acknowledged.
    pub(crate) fn acknowledged(&self) -> usize {
        self.reports.values().flatten().count()
    }

    /// Those of which nobody knows whether they arrived.
    pub(crate) fn unsure(&self) -> Vec<String> {
        self.reports.iter().filter(|(_, number)| number.is_none()).map(|(key, _)| key.clone()).collect()
    }

    /// What was promised and is not there, and what is there and was not sent (under keys that begin with `ours`).
    pub(crate) fn faults(&self, found: &Found, ours: &str) -> Vec<String> {
        let mut faults = Vec::new();
        for (key, number) in &self.reports {
            let (Some(number), there) = (number, found.numbers.get(key)) else { continue };
            if there != Some(number) {
                faults.push(format!("{key} was acknowledged as {number}, and {there:?} is there"));
            }
        }
        for key in found.numbers.keys().filter(|key| key.starts_with(ours)) {
            if !self.reports.contains_key(key) {
                faults.push(format!("{key} was never sent"));
            }
        }
        for (number, shown) in &self.shown {
            // One entry is that of the filing, which shows the incident, too.
            let logged = found.opened.get(number).copied().unwrap_or_default();
            if logged < shown + 1 {
                faults.push(format!(
                    "{number} was shown {shown} times after it was filed, and logged {logged} times"
                ));
            }
        }
        faults
    }
}
