//! What left a log because its time was up, on record: which places, when, and up to which age, signed with the log's key.
//! Whoever owns the database can take entries out of it; they cannot say in the log's name that their time was up.

use crate::key::{Signer, Verifier};
use crate::note::{self, NoteError};
use crate::places::Places;

/// The first line of the text that is signed.
const FORMAT: &str = "varsel-log-erasure-1";

/// The most that a text may hold of places: more than any erasure takes at once.
const LONGEST: usize = 1_000_000;

/// An erasure. Times are in microseconds since 1970.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Erasure {
    /// Its number; that of the beginning of the record is 0, and says which places were empty then.
    pub number: u64,
    /// When it was done.
    pub at: i64,
    /// It took what was of this time or older.
    pub before: i64,
    /// The places that are empty since.
    pub places: Places,
}

impl Erasure {
    /// The text that is signed.
    fn to_text(&self) -> String {
        let Self { number, at, before, places } = self;
        format!("{FORMAT}\n{number}\n{at}\n{before}\n{places}.\n")
    }

    fn from_text(text: &str) -> Option<Self> {
        let mut lines = text.strip_suffix(".\n")?.split('\n');
        if lines.next()? != FORMAT {
            return None;
        }
        let (number, at, before) = (lines.next()?, lines.next()?, lines.next()?);
        let places = lines.next().filter(|places| places.len() <= LONGEST)?;
        let (number, at, before) = (number.parse().ok()?, at.parse().ok()?, before.parse().ok()?);
        let read = Self { number, at, before, places: places.parse().ok()? };
        (read.to_text() == text).then_some(read)
    }

    /// Signed by its log.
    pub fn sign(&self, signer: &Signer) -> String {
        note::sign(signer, &self.to_text())
    }

    /// Reads a signed erasure of `log`.
    ///
    /// # Errors
    /// It is none, or the log has not signed it.
    pub fn open(note: &str, log: &Verifier) -> Result<Self, NoteError> {
        let (text, _) = note::open(note, std::slice::from_ref(log))?;
        Self::from_text(text).ok_or(NoteError::Form)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::key::Purpose;

    fn signer(seed: u8) -> Signer {
        Signer::new("varsel.example/log", Purpose::Log, &[seed; 32]).expect("a name")
    }

    #[test]
    fn what_was_signed_is_read_and_nothing_else_is() {
        let signer = signer(1);
        for places in [Places::default(), Places::of([(0, 41), (43, 43)])] {
            let erasure = Erasure { number: 3, at: 1_795_000_000_000_000, before: -7, places };
            let note = erasure.sign(&signer);
            assert_eq!(Erasure::open(&note, signer.verifier()), Ok(erasure));
            let other = note.replacen("\n3\n", "\n4\n", 1);
            assert!(matches!(Erasure::open(&other, signer.verifier()), Err(NoteError::Wrong(_))), "{other}");
        }
    }

    #[test]
    fn neither_another_key_nor_another_text_of_the_log_counts() {
        let (signer, other) = (signer(1), signer(2));
        let erasure = Erasure { number: 1, at: 1, before: 0, places: Places::each([5]) };
        assert_eq!(Erasure::open(&erasure.sign(&other), signer.verifier()), Err(NoteError::Unsigned));
        let checkpoint = note::sign(&signer, "varsel.example/log\n5\nAAAA\n");
        assert_eq!(Erasure::open(&checkpoint, signer.verifier()), Err(NoteError::Form));
        let sloppy = note::sign(&signer, "varsel-log-erasure-1\n1\n1\n0\n5,4.\n");
        assert_eq!(Erasure::open(&sloppy, signer.verifier()), Err(NoteError::Form));
    }
}
