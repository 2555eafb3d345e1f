//! Hashing passwords: Argon2id (RFC 9106), a few at a time, because each takes much memory.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};

use argon2::password_hash::phc::PasswordHash;
use argon2::{Algorithm, Argon2, Params, PasswordHasher, PasswordVerifier, Version};
use tokio::sync::Semaphore;

use crate::{Error, Result};

/// KiB of memory that one evaluation takes: 46 MiB.
const MEMORY: u32 = 46 * 1024;
/// A salt has this many bytes.
const SALT: usize = 16;
/// The most that are worked on at once, however many cores there are: 184 MiB, since a machine's cores say nothing of what memory
/// this process may have.
const MOST: usize = 4;
/// How many may wait for each that is worked on; whoever comes after them is told to try later.
const WAITING: usize = 16;

/// Hashes passwords and holds passwords to hashes.
#[derive(Debug)]
pub struct Hasher {
    params: Params,
    /// What an unknown account's password is held to: the same work as for a known one, and never right.
    nobody: String,
    working: Arc<Semaphore>,
    waiting: AtomicUsize,
    most_waiting: usize,
    evaluations: AtomicU64,
}

/// One in the queue; leaves it when dropped, also when whoever asked has gone.
struct Waiting<'a>(&'a AtomicUsize);

impl Drop for Waiting<'_> {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::AcqRel);
    }
}

impl Hasher {
    /// Of full strength, two evaluations at once for each core, and four at most.
    ///
    /// # Errors
    /// The library does not take the parameters.
    pub fn strong() -> Result<Self> {
        let cores = std::thread::available_parallelism().map_or(1, usize::from);
        Self::new(MEMORY, (2 * cores).min(MOST))
    }

    /// With `memory` in KiB and so many evaluations at once.
    ///
    /// # Errors
    /// The library does not take the parameters.
    pub fn new(memory: u32, at_once: usize) -> Result<Self> {
        let params = Params::new(memory, 1, 1, None).map_err(|error| Error::Internal(error.to_string()))?;
        let nobody = hash(&params, b"nobody has this password", &[0; SALT])?;
        Ok(Self {
            params,
            nobody,
            working: Arc::new(Semaphore::new(at_once)),
            waiting: AtomicUsize::new(0),
            most_waiting: at_once * WAITING,
            evaluations: AtomicU64::new(0),
        })
    }

    /// The hash of a password in the PHC string format; the salt is the first bytes of `secret`.
    ///
    /// # Errors
    /// [`Error::Busy`] where too many are waiting; the library failed.
    pub async fn hash(&self, password: &str, secret: [u8; 32]) -> Result<String> {
        let (params, password) = (self.params.clone(), password.to_owned());
        let salt = secret.first_chunk::<SALT>().copied().unwrap_or_default();
        self.work(move || hash(&params, password.as_bytes(), &salt)).await?
    }

    /// Whether it is the password of that hash. Where there is no hash, the same work is done, and the answer is no.
    ///
    /// # Errors
    /// [`Error::Busy`] where too many are waiting.
    pub async fn verify(&self, password: &str, phc: Option<&str>) -> Result<bool> {
        let known = phc.is_some();
        let (phc, password) = (phc.unwrap_or(&self.nobody).to_owned(), password.to_owned());
        let right = self.work(move || verify(password.as_bytes(), &phc)).await?;
        Ok(right && known)
    }

    /// Whether a hash was made with other parameters than today's.
    pub fn is_outdated(&self, phc: &str) -> bool {
        let made = PasswordHash::new(phc).ok();
        let params = made.as_ref().and_then(|made| Params::try_from(made).ok());
        !params.is_some_and(|params| {
            params.m_cost() == self.params.m_cost()
                && params.t_cost() == self.params.t_cost()
                && params.p_cost() == self.params.p_cost()
        })
    }

    /// How many evaluations there have been, for measurements.
    pub fn evaluations(&self) -> u64 {
        self.evaluations.load(Ordering::Acquire)
    }

    /// Runs one evaluation when its turn comes, beside the threads that serve requests.
    async fn work<T: Send + 'static>(&self, evaluate: impl FnOnce() -> T + Send + 'static) -> Result<T> {
        let before = self.waiting.fetch_add(1, Ordering::AcqRel);
        let waiting = Waiting(&self.waiting);
        if before >= self.most_waiting {
            return Err(Error::Busy);
        }
        let turn = Arc::clone(&self.working).acquire_owned().await;
        let turn = turn.map_err(|error| Error::Internal(error.to_string()))?;
        drop(waiting);
        self.evaluations.fetch_add(1, Ordering::AcqRel);
        // The turn goes along: a request that breaks off must not make room while its evaluation still runs.
        let evaluation = tokio::task::spawn_blocking(move || {
            let outcome = evaluate();
            drop(turn);
            outcome
        });
        evaluation.await.map_err(|error| Error::Internal(error.to_string()))
    }
}

fn hash(params: &Params, password: &[u8], salt: &[u8]) -> Result<String> {
    let argon2 = Argon2::new(Algorithm::Argon2id, Version::V0x13, params.clone());
    let hashed = argon2.hash_password_with_salt(password, salt);
    hashed.map(|hash| hash.to_string()).map_err(|error| Error::Internal(error.to_string()))
}

/// With the parameters that stand in the hash.
fn verify(password: &[u8], phc: &str) -> bool {
    PasswordHash::new(phc).is_ok_and(|hash| Argon2::default().verify_password(password, &hash).is_ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_hash_is_argon2id_of_the_strength_that_is_written_down() {
        let hasher = Hasher::strong().unwrap();
        let phc = hasher.hash("korrekt hest batteri", [7; 32]).await.unwrap();
        assert!(phc.starts_with("$argon2id$v=19$m=47104,t=1,p=1$"), "{phc}");
        assert!(hasher.verify("korrekt hest batteri", Some(&phc)).await.unwrap());
        assert!(!hasher.verify("korrekt hest batterj", Some(&phc)).await.unwrap());
        assert!(!hasher.verify("nobody has this password", None).await.unwrap());
        assert!(!hasher.is_outdated(&phc));
        assert_eq!(hasher.evaluations(), 4);
        let weaker = Hasher::new(8, 1).unwrap().hash("korrekt hest batteri", [7; 32]).await.unwrap();
        assert!(
            hasher.is_outdated(&weaker)
                && hasher.verify("korrekt hest batteri", Some(&weaker)).await.unwrap()
        );
    }

    #[tokio::test]
    async fn too_many_at_once_are_told_so_and_the_queue_empties_again() {
        let hasher = Arc::new(Hasher::new(8, 1).unwrap());
        let held = Arc::clone(&hasher.working).acquire_owned().await.unwrap();
        let ask = || {
            let hasher = Arc::clone(&hasher);
            tokio::spawn(async move { hasher.verify("whatever is tried", None).await })
        };
        let queue: Vec<_> = (0..WAITING).map(|_| ask()).collect();
        while hasher.waiting.load(Ordering::Acquire) < WAITING {
            tokio::task::yield_now().await;
        }
        assert!(matches!(hasher.verify("one too many", None).await, Err(Error::Busy)));
        // Whoever gives up makes room for another.
        let gone = ask();
        assert!(matches!(gone.await.unwrap(), Err(Error::Busy)));
        assert_eq!(hasher.evaluations(), 0);
        drop(held);
        for waiting in queue {
            assert!(!waiting.await.unwrap().unwrap());
        }
        assert!(!hasher.verify("there is room again", None).await.unwrap());
        assert_eq!(hasher.waiting.load(Ordering::Acquire), 0);
    }
}
