//! No secret of the settings, of a request or of a session stands in anything that the program says, however much it is told to say
//! (attack I3).

use std::fs::File;
use std::path::Path;

use serde_json::json;
use tokio::process::Command;
use varsel_services::domain::{Clock as _, SystemClock};

use super::{ended, run, varsel};
use crate::harness::{Client, header};
use crate::kill::server::Server;

/// Secrets, each with where it came from.
#[derive(Default)]
struct Secrets(Vec<(&'static str, String)>);

impl Secrets {
    fn add(&mut self, what: &'static str, secret: impl Into<String>) -> String {
        let secret = secret.into();
        assert!(secret.len() >= 10, "{what} would be found by chance");
        self.0.push((what, secret.clone()));
        secret
    }

    /// Those that stand in what was said.
    fn found(&self, said: &str) -> Vec<&'static str> {
        self.0.iter().filter(|(_, secret)| said.contains(secret)).map(|(what, _)| *what).collect()
    }
}

fn made(arguments: &[&str]) -> String {
    let (code, out, err) = ended(&run(&mut varsel(arguments), ""));
    assert_eq!(code, 0, "{err}");
    out.lines().next().unwrap().to_owned()
}

/// The settings of a server for real reports, with a secret wherever one can stand.
fn settings(secrets: &mut Secrets) -> Vec<(&'static str, String)> {
    let log_key = made(&["log", "new-key", "varsel.example/use-log"]);
    // PRIVATE+KEY+name+hash+key; the key, in base64, may have a plus of its own.
    secrets.add("the log's key", log_key.splitn(5, '+').nth(4).unwrap());
    let root = secrets.add("the root key", made(&["keys", "new-root"]));
    let retired = secrets.add("a root key that was replaced", made(&["keys", "new-root"]));
    let relay = secrets.add("the relay's password", "canary-of-the-relay");
    let client = secrets.add("the client's secret", "canary-of-the-client");
    vec![
        ("VARSEL_USE_LOG__KEY", log_key),
        ("VARSEL_KEYS__ROOT", root),
        ("VARSEL_KEYS__RETIRED", retired),
        ("VARSEL_MAIL__SMTP__URL", format!("smtp://varsel:{relay}@127.0.0.1:9")),
        ("VARSEL_MAIL__FROM", "Varsel <varsel@varsel.example>".to_owned()),
        ("VARSEL_HTTP__PUBLIC_URL", "https://varsel.example".to_owned()),
        ("VARSEL_IDENTITY__PROVIDERS__MITID__LABEL__DA", "MitID Erhverv".to_owned()),
        ("VARSEL_IDENTITY__PROVIDERS__MITID__LABEL__EN", "MitID Erhverv".to_owned()),
        ("VARSEL_IDENTITY__PROVIDERS__MITID__ISSUER", "http://127.0.0.1:9".to_owned()),
        ("VARSEL_IDENTITY__PROVIDERS__MITID__CLIENT_ID", "varsel".to_owned()),
        ("VARSEL_IDENTITY__PROVIDERS__MITID__CLIENT_SECRET", client),
        ("VARSEL_IDENTITY__LOCAL__ENABLED", "true".to_owned()),
        ("VARSEL_LOG__LEVEL", "trace".to_owned()),
    ]
}

/// A server that says everything into this file.
fn talkative(arguments: &[&str], said: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_varsel"));
    command.args(arguments).env_remove("VARSEL_CONFIG").env_remove("PORT");
    command
        .env("VARSEL_HTTP__PORT", "0")
        .env("VARSEL_LOG__LEVEL", "trace")
        .stderr(File::create(said).unwrap());
    command
}

/// Everybody who may come to the door, with what they bring.
async fn visit(address: &str, secrets: &mut Secrets) {
    let client = reqwest::Client::builder().redirect(reqwest::redirect::Policy::none()).build().unwrap();
    let at = |path: &str| format!("{address}{path}");
    let token = secrets.add("a token", "canary-of-a-token-that-nobody-has");
    let cookie = secrets.add("a session", "canary-of-a-session-that-nobody-has");
    let code = secrets.add("a provider's code", "canary-of-a-code");
    let state = secrets.add("the state of a sign-in", "canary-of-a-state");
    let password = secrets.add("a password", "canary-of-a-password");
    let link = secrets.add("a link", "canary-of-a-link");
    let words = secrets.add("words of a report", "canary-of-a-description");
    let document = json!({ "query": "{ me { name } }", "variables": { "text": words } });
    let graphql = || client.post(at("/graphql")).header("origin", "https://varsel.example").json(&document);
    let requests = vec![
        graphql().bearer_auth(&token),
        graphql().header("cookie", format!("__Host-session={cookie}; session={cookie}")),
        graphql().header("cookie", cookie),
        client.get(at(&format!("/sign-in/mitid/callback?code={code}&state={state}"))),
        client.get(at("/sign-in/mitid")),
        client
            .post(at("/local/sign-in"))
            .json(&json!({ "login": password, "password": password, "code": "123456" })),
        client.post(at("/local/link")).json(&json!({ "token": link })),
        client.post(at("/demo/sign-in")).json(&json!({ "person": password })),
        client.get(at("/uses.csv?case=2026-17")).bearer_auth(&token),
    ];
    for request in requests {
        let response = request.send().await.unwrap();
        let answer = response.text().await.unwrap();
        let said = secrets.found(&answer);
        assert!(said.is_empty(), "{said:?} in an answer: {answer}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_that_a_live_server_says_holds_a_secret() {
    let (folder, mut secrets) = (tempfile::tempdir().unwrap(), Secrets::default());
    let (said, data) = (folder.path().join("said"), folder.path().display().to_string());
    let settings = settings(&mut secrets);
    let words = |arguments: &[&str]| {
        let mut command = varsel(arguments);
        command.current_dir(folder.path()).envs(settings.iter().map(|(name, value)| (*name, value.as_str())));
        let (_, out, err) = ended(&run(&mut command, ""));
        format!("{out}{err}")
    };
    let mut all = words(&["config", "check"]);
    all += &words(&["keys", "status", "--data", &data]);
    let free = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let address = format!("http://{free}");
    let mut command = talkative(&["serve", "--data", &data], &said);
    command.envs(settings.iter().map(|(name, value)| (*name, value.as_str())));
    let server =
        Server::greeted(command.env("VARSEL_HTTP__PORT", free.port().to_string()), "Varsel answers at").await;
    all += &server.greeting;
    visit(&address, &mut secrets).await;
    server.stop_gently().await;
    secrets.add("the database's password", "canary-of-the-database");
    for wrong in ["postgres://varsel:canary-of-the-database@127.0.0.1:1/varsel", "canary-of-the-database"] {
        let mut command = varsel(&["migrate", "--data", &data]);
        command.envs(settings.iter().map(|(name, value)| (*name, value.as_str())));
        let (code, out, err) = ended(&run(command.env("VARSEL_DATABASE__URL", wrong), ""));
        assert!(code != 0, "{out}");
        assert_eq!(secrets.found(&format!("{out}{err}")), [""; 0], "{out}{err}");
    }
    all += &std::fs::read_to_string(&said).unwrap();
    assert!(all.contains("TRACE") && all.contains("request"), "it says everything: {} bytes", all.len());
    assert_eq!(secrets.found(&all), [""; 0]);
    assert_eq!(secrets.found("a canary-of-a-token-that-nobody-has!"), ["a token"], "it is looked for");
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_that_a_server_says_of_its_visitors_holds_a_secret_of_theirs() {
    let (folder, mut secrets) = (tempfile::tempdir().unwrap(), Secrets::default());
    let (said, data) = (folder.path().join("said"), folder.path().display().to_string());
    let server =
        Server::greeted(&mut talkative(&["serve", "--demo", "--data", &data], &said), "Stop it with").await;
    visit(&server.address, &mut secrets).await;
    let reporter = Client::of("reporter-energy", &server.address).await;
    let response =
        reporter.post("/demo/sign-in").json(&json!({ "person": "duty-officer" })).send().await.unwrap();
    let cookie = header(response.headers(), "set-cookie");
    let (_, value) = cookie.split(';').next().unwrap().split_once('=').unwrap();
    secrets.add("a session that runs", value);
    let made = ended(&run(
        varsel(&["token", "create", "--as", "reporter-energy", "--name", "it", "--days", "30", "--data"])
            .arg(&data),
        "",
    ));
    let token = secrets.add("a token that counts", made.1.lines().next().unwrap());
    let samples = varsel_services::demo::samples(SystemClock.now());
    let mut facts = samples.into_iter().find(|sample| sample.handle == "reporter-energy").unwrap().facts;
    facts["description"] = json!(secrets.add("words of a report", "canary-of-what-was-reported"));
    facts["contact_primary"] = json!(secrets.add("a contact", "canary-of-a-contact"));
    let reporter = Client::of("reporter-energy", &server.address).await;
    let filed = reporter.submit("canary-report", &facts, true).await;
    assert_eq!(filed["__typename"], "ReportSubmitted", "{filed}");
    let read = json!({ "query": "{ incidents { nodes { facts { display { da } } } } }" });
    let by_token = reporter.at(&server.address).post("/graphql").bearer_auth(&token).json(&read);
    let read = by_token.send().await.unwrap().text().await.unwrap();
    assert!(read.contains("canary-of-what-was-reported"), "{read}");
    // Mails leave by themselves; a moment later all is said.
    server.stop_gently().await;
    let all = std::fs::read_to_string(&said).unwrap();
    assert!(all.contains("TRACE"), "it says everything");
    assert_eq!(secrets.found(&all), [""; 0]);
}
