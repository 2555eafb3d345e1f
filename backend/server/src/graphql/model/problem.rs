//! Answers that cannot be taken, and answers that a person should look at.
#![expect(clippy::doc_markdown, reason = "the descriptions of the schema are plain text")]

use async_graphql::SimpleObject;
use varsel_services::domain::rules;

use super::text::{Text, code};

#[derive(Debug, Clone, SimpleObject)]
pub(crate) struct FactProblem {
    fact: String,
    /// Stable, e.g. UNKNOWN_FACT, WRONG_TYPE, IN_FUTURE.
    code: String,
    message: Text,
    suggestion: Option<String>,
}

impl From<&rules::FactProblem> for FactProblem {
    fn from(problem: &rules::FactProblem) -> Self {
        Self {
            fact: problem.fact.clone(),
            code: code(&problem.code),
            message: (&problem.message).into(),
            suggestion: problem.suggestion.clone(),
        }
    }
}

#[derive(Debug, Clone, SimpleObject)]
pub(crate) struct FactWarning {
    fact: String,
    code: String,
    message: Text,
    /// Must be confirmed before it is sent.
    must_confirm: bool,
}

impl From<&rules::FactWarning> for FactWarning {
    fn from(warning: &rules::FactWarning) -> Self {
        Self {
            fact: warning.fact.clone(),
            code: code(&warning.code),
            message: (&warning.message).into(),
            must_confirm: warning.notice == rules::Notice::Confirm,
        }
    }
}
