//! Critical settings: those of the configuration that hold only as two administrators have adopted them (R67). Whoever can edit the
//! file alone must not decide how long data is kept, or who hears of the log of use.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use varsel_rules::Text;

use crate::retention;

/// Which settings are adopted together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Area {
    /// How long what is kept is kept.
    Retention,
    /// Who cosigns the log of use, who gets its checkpoints, and whether a server may run that could change it.
    UseLog,
}

impl Area {
    /// Every area.
    pub const ALL: [Self; 2] = [Self::Retention, Self::UseLog];

    /// Its name in the configuration.
    pub fn word(self) -> &'static str {
        match self {
            Self::Retention => "retention",
            Self::UseLog => "use_log",
        }
    }

    /// The area of that name.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|area| area.word() == word)
    }

    /// What people call it.
    pub fn label(self) -> Text {
        let (da, en) = match self {
            Self::Retention => ("slettefrister", "deadlines of erasure"),
            Self::UseLog => ("logning af anvendelser", "log of use"),
        };
        Text { da: da.to_owned(), en: en.to_owned() }
    }
}

/// The settings of an area by their names in the configuration, in the form in which they are read, hashed and approved.
pub type Values = BTreeMap<String, Vec<String>>;

/// A witness of the log of use.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Witness {
    /// Its name in the configuration.
    pub name: String,
    /// Where it takes checkpoints.
    pub url: String,
    /// Its public key, as C2SP `signed-note` writes it.
    pub key: String,
}

/// What the settings say of the log of use.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct UseLog {
    /// Whether a server starts only where its role in the database cannot change what was logged.
    pub require_separation: bool,
    /// Mailboxes that get its checkpoint every day.
    pub checkpoint_mailboxes: Vec<String>,
    /// Who cosigns its checkpoints, in the order of their names.
    pub witnesses: Vec<Witness>,
}

/// All critical settings.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Critical {
    /// [`Area::Retention`].
    pub retention: retention::Settings,
    /// [`Area::UseLog`].
    pub use_log: UseLog,
}

const SEPARATION: &str = "require_separation";
const MAILBOXES: &str = "checkpoint_mailboxes";
const WITNESSES: &str = "witnesses.";

impl Critical {
    /// The settings of an area.
    pub fn values(&self, area: Area) -> Values {
        match area {
            Area::Retention => {
                let named = self.retention.named().into_iter();
                named.map(|(name, value)| (name.to_owned(), vec![value.to_string()])).collect()
            }
            Area::UseLog => {
                let UseLog { require_separation, checkpoint_mailboxes, witnesses } = self.use_log.clone();
                let witnesses =
                    witnesses.into_iter().map(|it| (format!("{WITNESSES}{}", it.name), vec![it.url, it.key]));
                let others = [
                    (SEPARATION.to_owned(), vec![require_separation.to_string()]),
                    (MAILBOXES.to_owned(), checkpoint_mailboxes),
                ];
                others.into_iter().chain(witnesses).collect()
            }
        }
    }

    /// The same with what was adopted of an area in the place of its own. A setting that was not there when it was adopted, because
    /// the program did not have it yet, stays.
    #[must_use]
    pub fn with(mut self, area: Area, adopted: &Values) -> Self {
        match area {
            Area::Retention => {
                for (name, values) in adopted {
                    if let [value] = values.as_slice()
                        && let Ok(value) = value.parse()
                    {
                        self.retention.set(name, value);
                    }
                }
            }
            Area::UseLog => {
                if let Some(separation) = adopted.get(SEPARATION) {
                    // Stricter than adopted is no harm.
                    self.use_log.require_separation |= separation.iter().any(|it| it == "true");
                }
                if let Some(mailboxes) = adopted.get(MAILBOXES) {
                    self.use_log.checkpoint_mailboxes.clone_from(mailboxes);
                }
                let witness = |(name, values): (&String, &Vec<String>)| match values.as_slice() {
                    [url, key] => {
                        let name = name.strip_prefix(WITNESSES)?.to_owned();
                        Some(Witness { name, url: url.clone(), key: key.clone() })
                    }
                    _ => None,
                };
                self.use_log.witnesses = adopted.iter().filter_map(witness).collect();
            }
        }
        self
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn any_log() -> impl Strategy<Value = UseLog> {
        let witnesses =
            prop::collection::btree_map("[a-z]{1,8}", ("https://[a-z]{1,9}", "[A-Za-z0-9+/]{1,9}"), 0..4);
        (any::<bool>(), prop::collection::vec("[a-z]{1,5}@[a-z]{1,5}", 0..4), witnesses).prop_map(
            |(require_separation, checkpoint_mailboxes, witnesses)| UseLog {
                require_separation,
                checkpoint_mailboxes,
                witnesses: witnesses
                    .into_iter()
                    .map(|(name, (url, key))| Witness { name, url, key })
                    .collect(),
            },
        )
    }

    fn any_settings() -> impl Strategy<Value = Critical> {
        (any::<[u16; 5]>(), any_log()).prop_map(
            |([incident_months, proposal_months, review_months, sign_in_days, job_days], use_log)| {
                let retention = retention::Settings {
                    incident_months,
                    proposal_months,
                    review_months,
                    sign_in_days,
                    job_days,
                };
                Critical { retention, use_log }
            },
        )
    }

    proptest! {
        /// What was adopted is what holds, whatever the configuration has become; only separation can be asked for alone.
        #[test]
        fn what_was_adopted_is_read_back(adopted in any_settings(), configured in any_settings()) {
            let separation = adopted.use_log.require_separation || configured.use_log.require_separation;
            let held = Area::ALL.into_iter().fold(configured, |all, area| all.with(area, &adopted.values(area)));
            let use_log = UseLog { require_separation: separation, ..adopted.use_log };
            prop_assert_eq!(held, Critical { use_log, ..adopted });
        }
    }

    #[test]
    fn what_cannot_be_read_changes_nothing() {
        let odd = BTreeMap::from([
            ("incident_months".to_owned(), vec!["many".to_owned()]),
            ("job_days".to_owned(), Vec::new()),
            ("unknown".to_owned(), vec!["1".to_owned()]),
        ]);
        assert_eq!(Critical::default().with(Area::Retention, &odd), Critical::default());
    }
}
