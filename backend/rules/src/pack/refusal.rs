//! Refusals: everything that is wrong with a pack, said at once.

/// Why a pack is refused: file, line and what to write instead.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, thiserror::Error)]
#[error("{file}:{line}: {message}")]
pub struct PackError {
    /// File within the pack.
    pub file: String,
    /// Line, from 1; 0 where it is about the whole file.
    pub line: usize,
    /// What is wrong and what to write instead.
    pub message: String,
}

/// The refusals found so far.
#[derive(Debug, Default)]
pub(crate) struct Refusals(Vec<PackError>);

impl Refusals {
    /// Adds one. `line` 0 is the whole file.
    pub(crate) fn at(&mut self, file: &str, line: usize, message: impl Into<String>) {
        self.0.push(PackError { file: file.to_owned(), line, message: message.into() });
    }

    /// All of them in order of place, each once; nothing when there are none.
    ///
    /// # Errors
    /// Every refusal.
    pub(crate) fn check(self) -> Result<(), Vec<PackError>> {
        let mut errors = self.0;
        errors.sort();
        errors.dedup();
        if errors.is_empty() { Ok(()) } else { Err(errors) }
    }
}

/// `: did you mean ...?` for the name that is most like `wrong`, where one is like it at all.
pub(crate) fn nearest<'a>(wrong: &str, names: impl Iterator<Item = &'a str>) -> String {
    most_like(wrong, names).map_or_else(String::new, |name| format!(": did you mean `{name}`?"))
}

/// The name that is most like `wrong`, where one is like it at all.
pub(crate) fn most_like<'a>(wrong: &str, names: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    names
        .map(|name| (strsim::normalized_damerau_levenshtein(wrong, name), name))
        .filter(|(likeness, _)| *likeness > 0.6)
        .max_by(|(a, _), (b, _)| a.total_cmp(b))
        .map(|(_, name)| name)
}
