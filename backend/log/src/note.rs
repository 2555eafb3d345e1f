//! Signed notes: a text, an empty line, and signature lines (C2SP `signed-note`).

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use crate::key::{Purpose, Signer, Verifier};

/// More than this many signatures are not read.
const MOST_SIGNATURES: usize = 32;

/// Why a note is not believed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NoteError {
    /// No text, empty line and signature lines.
    #[error("this is no signed note")]
    Form,
    /// A known key's signature is not one of this text.
    #[error("the signature of {0} does not belong to this text: one of them was changed")]
    Wrong(String),
    /// Nobody who is known has signed.
    #[error("none of the known keys has signed this")]
    Unsigned,
}

/// Somebody's verified signature.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Signed {
    /// The name of the key.
    pub name: String,
    /// When, in seconds since 1970, where the signature says so: a witness's does.
    pub at: Option<u64>,
}

/// The signature line of `signer` for `text`; with the time `at`, in seconds since 1970, which only a witness's has.
pub fn signature(signer: &Signer, text: &str, at: u64) -> String {
    let verifier = signer.verifier();
    let mut bytes = verifier.id().to_vec();
    match verifier.purpose() {
        Purpose::Log => bytes.extend(signer.sign(text.as_bytes())),
        Purpose::Witness => {
            bytes.extend(at.to_be_bytes());
            bytes.extend(signer.sign(cosigned(text, at).as_bytes()));
        }
    }
    format!("— {} {}\n", verifier.name(), STANDARD.encode(bytes))
}

/// `text`, which ends with a newline, signed.
pub fn sign(signer: &Signer, text: &str) -> String {
    format!("{text}\n{}", signature(signer, text, 0))
}

/// The text of a note, whoever signed it: to learn which log speaks, before the signature is checked.
///
/// # Errors
/// [`NoteError::Form`].
pub fn text(note: &str) -> Result<&str, NoteError> {
    split(note).map(|(text, _)| text)
}

/// The text of a note, and which of `known` have signed it.
///
/// # Errors
/// The note is none, nobody known has signed it, or somebody known has not, though a line says so.
pub fn open<'n>(note: &'n str, known: &[Verifier]) -> Result<(&'n str, Vec<Signed>), NoteError> {
    let (text, lines) = split(note)?;
    let mut signed: Vec<Signed> = Vec::new();
    for line in lines.split_terminator('\n') {
        let (name, bytes) = read(line).ok_or(NoteError::Form)?;
        let Some((id, bytes)) = bytes.split_first_chunk::<4>() else { return Err(NoteError::Form) };
        let Some(key) = known.iter().find(|key| key.name() == name && key.id() == *id) else { continue };
        let by = check(key, text, bytes).ok_or_else(|| NoteError::Wrong(name.to_owned()))?;
        if !signed.contains(&by) {
            signed.push(by);
        }
    }
    if signed.is_empty() { Err(NoteError::Unsigned) } else { Ok((text, signed)) }
}

fn check(key: &Verifier, text: &str, bytes: &[u8]) -> Option<Signed> {
    let name = key.name().to_owned();
    match key.purpose() {
        Purpose::Log => {
            key.verify(text.as_bytes(), bytes.try_into().ok()?).then_some(Signed { name, at: None })
        }
        Purpose::Witness => {
            let (at, signature) = bytes.split_first_chunk::<8>()?;
            let at = u64::from_be_bytes(*at);
            let message = cosigned(text, at);
            key.verify(message.as_bytes(), signature.try_into().ok()?)
                .then_some(Signed { name, at: Some(at) })
        }
    }
}

fn cosigned(text: &str, at: u64) -> String {
    format!("cosignature/v1\ntime {at}\n{text}")
}

/// The text with its newline, and the signature lines.
fn split(note: &str) -> Result<(&str, &str), NoteError> {
    let (text, lines) = note.rsplit_once("\n\n").ok_or(NoteError::Form)?;
    let text = note.get(..=text.len()).ok_or(NoteError::Form)?;
    let plain = !note.chars().any(|c| c.is_ascii_control() && c != '\n');
    let few = lines.matches('\n').count() <= MOST_SIGNATURES;
    if plain && few && lines.ends_with('\n') { Ok((text, lines)) } else { Err(NoteError::Form) }
}

fn read(line: &str) -> Option<(&str, Vec<u8>)> {
    let (name, encoded) = line.strip_prefix("— ")?.split_once(' ')?;
    Some((name, STANDARD.decode(encoded).ok()?))
}
