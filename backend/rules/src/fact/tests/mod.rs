//! A small catalogue of every type of fact, and what is read with it.

mod number;
mod of_pack;
mod present;
mod property;
mod reading;
mod schema;
mod text;
mod warning;

use serde_json::Value;

use super::catalogue::Catalogue;
use super::{
    FactFormat, FactProblem, FactValue, FactWarning, Facts, ProblemCode, parse, warning as warnings,
};
use crate::pack::AskedFrom;
use crate::{Fact, FactOption, FactType, Sensitivity, Text};

pub(super) fn text(en: &str) -> Text {
    Text { da: format!("{en} (da)"), en: en.to_owned() }
}

fn fact(id: &str, fact_type: FactType) -> Fact {
    Fact {
        id: id.to_owned(),
        fact_type,
        group: "group".to_owned(),
        group_label: text("Group"),
        label: text(id),
        help: None,
        options: Vec::new(),
        sensitivity: Sensitivity::Plain,
        aliases: Vec::new(),
        format: None,
        min: None,
        max: None,
        multiline: false,
        asked_from: AskedFrom::First,
    }
}

fn with_options(fact: Fact, ids: &[&str]) -> Fact {
    let option = |id: &&str| FactOption {
        id: (*id).to_owned(),
        label: text(id),
        group: None,
        also_called: Vec::new(),
    };
    Fact { options: ids.iter().map(option).collect(), ..fact }
}

/// One fact of every type, with the ids of the Danish catalogue.
fn facts() -> Vec<Fact> {
    let aware = fact("incident.aware_at", FactType::Instant);
    let level = fact("org.energy_level", FactType::Integer);
    vec![
        Fact { aliases: vec!["detected_at".to_owned()], help: Some(text("When you knew.")), ..aware },
        fact("incident.cross_border", FactType::Bool),
        with_options(fact("org.nis2_class", FactType::Enum), &["essential", "important", "none"]),
        with_options(fact("service.kinds", FactType::Set), &["dns", "tld", "cloud", "data_centre"]),
        fact("incident.member_states", FactType::Countries),
        fact("impact.users_affected", FactType::Integer),
        Fact { min: Some(1), max: Some(5), ..level },
        fact("impact.response_time_s", FactType::Decimal),
        fact("impact.financial_loss_eur", FactType::MoneyEur),
        fact("impact.unavailable_minutes", FactType::Minutes),
        fact("impact.users_affected_pct", FactType::Percent),
        fact("description", FactType::Text),
        Fact { format: Some(FactFormat::Cvr), ..fact("org.cvr", FactType::Text) },
        Fact { format: Some(FactFormat::Lei), ..fact("entity_lei", FactType::Text) },
    ]
}

fn lenient(json: &Value) -> (Facts, Vec<FactProblem>) {
    parse::parse(&Catalogue::new(&facts()), json)
}

/// The facts, which must be without problems.
fn read(json: &Value) -> Facts {
    let (facts, problems) = lenient(json);
    assert_eq!(problems, []);
    facts
}

/// The only answer, which must be without problems.
fn answer(id: &str, value: &Value) -> FactValue {
    read(&serde_json::json!({ id: value })).get(id).cloned().unwrap()
}

/// The only problem with an answer, which must not be kept.
fn refused(id: &str, value: &Value) -> FactProblem {
    let (facts, problems) = lenient(&serde_json::json!({ id: value }));
    assert_eq!(facts, Facts::default());
    assert_eq!(problems.len(), 1, "{problems:?}");
    let problem = problems[0].clone();
    assert_eq!(problem.fact, id);
    assert!(!problem.message.da.is_empty() && problem.message.da != problem.message.en);
    problem
}

fn code(id: &str, value: &Value) -> ProblemCode {
    refused(id, value).code
}

/// The warnings about one description.
fn warned(description: &str) -> Vec<FactWarning> {
    warnings::warnings(&Catalogue::new(&facts()), &read(&serde_json::json!({ "description": description })))
}
