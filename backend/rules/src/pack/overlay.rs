//! Overlays: packs that hold only what differs from another one, e.g. a draft of proposals over the law in force.
//!
//! An overlay is put together with its base into the files of a whole pack before anything reads it, so that a stored
//! pack never depends on another. What is wrong is still said of the file and line where it was written.

use std::collections::{BTreeMap, BTreeSet};

use serde::Deserialize;

use super::refusal::{PackError, Refusals, nearest};
use super::said::Said;
use super::{PackFiles, yaml};

const PACK: &str = "pack.yaml";
/// Files below it add items to the lists of the base's file of the same name.
const ADD: &str = "add/";

/// A whole pack, and where its lines were written.
#[derive(Debug, Default)]
pub(crate) struct Composed {
    pub(crate) files: PackFiles,
    origins: BTreeMap<String, Vec<Place>>,
}

/// File and line, from 1, in the overlay or its base.
type Place = (String, usize);

#[derive(Deserialize)]
struct ExtendsDoc {
    extends: Option<String>,
}

#[derive(Deserialize)]
struct OrderDoc {
    regimes: Vec<String>,
}

impl Composed {
    /// The files as they are, or, where `pack.yaml` says what they extend, over those.
    pub(crate) fn new(files: PackFiles, refusals: &mut Refusals) -> Self {
        let Some(base_id) = extended(&files) else { return Self { files, ..Self::default() } };
        let base = PackFiles::of_jurisdiction(&base_id);
        let line = files.get(PACK).map_or(0, |text| line_of_key(text, "extends"));
        if base.get(PACK).is_none() {
            let known = PackFiles::built_in();
            let hint = nearest(&base_id, known.iter().copied());
            let there = known.join(", ");
            let said = Said::both(
                format!("ingen pakke `{base_id}` er indbygget{}; skriv en af {there}", hint.in_danish()),
                format!("no pack `{base_id}` is built in{hint}; write one of {there}"),
            );
            refusals.at(PACK, line, said);
            return Self { files, ..Self::default() };
        }
        if extended(&base).is_some() {
            let said = Said::both(
                format!("`{base_id}` udvider selv en anden pakke: udvid den"),
                format!("`{base_id}` extends another pack itself: extend that one"),
            );
            refusals.at(PACK, line, said);
            return Self { files, ..Self::default() };
        }
        let mut overlay =
            Overlay { name: base_id, composed: Self { files: base, ..Self::default() }, refusals };
        overlay.put(&files);
        overlay.composed
    }

    /// The same refusal, said of where the line was written.
    pub(crate) fn place(&self, mut error: PackError) -> PackError {
        let written = error.line.checked_sub(1).and_then(|at| self.origins.get(&error.file)?.get(at));
        if let Some((file, line)) = written {
            error.file.clone_from(file);
            error.line = *line;
        }
        error
    }
}

/// What `pack.yaml` says it extends; its mistakes are named when the whole is read.
fn extended(files: &PackFiles) -> Option<String> {
    let text = files.get(PACK).filter(|text| line_of_key(text, "extends") > 0)?;
    yaml::parse::<ExtendsDoc>(text, PACK, 0, &mut Refusals::default())?.extends
}

/// A base on which the files of an overlay are put.
struct Overlay<'a> {
    name: String,
    composed: Composed,
    refusals: &'a mut Refusals,
}

impl Overlay<'_> {
    fn put(&mut self, files: &PackFiles) {
        for (path, text) in files.under("") {
            if path == PACK {
                self.replace_keys(text);
            } else if let Some(target) = path.strip_prefix(ADD) {
                self.add_items(path, target, text);
            } else {
                self.composed.files.insert(path, text);
            }
        }
        self.leave_out(files);
    }

    /// `pack.yaml`: what the overlay says stands for what the base says under the same key.
    fn replace_keys(&mut self, text: &str) {
        let base = self.composed.files.get(PACK).unwrap_or_default().to_owned();
        let own = blocks(PACK, text);
        let replaced: BTreeSet<&str> = own.iter().map(|block| block.key).collect();
        let base = blocks(&format!("{}/{PACK}", self.name), &base)
            .into_iter()
            .filter(|block| !replaced.contains(block.key));
        let own = own.iter().filter(|block| block.key != "extends").cloned();
        self.write(PACK, base.chain(own).flat_map(|block| block.lines).collect());
    }

    /// `add/<file>`: the items of each list come after those of the base's list of the same key.
    fn add_items(&mut self, path: &str, target: &str, text: &str) {
        let Some(base) = self.composed.files.get(target).map(str::to_owned) else {
            let files: Vec<&str> = self.composed.files.under("").map(|(path, _)| path).collect();
            let hint = nearest(target, files.iter().copied());
            let said = Said::both(
                format!("`{}` har ingen fil `{target}` at føje til{}", self.name, hint.in_danish()),
                format!("`{}` has no file `{target}` to add to{hint}", self.name),
            );
            return self.refusals.at(path, 0, said);
        };
        let mut blocks = blocks(&format!("{}/{target}", self.name), &base);
        for added in self::blocks(path, text).into_iter().filter(|block| !block.key.is_empty()) {
            let keys: Vec<&str> = blocks.iter().map(|block| block.key).collect();
            let Some(list) = blocks.iter_mut().find(|block| block.key == added.key) else {
                let hint = nearest(added.key, keys.into_iter());
                let said = Said::both(
                    format!("`{target}` har ingen liste `{}`{}", added.key, hint.in_danish()),
                    format!("`{target}` has no list `{}`{hint}", added.key),
                );
                self.refusals.at(path, added.line, said);
                continue;
            };
            match (list.indentation(), added.indentation()) {
                (Some(base), Some(own)) if base == own => list.lines.extend(added.lines.into_iter().skip(1)),
                (Some(base), Some(_)) => {
                    let said = Said::both(
                        format!("begynd hvert led i `{}` med {base} mellemrum og en bindestreg", added.key),
                        format!("begin each item of `{}` with {base} spaces and a dash", added.key),
                    );
                    self.refusals.at(path, added.line, said);
                }
                _ => {
                    let said = Said::both(
                        format!(
                            "`{}` er ingen liste med et led pr. linje: giv hele filen i stedet",
                            added.key
                        ),
                        format!(
                            "`{}` is no list with an item a line: give the whole file instead",
                            added.key
                        ),
                    );
                    self.refusals.at(path, added.line, said);
                }
            }
        }
        self.write(target, blocks.into_iter().flat_map(|block| block.lines).collect());
    }

    /// A regime that the overlay's order leaves out is left out.
    fn leave_out(&mut self, own: &PackFiles) {
        let order = self.composed.files.get(PACK).unwrap_or_default();
        let Some(order) = yaml::parse::<OrderDoc>(order, PACK, 0, &mut Refusals::default()) else { return };
        let listed: BTreeSet<String> = order.regimes.iter().map(|id| format!("regimes/{id}.yaml")).collect();
        let paths = self.composed.files.under("regimes/").map(|(path, _)| path.to_owned());
        let unlisted = paths.filter(|path| !listed.contains(path) && own.get(path).is_none());
        for path in unlisted.collect::<Vec<_>>() {
            self.composed.files.remove(&path);
        }
    }

    fn write(&mut self, path: &str, lines: Vec<(&str, Place)>) {
        let (mut text, mut places) = (String::new(), Vec::new());
        for (line, place) in lines {
            text.push_str(line);
            text.push('\n');
            places.push(place);
        }
        self.composed.files.insert(path, text);
        self.composed.origins.insert(path.to_owned(), places);
    }
}

/// What stands under one key of a file.
#[derive(Clone)]
struct Block<'a> {
    /// Empty for what stands before the first.
    key: &'a str,
    line: usize,
    lines: Vec<(&'a str, Place)>,
}

impl Block<'_> {
    /// How far its items are indented, where it is a list with each item on lines of its own.
    fn indentation(&self) -> Option<usize> {
        let (_, rest) = self.lines.first()?.0.split_once(':')?;
        let bare = rest.trim().is_empty() || rest.trim_start().starts_with('#');
        let mut lines = self.lines.iter().skip(1).map(|(line, _)| *line);
        let first = lines.find(|line| !line.trim().is_empty() && !line.trim_start().starts_with('#'))?;
        let item = first.trim_start();
        (bare && item.starts_with('-')).then_some(first.len() - item.len())
    }
}

/// The file's blocks: a key at the beginning of a line begins one.
fn blocks<'a>(path: &str, text: &'a str) -> Vec<Block<'a>> {
    let mut blocks: Vec<Block<'a>> = vec![Block { key: "", line: 1, lines: Vec::new() }];
    for (at, line) in text.lines().enumerate() {
        if let Some(key) = key_of(line) {
            blocks.push(Block { key, line: at + 1, lines: Vec::new() });
        }
        if let Some(block) = blocks.last_mut() {
            block.lines.push((line, (path.to_owned(), at + 1)));
        }
    }
    blocks
}

fn key_of(line: &str) -> Option<&str> {
    let plain = line.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_');
    line.split_once(':').filter(|_| plain).map(|(key, _)| key.trim_end())
}

fn line_of_key(text: &str, key: &str) -> usize {
    text.lines().position(|line| key_of(line) == Some(key)).map_or(0, |at| at + 1)
}
