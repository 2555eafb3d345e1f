//! What is wrong with a change that was carried out, seen afterwards: for whoever checks that nobody acted alone.

use serde::{Deserialize, Serialize};

use super::{Change, ChangeStatus, Subject};
use crate::natural::NaturalPerson;

/// Why what holds now does not rest on the decision of two.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Flaw {
    /// There is no decision, or nobody is named who took it.
    NoDecision,
    /// The proposal was never carried out: it is open, or was rejected, withdrawn or has lapsed.
    NotCarriedOut,
    /// What was proposed was altered afterwards.
    Altered,
    /// What holds is not what was decided.
    OtherContent,
    /// One human being proposed and decided.
    OnePerson,
    /// Whoever decided gave it to themselves; or one of the two had a hand in what the log keeps of their own acts.
    OwnRight,
    /// What two decided was taken away, by nobody's decision.
    Gone,
    /// It was decided when the time for it was over.
    Late,
    /// The log of use does not know of it.
    NotLogged,
}

impl Change {
    /// What is wrong with how it was carried out, if anything: `decider` and `person` are whoever decided and whom it concerns
    /// ([`Subject::person`]), as they are known now. In doubt, two are one.
    pub fn flaw(&self, decider: Option<&NaturalPerson>, person: Option<&NaturalPerson>) -> Option<Flaw> {
        if self.status != ChangeStatus::Executed {
            return Some(Flaw::NotCarriedOut);
        }
        let Some((by, at)) = self.decision.as_ref().and_then(|it| Some((it.by?, it.at))) else {
            return Some(Flaw::NoDecision);
        };
        if self.read_payload().is_none() {
            return Some(Flaw::Altered);
        }
        let same = |other: &NaturalPerson| by == other.account || decider.is_some_and(|it| it.may_be(other));
        if same(&self.proposer) {
            return Some(Flaw::OnePerson);
        }
        let subject = self.subject();
        let proposed_own =
            || matches!(subject, Subject::Uses { .. }) && person.is_some_and(|it| it.may_be(&self.proposer));
        if subject.person() == Some(by) || person.is_some_and(same) || proposed_own() {
            return Some(Flaw::OwnRight);
        }
        (at >= self.expires_at).then_some(Flaw::Late)
    }
}
