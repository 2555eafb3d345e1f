//! `varsel witness`

use std::io::Write;
use std::net::{SocketAddr, TcpListener};
use std::path::PathBuf;
use std::sync::Arc;

use anyhow::Context;
use chrono::TimeDelta;
use clap::Args;
use varsel_log::key::{Signer, Verifier};
use varsel_services::domain::SystemClock;

use super::{Outcome, keep_files_private, runtime};
use crate::config::{Log, LogFormat};
use crate::telemetry;
use crate::witness::{Witness as Keeping, serve};

/// Runs a witness of one log of use or several: cosigns what continues, and raises an alarm when a log was changed or has
/// fallen silent. Run it where whoever runs the log has no say.
#[derive(Args)]
#[command(after_help = "Examples:
  varsel log new-key --witness witness.example.dk > witness.key
  varsel witness --key-file witness.key --log 'varsel.example.dk/use-log+1f2e3d4c+AbCd…' --state /var/lib/witness \\
      --listen 0.0.0.0:9080 --on-alarm /usr/local/bin/call-the-duty-officer

Give the log the key that is printed (use_log.witnesses). GET /health answers 503 while a log is silent.")]
pub(super) struct Witness {
    /// File with the witness's private key
    #[arg(long, value_name = "FILE")]
    key_file: PathBuf,
    /// Public key of a log, as `varsel log key` prints it there; may be given several times
    #[arg(long, value_name = "KEY", required = true)]
    log: Vec<Verifier>,
    /// Directory for the newest checkpoint of each log
    #[arg(long, value_name = "DIR")]
    state: PathBuf,
    /// Address to listen on
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1:9080")]
    listen: SocketAddr,
    /// Seconds without anything new after which a log is silent; it says something every minute
    #[arg(long, value_name = "SECONDS", default_value_t = 150, value_parser = clap::value_parser!(u16).range(75..=3600))]
    silence: u16,
    /// Program to run at an alarm, with the sentence as its argument
    #[arg(long, value_name = "PROGRAM")]
    on_alarm: Option<PathBuf>,
}

impl Witness {
    pub(super) fn run(self, out: &mut dyn Write) -> Outcome {
        telemetry::start(&Log { format: LogFormat::Text, level: "info".to_owned() });
        keep_files_private();
        let name = self.key_file.display().to_string();
        let text =
            std::fs::read_to_string(&self.key_file).with_context(|| format!("{name} cannot be read"))?;
        let signer = Signer::from_secret(&text).with_context(|| format!("{name} holds no key"))?;
        let silence = TimeDelta::seconds(self.silence.into());
        let witness = Keeping::open(signer, self.log, &self.state, silence, Arc::new(SystemClock))?;
        let listener = TcpListener::bind(self.listen)
            .with_context(|| format!("{} cannot be listened on", self.listen))?;
        writeln!(out, "Cosigning on http://{} as", listener.local_addr()?)?;
        writeln!(out, "{}", witness.verifier())?;
        out.flush()?;
        runtime()?.block_on(serve(Arc::new(witness), listener, self.on_alarm))?;
        Ok(())
    }
}
