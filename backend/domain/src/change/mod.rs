//! Critical changes: one person proposes, another approves exactly that, and then it is carried out.
//!
//! Everything here decides and does nothing. Who decides, on what and when are arguments, read in the transaction in
//! which the decision is written and the change carried out.

mod flaw;
mod payload;
mod refusal;
#[cfg(test)]
mod tests;

use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};
use varsel_rules::Text;

pub use flaw::Flaw;
pub use payload::{ChangeKind, NotCanonical, Payload, sha256};
pub use refusal::Refusal;

use crate::authorisation::Reach;
use crate::authz::{Action, Resource, permits};
use crate::natural::NaturalPerson;
use crate::organisation::{Party, Person};
use crate::{ChangeId, PersonId};

/// How long a proposal waits for its decision.
pub const LIFETIME: TimeDelta = TimeDelta::days(14);

/// Characters of a reason.
const REASON: std::ops::RangeInclusive<usize> = 10..=2_000;

/// Who proposed a change, seen from whoever looks at it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Author {
    /// The same human being, or perhaps the same.
    Oneself,
    /// Certainly another human being.
    AnotherPerson,
}

/// Where a change stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ChangeStatus {
    /// Waits for a decision.
    Open,
    /// Approved and, in the same transaction, carried out.
    Executed,
    /// Somebody else said no.
    Rejected,
    /// Whoever proposed it took it back.
    Withdrawn,
    /// Nobody decided in time.
    Expired,
}

/// What a change is about, and the version of it that whoever proposed had before their eyes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Target {
    /// What, e.g. `pack/dk`.
    pub name: String,
    /// Its version then.
    pub version: String,
}

/// How a change ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decision {
    /// Who decided; none where time did.
    pub by: Option<PersonId>,
    /// Their name, as it was then.
    pub by_name: Option<String>,
    /// When.
    pub at: DateTime<Utc>,
    /// Why, where a reason was asked for.
    pub reason: Option<String>,
}

/// A critical change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// Id.
    pub id: ChangeId,
    /// Its kind.
    pub kind: ChangeKind,
    /// What it does, as stored: canonical JSON, unless somebody has tampered with it.
    pub payload: String,
    /// SHA-256 of the payload at the time of the proposal, in hexadecimal.
    pub payload_sha256: String,
    /// What it is about.
    pub target: Target,
    /// Who proposed it, as they were then.
    pub proposer: NaturalPerson,
    /// Why.
    pub reason: String,
    /// When it was proposed.
    pub proposed_at: DateTime<Utc>,
    /// When it can no longer be approved.
    pub expires_at: DateTime<Utc>,
    /// Where it stands, as stored.
    pub status: ChangeStatus,
    /// How it ended; none while it is open.
    pub decision: Option<Decision>,
}

/// Whom a change concerns, as they are now; none where they are gone or there is no such person.
#[derive(Debug, Clone, Copy, Default)]
pub struct Parties<'a> {
    /// Whoever proposed.
    pub proposer: Option<&'a Party>,
    /// Whoever is to have the right that it gives, or whose acts it is about.
    pub person: Option<&'a Person>,
}

/// What an approval is judged by, as it is now.
#[derive(Debug, Clone, Copy)]
pub struct Present<'a> {
    /// Whom it concerns.
    pub parties: Parties<'a>,
    /// What the change is about.
    pub target: &'a Target,
    /// The time.
    pub now: DateTime<Utc>,
}

impl Change {
    /// A proposal by `proposer`.
    ///
    /// # Errors
    /// A reason of the wrong length; a payload that has no canonical form.
    pub fn propose(
        id: ChangeId,
        (payload, target): (&Payload, Target),
        (proposer, reason): (&Party, &str),
        now: DateTime<Utc>,
    ) -> Result<Self, Refusal> {
        let subject = payload.subject();
        let resource = subject.resource(proposer.id, Author::Oneself);
        if !permits(&proposer.actor(), Action::ProposeChange, resource)
            || !may_erase(payload.erased(), proposer)
        {
            return Err(Refusal::LostRight);
        }
        let kind = payload.kind();
        let payload = payload.canonical().ok().ok_or(Refusal::PayloadDiffers)?;
        Ok(Self {
            id,
            kind,
            payload_sha256: sha256(&payload),
            payload,
            target,
            proposer: proposer.natural(),
            reason: reason_of(reason)?,
            proposed_at: now,
            expires_at: now + LIFETIME,
            status: ChangeStatus::Open,
            decision: None,
        })
    }

    /// Where it stands at `now`: a proposal whose time is up is no longer open, whoever has written that down or not.
    pub fn status_at(&self, now: DateTime<Utc>) -> ChangeStatus {
        match self.status {
            ChangeStatus::Open if now >= self.expires_at => ChangeStatus::Expired,
            status => status,
        }
    }

    /// Who proposed it, is to have the right, or did what it is about, seen from `viewer`.
    pub fn author(&self, viewer: &Person, parties: Parties<'_>) -> Author {
        if self.is_by(viewer, parties) || is_for(viewer, parties) {
            Author::Oneself
        } else {
            Author::AnotherPerson
        }
    }

    fn is_by(&self, viewer: &Person, parties: Parties<'_>) -> bool {
        let viewer = viewer.natural();
        let is_now = parties.proposer.is_some_and(|proposer| viewer.may_be(&proposer.natural()));
        is_now || viewer.may_be(&self.proposer)
    }

    /// What it is about. One whose payload is not what was proposed concerns the platform: nobody decides on it, and
    /// only those who see all changes see that.
    pub fn subject(&self) -> Subject {
        self.read_payload().map_or(Subject::Platform, |payload| payload.subject())
    }

    /// Whether `viewer` may know of it. Whose acts it keeps in the log learns it from others, however much they administer.
    pub fn may_read(&self, viewer: &Party, parties: Parties<'_>) -> bool {
        let subject = self.subject();
        if matches!(subject, Subject::Uses { .. }) && is_for(viewer, parties) {
            return false;
        }
        let resource = subject.resource(self.proposer.account, self.author(viewer, parties));
        permits(&viewer.actor(), Action::ReadChanges, resource)
    }

    /// May `approver` approve the payload whose digest is `sha256`? What is to be carried out, if so.
    ///
    /// # Errors
    /// [`Refusal`]: decided, expired, one's own, no right on either side, another payload, another target.
    pub fn approve(&self, approver: &Party, sha256: &str, present: Present<'_>) -> Result<Payload, Refusal> {
        self.may_decide(approver, present.parties, present.now)?;
        let proposer = present.parties.proposer.ok_or(Refusal::LostRight)?;
        let subject = self.subject();
        let resource = subject.resource(self.proposer.account, Author::Oneself);
        if !permits(&proposer.actor(), Action::ProposeChange, resource) || !self.lets_erase(proposer) {
            return Err(Refusal::LostRight);
        }
        subject.check_proposer(proposer, present.parties.person)?;
        let payload = self.read_payload().filter(|_| self.payload_sha256 == sha256);
        let payload = payload.ok_or(Refusal::PayloadDiffers)?;
        if *present.target != self.target {
            return Err(Refusal::TargetChanged);
        }
        Ok(payload)
    }

    /// May `person` reject it, for `reason`? The decision, if so.
    ///
    /// # Errors
    /// [`Refusal`]: decided, expired, one's own, no right, a reason of the wrong length.
    pub fn reject(
        &self,
        (person, reason): (&Party, &str),
        parties: Parties<'_>,
        now: DateTime<Utc>,
    ) -> Result<Decision, Refusal> {
        self.may_decide(person, parties, now)?;
        Ok(Decision { reason: Some(reason_of(reason)?), ..Decision::by(person, now) })
    }

    /// May `person` take it back? The decision, if so. Only the account that proposed may.
    ///
    /// # Errors
    /// [`Refusal`]: decided, expired, somebody else's, no right.
    pub fn withdraw(&self, person: &Party, now: DateTime<Utc>) -> Result<Decision, Refusal> {
        self.still_open(now)?;
        let subject = self.subject();
        let own = subject.resource(self.proposer.account, Author::Oneself);
        if person.id != self.proposer.account || !permits(&person.actor(), Action::ProposeChange, own) {
            return Err(Refusal::LostRight);
        }
        Ok(Decision::by(person, now))
    }

    /// Is its time up, and nothing decided? The end of it, if so: when its time was up, whenever that is noticed, so that what
    /// counts from the end is no longer kept where the server stood still.
    pub fn expire(&self, now: DateTime<Utc>) -> Option<Decision> {
        let up = self.status == ChangeStatus::Open && now >= self.expires_at;
        up.then_some(Decision { by: None, by_name: None, at: self.expires_at, reason: None })
    }

    /// What it does, in a line.
    pub fn title(&self) -> Text {
        let unreadable = || Text {
            da: "Ændringen er ikke længere den, der blev foreslået".to_owned(),
            en: "The change is no longer the one that was proposed".to_owned(),
        };
        self.read_payload().map_or_else(unreadable, |payload| payload.title())
    }

    /// What it does; none when the stored text is not what was proposed.
    pub fn read_payload(&self) -> Option<Payload> {
        let sound = sha256(&self.payload) == self.payload_sha256;
        Payload::read(&self.payload).ok().filter(|payload| sound && payload.kind() == self.kind)
    }

    fn still_open(&self, now: DateTime<Utc>) -> Result<(), Refusal> {
        match self.status_at(now) {
            ChangeStatus::Open => Ok(()),
            ChangeStatus::Expired => Err(Refusal::Expired),
            _ => Err(Refusal::NotOpen),
        }
    }

    fn lets_erase(&self, person: &Party) -> bool {
        may_erase(self.read_payload().and_then(|payload| payload.erased()), person)
    }

    /// May `person` decide on it at all?
    ///
    /// # Errors
    /// [`Refusal`]: decided, expired, one's own or for oneself, no right.
    pub fn may_decide(
        &self,
        person: &Party,
        parties: Parties<'_>,
        now: DateTime<Utc>,
    ) -> Result<(), Refusal> {
        self.still_open(now)?;
        let (author, subject) = (self.author(person, parties), self.subject());
        let resource = subject.resource(self.proposer.account, author);
        if permits(&person.actor(), Action::ApproveChange, resource) && self.lets_erase(person) {
            return Ok(());
        }
        Err(if self.is_by(person, parties) {
            Refusal::OwnProposal
        } else if is_for(person, parties) {
            subject.own()
        } else {
            Refusal::LostRight
        })
    }
}

/// Whether `person` may erase what a change erases; one that erases nothing asks for no such right.
fn may_erase(erased: Option<Resource<'_>>, person: &Party) -> bool {
    erased.is_none_or(|resource| permits(&person.actor(), Action::Erase, resource))
}

fn is_for(viewer: &Person, parties: Parties<'_>) -> bool {
    parties.person.is_some_and(|person| viewer.natural().may_be(&person.natural()))
}

/// What a change is about, for [`permits`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Subject {
    /// The platform itself.
    Platform,
    /// Somebody's right.
    Right {
        /// Whose.
        holder: PersonId,
        /// How far it reaches.
        reach: Reach,
    },
    /// What the log of use tells of somebody's acts.
    Uses {
        /// Whose.
        by: PersonId,
    },
}

impl Subject {
    /// Whether only those who maintain the platform may propose it.
    pub fn is_of_platform(&self) -> bool {
        matches!(self, Self::Platform | Self::Uses { .. })
    }

    /// How far what it is about reaches.
    pub fn reach(&self) -> &Reach {
        match self {
            Self::Platform | Self::Uses { .. } => &Reach::National,
            Self::Right { reach, .. } => reach,
        }
    }

    /// Whose right it is about.
    pub fn holder(&self) -> Option<PersonId> {
        match self {
            Self::Platform | Self::Uses { .. } => None,
            Self::Right { holder, .. } => Some(*holder),
        }
    }

    /// Whom it concerns: whose right, or whose acts. They do not decide on it.
    pub fn person(&self) -> Option<PersonId> {
        match self {
            Self::Platform => None,
            Self::Right { holder, .. } => Some(*holder),
            Self::Uses { by } => Some(*by),
        }
    }

    /// Whether `proposer` may propose it of `person`, whom it concerns: a right for oneself may be asked for, and nobody has a hand in
    /// what the log keeps of one's own acts.
    ///
    /// # Errors
    /// [`Refusal::OwnUses`].
    pub fn check_proposer(&self, proposer: &Person, person: Option<&Person>) -> Result<(), Refusal> {
        let own = || person.is_some_and(|person| proposer.natural().may_be(&person.natural()));
        if matches!(self, Self::Uses { .. }) && own() { Err(Refusal::OwnUses) } else { Ok(()) }
    }

    /// Why the person whom it concerns does not decide on it.
    fn own(&self) -> Refusal {
        match self {
            Self::Uses { .. } => Refusal::OwnUses,
            Self::Platform | Self::Right { .. } => Refusal::OwnRight,
        }
    }

    /// What is asked for whoever would propose, read or approve it, where `author` says whose proposal it is to them.
    pub fn resource(&self, proposer: PersonId, author: Author) -> Resource<'_> {
        match self {
            Self::Platform | Self::Uses { .. } => Resource::Change(author),
            Self::Right { holder, reach } => Resource::Grant { proposer, holder: *holder, author, reach },
        }
    }
}

impl Decision {
    /// By `person`, without a reason.
    pub fn by(person: &Person, at: DateTime<Utc>) -> Self {
        Self { by: Some(person.id), by_name: Some(person.name.clone()), at, reason: None }
    }
}

fn reason_of(text: &str) -> Result<String, Refusal> {
    // No database keeps this character in a text.
    let text = text.replace('\0', "");
    let text = text.trim();
    REASON.contains(&text.chars().count()).then(|| text.to_owned()).ok_or(Refusal::ReasonLength)
}
