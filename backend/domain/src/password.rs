//! What a password must be: long, and nothing that people try first. Nothing is said about kinds of characters, because
//! such rules make passwords alike (NIST SP 800-63B, section 3.1.1; ASVS 5.0, V6.2.5).

/// The fewest characters.
pub const SHORTEST: usize = 15;
/// The most characters; ASVS 5.0, V6.2.9, asks for 64 at least.
pub const LONGEST: usize = 128;
/// How many letters must be left when known words are taken out: a year behind a name protects nothing.
const LEFT: usize = 6;

/// Words that are tried first, in Danish and English, besides those of the person and their organisation.
const OBVIOUS: [&str; 42] = [
    "adgangskode",
    "admin",
    "administrator",
    "asdfgh",
    "asdfghjkl",
    "autumn",
    "copenhagen",
    "danmark",
    "denmark",
    "dragon",
    "efterår",
    "fodbold",
    "football",
    "forår",
    "hemmelig",
    "hændelse",
    "iloveyou",
    "incident",
    "indberetning",
    "kodeord",
    "københavn",
    "letmein",
    "login",
    "monkey",
    "passw0rd",
    "password",
    "qwerty",
    "qwertyuiop",
    "secret",
    "security",
    "sikkerhed",
    "sommer",
    "spring",
    "summer",
    "test",
    "varsel",
    "velkommen",
    "vinter",
    "welcome",
    "winter",
    "zxcvbn",
    "zxcvbnm",
];

/// Why a password cannot be taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Weakness {
    /// Fewer than [`SHORTEST`] characters.
    #[error("too short")]
    TooShort,
    /// More than [`LONGEST`] characters.
    #[error("too long")]
    TooLong,
    /// Words and patterns that are tried first.
    #[error("obvious")]
    Obvious,
}

/// Whether a password can be taken. `context` has names that others know: of the person, their address, their
/// organisation.
///
/// # Errors
/// Its weakness.
pub fn check<'a>(password: &str, context: impl IntoIterator<Item = &'a str>) -> Result<(), Weakness> {
    let characters: Vec<char> = password.to_lowercase().chars().collect();
    match password.chars().count() {
        ..SHORTEST => Err(Weakness::TooShort),
        length if length > LONGEST => Err(Weakness::TooLong),
        _ if repeats(&characters) || climbs(&characters) || is_known(&characters, context) => {
            Err(Weakness::Obvious)
        }
        _ => Ok(()),
    }
}

/// One short piece again and again: `abcabcabcabcabc`.
fn repeats(characters: &[char]) -> bool {
    let again =
        |period: usize| characters.iter().skip(period).zip(characters).all(|(next, first)| next == first);
    (1..=characters.len() / 2).any(again)
}

/// A run up or down, also over the end: `123456789012345`, `zyxwvutsrqponml`.
fn climbs(characters: &[char]) -> bool {
    let steps = || characters.iter().zip(characters.iter().skip(1));
    let by = |from: char, to: char| {
        u32::from(from) + 1 == u32::from(to) || (from, to) == ('9', '0') || (from, to) == ('0', '1')
    };
    steps().all(|(one, next)| by(*one, *next)) || steps().all(|(one, next)| by(*next, *one))
}

/// Whether little is left when the known words are taken out of it.
fn is_known<'a>(characters: &[char], context: impl IntoIterator<Item = &'a str>) -> bool {
    let password: String = characters.iter().collect();
    let own = context.into_iter().flat_map(|name| name.split(|c: char| !c.is_alphanumeric()));
    let own = own.filter(|word| word.chars().count() >= 4).map(str::to_lowercase);
    let mut words: Vec<String> = own.chain(OBVIOUS.map(str::to_owned)).collect();
    // The longer first: `administrator` is not `admin` and something else.
    words.sort_by_key(|word| std::cmp::Reverse(word.chars().count()));
    let left = words.iter().fold(password.clone(), |left, word| left.replace(word.as_str(), " "));
    left != password && left.chars().filter(|character| character.is_alphabetic()).count() < LEFT
}

#[cfg(test)]
mod tests {
    use super::*;

    const CONTEXT: [&str; 3] = ["Åse Sørensen", "aase@nordvind.example", "Nordvind Elnet A/S"];

    #[test]
    fn length_is_counted_in_characters() {
        assert_eq!(check("blåbærgrød-æøå", CONTEXT), Err(Weakness::TooShort));
        assert_eq!(check("blåbærgrød-æøåx", CONTEXT), Ok(()));
        let long = "kaffe og brød til mange ".repeat(5) + "12345678";
        assert_eq!(long.chars().count(), LONGEST);
        assert_eq!(check(&long, CONTEXT), Ok(()));
        assert_eq!(check(&(long + "9"), CONTEXT), Err(Weakness::TooLong));
    }

    #[test]
    fn what_is_tried_first_is_refused() {
        for obvious in [
            "aaaaaaaaaaaaaaaa",
            "abcabcabcabcabc",
            "123456789012345",
            "543210987654321",
            "abcdefghijklmnop",
            "passwordpassword",
            "Password-2026-Password",
            "Adgangskode!!!2026",
            "VARSEL-2026-varsel-2027",
            "Nordvind-Elnet-2026!",
            "sørensen.sommer.2026",
            "Administrator!2026",
        ] {
            assert_eq!(check(obvious, CONTEXT), Err(Weakness::Obvious), "{obvious}");
        }
    }

    #[test]
    fn no_kind_of_character_is_asked_for() {
        for good in [
            "korrekt hest batteri",
            "83610274951730286",
            "allesmåbådeduppervuggende",
            "sommer med tre gule kaniner",
        ] {
            assert_eq!(check(good, CONTEXT), Ok(()), "{good}");
        }
    }
}
