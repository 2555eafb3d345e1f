//! A block, and the task that it opens for somebody.

use chrono::{DateTime, TimeDelta, Utc};

use super::{Cause, Subject};
use crate::{BlockId, PersonId};

/// A block that nobody has followed up for longer than this is marked.
pub const MARKED_AFTER: TimeDelta = TimeDelta::days(7);

/// Characters of the reason with which a task is closed: at least, and at most.
pub const REASON: (usize, usize) = (10, 2_000);

/// A way in was closed. Somebody must find out why, and say so.
///
/// Further blocks of the same subject while the task is open are the same task: an attack that lasts is one thing to
/// look at, not hundreds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Block {
    /// Id.
    pub id: BlockId,
    /// What was closed.
    pub subject: Subject,
    /// The cause of the last failure.
    pub cause: Cause,
    /// When it was first closed.
    pub began_at: DateTime<Utc>,
    /// When it was last closed.
    pub last_at: DateTime<Utc>,
    /// Until when it is or was closed.
    pub until: DateTime<Utc>,
    /// How often it was closed.
    pub times: i64,
    /// Who follows it up; none where nobody could.
    pub owner: Option<PersonId>,
    /// Somebody opened the way in before its time.
    pub lifted_at: Option<DateTime<Utc>>,
    /// Who that was.
    pub lifted_by: Option<String>,
    /// How the task ended; none while it is open.
    pub closing: Option<Closing>,
}

/// How a task ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Closing {
    /// When.
    pub at: DateTime<Utc>,
    /// By whom.
    pub by: PersonId,
    /// Their name, as it was then.
    pub by_name: String,
    /// What they found.
    pub reason: String,
}

impl Block {
    /// Whether the way in is closed at `now`.
    pub fn is_closed_off(&self, now: DateTime<Utc>) -> bool {
        self.lifted_at.is_none_or(|at| at < self.last_at) && now < self.until
    }

    /// Whether nobody has followed it up for too long.
    pub fn is_marked(&self, now: DateTime<Utc>) -> bool {
        self.closing.is_none() && now - self.began_at > MARKED_AFTER
    }
}

/// A reason as it is kept; none when it is too short or too long.
pub fn reason(text: &str) -> Option<String> {
    let text = text.trim();
    (REASON.0..=REASON.1).contains(&text.chars().count()).then(|| text.to_owned())
}

/// Who follows up the next block: whoever has the fewest open tasks, the longest registered first.
pub fn candidate(people: &[PersonId], owners_of_open: &[PersonId]) -> Option<PersonId> {
    let tasks = |person: &PersonId| owners_of_open.iter().filter(|owner| *owner == person).count();
    people.iter().min_by_key(|person| (tasks(person), **person)).copied()
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    fn person(n: u128) -> PersonId {
        PersonId(Uuid::from_u128(n))
    }

    #[test]
    fn tasks_go_to_whoever_has_fewest() {
        let people = [person(2), person(1), person(3)];
        assert_eq!(candidate(&people, &[]), Some(person(1)));
        assert_eq!(candidate(&people, &[person(1), person(1), person(2)]), Some(person(3)));
        assert_eq!(candidate(&[], &[]), None);
    }

    #[test]
    fn a_reason_has_10_to_2000_characters_whatever_their_bytes() {
        assert_eq!(reason("  ni tegn  "), None);
        assert_eq!(reason(" ærøÆRØåÅöÖ ").as_deref(), Some("ærøÆRØåÅöÖ"));
        assert!(reason(&"ø".repeat(2_000)).is_some());
        assert_eq!(reason(&"ø".repeat(2_001)), None);
    }

    #[test]
    fn what_nobody_followed_up_for_a_week_is_marked_until_it_is_closed() {
        let began_at = DateTime::UNIX_EPOCH;
        let mut block = Block {
            id: BlockId(Uuid::nil()),
            subject: Subject::Unknown(crate::attempt::NameTag("one".to_owned())),
            cause: Cause::ApiToken,
            began_at,
            last_at: began_at,
            until: began_at + TimeDelta::minutes(15),
            times: 1,
            owner: None,
            lifted_at: None,
            lifted_by: None,
            closing: None,
        };
        assert!(!block.is_marked(began_at + MARKED_AFTER));
        assert!(block.is_marked(began_at + MARKED_AFTER + TimeDelta::seconds(1)));
        assert!(block.is_closed_off(began_at) && !block.is_closed_off(block.until));
        let at = began_at + TimeDelta::minutes(1);
        (block.lifted_at, block.lifted_by) = (Some(at), Some("A".to_owned()));
        assert!(!block.is_closed_off(at));
        block.closing = Some(Closing { at, by: person(1), by_name: "A".to_owned(), reason: "r".repeat(10) });
        assert!(!block.is_marked(began_at + TimeDelta::days(30)));
    }
}
