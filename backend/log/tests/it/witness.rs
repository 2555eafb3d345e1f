//! A witness cosigns what continues, and nothing else, whoever signed it.

use varsel_log::checkpoint::Checkpoint;
use varsel_log::key::Purpose;
use varsel_log::proof::consistency;
use varsel_log::witness::{AddCheckpoint, Refusal, cosign, judge};

use crate::support::{Log, signer};

fn request(log: &Log, old: u64) -> AddCheckpoint {
    let new = log.checkpoint();
    let proof = consistency(&log.tiles, old, new.size).unwrap_or_default();
    AddCheckpoint { old, proof, note: new.sign(&log.signer) }
}

#[test]
fn what_continues_is_cosigned_with_its_time() {
    let mut log = Log::of(10);
    let witness = signer("witness.example", Purpose::Witness, 5);
    let mut last: Option<Checkpoint> = None;
    for growth in [0, 1, 0, 300, 7] {
        log.grow(growth, "read");
        let request = request(&log, last.as_ref().map_or(0, |last| last.size));
        let request = AddCheckpoint::from_body(&request.to_body()).expect("as it travels");
        assert_eq!(request.origin(), Some("varsel.example/log"));
        let seen = judge(last.as_ref(), &request, log.signer.verifier()).expect("it continues");
        let line = cosign(&witness, &request, 1_764_115_200).expect("a note");
        let note = format!("{}{line}", request.note);
        let (opened, signed) = Checkpoint::open(&note, log.signer.verifier(), &[witness.verifier().clone()])
            .expect("both signatures");
        assert_eq!((opened, signed[1].at), (seen.clone(), Some(1_764_115_200)));
        let earlier = note
            .replace(&line, &cosign(&witness, &request, 1).expect("a note").replace("AAAAAAAA", "AAAAAAAB"));
        assert!(
            earlier == note
                || Checkpoint::open(&earlier, log.signer.verifier(), &[witness.verifier().clone()]).is_err()
        );
        last = Some(seen);
    }
}

#[test]
fn a_fork_a_rollback_and_a_forgery_are_refused() {
    let mut log = Log::of(100);
    let first = judge(None, &request(&log, 0), log.signer.verifier()).expect("the first");
    // The database of yesterday: fewer entries than were cosigned.
    let yesterday = Log::of(60);
    let key = log.signer.verifier().clone();
    assert_eq!(judge(Some(&first), &request(&yesterday, 60), &key), Err(Refusal::Conflict { size: 100 }));
    assert_eq!(judge(Some(&first), &request(&yesterday, 100), &key), Err(Refusal::Malformed));
    // Another history of the same size, signed with the right key.
    let mut fork = Log::of(99);
    fork.grow(1, "nothing happened");
    assert_eq!(judge(Some(&first), &request(&fork, 100), &key), Err(Refusal::Conflict { size: 100 }));
    // The same, grown.
    fork.grow(50, "read");
    assert_eq!(judge(Some(&first), &request(&fork, 100), &key), Err(Refusal::NotContinued));
    assert_eq!(judge(Some(&first), &request(&fork, 0), &key), Err(Refusal::Conflict { size: 100 }));
    // The right history, signed with another key.
    log.grow(50, "read");
    let mut forged = request(&log, 100);
    forged.note = log.checkpoint().sign(&signer("varsel.example/log", Purpose::Log, 66));
    assert_eq!(judge(Some(&first), &forged, &key), Err(Refusal::NotSigned));
    assert!(judge(Some(&first), &request(&log, 100), &key).is_ok());
}

#[test]
fn what_is_no_request_is_not_read_as_one() {
    let body = request(&Log::of(9), 4).to_body();
    assert!(AddCheckpoint::from_body(&body).is_some());
    for bad in [
        "",
        "old 4\n",
        &body.replacen("old 4", "old 04", 1),
        &body.replacen("old 4", "old -4", 1),
        &body.replacen('=', "", 1),
    ] {
        assert_eq!(AddCheckpoint::from_body(bad), None, "{bad}");
    }
    let many = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n".repeat(64);
    assert_eq!(AddCheckpoint::from_body(&format!("old 4\n{many}\nnote")), None);
}
