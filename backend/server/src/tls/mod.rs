//! TLS of the server's own: where no proxy in front of it ends TLS.

mod certificates;
mod files;

pub use certificates::{Certificates, Look};
pub use files::{Files, Unusable};
use rustls::ServerConfig;
use rustls::crypto::ring;
use rustls::version::{TLS12, TLS13};
use std::sync::Arc;

/// TLS 1.3, and TLS 1.2 with forward secrecy and authenticated encryption: rustls has no other suites.
///
/// # Errors
/// The provider of the cryptography does not support them.
pub fn server_config(certificates: Arc<Certificates>) -> Result<ServerConfig, rustls::Error> {
    let provider = Arc::new(ring::default_provider());
    let versions = ServerConfig::builder_with_provider(provider).with_protocol_versions(&[&TLS13, &TLS12])?;
    Ok(versions.with_no_client_auth().with_cert_resolver(certificates))
}
