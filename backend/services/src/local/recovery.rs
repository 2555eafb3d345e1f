//! Recovery codes: ten, each good once, for whoever has lost the device that gives the codes.

use chrono::{DateTime, Utc};
use varsel_domain::PersonId;
use varsel_storage::{Tx, recovery_code};

use crate::{Result, Services, session};

/// How many there are.
const CODES: usize = 10;
/// Random bytes of each: 120 bits, more than the 112 below which ASVS 5.0, V6.5.2, asks for a slow hash.
const BYTES: usize = 15;
/// RFC 4648, section 6.
const ALPHABET: &[u8; 32] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

/// New codes for a person, to be shown once; those they had count no more.
///
/// # Errors
/// Storage failed.
pub(super) async fn renew(
    services: &Services,
    tx: &Tx,
    person: PersonId,
    now: DateTime<Utc>,
) -> Result<Vec<String>> {
    let codes: Vec<String> = (0..CODES).map(|_| code(services.ids.secret())).collect();
    let hashes: Vec<String> = codes.iter().map(|code| hash(person, code)).collect();
    recovery_code::replace(tx, person, &hashes, now).await?;
    Ok(codes)
}

/// What is stored of a code. Spaces, hyphens and the size of letters do not matter.
pub(super) fn hash(person: PersonId, code: &str) -> String {
    let plain: String = code.chars().filter(char::is_ascii_alphanumeric).collect();
    session::hash(&format!("{person}/{}", plain.to_ascii_uppercase()))
}

/// Whether it has the form of such a code.
pub(super) fn is_one(code: &str) -> bool {
    let plain = code.chars().filter(|character| !character.is_whitespace() && *character != '-');
    plain.count() == BYTES * 8 / 5
}

/// Four groups of six characters: `ABCDEF-GHIJKL-MNOPQR-STUVWX`.
fn code(random: [u8; 32]) -> String {
    let bytes = random.iter().take(BYTES);
    let bits: Vec<bool> = bytes.flat_map(|byte| (0..8).rev().map(move |bit| byte >> bit & 1 == 1)).collect();
    let letter = |five: &[bool]| {
        let index = five.iter().fold(0_usize, |index, bit| index << 1 | usize::from(*bit));
        ALPHABET.get(index).copied().map_or('A', char::from)
    };
    let letters: Vec<char> = bits.chunks(5).map(letter).collect();
    let groups: Vec<String> = letters.chunks(6).map(|group| group.iter().collect()).collect();
    groups.join("-")
}
