//! The workers' processes, seen from the one that kills them.

use std::process::Stdio;
use std::time::Duration;

use rustix::process::{Pid, Signal, kill_process};
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader, Lines};
use tokio::process::{Child, ChildStdin, ChildStdout, Command};

use super::sent::Sent;
use super::worker::{NURSERY, Order};

/// The test in which workers are born.
const TEST: &str = "kill::worker::a_worker_that_is_left_alone_does_all_of_its_work";

/// A nursery that says nothing for so long is stuck: the test fails then, and does not hang.
const PATIENCE: Duration = Duration::from_mins(3);

/// How a process ends that was killed.
const KILLED: &str = "ended 9";

/// How one ends that has done what it was told.
const DONE: &str = "ended 0";

/// A process that has workers, one at a time.
pub(super) struct Nursery {
    _child: Child,
    words: ChildStdin,
    lines: Lines<BufReader<ChildStdout>>,
    /// The worker that is there.
    worker: Option<Pid>,
}

impl Nursery {
    pub(super) fn start() -> Self {
        let mut command = Command::new(std::env::current_exe().unwrap());
        command.args(["--exact", TEST, "--nocapture", "--test-threads=1"]).env(NURSERY, "1");
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).kill_on_drop(true);
        let mut child = command.spawn().unwrap();
        let lines = BufReader::new(child.stdout.take().unwrap()).lines();
        Self { words: child.stdin.take().unwrap(), lines, _child: child, worker: None }
    }

    /// Has a worker for an order, which has opened its database and waits; its process.
    pub(super) async fn begin(&mut self, order: &Order) -> Pid {
        self.tell(&serde_json::to_string(order).unwrap()).await;
        let mut ready = false;
        // Two processes say this, in either order.
        while !ready || self.worker.is_none() {
            let said = self.next().await;
            match said.strip_prefix("born ") {
                Some(pid) => self.worker = Pid::from_raw(pid.parse().unwrap()),
                None if said == "ready" => ready = true,
                None => panic!("the worker did not begin: {said}"),
            }
        }
        self.worker.unwrap()
    }

    /// Has the worker do what it was told.
    pub(super) async fn go(&mut self) {
        self.tell("go").await;
    }

    async fn tell(&mut self, words: &str) {
        self.words.write_all(format!("{words}\n").as_bytes()).await.unwrap();
    }

    async fn next(&mut self) -> String {
        loop {
            let line = tokio::time::timeout(PATIENCE, self.lines.next_line()).await;
            let line = line.expect("the nursery says nothing").unwrap().expect("the nursery ended");
            // The test harness has begun a line of its own before the first of them.
            if let Some((_, said)) = line.split_once('@') {
                return said.to_owned();
            }
        }
    }

    /// Hears so many lines, lets a moment pass, and kills the worker as a power cut would; then hears what it had said.
    pub(super) async fn hear_and_kill(&mut self, lines: usize, moment: u32, sent: &mut Sent) {
        for _ in 0..lines {
            let said = self.next().await;
            assert!(!said.starts_with("ended"), "the worker ended by itself: {said}");
            hear(&said, sent);
        }
        for _ in 0..moment {
            tokio::task::yield_now().await;
        }
        kill_process(self.worker.unwrap(), Signal::KILL).unwrap();
        assert!(self.hear_to_the_end(sent).await, "it was killed");
    }

    /// Hears all until the worker has ended; whether it was killed.
    pub(super) async fn hear_to_the_end(&mut self, sent: &mut Sent) -> bool {
        loop {
            let said = self.next().await;
            if said.starts_with("ended") {
                assert!(said == KILLED || said == DONE, "{said}");
                self.worker = None;
                return said == KILLED;
            }
            hear(&said, sent);
        }
    }
}

/// Notes what a worker said.
fn hear(said: &str, sent: &mut Sent) {
    let words: Vec<&str> = said.split(' ').collect();
    match words[..] {
        ["begun", key] => sent.begin(key.to_owned()),
        ["done", key, number] => sent.acknowledge(key.to_owned(), number.to_owned()),
        ["shown", number] => sent.show(number.to_owned()),
        ["approved" | "erased"] => sent.finish(),
        _ => panic!("what is {said}?"),
    }
}
