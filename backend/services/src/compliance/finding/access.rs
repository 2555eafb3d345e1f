//! What needs attention among authorisations, reviews and rejected attempts.

use schemars::JsonSchema;
use serde::Serialize;
use varsel_domain::change::Flaw;

use super::Section;
use crate::compliance::document::words::{counted, flaw, say};
use crate::compliance::model::Words;

/// Something about authorisations, reviews or rejected attempts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(tag = "code", rename_all = "snake_case")]
pub enum OfAccess {
    /// An authorisation does not rest on what it should.
    UnfoundedAuthorisation {
        /// Its id.
        authorisation: String,
        /// Whose it is.
        holder: String,
        /// What is wrong.
        #[schemars(with = "String")]
        flaw: Flaw,
    },
    /// An authorisation that is only for a time lasts too long, or has no end.
    TemporaryTooLong {
        /// Its id.
        authorisation: String,
        /// Whose it is.
        holder: String,
    },
    /// Somebody audits, and may change what is audited: from before that was looked at, or written into the tables.
    AuditBesideWriting {
        /// Who.
        holder: String,
    },
    /// Nobody has used so many authorisations for half a year.
    UnusedAuthorisations {
        /// How many.
        count: u64,
    },
    /// So many people have moved, and nobody has decided on their rights for more than seven days.
    MoversLeftAlone {
        /// How many.
        count: u64,
    },
    /// So many authorisations stand suspended because nobody confirmed them.
    UnconfirmedAuthorisations {
        /// How many.
        count: u64,
    },
    /// Reviews are open beyond their deadline, or were never opened.
    ReviewsOverdue {
        /// How many.
        count: u64,
    },
    /// Nobody has followed up so many blocks for more than seven days.
    BlocksNotFollowedUp {
        /// How many.
        count: u64,
    },
    /// So many tasks are nobody's.
    BlocksWithoutOwner {
        /// How many.
        count: u64,
    },
}

impl OfAccess {
    pub(super) fn section(&self) -> Section {
        match self {
            Self::UnfoundedAuthorisation { .. }
            | Self::TemporaryTooLong { .. }
            | Self::AuditBesideWriting { .. }
            | Self::UnusedAuthorisations { .. }
            | Self::MoversLeftAlone { .. } => Section::Authorisations,
            Self::UnconfirmedAuthorisations { .. } | Self::ReviewsOverdue { .. } => Section::Reviews,
            Self::BlocksNotFollowedUp { .. } | Self::BlocksWithoutOwner { .. } => Section::Attempts,
        }
    }

    pub(super) fn sentence(&self) -> Words {
        match self {
            Self::UnfoundedAuthorisation { authorisation: id, holder, flaw: why } => {
                let why = flaw(*why);
                say(
                    format!("{holder} har en autorisation uden gyldigt grundlag ({id}): {}.", why.da),
                    format!("{holder} has an authorisation without a valid basis ({id}): {}.", why.en),
                )
            }
            Self::TemporaryTooLong { authorisation: id, holder } => say(
                format!("{holder} har en midlertidig autorisation ({id}), der varer længere end tilladt."),
                format!("{holder} has a temporary authorisation ({id}) that lasts longer than allowed."),
            ),
            Self::AuditBesideWriting { holder } => say(
                format!("{holder} kontrollerer og må også ændre det, der kontrolleres. Inddrag det ene."),
                format!("{holder} audits, and may also change what is audited. Withdraw one of the two."),
            ),
            Self::UnusedAuthorisations { count } => counted(
                *count,
                ("autorisation er", "autorisationer er", "ikke brugt i et halvt år."),
                ("authorisation has", "authorisations have", "not been used for half a year."),
            ),
            Self::MoversLeftAlone { count } => counted(
                *count,
                (
                    "person er flyttet",
                    "personer er flyttet",
                    "og har rettigheder, som ingen har taget stilling til i mere end 7 dage.",
                ),
                (
                    "person has moved",
                    "people have moved",
                    "and left rights on which nobody has decided for more than 7 days.",
                ),
            ),
            Self::UnconfirmedAuthorisations { count } => counted(
                *count,
                ("autorisation er", "autorisationer er", "suspenderet, fordi ingen bekræftede i tide."),
                ("authorisation is", "authorisations are", "suspended because nobody confirmed in time."),
            ),
            Self::ReviewsOverdue { count } => counted(
                *count,
                ("gennemgang er", "gennemgange er", "over fristen."),
                ("review is", "reviews are", "overdue."),
            ),
            Self::BlocksNotFollowedUp { count } => counted(
                *count,
                ("spærring er", "spærringer er", "ikke fulgt op i mere end 7 dage."),
                ("block has", "blocks have", "not been followed up for more than 7 days."),
            ),
            Self::BlocksWithoutOwner { count } => counted(
                *count,
                ("spærring har", "spærringer har", "ingen til at følge op."),
                ("block has", "blocks have", "nobody to follow up."),
            ),
        }
    }
}
