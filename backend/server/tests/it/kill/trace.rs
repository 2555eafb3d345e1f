//! `strace`: writes down which calls a process makes to the system, or kills it at one of them.

use std::collections::BTreeMap;
use std::io::ErrorKind;
use std::path::Path;
use std::process::Stdio;

use rustix::process::Pid;
use tokio::io::{AsyncBufReadExt, BufReader};
use tokio::process::{Child, Command};

use crate::tools;

/// What is passed over where nothing can be traced.
const PROOF: &str = "kills at each call of the system";

/// Calls that write, or decide where is written.
const CALLS: [&str; 9] =
    ["pwrite64", "write", "fsync", "fdatasync", "ftruncate", "unlink", "openat", "sendto", "rename"];

/// The N-th call of a name that a thread makes.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Point {
    call: &'static str,
    pub(super) number: usize,
}

/// A running `strace`.
pub(super) struct Trace(Child);

impl Trace {
    /// Attaches to a process that waits: kills it at `point`, or writes its calls down `into` a file. None where that is not
    /// possible here, with a line that says so.
    pub(super) async fn attach(process: Pid, point: Option<&Point>, into: Option<&Path>) -> Option<Self> {
        let calls = point.map_or_else(|| CALLS.join(","), |point| point.call.to_owned());
        let mut command = Command::new("strace");
        command.args(["-f", "-p", &process.as_raw_nonzero().to_string(), "-e", &format!("trace={calls}")]);
        if let Some(Point { call, number }) = point {
            command.args(["-e", &format!("inject={call}:signal=KILL:when={number}")]);
        }
        command.arg("-o").arg(into.unwrap_or(Path::new("/dev/null")));
        let child = command.stdin(Stdio::null()).stderr(Stdio::piped()).kill_on_drop(true).spawn();
        let mut child = match child {
            Ok(child) => child,
            Err(error) if error.kind() == ErrorKind::NotFound => {
                tools::pass_over_without("strace", PROOF);
                return None;
            }
            Err(error) => return pass_over(&format!("strace cannot be started ({error})")),
        };
        let mut said = BufReader::new(child.stderr.take()?).lines();
        match said.next_line().await.ok()? {
            Some(line) if line.contains(" attached") => {
                // More threads are told of while it runs.
                tokio::spawn(async move { while let Ok(Some(_)) = said.next_line().await {} });
                Some(Self(child))
            }
            line => pass_over(&format!("strace may not trace here ({})", line.unwrap_or_default())),
        }
    }

    /// Waits for its end: that of the process.
    pub(super) async fn end(mut self) {
        self.0.wait().await.unwrap();
    }
}

fn pass_over(why: &str) -> Option<Trace> {
    tools::pass_over(PROOF, why);
    None
}

/// The points of calls that were written down: for each name, as many as the thread made that made most of them.
pub(super) fn points(written: &str) -> Vec<Point> {
    let mut counts: BTreeMap<&'static str, BTreeMap<&str, usize>> = BTreeMap::new();
    for line in written.lines() {
        let Some((thread, call)) = line.split_once(' ') else { continue };
        // What was interrupted and goes on is one call.
        let name = call.trim_start().split('(').next().unwrap_or_default();
        if let Some(name) = CALLS.into_iter().find(|known| *known == name) {
            *counts.entry(name).or_default().entry(thread).or_default() += 1;
        }
    }
    let points = counts.into_iter().flat_map(|(call, threads)| {
        let most = threads.into_values().max().unwrap_or_default();
        (1..=most).map(move |number| Point { call, number })
    });
    points.collect()
}
