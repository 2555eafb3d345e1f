//! Text that looks like script or markup. It is harmless here; the reporter and the officer should know it was seen.

/// What gives script and active markup away, in lower case.
const SIGNS: [&str; 9] = [
    "<script",
    "</script",
    "<iframe",
    "<svg",
    "<img",
    "<object",
    "javascript:",
    "vbscript:",
    "data:text/html",
];

/// Attributes that run script; they count when an equals sign follows.
const HANDLERS: [&str; 7] = ["onerror", "onload", "onclick", "onfocus", "onmouseover", "ontoggle", "srcdoc"];

/// Whether `text` looks like script or markup.
pub(super) fn is_in(text: &str) -> bool {
    let text = text.to_lowercase();
    let sets = |name: &str| text.split(name).skip(1).any(|rest| rest.trim_start().starts_with('='));
    SIGNS.iter().any(|sign| text.contains(sign)) || HANDLERS.iter().any(|name| sets(name))
}
