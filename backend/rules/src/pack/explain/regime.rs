//! A regime in sections.

use std::collections::BTreeSet;

use super::Section;
use super::words::Speaker;
use crate::condition::Condition;
use crate::pack::LegalBasis;
use crate::pack::law::{Cell, Code, Computed, Regime, Start};

impl Speaker<'_> {
    /// Everything about a regime. A section with nothing to say is left out.
    pub(crate) fn sections(&self, regime: &Regime) -> Vec<Section> {
        let section = |heading: &str, lines| Section {
            stage: None,
            is_matrix: false,
            heading: heading.to_owned(),
            lines,
        };
        let mut sections = vec![
            section(self.say("Hjemmel", "Legal basis"), self.basis(regime)),
            section(self.say("Hvem reglerne gælder for", "Who it applies to"), self.applies(regime)),
            section(
                self.say("Hvad der udløser pligten", "What triggers it"),
                self.condition(&regime.triggered),
            ),
            section(
                self.say("Når det ikke kan afgøres endnu", "When it cannot be told yet"),
                self.precaution(regime),
            ),
        ];
        for (stage, info) in regime.stages.iter().zip(&regime.info.stages) {
            sections.push(Section {
                stage: Some(stage.id.clone()),
                is_matrix: false,
                heading: format!("{}: {}", self.say("Indberetning", "Report"), self.text(&info.name)),
                lines: self.stage_lines(regime, stage, info),
            });
        }
        let facts = section(self.say("Oplysninger", "Facts"), self.matrix(regime));
        sections.push(Section { is_matrix: true, ..facts });
        let follow = self.say("Svar, der følger af andre", "Answers that follow from others");
        sections.push(section(follow, self.follows(regime)));
        let notes = regime.info.notes.iter().map(|note| format!("- {note}")).collect();
        sections.push(section(self.say("Noter (på engelsk)", "Notes"), notes));
        sections.retain(|section| !section.lines.is_empty());
        sections
    }

    fn basis(&self, regime: &Regime) -> Vec<String> {
        let info = &regime.info;
        let mut lines: Vec<String> = info.legal_basis.iter().map(act).collect();
        if let Some(date) = &info.in_force_from {
            lines.push(format!("- {}: {date}", self.say("I kraft fra", "In force from")));
        }
        lines.push(format!(
            "- {}: {}",
            self.say("Sikkerhed", "Confidence"),
            self.confidence(info.confidence)
        ));
        if info.filed_elsewhere {
            lines.push(format!(
                "- {}",
                self.say(
                    "Kan ikke indsendes her: Varsel forbereder indberetningen og viser, hvor den skal hen.",
                    "Cannot be filed here: Varsel prepares the report and says where to go.",
                )
            ));
        }
        if let Some(place) = info.filed_at.as_deref().and_then(|unit| self.pack.unit(unit)) {
            let url = place.url.as_deref().unwrap_or_default();
            lines.push(format!(
                "- {}: {}, <{url}>",
                self.say("Indsendes hos", "Filed with"),
                self.text(&place.name)
            ));
        }
        lines
    }

    fn applies(&self, regime: &Regime) -> Vec<String> {
        let mut lines = self.condition(&regime.applies);
        if let Some(attribute) = &regime.covers {
            let covered = self.pack.sectors.0.values().filter(|sector| sector.says(attribute, &regime.id));
            let names: Vec<String> =
                covered.map(|sector| format!("  - {}", self.text(&sector.name))).collect();
            if !names.is_empty() {
                lines.push(format!("- {}:", self.say("Dækkede tjenester", "Services covered")));
                lines.extend(names);
            }
        }
        lines
    }

    fn precaution(&self, regime: &Regime) -> Vec<String> {
        if !regime.precaution {
            let words = self.say(
                "- Så længe det ikke kan afgøres, åbner ingen pligt.",
                "- As long as it cannot be told, no duty opens.",
            );
            return vec![words.to_owned()];
        }
        let opens = self.say(
            "- Så længe det ikke kan afgøres, åbner pligterne foreløbigt, og deres frister løber.",
            "- As long as it cannot be told, the duties open provisionally, and their clocks run.",
        );
        let mut lines = vec![opens.to_owned()];
        match &regime.tell_when {
            None => lines.push(
                self.say(
                    "- Modtagerne får besked om en foreløbig pligt.",
                    "- The recipients are told of a provisional duty.",
                )
                .to_owned(),
            ),
            Some(when) => {
                let words = self.say(
                    "- Modtagerne får kun besked om en foreløbig pligt, hvor:",
                    "- The recipients are told of a provisional duty only where:",
                );
                lines.push(words.to_owned());
                lines.extend(self.condition(when).into_iter().map(|line| format!("  {line}")));
            }
        }
        lines
    }

    /// The matrix as a table: a row for each fact, a column for each report.
    fn matrix(&self, regime: &Regime) -> Vec<String> {
        let asked: BTreeSet<&str> =
            regime.stages.iter().flat_map(|stage| &stage.row).map(|cell| cell.fact.as_str()).collect();
        if asked.is_empty() {
            return Vec::new();
        }
        let row = |cells: Vec<String>| format!("| {} |", cells.join(" | "));
        let names = regime.info.stages.iter().map(|stage| in_cell(self.text(&stage.name)));
        let header = std::iter::once(self.say("Oplysning", "Fact").to_owned()).chain(names);
        let mut lines = vec![row(header.collect()), row(vec!["---".to_owned(); regime.stages.len() + 1])];
        for fact in self.pack.facts().iter().filter(|fact| asked.contains(fact.id.as_str())) {
            let codes = regime.stages.iter().map(|stage| {
                let cell = stage.row.iter().find(|cell| cell.fact == fact.id);
                cell.map_or_else(String::new, |cell| cell.mark().to_owned())
            });
            let label = std::iter::once(in_cell(self.text(&fact.label)));
            lines.push(row(label.chain(codes).collect()));
        }
        lines.push(String::new());
        lines.push(
            self.say(
                "X: kræves · X!: kræves, og »vides ikke« er intet svar · C: føres videre og kan rettes · O: kan gives tidligt · I: kræves, hvis den findes",
                "X: required · X!: required, and “not known” is no answer · C: carried forward, may be corrected · O: may be given early · I: required if available",
            )
            .to_owned(),
        );
        lines
    }

    /// How each fact that its conditions and clocks test, and nobody is asked, comes about.
    fn follows(&self, regime: &Regime) -> Vec<String> {
        let mut wanted: BTreeSet<&str> = BTreeSet::new();
        for condition in conditions(regime) {
            wanted.extend(condition.facts());
        }
        for clock in regime.stages.iter().filter_map(|stage| stage.clock.as_ref()) {
            if let Start::Fact(fact) = &clock.start {
                wanted.insert(fact);
            }
            wanted.extend(clock.cap.iter().map(|(fact, _)| fact.as_str()));
        }
        // A computed fact rests only on those before it, so that one walk from the last finds all.
        let mut used: Vec<&Computed> = Vec::new();
        for computed in self.pack.computed.iter().rev() {
            if wanted.contains(computed.id.as_str()) {
                wanted.extend(computed.from.iter().map(String::as_str));
                wanted.extend(computed.cases.iter().flat_map(|(when, _)| when.facts()));
                used.push(computed);
            }
        }
        used.into_iter().rev().flat_map(|computed| self.follow(computed)).collect()
    }

    fn follow(&self, computed: &Computed) -> Vec<String> {
        let first = self.say("det første af disse, der er kendt", "the first of these that is known");
        let mut lines = vec![format!("- **{}** (`{}`), {first}:", self.text(&computed.label), computed.id)];
        for fact in &computed.from {
            lines.push(format!("  - {} {}", self.say("svaret på", "the answer to"), self.fact(fact)));
        }
        if let Some((of, to)) = &computed.map {
            for (option, value) in to {
                let (option, value) = (self.option(of, option), self.value(&computed.id, value));
                lines.push(format!(
                    "  - {value} {} {} {option}",
                    self.say("hvor svaret på", "where the answer to"),
                    format_args!("{} {}", self.fact(of), self.say("er", "is"))
                ));
            }
        }
        if let Some((attribute, of)) = &computed.attribute {
            let says = self.say("det, som sektortabellen siger om", "what the table of sectors says of");
            lines.push(format!("  - {says} {} (`{attribute}`)", self.fact(of)));
        }
        for (when, value) in &computed.cases {
            lines.push(format!("  - {} {}:", self.value(&computed.id, value), self.say("hvor", "where")));
            lines.extend(self.condition(when).into_iter().map(|line| format!("    {line}")));
        }
        if let Some(value) = computed.default.as_ref().or(computed.presumed.as_ref()) {
            lines.push(format!(
                "  - {} {}",
                self.say("ellers", "otherwise"),
                self.value(&computed.id, value)
            ));
        }
        lines
    }
}

/// Every condition of a regime.
pub(crate) fn conditions(regime: &Regime) -> impl Iterator<Item = &Condition> {
    let stages = regime.stages.iter().flat_map(|stage| {
        let clock = stage
            .clock
            .iter()
            .flat_map(|clock| clock.overrides.iter().map(|other| &other.when).chain(&clock.defer_when));
        let recipients =
            stage.recipients.iter().flat_map(|recipient| recipient.when.iter().chain(&recipient.unless));
        stage.when.iter().chain(&stage.certain).chain(clock).chain(recipients)
    });
    [&regime.applies, &regime.triggered].into_iter().chain(&regime.tell_when).chain(stages)
}

fn act(basis: &LegalBasis) -> String {
    let name = match &basis.articles {
        Some(articles) => format!("{}, {articles}", basis.act),
        None => basis.act.clone(),
    };
    match &basis.url {
        Some(url) => format!("- [{name}]({url})"),
        None => format!("- {name}"),
    }
}

/// A text that does not end its cell.
fn in_cell(text: &str) -> String {
    text.replace('|', "\\|")
}

impl Cell {
    /// Its code in the matrix; `X!` where "not known yet" is no answer.
    pub(crate) fn mark(&self) -> &'static str {
        match self.code {
            Code::Required if self.unknown_ok => "X",
            Code::Required => "X!",
            Code::Carried => "C",
            Code::Optional => "O",
            Code::IfAvailable => "I",
        }
    }
}
