//! When keys were replaced, as the log of use has it: nothing else remembers.

use chrono::{DateTime, Utc};
use serde_json::Value;
use varsel_domain::ChangeId;
use varsel_domain::access::{AccessEntry, UseKind};
use varsel_storage::Tx;
use varsel_storage::access_log::{self, Sought};

use crate::Result;

/// What was replaced.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum What {
    /// Keys of organisations.
    Renewed,
    /// A root key.
    RootReplaced,
}

/// Keys that were replaced.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Replacement {
    /// When, in UTC.
    pub at: DateTime<Utc>,
    /// What.
    pub what: What,
    /// How many keys were wrapped anew.
    pub keys: u64,
    /// The critical change that two approved.
    pub change: Option<ChangeId>,
    /// Why whoever runs the server did it alone; none where they did not, or did not have to say.
    pub reason: Option<String>,
    /// Whoever runs the server did it at the command line.
    pub at_command_line: bool,
}

/// Those of `[from, until)`, oldest first.
///
/// # Errors
/// Storage failed.
pub(crate) async fn replacements(
    tx: &Tx,
    from: DateTime<Utc>,
    until: Option<DateTime<Utc>>,
) -> Result<Vec<Replacement>> {
    let use_kind = Some(UseKind::KeysReplaced);
    let sought = Sought { use_kind, from: Some(from), until, ..Sought::default() };
    let logged = access_log::list(tx, &sought, None, u64::from(u32::MAX)).await?;
    Ok(logged.into_iter().map(|(_, logged)| Replacement::from(logged.entry)).collect())
}

impl From<AccessEntry> for Replacement {
    fn from(entry: AccessEntry) -> Self {
        let text = |name: &str| entry.detail.get(name).and_then(Value::as_str);
        Self {
            at: entry.at,
            what: if text("root").is_some() { What::RootReplaced } else { What::Renewed },
            keys: entry.detail.get("keys").and_then(Value::as_u64).unwrap_or_default(),
            change: text("change").and_then(|id| id.parse().ok()),
            reason: text("reason").map(str::to_owned),
            at_command_line: entry.function == "command line",
        }
    }
}
