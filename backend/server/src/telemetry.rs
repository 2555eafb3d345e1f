//! Logs: a readable message and dotted fields; never names, addresses or words from reports. Whatever stands in a field, an
//! event stays one line.

use std::io::IsTerminal;

use tracing::Subscriber;
use tracing_subscriber::EnvFilter;
use tracing_subscriber::fmt::MakeWriter;
use tracing_subscriber::util::SubscriberInitExt as _;

use crate::config::{Log, LogFormat};
use crate::printable::Printable;

/// In its finest detail, this library tells the address of the database, and its password with it.
const TELLS_TOO_MUCH: &str = "sea_orm=info";

/// Begins to log to the standard error output. A second call changes nothing.
pub fn start(log: &Log) {
    let colours = log.format == LogFormat::Text && std::io::stderr().is_terminal();
    // It fails only where logging has begun already.
    let _ = lines(log, colours, move || Printable::log(std::io::stderr(), colours)).try_init();
}

/// What turns events into lines.
fn lines<W>(log: &Log, colours: bool, writer: W) -> Box<dyn Subscriber + Send + Sync>
where
    W: for<'a> MakeWriter<'a> + Send + Sync + 'static,
{
    let mut filter = EnvFilter::try_new(&log.level).unwrap_or_else(|_| EnvFilter::new("info"));
    if let Ok(never) = TELLS_TOO_MUCH.parse() {
        filter = filter.add_directive(never);
    }
    let lines = tracing_subscriber::fmt().with_env_filter(filter).with_writer(writer).with_ansi(colours);
    match log.format {
        LogFormat::Text => Box::new(lines.finish()),
        LogFormat::Json => Box::new(lines.json().flatten_event(true).finish()),
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write;
    use std::sync::{Arc, Mutex};

    use proptest::prelude::*;
    use proptest::strategy::ValueTree as _;
    use proptest::test_runner::TestRunner;
    use serde_json::Value;
    use varsel_services::printable::is_harmful;

    use super::*;

    /// A log that is kept here.
    #[derive(Clone, Default)]
    struct Kept(Arc<Mutex<Vec<u8>>>);

    impl Write for Kept {
        fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
            self.0.lock().unwrap().extend_from_slice(bytes);
            Ok(bytes.len())
        }

        fn flush(&mut self) -> std::io::Result<()> {
            Ok(())
        }
    }

    /// Texts as attackers write them: anything, and often what means something to a terminal, a log or a parser.
    fn texts() -> Vec<String> {
        let piece = prop_oneof![
            3 => any::<String>(),
            1 => "[ -~]{0,20}",
            4 => prop::sample::select(vec![
                "\r\n2026-11-25T10:00:00Z  INFO varsel: forged", "\n", "\0", "\u{1b}[2J", "\u{1b}]0;title\u{7}", "\u{9b}31m",
                "\u{202e}", "\u{2028}", "\u{85}", "\"", "\\", "\\u000a", "\"}\n{\"level\":\"INFO\"", "%0a", "{}", "${jndi:x}",
            ]).prop_map(str::to_owned),
        ];
        let text = prop::collection::vec(piece, 0..6).prop_map(|pieces| pieces.concat());
        let mut runner = TestRunner::deterministic();
        (0..10_000).map(|_| text.new_tree(&mut runner).unwrap().current()).collect()
    }

    /// Lines of a log in which each text was logged as a message and as two fields.
    fn logged(format: LogFormat, texts: &[String], harmless: bool) -> String {
        let kept = Kept::default();
        let log = Log { format, level: "trace".to_owned() };
        let to = kept.clone();
        let subscriber: Box<dyn Subscriber + Send + Sync> = if harmless {
            lines(&log, false, move || Printable::log(to.clone(), false))
        } else {
            lines(&log, false, move || to.clone())
        };
        tracing::subscriber::with_default(subscriber, || {
            for text in texts {
                tracing::info!(name = %text, purpose = text.as_str(), "{text}");
            }
        });
        let bytes = kept.0.lock().unwrap().clone();
        String::from_utf8(bytes).unwrap()
    }

    /// What is wrong with a log of these texts.
    fn faults(format: LogFormat, log: &str, texts: &[String]) -> Vec<String> {
        let mut faults = Vec::new();
        let lines: Vec<_> = log.split_terminator('\n').collect();
        if lines.len() != texts.len() {
            faults.push(format!("{} lines of {} events", lines.len(), texts.len()));
        }
        for (line, text) in lines.iter().zip(texts) {
            if line.contains(|character| is_harmful(character) && character != '\t') {
                faults.push(format!("a character that does something: {line:?}"));
            }
            if format == LogFormat::Json {
                let read: Value = serde_json::from_str(line).unwrap_or_default();
                let same = ["name", "purpose", "message"].iter().all(|key| read[key].as_str() == Some(text));
                if !same {
                    faults.push(format!("{text:?} became {line}"));
                }
            }
        }
        faults
    }

    #[test]
    fn ten_thousand_hostile_texts_stay_one_line_each_and_do_nothing() {
        let texts = texts();
        for format in [LogFormat::Text, LogFormat::Json] {
            assert_eq!(faults(format, &logged(format, &texts, true), &texts), [""; 0], "{format:?}");
        }
    }

    #[test]
    fn a_log_that_is_written_as_it_comes_is_noticed() {
        let texts = texts();
        for format in [LogFormat::Text, LogFormat::Json] {
            assert!(!faults(format, &logged(format, &texts, false), &texts).is_empty(), "{format:?}");
        }
    }
}
