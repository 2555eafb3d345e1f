//! Whether the log of use was kept, is whole, and is witnessed.

use chrono::{DateTime, TimeDelta, Utc};
use varsel_domain::access::UseKind;
use varsel_domain::rules::Text;
use varsel_log::checkpoint::Checkpoint;
use varsel_log::key::Verifier;
use varsel_log::proof::root;
use varsel_log::tile::right_edge;
use varsel_storage::access_log::{self, Sought};
use varsel_storage::log_tree::{self, MadeCheckpoint};
use varsel_storage::{Tx, duties};

use crate::compliance::finding::OfLog;
use crate::compliance::model::{
    Duties, Erasure, Gap, Newest, Period, Separation, Testimony, Told, UseLog, Words,
};
use crate::log::{self, Fault};
use crate::settings::in_force;
use crate::{Result, Services};

/// The server writes a sign of life every minute and seals every ten seconds: after three minutes, a witness raises the alarm.
const LONGEST_GAP: TimeDelta = TimeDelta::minutes(3);

/// A witness that has not answered for so long is silent.
const SILENT_AFTER: TimeDelta = TimeDelta::hours(1);

/// Checkpoints, and entries about the clock, that are read at once.
const ROWS: u64 = 10_000;

/// So many gaps are listed.
const LISTED: usize = 100;

/// What the log was in the period.
///
/// # Errors
/// Storage failed.
pub(super) async fn gather(
    services: &Services,
    tx: &Tx,
    period: Period,
    findings: &mut Vec<Told>,
) -> Result<UseLog> {
    let newest = log_tree::newest(tx).await?;
    let (said, problem) = if let Some(newest) = &newest {
        judge(services, tx, newest).await?
    } else {
        findings.push(OfLog::NoCheckpoint.into());
        (None, None)
    };
    let (checkpoints, mut gaps) = gaps(tx, period).await?;
    gaps.sort_by_key(|gap| std::cmp::Reverse(gap.seconds));
    let gap_count = super::count(&gaps);
    if let Some(longest) = gaps.first() {
        findings.push(OfLog::LogGaps { count: gap_count, longest_seconds: longest.seconds }.into());
    }
    gaps.truncate(LISTED);
    if let Some(problem) = problem.clone() {
        findings.push(OfLog::LogBroken { problem }.into());
    }
    let whole = log::check_in(tx, services.log.signer().verifier()).await?;
    findings.extend(whole.faults.iter().filter_map(not_whole));
    findings.extend(clock(tx, period).await?);
    let witnesses = witnesses(services, tx).await?;
    let silent = witnesses.iter().filter_map(|witness| silent(witness, services.clock.now()));
    findings.extend(silent);
    let erasures = erasures(tx, period).await?;
    let unfinished = erasures.iter().filter(|erasure| erasure.ended_at.is_none());
    findings.extend(unfinished.map(|it| Told::from(OfLog::ErasureUnfinished { began_at: it.began_at })));
    let sought = Sought { from: Some(period.from), until: Some(period.until), ..Sought::default() };
    Ok(UseLog {
        key: services.log.signer().verifier().to_string(),
        newest: said,
        checkpoints,
        entries: access_log::count(tx, &sought).await?,
        present: whole.present,
        erased_on_record: whole.erased,
        longest_gap_allowed: LONGEST_GAP.num_seconds(),
        gap_count,
        gaps,
        witnesses,
        erasures,
        problem,
        duties: duties(tx, findings).await?,
    })
}

/// What the log says of the server's clock.
async fn clock(tx: &Tx, period: Period) -> Result<Option<Told>> {
    let use_kind = Some(UseKind::ClockWrong);
    let sought = Sought { use_kind, from: Some(period.from), until: Some(period.until), ..Sought::default() };
    let said = access_log::list(tx, &sought, None, ROWS).await?;
    let seconds = said.iter().filter_map(|(_, it)| it.entry.detail.get("seconds")?.as_i64());
    let Some(most_seconds) = seconds.map(i64::abs).max() else { return Ok(None) };
    Ok(Some(OfLog::ClockWrong { count: u64::try_from(said.len()).unwrap_or(u64::MAX), most_seconds }.into()))
}

/// What is missing or was put back; what is wrong with the tree is said by [`judge`].
fn not_whole(fault: &Fault) -> Option<Told> {
    if matches!(fault, Fault::Tree(_)) {
        return None;
    }
    let Text { da, en } = fault.sentence();
    let places = fault.places().map(ToString::to_string);
    Some(OfLog::LogNotWhole { fault: fault.word().to_owned(), places, said: Words { da, en } }.into())
}

/// What the server could do to the log. With SQLite there is nothing else to do than to say so.
async fn duties(tx: &Tx, findings: &mut Vec<Told>) -> Result<Duties> {
    let (separation, role, powers) = match duties::look(tx).await? {
        duties::Duties::Embedded => (Separation::Embedded, None, Vec::new()),
        duties::Duties::Separate { role } => (Separation::Separate, Some(role), Vec::new()),
        duties::Duties::Together { role, powers } => {
            findings.push(OfLog::DutiesNotSeparate { role: role.clone() }.into());
            (Separation::Together, Some(role), powers)
        }
    };
    Ok(Duties { separation, role, powers })
}

/// What the newest checkpoint says, and what is wrong with it or with the tree that it was made of.
async fn judge(
    services: &Services,
    tx: &Tx,
    newest: &MadeCheckpoint,
) -> Result<(Option<Newest>, Option<String>)> {
    let said = match Checkpoint::open(&newest.note, services.log.signer().verifier(), &[]) {
        Ok((said, _)) => said,
        Err(error) => return Ok((None, Some(error.to_string()))),
    };
    let edge = log_tree::tiles(tx, &right_edge(said.size)).await?;
    let problem = match root(&edge, said.size) {
        _ if said.size != newest.size => Some("its size is not the one that was signed".to_owned()),
        Ok(found) if found == said.root => access_log::is_placed_beyond(tx, said.size)
            .await?
            .then(|| "an entry has a place that was never signed".to_owned()),
        Ok(_) => Some("its tree is not the one that was signed".to_owned()),
        Err(missing) => Some(missing.to_string()),
    };
    Ok((Some(Newest { size: said.size, root: said.root.to_base64(), at: newest.at }), problem))
}

/// How many checkpoints there were, and every time in which there was none for too long.
async fn gaps(tx: &Tx, period: Period) -> Result<(u64, Vec<Gap>)> {
    let (mut gaps, mut checkpoints, mut after) = (Vec::new(), 0_u64, i64::MIN);
    // Before its first checkpoint there was no log.
    let mut last = log_tree::last_before(tx, period.from).await?.map(|_| period.from);
    loop {
        let part = log_tree::moments(tx, (period.from, period.until), (after, ROWS)).await?;
        let Some((number, _)) = part.last() else { break };
        after = *number;
        for (_, at) in part {
            checkpoints = checkpoints.saturating_add(1);
            gaps.extend(last.and_then(|last| gap(last, at)));
            last = Some(at);
        }
    }
    gaps.extend(last.and_then(|last| gap(last, period.until)));
    Ok((checkpoints, gaps))
}

fn gap(from: DateTime<Utc>, until: DateTime<Utc>) -> Option<Gap> {
    (until - from > LONGEST_GAP).then(|| Gap { from, until, seconds: (until - from).num_seconds() })
}

async fn witnesses(services: &Services, tx: &Tx) -> Result<Vec<Testimony>> {
    let settings = in_force(&services.configured, tx).await?.use_log;
    let keys = settings.witnesses.iter().filter_map(|it| it.key.parse::<Verifier>().ok());
    let named: Vec<_> = keys.map(|key| key.name().to_owned()).collect();
    let mut said: Vec<_> = log_tree::testimonies(tx)
        .await?
        .into_iter()
        .map(|it| Testimony {
            configured: named.contains(&it.witness),
            name: it.witness,
            size: Some(it.size).filter(|_| !it.cosignature.is_empty()),
            at: Some(it.at),
            refusal: it.refusal,
        })
        .collect();
    for name in &named {
        if said.iter().all(|it| it.name != *name) {
            let name = name.clone();
            said.push(Testimony { name, size: None, at: None, refusal: None, configured: true });
        }
    }
    Ok(said)
}

fn silent(witness: &Testimony, now: DateTime<Utc>) -> Option<Told> {
    let heard = witness.at.is_some_and(|at| now - at <= SILENT_AFTER);
    let silent = witness.configured && (!heard || witness.refusal.is_some());
    silent.then(|| {
        let Testimony { name, at, refusal, .. } = witness.clone();
        OfLog::WitnessSilent { witness: name, at, refusal }.into()
    })
}

async fn erasures(tx: &Tx, period: Period) -> Result<Vec<Erasure>> {
    let told = |it: access_log::Erasure| Erasure {
        began_at: it.began_at,
        ended_at: it.ended_at,
        before: it.before,
        entries: it.entries,
    };
    Ok(access_log::erasures(tx, period.from, period.until).await?.into_iter().map(told).collect())
}
