//! Any document: the gate refuses it, or the parser, the validation and the execution answer, both in bounded time, on no more
//! stack than a thread of the server has.

#![no_main]

use std::sync::LazyLock;
use std::time::Duration;

use async_graphql::dynamic::Schema;
use libfuzzer_sys::fuzz_target;
use rustix::process::{Resource, getrlimit};
use rustix::time::{ClockId, clock_gettime};
use tokio::runtime::{Builder, Runtime};

#[expect(dead_code, reason = "it is the server's own file; variables are checked elsewhere")]
#[path = "../../backend/server/src/graphql/gate/mod.rs"]
mod gate;

/// Bytes of stack that a thread of the server has. `scripts/fuzz.sh` gives the main thread as many.
const STACK: u64 = 2 * 1024 * 1024;
/// How long the gate may compute, and all of it together.
const GATE: Duration = Duration::from_millis(10);
const WHOLE: Duration = Duration::from_millis(50);

static SCHEMA: LazyLock<Schema> = LazyLock::new(varsel_fuzz::schema::build);
static RUNTIME: LazyLock<Runtime> = LazyLock::new(|| Builder::new_current_thread().build().unwrap());

/// What this thread has computed: what else runs on the machine counts for nothing.
fn computed() -> Duration {
    clock_gettime(ClockId::ThreadCPUTime).try_into().unwrap()
}

fn prepare() {
    let stack = getrlimit(Resource::Stack).current;
    assert!(stack.is_some_and(|bytes| bytes <= STACK), "run it as scripts/fuzz.sh does: ulimit -s 2048");
    let known = RUNTIME.block_on(SCHEMA.execute("{ pack { version } }"));
    assert_eq!(known.errors[0].message, "no server", "the schema must know what the pages ask for");
}

fuzz_target!(init: prepare(), |document: &str| {
    let begun = computed();
    let passes = gate::check_document(document).is_ok();
    let judged = computed() - begun;
    assert!(judged < GATE, "the gate took {judged:?}");
    if passes {
        RUNTIME.block_on(SCHEMA.execute(document));
        let answered = computed() - begun;
        assert!(answered < WHOLE, "the answer took {answered:?}");
    }
});
