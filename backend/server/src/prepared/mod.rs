//! A report prepared for filing elsewhere, as a file: JSON for programs, plain text for people.

mod text;

use schemars::JsonSchema;
use serde::Serialize;
use serde_json::Value;
use varsel_services::domain::rules;
use varsel_services::report::{Prepared, PreparedField};

pub(crate) use text::{Language, to_text};

/// The form of the file, and the version of that form.
const FORMAT: &str = "varsel-prepared-report/1";

/// A report that the law has filed elsewhere, prepared from what is known.
#[derive(Serialize, JsonSchema)]
#[schemars(title = "Report prepared by Varsel for filing elsewhere")]
pub(crate) struct PreparedReport {
    /// The form of this file and its version: "varsel-prepared-report/1".
    format: &'static str,
    /// Number of the incident, e.g. V-2026-00042.
    incident: String,
    /// Who reports.
    organisation: Organisation,
    /// The version of the rules under which the incident was assessed.
    pack: Pack,
    /// The body of law.
    regime: Regime,
    /// The report, e.g. the early warning.
    stage: Stage,
    /// Where it is to be filed; null where there is no single place.
    file_at: Option<Place>,
    /// The duty is not yet certain.
    provisional: bool,
    /// The plain reading of the period's end, RFC 3339; null where it has not started or the law sets none.
    target: Option<String>,
    /// The legal end of the period, RFC 3339; null as `target` is.
    due: Option<String>,
    /// When this file was made, RFC 3339.
    prepared_at: String,
    /// The facts of the report, in the order in which they are best read.
    fields: Vec<Field>,
}

/// Words in Danish and English.
#[derive(Serialize, JsonSchema)]
struct Words {
    da: String,
    en: String,
}

#[derive(Serialize, JsonSchema)]
struct Organisation {
    name: String,
    /// Danish business register number.
    cvr: Option<String>,
}

#[derive(Serialize, JsonSchema)]
struct Pack {
    id: String,
    version: String,
}

#[derive(Serialize, JsonSchema)]
struct Regime {
    /// Id in the pack, e.g. `cra_incident`.
    id: String,
    name: Words,
    legal_basis: Vec<Basis>,
}

#[derive(Serialize, JsonSchema)]
struct Basis {
    act: String,
    articles: Option<String>,
    url: Option<String>,
}

#[derive(Serialize, JsonSchema)]
struct Stage {
    /// Id in the pack, e.g. `early_warning`.
    id: String,
    name: Words,
    /// Where in the law it stands.
    cite: String,
}

#[derive(Serialize, JsonSchema)]
struct Place {
    id: String,
    name: Words,
    url: Option<String>,
}

#[derive(Serialize, JsonSchema)]
struct Field {
    /// Fact id; its type is in the JSON Schema of the facts.
    fact: String,
    label: Words,
    need: FieldNeed,
    state: State,
    /// The answer in the form that the JSON Schema of the facts has; null unless it was answered.
    value: Option<Value>,
    /// The answer in words; null where it is missing.
    display: Option<Words>,
}

/// What the law says of a fact in this report.
#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
enum FieldNeed {
    /// Must be there.
    Required,
    /// Was given in an earlier report and may be corrected.
    Carried,
    /// May be given early.
    Optional,
    /// Must be there if it is available.
    IfAvailable,
}

/// What is known of a fact.
#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
enum State {
    /// It was answered.
    Answered,
    /// The reporter said that it is not known yet.
    NotKnown,
    /// It was not answered.
    Missing,
}

/// The JSON Schema of the file.
pub(crate) fn schema() -> Value {
    let settings = schemars::generate::SchemaSettings::draft2020_12().for_serialize();
    settings.into_generator().into_root_schema_for::<PreparedReport>().to_value()
}

impl From<&Prepared> for PreparedReport {
    fn from(prepared: &Prepared) -> Self {
        let act = |basis: &rules::LegalBasis| {
            let rules::LegalBasis { act, articles, url } = basis.clone();
            Basis { act, articles, url }
        };
        let Prepared { regime, stage, obligation, .. } = prepared;
        Self {
            format: FORMAT,
            incident: prepared.number.clone(),
            organisation: Organisation {
                name: prepared.organisation.name.clone(),
                cvr: prepared.organisation.cvr.clone(),
            },
            pack: Pack { id: prepared.pack.id().to_owned(), version: prepared.pack_version.clone() },
            regime: Regime {
                id: regime.id.clone(),
                name: (&regime.name).into(),
                legal_basis: regime.legal_basis.iter().map(act).collect(),
            },
            stage: Stage { id: stage.id.clone(), name: (&stage.name).into(), cite: stage.cite.clone() },
            file_at: prepared.place.as_ref().map(|unit| Place {
                id: unit.id.clone(),
                name: (&unit.name).into(),
                url: unit.url.clone(),
            }),
            provisional: obligation.provisional,
            target: obligation.target.map(|at| at.to_rfc3339()),
            due: obligation.due.map(|at| at.to_rfc3339()),
            prepared_at: prepared.at.to_rfc3339(),
            fields: prepared.fields.iter().map(Field::from).collect(),
        }
    }
}

impl From<&PreparedField> for Field {
    fn from(field: &PreparedField) -> Self {
        let answer = field.answer.as_ref();
        Self {
            fact: field.fact.id.clone(),
            label: (&field.fact.label).into(),
            need: match field.code {
                rules::FieldCode::Required => FieldNeed::Required,
                rules::FieldCode::Carried => FieldNeed::Carried,
                rules::FieldCode::Optional => FieldNeed::Optional,
                rules::FieldCode::IfAvailable => FieldNeed::IfAvailable,
            },
            state: match answer {
                None => State::Missing,
                Some(answer) if answer.value.is_none() => State::NotKnown,
                Some(_) => State::Answered,
            },
            value: answer.and_then(|answer| answer.value.clone()),
            display: answer.map(|answer| (&answer.display).into()),
        }
    }
}

impl From<&rules::Text> for Words {
    fn from(text: &rules::Text) -> Self {
        Self { da: text.da.clone(), en: text.en.clone() }
    }
}
