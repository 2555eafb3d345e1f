//! Refuses a pack that has more of anything than the engine is made for, before anything is worked out with it.

use std::collections::BTreeMap;

use super::doc::{RegimeDoc, Written};
use super::limits::{
    MOST_FACTS, MOST_LEVELS, MOST_OPTIONS, MOST_PARTS, MOST_REGIMES, MOST_STAGES, MOST_TERMS, MOST_TESTS,
    MOST_TESTS_OF_ALL, MOST_UNITS,
};
use super::load::Docs;
use super::refusal::Refusals;
use super::said::Said;
use crate::condition::compile::line_of;
use crate::condition::doc::ConditionDoc;

/// Whether everything is within the limits; what is not is refused.
pub(crate) fn bounded(docs: &Docs, refusals: &mut Refusals) -> bool {
    let before = refusals.len();
    lists(docs, refusals);
    for (file, regime) in &docs.regimes {
        refusals.at_most(
            file,
            line_of(&regime.id),
            (regime.stages.len(), MOST_STAGES, ("indberetninger", "stages")),
        );
        for stage in &regime.stages {
            let overrides = stage.value.clock.as_ref().map_or(0, |clock| clock.overrides.len());
            refusals.at_most(file, line_of(stage), (overrides, MOST_PARTS, ("afvigelser", "overrides")));
            let recipients = stage.value.recipients.len();
            refusals.at_most(file, line_of(stage), (recipients, MOST_PARTS, ("modtagere", "recipients")));
        }
    }
    conditions(docs, refusals);
    refusals.len() == before
}

fn lists(docs: &Docs, refusals: &mut Refusals) {
    let facts = docs.catalogue.facts.iter().map(|fact| 1 + fact.value.aliases.len()).sum();
    let subsectors = docs.sectors.sectors.iter().map(|sector| sector.subsectors.len()).sum();
    for list in [
        ("pack.yaml", docs.pack.regimes.len(), MOST_REGIMES, ("regelsæt", "regimes")),
        (
            "pack.yaml",
            docs.pack.sector_attributes.len(),
            MOST_PARTS,
            ("sektorattributter", "sector attributes"),
        ),
        ("catalogue.yaml", facts, MOST_FACTS, ("oplysninger og aliasser", "facts and aliases")),
        ("catalogue.yaml", docs.catalogue.groups.len(), MOST_PARTS, ("grupper", "groups")),
        ("sectors.yaml", subsectors, MOST_OPTIONS, ("delsektorer", "subsectors")),
        ("taxonomy.yaml", docs.taxonomy.kinds.len(), MOST_OPTIONS, ("slags hændelser", "kinds")),
        ("units.yaml", docs.units.units.len(), MOST_UNITS, ("enheder", "units")),
        ("routing.yaml", docs.routing.roles.len(), MOST_UNITS, ("roller", "roles")),
        ("routing.yaml", docs.routing.also.len(), MOST_UNITS, ("regler i `also`", "rules of `also`")),
        ("severity.yaml", docs.severity.rules.len(), MOST_TERMS, ("regler", "rules")),
        ("projection.yaml", docs.projection.blocks.len(), MOST_PARTS, ("blokke", "blocks")),
        ("terms.yaml", docs.terms.computed.len(), MOST_TERMS, ("beregnede oplysninger", "computed facts")),
        ("terms.yaml", docs.terms.terms.len(), MOST_TERMS, ("begreber", "terms")),
    ] {
        let (file, count, most, what) = list;
        refusals.at_most(file, 0, (count, most, what));
    }
    for fact in &docs.catalogue.facts {
        let options = fact.value.options.len();
        refusals.at_most(
            "catalogue.yaml",
            line_of(fact),
            (options, MOST_OPTIONS, ("svarmuligheder", "options")),
        );
    }
}

/// Every condition with its terms written out: alone, and all together.
fn conditions(docs: &Docs, refusals: &mut Refusals) {
    let mut terms: BTreeMap<&str, Size> = BTreeMap::new();
    let mut all = 0_usize;
    let cases = docs.terms.computed.iter().flat_map(|computed| &computed.value.cases);
    for case in cases {
        all = all.saturating_add(measured("terms.yaml", &case.when, &terms, refusals).tests);
    }
    for term in &docs.terms.terms {
        let size = measured("terms.yaml", &term.value.condition, &terms, refusals);
        all = all.saturating_add(size.tests);
        terms.insert(&term.value.id, size);
    }
    for (file, written) in others(docs) {
        all = all.saturating_add(measured(file, written, &terms, refusals).tests);
        if all > MOST_TESTS_OF_ALL {
            let said = Said::both(
                format!(
                    "med denne betingelse har pakken mere end {MOST_TESTS_OF_ALL} prøver af oplysninger, med begreberne \
                     skrevet ud: saml betingelser, eller udelad nogle"
                ),
                format!(
                    "with this condition the pack has more than {MOST_TESTS_OF_ALL} tests of facts, its terms written out: \
                     merge conditions, or leave some out"
                ),
            );
            return refusals.at(file, line_of(written), said);
        }
    }
}

/// The conditions that may use terms.
fn others(docs: &Docs) -> impl Iterator<Item = (&str, &Written)> {
    let regimes = docs
        .regimes
        .iter()
        .flat_map(|(file, doc)| of_regime(doc).into_iter().map(move |written| (file.as_str(), written)));
    let severity = docs.severity.rules.iter().map(|rule| ("severity.yaml", &rule.value.when));
    let lead = &docs.routing.lead;
    let also = docs.routing.also.iter().map(|rule| &rule.value.when);
    let routing = also.chain([&lead.concerns_sector_units, &lead.concerns_centre]);
    regimes.chain(severity).chain(routing.map(|written| ("routing.yaml", written)))
}

fn of_regime(doc: &RegimeDoc) -> Vec<&Written> {
    let mut written = vec![&doc.applies, &doc.triggered];
    written.extend(&doc.tell_when);
    for stage in doc.stages.iter().map(|stage| &stage.value) {
        written.extend(stage.when.iter().chain(&stage.certain));
        for recipient in &stage.recipients {
            written.extend(recipient.value.when.iter().chain(&recipient.value.unless));
        }
        if let Some(clock) = &stage.clock {
            written.extend(&clock.defer_when);
            written.extend(clock.overrides.iter().map(|other| &other.when));
        }
    }
    written
}

/// How large a condition is with its terms written out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Size {
    tests: usize,
    levels: usize,
}

fn measured(file: &str, written: &Written, terms: &BTreeMap<&str, Size>, refusals: &mut Refusals) -> Size {
    let size = measure(file, written, terms, refusals);
    let line = line_of(written);
    refusals.at_most(
        file,
        line,
        (
            size.tests,
            MOST_TESTS,
            (
                "prøver i én betingelse, med begreberne skrevet ud",
                "tests in one condition, its terms written out",
            ),
        ),
    );
    refusals.at_most(
        file,
        line,
        (size.levels, MOST_LEVELS, ("betingelser inden i hinanden", "conditions within each other")),
    );
    size
}

fn measure(file: &str, written: &Written, terms: &BTreeMap<&str, Size>, refusals: &mut Refusals) -> Size {
    let node: &ConditionDoc = &written.value;
    let operands = [&node.one_of, &node.includes_any].into_iter().flatten().map(Vec::len).max().unwrap_or(0);
    refusals.at_most(
        file,
        line_of(written),
        (operands, MOST_PARTS, ("svarmuligheder i én prøve", "options in one test")),
    );
    let named = node.term.as_ref().and_then(|term| terms.get(term.as_str()).copied());
    let mut size = named.unwrap_or(Size { tests: 1, levels: 1 });
    let mut inner = Size { tests: 0, levels: 0 };
    let groups = [&node.all, &node.any, &node.of];
    for parts in groups.into_iter().flatten() {
        refusals.at_most(
            file,
            line_of(written),
            (parts.len(), MOST_PARTS, ("dele af én betingelse", "parts of one condition")),
        );
    }
    for part in groups.into_iter().flatten().flatten().chain(node.not.as_deref()) {
        let of = measure(file, part, terms, refusals);
        inner.tests = inner.tests.saturating_add(of.tests);
        inner.levels = inner.levels.max(of.levels);
    }
    if inner.levels > 0 {
        size = Size { tests: inner.tests.max(1), levels: inner.levels.saturating_add(1) };
    }
    size
}
