//! Turns a context into subject, text and HTML.

use std::path::Path;
use std::sync::LazyLock;

use handlebars::Handlebars;
use include_dir::{Dir, include_dir};
use serde::Serialize;
use varsel_domain::organisation::Language;

use super::{Mail, folder};

static TEMPLATES: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/src/mail/templates");

/// Two registries, so that no template ever decides about escaping: HTML is escaped, text is not.
static REGISTRIES: LazyLock<Result<Registries, String>> = LazyLock::new(Registries::load);

struct Registries {
    text: Handlebars<'static>,
    html: Handlebars<'static>,
}

/// A rendered mail.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Rendered {
    /// Subject: one line.
    pub(super) subject: String,
    /// Plain text.
    pub(super) text: String,
    /// HTML.
    pub(super) html: String,
}

/// What a template sees: the mail's own context, the language, and in the body also the subject.
#[derive(Serialize)]
struct Data<'a, M> {
    #[serde(flatten)]
    mail: &'a M,
    lang: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    subject: Option<&'a str>,
}

impl Registries {
    fn load() -> Result<Self, String> {
        let mut text = Handlebars::new();
        text.set_strict_mode(true);
        text.register_escape_fn(handlebars::no_escape);
        let mut html = Handlebars::new();
        html.set_strict_mode(true);
        let mut folders = vec![&TEMPLATES];
        while let Some(folder) = folders.pop() {
            folders.extend(folder.dirs());
            for file in folder.files() {
                let path = file.path().to_string_lossy();
                let source = file.contents_utf8().ok_or_else(|| format!("{path}: not UTF-8"))?;
                let name = path.strip_suffix(".hbs").ok_or_else(|| format!("{path}: not a template"))?;
                let is_html = Path::new(name).extension().is_some_and(|extension| extension == "html");
                let registry = if is_html { &mut html } else { &mut text };
                registry
                    .register_template_string(name, source)
                    .map_err(|error| format!("{path}: {error}"))?;
            }
        }
        Ok(Self { text, html })
    }
}

/// Renders a mail in a language.
///
/// # Errors
/// A template is missing or uses a variable that the context lacks; the snapshots of all samples find that first.
pub(super) fn render<M: Mail>(mail: &M, language: Language) -> Result<Rendered, String> {
    let registries = REGISTRIES.as_ref().map_err(Clone::clone)?;
    let lang = folder(language);
    let name = |part: &str| format!("{}/{lang}/{part}", M::NAME);
    let mut data = Data { mail, lang, subject: None };
    let subject = registries.text.render(&name("subject.txt"), &data).map_err(|error| error.to_string())?;
    let subject = one_line(&subject);
    data.subject = Some(&subject);
    let text = registries.text.render(&name("body.txt"), &data).map_err(|error| error.to_string())?;
    let html = registries.html.render(&name("body.html"), &data).map_err(|error| error.to_string())?;
    Ok(Rendered { subject, text, html })
}

/// A header value must be one line, or what follows the line break would be a header of its own (RFC 5322).
pub(super) fn one_line(text: &str) -> String {
    let words: Vec<&str> =
        text.split(|c: char| c.is_control() || c.is_whitespace()).filter(|word| !word.is_empty()).collect();
    words.join(" ")
}
