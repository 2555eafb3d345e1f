//! Can these answers be taken? Everything that needs no database.

use chrono::{DateTime, Utc};
use serde_json::Value;
use varsel_domain::rules::{self, FactProblem, FactValue, Facts, Filing, Notice, Pack, ProblemCode, Text};

use crate::report::SubmitOutcome;

/// What the answers are laid on: what is known, and what was filed.
pub(crate) struct Standing<'a> {
    /// Facts of the newest revision, or of the organisation's registration for a new incident.
    pub(crate) facts: &'a Value,
    /// What was filed on the incident.
    pub(crate) filings: &'a [Filing],
    /// Whether there is an incident already.
    pub(crate) is_further: bool,
}

/// The facts as they will stand, or why they cannot be filed.
pub(crate) fn take(
    (pack, now): (&Pack, DateTime<Utc>),
    standing: &Standing<'_>,
    sent: &Value,
    warnings_seen: bool,
) -> Result<Facts, Box<SubmitOutcome>> {
    let (sent, mut problems) = Facts::parse_lenient(pack, sent);
    problems.extend(sent.problems_at(pack, now));
    problems.extend(another_identity(standing.facts, &sent));
    if !problems.is_empty() {
        return Err(Box::new(SubmitOutcome::Refused(problems)));
    }
    let warnings = sent.warnings(pack);
    if !warnings_seen && warnings.iter().any(|warning| warning.notice == Notice::Confirm) {
        return Err(Box::new(SubmitOutcome::NeedsConfirmation(warnings)));
    }
    // What a newer pack no longer knows stays in the older revision; it cannot be carried on.
    let (known, _) = Facts::parse_lenient(pack, standing.facts);
    let facts = known.updated_with(&sent);
    let mut missing = rules::missing(pack, &facts, standing.filings, now);
    if standing.is_further {
        // A correction or supplement is taken as it is: it meets the stages that it is complete for, and no others.
        missing.retain(|question| question.needed_for.is_empty());
    }
    if missing.is_empty() { Ok(facts) } else { Err(Box::new(SubmitOutcome::Incomplete(missing))) }
}

/// The fact that says which legal entity it is.
const IDENTITY: &str = "org.cvr";

/// Who reports is known from the sign-in: nobody files under another organisation's number.
fn another_identity(known: &Value, sent: &Facts) -> Option<FactProblem> {
    let registered = known.get(IDENTITY).and_then(Value::as_str)?;
    match sent.get(IDENTITY) {
        None => None,
        Some(FactValue::Text(number)) if number == registered => None,
        Some(_) => Some(FactProblem {
            fact: IDENTITY.to_owned(),
            code: ProblemCode::Contradiction,
            message: Text {
                da: format!("I er logget ind for CVR-nummer {registered}. Skriv det, eller udelad det."),
                en: format!("You are signed in for CVR number {registered}. Write that, or leave it out."),
            },
            suggestion: Some(registered.to_owned()),
        }),
    }
}
