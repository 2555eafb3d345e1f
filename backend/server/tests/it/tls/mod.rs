//! The server's own TLS: handshakes of real clients, renewal, and what is refused.

mod handshake;
mod redirect;
mod renewal;
mod settings;

use std::net::{SocketAddr, TcpListener};
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::sync::Arc;

use rcgen::CertificateParams;
use rustls::pki_types::{CertificateDer, ServerName};
use rustls::{ClientConfig, RootCertStore, SupportedProtocolVersion};
use tempfile::TempDir;
use tokio::net::TcpStream;
use tokio::sync::watch;
use tokio_rustls::TlsConnector;
use tokio_rustls::client::TlsStream;
use varsel_server::http::{Door, Site, State, start};
use varsel_server::tls::{Certificates, Files, server_config};
use varsel_services::testing::{House, in_each_house};

use crate::harness::installation;

/// A certificate that vouches for itself, with its key.
struct Made {
    certificate: CertificateDer<'static>,
    certificate_pem: String,
    key_pem: String,
}

impl Made {
    fn new(name: &str) -> Self {
        Self::with(&CertificateParams::new([name.to_owned()]).unwrap())
    }

    fn with(params: &CertificateParams) -> Self {
        let key = rcgen::KeyPair::generate().unwrap();
        let certificate = params.self_signed(&key).unwrap();
        Self {
            certificate: certificate.der().clone(),
            certificate_pem: certificate.pem(),
            key_pem: key.serialize_pem(),
        }
    }
}

/// The files that a server reads, in a folder of their own.
struct Folder(TempDir);

impl Folder {
    fn with(made: &Made) -> Self {
        let folder = Self(tempfile::tempdir().unwrap());
        folder.put(&made.certificate_pem, &made.key_pem);
        folder
    }

    fn path(&self) -> &Path {
        self.0.path()
    }

    fn put(&self, certificate: &str, key: &str) {
        std::fs::write(self.path().join("certificate.pem"), certificate).unwrap();
        std::fs::write(self.path().join("key.pem"), key).unwrap();
        self.open_key_to(0o600);
    }

    fn open_key_to(&self, mode: u32) {
        let permissions = std::fs::Permissions::from_mode(mode);
        std::fs::set_permissions(self.path().join("key.pem"), permissions).unwrap();
    }

    fn files(&self, host: &str) -> Files {
        Files {
            certificate: self.path().join("certificate.pem"),
            key: self.path().join("key.pem"),
            host: host.to_owned(),
        }
    }
}

/// A server that speaks TLS, as `localhost`.
struct Server {
    house: House,
    address: SocketAddr,
    folder: Folder,
    certificates: Arc<Certificates>,
}

impl Server {
    /// A connection of a client that trusts this certificate only, and speaks these versions.
    async fn connect(
        &self,
        trusted: &Made,
        versions: &[&'static SupportedProtocolVersion],
    ) -> std::io::Result<TlsStream<TcpStream>> {
        let mut roots = RootCertStore::empty();
        roots.add(trusted.certificate.clone()).unwrap();
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let config = ClientConfig::builder_with_provider(provider).with_protocol_versions(versions).unwrap();
        let mut config = config.with_root_certificates(roots).with_no_client_auth();
        config.alpn_protocols = vec![b"h2".to_vec(), b"http/1.1".to_vec()];
        let socket = TcpStream::connect(self.address).await?;
        let name = ServerName::try_from("localhost").unwrap();
        TlsConnector::from(Arc::new(config)).connect(name, socket).await
    }
}

/// Runs `test` against a demo that speaks TLS with `made`.
async fn in_each_server(made: &Made, test: impl AsyncFn(&Server)) {
    in_each_house(async |house| {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        let folder = Folder::with(made);
        let certificates = Arc::new(Certificates::open(folder.files("localhost")).unwrap());
        let site = Site::parse(&format!("https://localhost:{}", address.port())).unwrap();
        let (end, ending) = watch::channel(false);
        let state = State::new(house.services.clone(), site, Door::Demo, ending, installation());
        let config = server_config(Arc::clone(&certificates)).unwrap();
        let server = start(state, listener, Some(config)).unwrap();
        let handle = server.handle();
        let serving = tokio::spawn(server);
        test(&Server { house, address, folder, certificates }).await;
        end.send_replace(true);
        handle.stop(false).await;
        serving.await.unwrap().unwrap();
    })
    .await;
}
