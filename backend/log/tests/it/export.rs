//! Exports: whatever is changed in one is noticed.

use proptest::prelude::*;
use varsel_log::export::{ExportError, Verified, open};
use varsel_log::key::Purpose;
use varsel_log::witness::{AddCheckpoint, cosign};

use crate::support::{Log, signer};

fn verify(log: &Log, file: &[u8]) -> Result<Verified, ExportError> {
    open(file, Some(log.signer.verifier()))?.verify(&[], |_| ())
}

fn made() -> (Log, Vec<u8>) {
    let log = Log::of(700);
    let checkpoint = log.checkpoint().sign(&log.signer);
    let file = log.export(&[0, 3, 4, 255, 256, 511, 699], &checkpoint);
    (log, file)
}

/// One of the ways to tamper with a file.
fn tampered(file: &[u8], way: u8, at: prop::sample::Index, other: prop::sample::Index, byte: u8) -> Vec<u8> {
    let lines: Vec<&[u8]> = file.split_inclusive(|byte| *byte == b'\n').collect();
    let (one, two) = (at.index(lines.len()), other.index(lines.len()));
    let mut bytes = file.to_vec();
    match way {
        0 => bytes[at.index(file.len())] ^= 1 << (byte % 8),
        1 => drop(bytes.remove(at.index(file.len()))),
        2 => bytes.insert(at.index(file.len()), byte),
        3 => bytes.truncate(at.index(file.len())),
        4 => {
            let mut lines = lines;
            lines.swap(one, two);
            return lines.concat();
        }
        5 => {
            let mut lines = lines;
            lines.remove(one);
            return lines.concat();
        }
        6 => {
            let mut lines = lines;
            let line = lines[one];
            lines.insert(two, line);
            return lines.concat();
        }
        _ => bytes.extend_from_slice(lines[one]),
    }
    bytes
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(10_000))]

    #[test]
    fn ten_thousand_tamperings_are_noticed(
        way in 0..8_u8, at in any::<prop::sample::Index>(), other in any::<prop::sample::Index>(), byte in any::<u8>()
    ) {
        thread_local!(static MADE: (Log, Vec<u8>) = made());
        MADE.with(|(log, file)| {
            let changed = tampered(file, way, at, other, byte);
            prop_assert!(changed == *file || verify(log, &changed).is_err(), "way {way} went unnoticed");
            Ok(())
        })?;
    }
}

#[test]
fn a_true_export_is_verified_and_gives_its_entries_back() {
    let (log, file) = made();
    let mut positions = Vec::new();
    let verified = open(&*file, Some(log.signer.verifier()))
        .expect("an export")
        .verify(&[], |entry| {
            assert_eq!(entry.entry, log.entries[usize::try_from(entry.position).expect("small")].1);
            positions.push(entry.position);
        })
        .expect("nothing was changed");
    assert_eq!(positions, [0, 3, 4, 255, 256, 511, 699]);
    assert_eq!((verified.entries, verified.checkpoint), (7, log.checkpoint()));
    assert_eq!(verified.about["case"], "2026-17");
}

#[test]
fn an_entry_that_was_changed_is_named() {
    let (log, file) = made();
    let text = String::from_utf8(file).expect("text").replacen(
        "\\\"use\\\":\\\"read\\\"",
        "\\\"use\\\":\\\"lost\\\"",
        1,
    );
    assert!(matches!(verify(&log, text.as_bytes()), Err(ExportError::Changed { line: 2, position: 0 })));
    assert!(matches!(verify(&log, b"a,b\n"), Err(ExportError::NotAnExport)));
    assert!(matches!(verify(&log, b""), Err(ExportError::NotAnExport)));
}

/// Whoever has the log's key can sign anything; the tree and the witness are what is left.
#[test]
fn a_thief_of_the_key_is_stopped_by_the_tree_and_by_the_witness() {
    let (log, _) = made();
    let mut forged = Log::of(700);
    forged.entries[4].1 = forged.entries[4].1.replace("read", "nothing");
    let checkpoint = log.checkpoint().sign(&log.signer);
    assert!(matches!(verify(&log, &forged.export(&[3, 4], &checkpoint)), Err(ExportError::NotOfThisTree)));

    let witness = signer("witness.example", Purpose::Witness, 5);
    let request = AddCheckpoint { old: 0, proof: Vec::new(), note: checkpoint.clone() };
    let cosigned = checkpoint.clone() + &cosign(&witness, &request, 1_764_115_200).expect("a note");
    let known = [witness.verifier().clone()];
    let check = |file: &[u8]| open(file, None).and_then(|it| it.verify(&known, |_| ()));
    assert_eq!(check(&log.export(&[3, 4], &cosigned)).expect("cosigned").cosigned.len(), 1);
    assert!(matches!(check(&log.export(&[3, 4], &checkpoint)), Err(ExportError::NotWitnessed)));
}

#[test]
fn another_logs_export_is_not_taken_for_ours() {
    let (_, file) = made();
    let stranger = signer("varsel.example/log", Purpose::Log, 2);
    assert!(matches!(open(&*file, Some(stranger.verifier())), Err(ExportError::AnotherKey { .. })));
}

/// The one thing that no check of lines can find: a signature line of another file of the same log.
#[test]
fn the_signature_of_another_export_does_not_fit() {
    let (log, file) = made();
    let other = log.export(&[1], &log.checkpoint().sign(&log.signer));
    let last =
        |file: &[u8]| file[..file.len() - 1].iter().rposition(|byte| *byte == b'\n').expect("lines") + 1;
    let mixed = [&file[..last(&file)], &other[last(&other)..]].concat();
    assert!(matches!(verify(&log, &mixed), Err(ExportError::Signature(_))));
}
