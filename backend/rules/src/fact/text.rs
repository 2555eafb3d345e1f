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

/// Control characters but newline and tab, and the invisible characters that turn the direction of writing, break or
/// tag a text: all make it look like another. Soft hyphen and the two joiners stay: languages and emoji need them.
pub(super) fn is_forbidden(c: char) -> bool {
    (c.is_control() && c != '\n' && c != '\t') || is_invisible_format(c)
}

/// The invisible ones of Unicode's format characters (category Cf) and its two separators of lines and paragraphs.
fn is_invisible_format(c: char) -> bool {
    matches!(c,
        '\u{61C}' | '\u{180E}' | '\u{200B}' | '\u{200E}' | '\u{200F}' | '\u{2028}'..='\u{202E}'
        | '\u{2060}'..='\u{206F}' | '\u{FEFF}' | '\u{FFF9}'..='\u{FFFB}' | '\u{1BCA0}'..='\u{1BCA3}'
        | '\u{1D173}'..='\u{1D17A}' | '\u{E0000}'..='\u{E007F}')
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
