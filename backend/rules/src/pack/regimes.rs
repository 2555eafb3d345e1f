//! Regimes: checked, and with their references resolved.

#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};

use serde_saphyr::Spanned;

use super::compile::{Names, optional};
use super::doc::{ClockDoc, OpensDoc, RecipientDoc, RegimeDoc, RowDoc, StageDoc};
use super::law::{Cell, Clock, Code, Opens, Override, Recipient, Regime, Stage, Start};
use super::load::Docs;
use super::model::{LegalBasis, RegimeInfo, StageInfo};
use super::refusal::Refusals;
use super::said::{Noun, Said};
use crate::FactType;
use crate::condition::compile::{Context, Vocabulary, line_of};

/// All regimes, in order.
pub(crate) fn compile(
    docs: &Docs,
    names: &Names,
    vocabulary: &Vocabulary,
    refusals: &mut Refusals,
) -> Vec<Regime> {
    let roles: BTreeSet<&str> = docs.routing.roles.iter().map(|role| role.value.id.as_str()).collect();
    let compiled = docs.regimes.iter().map(|(file, doc)| {
        let context = Context { vocabulary, file, refusals: &mut *refusals };
        RegimeCompiler { doc, docs, names, roles: &roles, context }.regime()
    });
    compiled.flatten().collect()
}

struct RegimeCompiler<'a> {
    doc: &'a RegimeDoc,
    docs: &'a Docs,
    names: &'a Names,
    roles: &'a BTreeSet<&'a str>,
    context: Context<'a>,
}

impl RegimeCompiler<'_> {
    fn regime(mut self) -> Option<Regime> {
        let doc = self.doc;
        let line = line_of(&doc.id);
        if let Some(attribute) = doc.covers.as_ref()
            && !self.docs.pack.sector_attributes.contains_key(attribute)
        {
            let known = self.docs.pack.sector_attributes.keys().map(String::as_str);
            let hint = self.context.refusals.nearest(attribute, known);
            self.refuse(line, Said::no_attribute(attribute, &hint));
        }
        self.filed_at();
        let cite = doc.cite.clone().or_else(|| doc.legal_basis.first().map(legal_basis));
        let Some(cite) = cite else {
            let da = "et regelsæt uden retsgrundlag: en pligt skal have en henvisning";
            self.refuse(line, Said::both(da, "a regime without a legal basis: a duty needs a citation"));
            return None;
        };
        // Conditions must say themselves where the law has them: the regime's own citation is too wide for a reason.
        let applies = self.context.compile(&doc.applies, None);
        let triggered = self.context.compile(&doc.triggered, None);
        let tell_when = optional(doc.tell_when.as_ref(), &cite, &mut self.context);
        let stages: Vec<Stage> = doc.stages.iter().filter_map(|stage| self.stage(stage)).collect();
        self.reachable();
        Some(Regime {
            id: doc.id.value.clone(),
            info: info(doc),
            sentences: doc.sentences.clone().map(|said| [said.triggered, said.not_triggered, said.undecided]),
            cite,
            covers: doc.covers.clone(),
            applies: applies?,
            triggered: triggered?,
            precaution: doc.precaution,
            tell_when,
            stages,
        })
    }

    /// Refuses a place of filing that nobody can find, or that contradicts the rest.
    fn filed_at(&mut self) {
        let Some(place) = &self.doc.filed_at else { return };
        let line = line_of(place);
        self.names.unit(&place.value, self.context.file, line, self.context.refusals);
        if !self.doc.filed_elsewhere {
            let da = "`filed_at` er stedet for det, der ikke kan indberettes her: skriv også `filed_elsewhere: true`";
            let en = "`filed_at` says where reports go that cannot be filed here: write `filed_elsewhere: true`, too";
            self.refuse(line, Said::both(da, en));
        }
        let unit = self.docs.units.units.iter().find(|unit| unit.value.id == place.value);
        if unit.is_some_and(|unit| unit.value.url.is_none()) {
            let said = Said::both(
                format!("`{}` har ingen `url` i units.yaml: man skal kunne finde stedet", place.value),
                format!("`{}` has no `url` in units.yaml: people must find the place", place.value),
            );
            self.refuse(line, said);
        }
    }

    fn refuse(&mut self, line: usize, said: Said) {
        self.context.refusals.at(self.context.file, line, said);
    }

    fn stage(&mut self, doc: &Spanned<StageDoc>) -> Option<Stage> {
        let (line, stage) = (line_of(doc), &doc.value);
        let Some(cite) = stage.cite.clone().filter(|cite| !cite.trim().is_empty()) else {
            let said = Said::both(
                format!("indberetning `{}` har ingen `cite`: en pligt skal have en henvisning", stage.id),
                format!("stage `{}` has no `cite`: a duty needs a citation", stage.id),
            );
            self.refuse(line, said);
            return None;
        };
        let opens = match &stage.on {
            OpensDoc::Start => Opens::Start,
            OpensDoc::Requested => Opens::Requested,
            OpensDoc::Recurring => {
                if stage.clock.is_none() {
                    let said = Said::both(
                        format!(
                            "indberetning `{}` gentages og skal have en frist: efter hvor længe?",
                            stage.id
                        ),
                        format!("stage `{}` recurs, so it needs a clock: after what period?", stage.id),
                    );
                    self.refuse(line, said);
                }
                Opens::Recurring
            }
            OpensDoc::Filed(stage) => Opens::Filed(stage.clone()),
            OpensDoc::Event(fact) => {
                self.instant(fact, line);
                Opens::Event(fact.clone())
            }
        };
        let recipients: Vec<_> =
            stage.recipients.iter().map(|recipient| self.recipient(recipient, &cite)).collect();
        if recipients.is_empty() {
            let da = format!("indberetning `{}` har ingen modtager", stage.id);
            self.refuse(line, Said::both(da, format!("stage `{}` has no recipient", stage.id)));
        }
        let clock = stage.clock.as_ref().map(|clock| self.clock(clock, line, &cite));
        self.requesters(stage, line);
        Some(Stage {
            id: stage.id.clone(),
            opens,
            requested_by: stage.requested_by.clone(),
            when: optional(stage.when.as_ref(), &cite, &mut self.context),
            certain: optional(stage.certain.as_ref(), &cite, &mut self.context),
            unless_filed: stage.unless_filed.clone(),
            clock: clock.flatten(),
            recipients,
            row: self.row(&stage.facts, &stage.must_know, line),
            cite,
        })
    }

    /// What is owed on request says who may ask for it, and nothing else does.
    fn requesters(&mut self, stage: &StageDoc, line: usize) {
        if (stage.on == OpensDoc::Requested) == stage.requested_by.is_empty() {
            let da = format!("indberetning `{}`: `on: requested` og `requested_by` hører sammen", stage.id);
            let en = format!("stage `{}`: `on: requested` and `requested_by` go together", stage.id);
            self.refuse(line, Said::both(da, en));
        }
        for role in &stage.requested_by {
            self.role(role, line);
        }
    }

    fn role(&mut self, role: &str, line: usize) {
        if !self.roles.contains(role) {
            let hint = self.context.refusals.nearest(role, self.roles.iter().copied());
            self.refuse(line, Said::unknown(Noun::Role, role, &hint));
        }
    }

    fn recipient(&mut self, doc: &Spanned<RecipientDoc>, cite: &str) -> Recipient {
        let role = &doc.value.role;
        self.role(role, line_of(doc));
        Recipient {
            role: role.clone(),
            when: optional(doc.value.when.as_ref(), cite, &mut self.context),
            unless: optional(doc.value.unless.as_ref(), cite, &mut self.context),
        }
    }

    fn instant(&mut self, fact: &str, line: usize) {
        match self.context.vocabulary.facts.get(fact) {
            Some((FactType::Instant, _)) => {}
            Some(_) => {
                let da = format!("`{fact}` er intet tidspunkt, så ingen frist begynder der");
                self.refuse(line, Said::both(da, format!("`{fact}` is no instant, so it starts no clock")));
            }
            None => {
                let hint = self
                    .context
                    .refusals
                    .nearest(fact, self.context.vocabulary.facts.keys().map(String::as_str));
                self.refuse(line, Said::unknown(Noun::Fact, fact, &hint));
            }
        }
    }

    fn clock(&mut self, doc: &ClockDoc, line: usize, cite: &str) -> Option<Clock> {
        let start = match (&doc.from, &doc.from_filed) {
            (Some(fact), None) => {
                self.instant(&fact.value, line_of(fact));
                Start::Fact(fact.value.clone())
            }
            (None, Some(stage)) => Start::Filed { stage: stage.value.clone(), latest: doc.latest },
            _ => {
                let da = "en frist løber enten `from` en oplysning eller `from_filed` en indberetning";
                let en = "a clock runs either `from` a fact or `from_filed` a stage";
                self.refuse(line, Said::both(da, en));
                return None;
            }
        };
        if let Some(cap) = &doc.cap {
            self.instant(&cap.from.value, line_of(&cap.from));
        }
        let mut overrides = Vec::new();
        for other in &doc.overrides {
            if let Some(when) = self.context.compile(&other.when, Some(&other.cite)) {
                overrides.push(Override { when, period: other.period, cite: other.cite.clone() });
            }
        }
        Some(Clock {
            start,
            period: doc.period,
            rule: doc.rule,
            cap: doc.cap.as_ref().map(|cap| (cap.from.value.clone(), cap.period)),
            overrides,
            defer_when: optional(doc.defer_when.as_ref(), cite, &mut self.context),
        })
    }

    fn row(&mut self, doc: &RowDoc, must_know: &[String], line: usize) -> Vec<Cell> {
        let columns = [
            (Code::Required, &doc.required),
            (Code::Carried, &doc.carried),
            (Code::Optional, &doc.optional),
            (Code::IfAvailable, &doc.if_available),
        ];
        let mut cells: BTreeMap<usize, Cell> = BTreeMap::new();
        for (code, facts) in columns {
            for fact in facts {
                let (id, at) = (&fact.value, line_of(fact));
                if !self.names.fact(id, self.context.file, at, self.context.refusals) {
                    continue;
                }
                let unknown_ok = !must_know.contains(id);
                let place = self.names.order.get(id).copied().unwrap_or(usize::MAX);
                if cells.insert(place, Cell { fact: id.clone(), code, unknown_ok }).is_some() {
                    let da = format!("matricens felt for `{id}` i denne indberetning er udfyldt to gange");
                    let en = format!("the matrix cell of `{id}` at this stage is filled twice");
                    self.refuse(at, Said::both(da, en));
                }
            }
        }
        for fact in must_know {
            if doc.required.iter().all(|required| required.value != *fact) {
                let da = format!("`{fact}` skal være kendt og skal derfor også være påkrævet (X)");
                let en = format!("`{fact}` must be known, so it must be required (X), too");
                self.refuse(line, Said::both(da, en));
            }
        }
        cells.into_values().collect()
    }

    /// Refuses stages that nothing opens, that wait for each other, or that have one id.
    fn reachable(&mut self) {
        let stages: Vec<(usize, &StageDoc)> =
            self.doc.stages.iter().map(|stage| (line_of(stage), &stage.value)).collect();
        let mut ids = BTreeSet::new();
        for (line, stage) in stages.iter().filter(|(_, stage)| !ids.insert(stage.id.as_str())) {
            self.refuse(*line, Said::twice(Noun::Stage, &stage.id));
        }
        let mut reached: BTreeSet<&str> = BTreeSet::new();
        loop {
            let before = reached.len();
            for (_, stage) in &stages {
                let opens = match &stage.on {
                    OpensDoc::Filed(previous) => reached.contains(previous.as_str()),
                    OpensDoc::Start | OpensDoc::Requested | OpensDoc::Recurring | OpensDoc::Event(_) => true,
                };
                if opens {
                    reached.insert(&stage.id);
                }
            }
            if reached.len() == before {
                break;
            }
        }
        for (line, stage) in &stages {
            if !reached.contains(stage.id.as_str()) {
                let said = Said::both(
                    format!(
                        "indberetning `{}` kan ikke nås: intet, der kan indberettes, åbner den",
                        stage.id
                    ),
                    format!("stage `{}` is unreachable: nothing that can be filed opens it", stage.id),
                );
                self.refuse(*line, said);
            }
            let filed = stage.clock.as_ref().and_then(|clock| clock.from_filed.as_ref());
            for named in filed.map(|stage| &stage.value).into_iter().chain(&stage.unless_filed) {
                if !ids.contains(named.as_str()) {
                    let hint = self.context.refusals.nearest(named, ids.iter().copied());
                    self.refuse(*line, Said::unknown(Noun::Stage, named, &hint));
                }
            }
        }
    }
}

fn info(doc: &RegimeDoc) -> RegimeInfo {
    let stage = |stage: &StageDoc| StageInfo {
        id: stage.id.clone(),
        name: stage.name.clone(),
        cite: stage.cite.clone().unwrap_or_default(),
        confidence: stage.confidence,
    };
    RegimeInfo {
        id: doc.id.value.clone(),
        name: doc.name.clone(),
        law: doc.law.clone(),
        in_force_from: doc.in_force_from.clone(),
        legal_basis: doc.legal_basis.clone(),
        confidence: doc.confidence,
        filed_elsewhere: doc.filed_elsewhere,
        filed_at: doc.filed_at.as_ref().map(|place| place.value.clone()),
        notes: doc.notes.clone(),
        stages: doc.stages.iter().map(|written| stage(&written.value)).collect(),
    }
}

fn legal_basis(basis: &LegalBasis) -> String {
    match &basis.articles {
        Some(articles) => format!("{} {articles}", basis.act),
        None => basis.act.clone(),
    }
}
