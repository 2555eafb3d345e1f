//! A pack from a directory: regular files of bounded size that lie in it, and nothing else.

#[cfg(test)]
mod tests;

use std::collections::BTreeMap;
use std::fs::{self, DirEntry, File};
use std::io::{self, ErrorKind, Read};
use std::path::{Path, PathBuf};

use super::PackFiles;
use super::limits::{MOST_BYTES, MOST_FILE_BYTES, MOST_FILES, MOST_FOLDERS};
use super::refusal::Refusals;
use super::said::Said;

/// The YAML and Markdown files below `root`. Hidden files and folders are not looked at.
pub(crate) fn read(root: &Path, refusals: &mut Refusals) -> PackFiles {
    let mut reader =
        Reader { root: PathBuf::new(), files: PackFiles::default(), entries: 0, bytes: 0, refusals };
    match fs::canonicalize(root) {
        Ok(canonical) => {
            reader.root = canonical;
            reader.folder(root, "", MOST_FOLDERS);
        }
        Err(error) => reader.refuse("", unreadable(Some(root), &error)),
    }
    reader.files
}

/// What the operating system said, in words where it is one of the usual things; otherwise in its own.
fn unreadable(path: Option<&Path>, error: &io::Error) -> Said {
    let named = path.map_or_else(String::new, |path| format!(" `{}`", path.display()));
    let own = error.to_string();
    let (da, en) = match error.kind() {
        ErrorKind::NotFound => {
            ("det findes ikke: skriv navnet på noget, der er der", "it is not there: name something that is")
        }
        ErrorKind::NotADirectory => {
            ("det er ingen mappe: skriv navnet på en", "it is no directory: name one")
        }
        ErrorKind::PermissionDenied => {
            ("adgang nægtet: giv læseadgang", "permission denied: allow reading it")
        }
        ErrorKind::InvalidData => ("det er ikke UTF-8: gem filen som UTF-8", "not UTF-8, save it as UTF-8"),
        _ => (own.as_str(), own.as_str()),
    };
    Said::both(format!("kan ikke læse{named}: {da}"), format!("cannot read{named}: {en}"))
}

struct Reader<'a> {
    /// The directory, without links.
    root: PathBuf,
    files: PackFiles,
    entries: usize,
    bytes: usize,
    refusals: &'a mut Refusals,
}

impl Reader<'_> {
    fn refuse(&mut self, path: &str, said: Said) {
        self.refusals.at(path, 0, said);
    }

    fn folder(&mut self, folder: &Path, prefix: &str, deeper: usize) {
        let entries = match entries(folder) {
            Ok(entries) => entries,
            Err(error) => return self.refuse(prefix, unreadable(Some(folder), &error)),
        };
        for (name, entry) in entries {
            let path = if prefix.is_empty() { name } else { format!("{prefix}/{name}") };
            if self.entries >= MOST_FILES {
                let said = Said::both(
                    format!("en pakke har højst {MOST_FILES} filer: saml flere i én"),
                    format!("a pack has at most {MOST_FILES} files: put several into one"),
                );
                return self.refuse(&path, said);
            }
            self.entries += 1;
            self.entry(&entry.path(), &path, deeper);
        }
    }

    /// A folder, a file of the pack, or something else, which is left alone.
    fn entry(&mut self, on_disk: &Path, path: &str, deeper: usize) {
        let is_text = on_disk.extension().is_some_and(|kind| kind == "yaml" || kind == "md");
        let target = match fs::canonicalize(on_disk) {
            Ok(target) => target,
            Err(error) if is_text => return self.refuse(path, unreadable(None, &error)),
            Err(_) => return,
        };
        let within = target.starts_with(&self.root);
        match (target.is_dir(), within) {
            (true, true) if deeper > 0 => self.folder(on_disk, path, deeper - 1),
            (true, true) => {
                let said = Said::both(
                    format!("mapper ligger højst {MOST_FOLDERS} dybt: læg filerne højere oppe"),
                    format!("folders lie at most {MOST_FOLDERS} deep: put its files higher up"),
                );
                self.refuse(path, said);
            }
            (_, false) if is_text || target.is_dir() => {
                let said = Said::both(
                    "en lænke, der fører ud af pakken: læg selve filen her",
                    "a link that leads out of the pack: put the file itself here",
                );
                self.refuse(path, said);
            }
            (false, true) if is_text => self.file(&target, path),
            _ => {}
        }
    }

    fn file(&mut self, on_disk: &Path, path: &str) {
        // Asked before it is opened: opening a pipe would wait for whoever writes into it.
        if !on_disk.is_file() {
            let said = Said::both(
                "ingen almindelig fil, men et rør, en sokkel eller en enhed: læg en tekstfil her",
                "no regular file, but a pipe, a socket or a device: put a text file here",
            );
            return self.refuse(path, said);
        }
        match text(on_disk) {
            Ok(text) if text.len() > MOST_FILE_BYTES => {
                let said = Said::both(
                    format!("mere end {MOST_FILE_BYTES} byte: del filen, eller gør den kortere"),
                    format!("more than {MOST_FILE_BYTES} bytes: split it, or shorten it"),
                );
                self.refuse(path, said);
            }
            Ok(text) => {
                let before = self.bytes;
                self.bytes += text.len();
                if self.bytes <= MOST_BYTES {
                    self.files.insert(path, text);
                } else if before <= MOST_BYTES {
                    let said = Said::both(
                        format!("med denne fil har pakken mere end {MOST_BYTES} byte: gør den kortere"),
                        format!("with this file the pack has more than {MOST_BYTES} bytes: shorten it"),
                    );
                    self.refuse(path, said);
                }
            }
            Err(error) => self.refuse(path, unreadable(None, &error)),
        }
    }
}

/// Entries in order of name, a little more than may be there at most.
fn entries(folder: &Path) -> io::Result<BTreeMap<String, DirEntry>> {
    let mut entries = BTreeMap::new();
    for entry in fs::read_dir(folder)?.take(MOST_FILES * 4) {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().into_owned();
        if !name.starts_with('.') {
            entries.insert(name, entry);
        }
    }
    Ok(entries)
}

/// At most one byte more than a file may have.
fn text(path: &Path) -> io::Result<String> {
    let most = u64::try_from(MOST_FILE_BYTES).unwrap_or(u64::MAX).saturating_add(1);
    let mut bytes = Vec::new();
    File::open(path)?.take(most).read_to_end(&mut bytes)?;
    if bytes.len() > MOST_FILE_BYTES {
        // A letter may be cut in two at the end: the size is what will be refused.
        return Ok(String::from_utf8_lossy(&bytes).into_owned());
    }
    String::from_utf8(bytes).map_err(|error| io::Error::new(ErrorKind::InvalidData, error))
}
