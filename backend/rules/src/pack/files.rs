//! The files of a pack, in memory.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use include_dir::{Dir, include_dir};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use super::refusal::{PackError, Refusals};

static EMBEDDED: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/../packs");

/// The text files of one pack by their path in it, with `/` between folders.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct PackFiles(BTreeMap<String, String>);

impl PackFiles {
    /// The files built into the binary; empty for a jurisdiction that is not there.
    pub fn embedded(id: &str) -> Self {
        let mut files = Self::default();
        if let Some(dir) = EMBEDDED.get_dir(id) {
            files.add_embedded(dir, id);
        }
        files
    }

    fn add_embedded(&mut self, dir: &Dir<'_>, id: &str) {
        for file in dir.files() {
            let path =
                file.path().strip_prefix(id).unwrap_or(file.path()).to_string_lossy().replace('\\', "/");
            self.0.insert(path, file.contents_utf8().unwrap_or_default().to_owned());
        }
        dir.dirs().for_each(|dir| self.add_embedded(dir, id));
    }

    /// The YAML and Markdown files of a directory.
    ///
    /// # Errors
    /// Every file or folder that cannot be read.
    pub fn read(root: &Path) -> Result<Self, Vec<PackError>> {
        let (mut files, mut refusals) = (Self::default(), Refusals::default());
        files.add_dir(root, "", &mut refusals);
        refusals.check().map(|()| files)
    }

    fn add_dir(&mut self, dir: &Path, prefix: &str, refusals: &mut Refusals) {
        let entries = match fs::read_dir(dir) {
            Ok(entries) => entries,
            Err(error) => return refusals.at(prefix, 0, format!("cannot read `{}`: {error}", dir.display())),
        };
        for path in entries.flatten().map(|entry| entry.path()) {
            let name = path.file_name().unwrap_or_default().to_string_lossy();
            let name = if prefix.is_empty() { name.into_owned() } else { format!("{prefix}/{name}") };
            if path.is_dir() {
                self.add_dir(&path, &name, refusals);
            } else if path.extension().is_some_and(|kind| kind == "yaml" || kind == "md") {
                match fs::read_to_string(&path) {
                    Ok(text) => self.insert(name, text),
                    Err(error) => refusals.at(&name, 0, format!("cannot be read: {error}")),
                }
            }
        }
    }

    /// One form for the same files: a JSON object, paths in order, no space between tokens. It is what is hashed.
    pub fn canonical(&self) -> String {
        let entries = self.0.iter();
        let entries = entries.map(|(path, text)| format!("{}:{}", quoted(path), quoted(text)));
        format!("{{{}}}", entries.collect::<Vec<_>>().join(","))
    }

    /// Adds or replaces a file.
    pub fn insert(&mut self, path: impl Into<String>, text: impl Into<String>) {
        self.0.insert(path.into(), text.into());
    }

    /// Takes a file out.
    pub fn remove(&mut self, path: &str) -> Option<String> {
        self.0.remove(path)
    }

    /// A file's text.
    pub fn get(&self, path: &str) -> Option<&str> {
        self.0.get(path).map(String::as_str)
    }

    /// Paths in a folder, in order.
    pub(crate) fn under<'a>(&'a self, folder: &'a str) -> impl Iterator<Item = (&'a str, &'a str)> {
        self.0
            .iter()
            .filter(move |(path, _)| path.starts_with(folder))
            .map(|(path, text)| (path.as_str(), text.as_str()))
    }

    /// Reads one YAML file; a missing or broken one is refused.
    pub(crate) fn yaml<T: DeserializeOwned>(&self, path: &str, refusals: &mut Refusals) -> Option<T> {
        let Some(text) = self.get(path) else {
            refusals.at(path, 0, "this file is missing from the pack");
            return None;
        };
        parse_yaml(text, path, 0, refusals)
    }
}

/// A text as JSON writes it.
fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

/// Reads YAML that begins after `lines_before` lines of `path`.
pub(crate) fn parse_yaml<T: DeserializeOwned>(
    text: &str,
    path: &str,
    lines_before: usize,
    refusals: &mut Refusals,
) -> Option<T> {
    let options = serde_saphyr::options! { with_snippet: false };
    match serde_saphyr::from_str_with_options(text, options) {
        Ok(value) => Some(value),
        Err(error) => {
            let line = error.location().and_then(|place| usize::try_from(place.line()).ok()).unwrap_or(0);
            refusals.at(
                path,
                lines_before + line,
                error.render_with_formatter(&serde_saphyr::UserMessageFormatter),
            );
            None
        }
    }
}
