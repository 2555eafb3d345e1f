//! Free text: kept as it was typed, without what disguises it.

use super::problem::{ProblemCode, Refusal};
use super::{FactValue, format};
use crate::Fact;

/// Longest text, in characters.
pub(super) const MOST_CHARACTERS: usize = 10_000;

/// Reads a text; nothing when it is blank.
pub(super) fn read(fact: &Fact, typed: &str) -> Result<Option<FactValue>, Refusal> {
    if typed.trim().is_empty() {
        return Ok(None);
    }
    if typed.chars().nth(MOST_CHARACTERS).is_some() {
        return Err(Refusal::new(
            ProblemCode::TooLong,
            "Teksten må højst være på 10.000 tegn. Skriv det vigtigste her, og send resten senere.",
            "The text may have at most 10,000 characters. Write what matters most here, and send the rest later.",
        ));
    }
    // Forms without script send CR LF.
    let text = typed.replace("\r\n", "\n");
    if let Some((place, found)) = text.chars().enumerate().find(|(_, c)| is_forbidden(*c)) {
        return Err(forbidden(place + 1, found));
    }
    let text = match fact.format {
        Some(form) => format::normalise(form, &text)?,
        None => text,
    };
    Ok(Some(FactValue::Text(text)))
}

/// Control characters but newline and tab, and the characters that turn the direction of writing: both make a text
/// look like another.
pub(super) fn is_forbidden(c: char) -> bool {
    let turns_direction = matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}');
    turns_direction || (c.is_control() && c != '\n' && c != '\t')
}

fn forbidden(place: usize, found: char) -> Refusal {
    let code = u32::from(found);
    Refusal::new(
        ProblemCode::ControlCharacters,
        format!(
            "Tegn nr. {place} er et usynligt styretegn (U+{code:04X}). Slet det, eller skriv teksten igen."
        ),
        format!(
            "Character {place} is an invisible control character (U+{code:04X}). Delete it, or type the text again."
        ),
    )
}
