//! Sets of places in a log, as the ranges that they form: `0-41,43`.

use std::fmt;
use std::str::FromStr;

/// Places in a log, from 0. Ranges, by rising place, that neither touch nor overlap; each with its first and last place.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Places(Vec<(u64, u64)>);

/// A text that names no places.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("this names no places of a log: it should read `0-41,43`")]
pub struct NotPlaces;

impl Places {
    /// Of ranges in any order, each with its first and last place; what touches or overlaps becomes one.
    pub fn of(ranges: impl IntoIterator<Item = (u64, u64)>) -> Self {
        let mut sorted: Vec<_> = ranges.into_iter().filter(|(first, last)| first <= last).collect();
        sorted.sort_unstable();
        let mut joined: Vec<(u64, u64)> = Vec::new();
        for (first, last) in sorted {
            match joined.last_mut() {
                Some(before) if first <= before.1.saturating_add(1) => before.1 = before.1.max(last),
                _ => joined.push((first, last)),
            }
        }
        Self(joined)
    }

    /// Of single places, in any order.
    pub fn each(places: impl IntoIterator<Item = u64>) -> Self {
        Self::of(places.into_iter().map(|place| (place, place)))
    }

    /// The ranges, each with its first and last place.
    pub fn ranges(&self) -> &[(u64, u64)] {
        &self.0
    }

    /// How many places there are.
    pub fn count(&self) -> u64 {
        self.0.iter().fold(0, |count, (first, last)| count.saturating_add((last - first).saturating_add(1)))
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Those that are in one of the two, or in both.
    #[must_use]
    pub fn with(&self, others: &Self) -> Self {
        Self::of(self.0.iter().chain(&others.0).copied())
    }

    /// Those that are not among `others`.
    #[must_use]
    pub fn without(&self, others: &Self) -> Self {
        let (mut left, mut next) = (Vec::new(), 0);
        for (first, last) in self.0.iter().copied() {
            let mut first = Some(first);
            while others.0.get(next).is_some_and(|other| Some(other.1) < first) {
                next += 1;
            }
            for (from, to) in others.0.get(next..).into_iter().flatten().copied() {
                let Some(begin) = first.filter(|_| from <= last) else { break };
                if begin < from {
                    left.push((begin, from - 1));
                }
                first = to.checked_add(1).filter(|after| *after <= last);
            }
            left.extend(first.map(|begin| (begin, last)));
        }
        Self::of(left)
    }
}

impl fmt::Display for Places {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, (first, last)) in self.0.iter().enumerate() {
            f.write_str(if index > 0 { "," } else { "" })?;
            if first == last { write!(f, "{first}") } else { write!(f, "{first}-{last}") }?;
        }
        Ok(())
    }
}

impl FromStr for Places {
    type Err = NotPlaces;

    /// Only what [`Display`](fmt::Display) writes is read, so that one set has one text.
    fn from_str(text: &str) -> Result<Self, NotPlaces> {
        let range = |text: &str| {
            let (first, last) = text.split_once('-').unwrap_or((text, text));
            Some((first.parse().ok()?, last.parse().ok()?))
        };
        let ranges = if text.is_empty() { Some(Vec::new()) } else { text.split(',').map(range).collect() };
        let places = Self::of(ranges.ok_or(NotPlaces)?);
        if places.to_string() == text { Ok(places) } else { Err(NotPlaces) }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use proptest::prelude::*;

    use super::*;

    fn set() -> impl Strategy<Value = BTreeSet<u64>> {
        proptest::collection::btree_set(0..40_u64, 0..40)
    }

    proptest! {
        #[test]
        fn they_are_the_sets_that_they_name(one in set(), other in set()) {
            let of = |set: &BTreeSet<u64>| Places::each(set.iter().copied());
            prop_assert_eq!(of(&one).count(), u64::try_from(one.len()).unwrap());
            prop_assert_eq!(of(&one).with(&of(&other)), of(&(&one | &other)));
            prop_assert_eq!(of(&one).without(&of(&other)), of(&(&one - &other)));
            prop_assert_eq!(of(&one).to_string().parse(), Ok(of(&one)));
            prop_assert_eq!(of(&one).is_empty(), one.is_empty());
        }
    }

    #[test]
    fn one_set_has_one_text() {
        assert_eq!(Places::each([7, 1, 2, 3]).to_string(), "1-3,7");
        for other in ["1-3, 7", "7,1-3", "1-2,3,7", "3-1", "1-", "x", "01", ",", "1-3,7,"] {
            assert_eq!(other.parse::<Places>(), Err(NotPlaces), "{other}");
        }
        assert_eq!(
            Places::of([(0, u64::MAX)]).without(&Places::each([u64::MAX])),
            Places::of([(0, u64::MAX - 1)])
        );
    }
}
