//! The human being behind an account: one person may have several, and four eyes need two people.

use crate::PersonId;

/// What tells one human being from another.
///
/// Issuer and subject name an account. A provider that knows the human being across accounts (a UUID made
/// from the CPR number) says so in a claim of its own, of which only the digest is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NaturalPerson {
    /// The account: issuer and subject, in our table.
    pub account: PersonId,
    /// Digest of what the provider knows the human being by; none where it does not say.
    pub key: Option<String>,
    /// Address, where known.
    pub email: Option<String>,
    /// Name.
    pub name: String,
}

impl NaturalPerson {
    /// Whether the two may be one human being. In doubt they are: a third person can still decide.
    ///
    /// The same account, key or address is one person. A name counts only where one of the two has no key, because two
    /// people with different keys may well have the same name.
    pub fn may_be(&self, other: &Self) -> bool {
        if self.account == other.account || same(self.email.as_deref(), other.email.as_deref()) {
            return true;
        }
        match (&self.key, &other.key) {
            (Some(own), Some(theirs)) => own == theirs,
            _ => normal(&self.name) == normal(&other.name),
        }
    }
}

fn same(one: Option<&str>, other: Option<&str>) -> bool {
    matches!((one, other), (Some(one), Some(other)) if normal(one) == normal(other))
}

/// In small letters, with single spaces: as people compare what they read.
fn normal(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    fn person(account: u128, key: Option<&str>, email: Option<&str>, name: &str) -> NaturalPerson {
        let owned = |text: Option<&str>| text.map(str::to_owned);
        let account = PersonId(Uuid::from_u128(account));
        NaturalPerson { account, key: owned(key), email: owned(email), name: name.to_owned() }
    }

    #[test]
    fn a_second_account_does_not_make_a_second_person() {
        let one = person(1, Some("k"), Some("birgit@varsel.example"), "Birgit Skov");
        for (other, expected, why) in [
            (person(1, Some("z"), None, "Another"), true, "the same account"),
            (person(2, Some("k"), None, "B. Skov"), true, "the same key"),
            (person(2, Some("z"), Some(" Birgit@Varsel.example"), "B. Skov"), true, "the same address"),
            (person(2, None, None, "birgit  skov"), true, "the same name, and nothing that tells them apart"),
            (person(2, Some("z"), None, "Birgit Skov"), false, "the same name, and two keys"),
            (person(2, None, Some("b@varsel.example"), "Henrik Rask"), false, "nothing in common"),
        ] {
            assert_eq!(one.may_be(&other), expected, "{why}");
            assert_eq!(other.may_be(&one), expected, "the other way round: {why}");
        }
    }
}
