//! What is wrong with settings of TLS, and the real binary with right ones.

use varsel_server::config::{Config, Purpose};

use super::{Folder, Made};
use crate::cli::{ended, run, varsel};

/// What the settings of a demo with these variables are told.
fn told(variables: &[(&str, &str)]) -> Vec<String> {
    let variables = variables.iter().map(|(name, value)| (format!("VARSEL_{name}"), (*value).to_owned()));
    match Config::load(None, variables, Purpose::Demo) {
        Ok(_) => Vec::new(),
        Err(mistakes) => mistakes.iter().map(ToString::to_string).collect(),
    }
}

#[test]
fn wrong_settings_are_told_by_key_and_with_the_way_out() {
    let (made, other) = (Made::new("localhost"), Made::new("localhost"));
    let folder = Folder::with(&made);
    let path = |name: &str| folder.path().join(name).display().to_string();
    let (certificate, key) = (path("certificate.pem"), path("key.pem"));
    let (certificate, key) = (("TLS__CERTIFICATE", certificate.as_str()), ("TLS__KEY", key.as_str()));
    let (own, elsewhere) =
        (("HTTP__PUBLIC_URL", "https://localhost:8443"), ("HTTP__PUBLIC_URL", "https://127.0.0.1:8443"));
    assert_eq!(told(&[certificate, key, own]), Vec::<String>::new());
    let missing = path("missing.pem");
    std::fs::write(path("other.pem"), &other.key_pem).unwrap();
    std::fs::set_permissions(path("other.pem"), std::os::unix::fs::PermissionsExt::from_mode(0o640)).unwrap();
    let other = path("other.pem");
    for (variables, key, said) in [
        (&[certificate, own][..], "tls.key: ", "is not set, but tls.certificate is"),
        (&[key, own], "tls.certificate: ", "is not set, but tls.key is"),
        (&[certificate, key], "http.public_url: ", "must be set and begin with https://"),
        (
            &[certificate, key, elsewhere],
            "tls.certificate: ",
            "is not for 127.0.0.1, the name in http.public_url",
        ),
        (&[certificate, ("TLS__KEY", &missing), own], "tls.key: ", "cannot be read"),
        (&[certificate, ("TLS__KEY", &other), own], "tls.key: ", "name the two that were made together"),
        (&[("TLS__REDIRECT_PORT", "8081")], "tls.redirect_port: ", "set tls.certificate and tls.key"),
        (
            &[certificate, key, own, ("TLS__REDIRECT_PORT", "8080")],
            "tls.redirect_port: ",
            "not that of http.port",
        ),
    ] {
        let told = told(variables);
        assert!(told.len() == 1 && told[0].starts_with(key) && told[0].contains(said), "{said}: {told:?}");
    }
    folder.open_key_to(0o604);
    let told = told(&[certificate, key, own]);
    assert!(told[0].contains("is open to everybody on this machine (mode 604)"), "{told:?}");
    assert!(told[0].contains("chmod 600 "), "{told:?}");
}

#[test]
fn the_server_does_not_start_with_a_key_that_everybody_reads() {
    let folder = Folder::with(&Made::new("localhost"));
    folder.open_key_to(0o644);
    let files = folder.files("localhost");
    let mut command = varsel(&["serve", "--demo"]);
    command.current_dir(folder.path()).env("VARSEL_HTTP__PUBLIC_URL", "https://localhost:8443");
    command.env("VARSEL_TLS__CERTIFICATE", &files.certificate).env("VARSEL_TLS__KEY", &files.key);
    let (code, out, err) = ended(&run(&mut command, ""));
    assert_eq!((code, out.as_str()), (1, ""));
    assert!(err.contains("tls.key: ") && err.contains("chmod 600"), "{err}");
    assert!(!err.contains("PRIVATE KEY"), "{err}");
}
