//! The receipt: what was received, made from what is stored and nothing else, so that it is the same every time.

pub(crate) use varsel_domain::digest::sha256 as hexadecimal;
use varsel_domain::incident::{FactsRevision, Filing};
use varsel_domain::obligation::{Duty, next};
use varsel_domain::rules::{History, Obligation};
use varsel_storage::dossier::Dossier;

use crate::report::duty;
use crate::view::Receipt;

/// The receipt of one of an incident's filings and of the revision it brought.
///
/// What is due next is judged as the mails judge it: a duty that is late and not filed comes before one that is not.
pub(crate) fn of(dossier: &Dossier, filing: &Filing, revision: &FactsRevision) -> Receipt {
    let until_then = dossier.filings.iter().filter(|it| it.received_at <= filing.received_at);
    let filed: Vec<_> = until_then.flat_map(|it| it.discharged.iter().cloned()).collect();
    let mut asked = dossier.asked();
    asked.retain(|request| request.at <= filing.received_at);
    let past = History { filings: &filed, requests: &asked };
    let obligations = &revision.assessment.obligations;
    let met = |it: &&Obligation| {
        filing.discharged.iter().any(|stage| stage.regime == it.regime && stage.stage == it.stage)
    };
    let filed_now = |it: &Obligation| Duty { obligation: it.clone(), filed_at: Some(filing.received_at) };
    Receipt {
        filing: filing.id,
        number: dossier.incident.number.clone(),
        received_at: filing.received_at,
        filed_by: filing.by_name.clone(),
        // Not stored: a digest in clear would outlive the key of the facts, for whoever can guess them.
        facts_sha256: hexadecimal(revision.facts.to_string().as_bytes()),
        recipients: revision.assessment.routes.clone(),
        met: obligations.iter().filter(met).map(filed_now).collect(),
        next: next(duty::of(&revision.assessment, past).iter()).cloned(),
    }
}
