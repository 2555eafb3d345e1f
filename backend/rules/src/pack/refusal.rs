//! Refusals: everything that is wrong with a pack, said at once.

use super::limits::{MOST_NAME, MOST_REFUSALS, MOST_SUGGESTIONS};
use super::said::{Hint, Said};

/// Why a pack is refused: file, line and what to write instead.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, thiserror::Error)]
#[error("{file}:{line}: {message}")]
pub struct PackError {
    /// File within the pack.
    pub file: String,
    /// Line, from 1; 0 where it is about the whole file.
    pub line: usize,
    /// What is wrong and what to write instead, in English.
    pub message: String,
    /// The same in Danish.
    pub danish: String,
}

/// The refusals found so far.
#[derive(Debug, Default)]
pub(crate) struct Refusals {
    errors: Vec<PackError>,
    /// How many names were compared with others so far.
    suggestions: usize,
}

impl Refusals {
    /// Adds one. `line` 0 is the whole file.
    pub(crate) fn at(&mut self, file: &str, line: usize, said: Said) {
        if self.errors.len() < MOST_REFUSALS {
            let Said { en: message, da: danish } = said;
            self.errors.push(PackError { file: file.to_owned(), line, message, danish });
        }
    }

    /// Refuses more of something than any pack needs.
    pub(crate) fn at_most(
        &mut self,
        file: &str,
        line: usize,
        (count, most, (da, en)): (usize, usize, (&str, &str)),
    ) {
        if count > most {
            let said = Said::both(
                format!("{count} {da}, {most} er det højeste: saml nogle, eller udelad nogle"),
                format!("{count} {en}, {most} is the most: merge some, or leave some out"),
            );
            self.at(file, line, said);
        }
    }

    /// `: did you mean ...?`, as [`nearest`] says it, for the first wrong names: comparing with all others costs.
    pub(crate) fn nearest<'a>(&mut self, wrong: &str, names: impl Iterator<Item = &'a str>) -> Hint {
        self.suggestions += 1;
        if self.suggestions > MOST_SUGGESTIONS { Hint::None } else { nearest(wrong, names) }
    }

    /// How many there are so far.
    pub(crate) fn len(&self) -> usize {
        self.errors.len()
    }

    /// All of them in order of place, each once; nothing when there are none.
    ///
    /// # Errors
    /// Every refusal.
    pub(crate) fn check(self) -> Result<(), Vec<PackError>> {
        let mut errors = self.errors;
        errors.sort();
        errors.dedup();
        if errors.is_empty() { Ok(()) } else { Err(errors) }
    }
}

/// `: did you mean ...?` for the name that is most like `wrong`, where one is like it at all.
pub(crate) fn nearest<'a>(wrong: &str, names: impl Iterator<Item = &'a str>) -> Hint {
    most_like(wrong, names).map_or(Hint::None, |name| Hint::Near(name.to_owned()))
}

/// The name that is most like `wrong`, where one is like it at all.
pub(crate) fn most_like<'a>(wrong: &str, names: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    if wrong.len() > MOST_NAME {
        return None;
    }
    names
        .filter(|name| name.len() <= MOST_NAME)
        .map(|name| (strsim::normalized_damerau_levenshtein(wrong, name), name))
        .filter(|(likeness, _)| *likeness > 0.6)
        .max_by(|(a, _), (b, _)| a.total_cmp(b))
        .map(|(_, name)| name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_hundred_wrong_names_come_with_the_right_one() {
        let mut refusals = Refusals::default();
        let said = (0..150).map(|_| refusals.nearest("csert", ["csirt"].into_iter()));
        assert_eq!(said.filter(|hint| hint.to_string() == ": did you mean `csirt`?").count(), 100);
    }

    #[test]
    fn as_many_as_may_be_are_no_mistake() {
        let mut refusals = Refusals::default();
        refusals.at_most("units.yaml", 1, (3, 3, ("enheder", "units")));
        assert_eq!(refusals.len(), 0);
        refusals.at_most("units.yaml", 1, (4, 3, ("enheder", "units")));
        let [only]: [PackError; 1] = refusals.check().unwrap_err().try_into().unwrap();
        assert_eq!(only.to_string(), "units.yaml:1: 4 units, 3 is the most: merge some, or leave some out");
    }

    #[test]
    fn refusals_come_in_order_each_once() {
        let mut refusals = Refusals::default();
        for (file, line) in [("b", 1), ("a", 2), ("a", 1), ("a", 2)] {
            refusals.at(file, line, Said::both("y", "x"));
        }
        let said: Vec<_> = refusals.check().unwrap_err().iter().map(ToString::to_string).collect();
        assert_eq!(said, ["a:1: x", "a:2: x", "b:1: x"]);
    }

    #[test]
    fn a_name_is_compared_up_to_a_hundred_letters_and_what_is_as_unlike_as_like_is_not_meant() {
        let meant = |wrong: &str, name: &'static str| most_like(wrong, [name].into_iter());
        assert_eq!((meant("abcdx", "abcde"), meant("abcxy", "abcde")), (Some("abcde"), None));
        let (hundred, more) = ("a".repeat(100), "a".repeat(101));
        assert_eq!(most_like(&hundred, [hundred.as_str()].into_iter()), Some(hundred.as_str()));
        assert_eq!(most_like(&more, [hundred.as_str()].into_iter()), None);
        assert_eq!(most_like(&hundred, [more.as_str()].into_iter()), None);
    }
}
