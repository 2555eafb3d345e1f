//! Playbooks: one Markdown file for each kind and language, with its steps in the front matter.

#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};

use serde::Deserialize;
use serde_saphyr::Spanned;

use super::compile::Names;
use super::files::PackFiles;
use super::load::Docs;
use super::refusal::{Refusals, nearest};
use super::said::{Hint, Noun, Said};
use super::{Guidance, GuidanceStep, Source, Unit, yaml};
use crate::Text;
use crate::condition::compile::line_of;
use crate::guidance::{Templates, template};

/// `guidance/words.yaml`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct WordsDoc {
    phases: Vec<NamedDoc>,
    who: BTreeMap<String, Text>,
    when: Vec<NamedDoc>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct NamedDoc {
    id: String,
    name: Text,
}

/// `guidance/sources.yaml`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct SourcesDoc {
    sources: BTreeMap<String, SourceDoc>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct SourceDoc {
    name: Text,
    url: Option<String>,
    #[serde(rename = "type")]
    _kind: String,
    #[serde(default, rename = "seen_at")]
    _seen_at: Option<String>,
}

/// Front matter of a playbook.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct FrontDoc {
    kind: String,
    version: u32,
    title: String,
    #[serde(default)]
    ask_first: Vec<String>,
    #[serde(default)]
    worse_if: Vec<String>,
    steps: Vec<Spanned<StepDoc>>,
}

#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
struct StepDoc {
    id: String,
    phase: String,
    who: String,
    when: String,
    #[serde(rename = "type")]
    kind: StepKind,
    regime: Option<String>,
    #[serde(default)]
    sources: Vec<String>,
    confidence: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
enum StepKind {
    Do,
    Dont,
}

/// A playbook in one language: its front matter, and the text of each step.
struct Page {
    path: String,
    front: FrontDoc,
    texts: BTreeMap<String, Section>,
}

/// The text of a step, and the file's line on which it begins.
struct Section {
    line: usize,
    text: String,
}

/// The playbooks of every kind of incident, and the one that goes with all; each in both languages.
pub(crate) fn read(
    files: &PackFiles,
    docs: &Docs,
    names: &Names,
    units: &[Unit],
    refusals: &mut Refusals,
) -> (Vec<Guidance>, Templates) {
    let words: Option<WordsDoc> = files.yaml("guidance/words.yaml", refusals);
    let sources: Option<SourcesDoc> = files.yaml("guidance/sources.yaml", refusals);
    let (Some(words), Some(sources)) = (words, sources) else { return Default::default() };
    let rules = &docs.pack.guidance;
    if !names.kinds.contains(&rules.unknown_kind.value) {
        let said = Said::unknown(Noun::Kind, &rules.unknown_kind.value, &Hint::None);
        refusals.at("pack.yaml", line_of(&rules.unknown_kind), said);
    }
    let regimes: Vec<&str> = docs.pack.regimes.iter().map(|regime| regime.value.as_str()).collect();
    let names_of_templates = template::Names { units, regimes: &regimes };
    let reader = Reader { words, sources: sources.sources, regimes: &regimes };
    let mut templates = Templates::default();
    let mut playbooks = Vec::new();
    for kind in std::iter::once(&rules.always.value).chain(&names.kinds) {
        let danish = page(files, kind, "da", refusals);
        let english = page(files, kind, "en", refusals);
        if let (Some(danish), Some(english)) = (danish, english) {
            playbooks.push(reader.playbook(kind, &danish, &english, refusals));
            for (language, page) in [("da", &danish), ("en", &english)] {
                page.compile(language, &names_of_templates, &mut templates, refusals);
            }
        }
    }
    (playbooks, templates)
}

fn page(files: &PackFiles, kind: &str, language: &str, refusals: &mut Refusals) -> Option<Page> {
    let path = format!("guidance/{kind}.{language}.md");
    let Some(text) = files.get(&path) else {
        let said = Said::both(
            format!("ingen vejledning om `{kind}` på `{language}`: ingen i nogen sektor ville få råd"),
            format!("no guidance for `{kind}` in `{language}`: in no sector would anybody get advice"),
        );
        refusals.at(&path, 0, said);
        return None;
    };
    let Some((front, body)) = text.strip_prefix("---\n").and_then(|rest| rest.split_once("\n---\n")) else {
        let da = "en vejledning begynder med sit hoved mellem to linjer `---`";
        let en = "a playbook begins with its front matter between two lines `---`";
        refusals.at(&path, 1, Said::both(da, en));
        return None;
    };
    // The file's line on which the body begins: after the front matter and its two lines `---`.
    let mut line = front.lines().count() + 3;
    let front = yaml::parse(front, &path, 1, refusals)?;
    let mut texts = BTreeMap::new();
    let mut sections = body.split("\n## ");
    line += sections.next().map_or(0, newlines) + 1;
    for section in sections {
        let (id, text) = section.split_once('\n').unwrap_or((section, ""));
        let begins = text.trim_start();
        let blank = text.strip_suffix(begins).map_or(0, newlines);
        let found = Section { line: line + 1 + blank, text: begins.trim_end().to_owned() };
        if texts.insert(id.trim().to_owned(), found).is_some() {
            refusals.at(&path, line, Said::twice(Noun::Section, id));
        }
        line += newlines(section) + 1;
    }
    Some(Page { path, front, texts })
}

fn newlines(text: &str) -> usize {
    text.matches('\n').count()
}

impl Page {
    /// Compiles the texts of the steps.
    fn compile(
        &self,
        language: &str,
        names: &template::Names<'_>,
        templates: &mut Templates,
        refusals: &mut Refusals,
    ) {
        for (id, section) in &self.texts {
            match template::compile(&section.text, names) {
                Ok(template) => {
                    let place = (self.path.clone(), section.line);
                    templates.add((&self.front.kind, id, language), template, place);
                }
                Err(mistakes) => {
                    for mistake in mistakes {
                        refusals.at(&self.path, section.line + mistake.line - 1, mistake.said);
                    }
                }
            }
        }
    }
}

struct Reader<'a> {
    words: WordsDoc,
    sources: BTreeMap<String, SourceDoc>,
    regimes: &'a [&'a str],
}

impl Reader<'_> {
    fn playbook(&self, kind: &str, danish: &Page, english: &Page, refusals: &mut Refusals) -> Guidance {
        for page in [danish, english] {
            if page.front.kind != kind {
                let said = Said::both(
                    format!("filen er opkaldt efter `{kind}`, så det skal være dens `kind`"),
                    format!("the file is named for `{kind}`, so its kind must be that"),
                );
                refusals.at(&page.path, 0, said);
            }
            let known: BTreeSet<&str> = page.front.steps.iter().map(|step| step.value.id.as_str()).collect();
            for id in page.texts.keys().filter(|id| !known.contains(id.as_str())) {
                let da = format!("afsnit `{id}` hører til intet trin");
                refusals.at(&page.path, 0, Said::both(da, format!("section `{id}` belongs to no step")));
            }
        }
        if !same_but_for_language(&danish.front, &english.front) {
            let da = "version eller trin er andre end på dansk";
            let en = "its version or its steps differ from those in Danish";
            refusals.at(&english.path, 0, Said::both(da, en));
        }
        let steps = danish.front.steps.iter().map(|step| self.step(step, danish, english, refusals));
        Guidance {
            playbook: kind.to_owned(),
            version: danish.front.version,
            title: both(&danish.front.title, &english.front.title),
            ask_first: pairs(&danish.front.ask_first, &english.front.ask_first),
            worse_if: pairs(&danish.front.worse_if, &english.front.worse_if),
            steps: steps.collect(),
        }
    }

    fn step(
        &self,
        step: &Spanned<StepDoc>,
        danish: &Page,
        english: &Page,
        refusals: &mut Refusals,
    ) -> GuidanceStep {
        // The front matter begins on the file's second line.
        let (line, doc) = (line_of(step) + 1, &step.value);
        let mut text = |page: &Page| {
            let text = page.texts.get(&doc.id).map(|section| &section.text).filter(|text| !text.is_empty());
            if text.is_none() {
                let said = Said::both(
                    format!("trin `{}` har ingen tekst: skriv et afsnit `## {}`", doc.id, doc.id),
                    format!("step `{}` has no text: write a section `## {}`", doc.id, doc.id),
                );
                refusals.at(&page.path, line, said);
            }
            text.cloned().unwrap_or_default()
        };
        let text = Text { da: text(danish), en: text(english) };
        let mut unknown = |noun: Noun, id: &str, names: &mut dyn Iterator<Item = &str>| {
            refusals.at(&danish.path, line, Said::unknown(noun, id, &nearest(id, names)));
        };
        let phase =
            self.words.phases.iter().find(|phase| phase.id == doc.phase).map(|phase| phase.name.clone());
        if phase.is_none() {
            unknown(Noun::Phase, &doc.phase, &mut self.words.phases.iter().map(|phase| phase.id.as_str()));
        }
        let who = self.words.who.get(&doc.who);
        let when = self.words.when.iter().enumerate().find(|(_, when)| when.id == doc.when);
        if who.is_none() {
            unknown(Noun::Addressee, &doc.who, &mut self.words.who.keys().map(String::as_str));
        }
        if when.is_none() {
            unknown(Noun::TimeFrame, &doc.when, &mut self.words.when.iter().map(|when| when.id.as_str()));
        }
        let mut sources = Vec::new();
        for id in &doc.sources {
            match self.sources.get(id) {
                Some(source) => sources.push(Source {
                    name: source.name.en.clone(),
                    url: source.url.clone(),
                    label: Some(source.name.clone()),
                }),
                None => unknown(Noun::Source, id, &mut self.sources.keys().map(String::as_str)),
            }
        }
        if let Some(regime) = doc.regime.as_deref().filter(|regime| !self.regimes.contains(regime)) {
            unknown(Noun::Regime, regime, &mut self.regimes.iter().copied());
        }
        GuidanceStep {
            id: doc.id.clone(),
            phase: doc.phase.clone(),
            phase_name: phase.unwrap_or_default(),
            who: who.cloned().unwrap_or_default(),
            when: when.map(|(_, when)| when.name.clone()).unwrap_or_default(),
            urgency: when.map(|(place, _)| place).unwrap_or_default(),
            dont: doc.kind == StepKind::Dont,
            template: template::merges(&text).then(|| text.clone()),
            text,
            regime: doc.regime.clone(),
            sources,
            confidence: doc.confidence.clone(),
        }
    }
}

fn same_but_for_language(danish: &FrontDoc, english: &FrontDoc) -> bool {
    let steps = |front: &FrontDoc| front.steps.iter().map(|step| step.value.clone()).collect::<Vec<_>>();
    danish.version == english.version
        && steps(danish) == steps(english)
        && danish.ask_first.len() == english.ask_first.len()
        && danish.worse_if.len() == english.worse_if.len()
}

fn both(da: &str, en: &str) -> Text {
    Text { da: da.to_owned(), en: en.to_owned() }
}

fn pairs(danish: &[String], english: &[String]) -> Vec<Text> {
    danish.iter().zip(english).map(|(da, en)| both(da, en)).collect()
}
