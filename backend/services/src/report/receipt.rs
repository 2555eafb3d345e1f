//! The receipt: what was received, made from what is stored and nothing else, so that it is the same every time.

use sha2::{Digest, Sha256};
use varsel_domain::incident::{FactsRevision, Filing};
use varsel_domain::obligation::next;
use varsel_domain::rules::{Facts, Obligation};

use crate::report::duty;
use crate::view::Receipt;
use crate::{Error, Result};

/// SHA-256 of the facts in their canonical JSON form, hexadecimal.
///
/// # Errors
/// Facts that cannot be written as JSON.
pub(crate) fn sha256(facts: &Facts) -> Result<String> {
    let canonical =
        serde_json::to_vec(&facts.to_json()).map_err(|error| Error::Internal(error.to_string()))?;
    Ok(hexadecimal(&canonical))
}

/// The SHA-256 of `bytes`, hexadecimal.
pub(crate) fn hexadecimal(bytes: &[u8]) -> String {
    use std::fmt::Write as _;
    Sha256::digest(bytes).iter().fold(String::with_capacity(64), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

/// The receipt of one of an incident's `filings` and of the revision it brought.
///
/// What is due next is judged as the mails judge it: a duty that is late and not filed comes before one that is not.
pub(crate) fn of(number: &str, filing: &Filing, filings: &[Filing], revision: &FactsRevision) -> Receipt {
    let until_then = filings.iter().filter(|it| it.received_at <= filing.received_at);
    let filed: Vec<_> = until_then.flat_map(|it| it.discharged.iter().cloned()).collect();
    let obligations = &revision.assessment.obligations;
    let met = |it: &&Obligation| {
        filing.discharged.iter().any(|stage| stage.regime == it.regime && stage.stage == it.stage)
    };
    Receipt {
        number: number.to_owned(),
        received_at: filing.received_at,
        filed_by: filing.by_name.clone(),
        facts_sha256: filing.facts_sha256.clone(),
        recipients: revision.assessment.routes.clone(),
        met: obligations.iter().filter(met).cloned().collect(),
        next: next(duty::of(&revision.assessment, &filed).iter()).map(|duty| duty.obligation.clone()),
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_hash_is_the_one_that_anybody_can_compute() {
        // `printf abc | sha256sum`, also FIPS 180-2 appendix B.1.
        assert_eq!(
            super::hexadecimal(b"abc"),
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
        );
    }
}
