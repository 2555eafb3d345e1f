//! Authorisations: that a person has rights, for what purpose, how far, from when until when, and who gave them.
//!
//! Nobody has a right without one. What follows from those that hold is [`Rights`]; what may be granted is [`Grant`].

mod function;
mod grant;
mod purpose;
mod rights;
#[cfg(test)]
mod tests;

use std::collections::BTreeSet;

use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};

pub use function::{Function, Reach, WrongReach};
pub use grant::{Grant, LONGEST_TEMPORARY, PURPOSE, check_beside};
pub use purpose::{Purpose, Usual};
pub use rights::{Right, Rights, units_of};

use crate::{AuthorisationId, ChangeId, PersonId};

/// An authorisation that nobody has used for so long is marked in reviews (GL section 17: half a year).
pub const UNUSED_AFTER: TimeDelta = TimeDelta::days(182);

/// So long after its holder moved an authorisation may wait for those who administer it, before they are told again.
pub const WAITS_AT_MOST: TimeDelta = TimeDelta::days(7);

/// Why somebody has an authorisation only for a time (BEK 1104 section 11(3)).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Temporary {
    /// They audit.
    Auditor,
    /// They repair or maintain.
    Technician,
}

/// On what an authorisation rests.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Basis {
    /// One person proposed it, another approved it.
    Approved(ChangeId),
    /// An identity provider that is trusted to grant says so, by its name in the settings.
    Provider(String),
    /// A one-time token, made by whoever runs the server.
    Bootstrap,
}

/// Why an authorisation is suspended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Suspension {
    /// Nobody confirmed it in a review in time.
    Unconfirmed,
    /// Its holder has another organisation or unit now.
    Moved,
}

/// Where an authorisation stands, as stored.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum State {
    /// It gives its rights, inside its window.
    Active,
    /// It gives none until two people reinstate it.
    Suspended(Suspension),
    /// It gives none, for ever.
    Withdrawn,
}

/// Where an authorisation stands at an instant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Status {
    /// Its window has not begun.
    Pending,
    /// It gives its rights.
    Active,
    /// See [`State::Suspended`].
    Suspended,
    /// Its window is over.
    Ended,
    /// See [`State::Withdrawn`].
    Withdrawn,
}

/// The last thing that happened to an authorisation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// Who did it; none where time or a provider did.
    pub by: Option<PersonId>,
    /// Their name, as it was then.
    pub by_name: Option<String>,
    /// When.
    pub at: DateTime<Utc>,
    /// Why.
    pub reason: String,
}

/// An authorisation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Authorisation {
    /// Id.
    pub id: AuthorisationId,
    /// Whose it is.
    pub holder: PersonId,
    /// What it lets them do.
    pub functions: BTreeSet<Function>,
    /// With whose data.
    pub reach: Reach,
    /// For what.
    pub purpose: Purpose,
    /// From when.
    pub from: DateTime<Utc>,
    /// Until when, exclusive; none where it has no end.
    pub until: Option<DateTime<Utc>>,
    /// Why it is only for a time.
    pub temporary: Option<Temporary>,
    /// On what it rests.
    pub basis: Basis,
    /// Where it stands, as stored.
    pub state: State,
    /// When it was granted.
    pub granted_at: DateTime<Utc>,
    /// What happened to it last; none since it was granted.
    pub step: Option<Step>,
}

/// An authorisation that does not stand where it would have to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the authorisation is {0:?}")]
pub struct WrongState(pub Status);

impl Authorisation {
    /// Where it stands at `now`: a window that is over is over, whoever has written that down or not.
    pub fn status_at(&self, now: DateTime<Utc>) -> Status {
        match self.state {
            State::Withdrawn => Status::Withdrawn,
            _ if self.until.is_some_and(|until| now >= until) => Status::Ended,
            State::Suspended(_) => Status::Suspended,
            State::Active if now < self.from => Status::Pending,
            State::Active => Status::Active,
        }
    }

    /// Since when it waits for those who administer it, because its holder has moved; none where it does not.
    pub fn waits_since(&self, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
        let waits =
            self.state == State::Suspended(Suspension::Moved) && self.status_at(now) == Status::Suspended;
        self.step.as_ref().filter(|_| waits).map(|step| step.at)
    }

    /// Takes it away for ever.
    ///
    /// # Errors
    /// It is withdrawn or has ended.
    pub fn withdraw(self, step: Step) -> Result<Self, WrongState> {
        self.moved(&[Status::Pending, Status::Active, Status::Suspended], State::Withdrawn, step)
    }

    /// Takes it away until it is reinstated.
    ///
    /// # Errors
    /// It is suspended or withdrawn, or has ended.
    pub fn suspend(self, why: Suspension, step: Step) -> Result<Self, WrongState> {
        self.moved(&[Status::Pending, Status::Active], State::Suspended(why), step)
    }

    /// Gives it back.
    ///
    /// # Errors
    /// It is not suspended.
    pub fn reinstate(self, step: Step) -> Result<Self, WrongState> {
        self.moved(&[Status::Suspended], State::Active, step)
    }

    fn moved(self, from: &[Status], to: State, step: Step) -> Result<Self, WrongState> {
        let status = self.status_at(step.at);
        if !from.contains(&status) {
            return Err(WrongState(status));
        }
        Ok(Self { state: to, step: Some(step), ..self })
    }
}
