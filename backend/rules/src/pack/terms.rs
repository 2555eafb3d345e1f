//! Terms: facts that follow from others, conditions with a name, and the vocabulary of all other conditions.

use std::collections::{BTreeMap, BTreeSet};

use super::compile::Names;
use super::doc::{ComputedDoc, MapDoc, ValueDoc};
use super::law::Computed;
use super::load::Docs;
use super::refusal::Refusals;
use super::said::{Noun, Said};
use super::{FactOption, FactType};
use crate::assess::view::OWN_FACTS;
use crate::condition::compile::{Context, Vocabulary, line_of};
use crate::{FactValue, Text};

/// Computed facts and terms, and the vocabulary of all other conditions.
pub(crate) fn terms(docs: &Docs, names: &Names, refusals: &mut Refusals) -> (Vocabulary, Vec<Computed>) {
    const FILE: &str = "terms.yaml";
    let mut vocabulary = Vocabulary::default();
    for (id, fact_type) in &names.facts {
        let options = names.options.get(id).cloned().unwrap_or_default();
        vocabulary.facts.insert(id.clone(), (*fact_type, options));
    }
    let regimes = names.regimes.iter().map(|id| FactOption {
        id: id.clone(),
        label: Text::default(),
        group: None,
        also_called: Vec::new(),
    });
    let regimes: Vec<_> = regimes.collect();
    for (id, fact_type) in OWN_FACTS {
        let options = if *fact_type == FactType::Set { regimes.clone() } else { Vec::new() };
        vocabulary.facts.insert((*id).to_owned(), (*fact_type, options));
    }
    let mut computed = Vec::new();
    for doc in &docs.terms.computed {
        let line = line_of(doc);
        let mut context = Context { vocabulary: &vocabulary, file: FILE, refusals: &mut *refusals };
        let Some(fact) = compute(&doc.value, line, docs, &mut context) else { continue };
        let options = fact.from.first().and_then(|from| names.options.get(from)).cloned().unwrap_or_default();
        if vocabulary.facts.insert(fact.id.clone(), (fact.fact_type, options)).is_some() {
            let da = format!("der er en anden oplysning `{}`", fact.id);
            refusals.at(FILE, line, Said::both(da, format!("there is another fact `{}`", fact.id)));
        }
        computed.push(fact);
    }
    for doc in &docs.terms.terms {
        let mut context = Context { vocabulary: &vocabulary, file: FILE, refusals: &mut *refusals };
        let Some(condition) = context.compile(&doc.value.condition, None) else { continue };
        if vocabulary.terms.insert(doc.value.id.clone(), condition).is_some() {
            refusals.at(FILE, line_of(doc), Said::twice(Noun::Term, &doc.value.id));
        }
    }
    (vocabulary, computed)
}

fn compute(doc: &ComputedDoc, line: usize, docs: &Docs, context: &mut Context<'_>) -> Option<Computed> {
    let (mapped_from, attribute_of) =
        (doc.map.iter().map(|map| &map.of), doc.attribute.iter().map(|of| &of.of));
    for fact in doc.from.iter().chain(mapped_from).chain(attribute_of) {
        if !context.vocabulary.facts.contains_key(fact) {
            let hint = context.refusals.nearest(fact, context.vocabulary.facts.keys().map(String::as_str));
            context.refusals.at(context.file, line, Said::unknown(Noun::Fact, fact, &hint));
            return None;
        }
    }
    if let Some(attribute) = &doc.attribute {
        let built_in = ["group", "annex"].contains(&attribute.name.as_str());
        if attribute.of != docs.pack.sector_fact.value
            || !(built_in || docs.pack.sector_attributes.contains_key(&attribute.name))
        {
            let known = docs.pack.sector_attributes.keys().map(String::as_str);
            let hint = context.refusals.nearest(&attribute.name, known);
            let (name, of) = (&attribute.name, &attribute.of);
            let said = Said::both(
                format!("`{name}` er ingen attribut ved `{of}`{}", hint.in_danish()),
                format!("`{name}` is no attribute of `{of}`{hint}"),
            );
            context.refusals.at(context.file, line, said);
        }
    }
    let cases: Vec<_> = doc
        .cases
        .iter()
        .map(|case| Some((context.compile(&case.when, None)?, value_of(&case.value))))
        .collect();
    Some(Computed {
        id: doc.id.clone(),
        label: doc.label.clone(),
        fact_type: doc.fact_type,
        from: doc.from.clone(),
        map: doc.map.as_ref().map(|map| mapped(map, line, docs, context)),
        attribute: doc.attribute.as_ref().map(|attribute| (attribute.name.clone(), attribute.of.clone())),
        cases: cases.into_iter().collect::<Option<_>>()?,
        default: doc.default.as_ref().map(value_of),
        presumed: doc.presume.as_ref().map(value_of),
    })
}

/// What each option means; an option without a meaning, or a meaning without its option, is refused.
fn mapped(
    map: &MapDoc,
    line: usize,
    docs: &Docs,
    context: &mut Context<'_>,
) -> (String, BTreeMap<String, FactValue>) {
    let written = docs.catalogue.facts.iter().map(|fact| &fact.value).find(|fact| fact.id == map.of);
    let options: BTreeSet<&str> =
        written.into_iter().flat_map(|fact| &fact.options).map(|option| option.id.as_str()).collect();
    let meant: BTreeSet<&str> = map.to.keys().map(String::as_str).collect();
    if options != meant {
        let said = Said::both(
            format!("`map` skal sige, hvad hver svarmulighed ved `{}` betyder: {options:?}", map.of),
            format!("`map` must say what each option of `{}` means: {options:?}", map.of),
        );
        context.refusals.at(context.file, line, said);
    }
    (map.of.clone(), map.to.iter().map(|(option, value)| (option.clone(), value_of(value))).collect())
}

fn value_of(doc: &ValueDoc) -> FactValue {
    match doc {
        ValueDoc::Bool(value) => FactValue::Bool(*value),
        ValueDoc::Option(option) if option == "unknown" => FactValue::Unknown,
        ValueDoc::Option(option) => FactValue::Text(option.clone()),
    }
}
