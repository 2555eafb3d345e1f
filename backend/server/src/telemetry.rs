//! Logs: a readable message and dotted fields; never names, addresses or words from reports. Whatever stands in a field, an
//! event stays one line.

use std::io::IsTerminal;

use tracing_subscriber::EnvFilter;

use crate::config::{Log, LogFormat};
use crate::printable::Printable;

/// In its finest detail, this library tells the address of the database, and its password with it.
const TELLS_TOO_MUCH: &str = "sea_orm=info";

/// Begins to log to the standard error output. A second call changes nothing.
pub fn start(log: &Log) {
    let mut filter = EnvFilter::try_new(&log.level).unwrap_or_else(|_| EnvFilter::new("info"));
    if let Ok(never) = TELLS_TOO_MUCH.parse() {
        filter = filter.add_directive(never);
    }
    let colours = log.format == LogFormat::Text && std::io::stderr().is_terminal();
    let lines = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(move || Printable::log(std::io::stderr(), colours))
        .with_ansi(colours);
    // It fails only where logging has begun already.
    let _ = match log.format {
        LogFormat::Text => lines.try_init(),
        LogFormat::Json => lines.json().flatten_event(true).try_init(),
    };
}
