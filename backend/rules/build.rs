//! Builds again when a file is added to a pack: the embedded packs are read at compile time.

use std::io::Write;

fn main() -> std::io::Result<()> {
    writeln!(std::io::stdout(), "cargo::rerun-if-changed=../packs")
}
