//! The command line. Exit codes: 0 done, 1 refused or failed, 2 wrong usage.

mod admin;
mod api_client;
mod assess;
mod compliance;
mod config;
mod facts_file;
mod invite;
mod keys;
mod log;
mod migrate;
mod pack;
mod publish;
mod replay;
mod report;
mod retention;
mod schema;
mod serve;
mod token;
mod witness;
mod words;

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Parser, Subcommand};
use rustix::process::{Resource, Rlimit, setrlimit};
use varsel_rules::{Pack, PackFiles};
use varsel_services::domain::organisation::Language;

use crate::config::{Config, Mistake, Purpose};
use crate::printable::Printable;

/// Report a security incident once: Varsel works out which laws apply, who must be told and by when.
#[derive(Parser)]
#[command(name = "varsel", version, after_help = EXAMPLES)]
struct Cli {
    /// Settings file (TOML); `varsel schema config` prints what may stand in it
    #[arg(long, global = true, env = "VARSEL_CONFIG", value_name = "FILE")]
    config: Option<PathBuf>,
    #[command(subcommand)]
    command: Command,
}

const EXAMPLES: &str = "Examples:
  varsel serve --demo                              try it: http://127.0.0.1:8080, invented people, data in ./data
  varsel assess --facts incident.yaml              which laws apply to these facts, who must be told, by when
  varsel report --facts incident.yaml --as reporter-energy
                                                   file them on a running demo
  varsel config check                              what a real server still needs

Exit codes: 0 done, 1 refused or failed, 2 wrong usage.";

#[derive(Subcommand)]
enum Command {
    /// Run the server
    Serve(serve::Serve),
    /// Bring the database to the newest schema
    Migrate(migrate::Migrate),
    /// Work out duties, recipients and clocks for facts, offline
    Assess(assess::Assess),
    /// File a report on a running server, through its API
    Report(report::Report),
    /// Check that every stored assessment is still what its facts and rules give
    Replay(replay::Replay),
    /// See what is erased at its deadline, and what is held
    #[command(subcommand)]
    Retention(retention::Retention),
    /// Make the report for the supervising authority, and verify one
    #[command(subcommand)]
    Compliance(compliance::Compliance),
    /// Work on the log of use: verify what was taken from it
    #[command(subcommand)]
    Log(log::Log),
    /// Work on the keys of what is sealed
    #[command(subcommand)]
    Keys(keys::Keys),
    /// Run a witness of somebody's log of use
    Witness(witness::Witness),
    /// Work on tokens with which programs use the API
    #[command(subcommand)]
    Token(token::Token),
    /// Work on rule packs
    #[command(subcommand)]
    Pack(pack::Pack),
    /// Print the contracts: GraphQL, facts, settings
    #[command(subcommand)]
    Schema(schema::Schema),
    /// Let the first administrator in
    #[command(subcommand)]
    Admin(admin::Admin),
    /// Work on settings
    #[command(subcommand)]
    Config(config::ConfigCommand),
}

/// Why a command did not do what was asked.
#[derive(Debug)]
enum Failure {
    /// What was asked for was looked at and refused; the reasons have been printed.
    Refused,
    /// It could not be done.
    Failed(anyhow::Error),
}

impl<E: Into<anyhow::Error>> From<E> for Failure {
    fn from(error: E) -> Self {
        Self::Failed(error.into())
    }
}

type Outcome = Result<(), Failure>;

/// Runs the command that the arguments name.
pub fn main() -> ExitCode {
    let cli = Cli::parse();
    let mut out = Printable::terminal(std::io::stdout().lock());
    let outcome = cli.command.run(cli.config.as_deref(), &mut out);
    let _ = out.flush();
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(Failure::Failed(error)) if reader_has_gone(&error) => ExitCode::SUCCESS,
        Err(Failure::Refused) => ExitCode::from(1),
        Err(Failure::Failed(error)) => {
            let _ = writeln!(Printable::terminal(std::io::stderr()), "varsel: {error:#}");
            ExitCode::from(1)
        }
    }
}

/// A reader that has read enough, as in `varsel assess | head`, is no failure of ours.
fn reader_has_gone(error: &anyhow::Error) -> bool {
    let cause = error.downcast_ref::<std::io::Error>();
    cause.is_some_and(|cause| cause.kind() == std::io::ErrorKind::BrokenPipe)
}

impl Command {
    fn run(self, file: Option<&Path>, out: &mut dyn Write) -> Outcome {
        match self {
            Self::Serve(serve) => serve.run(file, out),
            Self::Migrate(migrate) => migrate.run(file, out),
            Self::Assess(assess) => assess.run(out),
            Self::Report(report) => report.run(out),
            Self::Replay(replay) => replay.run(file, out),
            Self::Retention(retention) => retention.run(file, out),
            Self::Compliance(compliance) => compliance.run(file, out),
            Self::Log(log) => log.run(file, out),
            Self::Keys(keys) => keys.run(file, out),
            Self::Witness(witness) => witness.run(out),
            Self::Token(token) => token.run(file, out),
            Self::Pack(pack) => pack.run(out),
            Self::Schema(schema) => schema.run(out),
            Self::Admin(admin) => admin.run(file, out),
            Self::Config(config) => config.run(file, out),
        }
    }
}

/// Reads the settings; lists every mistake.
fn settings(file: Option<&Path>, data: Option<&Path>, purpose: Purpose) -> Result<Config, Failure> {
    let mut environment: Vec<(String, String)> = std::env::vars().collect();
    if let Some(data) = data {
        environment.retain(|(name, _)| name != "VARSEL_DATA");
        environment.push(("VARSEL_DATA".to_owned(), data.display().to_string()));
    }
    Config::load(file, environment, purpose).map_err(|mistakes| {
        let _ = list_mistakes(&mistakes);
        Failure::Refused
    })
}

fn list_mistakes(mistakes: &[Mistake]) -> std::io::Result<()> {
    let mut err = Printable::terminal(std::io::stderr().lock());
    writeln!(err, "varsel: these settings cannot be used:")?;
    for mistake in mistakes {
        writeln!(err, "  {mistake}")?;
    }
    writeln!(
        err,
        "Write settings into a file (--config FILE) or into variables (VARSEL_HTTP__PORT for http.port);\n\
         `varsel schema config` prints them all, `varsel config default` with comments."
    )
}

/// Files that this process makes (database, mails) are for its own user only.
fn keep_files_private() {
    rustix::process::umask(rustix::fs::Mode::RWXG | rustix::fs::Mode::RWXO);
}

/// What this process holds in memory (keys, reports) is written into no file when it crashes.
fn dump_no_core() -> std::io::Result<()> {
    let none = Rlimit { current: Some(0), maximum: Some(0) };
    Ok(setrlimit(Resource::Core, none)?)
}

/// A runtime for commands that wait for others.
fn runtime() -> std::io::Result<tokio::runtime::Runtime> {
    tokio::runtime::Builder::new_multi_thread().enable_all().build()
}

/// The pack in a directory, or the one built in under that name; none named is the law in force. Lists every refusal.
fn load_pack(named: Option<&Path>) -> Result<Pack, Failure> {
    read_pack(named).map_err(|errors| refused(&errors))
}

fn read_pack(named: Option<&Path>) -> Result<Pack, Vec<varsel_rules::PackError>> {
    let built_in = |name: &Path| {
        let name = name.to_str().filter(|name| PackFiles::built_in().contains(name))?;
        Some(PackFiles::embedded(name))
    };
    let files = match named {
        None => Ok(PackFiles::embedded("dk")),
        Some(path) if path.is_dir() => PackFiles::read(path),
        Some(path) => built_in(path).map_or_else(|| PackFiles::read(path), Ok),
    };
    files.and_then(|files| Pack::from_files(&files))
}

/// Every mistake of a pack on a line of its own, in English.
fn refused(errors: &[varsel_rules::PackError]) -> Failure {
    refused_in(Language::En, errors)
}

/// As [`refused`], in a language.
fn refused_in(language: Language, errors: &[varsel_rules::PackError]) -> Failure {
    let mut err = Printable::terminal(std::io::stderr().lock());
    for error in errors {
        let _ = match language {
            Language::Da => writeln!(err, "{}:{}: {}", error.file, error.line, error.danish),
            Language::En => writeln!(err, "{error}"),
        };
    }
    let _ = match language {
        Language::Da => writeln!(err, "varsel: regelpakken er afvist, {} fejl", errors.len()),
        Language::En => writeln!(err, "varsel: the rule pack is refused, {} mistakes", errors.len()),
    };
    Failure::Refused
}
