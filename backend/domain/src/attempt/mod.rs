//! Rejected attempts: what they are, when too many of them close a way in, and what somebody must then look at.
//!
//! Section 18 of the Danish security order (sikkerhedsbekendtgørelsen) asks for all of them: unknown users and what one
//! may not see included.

mod block;
mod pattern;
mod strikes;

use std::fmt;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

pub use block::{Block, Closing, MARKED_AFTER, REASON, candidate, reason};
pub use pattern::{Day, Deviation, Unusual, compare};
pub use strikes::{Rules, Strikes, Verdict};

use crate::{AttemptId, PersonId};

/// Why an attempt was rejected.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Cause {
    /// A sign-in that was refused; the code says why.
    SignInRefused,
    /// A user name that nobody has.
    UnknownUser,
    /// A wrong second factor.
    SecondFactor,
    /// A session that has ended, or never was; or none where one is needed.
    Session,
    /// A program's token that is unknown, has expired or was revoked.
    ApiToken,
    /// The person may not do or see it; they were told that it does not exist.
    NoRight,
    /// Too large, too slow, or too many at once.
    Limit,
    /// Stopped before it was read: another site's page, a document that would exhaust the server.
    Gate,
    /// A sign-in at the identity provider that did not come back as it should; any page on the web can cause one.
    Provider,
    /// The person had to show once more who they are.
    StepUp,
    /// It came while the way in was closed.
    Blocked,
    /// What was asked for does not exist. No denial, but many of them are somebody who guesses.
    NothingThere,
    /// One account, or one token of a program, was in use from two networks at once. No denial, but somebody must ask why.
    TwoNetworks,
}

impl Cause {
    /// Every cause.
    pub const ALL: [Self; 13] = [
        Self::SignInRefused,
        Self::UnknownUser,
        Self::SecondFactor,
        Self::Session,
        Self::ApiToken,
        Self::NoRight,
        Self::Limit,
        Self::Gate,
        Self::Provider,
        Self::StepUp,
        Self::Blocked,
        Self::NothingThere,
        Self::TwoNetworks,
    ];

    /// Whether it brings a block nearer: only where somebody showed the wrong proof of who they are. What a page on
    /// another site can make a browser do must not close a way in, and neither must an expired session.
    pub fn counts(self) -> bool {
        matches!(self, Self::SignInRefused | Self::UnknownUser | Self::SecondFactor | Self::ApiToken)
    }

    /// Whether the person whose account it was is told on their own page.
    pub fn is_suspicious(self) -> bool {
        self.counts() || matches!(self, Self::Blocked | Self::TwoNetworks)
    }

    /// Whether it is a rejection; to find nothing is none, and neither is an alarm about what was let in.
    pub fn is_rejection(self) -> bool {
        !matches!(self, Self::NothingThere | Self::TwoNetworks)
    }
}

/// Where a request comes from: an IPv4 address, or the /64 network of an IPv6 address, which is what one customer gets.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Client(pub String);

impl Client {
    /// The client with this address.
    pub fn of(address: IpAddr) -> Self {
        Self(match address.to_canonical() {
            IpAddr::V4(address) => address.to_string(),
            IpAddr::V6(address) => {
                let network = address.to_bits() & (u128::MAX << 64);
                format!("{}/64", Ipv6Addr::from_bits(network))
            }
        })
    }

    /// The network it is in, coarse enough that the addresses of one office or one subscriber are the same: the /24 of an IPv4
    /// address, the /48 of an IPv6 one. None where the address is not known.
    pub fn network(&self) -> Option<String> {
        let address = self.0.split('/').next()?.parse().ok()?;
        Some(match address {
            IpAddr::V4(address) => {
                format!("{}/24", Ipv4Addr::from_bits(address.to_bits() & (u32::MAX << 8)))
            }
            IpAddr::V6(address) => {
                format!("{}/48", Ipv6Addr::from_bits(address.to_bits() & (u128::MAX << 80)))
            }
        })
    }
}

/// A user name that nobody has, as a keyed digest: it may be a password in the wrong field.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct NameTag(pub String);

/// Who tried, as far as that is known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Who {
    /// Nobody said.
    Nobody,
    /// A person who is registered, or was: the record stays when they go.
    Person(PersonId),
    /// Somebody under a name that nobody has.
    Unknown(NameTag),
}

/// One rejected attempt.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attempt {
    /// Id.
    pub id: AttemptId,
    /// When.
    pub at: DateTime<Utc>,
    /// Why it was rejected.
    pub cause: Cause,
    /// The stable code of the answer.
    pub code: String,
    /// Who.
    pub who: Who,
    /// From where.
    pub client: Client,
    /// On what, in words, e.g. `Firefox, Windows`.
    pub device: Option<String>,
    /// The request it was.
    pub request_id: String,
}

/// What is counted towards a block.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Subject {
    /// What comes from one client.
    Client(Client),
    /// What is tried on one person's account.
    Person(PersonId),
    /// What is tried under a name that nobody has: it is blocked as a person's account is, or the difference would tell.
    Unknown(NameTag),
    /// What is tried on a device that the person has signed in on before: it does not suffer from what others try.
    Device(PersonId, String),
}

impl Subject {
    /// Whether it is where attempts come from, rather than whom they are aimed at.
    pub fn is_client(&self) -> bool {
        matches!(self, Self::Client(_))
    }

    /// Whose account is tried, where that is known.
    pub fn person(&self) -> Option<PersonId> {
        match self {
            Self::Person(person) | Self::Device(person, _) => Some(*person),
            Self::Client(_) | Self::Unknown(_) => None,
        }
    }

    /// The subject that [`fmt::Display`] wrote.
    pub fn parse(text: &str) -> Option<Self> {
        let (kind, rest) = text.split_once(' ')?;
        match kind {
            "client" => Some(Self::Client(Client(rest.to_owned()))),
            "person" => rest.parse().ok().map(Self::Person),
            "unknown" => Some(Self::Unknown(NameTag(rest.to_owned()))),
            "device" => {
                let (person, device) = rest.split_once('/')?;
                Some(Self::Device(person.parse().ok()?, device.to_owned()))
            }
            _ => None,
        }
    }
}

impl fmt::Display for Subject {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Client(client) => write!(f, "client {}", client.0),
            Self::Person(person) => write!(f, "person {person}"),
            Self::Unknown(tag) => write!(f, "unknown {}", tag.0),
            Self::Device(person, device) => write!(f, "device {person}/{device}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    #[test]
    fn a_client_is_an_address_or_the_network_one_customer_gets() {
        for (address, expected) in [
            ("192.0.2.7", "192.0.2.7"),
            ("::ffff:192.0.2.7", "192.0.2.7"),
            ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
            ("2001:db8:1:2:ffff::1", "2001:db8:1:2::/64"),
            ("::1", "::/64"),
        ] {
            assert_eq!(Client::of(address.parse().unwrap()).0, expected, "{address}");
        }
    }

    #[test]
    fn a_network_is_that_of_an_office_or_a_subscriber() {
        for (address, expected) in [
            ("192.0.2.7", Some("192.0.2.0/24")),
            ("::ffff:192.0.2.200", Some("192.0.2.0/24")),
            ("2001:db8:1:2:3:4:5:6", Some("2001:db8:1::/48")),
            ("2001:db8:1:ffff::1", Some("2001:db8:1::/48")),
            ("2001:db8:2::1", Some("2001:db8:2::/48")),
        ] {
            let client = Client::of(address.parse().unwrap());
            assert_eq!(client.network().as_deref(), expected, "{address}");
        }
        assert_eq!(Client::default().network(), None);
    }

    #[test]
    fn a_subject_is_read_as_it_was_written() {
        for subject in [
            Subject::Client(Client("2001:db8::/64".to_owned())),
            Subject::Person(PersonId(Uuid::from_u128(7))),
            Subject::Unknown(NameTag("ab12".to_owned())),
            Subject::Device(PersonId(Uuid::from_u128(1)), "cafe 1".to_owned()),
        ] {
            assert_eq!(Subject::parse(&subject.to_string()), Some(subject));
        }
        assert_eq!(Subject::parse("somebody else"), None);
    }

    #[test]
    fn only_a_wrong_proof_of_who_one_is_closes_a_way_in() {
        let counted: Vec<_> = Cause::ALL.into_iter().filter(|cause| cause.counts()).collect();
        let expected = [Cause::SignInRefused, Cause::UnknownUser, Cause::SecondFactor, Cause::ApiToken];
        assert_eq!(counted, expected);
        assert!(Cause::ALL.into_iter().all(|cause| cause.is_rejection() || !cause.counts()));
    }
}
