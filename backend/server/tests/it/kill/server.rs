//! The real server, as a process of its own.

use std::path::Path;
use std::process::Stdio;
use std::time::Duration;

use tokio::io::{AsyncBufReadExt, BufReader, Lines};
use tokio::process::{Child, ChildStdout, Command};

/// Longer than a server takes to start or to stop.
const LONGEST: Duration = Duration::from_mins(2);

/// A demo server on a free port.
pub(crate) struct Server {
    pub(crate) address: String,
    /// What it printed when it was there.
    pub(crate) greeting: String,
    child: Child,
    _out: Lines<BufReader<ChildStdout>>,
}

impl Server {
    /// Starts it on this data directory, and on this database where one is given, and waits until it answers.
    pub(crate) async fn start(data: &Path, database: Option<&str>) -> Self {
        Self::start_under(&[], data, database).await
    }

    /// As [`start`](Self::start), by another program where one is named, with its arguments.
    pub(crate) async fn start_under(under: &[String], data: &Path, database: Option<&str>) -> Self {
        let own = env!("CARGO_BIN_EXE_varsel").to_owned();
        let mut words = under.iter().cloned().chain([own]);
        let mut command = Command::new(words.next().unwrap());
        command.args(words);
        command.args(["serve", "--demo", "--data"]).arg(data).env_remove("VARSEL_CONFIG").env_remove("PORT");
        command.env("VARSEL_HTTP__PORT", "0").env("VARSEL_LOG__LEVEL", "error");
        if let Some(url) = database {
            command.env("VARSEL_DATABASE__URL", url);
        }
        Self::greeted(&mut command, "Stop it with").await
    }

    /// The server that this command starts, once it has greeted with a line that begins like this.
    pub(crate) async fn greeted(command: &mut Command, last: &str) -> Self {
        let mut child =
            command.stdin(Stdio::null()).stdout(Stdio::piped()).kill_on_drop(true).spawn().unwrap();
        let mut out = BufReader::new(child.stdout.take().unwrap()).lines();
        let mut greeting = String::new();
        let heard = tokio::time::timeout(LONGEST, async {
            while let Some(line) = out.next_line().await.unwrap() {
                greeting.push_str(&line);
                greeting.push('\n');
                if line.starts_with(last) {
                    break;
                }
            }
        });
        assert!(heard.await.is_ok(), "the server does not start: {greeting}");
        let first = greeting.lines().next().unwrap_or_else(|| panic!("the server printed nothing"));
        let address =
            first.strip_prefix("Varsel answers at ").unwrap_or_else(|| panic!("{greeting}")).to_owned();
        Self { address, greeting, child, _out: out }
    }

    /// Its process.
    pub(crate) fn id(&self) -> u32 {
        self.child.id().unwrap()
    }

    /// Kills it as a power cut would: nothing of it runs any more.
    pub(crate) async fn kill(mut self) {
        self.child.kill().await.unwrap();
    }

    /// Tells it to stop, and sees that it ends well.
    pub(crate) async fn stop_gently(mut self) {
        let id = self.id().to_string();
        assert!(Command::new("kill").args(["-TERM", &id]).status().await.unwrap().success());
        let ended = tokio::time::timeout(LONGEST, self.child.wait()).await;
        assert!(ended.expect("the server does not stop").unwrap().success());
    }
}
