//! How long it takes to verify an export of 1,000,000 entries offline; the bound is 30 s.

use std::collections::BTreeMap;
use std::io::{BufReader, BufWriter};

use serde_json::json;
use varsel_log::append::append;
use varsel_log::checkpoint::Checkpoint;
use varsel_log::export::{Writer, open};
use varsel_log::key::{Purpose, Signer};
use varsel_log::proof::{cover, root};
use varsel_log::tile::Loaded;
use varsel_log::{Hash, Salt};

const ENTRIES: u64 = 1_000_000;

fn main() {
    divan::main();
}

/// An entry as long as those of an officer who opens an incident.
fn entry(number: u64) -> String {
    json!({
        "id": format!("019b{number:032}"), "at": "2026-11-25T22:14:03.123456Z", "person": format!("019b{number:032}"),
        "name": "Grethe Holm", "function": "officer of sektorcert", "use": "opened", "incident": format!("019b{number:032}"),
        "detail": { "facts": ["incident.cause", "incident.detected_at", "service.affected", "personal_data.involved"] },
    })
    .to_string()
}

fn file() -> Result<std::fs::File, Box<dyn std::error::Error>> {
    let signer = Signer::new("varsel.example/log", Purpose::Log, &[1; 32])?;
    let mut writer = Writer::new(BufWriter::new(tempfile::tempfile()?), signer.verifier(), json!({}))?;
    let mut leaves = BTreeMap::new();
    for position in 0..ENTRIES {
        leaves.insert(position, writer.entry(position, &Salt([7; 32]), &entry(position))?);
    }
    let mut tiles = Loaded::new();
    append(&mut tiles, 0, &leaves.values().copied().collect::<Vec<Hash>>())?;
    let checkpoint =
        Checkpoint { origin: "varsel.example/log".to_owned(), size: ENTRIES, root: root(&tiles, ENTRIES)? };
    let cover = cover(&tiles, ENTRIES, &leaves)?;
    Ok(writer.finish(&cover, &checkpoint.sign(&signer), &signer)?.into_inner()?)
}

#[divan::bench(sample_count = 3, sample_size = 1)]
fn a_million_entries(bencher: divan::Bencher<'_, '_>) {
    use std::io::{Seek as _, SeekFrom};
    let mut file = file().unwrap_or_else(|error| panic!("{error}"));
    bencher.bench_local(|| {
        file.seek(SeekFrom::Start(0)).map_err(varsel_log::export::ExportError::Io)?;
        open(BufReader::new(&file), None)?.verify(&[], |_| ()).map(|verified| verified.entries)
    });
}
