//! Passwords that are known from breaches elsewhere: a file that the operator gets, read where it lies.

use std::fmt::Write as _;
use std::fs::File;
use std::io::{Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};

use sha1::{Digest, Sha1};

/// The length of a SHA-1 in hexadecimal.
const HASH: usize = 40;
/// Longer than any line of such a file.
const LINE: usize = 128;

/// The list, as "Have I Been Pwned" gives it: lines of `SHA1:count` in capitals, in order of the hashes. It may be larger than
/// memory: each look is a binary search in the file.
#[derive(Debug, Clone, Default)]
pub struct Breached(Option<PathBuf>);

impl Breached {
    /// The list in a file.
    ///
    /// # Errors
    /// It cannot be read, or its first line is no hash.
    pub fn open(path: &Path) -> std::io::Result<Self> {
        let list = Self(Some(path.to_owned()));
        list.contains("")?;
        let mut start = [0; HASH];
        File::open(path)?.read_exact(&mut start)?;
        if start.iter().all(|byte| byte.is_ascii_hexdigit() && !byte.is_ascii_lowercase()) {
            Ok(list)
        } else {
            let problem = "must be lines of SHA1:count, the hashes in capitals and in order";
            Err(std::io::Error::new(std::io::ErrorKind::InvalidData, problem))
        }
    }

    /// Whether a password is on the list. Without a list none is.
    ///
    /// # Errors
    /// The file cannot be read any more.
    pub fn contains(&self, password: &str) -> std::io::Result<bool> {
        let Some(path) = &self.0 else { return Ok(false) };
        let wanted = hash(password);
        let mut file = File::open(path)?;
        // The line that is sought begins at or after `low` and before `high`.
        let (mut low, mut high) = (0, file.metadata()?.len());
        while low < high {
            let middle = low.midpoint(high);
            match line_at(&mut file, middle)? {
                Some((start, hash)) if start < high => match hash.as_str().cmp(&wanted) {
                    std::cmp::Ordering::Equal => return Ok(true),
                    std::cmp::Ordering::Less => low = start + 1,
                    std::cmp::Ordering::Greater => high = middle,
                },
                _ => high = middle,
            }
        }
        Ok(false)
    }
}

/// SHA-1 in capital hexadecimal: the form of the list, no protection of anything.
fn hash(password: &str) -> String {
    Sha1::digest(password).iter().fold(String::with_capacity(HASH), |mut text, byte| {
        let _ = write!(text, "{byte:02X}");
        text
    })
}

/// The first line that begins at `from` or later: where, and its hash.
fn line_at(file: &mut File, from: u64) -> std::io::Result<Option<(u64, String)>> {
    let before = from.saturating_sub(1);
    file.seek(SeekFrom::Start(before))?;
    let mut bytes = Vec::with_capacity(2 * LINE);
    file.by_ref().take((2 * LINE).try_into().unwrap_or(u64::MAX)).read_to_end(&mut bytes)?;
    let skipped =
        if from == 0 { Some(0) } else { bytes.iter().position(|byte| *byte == b'\n').map(|end| end + 1) };
    let line = skipped.and_then(|skipped| Some((skipped, bytes.get(skipped..skipped + HASH)?)));
    Ok(line.and_then(|(skipped, hash)| {
        let start = before + u64::try_from(skipped).ok()?;
        Some((start, String::from_utf8_lossy(hash).into_owned()))
    }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_password_of_the_list_is_found_and_no_other() {
        let listed: Vec<String> = (0..500).map(|n| format!("password number {n}")).collect();
        let mut lines: Vec<String> = listed
            .iter()
            .enumerate()
            .map(|(n, password)| format!("{}:{}", hash(password), n * n * n))
            .collect();
        lines.sort();
        let folder = tempfile::tempdir().unwrap();
        for (name, ending, last) in [("unix", "\n", "\n"), ("windows", "\r\n", "\r\n"), ("open", "\n", "")] {
            let path = folder.path().join(name);
            std::fs::write(&path, lines.join(ending) + last).unwrap();
            let list = Breached::open(&path).unwrap();
            for password in &listed {
                assert!(list.contains(password).unwrap(), "{name}: {password}");
            }
            for n in 500..1_000 {
                assert!(!list.contains(&format!("password number {n}")).unwrap(), "{name}: {n}");
            }
        }
    }

    #[test]
    fn a_file_of_another_form_is_refused_at_once() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("words");
        std::fs::write(&path, "password\n123456\n".repeat(20)).unwrap();
        assert!(Breached::open(&path).is_err());
        assert!(Breached::open(&folder.path().join("nothing")).is_err());
        assert!(!Breached::default().contains("password").unwrap());
    }
}
