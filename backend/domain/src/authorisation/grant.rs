//! What may be granted.

use std::collections::BTreeSet;
use std::ops::RangeInclusive;

use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};

use super::{Authorisation, Function, Reach, Status, Temporary};
use crate::change::Refusal;
use crate::{PersonId, Role};

/// Characters of a purpose.
pub const PURPOSE: RangeInclusive<usize> = 10..=2_000;

/// How long an authorisation that is only for a time may last.
pub const LONGEST_TEMPORARY: TimeDelta = TimeDelta::days(30);

/// An authorisation as it is proposed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Grant {
    /// Who is to have it.
    pub holder: PersonId,
    /// Their name, as it was when it was proposed: for whoever approves.
    pub holder_name: String,
    /// What it lets them do.
    pub functions: BTreeSet<Function>,
    /// How far.
    pub reach: Reach,
    /// For what.
    pub purpose: String,
    /// From when; at the earliest from when it is approved.
    pub from: DateTime<Utc>,
    /// Until when, exclusive.
    pub until: Option<DateTime<Utc>>,
    /// Why it is only for a time.
    pub temporary: Option<Temporary>,
}

impl Grant {
    /// May it be granted at `now` to somebody of this role? `longest` is how long one for a time may last.
    ///
    /// # Errors
    /// [`Refusal`]: no function, a purpose of the wrong length, a window that is over, ends before it begins, or is too
    /// long; audit together with what it audits, or without an end and outside of the platform.
    pub fn check(&self, holder: &Role, longest: TimeDelta, now: DateTime<Utc>) -> Result<(), Refusal> {
        if self.functions.is_empty() {
            return Err(Refusal::NoFunction);
        }
        if !PURPOSE.contains(&self.purpose.trim().chars().count()) {
            return Err(Refusal::PurposeLength);
        }
        let begin = self.from.max(now);
        if self.until.is_some_and(|until| until <= begin) {
            return Err(Refusal::WindowOver);
        }
        let too_long = self.until.is_none_or(|until| until - begin > longest);
        if self.temporary.is_some() && too_long {
            return Err(Refusal::WindowTooLong);
        }
        self.check_audit(holder)
    }

    /// Whoever audits writes nothing, and belongs to the platform or comes for a time.
    fn check_audit(&self, holder: &Role) -> Result<(), Refusal> {
        let audits = self.functions.contains(&Function::Audit);
        if (audits || self.temporary == Some(Temporary::Auditor))
            && self.functions.iter().copied().any(writes)
        {
            return Err(Refusal::AuditApart);
        }
        if audits && self.temporary.is_none() && holder.home() != Reach::National {
            return Err(Refusal::AuditHome);
        }
        Ok(())
    }
}

/// May `functions` come beside what their holder `held` before? Whoever audits writes nothing by any authorisation that holds
/// at `now`, or will.
///
/// # Errors
/// [`Refusal::AuditBeside`]: together they would audit and write.
pub fn check_beside<'a>(
    functions: &BTreeSet<Function>,
    held: impl IntoIterator<Item = &'a Authorisation>,
    now: DateTime<Utc>,
) -> Result<(), Refusal> {
    let live = |it: &&Authorisation| matches!(it.status_at(now), Status::Pending | Status::Active);
    let mut all = functions.clone();
    all.extend(held.into_iter().filter(live).flat_map(|it| &it.functions));
    let audits_and_writes = all.contains(&Function::Audit) && all.into_iter().any(writes);
    if audits_and_writes { Err(Refusal::AuditBeside) } else { Ok(()) }
}

/// Whether it lets somebody change what whoever audits looks at.
fn writes(function: Function) -> bool {
    !matches!(function, Function::Audit | Function::Read)
}
