//! Ids: one type per kind, so that a mix-up does not compile, and a prefix on the wire, so that it is seen.

use std::fmt;
use std::str::FromStr;
use std::sync::Mutex;

use chrono::{DateTime, Utc};
use rand::rngs::StdRng;
use rand::{Rng, SeedableRng};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// Text that is not an id of the kind asked for.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("not an id of the form {prefix}_<uuid>")]
pub struct WrongId {
    /// The prefix that was expected.
    pub prefix: &'static str,
}

macro_rules! id {
    ($(#[$doc:meta])* $name:ident, $prefix:literal) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(pub Uuid);

        impl $name {
            /// What stands before the UUID on the wire.
            pub const PREFIX: &'static str = $prefix;
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, "{}_{}", Self::PREFIX, self.0.simple())
            }
        }

        impl FromStr for $name {
            type Err = WrongId;

            fn from_str(text: &str) -> Result<Self, WrongId> {
                let wrong = WrongId { prefix: Self::PREFIX };
                let uuid = text.strip_prefix(Self::PREFIX).and_then(|rest| rest.strip_prefix('_'));
                uuid.and_then(|uuid| Uuid::try_parse(uuid).ok()).map(Self).ok_or(wrong)
            }
        }

        impl Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.collect_str(self)
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
            }
        }
    };
}

id!(
    /// An organisation that reports.
    OrganisationId, "organisation"
);
id!(
    /// A natural person who signs in.
    PersonId, "person"
);
id!(
    /// A signed-in session.
    SessionId, "session"
);
id!(
    /// A passkey of a person.
    PasskeyId, "passkey"
);
id!(
    /// A link that was sent to a person.
    LinkId, "link"
);
id!(
    /// The two halves of setting up or showing a factor.
    CeremonyId, "ceremony"
);
id!(
    /// A program's token, with which it acts as a person.
    ApiTokenId, "token"
);
id!(
    /// An authorisation.
    AuthorisationId, "authorisation"
);
id!(
    /// A review of authorisations.
    ReviewId, "review"
);
id!(
    /// An incident.
    IncidentId, "incident"
);
id!(
    /// One immutable revision of an incident's facts.
    RevisionId, "revision"
);
id!(
    /// One submission by the reporter.
    FilingId, "filing"
);
id!(
    /// One time that an authority asked for a report.
    ReportRequestId, "request"
);
id!(
    /// One time that an authority confirmed or changed the proposed severity.
    ConfirmationId, "confirmation"
);
id!(
    /// One unit's work on one incident.
    CaseId, "case"
);
id!(
    /// A critical change.
    ChangeId, "change"
);
id!(
    /// A rejected attempt.
    AttemptId, "attempt"
);
id!(
    /// A way in that too many rejected attempts closed, and the task to find out why.
    BlockId, "block"
);
id!(
    /// A job in the outbox.
    JobId, "job"
);
id!(
    /// An entry of a timeline or of the access log.
    EntryId, "entry"
);

/// A unit's id in the rule pack, e.g. `sektorcert`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct UnitId(pub String);

impl UnitId {
    /// The id as the pack writes it.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl From<&str> for UnitId {
    fn from(id: &str) -> Self {
        Self(id.to_owned())
    }
}

impl fmt::Display for UnitId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Where new ids and secrets come from; tests use a seeded one and get the same ids every time.
pub trait Ids: Send + Sync {
    /// A new UUID of version 7 (RFC 9562) of the instant `now`.
    fn next(&self, now: DateTime<Utc>) -> Uuid;
    /// Fresh random bytes, e.g. for a session token.
    fn secret(&self) -> [u8; 32];
}

/// Ids from a cryptographic generator: seeded by the operating system, or by a test.
#[derive(Debug)]
pub struct RandomIds(Mutex<StdRng>);

impl RandomIds {
    /// Seeded by the operating system.
    pub fn from_system() -> Self {
        Self(Mutex::new(rand::make_rng()))
    }

    /// Seeded by a test.
    pub fn seeded(seed: u64) -> Self {
        Self(Mutex::new(StdRng::seed_from_u64(seed)))
    }

    fn fill(&self, bytes: &mut [u8]) {
        // A panic elsewhere cannot leave the generator in a bad state.
        let mut rng = self.0.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        rng.fill_bytes(bytes);
    }
}

impl Ids for RandomIds {
    fn next(&self, now: DateTime<Utc>) -> Uuid {
        let mut random = [0; 10];
        self.fill(&mut random);
        let millis = u64::try_from(now.timestamp_millis()).unwrap_or_default();
        uuid::Builder::from_unix_timestamp_millis(millis, &random).into_uuid()
    }

    fn secret(&self) -> [u8; 32] {
        let mut bytes = [0; 32];
        self.fill(&mut bytes);
        bytes
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_of_another_kind_is_an_error_not_a_miss() {
        let incident = IncidentId(RandomIds::seeded(1).next(DateTime::UNIX_EPOCH));
        assert_eq!(incident.to_string().parse(), Ok(incident));
        assert_eq!(incident.to_string().parse::<CaseId>(), Err(WrongId { prefix: "case" }));
    }

    #[test]
    fn the_same_seed_gives_the_same_ids() {
        let now = DateTime::UNIX_EPOCH;
        assert_eq!(RandomIds::seeded(7).next(now), RandomIds::seeded(7).next(now));
        assert_ne!(RandomIds::seeded(7).next(now), RandomIds::seeded(8).next(now));
    }
}
