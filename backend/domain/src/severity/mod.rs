//! The severity of an incident: what the rules propose, and what the unit that leads makes of it.
//!
//! One level holds for the whole incident: as last confirmed, otherwise as proposed. A confirmation stays in force when
//! newer facts change the proposal; it is then marked as made against an earlier one, for somebody to look again.

#[cfg(test)]
mod tests;

use chrono::{DateTime, Utc};

use crate::{ConfirmationId, IncidentId, PersonId, UnitId};

/// Characters of the justification where the level is another than proposed: at least, and at most. Where it is the
/// proposed one, there may be none.
pub const JUSTIFICATION: (usize, usize) = (10, 2_000);

/// One time that the proposed severity was confirmed, or another level set. Never changed: the next is a new one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SeverityConfirmation {
    /// Id.
    pub id: ConfirmationId,
    /// Incident.
    pub incident: IncidentId,
    /// From 1, for each incident.
    pub number: u32,
    /// The level that holds from then on.
    pub level: u8,
    /// What was proposed then.
    pub proposed: u8,
    /// The revision of the facts whose proposal that was.
    pub revision: u32,
    /// Why; there is one whenever the level is another than proposed.
    pub justification: Option<String>,
    /// The unit that led then.
    pub unit: UnitId,
    /// Who confirmed.
    pub by: PersonId,
    /// Their name, as it was then.
    pub by_name: String,
    /// When.
    pub at: DateTime<Utc>,
}

impl SeverityConfirmation {
    /// Whether another level is proposed now than when it was made.
    pub fn is_outdated(&self, proposed_now: u8) -> bool {
        self.proposed != proposed_now
    }

    /// Whether it says the same as `wish`, made by the same person.
    fn says(&self, wish: &Wish<'_>, justification: Option<&str>) -> bool {
        self.by == wish.by
            && (self.level, self.proposed) == (wish.level, wish.seen.proposed)
            && self.justification.as_deref() == justification
    }
}

/// What somebody wants the severity to be, and what they had before their eyes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Wish<'a> {
    /// Who.
    pub by: PersonId,
    /// The level.
    pub level: u8,
    /// Why; empty or blank where they give no reason.
    pub justification: &'a str,
    /// What they saw.
    pub seen: Seen,
}

/// The state on which somebody decided.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Seen {
    /// How many confirmations there were.
    pub confirmations: u32,
    /// What was proposed.
    pub proposed: u8,
}

/// What becomes of a wish that can be taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    /// It is the next confirmation, with this justification.
    Confirms(Option<String>),
    /// It is what the same person said last: nothing new, such as a press that was sent twice.
    Repeats,
}

/// Why a wish cannot be taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Objection {
    /// The scale has no such level.
    NoSuchLevel,
    /// Somebody confirmed since.
    ConfirmedMeanwhile,
    /// Another level is proposed since.
    ProposalMoved,
    /// It deviates from the proposal, and says too little why; or it says too much.
    Justification {
        /// The characters it has.
        length: usize,
    },
}

/// What becomes of `wish`, on a scale of `levels`, where `latest` is the last confirmation.
///
/// # Errors
/// Why it cannot be taken. Who decided on another state than there is decides anew; that comes before anything they wrote is
/// judged.
pub fn judge(
    wish: &Wish<'_>,
    levels: impl IntoIterator<Item = u8>,
    proposed: u8,
    latest: Option<&SeverityConfirmation>,
) -> Result<Verdict, Objection> {
    if levels.into_iter().all(|level| level != wish.level) {
        return Err(Objection::NoSuchLevel);
    }
    let text = Some(wish.justification.trim()).filter(|text| !text.is_empty());
    if latest.is_some_and(|latest| latest.says(wish, text) && !latest.is_outdated(proposed)) {
        return Ok(Verdict::Repeats);
    }
    if wish.seen.confirmations != latest.map_or(0, |latest| latest.number) {
        return Err(Objection::ConfirmedMeanwhile);
    }
    if wish.seen.proposed != proposed {
        return Err(Objection::ProposalMoved);
    }
    let length = text.map_or(0, |text| text.chars().count());
    // What somebody set for a reason is not taken back without one.
    let taken_back = latest.is_some_and(|it| it.level != proposed && !it.is_outdated(proposed));
    let least = if wish.level == proposed && !taken_back { 0 } else { JUSTIFICATION.0 };
    if !(least..=JUSTIFICATION.1).contains(&length) {
        return Err(Objection::Justification { length });
    }
    Ok(Verdict::Confirms(text.map(str::to_owned)))
}
