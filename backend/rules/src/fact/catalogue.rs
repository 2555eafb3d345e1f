//! The fact catalogue as reading needs it: by id, by alias, by likeness.

use std::collections::BTreeMap;

use crate::Fact;

/// The facts by the ids and aliases that they answer to.
pub(super) struct Catalogue<'a> {
    by_name: BTreeMap<&'a str, &'a Fact>,
}

impl<'a> Catalogue<'a> {
    pub(super) fn new(facts: &'a [Fact]) -> Self {
        let aliases =
            facts.iter().flat_map(|fact| fact.aliases.iter().map(move |alias| (alias.as_str(), fact)));
        // Ids come last, so that an id wins over an alias of the same name.
        Self { by_name: aliases.chain(facts.iter().map(|fact| (fact.id.as_str(), fact))).collect() }
    }

    /// The fact that answers to `name`.
    pub(super) fn find(&self, name: &str) -> Option<&'a Fact> {
        self.by_name.get(name).copied()
    }

    /// The id or alias most like `wrong`, if any is like it at all.
    pub(super) fn nearest(&self, wrong: &str) -> Option<&'a str> {
        nearest(wrong, self.by_name.keys().copied())
    }
}

/// The name most like `wrong`: whole against whole, or last part against last part (`employees`, `org.employees`).
pub(super) fn nearest<'a>(wrong: &str, names: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    // Comparing costs the product of the lengths, and no name is nearly as long.
    if wrong.chars().count() > 48 {
        return None;
    }
    let wrong = wrong.to_lowercase();
    names
        .map(|name| (likeness(&wrong, name).max(0.95 * likeness(last_part(&wrong), last_part(name))), name))
        .filter(|(likeness, _)| *likeness > 0.6)
        .max_by(|(a, first), (b, second)| a.total_cmp(b).then(second.cmp(first)))
        .map(|(_, name)| name)
}

fn likeness(one: &str, other: &str) -> f64 {
    strsim::normalized_damerau_levenshtein(one, other)
}

fn last_part(name: &str) -> &str {
    name.rsplit_once('.').map_or(name, |(_, last)| last)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_as_unlike_as_like_is_not_suggested() {
        let suggested = |wrong: &str| nearest(wrong, ["abcde"].into_iter());
        assert_eq!((suggested("abcdx"), suggested("abcxy")), (Some("abcde"), None));
        assert_eq!(
            nearest("x.abcde", ["abcde", "y.abcde"].into_iter()),
            Some("abcde"),
            "of two alike, the first"
        );
        let longest = "a".repeat(48);
        assert_eq!(nearest(&longest, [longest.as_str()].into_iter()), Some(longest.as_str()));
        let longer = "a".repeat(49);
        assert_eq!(nearest(&longer, [longer.as_str()].into_iter()), None);
    }
}
