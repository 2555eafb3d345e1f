use serde::{Deserialize, Serialize};

/// A text for people, in every language a pack must speak. Reading one that lacks a language fails.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "Written")]
pub struct Text {
    /// Danish.
    pub da: String,
    /// English.
    pub en: String,
}

/// A text as written, before it is known to speak both languages.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    da: Option<String>,
    en: Option<String>,
}

impl TryFrom<Written> for Text {
    type Error = String;

    fn try_from(written: Written) -> Result<Self, String> {
        let speaks = |text: Option<String>, language: &str| {
            text.filter(|text| !text.trim().is_empty()).ok_or_else(|| format!("this text lacks `{language}`"))
        };
        Ok(Self { da: speaks(written.da, "da")?, en: speaks(written.en, "en")? })
    }
}
