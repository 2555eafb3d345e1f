//! The documents that the pages may send, by their hash (docs/adr/0014).
//!
//! `make generate` writes them from the frontend's operations, and they are compiled in: a browser cannot ask for
//! anything that no page asks for.

use std::collections::HashMap;
use std::sync::LazyLock;

/// `sha256:<hexadecimal>` of the text, and the text.
static OPERATIONS: LazyLock<HashMap<&'static str, String>> = LazyLock::new(|| {
    let list = include_str!("../../../../schema/operations.json");
    serde_json::from_str(list).unwrap_or_default()
});

/// The document with this hash.
pub(super) fn find(id: &str) -> Option<&'static str> {
    OPERATIONS.get(id).map(String::as_str)
}

/// All of them.
#[cfg(test)]
pub(super) fn all() -> impl Iterator<Item = &'static str> {
    OPERATIONS.values().map(String::as_str)
}

#[cfg(test)]
mod tests {
    use sha2::{Digest, Sha256};

    use super::*;
    use crate::graphql::gate::check_document;

    #[test]
    fn every_document_has_its_own_hash_and_passes_the_gate_that_programs_pass() {
        assert!(OPERATIONS.len() >= 10, "{}", OPERATIONS.len());
        for (id, text) in OPERATIONS.iter() {
            let digest = Sha256::digest(text);
            let hash = digest.iter().map(|byte| format!("{byte:02x}")).collect::<Vec<_>>().concat();
            assert_eq!(*id, format!("sha256:{hash}"));
            assert_eq!(check_document(text), Ok(()), "{text}");
            assert!(async_graphql::parser::parse_query(text).is_ok(), "{text}");
        }
        assert_eq!(find("sha256:00"), None);
    }
}
