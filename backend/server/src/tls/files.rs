//! The files of a certificate and its key, and what is wrong with them.

use std::fs::File;
use std::io::Read;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use chrono::{DateTime, Utc};
use rustls::client::verify_server_name;
use rustls::crypto::ring;
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer, ServerName};
use rustls::server::ParsedCertificate;
use rustls::sign::CertifiedKey;
use sha2::{Digest, Sha256};
use x509_parser::prelude::{FromDer, X509Certificate};

/// A certificate with its chain and key takes some kilobytes; whatever is longer than this is another file.
const LONGEST: u64 = 1 << 20;

/// Where the certificate and its key are, and for whom they must be.
#[derive(Debug, Clone)]
pub struct Files {
    /// The certificate and those between it and the root, in PEM.
    pub certificate: PathBuf,
    /// Its key, in PEM.
    pub key: PathBuf,
    /// The name under which people reach the server.
    pub host: String,
}

/// Why a certificate or its key cannot be used, and the way out.
#[derive(Debug, thiserror::Error)]
#[error("{problem}")]
pub struct Unusable {
    /// The setting that names the file: `certificate` or `key` of `tls`.
    pub setting: &'static str,
    problem: String,
}

/// What the files hold.
pub(super) struct Pair {
    pub(super) key: Arc<CertifiedKey>,
    /// The instants between which clients accept the certificate.
    pub(super) valid: (DateTime<Utc>, DateTime<Utc>),
}

impl Files {
    /// Whether the files can be used; for settings that are checked before a server starts.
    ///
    /// # Errors
    /// What is wrong with which of them.
    pub fn check(&self) -> Result<(), Unusable> {
        self.read().1.map(|_| ())
    }

    /// A digest of what the files hold now, and the certificate with its key.
    pub(super) fn read(&self) -> ([u8; 32], Result<Pair, Unusable>) {
        let certificate =
            read(&self.certificate).map_err(|problem| of_certificate(&self.certificate, &problem));
        let key = read_secret(&self.key).map_err(|problem| of_key(&self.key, &problem));
        let mut digest = Sha256::new();
        for part in [&certificate, &key] {
            match part {
                Ok(bytes) => digest.update(Sha256::digest(bytes)),
                Err(unusable) => digest.update(Sha256::digest(unusable.to_string())),
            }
        }
        let pair = certificate.and_then(|certificate| self.pair(&certificate, &key?));
        (digest.finalize().into(), pair)
    }

    fn pair(&self, certificate: &[u8], key: &[u8]) -> Result<Pair, Unusable> {
        let of_certificate = |problem: &str| of_certificate(&self.certificate, problem);
        let chain: Vec<_> = CertificateDer::pem_slice_iter(certificate)
            .collect::<Result<_, _>>()
            .map_err(|error| of_certificate(&format!("is not PEM ({error})")))?;
        let first = chain.first().ok_or_else(|| {
            of_certificate(
                "holds no certificate; it must have a part that begins with -----BEGIN CERTIFICATE-----",
            )
        })?;
        self.is_for_the_host(first)?;
        let valid =
            validity(first).ok_or_else(|| of_certificate("holds a certificate that cannot be read"))?;
        let key = PrivateKeyDer::from_pem_slice(key).map_err(|_no_words_about_a_key| {
            let problem = "holds no key that can be read; it must have a part that begins with \
                -----BEGIN PRIVATE KEY-----, and no password";
            of_key(&self.key, problem)
        })?;
        let provider = ring::default_provider();
        let signing = provider.key_provider.load_private_key(key).map_err(|_no_words_about_a_key| {
            of_key(
                &self.key,
                "must be an RSA key of 2048 bits or more, an ECDSA key (P-256, P-384) or Ed25519",
            )
        })?;
        let pair = CertifiedKey::new(chain, signing);
        pair.keys_match().map_err(|_other_key| {
            let problem = format!(
                "is not the key of {}; name the two that were made together",
                self.certificate.display()
            );
            of_key(&self.key, &problem)
        })?;
        Ok(Pair { key: Arc::new(pair), valid })
    }

    /// A certificate that clients do not accept now.
    pub(super) fn outside(
        &self,
        (from, until): (DateTime<Utc>, DateTime<Utc>),
        now: DateTime<Utc>,
    ) -> Unusable {
        let problem =
            if now < from { format!("is valid from {from} only") } else { format!("ended on {until}") };
        of_certificate(&self.certificate, &problem)
    }

    fn is_for_the_host(&self, certificate: &CertificateDer<'_>) -> Result<(), Unusable> {
        let unusable = |problem: String| of_certificate(&self.certificate, &problem);
        let parsed = ParsedCertificate::try_from(certificate)
            .map_err(|error| unusable(format!("holds a certificate that cannot be read ({error})")))?;
        // An address in brackets is IPv6.
        let host = self.host.trim_start_matches('[').trim_end_matches(']');
        let name = ServerName::try_from(host)
            .map_err(|error| unusable(format!("cannot be for {host} ({error})")))?;
        verify_server_name(&parsed, &name).map_err(|_other_name| {
            unusable(format!(
                "is not for {host}, the name in http.public_url; get a certificate that has it among its alternative names"
            ))
        })
    }
}

fn of_certificate(path: &Path, problem: &str) -> Unusable {
    Unusable { setting: "certificate", problem: format!("{} {problem}", path.display()) }
}

fn of_key(path: &Path, problem: &str) -> Unusable {
    Unusable { setting: "key", problem: format!("{} {problem}", path.display()) }
}

fn read(path: &Path) -> Result<Vec<u8>, String> {
    let file = File::open(path).map_err(|error| format!("cannot be read: {error}"))?;
    bounded(file)
}

/// The same of a file that must not be for everybody on this machine.
fn read_secret(path: &Path) -> Result<Vec<u8>, String> {
    let file = File::open(path).map_err(|error| format!("cannot be read: {error}"))?;
    let mode = file.metadata().map_err(|error| format!("cannot be read: {error}"))?.mode();
    if mode & 0o007 != 0 {
        return Err(format!(
            "is open to everybody on this machine (mode {:03o}), so that the key may be known to others; get a new key \
             and certificate, or, where you know that nobody read it, run: chmod 600 {}",
            mode & 0o777,
            path.display()
        ));
    }
    bounded(file)
}

fn bounded(file: File) -> Result<Vec<u8>, String> {
    let mut bytes = Vec::new();
    file.take(LONGEST + 1).read_to_end(&mut bytes).map_err(|error| format!("cannot be read: {error}"))?;
    if u64::try_from(bytes.len()).is_ok_and(|length| length > LONGEST) {
        return Err("is larger than 1 MiB, so it is another file".to_owned());
    }
    Ok(bytes)
}

fn validity(certificate: &CertificateDer<'_>) -> Option<(DateTime<Utc>, DateTime<Utc>)> {
    let (_, parsed) = X509Certificate::from_der(certificate).ok()?;
    let validity = parsed.validity();
    let instant = |seconds| DateTime::from_timestamp(seconds, 0);
    Some((instant(validity.not_before.timestamp())?, instant(validity.not_after.timestamp())?))
}
