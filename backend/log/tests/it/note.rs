//! Notes and keys, with the examples of the standards.

use varsel_log::Hash;
use varsel_log::checkpoint::Checkpoint;
use varsel_log::key::{KeyError, Purpose, Signer, Verifier};
use varsel_log::note::{self, NoteError};

use crate::support::{Log, signer};

/// The key and note of the example in the documentation of Go's `sumdb/note`.
const EXAMPLE_KEY: &str = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW";
const EXAMPLE: &str = "If you think cryptography is the answer to your problem,\n\
    then you don't know what your problem is.\n\n\
    — PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n";

#[test]
fn the_example_of_the_standards_first_implementation_holds() {
    let key: Verifier = EXAMPLE_KEY.parse().expect("a key");
    assert_eq!(key.to_string(), EXAMPLE_KEY);
    let (text, signed) = note::open(EXAMPLE, std::slice::from_ref(&key)).expect("a good signature");
    assert!(text.ends_with("problem is.\n"));
    assert_eq!((signed.len(), signed[0].at), (1, None));
    let other = EXAMPLE.replace("answer", "reason");
    assert_eq!(note::open(&other, &[key]), Err(NoteError::Wrong("PeterNeumann".to_owned())));
}

#[test]
fn who_is_unknown_has_not_signed() {
    let log = Log::of(3);
    let note = log.checkpoint().sign(&log.signer);
    let stranger = signer("varsel.example/other", Purpose::Log, 2);
    assert_eq!(Checkpoint::open(&note, stranger.verifier(), &[]), Err(NoteError::Unsigned));
    // The same name with another key is somebody else.
    let namesake = signer("varsel.example/log", Purpose::Log, 3);
    assert_eq!(Checkpoint::open(&note, namesake.verifier(), &[]), Err(NoteError::Unsigned));
    // The same key as a witness is somebody else, too.
    let witness = signer("varsel.example/log", Purpose::Witness, 1);
    assert_eq!(Checkpoint::open(&note, witness.verifier(), &[]), Err(NoteError::Unsigned));
}

#[test]
fn a_secret_key_comes_back_from_its_text_and_a_damaged_one_does_not() {
    let key = signer("varsel.example/log", Purpose::Log, 9);
    let secret = key.to_secret();
    let again = Signer::from_secret(&format!("{}\n", *secret)).expect("the same key");
    assert_eq!(again.verifier(), key.verifier());
    assert!(
        !format!("{key:?}").contains(secret.rsplit('+').next().expect("its end")),
        "the secret is not printed"
    );
    let damaged = secret.replace("varsel.example/log+", "varsel.example/lag+");
    assert_eq!(Signer::from_secret(&damaged).err(), Some(KeyError::Id));
    for text in ["", "PRIVATE+KEY+", "PRIVATE+KEY+a+b+c", "a+00000000+AA==", "PRIVATE+KEY+a+00000000+AAAA"] {
        assert!(Signer::from_secret(text).is_err(), "{text}");
        assert!(text.parse::<Verifier>().is_err(), "{text}");
    }
    assert_eq!(Signer::new("two words", Purpose::Log, &[0; 32]).err(), Some(KeyError::Name));
}

#[test]
fn only_checkpoints_are_read_as_such() {
    let root = Hash::of_nothing().to_base64();
    let good = format!("a\n12\n{root}\n");
    assert_eq!(Checkpoint::from_text(&good).map(|it| it.to_text()), Some(good.clone()));
    assert!(Checkpoint::from_text(&format!("{good}an extension\n")).is_some());
    for bad in [
        String::new(),
        format!("a\n12\n{root}"),
        format!("\n12\n{root}\n"),
        format!("a\n012\n{root}\n"),
        format!("a\n-1\n{root}\n"),
        format!("a\n+1\n{root}\n"),
        "a\n12\nAAAA\n".to_owned(),
        format!("{good}\nafter an empty line\n"),
    ] {
        assert_eq!(Checkpoint::from_text(&bad), None, "{bad:?}");
    }
}
