//! Advice made for one incident: a playbook's steps with the desks to call and the clocks that run.
//!
//! The texts of steps are Handlebars templates. [`template`] admits only those that leave no hole whatever is known, and
//! [`context`] gives them only text that Markdown takes as plain words, so that rendering neither fails nor injects.

mod context;
mod hole;
mod markdown;
mod moment;
mod resolve;
pub(crate) mod template;
#[cfg(test)]
mod tests;

pub use moment::{moment, month_name};
pub use resolve::check_guidance;

use std::collections::BTreeMap;

use handlebars::{Context, Handlebars, RenderError, Template};

use crate::pack::refusal::Refusals;
use crate::pack::said::Said;
use crate::{Assessment, Guidance, GuidanceRef, Obligation, ObligationStatus, Pack, Part, Text};

/// What is known of an incident, to be merged into its steps. The default is nothing: then they read as for any incident.
///
/// Whoever makes one for a person puts in only what that person may see.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Situation {
    /// Units that have a case, each with its part.
    pub units: Vec<(String, Part)>,
    /// Duties whose clock runs: opened, and not filed.
    pub open: Vec<Obligation>,
    /// Ids of the affected subsectors.
    pub sectors: Vec<String>,
}

impl Situation {
    /// What an assessment of facts that are not filed tells. `sectors`: ids of the affected subsectors.
    pub fn of(assessment: &Assessment, sectors: Vec<String>) -> Self {
        let units = assessment.routes.iter().map(|route| (route.unit.clone(), route.part)).collect();
        let runs =
            |duty: &&Obligation| matches!(duty.status, ObligationStatus::Open | ObligationStatus::Late);
        let open = assessment.obligations.iter().filter(runs).cloned().collect();
        Self { units, open, sectors }
    }
}

/// The playbooks issued, as the pack has them, with what is known merged into their steps; those that the pack does not
/// have are left out.
pub fn render(pack: &Pack, issued: &[GuidanceRef], situation: &Situation) -> Vec<Guidance> {
    let contexts = context::both(pack, situation);
    let playbooks = issued.iter().filter_map(|issued| pack.guidance(&issued.playbook));
    // A template that could fail is refused when the pack is loaded; should one fail yet, the step reads as for any
    // incident: advice is never lost.
    playbooks.map(|playbook| merged(pack, playbook, &contexts, &mut Refusals::default())).collect()
}

/// Puts the general reading of each step, for an incident of which nothing is known, in the place of its template.
pub(crate) fn general(pack: &mut Pack, refusals: &mut Refusals) {
    let contexts = context::both(pack, &Situation::default());
    let playbooks = pack.playbooks().iter();
    pack.guidance = playbooks.map(|playbook| merged(pack, playbook, &contexts, refusals)).collect();
}

/// The playbook with its templates rendered. A step that cannot be keeps its text.
fn merged(pack: &Pack, playbook: &Guidance, contexts: &[Context; 2], refusals: &mut Refusals) -> Guidance {
    let mut playbook = playbook.clone();
    for step in playbook.steps.iter_mut().filter(|step| step.template.is_some()) {
        let [danish, english] = contexts;
        let da = pack.templates.reading((&playbook.playbook, &step.id, "da"), danish, refusals);
        let en = pack.templates.reading((&playbook.playbook, &step.id, "en"), english, refusals);
        if let (Some(da), Some(en)) = (da, en) {
            step.text = Text { da, en };
        }
    }
    playbook
}

/// Compiled steps of a pack, each with its file and line.
#[derive(Debug)]
pub(crate) struct Templates {
    registry: Handlebars<'static>,
    places: BTreeMap<String, (String, usize)>,
}

impl Default for Templates {
    fn default() -> Self {
        let mut registry = Handlebars::new();
        registry.set_strict_mode(true);
        // The values are escaped for Markdown where they are made.
        registry.register_escape_fn(handlebars::no_escape);
        Self { registry, places: BTreeMap::new() }
    }
}

impl Templates {
    /// Adds the text of a step (playbook, step, language) that stands at a line of a file.
    pub(crate) fn add(&mut self, step: (&str, &str, &str), template: Template, place: (String, usize)) {
        let name = name(step);
        self.registry.register_template(&name, template);
        self.places.insert(name, place);
    }

    /// How a step (playbook, step, language) reads; a hole in it is refused. None where it cannot be rendered: that is
    /// refused, too, unless it was when it was compiled.
    fn reading(
        &self,
        step: (&str, &str, &str),
        context: &Context,
        refusals: &mut Refusals,
    ) -> Option<String> {
        let name = name(step);
        let (file, line) = self.places.get(&name)?;
        let text = self.registry.render_with_context(&name, context).map(|text| text.trim().to_owned());
        let found = match &text {
            Ok(text) => hole::hole(text).map(|hole| hole.said(text)),
            Err(error) => Some(unrendered(error)),
        };
        if let Some(found) = found {
            refusals.at(file, *line, reads_badly(step.1, &found));
        }
        text.ok()
    }
}

/// A template that compiled, and cannot be rendered yet: only the library can say why.
fn unrendered(error: &RenderError) -> Said {
    let own = error.reason();
    Said::both(format!("skabelonen siger på engelsk \"{own}\""), format!("the template says \"{own}\""))
}

fn reads_badly(step: &str, found: &Said) -> Said {
    Said::both(
        format!(
            "trin `{step}` læses ikke altid godt: {}; skriv en `{{{{else}}}}` for det, der ikke er kendt",
            found.da
        ),
        format!(
            "step `{step}` does not always read well: {}; write an `{{{{else}}}}` for what is not known",
            found.en
        ),
    )
}

fn name((playbook, step, language): (&str, &str, &str)) -> String {
    format!("{playbook}/{step}.{language}")
}
