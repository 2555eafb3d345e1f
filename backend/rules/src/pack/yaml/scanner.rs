//! What is wrong with YAML as such: the many mistakes that the scanner tells apart, as the few that an author mends.

use serde_saphyr::granit_parser::ErrorKind;

use super::{Said, one_document, too_large, unknown_anchor};

/// None for what no text of a pack can bring about, and for kinds that a later version of the reader adds.
pub(super) fn said(kind: &ErrorKind) -> Option<Said> {
    if let ErrorKind::UnexpectedCharacter { character } = kind {
        let character = character.escape_default();
        return Some(Said::both(
            format!("tegnet `{character}` kan ikke stå her: sæt teksten i anførselstegn"),
            format!("the character `{character}` cannot stand here: put the text into quotation marks"),
        ));
    }
    of_structure(kind).or_else(|| of_texts(kind)).map(Slip::said)
}

/// A mistake as its author sees it.
#[derive(Debug, Clone, Copy)]
enum Slip {
    AfterQuote,
    Anchor,
    Block,
    Brackets,
    Colon,
    Columns,
    Comment,
    Dash,
    Documents,
    Escape,
    Large,
    Quote,
    Tab,
    Tag,
}

fn of_structure(kind: &ErrorKind) -> Option<Slip> {
    use ErrorKind as Kind;
    Some(match kind {
        Kind::MisplacedFlowCollectionEnd
        | Kind::MismatchedFlowCollectionEnd { .. }
        | Kind::UnclosedFlowCollection { .. }
        | Kind::ExpectedFlowMappingSeparator
        | Kind::ExpectedFlowSequenceSeparator
        | Kind::UnexpectedEofFlowSequence
        | Kind::UnexpectedEofFlowMapping
        | Kind::UnexpectedEofImplicitFlowMapping => Slip::Brackets,
        Kind::InvalidIndentation
        | Kind::InvalidBlockScalarIndent
        | Kind::InvalidQuotedScalarIndent
        | Kind::InvalidFlowScalarIndent
        | Kind::ExpectedBlockMappingKey
        | Kind::ExpectedBlockSequenceEntry
        | Kind::ExpectedNodeContent
        | Kind::BlockSequenceEntryNotAllowed
        | Kind::UnexpectedEofBlockSequence
        | Kind::UnexpectedEofBlockMapping => Slip::Columns,
        Kind::SimpleKeyExpected
        | Kind::InvalidSimpleKey
        | Kind::MappingKeyNotAllowed
        | Kind::MappingValueNotAllowed
        | Kind::FlowMappingValueAdjacentCollection
        | Kind::InvalidMappingValueWhitespace
        | Kind::InvalidColonPlacement => Slip::Colon,
        Kind::BlockEntryInFlowCollection
        | Kind::InvalidBlockEntryWhitespace
        | Kind::PlainScalarStartsWithDashFlowIndicator => Slip::Dash,
        Kind::TabNotAllowed
        | Kind::TabInBlockIndentation
        | Kind::TabAtBlockScalarStart
        | Kind::TabInIndentation
        | Kind::TabInPlainScalar => Slip::Tab,
        Kind::MultipleDocumentsUnsupported
        | Kind::ExpectedDocumentStart
        | Kind::MissingDocumentEndBeforeDirective
        | Kind::InvalidDocumentEnd
        | Kind::BomInsideDocument => Slip::Documents,
        Kind::RecursionLimitExceeded => Slip::Large,
        _ => return None,
    })
}

fn of_texts(kind: &ErrorKind) -> Option<Slip> {
    use ErrorKind as Kind;
    Some(match kind {
        Kind::UnclosedQuotedScalar | Kind::DocumentIndicatorInQuotedScalar => Slip::Quote,
        Kind::InvalidTrailingSingleQuotedScalar
        | Kind::InvalidTrailingDoubleQuotedScalar
        | Kind::ExpectedWhitespace => Slip::AfterQuote,
        Kind::UnknownQuotedScalarEscape
        | Kind::InvalidQuotedScalarHexEscape
        | Kind::InvalidLowSurrogateHexEscape
        | Kind::InvalidLowSurrogate
        | Kind::MissingLowSurrogate
        | Kind::UnpairedLowSurrogate
        | Kind::InvalidUnicodeEscape => Slip::Escape,
        Kind::ZeroBlockScalarIndent | Kind::InvalidBlockScalarHeader => Slip::Block,
        Kind::CommentInterceptedScalar | Kind::CommentNotSeparated => Slip::Comment,
        Kind::UnknownAnchor | Kind::MissingAnchorOrAliasName => Slip::Anchor,
        Kind::ExpectedTagBang
        | Kind::ExpectedTagDirectiveBang
        | Kind::InvalidGlobalTagCharacter
        | Kind::UndeclaredTagHandle
        | Kind::DuplicateTagDirective
        | Kind::InvalidTagDirectiveTerminator
        | Kind::InvalidTagTerminator
        | Kind::MissingTagUri
        | Kind::UnclosedVerbatimTag
        | Kind::InvalidTagEscape
        | Kind::InvalidTagUtf8LeadingByte
        | Kind::InvalidTagUtf8TrailingByte
        | Kind::InvalidTagUtf8
        | Kind::DuplicateVersionDirective
        | Kind::UnsupportedYamlMajorVersion
        | Kind::InvalidDirectiveTerminator
        | Kind::MissingYamlVersionSeparator
        | Kind::MissingDirectiveName
        | Kind::InvalidDirectiveName
        | Kind::YamlVersionTooLong
        | Kind::MissingYamlVersion => Slip::Tag,
        _ => return None,
    })
}

impl Slip {
    fn said(self) -> Said {
        let (da, en) = match self {
            Self::AfterQuote => (
                "der følger noget lige efter en værdi: sæt hele teksten i anførselstegn, eller sæt et mellemrum",
                "something follows a value at once: put the whole text into quotation marks, or a blank between",
            ),
            Self::Anchor => return unknown_anchor(),
            Self::Block => (
                "efter `|` eller `>` begynder en ny linje: flyt teksten derned",
                "after `|` or `>` a new line begins: move the text there",
            ),
            Self::Brackets => (
                "parenteser eller kommaer passer ikke sammen: luk hver `[` og `{`, og sæt komma mellem leddene",
                "brackets or commas do not match: close every `[` and `{`, and put a comma between entries",
            ),
            Self::Colon => (
                "et kolon står forkert: skriv `navn: værdi` på en linje, og sæt en tekst med kolon i anførselstegn",
                "a colon stands wrong: write `name: value` on one line, and put a text with a colon into quotation marks",
            ),
            Self::Columns => (
                "indrykningen passer ikke: led, der hører sammen, begynder i samme kolonne",
                "the indentation does not fit: entries that belong together begin in the same column",
            ),
            Self::Comment => (
                "en kommentar står forkert: sæt et mellemrum foran `#`, eller sæt teksten i anførselstegn",
                "a comment stands wrong: put a blank before `#`, or the text into quotation marks",
            ),
            Self::Dash => (
                "en bindestreg står forkert: skriv `- ` foran et led på en linje for sig, eller sæt teksten i anførselstegn",
                "a dash stands wrong: write `- ` before an entry on a line of its own, or put the text into quotation marks",
            ),
            Self::Documents => return one_document(),
            Self::Escape => (
                "`\\` indleder et tegn, YAML ikke kender: skriv `\\\\`, eller brug enkelte anførselstegn",
                "`\\` begins a character that YAML does not know: write `\\\\`, or use single quotation marks",
            ),
            Self::Large => return too_large(),
            Self::Quote => {
                ("et anførselstegn er ikke lukket: luk det", "a quotation mark is not closed: close it")
            }
            Self::Tab => {
                ("tabulator kan ikke stå her: skriv mellemrum", "a tab cannot stand here: write blanks")
            }
            Self::Tag => (
                "en pakke bruger ingen mærker (`!`) eller direktiver (`%`): sæt teksten i anførselstegn",
                "a pack uses no tags (`!`) or directives (`%`): put the text into quotation marks",
            ),
        };
        Said::both(da, en)
    }
}
