//! What a witness knows and decides.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use anyhow::Context as _;
use chrono::{DateTime, TimeDelta, Utc};
use varsel_log::checkpoint::Checkpoint;
use varsel_log::key::{Purpose, Signer, Verifier};
use varsel_log::witness::{AddCheckpoint, Refusal, cosign, judge};
use varsel_services::domain::Clock;
use varsel_services::domain::digest::sha256;

/// What is answered to a log: status and body.
pub type Reply = (u16, String);

/// A log is not heard of any more, or has told two stories.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Alarm {
    /// Which log.
    pub origin: String,
    /// What is wrong, in a sentence.
    pub sentence: String,
}

/// A witness with its key and what it has seen.
pub struct Witness {
    signer: Signer,
    logs: Vec<Verifier>,
    directory: PathBuf,
    silence: TimeDelta,
    clock: Arc<dyn Clock>,
    seen: Mutex<BTreeMap<String, Seen>>,
}

/// What is known of a log.
#[derive(Debug, Clone, Default)]
struct Seen {
    newest: Option<Checkpoint>,
    /// When it last grew; since the start, where it has not yet.
    heard_at: DateTime<Utc>,
    /// It told another story than before, and which.
    broken: Option<String>,
    /// The alarm was given.
    alarmed: bool,
}

impl Witness {
    /// A witness that keeps what it has seen in `directory`, and alarms when a log does not grow for `silence`.
    ///
    /// # Errors
    /// A key is not what it should be; the directory cannot be read.
    pub fn open(
        signer: Signer,
        logs: Vec<Verifier>,
        directory: &Path,
        silence: TimeDelta,
        clock: Arc<dyn Clock>,
    ) -> anyhow::Result<Self> {
        anyhow::ensure!(
            signer.verifier().purpose() == Purpose::Witness,
            "the key is one of a log; `varsel log new-key --witness NAME` makes one for a witness"
        );
        anyhow::ensure!(
            !logs.is_empty(),
            "no log is named: give each with --log and the key that `varsel log key` prints there"
        );
        fs::create_dir_all(directory).with_context(|| format!("{} cannot be made", directory.display()))?;
        let now = clock.now();
        let mut seen = BTreeMap::new();
        for log in &logs {
            anyhow::ensure!(log.purpose() == Purpose::Log, "{log} is not the key of a log");
            let newest = read(&file_of(directory, log.name()), log)?;
            seen.insert(log.name().to_owned(), Seen { newest, heard_at: now, ..Seen::default() });
        }
        Ok(Self { signer, logs, directory: directory.to_owned(), silence, clock, seen: Mutex::new(seen) })
    }

    /// The public key, for the settings of the logs.
    pub fn verifier(&self) -> &Verifier {
        self.signer.verifier()
    }

    /// Answers a request to cosign. What was seen is on disk before the answer is given.
    ///
    /// # Errors
    /// It could not be written: then nothing is cosigned.
    pub fn add(&self, body: &str) -> anyhow::Result<Reply> {
        let Some(request) = AddCheckpoint::from_body(body) else { return Ok((400, String::new())) };
        let log = request.origin().and_then(|origin| self.logs.iter().find(|log| log.name() == origin));
        let Some(log) = log else { return Ok((404, String::new())) };
        // Held until it is on disk, so that no two requests see the same past.
        let mut all = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
        let seen = all.entry(log.name().to_owned()).or_default();
        let now = self.clock.now();
        match judge(seen.newest.as_ref(), &request, log) {
            Ok(checkpoint) => {
                let at = u64::try_from(now.timestamp()).unwrap_or_default();
                let line = cosign(&self.signer, &request, at).context("the checkpoint cannot be read")?;
                write(&file_of(&self.directory, log.name()), &request.note)?;
                if seen.newest.as_ref().is_none_or(|newest| newest.size < checkpoint.size) {
                    (seen.heard_at, seen.alarmed) = (now, false);
                }
                seen.newest = Some(checkpoint);
                Ok((200, line))
            }
            Err(Refusal::Malformed) => Ok((400, String::new())),
            Err(Refusal::NotSigned) => Ok((403, String::new())),
            Err(Refusal::Conflict { size }) => {
                if went_back(&request, log, size) {
                    seen.broken = Some(format!("its log went back: it had {size} entries before"));
                }
                Ok((409, format!("{size}\n")))
            }
            Err(Refusal::NotContinued) => {
                seen.broken = Some("its log was changed: it does not continue what was cosigned".to_owned());
                Ok((422, String::new()))
            }
        }
    }

    /// The alarms that have not been given yet: logs that were changed, and logs that are silent.
    pub fn new_alarms(&self) -> Vec<Alarm> {
        let now = self.clock.now();
        let mut all = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
        let mut alarms = Vec::new();
        for (origin, seen) in all.iter_mut() {
            let sentence = match seen.broken.take() {
                Some(broken) => broken,
                None if !seen.alarmed && now - seen.heard_at >= self.silence => {
                    seen.alarmed = true;
                    format!(
                        "its log has not grown since {}: logging has stopped, or the server is down",
                        seen.heard_at.to_rfc3339()
                    )
                }
                None => continue,
            };
            alarms.push(Alarm { origin: origin.clone(), sentence });
        }
        alarms
    }

    /// Whether no log is silent now.
    pub fn all_is_heard(&self) -> bool {
        let now = self.clock.now();
        let all = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
        all.values().all(|seen| now - seen.heard_at < self.silence)
    }
}

/// Whether the checkpoint, signed by the log itself, has fewer entries than it once had.
fn went_back(request: &AddCheckpoint, log: &Verifier, size: u64) -> bool {
    Checkpoint::open(&request.note, log, &[]).is_ok_and(|(checkpoint, _)| checkpoint.size < size)
}

/// A name of a log may hold anything; the name of its file is a digest.
fn file_of(directory: &Path, origin: &str) -> PathBuf {
    directory.join(format!("{}.checkpoint", sha256(origin.as_bytes())))
}

fn read(path: &Path, log: &Verifier) -> anyhow::Result<Option<Checkpoint>> {
    match fs::read_to_string(path) {
        Ok(note) => {
            let opened = Checkpoint::open(&note, log, &[]);
            let why = || {
                format!(
                    "{} is not a checkpoint of {}: restore it, or give this log a new witness",
                    path.display(),
                    log.name()
                )
            };
            Ok(Some(opened.with_context(why)?.0))
        }
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error).with_context(|| format!("{} cannot be read", path.display())),
    }
}

/// Whole or not at all, and on disk.
fn write(path: &Path, note: &str) -> anyhow::Result<()> {
    let failed = || format!("{} cannot be written", path.display());
    let beside = path.with_extension("new");
    let mut file = File::create(&beside).with_context(failed)?;
    file.write_all(note.as_bytes()).and_then(|()| file.sync_all()).with_context(failed)?;
    fs::rename(&beside, path).with_context(failed)?;
    let directory = path.parent().map(File::open).transpose().with_context(failed)?;
    directory.map_or(Ok(()), |directory| directory.sync_all()).with_context(failed)
}
