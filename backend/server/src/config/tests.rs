use varsel_services::compliance::{Database, Protected, Tls};

use super::*;

fn load(file: &str, variables: &[(&str, &str)], purpose: Purpose) -> Result<Config, Vec<String>> {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("varsel.toml");
    std::fs::write(&path, file).unwrap();
    let variables = variables.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
    Config::load(Some(&path), variables, purpose).map_err(|mistakes| {
        let folder = folder.path().display().to_string();
        mistakes.iter().map(|mistake| mistake.to_string().replace(&folder, "")).collect()
    })
}

#[test]
fn the_default_is_a_demo_on_this_machine() {
    let config = load("", &[], Purpose::Demo).unwrap();
    assert_eq!(config.listen_on().to_string(), "127.0.0.1:8080");
    assert_eq!(config.database_url(), "sqlite://./data/varsel.db");
}

#[test]
fn the_environment_wins_over_the_file_and_the_file_over_the_default() {
    let file = "[http]\nport = 9000\naddress = \"127.0.0.2\"";
    let config =
        load(file, &[("PORT", "7000"), ("VARSEL_CONFIG", "x"), ("VARSEL_TEST_X", "y")], Purpose::Demo)
            .unwrap();
    assert_eq!(config.listen_on().to_string(), "127.0.0.2:7000");
    let config = load(file, &[("PORT", "7000"), ("VARSEL_HTTP__PORT", "6000")], Purpose::Demo).unwrap();
    assert_eq!(config.http.port, 6000);
}

#[test]
fn a_secret_is_read_from_a_file() {
    let secret = tempfile::NamedTempFile::new().unwrap();
    std::fs::write(secret.path(), "postgres://u:p@h/v\n").unwrap();
    let path = secret.path().display().to_string();
    let config = load("", &[("VARSEL_DATABASE__URL_FILE", &path)], Purpose::Demo).unwrap();
    assert_eq!(config.database_url(), "postgres://u:p@h/v");
    let missing = load("", &[("VARSEL_DATABASE__URL_FILE", "/not/there")], Purpose::Demo).unwrap_err();
    assert!(missing[0].starts_with("database.url (VARSEL_DATABASE__URL_FILE): its file cannot be read"));
}

#[test]
fn a_provider_says_only_what_is_different() {
    let file = r#"
        [identity.defaults]
        max_age_minutes = 60
        [identity.providers.mitid]
        issuer = "https://broker.example"
        [identity.providers.authority]
        acr = []
        max_age_minutes = 5
        claims = { unit = ["department"] }
    "#;
    let secret = tempfile::NamedTempFile::new().unwrap();
    std::fs::write(secret.path(), "s3cret\n").unwrap();
    let path = secret.path().display().to_string();
    let variables = [
        ("VARSEL_IDENTITY__PROVIDERS__MITID__CLIENT_SECRET_FILE", path.as_str()),
        ("VARSEL_IDENTITY__PROVIDERS__AUTHORITY__CLIENT_ID", "varsel"),
    ];
    let config = load(file, &variables, Purpose::Demo).unwrap();
    let cautions = config.cautions();
    assert!(
        matches!(&cautions[..], [one] if one.starts_with("identity.providers.authority.acr: is empty")),
        "{cautions:?}"
    );
    let providers = config.identity.providers;
    let (mitid, authority) = (&providers["mitid"], &providers["authority"]);
    assert_eq!(mitid.client_secret.as_ref().map(ExposeSecret::expose_secret), Some("s3cret"));
    assert_eq!((mitid.acr.len(), mitid.max_age_minutes), (2, Some(60)));
    assert_eq!((authority.acr.len(), authority.max_age_minutes), (0, Some(5)));
    assert_eq!(
        (authority.client_id.as_str(), &authority.claims.unit),
        ("varsel", &vec!["department".to_owned()])
    );
    assert_eq!(authority.claims.name, mitid.claims.name);
}

#[test]
fn the_owner_of_the_tables_is_for_the_migration_alone() {
    let urls = [
        ("VARSEL_DATABASE__URL", "postgres://varsel@h/v"),
        ("VARSEL_DATABASE__OWNER_URL", "postgres://varsel_owner@h/v"),
    ];
    let config = load("", &urls, Purpose::Database).unwrap();
    assert_eq!(config.database.eraser_role, "varsel_eraser");
    let told = load("", &urls, Purpose::Live).unwrap_err().join("\n");
    assert!(told.contains("database.owner_url") && told.contains("must not be given to a server"), "{told}");
    for variables in [&urls[1..], &[urls[1], ("VARSEL_DATABASE__URL", "sqlite://x.db")]] {
        let told = load("", variables, Purpose::Database).unwrap_err();
        assert!(
            told[0].contains("database.owner_url") && told[0].contains("SQLite has no roles"),
            "{told:?}"
        );
    }
    let told = load("[use_log]\nrequire_separation = true", &[], Purpose::Demo).unwrap_err();
    assert!(told[0].starts_with("use_log.require_separation: SQLite has no roles"), "{told:?}");
}

#[test]
fn a_live_server_says_all_that_it_lacks() {
    insta::assert_snapshot!(load("", &[], Purpose::Live).unwrap_err().join("\n"));
}

#[test]
fn every_mistake_is_listed_with_its_place_and_the_way_out() {
    let file = r#"
        databse = "x"
        [http]
        prot = 1
        port = "many"
        address = "here"
        public_url = "https://varsel.example.dk/path"
        [log]
        format = "xml"
        level = "loud=very"
        [identity]
        issuer = "https://where.it.was"
        [identity.defaults]
        scopes = "profile"
        [identity.providers.Mit-ID]
        issuer = 5
        [identity.providers.authority]
        issuer = "http://login.example"
        client_id = "varsel"
        algorithms = ["RS256", "HS256"]
        secret = "x"
        [sessions]
        authority_idle_minutes = 16
        [mail]
        from = "nobody"
        units = { sektorcert = "a b@c" }
        [mail.smtp]
        url = "localhost"
        [database]
        url = "mysql://user:secret@host/db"
    "#;
    let mistakes = load(file, &[("VARSEL_HTTP__PORTS", "1"), ("VARSEL_HTTP__PORT", "70000")], Purpose::Live);
    insta::assert_snapshot!(mistakes.unwrap_err().join("\n"));
}

#[test]
fn a_file_that_is_not_toml_is_named() {
    let mistakes = load("[http\nport", &[], Purpose::Demo).unwrap_err();
    assert!(mistakes[0].starts_with("/varsel.toml: is not TOML"), "{mistakes:?}");
}

#[test]
fn the_schema_knows_every_key_of_the_default() {
    let tree: Value = Figment::from(Toml::string(DEFAULT)).extract().unwrap();
    let mut mistakes = Vec::new();
    walk::sound_part(&schema(), tree.clone(), &|_| String::new(), &mut mistakes);
    assert_eq!(mistakes, []);
    // What is commented out in the default is real, too.
    let uncommented = DEFAULT.lines().map(|line| match line.strip_prefix("# ") {
        Some(setting) if setting.starts_with('[') => setting,
        Some(setting) if setting.split_once(" = ").is_some_and(|(key, _)| !key.contains(' ')) => setting,
        _ => line,
    });
    let all: Value =
        Figment::from(Toml::string(&uncommented.collect::<Vec<_>>().join("\n"))).extract().unwrap();
    assert_ne!(all, tree);
    walk::sound_part(&schema(), all, &|_| String::new(), &mut mistakes);
    assert_eq!(mistakes, []);
}

#[test]
fn links_are_told_without_names_and_passwords_and_with_how_they_are_protected() {
    let file = r#"
        [http]
        public_url = "https://varsel.example.dk"
        [database]
        url = "postgres://varsel:geheim@db.example:5432/varsel?sslmode=require"
        [mail.smtp]
        url = "smtps://post:geheim@mail.example:465"
        [identity.providers.mitid]
        issuer = "https://login.example/realm"
        [identity.providers.own]
        issuer = "http://login.example"
    "#;
    let told = load(file, &[], Purpose::Database).unwrap().installation();
    let links: Vec<_> = told.links.iter().map(|it| (it.address.as_str(), it.protected)).collect();
    assert_eq!(
        links,
        [
            ("https://login.example", Protected::Tls),
            ("http://login.example", Protected::No),
            ("smtps://mail.example:465", Protected::Tls),
            ("postgres://db.example:5432", Protected::No),
        ]
    );
    assert!(!format!("{told:?}").contains("geheim"));
    assert_eq!((told.tls, told.database), (Tls::Proxy, Database::Postgres));
    let safe = file.replace("require", "verify-full").replace("db.example", "127.0.0.1");
    let links = load(&safe, &[], Purpose::Database).unwrap().installation().links;
    assert_eq!(links[3].protected, Protected::ThisMachine);
    let embedded = load("", &[], Purpose::Database).unwrap().installation();
    assert_eq!((embedded.tls, embedded.links.len()), (Tls::None, 0));
    assert!(embedded.migrations.len() > 40 && embedded.migrations.is_sorted());
}

#[test]
fn servers_that_share_a_database_are_told_their_keys() {
    let url = ("VARSEL_DATABASE__URL", "postgres://u:p@h/v");
    let mistakes = load("", &[url], Purpose::Live).unwrap_err();
    for key in ["keys.root: must be set where the database is PostgreSQL", "keys.database: must be set where"]
    {
        assert!(mistakes.iter().any(|mistake| mistake.starts_with(key)), "{key}: {mistakes:#?}");
    }
    let mistakes = load("", &[("VARSEL_KEYS__DATABASE", "mysql://u:p@h/v")], Purpose::Demo).unwrap_err();
    assert!(mistakes[0].starts_with("keys.database") && !mistakes[0].contains("u:p"), "{mistakes:#?}");
    let file = "[keys]\nroot = \"VARSEL+ROOT+AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\"\nroot_command = [\"cat\"]";
    let mistakes = load(file, &[], Purpose::Demo).unwrap_err();
    assert!(
        mistakes[0].starts_with("keys.root_command") && mistakes[0].contains("leave one of them out"),
        "{mistakes:#?}"
    );
}
