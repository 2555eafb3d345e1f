//! A regime in words: for an authority's lawyer, who compares it with the law.

mod condition;
mod regime;
mod stage;
#[cfg(test)]
mod tests;
mod words;

use super::Pack;
use crate::Text;

pub(crate) use regime::conditions;
pub(crate) use words::{Language, Speaker};

/// A regime that the pack does not have.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("unknown regime `{id}`{}", nearest.as_ref().map(|near| format!(": did you mean `{near}`?")).unwrap_or_default())]
pub struct UnknownRegime {
    /// What was asked for.
    pub id: String,
    /// The regime whose id is most like it, where one is.
    pub nearest: Option<String>,
}

/// A heading with what stands below it, in Markdown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Section {
    /// Stage that it is about; none for the regime as a whole.
    pub(crate) stage: Option<String>,
    /// It is the table of facts by stage.
    pub(crate) is_matrix: bool,
    pub(crate) heading: String,
    pub(crate) lines: Vec<String>,
}

/// A regime as Markdown, in both languages: legal basis, who it applies to, what triggers it, its reports with their
/// clocks and recipients, the matrix of facts, and the facts that follow from others. Each clause has its citation,
/// each threshold its unit and whether it is included.
///
/// # Errors
/// A regime that the pack does not have, with the nearest one that it has.
pub fn explain(pack: &Pack, regime: &str) -> Result<Text, UnknownRegime> {
    let found = pack.regimes.iter().find(|known| known.id == regime);
    let Some(found) = found else {
        let nearest = super::refusal::most_like(regime, pack.regime_ids()).map(str::to_owned);
        return Err(UnknownRegime { id: regime.to_owned(), nearest });
    };
    let written = |language| {
        let speaker = Speaker { pack, language };
        let title = format!("# {}\n", speaker.text(&found.info.name));
        let draft = pack.draft_notice().map(|notice| format!("\n**{}**\n", speaker.text(&notice)));
        let sections = speaker.sections(found).into_iter();
        let pages =
            sections.map(|section| format!("\n## {}\n\n{}\n", section.heading, section.lines.join("\n")));
        std::iter::once(title).chain(draft).chain(pages).collect::<String>()
    };
    Ok(Text { da: written(Language::Danish), en: written(Language::English) })
}
