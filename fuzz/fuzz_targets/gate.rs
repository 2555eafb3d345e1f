//! Any document: the gate refuses it, or the parser and the validation answer, both in bounded time and on the stack of the
//! server's own threads.

#![no_main]

use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{LazyLock, Mutex};
use std::time::{Duration, Instant};

use libfuzzer_sys::fuzz_target;
use varsel_server::graphql::{gate, rehearse};

/// Bytes of stack that a thread of the server has, and twice as much for what the sanitizer takes of it.
const STACK: usize = 3 * 2 * 1024 * 1024;
/// How long the gate may take, and all of it; generous, because the sanitizer slows everything.
const GATE: Duration = Duration::from_millis(100);
const WHOLE: Duration = Duration::from_secs(2);

/// A thread that answers documents one after the other.
static SERVER: LazyLock<Mutex<(Sender<String>, Receiver<usize>)>> = LazyLock::new(|| {
    let (ask, asked) = channel::<String>();
    let (answer, answers) = channel();
    let thread = std::thread::Builder::new().stack_size(STACK);
    let running = thread.spawn(move || {
        let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
        for document in asked {
            answer.send(runtime.block_on(rehearse(&document)).unwrap()).unwrap();
        }
    });
    running.unwrap();
    Mutex::new((ask, answers))
});

fuzz_target!(|document: &str| {
    let begun = Instant::now();
    let refused = gate::check_document(document).is_err();
    assert!(begun.elapsed() < GATE, "the gate took {:?}", begun.elapsed());
    if refused {
        return;
    }
    let server = SERVER.lock().unwrap();
    server.0.send(document.to_owned()).unwrap();
    server.1.recv().unwrap();
    assert!(begun.elapsed() < WHOLE, "the answer took {:?}", begun.elapsed());
});
