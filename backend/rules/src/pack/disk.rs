//! A pack from a directory: regular files of bounded size that lie in it, and nothing else.

use std::collections::BTreeMap;
use std::fs::{self, DirEntry, File};
use std::io::{self, Read};
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
        Err(error) => reader.refuse("", unreadable(root, &error)),
    }
    reader.files
}

fn unreadable(path: &Path, error: &io::Error) -> String {
    format!("cannot read `{}`: {error}", path.display())
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
    fn refuse(&mut self, path: &str, said: impl Into<Said>) {
        self.refusals.at(path, 0, said);
    }

    fn folder(&mut self, folder: &Path, prefix: &str, deeper: usize) {
        let entries = match entries(folder) {
            Ok(entries) => entries,
            Err(error) => return self.refuse(prefix, unreadable(folder, &error)),
        };
        for (name, entry) in entries {
            let path = if prefix.is_empty() { name } else { format!("{prefix}/{name}") };
            if self.entries >= MOST_FILES {
                return self
                    .refuse(&path, format!("a pack has at most {MOST_FILES} files: put several into one"));
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
            Err(error) if is_text => return self.refuse(path, format!("cannot be read: {error}")),
            Err(_) => return,
        };
        let within = target.starts_with(&self.root);
        match (target.is_dir(), within) {
            (true, true) if deeper > 0 => self.folder(on_disk, path, deeper - 1),
            (true, true) => {
                self.refuse(
                    path,
                    format!("folders lie at most {MOST_FOLDERS} deep: put its files higher up"),
                );
            }
            (_, false) if is_text || target.is_dir() => {
                self.refuse(path, "a link that leads out of the pack: put the file itself here");
            }
            (false, true) if is_text => self.file(&target, path),
            _ => {}
        }
    }

    fn file(&mut self, on_disk: &Path, path: &str) {
        // Asked before it is opened: opening a pipe would wait for whoever writes into it.
        if !on_disk.is_file() {
            return self
                .refuse(path, "no regular file, but a pipe, a socket or a device: put a text file here");
        }
        match text(on_disk) {
            Ok(text) if text.len() > MOST_FILE_BYTES => {
                self.refuse(path, format!("more than {MOST_FILE_BYTES} bytes: split it, or shorten it"));
            }
            Ok(text) => {
                let before = self.bytes;
                self.bytes += text.len();
                if self.bytes <= MOST_BYTES {
                    self.files.insert(path, text);
                } else if before <= MOST_BYTES {
                    let message =
                        format!("with this file the pack has more than {MOST_BYTES} bytes: shorten it");
                    self.refuse(path, message);
                }
            }
            Err(error) => self.refuse(path, format!("cannot be read: {error}")),
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
    String::from_utf8(bytes).map_err(|error| {
        io::Error::new(io::ErrorKind::InvalidData, format!("not UTF-8, save it as UTF-8: {error}"))
    })
}
