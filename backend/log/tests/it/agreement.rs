//! Another implementation, by others and in another language, agrees: Go's `sumdb/tlog` and `sumdb/note`, as Debian has them.

use std::path::Path;
use std::process::Command;

use varsel_log::export::open;
use varsel_log::key::Purpose;
use varsel_log::proof::consistency;
use varsel_log::witness::{AddCheckpoint, cosign, judge};

use crate::support::{Log, signer};
use crate::tools::pass_over_without;

const PROGRAM: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/it/go/verify.go");

/// Debian's Go, and where its packages put the library; none where they are not installed.
fn go() -> Option<Command> {
    let library = Path::new("/usr/share/gocode/src/golang.org/x/mod/sumdb/tlog");
    let go = ["/usr/bin/go", "/usr/lib/go-1.19/bin/go"].into_iter().find(|path| Path::new(path).exists())?;
    library.exists().then(|| {
        let mut command = Command::new(go);
        command.env("GO111MODULE", "off").env("GOPATH", "/usr/share/gocode").env("GOFLAGS", "");
        command
    })
}

/// What Varsel says of every file in `folder`, by name; also written there for the other implementation to read.
fn write_files(folder: &Path) -> Vec<(String, bool)> {
    let mut said = Vec::new();
    let witness = signer("witness.example", Purpose::Witness, 5);
    let mut put = |name: String, bytes: Vec<u8>, good: bool| {
        std::fs::write(folder.join(&name), bytes).expect("a file");
        said.push((name, good));
    };
    for size in [1, 2, 255, 256, 257, 700] {
        let log = Log::of(size);
        let note = log.checkpoint().sign(&log.signer);
        let request = AddCheckpoint { old: 0, proof: Vec::new(), note: note.clone() };
        let note = note + &cosign(&witness, &request, 1_764_115_200).expect("a note");
        let positions: Vec<_> = [0, 1, 100, 255, 256, 511].into_iter().filter(|at| *at < size).collect();
        let file = log.export(&positions, &note);
        for flip in (0..file.len()).step_by(97) {
            let mut bytes = file.clone();
            bytes[flip] ^= 1;
            let good = open(&*bytes, Some(log.signer.verifier()))
                .and_then(|it| it.verify(&[witness.verifier().clone()], |_| ()));
            put(format!("{size}-{flip}.export"), bytes, good.is_ok());
        }
        put(format!("{size}.export"), file, true);
    }
    let log = Log::of(700);
    for old in [1, 2, 3, 255, 256, 300, 512, 699, 700] {
        let (last, note) = (log.checkpoint_at(old), log.checkpoint().sign(&log.signer));
        let proof = consistency(&log.tiles, old, 700).expect("all tiles");
        for wrong in 0..=proof.len() {
            let mut proof = proof.clone();
            if let Some(hash) = proof.get_mut(wrong) {
                hash.0[31] ^= 1;
            }
            let request = AddCheckpoint { old, proof, note: note.clone() };
            let good = judge(Some(&last), &request, log.signer.verifier()).is_ok();
            let text = format!("last {}\n{}", last.root.to_base64(), request.to_body());
            put(format!("{old}-{wrong}.request"), text.into_bytes(), good);
        }
    }
    said
}

#[test]
fn another_implementation_agrees_about_every_file() {
    let Some(mut go) = go() else {
        let packages = "Go with its x/mod (Debian's golang-go and golang-golang-x-mod-dev)";
        return pass_over_without(packages, "what another implementation makes of the log's files");
    };
    let folder = tempfile::tempdir().expect("a folder");
    let said = write_files(folder.path());
    let (good, bad) = said.iter().partition::<Vec<_>, _>(|(_, good)| *good);
    assert!(good.len() > 12 && bad.len() > 100, "{} good, {} bad", good.len(), bad.len());
    let keys =
        [signer("varsel.example/log", Purpose::Log, 1), signer("witness.example", Purpose::Witness, 5)];
    go.arg("run").arg(PROGRAM).args(keys.iter().map(|key| key.verifier().to_string())).arg(folder.path());
    let output = go.env("GOCACHE", folder.path().join("cache")).output().expect("Go runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let answers = String::from_utf8(output.stdout).expect("text");
    for (name, good) in &said {
        let expected = format!("{name} {}", if *good { "accepted" } else { "rejected" });
        assert!(
            answers.lines().any(|line| line == expected),
            "not {expected}:\n{}",
            answers.lines().find(|line| line.starts_with(name.as_str())).unwrap_or("nothing")
        );
    }
    assert_eq!(answers.lines().count(), said.len());
}
