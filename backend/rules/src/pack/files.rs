//! The files of a pack, in memory.

use std::collections::BTreeMap;
use std::path::Path;

use include_dir::{Dir, include_dir};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use super::overlay::Composed;
use super::refusal::{PackError, Refusals};
use super::said::Said;
use super::{disk, limits, yaml};

static EMBEDDED: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/../packs");

/// The text files of one whole pack by their path in it, with `/` between folders.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct PackFiles(BTreeMap<String, String>);

impl PackFiles {
    /// The files of a pack built into the binary, an overlay put on its base; empty for one that is not there.
    pub fn embedded(id: &str) -> Self {
        Composed::new(Self::of_jurisdiction(id), &mut Refusals::default()).files
    }

    /// The packs built into the binary, by name.
    pub fn built_in() -> Vec<&'static str> {
        EMBEDDED.dirs().filter_map(|dir| dir.path().to_str()).collect()
    }

    /// The files of one built in as they were written.
    pub(crate) fn of_jurisdiction(id: &str) -> Self {
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

    /// The YAML and Markdown files of a directory, an overlay put on its base.
    ///
    /// # Errors
    /// Every file or folder that cannot be read or is too large, and what is wrong with an overlay.
    pub fn read(root: &Path) -> Result<Self, Vec<PackError>> {
        let mut refusals = Refusals::default();
        let files = Composed::new(disk::read(root, &mut refusals), &mut refusals).files;
        refusals.check().map(|()| files)
    }

    /// Refuses more files, or larger ones, than any pack needs.
    pub(crate) fn bounded(&self, refusals: &mut Refusals) -> bool {
        let before = refusals.len();
        let bytes: usize = self.0.values().map(String::len).sum();
        if self.0.len() > limits::MOST_FILES {
            let most = limits::MOST_FILES;
            let da = format!("en pakke har højst {most} filer; saml flere i én");
            let said = Said::both(da, format!("a pack has at most {most} files; put several into one"));
            refusals.at("pack.yaml", 0, said);
        }
        for (path, _) in self.0.iter().filter(|(_, text)| text.len() > limits::MOST_FILE_BYTES) {
            let most = limits::MOST_FILE_BYTES;
            let da = format!("mere end {most} byte: del filen, eller gør den kortere");
            refusals.at(path, 0, Said::both(da, format!("more than {most} bytes: split it, or shorten it")));
        }
        if bytes > limits::MOST_BYTES {
            let most = limits::MOST_BYTES;
            let said = Said::both(
                format!("alle filer tilsammen har {bytes} byte, {most} er det højeste: gør dem kortere"),
                format!("all files together have {bytes} bytes, {most} is the most: shorten them"),
            );
            refusals.at("pack.yaml", 0, said);
        }
        refusals.len() == before
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
            refusals.at(path, 0, Said::both("filen mangler i pakken", "this file is missing from the pack"));
            return None;
        };
        yaml::parse(text, path, 0, refusals)
    }
}

/// A text as JSON writes it.
fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}
