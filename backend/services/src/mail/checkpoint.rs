//! The log's checkpoint of the day.

use serde::Serialize;
use varsel_domain::rules::Text;
use varsel_storage::log_tree::MadeCheckpoint;

use super::{Mail, danish_time};

/// The checkpoint of the day, to be kept: it says how much was logged and its root, and nothing of what.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct Checkpoint {
    entries: u64,
    made_at: Text,
    note: String,
}

impl Checkpoint {
    /// Of the checkpoint that was made.
    pub(crate) fn new(made: &MadeCheckpoint) -> Self {
        Self { entries: made.size, made_at: danish_time(made.at), note: made.note.trim_end().to_owned() }
    }
}

impl Mail for Checkpoint {
    const NAME: &'static str = "checkpoint";

    #[cfg(test)]
    fn samples() -> Vec<Self> {
        let at = "2026-11-25T05:00:00Z".parse().unwrap();
        let root = "CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=";
        let note = format!(
            "varsel.example/use-log\n20852163\n{root}\n\n— varsel.example/use-log Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u5/Zhcyv2q1gGzGku9nTo+zyWE+xeMcTOAYQ8=\n"
        );
        vec![Self::new(&MadeCheckpoint { size: 20_852_163, at, note })]
    }
}
