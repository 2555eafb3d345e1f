//! What a person should look at before sending. A warning never blocks by itself.

use serde::Serialize;

use super::catalogue::Catalogue;
use super::cpr::{self, Likeness};
use super::{FactValue, Facts, script};
use crate::{Fact, FactType, Text};

/// Something in an answer that a person should look at before sending. It never blocks by itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FactWarning {
    /// Fact id.
    pub fact: String,
    /// Stable code.
    pub code: WarningCode,
    /// What was seen and what to do. Never repeats a CPR number.
    pub message: Text,
    /// Whether sending needs a confirmation.
    pub notice: Notice,
}

/// What a warning asks of the reporter.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Notice {
    /// The person must confirm before it is sent.
    Confirm,
    /// For information.
    Inform,
}

/// What was seen in an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum WarningCode {
    /// Looks like a CPR number.
    CprNumber,
    /// Looks like script or markup; it is kept as text and never run.
    LooksLikeScript,
}

/// The warnings about all free text, by fact id. Facts with a format (company numbers) are no free text.
pub(super) fn warnings(catalogue: &Catalogue<'_>, facts: &Facts) -> Vec<FactWarning> {
    let mut warnings = Vec::new();
    for (id, value) in facts.iter() {
        let free =
            catalogue.find(id).filter(|fact| fact.fact_type == FactType::Text && fact.format.is_none());
        if let (Some(fact), FactValue::Text(text)) = (free, value) {
            warnings.extend(cpr::find(text).map(|likeness| cpr_number(fact, likeness)));
            warnings.extend(script::is_in(text).then(|| looks_like_script(fact)));
        }
    }
    warnings
}

fn cpr_number(fact: &Fact, likeness: Likeness) -> FactWarning {
    let (da, en) = match likeness {
        Likeness::Strong => (
            "Teksten ser ud til at indeholde et CPR-nummer. Anmeldelsen har ikke brug for det: slet det, eller skriv XXXX \
             i stedet for de sidste fire cifre. Er det et andet nummer, så bekræft, og send.",
            "The text seems to contain a CPR number. The report does not need it: delete it, or write XXXX in place of \
             the last four digits. If it is another number, confirm, and send.",
        ),
        Likeness::Weak => (
            "Teksten indeholder et tal, der kan være et CPR-nummer. Er det et, så slet det, eller skriv XXXX i stedet \
             for de sidste fire cifre. Er det et andet nummer, så bekræft, og send.",
            "The text contains a number that may be a CPR number. If it is one, delete it, or write XXXX in place of \
             the last four digits. If it is another number, confirm, and send.",
        ),
    };
    warning(fact, WarningCode::CprNumber, Notice::Confirm, da, en)
}

fn looks_like_script(fact: &Fact) -> FactWarning {
    let da = "Teksten ligner programkode eller HTML. Den gemmes som tekst og bliver aldrig kørt.";
    let en = "The text looks like script or HTML. It is kept as text and never run.";
    warning(fact, WarningCode::LooksLikeScript, Notice::Inform, da, en)
}

fn warning(fact: &Fact, code: WarningCode, notice: Notice, da: &str, en: &str) -> FactWarning {
    let message =
        Text { da: format!("»{}«: {da}", fact.label.da), en: format!("“{}”: {en}", fact.label.en) };
    FactWarning { fact: fact.id.clone(), code, message, notice }
}
