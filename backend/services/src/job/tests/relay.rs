//! A mail relay for tests, on this machine: it speaks as much SMTP (RFC 5321) as one mail needs.

use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::Arc;

use tokio::sync::watch;

/// What the relay does when it is offered a mail.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Mood {
    /// Takes it.
    Takes,
    /// Takes it and hangs up without saying so: the sender cannot tell (RFC 1047).
    TakesInSilence,
    /// Refuses the recipient, and repeats the address.
    Refuses,
}

/// A running relay.
#[derive(Clone)]
pub(super) struct Relay {
    port: u16,
    state: Arc<watch::Sender<State>>,
}

struct State {
    mood: Mood,
    offered: usize,
    taken: Vec<String>,
}

impl Relay {
    /// Starts it on a free port.
    pub(super) fn start(mood: Mood) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        let relay =
            Self { port, state: Arc::new(watch::Sender::new(State { mood, offered: 0, taken: vec![] })) };
        let state = Arc::clone(&relay.state);
        std::thread::spawn(move || {
            for stream in listener.incoming() {
                let state = Arc::clone(&state);
                std::thread::spawn(move || converse(stream.unwrap(), &state));
            }
        });
        relay
    }

    /// Its address.
    pub(super) fn url(&self) -> String {
        format!("smtp://127.0.0.1:{}", self.port)
    }

    /// Changes what it does from now on.
    pub(super) fn set_mood(&self, mood: Mood) {
        self.state.send_modify(|state| state.mood = mood);
    }

    /// How many mails were offered to it.
    pub(super) fn offered(&self) -> usize {
        self.state.borrow().offered
    }

    /// Answers when it has taken so many mails.
    pub(super) async fn has_taken(&self, count: usize) {
        self.state.subscribe().wait_for(|state| state.taken.len() >= count).await.unwrap();
    }

    /// The mails it took, in order.
    pub(super) fn taken(&self) -> Vec<String> {
        self.state.borrow().taken.clone()
    }
}

/// One connection, until somebody hangs up.
fn converse(mut stream: TcpStream, state: &watch::Sender<State>) -> Option<()> {
    let mut lines = BufReader::new(stream.try_clone().ok()?).lines();
    write!(stream, "220 relay.example\r\n").ok()?;
    while let Some(Ok(line)) = lines.next() {
        let mood = state.borrow().mood;
        let verb = line.split([' ', ':']).next()?.to_ascii_uppercase();
        let answer = match verb.as_str() {
            "MAIL" => {
                state.send_modify(|state| state.offered += 1);
                "250 go on".to_owned()
            }
            "RCPT" if mood == Mood::Refuses => format!("550 5.1.1 {line}: no such mailbox"),
            "DATA" => {
                write!(stream, "354 go on\r\n").ok()?;
                let mail: Vec<String> =
                    lines.by_ref().map_while(Result::ok).take_while(|line| line != ".").collect();
                state.send_modify(|state| state.taken.push(mail.join("\n")));
                if mood == Mood::TakesInSilence {
                    return None;
                }
                "250 taken".to_owned()
            }
            "QUIT" => "221 bye".to_owned(),
            _ => "250 yes".to_owned(),
        };
        // In one piece: the second would wait for a late acknowledgement of the first.
        stream.write_all(format!("{answer}\r\n").as_bytes()).ok()?;
    }
    None
}
