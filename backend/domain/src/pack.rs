//! Versions of the rule pack: received once, never altered, in force from a set time.

use chrono::{DateTime, TimeDelta, Utc};
use serde::Serialize;

use crate::{ChangeId, PersonId};

/// From its publication until a version is in force, at least: every server looks at the schedule more often.
pub const NOTICE: TimeDelta = TimeDelta::minutes(5);

/// A version of the rule pack, without its files.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PackVersion {
    /// Version, e.g. `2026.2`; never given to other files.
    pub version: String,
    /// Jurisdiction, e.g. `dk`.
    pub pack: String,
    /// It holds law that is only proposed, so it is never published.
    pub draft: bool,
    /// SHA-256 over its files in their canonical JSON form, in hexadecimal.
    pub content_sha256: String,
    /// When it was received.
    pub received_at: DateTime<Utc>,
    /// Who sent it; none for what a program brings along.
    pub received_by: Option<PersonId>,
    /// Their name, as it was then.
    pub received_by_name: String,
    /// From when it is in force; none until it is published.
    pub in_force_from: Option<DateTime<Utc>>,
    /// The change that published it; none for what was in force from the first start.
    pub change: Option<ChangeId>,
}

/// Where a version stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum PackStatus {
    /// Law that is only proposed.
    Draft,
    /// Received and checked; nobody has proposed it.
    Received,
    /// Somebody has proposed it, and nobody has decided.
    Proposed,
    /// Published, and not yet in force.
    Scheduled,
    /// In force.
    InForce,
    /// It was in force.
    Superseded,
}

impl PackStatus {
    /// Whether everybody may know of such a version; the others are for those who maintain the rules.
    pub fn is_public(self) -> bool {
        !matches!(self, Self::Received | Self::Proposed)
    }
}

/// The version in force at `now`: of those published, the one that came into force last.
pub fn in_force(versions: &[PackVersion], now: DateTime<Utc>) -> Option<&PackVersion> {
    let begun = versions.iter().filter(|it| it.in_force_from.is_some_and(|from| from <= now));
    begun.max_by_key(|it| it.in_force_from)
}

/// The version published last, in force or not: what a further publication follows.
pub fn newest_published(versions: &[PackVersion]) -> Option<&PackVersion> {
    versions.iter().filter(|it| it.in_force_from.is_some()).max_by_key(|it| it.in_force_from)
}

/// Where each of `versions` stands; `proposed` says of which a proposal is open.
pub fn statuses(
    versions: &[PackVersion],
    proposed: impl Fn(&str) -> bool,
    now: DateTime<Utc>,
) -> Vec<PackStatus> {
    let current = in_force(versions, now).map(|it| it.version.as_str());
    let status = |it: &PackVersion| match it.in_force_from {
        _ if it.draft => PackStatus::Draft,
        Some(from) if from > now => PackStatus::Scheduled,
        Some(_) if current == Some(it.version.as_str()) => PackStatus::InForce,
        Some(_) => PackStatus::Superseded,
        None if proposed(&it.version) => PackStatus::Proposed,
        None => PackStatus::Received,
    };
    versions.iter().map(status).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn version(name: &str, in_force_from: Option<i64>) -> PackVersion {
        PackVersion {
            version: name.to_owned(),
            pack: "dk".to_owned(),
            draft: name == "draft",
            content_sha256: String::new(),
            received_at: DateTime::UNIX_EPOCH,
            received_by: None,
            received_by_name: String::new(),
            in_force_from: in_force_from.map(at),
            change: None,
        }
    }

    fn at(seconds: i64) -> DateTime<Utc> {
        DateTime::UNIX_EPOCH + TimeDelta::seconds(seconds)
    }

    #[test]
    fn a_version_comes_into_force_at_its_time_to_the_microsecond() {
        let versions = [version("old", Some(0)), version("new", Some(60)), version("received", None)];
        let name = |now| in_force(&versions, now).map(|it| it.version.as_str());
        assert_eq!(name(at(60) - TimeDelta::microseconds(1)), Some("old"));
        assert_eq!(name(at(60)), Some("new"));
        assert_eq!(name(at(-1)), None);
        assert_eq!(newest_published(&versions).map(|it| it.version.as_str()), Some("new"));
    }

    #[test]
    fn where_a_version_stands_follows_from_the_schedule_and_the_proposals() {
        use PackStatus::{Draft, InForce, Proposed, Received, Scheduled, Superseded};
        let versions = [
            version("oldest", Some(0)),
            version("old", Some(10)),
            version("new", Some(60)),
            version("proposed", None),
            version("received", None),
            version("draft", None),
        ];
        let proposed = |name: &str| name == "proposed" || name == "draft";
        let now = statuses(&versions, proposed, at(30));
        assert_eq!(now, [Superseded, InForce, Scheduled, Proposed, Received, Draft]);
        assert_eq!(statuses(&versions, proposed, at(60))[..3], [Superseded, Superseded, InForce]);
        let public: Vec<_> = now.into_iter().filter(|status| status.is_public()).collect();
        assert_eq!(public, [Superseded, InForce, Scheduled, Draft]);
    }
}
