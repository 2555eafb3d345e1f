//! What shows that a value was missing, in a text that was rendered.

use crate::pack::said::Said;

/// A sign that a text does not read well.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Hole {
    Empty,
    /// Marks that stand beside nothing.
    Marks(&'static str),
    TwoSpaces,
}

impl Hole {
    /// What is wrong with the text.
    pub(crate) fn said(self, text: &str) -> Said {
        match self {
            Self::Empty => Said::both("der står slet intet", "nothing at all"),
            Self::Marks(marks) => {
                Said::both(format!("`{marks}` i `{text}`"), format!("`{marks}` in `{text}`"))
            }
            Self::TwoSpaces => {
                Said::both(format!("to mellemrum i `{text}`"), format!("two spaces in `{text}`"))
            }
        }
    }
}

/// The first hole; none where it reads well.
pub(crate) fn hole(text: &str) -> Option<Hole> {
    if text.trim().is_empty() {
        return Some(Hole::Empty);
    }
    let signs = ["{{", "}}", "()", "( ", " )", " ,", " .", ",,", ", .", ":.", ": .", "****"];
    let marks = signs.into_iter().find(|sign| text.contains(sign)).map(Hole::Marks);
    marks.or_else(|| text.lines().any(|line| line.trim().contains("  ")).then_some(Hole::TwoSpaces))
}
