//! Certificates that are renewed while the server runs, and renewals that go wrong.

use chrono::{DateTime, Utc};
use rcgen::{CertificateParams, date_time_ymd};
use rustls::version::TLS13;
use varsel_server::tls::{Certificates, Look};

use super::{Folder, Made, Server, in_each_server};

/// The server shows this certificate to whoever comes now.
async fn shows(server: &Server, made: &Made) -> bool {
    server.connect(made, &[&TLS13]).await.is_ok()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_renewed_certificate_is_shown_without_a_restart() {
    let (first, second) = (Made::new("localhost"), Made::new("localhost"));
    in_each_server(&first, async |server| {
        assert!(matches!(server.certificates.look(server.house.now()), Look::Same));
        server.folder.put(&second.certificate_pem, &second.key_pem);
        assert!(shows(server, &first).await, "before anybody looked");
        assert!(matches!(server.certificates.look(server.house.now()), Look::Renewed { .. }));
        assert!(shows(server, &second).await && !shows(server, &first).await);
        assert!(matches!(server.certificates.look(server.house.now()), Look::Same));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_broken_renewal_leaves_the_working_certificate_in_use() {
    let (first, second, other) = (Made::new("localhost"), Made::new("localhost"), Made::new("other.example"));
    let mut ended = CertificateParams::new(["localhost".to_owned()]).unwrap();
    (ended.not_before, ended.not_after) = (date_time_ymd(2020, 1, 1), date_time_ymd(2021, 1, 1));
    let ended = Made::with(&ended);
    in_each_server(&first, async |server| {
        let broken = |setting: &str, said: &str| match server.certificates.look(server.house.now()) {
            Look::Broken(unusable) => {
                assert!(unusable.setting == setting && unusable.to_string().contains(said), "{unusable:?}");
                // It is said once, until the files change again.
                assert!(matches!(server.certificates.look(server.house.now()), Look::Same));
            }
            look => panic!("{look:?}, though {said}"),
        };
        for (certificate, key, setting, said) in [
            (second.certificate_pem.as_str(), first.key_pem.as_str(), "key", "is not the key of"),
            ("", &second.key_pem, "certificate", "holds no certificate"),
            (&second.certificate_pem, "-----BEGIN ENCRYPTED PRIVATE KEY-----\n", "key", "no password"),
            (&other.certificate_pem, &other.key_pem, "certificate", "is not for localhost"),
            (&ended.certificate_pem, &ended.key_pem, "certificate", "ended on 2021-01-01"),
        ] {
            server.folder.put(certificate, key);
            broken(setting, said);
            assert!(shows(server, &first).await, "{said}");
        }
        server.folder.put(&second.certificate_pem, &second.key_pem);
        server.folder.open_key_to(0o644);
        broken("key", "is open to everybody on this machine (mode 644)");
        std::fs::remove_file(server.folder.path().join("key.pem")).unwrap();
        broken("key", "cannot be read");
        assert!(shows(server, &first).await);

        server.folder.put(&second.certificate_pem, &second.key_pem);
        assert!(matches!(server.certificates.look(server.house.now()), Look::Renewed { .. }));
        assert!(shows(server, &second).await);
    })
    .await;
}

#[test]
fn a_certificate_that_ends_soon_is_told_once_a_day() {
    let at = |day: &str| -> DateTime<Utc> { format!("{day}T12:00:00Z").parse().unwrap() };
    let mut params = CertificateParams::new(["localhost".to_owned()]).unwrap();
    params.not_after = date_time_ymd(2030, 1, 1);
    let folder = Folder::with(&Made::with(&params));
    let certificates = Certificates::open(folder.files("localhost")).unwrap();
    let until = "2030-01-01T00:00:00Z".parse().ok();
    for (day, told) in [
        ("2029-12-01", None),
        ("2029-12-19", until),
        ("2029-12-19", None),
        ("2029-12-20", until),
        ("2030-01-02", until),
    ] {
        assert_eq!(certificates.ending(at(day)), told, "{day}");
    }
}
