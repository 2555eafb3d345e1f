//! What needs attention in the log of use.

use chrono::{DateTime, Utc};
use schemars::JsonSchema;
use serde::Serialize;

use crate::compliance::document::words::{counted, moment, say, span};
use crate::compliance::model::Words;

/// Something about the log of use.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(tag = "code", rename_all = "snake_case")]
pub enum OfLog {
    /// The log has never had a checkpoint.
    NoCheckpoint,
    /// The log had no checkpoint for longer than allowed.
    LogGaps {
        /// How many times.
        count: u64,
        /// The longest, in seconds.
        longest_seconds: i64,
    },
    /// The log, or what was signed of it, was changed.
    LogBroken {
        /// What is wrong.
        problem: String,
    },
    /// Something that was logged is gone without an erasure on record, or is back, or the record itself is not what it should be.
    LogNotWhole {
        /// What is wrong: `missing`, `too_early`, `put_back`, `unsigned` or `no_record`.
        fault: String,
        /// The places in the log that it is about, from 0, as ranges; null where it is about the record.
        places: Option<String>,
        /// The same in a sentence.
        #[serde(skip)]
        said: Words,
    },
    /// A witness did not cosign, or has not for too long.
    WitnessSilent {
        /// The name of its key.
        witness: String,
        /// When it last answered.
        at: Option<DateTime<Utc>>,
        /// Why it refused; null where it did not.
        refusal: Option<String>,
    },
    /// The server's role in the database could change or delete what was logged.
    DutiesNotSeparate {
        /// The role.
        role: String,
    },
    /// The server's clock was put back, or was not that of a witness.
    ClockWrong {
        /// How many times it was said.
        count: u64,
        /// By how much at most, in seconds, ahead or behind.
        most_seconds: i64,
    },
    /// An erasure of the log began and did not end.
    ErasureUnfinished {
        /// When it began.
        began_at: DateTime<Utc>,
    },
}

impl OfLog {
    pub(super) fn sentence(&self) -> Words {
        match self {
            Self::NoCheckpoint => say(
                "Loggen over anvendelser har endnu intet kontrolpunkt.",
                "The log of use has no checkpoint yet.",
            ),
            Self::LogGaps { count, longest_seconds } => {
                let times = counted(*count, ("gang", "gange", ""), ("time", "times", ""));
                let longest = span(*longest_seconds);
                say(
                    format!(
                        "Loggen over anvendelser blev ikke ført uafbrudt: {}var der for længe mellem to kontrolpunkter, \
                         længst {}.",
                        times.da, longest.da
                    ),
                    format!(
                        "The log of use was not kept without a break: {}it was too long between two checkpoints, at most \
                         {}.",
                        times.en, longest.en
                    ),
                )
            }
            Self::ClockWrong { count, most_seconds } => clock_wrong(*count, *most_seconds),
            Self::LogBroken { problem } => say(
                format!("Loggen over anvendelser er ikke den, der blev underskrevet ({problem})."),
                format!("The log of use is not the one that was signed ({problem})."),
            ),
            Self::LogNotWhole { said, .. } => said.clone(),
            Self::WitnessSilent { witness, at, refusal } => {
                let last = at.map_or_else(|| say("aldrig", "never"), |at| say(moment(at), moment(at)));
                let why = refusal.as_ref().map(|why| format!(": {why}")).unwrap_or_default();
                say(
                    format!(
                        "Vidnet {witness} har ikke medunderskrevet loggen (seneste svar: {}){why}.",
                        last.da
                    ),
                    format!(
                        "The witness {witness} has not cosigned the log (last answer: {}){why}.",
                        last.en
                    ),
                )
            }
            Self::DutiesNotSeparate { role } => say(
                format!(
                    "Serverens egen rolle i databasen ({role}) kan ændre eller slette det, der er logget: opgaverne er ikke adskilt."
                ),
                format!(
                    "The server's own role in the database ({role}) could change or delete what was logged: duties are not \
                     separated."
                ),
            ),
            Self::ErasureUnfinished { began_at } => say(
                format!("En sletning i loggen, der begyndte {}, blev ikke afsluttet.", moment(*began_at)),
                format!("An erasure of the log that began {} did not end.", moment(*began_at)),
            ),
        }
    }
}

fn clock_wrong(count: u64, most_seconds: i64) -> Words {
    let times = counted(count, ("gang", "gange", ""), ("time", "times", ""));
    let most = span(most_seconds);
    say(
        format!(
            "Serverens ur passede ikke: {}blev det stillet tilbage eller gik anderledes end et vidnes, højst {}. Ret \
             tidssynkroniseringen (NTP), og læs tiderne i loggen omkring da med det i tankerne.",
            times.da, most.da
        ),
        format!(
            "The server's clock was wrong: {}it was put back, or differed from a witness's, by {} at most. Mend the \
             time synchronisation (NTP), and read the times in the log around then with that in mind.",
            times.en, most.en
        ),
    )
}
