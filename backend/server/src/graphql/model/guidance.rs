//! Playbooks: what to do, step by step.

use async_graphql::{ComplexObject, SimpleObject};
use varsel_services::domain::rules;

use super::{Text, markdown};

#[derive(Debug, Clone, SimpleObject)]
pub(crate) struct Guidance {
    playbook: String,
    version: i32,
    title: Text,
    steps: Vec<GuidanceStep>,
}

impl Guidance {
    /// The playbooks that were issued, as the pack in force has them, with what the viewer may see of the incident.
    pub(crate) fn list(
        pack: &rules::Pack,
        issued: &[rules::GuidanceRef],
        situation: &rules::Situation,
    ) -> Vec<Self> {
        rules::render(pack, issued, situation).iter().map(Self::from).collect()
    }
}

impl From<&rules::Guidance> for Guidance {
    fn from(guidance: &rules::Guidance) -> Self {
        Self {
            playbook: guidance.playbook.clone(),
            version: i32::try_from(guidance.version).unwrap_or(i32::MAX),
            title: (&guidance.title).into(),
            steps: guidance.steps.iter().map(GuidanceStep::from).collect(),
        }
    }
}

#[derive(Debug, Clone, SimpleObject)]
#[graphql(complex)]
pub(crate) struct GuidanceStep {
    id: String,
    phase: String,
    phase_name: Text,
    who: Text,
    when: Text,
    /// Steps of a phase are done in this order: the most pressing have the least number.
    urgency: i32,
    /// A warning not to.
    dont: bool,
    #[graphql(skip)]
    markdown: rules::Text,
    regime: Option<String>,
    confidence: String,
    sources: Vec<Source>,
}

#[ComplexObject]
impl GuidanceStep {
    /// Sanitised HTML made from the playbook's Markdown.
    async fn html(&self) -> Text {
        Text { da: markdown::to_html(&self.markdown.da), en: markdown::to_html(&self.markdown.en) }
    }

    /// The same as plain text.
    async fn text(&self) -> Text {
        Text { da: markdown::to_text(&self.markdown.da), en: markdown::to_text(&self.markdown.en) }
    }

    /// The same as plain text in pieces, so that a page can make its own links: to call, to write, to read.
    async fn spans(&self) -> Spans {
        Spans { da: Span::list(&self.markdown.da), en: Span::list(&self.markdown.en) }
    }
}

/// A text in pieces, in both languages.
#[derive(Debug, Clone, SimpleObject)]
pub(crate) struct Spans {
    da: Vec<Span>,
    en: Vec<Span>,
}

#[derive(Debug, Clone, SimpleObject)]
pub(crate) struct Span {
    text: String,
    /// Where it leads: a tel, mailto or https address. Null for words.
    href: Option<String>,
}

impl Span {
    fn list(markdown: &str) -> Vec<Self> {
        markdown::to_spans(markdown).into_iter().map(|(text, href)| Self { text, href }).collect()
    }
}

impl From<&rules::GuidanceStep> for GuidanceStep {
    fn from(step: &rules::GuidanceStep) -> Self {
        Self {
            id: step.id.clone(),
            phase: step.phase.clone(),
            phase_name: (&step.phase_name).into(),
            who: (&step.who).into(),
            when: (&step.when).into(),
            urgency: i32::try_from(step.urgency).unwrap_or(i32::MAX),
            dont: step.dont,
            markdown: step.text.clone(),
            regime: step.regime.clone(),
            confidence: step.confidence.clone(),
            sources: step.sources.iter().map(Source::from).collect(),
        }
    }
}

#[derive(Debug, Clone, SimpleObject)]
pub(crate) struct Source {
    name: String,
    url: Option<String>,
}

impl Source {
    /// Their names in one line; none where there is no source.
    pub(crate) fn line(sources: &[rules::Source]) -> Option<String> {
        let names: Vec<_> = sources.iter().map(|source| source.name.as_str()).collect();
        Some(names.join("; ")).filter(|line| !line.is_empty())
    }
}

impl From<&rules::Source> for Source {
    fn from(source: &rules::Source) -> Self {
        Self { name: source.name.clone(), url: source.url.clone() }
    }
}
