//! The gate before the GraphQL parser: it refuses documents that would exhaust it.
//!
//! The parser recurses over nested literals until its stack ends, and validation expands fragments without memory,
//! so a few hundred bytes could stop the process or hold it for seconds. Everything here is linear in the document.

mod cost;
mod lexer;

use lexer::{Lexer, Token};

/// Bytes of a document; a token can be long. The pages' largest has 1,100.
const BYTES: usize = 64 * 1024;
/// Tokens of a document. The pages' largest has 280, the introspection query 160.
const TOKENS: usize = 2_000;
/// Brackets of any kind within each other; the introspection query needs 10 to 15, by its version.
const NESTING: usize = 20;
/// Renamed fields; no page renames any.
const ALIASES: usize = 15;
/// Root fields of a query; a mutation and a subscription have one.
const ROOT_FIELDS: u64 = 10;
/// Fields and spreads of all operations, with every fragment written out. The pages' largest comes to 180, the introspection query
/// to 410.
const FRAGMENT_COST: u64 = 1_000;
/// Arrays and objects within each other in the variables.
const VARIABLES_NESTING: usize = 32;

/// Why a document does not get in.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// More than `BYTES`.
    #[error("the document is larger than {BYTES} bytes; pass values as variables")]
    TooLarge,
    /// More than `TOKENS`.
    #[error("the document has more than {TOKENS} tokens; send several smaller ones")]
    TooLong,
    /// More than `NESTING`.
    #[error("brackets are nested more than {NESTING} deep; pass values as variables and select less")]
    TooDeep,
    /// More than `ALIASES`.
    #[error("the document renames more than {ALIASES} fields; send several smaller ones")]
    TooManyAliases,
    /// More than `ROOT_FIELDS`.
    #[error(
        "ask for at most {ROOT_FIELDS} root fields in a query, and for one in a mutation or subscription"
    )]
    TooManyRootFields,
    /// More than `FRAGMENT_COST`.
    #[error("the fragments, written out, come to more than {FRAGMENT_COST} fields; spread fewer")]
    FragmentsTooLarge,
    /// A fragment that contains itself, by name.
    #[error("the fragment {0} contains itself; take it out of itself")]
    FragmentCycle(String),
    /// More than `VARIABLES_NESTING`.
    #[error("the variables are nested more than {VARIABLES_NESTING} deep; flatten them")]
    VariablesTooDeep,
}

impl Refusal {
    /// A stable code for clients.
    pub fn code(&self) -> &'static str {
        match self {
            Self::TooLarge => "DOCUMENT_TOO_LARGE",
            Self::TooLong => "DOCUMENT_TOO_LONG",
            Self::TooDeep => "DOCUMENT_TOO_DEEP",
            Self::TooManyAliases => "TOO_MANY_ALIASES",
            Self::TooManyRootFields => "TOO_MANY_ROOT_FIELDS",
            Self::FragmentsTooLarge => "FRAGMENTS_TOO_LARGE",
            Self::FragmentCycle(_) => "FRAGMENT_CYCLE",
            Self::VariablesTooDeep => "VARIABLES_TOO_DEEP",
        }
    }
}

/// Lets a document pass that the parser can take. A document with a mistake passes too: the parser explains it better.
///
/// # Errors
/// The document goes beyond one of the limits, or a fragment contains itself.
pub fn check_document(source: &str) -> Result<(), Refusal> {
    if source.len() > BYTES {
        return Err(Refusal::TooLarge);
    }
    let mut tokens = Vec::new();
    let mut nesting = 0_usize;
    for token in Lexer::new(source) {
        if tokens.len() == TOKENS {
            return Err(Refusal::TooLong);
        }
        match token {
            Token::Open(_) => nesting += 1,
            Token::Close => nesting = nesting.saturating_sub(1),
            _ => {}
        }
        if nesting > NESTING {
            return Err(Refusal::TooDeep);
        }
        tokens.push(token);
    }
    cost::check(&tokens)
}

/// Lets variables pass that can be walked without fear for the stack.
pub(crate) fn check_variables(variables: &serde_json::Value) -> Result<(), Refusal> {
    fn within(value: &serde_json::Value, left: usize) -> bool {
        let Some(left) = left.checked_sub(1) else { return !(value.is_array() || value.is_object()) };
        match value {
            serde_json::Value::Array(items) => items.iter().all(|item| within(item, left)),
            serde_json::Value::Object(fields) => fields.values().all(|field| within(field, left)),
            _ => true,
        }
    }
    if within(variables, VARIABLES_NESTING) { Ok(()) } else { Err(Refusal::VariablesTooDeep) }
}

#[cfg(test)]
mod fuzz;
#[cfg(test)]
mod tests;
