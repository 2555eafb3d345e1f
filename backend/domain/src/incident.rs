//! The one event, its facts and the filings on it.

use chrono::{DateTime, Datelike, Utc};
use sha2::{Digest, Sha256};

use crate::{FilingId, IncidentId, OrganisationId, PersonId, ReportRequestId, RevisionId, UnitId};

/// The one event; it owns the shared facts.
#[derive(Debug, Clone, PartialEq)]
pub struct Incident {
    /// Id.
    pub id: IncidentId,
    /// Number for people, e.g. `V-2026-00042`.
    pub number: String,
    /// Whose it is.
    pub organisation: OrganisationId,
    /// When the first filing was received.
    pub received_at: DateTime<Utc>,
    /// Severity, 0 to 5, as last assessed: a proposal.
    pub severity: u8,
    /// Severity, 0 to 5, as an authority last confirmed it; none where none has.
    pub confirmed_severity: Option<u8>,
    /// Version of the rule pack under which it was last assessed: it keeps it until it is re-assessed.
    pub pack_version: String,
}

impl Incident {
    /// The severity that holds: as confirmed, otherwise as proposed.
    pub fn effective_severity(&self) -> u8 {
        self.confirmed_severity.unwrap_or(self.severity)
    }
}

/// One immutable revision of the facts, as assessed.
#[derive(Debug, Clone, PartialEq)]
pub struct FactsRevision {
    /// Id.
    pub id: RevisionId,
    /// Incident.
    pub incident: IncidentId,
    /// From 1.
    pub revision: u32,
    /// The facts in their canonical flat JSON form.
    pub facts: serde_json::Value,
    /// The assessment of these facts, with the pack version it used, to be replayed years later.
    pub assessment: varsel_rules::Assessment,
    /// When it was received.
    pub at: DateTime<Utc>,
}

/// One submission by the reporter.
#[derive(Debug, Clone, PartialEq)]
pub struct Filing {
    /// Id.
    pub id: FilingId,
    /// Incident.
    pub incident: IncidentId,
    /// The facts that were filed.
    pub revision: RevisionId,
    /// Who filed.
    pub by: PersonId,
    /// Name of who filed, as it was then.
    pub by_name: String,
    /// When the report was available to the recipients (BEK 620/2025 par. 15): the time of the commit's `now`.
    pub received_at: DateTime<Utc>,
    /// The client's key: the same again under the same key returns this filing.
    pub idempotency_key: String,
    /// A keyed digest of what was sent under that key, from which nobody without the key can guess it; none of what was filed before
    /// this was kept.
    pub sent_tag: Option<String>,
    /// The stages it discharged.
    pub discharged: Vec<varsel_rules::Filing>,
}

/// An authority asked for a report that is owed only on request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReportRequest {
    /// Id.
    pub id: ReportRequestId,
    /// Incident.
    pub incident: IncidentId,
    /// The unit that asked.
    pub unit: UnitId,
    /// Which report, when, and by when.
    pub asked: varsel_rules::Request,
    /// Who asked.
    pub by: PersonId,
    /// Name of who asked, as it was then.
    pub by_name: String,
}

/// The number for people: year of receipt, and which of the year's numbers is the `count`-th. Under a `key` they come in an order
/// that says nothing: who reports twice must not learn from two numbers how many others were breached in between. Each is given once.
/// Without a key they run (years that began before there were keys).
pub fn incident_number(received_at: DateTime<Utc>, count: u32, key: Option<&str>) -> String {
    let number = key.map_or(count, |key| shuffled(count, key));
    format!("V-{}-{number:05}", received_at.year())
}

/// Another number of as many digits, five at least: all of them, each once, as the key orders them. A network of Feistel's, walked
/// until it leads back to what has so many digits (Black and Rogaway, 2002).
fn shuffled(count: u32, key: &str) -> u32 {
    let digits = count.checked_ilog10().map_or(0, |log| log + 1);
    let (first, end) = if digits <= 5 { (1, 100_000) } else { (10_u64.pow(digits - 1), 10_u64.pow(digits)) };
    let half = (u64::BITS - (end - first).leading_zeros()).div_ceil(2);
    let mut place = u64::from(count).saturating_sub(first);
    loop {
        place = (0..ROUNDS).fold(place, |place, round| {
            let (left, right) = (place >> half, place & ((1 << half) - 1));
            right << half | left ^ (mixed(key, round, right) & ((1 << half) - 1))
        });
        if place < end - first {
            return u32::try_from(place + first).unwrap_or(count);
        }
    }
}

/// Rounds of the network.
const ROUNDS: u8 = 4;

fn mixed(key: &str, round: u8, half: u64) -> u64 {
    let hash = Sha256::new().chain_update(key).chain_update([round]).chain_update(half.to_be_bytes());
    let hash: [u8; 32] = hash.finalize().into();
    hash.iter().take(8).fold(0, |number, byte| number << 8 | u64::from(*byte))
}

/// The number that somebody means who typed it in small letters, without the V or without the zeros; none where it is no number.
pub fn read_incident_number(typed: &str) -> Option<String> {
    let upper = typed.trim().to_uppercase();
    let rest = upper.strip_prefix('V').unwrap_or(&upper).trim_start_matches(['-', ' ']);
    let (year, running) = rest.split_once(['-', ' '])?;
    let (year, running): (u16, u32) = (year.parse().ok()?, running.trim().parse().ok()?);
    Some(format!("V-{year}-{running:05}"))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn a_number_is_read_as_people_type_it() {
        let number = incident_number("2026-11-25T12:00:00Z".parse().unwrap(), 42, None);
        assert_eq!(number, "V-2026-00042");
        for typed in ["V-2026-00042", " v-2026-42 ", "2026-42", "V 2026 00042", "v2026-042"] {
            assert_eq!(read_incident_number(typed).as_ref(), Some(&number), "{typed}");
        }
        for typed in ["", "V", "42", "V-2026-", "V-2026-x", "nordvind"] {
            assert_eq!(read_incident_number(typed), None, "{typed}");
        }
    }

    fn of(count: u32, key: &str) -> u32 {
        let number = incident_number("2026-11-25T12:00:00Z".parse().unwrap(), count, Some(key));
        number.strip_prefix("V-2026-").unwrap().parse().unwrap()
    }

    #[test]
    fn every_number_is_given_once() {
        let all: BTreeSet<u32> = (1..100_000).map(|count| of(count, "one")).collect();
        assert_eq!((all.len(), all.first(), all.last()), (99_999, Some(&1), Some(&99_999)));
        // When five digits are used up, six begin.
        let more: BTreeSet<u32> = (100_000..110_000).map(|count| of(count, "one")).collect();
        assert!(
            more.len() == 10_000 && *more.first().unwrap() >= 100_000 && *more.last().unwrap() < 1_000_000
        );
    }

    #[test]
    fn two_numbers_do_not_say_how_many_were_given_in_between() {
        // How far neighbours are apart is spread over all that is possible, as it is for two that many lie between.
        let apart = |between: u32| {
            let all = (1..2_000).map(|count| of(count, "one").abs_diff(of(count + between, "one")));
            all.map(u64::from).sum::<u64>() / 1_999
        };
        for between in [1, 2, 100] {
            assert!((32_000..35_000).contains(&apart(between)), "{between}: {}", apart(between));
        }
        let moved = (1..1_000).filter(|count| of(*count, "one") != of(*count, "two")).count();
        assert!(moved > 990, "{moved}");
    }
}
