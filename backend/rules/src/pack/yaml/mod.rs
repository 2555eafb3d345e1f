//! Reads the YAML of a pack, and says in both languages what is wrong with it: the reader's own words are English only.

mod scanner;
#[cfg(test)]
mod tests;
mod value;

use serde::de::DeserializeOwned;
use serde_saphyr::budget::BudgetBreach;
use serde_saphyr::localizer::ExternalMessageSource;
use serde_saphyr::{Error, UserMessageFormatter};

use super::limits::{MOST_ALIASES, MOST_DEPTH, MOST_NODES};
use super::refusal::{Refusals, nearest};
use super::said::{Hint, Said};

/// Reads YAML that begins after `lines_before` lines of `path`.
pub(crate) fn parse<T: DeserializeOwned>(
    text: &str,
    path: &str,
    lines_before: usize,
    refusals: &mut Refusals,
) -> Option<T> {
    let options = serde_saphyr::options! {
        with_snippet: false,
        budget: serde_saphyr::budget! {
            max_nodes: MOST_NODES,
            max_depth: MOST_DEPTH,
            max_aliases: MOST_ALIASES,
            max_anchors: MOST_ALIASES,
            max_documents: 1,
        },
        alias_limits: serde_saphyr::alias_limits! { max_total_replayed_events: MOST_NODES },
    };
    match serde_saphyr::from_str_with_options(text, options) {
        Ok(value) => Some(value),
        Err(error) => {
            let line = error.location().and_then(|place| usize::try_from(place.line()).ok()).unwrap_or(0);
            refusals.at(path, lines_before + line, said(&error));
            None
        }
    }
}

/// What is wrong, without the place, which stands before it, and with the word that was probably meant.
fn said(error: &Error) -> Said {
    match error {
        Error::WithSnippet { error, .. } | Error::AliasError { error, .. } => said(error),
        Error::Budget { breach: BudgetBreach::Documents { .. }, .. } | Error::MultipleDocuments { .. } => {
            one_document()
        }
        Error::Budget { .. }
        | Error::AliasReplayCounterOverflow { .. }
        | Error::AliasReplayLimitExceeded { .. }
        | Error::AliasExpansionLimitExceeded { .. }
        | Error::AliasReplayStackDepthExceeded { .. } => too_large(),
        Error::ExternalMessage { source, .. } => {
            let known = match source.as_ref() {
                ExternalMessageSource::Parser(error) => scanner::said(error.kind()),
                _ => None,
            };
            known.unwrap_or_else(|| quoted(error))
        }
        Error::Eof { .. } => ends_early(),
        Error::UnknownAnchor { .. } => unknown_anchor(),
        Error::Message { msg, .. } => value::own(msg).unwrap_or_else(|| quoted(error)),
        _ => names(error).or_else(|| value::said(error)).unwrap_or_else(|| quoted(error)),
    }
}

/// A field or a word that is not, is missing, or is there twice.
fn names(error: &Error) -> Option<Said> {
    Some(match error {
        Error::SerdeMissingField { field, .. } => {
            Said::both(format!("feltet mangler: `{field}`"), format!("missing field `{field}`"))
        }
        Error::SerdeUnknownField { field, expected, .. } => {
            unknown(("ukendt felt", "unknown field"), field, expected)
        }
        Error::SerdeUnknownVariant { variant, expected, .. } => {
            unknown(("ukendt ord", "unknown variant"), variant, expected)
        }
        Error::DuplicateMappingKey { key, .. } => match key {
            Some(key) => Said::both(
                format!("nøglen `{key}` står der to gange: fjern den ene"),
                format!("duplicate mapping key `{key}`: take one of them out"),
            ),
            None => Said::both(
                "en nøgle står der to gange: fjern den ene",
                "duplicate mapping key: take one of them out",
            ),
        },
        _ => return None,
    })
}

fn unknown((da, en): (&str, &str), wrong: &str, expected: &[&str]) -> Said {
    let hint: Hint = nearest(wrong, expected.iter().copied());
    let list = expected.join(", ");
    Said::both(
        format!("{da} `{wrong}`, her kan stå {list}{}", hint.in_danish()),
        format!("{en} `{wrong}`, expected one of {list}{hint}"),
    )
}

fn too_large() -> Said {
    Said::both(
        "flere led, niveauer eller aliasser, end en fil i en pakke har brug for: del filen, eller skriv den fladere",
        "more entries, nesting or aliases than a file of a pack needs: split the file, or write it flatter",
    )
}

fn one_document() -> Said {
    Said::both(
        "en fil i en pakke er ét YAML-dokument: fjern linjen `---` eller `...` og det, der følger",
        "a file of a pack is one YAML document: take out the line `---` or `...` and what follows it",
    )
}

fn ends_early() -> Said {
    Said::both(
        "filen holder op for tidligt: skriv den færdig",
        "the file ends too early: write the rest of it",
    )
}

fn unknown_anchor() -> Said {
    Said::both(
        "`*` henviser til en værdi, der ikke er der: giv den sit `&` først, eller sæt teksten i anførselstegn",
        "`*` refers to a value that is not there: name it with `&` first, or put the text into quotation marks",
    )
}

/// What the reader says of what is not foreseen here: its words are kept, so that a search finds them.
fn quoted(error: &Error) -> Said {
    let words = error.render_with_formatter(&UserMessageFormatter);
    let words = words.rsplit_once(" at line ").map_or(words.as_str(), |(words, _)| words);
    Said::both(
        format!("dette kan ikke læses som YAML i en pakke; læseren siger på engelsk: \"{words}\""),
        format!("this cannot be read as YAML of a pack; the reader says: \"{words}\""),
    )
}
