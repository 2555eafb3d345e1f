//! The log of refused sign-ins, as an operator reads it.

use std::io::Write;
use std::sync::{Arc, LazyLock, Mutex};

use serde_json::Value;
use tracing_subscriber::EnvFilter;

/// What has been logged in this process; its servers run on threads of their own, so there is one for all tests.
static LINES: LazyLock<Arc<Mutex<Vec<u8>>>> = LazyLock::new(|| {
    let lines = Arc::new(Mutex::new(Vec::new()));
    let shared = Arc::clone(&lines);
    let filter = EnvFilter::new("varsel_server::http::sign_in=warn");
    let writer = move || Shared(Arc::clone(&shared));
    tracing_subscriber::fmt().json().with_env_filter(filter).with_writer(writer).init();
    lines
});

struct Shared(Arc<Mutex<Vec<u8>>>);

impl Write for Shared {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

/// Starts to listen.
pub(super) fn listen() {
    LazyLock::force(&LINES);
}

/// The reason for which the provider's answer was refused in this request. Ids repeat from test to test; the name of a
/// provider that only one test has does not.
pub(super) fn reason(provider: &str, request_id: &str) -> Option<String> {
    let text = String::from_utf8(LINES.lock().unwrap().clone()).unwrap();
    let lines = text.lines().map(|line| serde_json::from_str::<Value>(line).unwrap());
    let mut own = lines
        .filter(|line| line["fields"]["provider"] == provider && line["fields"]["request.id"] == request_id);
    own.next_back().and_then(|line| line["fields"]["reason"].as_str().map(str::to_owned))
}
