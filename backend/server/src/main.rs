//! `varsel`: one program for the server, the operator and the reporter.

use std::process::ExitCode;

fn main() -> ExitCode {
    varsel_server::cli::main()
}
