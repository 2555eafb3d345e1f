//! Texts in every language.

use async_graphql::SimpleObject;
use varsel_services::domain::rules;

/// A text in every language.
#[derive(Debug, Clone, SimpleObject)]
pub(crate) struct Text {
    pub(crate) da: String,
    pub(crate) en: String,
}

impl From<&rules::Text> for Text {
    fn from(text: &rules::Text) -> Self {
        Self { da: text.da.clone(), en: text.en.clone() }
    }
}

impl Text {
    /// An id where the pack has no words for it, so that old records can still be shown.
    pub(crate) fn verbatim(text: &str) -> Self {
        Self { da: text.to_owned(), en: text.to_owned() }
    }

    /// The pack's words for an id, or the id itself.
    pub(crate) fn or_id(text: Option<&rules::Text>, id: &str) -> Self {
        text.map_or_else(|| Self::verbatim(id), Self::from)
    }
}

/// The stable code that clients see: `UNKNOWN_FACT` for what is `unknown_fact` in stored JSON.
pub(crate) fn code(value: &impl serde::Serialize) -> String {
    match serde_json::to_value(value) {
        Ok(serde_json::Value::String(name)) => name.to_uppercase(),
        _ => String::new(),
    }
}
