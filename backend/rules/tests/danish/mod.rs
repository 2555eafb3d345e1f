//! Whether a refusal is Danish, for the tests that bring refusals about.

/// What English texts have and Danish ones do not; what is quoted is left out, since it comes from the pack or a library.
const ENGLISH: [&str; 10] =
    ["the", "are", "not", "write", "no", "unknown", "must", "this", "which", "expected"];

/// Whether a text says something, and none of it in English.
pub(crate) fn is_danish(text: &str) -> bool {
    let own = text.split(['`', '"']).step_by(2);
    let mut words = own.flat_map(|part| part.split(|letter: char| !letter.is_alphanumeric()));
    !text.trim().is_empty() && !words.any(|word| ENGLISH.contains(&word))
}
