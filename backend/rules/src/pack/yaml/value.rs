//! A value that does not fit its place.

use serde_saphyr::Error;

use super::Said;

/// None where it is about something else.
pub(super) fn said(error: &Error) -> Option<Said> {
    Some(match error {
        Error::SerdeInvalidType { unexpected, expected, .. }
        | Error::SerdeInvalidValue { unexpected, expected, .. } => misfit(unexpected, expected),
        Error::SerdeInvalidLength { len, expected, .. } => {
            let (da, en) = kind(expected);
            Said::both(format!("{len} led her, skriv {da}"), format!("{len} entries here, write {en}"))
        }
        Error::InvalidScalar { ty, .. } => {
            let (da, en) = kind(ty);
            Said::both(
                format!("værdien passer ikke: skriv {da}"),
                format!("the value does not fit: write {en}"),
            )
        }
        Error::Unexpected { expected, .. } => {
            let (da, en) = kind(expected);
            Said::both(format!("her skal stå {da}"), format!("expected {en} here"))
        }
        Error::InvalidBooleanStrict { .. } => {
            Said::both("her skal stå true eller false", "invalid boolean: write true or false")
        }
        Error::NullIntoString { .. }
        | Error::UnexpectedValueForUnit { .. }
        | Error::UnexpectedValueForUnitEnumVariant { .. } => {
            Said::both("her skal stå en tekst: skriv en", "expected a text here: write one")
        }
        Error::QuotingRequired { value, .. } => Said::both(
            format!("sæt `{value}` i anførselstegn: ellers læses det ikke som tekst"),
            format!("put `{value}` into quotation marks: otherwise it is not read as text"),
        ),
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
const OWN: [(&str, &str); 5] = [
    ("this text lacks `da`", "teksten mangler `da`"),
    ("this text lacks `en`", "teksten mangler `en`"),
    (
        "write a name, a list of names, or a text in both languages",
        "skriv et navn, en liste af navne eller en tekst på begge sprog",
    ),
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

fn misfit(unexpected: &str, expected: &str) -> Said {
    let (found_da, found_en) = found(unexpected);
    let (da, en) = kind(expected);
    Said::both(
        format!("forkert slags værdi, {found_da}: skriv {da}"),
        format!("wrong kind of value, {found_en}: write {en}"),
    )
}

/// What stands there.
fn found(unexpected: &str) -> (String, String) {
    let kinds = [
        ("boolean ", "ja eller nej ", "yes or no "),
        ("integer ", "tallet ", "the number "),
        ("floating point ", "tallet ", "the number "),
        ("string ", "teksten ", "the text "),
        ("character ", "tegnet ", "the character "),
        ("sequence", "en liste", "a list"),
        ("map", "felter", "fields"),
        ("unit value", "ingenting", "nothing"),
        ("Option value", "ingenting", "nothing"),
    ];
    let known = kinds.into_iter().find_map(|(form, da, en)| {
        let rest = unexpected.strip_prefix(form)?;
        Some((format!("{da}{rest}"), format!("{en}{rest}")))
    });
    known.unwrap_or_else(|| (format!("\"{unexpected}\""), format!("\"{unexpected}\"")))
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
        "u32" => return range(u32::MIN.into(), u32::MAX.into()),
        "i8" => return range(i8::MIN.into(), i8::MAX.into()),
        "i16" => return range(i16::MIN.into(), i16::MAX.into()),
        "i32" => return range(i32::MIN.into(), i32::MAX.into()),
        "u64" | "u128" | "usize" => ("et helt tal, ikke under 0", "a whole number, not below 0"),
        "i64" | "i128" | "isize" | "an integer" => ("et helt tal", "a whole number"),
        "f32" | "f64" | "float" | "floating point" => ("et tal", "a number"),
        "bool" | "boolean" | "a boolean" => ("true eller false", "true or false"),
        "string" | "string scalar" | "a string" | "scalar" | "value" | "char" | "binary scalar" => {
            ("en tekst eller et tal", "a text or a number")
        }
        "seq" | "sequence start" | "a sequence" => ("en liste: `[...]`", "a list: `[...]`"),
        "map" | "mapping start" | "a map" | "empty mapping start" => {
            ("felter: `{navn: værdi}`", "fields: `{name: value}`")
        }
        "null" | "unit" | "option" | "single YAML node" => ("en enkelt værdi", "a single value"),
        "variant identifier" | "enum" | "a string or a map" => {
            ("et af de kendte ord", "one of the known words")
        }
        _ if expected.starts_with("struct ") => ("felter: `{navn: værdi}`", "fields: `{name: value}`"),
        _ => return (format!("\"{expected}\""), format!("\"{expected}\"")),
    };
    (da.to_owned(), en.to_owned())
}
