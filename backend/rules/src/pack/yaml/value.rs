//! A value that does not fit its place.

use serde_saphyr::Error;

use super::Said;

/// None where it is about something else.
pub(super) fn said(error: &Error) -> Option<Said> {
    Some(match error {
        Error::SerdeInvalidLength { len, expected, .. } => {
            let (da, en) = kind(expected);
            Said::both(format!("{len} led her, skriv {da}"), format!("{len} entries here, write {en}"))
        }
        Error::InvalidScalar { ty, .. } => misfit(ty),
        Error::SerdeInvalidType { expected, .. } | Error::SerdeInvalidValue { expected, .. } => {
            misfit(expected)
        }
        Error::Unexpected { expected, .. } => {
            let (da, en) = kind(expected);
            Said::both(format!("her skal stå {da}"), format!("expected {en} here"))
        }
        Error::NullIntoString { .. }
        | Error::UnexpectedValueForUnit { .. }
        | Error::UnexpectedValueForUnitEnumVariant { .. } => {
            Said::both("her skal stå en tekst: skriv en", "expected a text here: write one")
        }
        Error::UnexpectedSequenceEnd { .. }
        | Error::UnexpectedMappingEnd { .. }
        | Error::ContainerEndMismatch { .. }
        | Error::ExpectedMappingEndAfterEnumVariantValue { .. }
        | Error::ExternallyTaggedEnumExpectedScalarOrMapping { .. }
        | Error::ExpectedStringKeyForExternallyTaggedEnum { .. } => Said::both(
            "her passer antallet eller formen af led ikke: se et tilsvarende led i pakken",
            "the number or the form of entries does not fit here: see an entry of its kind in the pack",
        ),
        Error::MergeKeyNotAllowed { .. } | Error::MergeValueNotMapOrSeqOfMaps { .. } => Said::both(
            "efter `<<` skal der stå et `*`-alias for felter: skriv felterne ud i stedet",
            "after `<<` there must be a `*` alias of fields: write the fields out instead",
        ),
        Error::InvalidBinaryBase64 { .. }
        | Error::BinaryNotUtf8 { .. }
        | Error::TaggedScalarCannotDeserializeIntoString { .. }
        | Error::TaggedEnumMismatch { .. }
        | Error::UnsupportedTag { .. }
        | Error::TaggedStructFieldName { .. } => Said::both(
            "en pakke bruger ingen mærker (`!`): fjern det, eller sæt teksten i anførselstegn",
            "a pack uses no tags (`!`): take it out, or put the text into quotation marks",
        ),
        _ => return None,
    })
}

/// What the engine's own types say of a value, in English, and the Danish of it.
const OWN: [(&str, &str); 6] = [
    ("this text lacks `da`", "teksten mangler `da`"),
    ("this text lacks `en`", "teksten mangler `en`"),
    (
        "write a name, a list of names, or a text in both languages",
        "skriv et navn, en liste af navne eller en tekst på begge sprog",
    ),
    ("write a day like 2026-09-11", "skriv en dag som 2026-09-11"),
    ("write true, false or an option", "skriv true, false eller en svarmulighed"),
    (
        "write a number, `{percent: ..., of: ...}` or `{smallest_of: [...]}`",
        "skriv et tal, `{percent: ..., of: ...}` eller `{smallest_of: [...]}`",
    ),
];

/// A message of the engine's own types; none for others.
pub(super) fn own(message: &str) -> Option<Said> {
    OWN.into_iter().find(|(en, _)| message == *en).map(|(en, da)| Said::both(da, en))
}

fn misfit(expected: &str) -> Said {
    let (da, en) = kind(expected);
    Said::both(format!("værdien passer ikke: skriv {da}"), format!("the value does not fit: write {en}"))
}

/// What belongs there, of the kinds that Rust and its libraries name.
fn kind(expected: &str) -> (String, String) {
    let range = |low: i128, high: i128| {
        (format!("et helt tal fra {low} til {high}"), format!("a whole number from {low} to {high}"))
    };
    if let Some(size) = expected.strip_prefix("a tuple of size ") {
        return (format!("{size} værdier"), format!("{size} values"));
    }
    let (da, en) = match expected {
        "u8" => return range(u8::MIN.into(), u8::MAX.into()),
        "u16" => return range(u16::MIN.into(), u16::MAX.into()),
        "a nonzero u16" => return range(1, u16::MAX.into()),
        "u32" => return range(u32::MIN.into(), u32::MAX.into()),
        "i16" => return range(i16::MIN.into(), i16::MAX.into()),
        "i32" => return range(i32::MIN.into(), i32::MAX.into()),
        "u64" => ("et helt tal, ikke under 0", "a whole number, not below 0"),
        "i64" => ("et helt tal", "a whole number"),
        "f32" | "f64" | "float" | "floating point" => ("et tal", "a number"),
        "bool" | "boolean" | "a boolean" => ("true eller false", "true or false"),
        "string" | "string scalar" | "a string" | "scalar" | "value" | "char" | "binary scalar" => {
            ("en tekst eller et tal", "a text or a number")
        }
        "seq" | "sequence start" | "a sequence" => ("en liste: `[...]`", "a list: `[...]`"),
        "map" | "mapping start" | "a map" | "empty mapping start" => {
            ("felter: `{navn: værdi}`", "fields: `{name: value}`")
        }
        _ => return (format!("\"{expected}\""), format!("\"{expected}\"")),
    };
    (da.to_owned(), en.to_owned())
}
