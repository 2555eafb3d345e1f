//! How long sessions last.

use chrono::{DateTime, TimeDelta, Utc};
use varsel_domain::RoleKind;
use varsel_storage::session::Session;

/// How long sessions last, and how many a person may have at once.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// How long one lasts unused in a function that sees the reports of others.
    pub authority_idle: TimeDelta,
    /// How long one lasts unused for a reporter, who may be busy saving the systems.
    pub reporter_idle: TimeDelta,
    /// How long one lasts at most, used or not.
    pub longest: TimeDelta,
    /// How many a person may have; a new one ends the one that was used longest ago.
    pub parallel: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            authority_idle: TimeDelta::minutes(15),
            reporter_idle: TimeDelta::hours(2),
            longest: TimeDelta::hours(12),
            parallel: 5,
        }
    }
}

impl Limits {
    /// Whether a session still runs.
    pub(super) fn admit(&self, session: &Session, role: RoleKind, now: DateTime<Utc>) -> bool {
        let idle = match role {
            RoleKind::Reporter => self.reporter_idle,
            RoleKind::Officer
            | RoleKind::Coordinator
            | RoleKind::SecurityOfficer
            | RoleKind::Administrator => self.authority_idle,
        };
        session.ended_at.is_none()
            && now - session.created_at < self.longest
            && now - session.last_used_at < idle
    }
}
