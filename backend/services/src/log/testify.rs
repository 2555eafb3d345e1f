//! Showing checkpoints to witnesses, and what they answer (C2SP `tlog-witness`).

use std::sync::PoisonError;

use chrono::TimeDelta;
use varsel_domain::authz::Scope;
use varsel_log::checkpoint::Checkpoint;
use varsel_log::key::Verifier;
use varsel_log::proof::consistency;
use varsel_log::tile::Asked;
use varsel_log::witness::AddCheckpoint;
use varsel_storage::log_tree::{self, MadeCheckpoint, Testimony};

use super::clock;
use crate::{Error, Result, Services};

/// How a witness answered: the status of HTTP, and the body.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// 200 where it cosigned.
    pub status: u16,
    /// Its line, or the size it knows.
    pub body: String,
}

/// What came of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Testified {
    /// It has cosigned this size already.
    Before,
    /// It has cosigned.
    Now,
    /// It has not, and why; in words for whoever runs the server.
    Refused(String),
}

/// Shows the newest checkpoint to a witness, by `post`, and writes down what it said.
///
/// # Errors
/// Storage failed; the witness could not be reached.
pub async fn testify<F>(
    services: &Services,
    witness: &Verifier,
    post: impl Fn(String) -> F,
) -> Result<Testified>
where
    F: Future<Output = Result<Answer>>,
{
    let tx = services.store.begin_snapshot(&Scope::nothing()).await?;
    let newest = log_tree::newest(&tx).await?;
    let before = log_tree::testimonies(&tx).await?.into_iter().find(|it| it.witness == witness.name());
    tx.commit().await?;
    let Some(newest) = newest else { return Ok(Testified::Before) };
    let mut known = before.as_ref().map_or(0, |it| it.size);
    if known == newest.size && before.as_ref().is_some_and(|it| it.refusal.is_none()) {
        return Ok(Testified::Before);
    }
    let mut sent = services.clock.now();
    let mut answer = post(request(services, &newest, known).await?.to_body()).await?;
    // It may know another size, after a restore on one side: then that is where the proof begins.
    if answer.status == 409
        && let Ok(size) = answer.body.trim().parse::<u64>()
        && size <= newest.size
        && size != known
    {
        known = size;
        sent = services.clock.now();
        answer = post(request(services, &newest, size).await?.to_body()).await?;
    }
    let back = services.clock.now();
    let (told, testimony, second) = judge(services, witness, &newest, known, &answer);
    if let Some(second) = second {
        compare_clocks(services, witness.name(), clock::apart(second, (sent, back))).await?;
    }
    let tx = services.store.begin(&Scope::nothing()).await?;
    let kept = match before {
        Some(before) if told != Testified::Now => {
            Testimony { at: testimony.at, refusal: testimony.refusal, ..before }
        }
        _ => testimony,
    };
    log_tree::hear(&tx, &kept).await?;
    tx.commit().await?;
    Ok(told)
}

/// Says once that the clock is not the witness's, until they agree again.
async fn compare_clocks(services: &Services, witness: &str, off: Option<TimeDelta>) -> Result<()> {
    let known = || services.log.apart.lock().unwrap_or_else(PoisonError::into_inner);
    let Some(off) = off else {
        known().remove(witness);
        return Ok(());
    };
    if known().contains(witness) {
        return Ok(());
    }
    clock::say(services, off, Some(witness)).await?;
    known().insert(witness.to_owned());
    Ok(())
}

async fn request(services: &Services, newest: &MadeCheckpoint, old: u64) -> Result<AddCheckpoint> {
    let broken = |error: varsel_log::tile::Missing| Error::Internal(error.to_string());
    // A witness that knows more than there is gets no proof: its answer says that something is wrong.
    let old = old.min(newest.size);
    let asked = Asked::default();
    consistency(&asked, old, newest.size).map_err(broken)?;
    let tx = services.store.begin(&Scope::nothing()).await?;
    let tiles = log_tree::tiles(&tx, &asked.into_ids()).await?;
    tx.commit().await?;
    let proof = consistency(&tiles, old, newest.size).map_err(broken)?;
    Ok(AddCheckpoint { old, proof, note: newest.note.clone() })
}

/// What came of it, what is written down, and the second in which the witness signed (Unix time).
fn judge(
    services: &Services,
    witness: &Verifier,
    newest: &MadeCheckpoint,
    known: u64,
    answer: &Answer,
) -> (Testified, Testimony, Option<u64>) {
    let cosigned = format!("{}{}", newest.note, answer.body);
    let log = services.log.signer().verifier();
    let opened = Checkpoint::open(&cosigned, log, std::slice::from_ref(witness));
    let by_witness = opened.ok().and_then(|(_, all)| all.into_iter().find(|it| it.name == witness.name()));
    let by_witness = by_witness.filter(|_| answer.status == 200);
    let signed = by_witness.is_some();
    let refusal = match answer.status {
        _ if signed => None,
        200 => Some("its signature is not one of the key that the settings name".to_owned()),
        409 => Some(match answer.body.trim().parse::<u64>() {
            Ok(size) if size > newest.size => format!(
                "it has seen {size} entries, and the database has {}: the database was put back to an older state, and \
                 entries of the log are missing",
                newest.size
            ),
            _ => "it has cosigned another log of the same size: the past was changed, or two servers use one key".to_owned(),
        }),
        422 => Some("the log does not continue what it cosigned before: the past was changed".to_owned()),
        404 => Some("it does not know this log: give it the key that `varsel log key` prints".to_owned()),
        403 => Some("it knows this log by another key".to_owned()),
        status => Some(format!("it answered {status}")),
    };
    let testimony = Testimony {
        witness: witness.name().to_owned(),
        size: if signed { newest.size } else { known },
        cosignature: if signed { answer.body.clone() } else { String::new() },
        at: services.clock.now(),
        refusal: refusal.clone(),
    };
    (refusal.map_or(Testified::Now, Testified::Refused), testimony, by_witness.and_then(|it| it.at))
}
