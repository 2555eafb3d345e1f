//! The command line: the real binary, as an operator and a reporter use it.

mod assess;
mod compliance;
mod keys;
mod log;
mod migrate;
mod pack;
mod places;
mod publish;
mod replay;
mod retention;
mod secrets;
mod serve;

use std::io::Write;
use std::process::{Command, Output, Stdio};
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::time::Duration;

use rustix::process::{Pid, Signal, kill_process};

/// Longer than anything takes that comes to its end.
const LONGEST: Duration = Duration::from_mins(2);

/// The binary, with none of this machine's settings.
pub(crate) fn varsel(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_varsel"));
    command.args(arguments).env_remove("PORT").env_remove("VARSEL_CONFIG");
    command
}

/// Runs it to its end, with this on its standard input. What does not end, such as a server that should have refused to start, is
/// killed, so that the test fails.
pub(crate) fn run(command: &mut Command, input: &str) -> Output {
    let mut child =
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let (over, waiting) = channel::<()>();
    let process = Pid::from_child(&child);
    let watch = std::thread::spawn(move || {
        if waiting.recv_timeout(LONGEST) == Err(RecvTimeoutError::Timeout) {
            kill_process(process, Signal::KILL).unwrap();
        }
    });
    child.stdin.take().unwrap().write_all(input.as_bytes()).unwrap();
    let output = child.wait_with_output().unwrap();
    drop(over);
    watch.join().unwrap();
    output
}

/// Exit code, standard output, standard error.
pub(crate) fn ended(output: &Output) -> (i32, String, String) {
    let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap();
    (output.status.code().unwrap(), text(&output.stdout), text(&output.stderr))
}
