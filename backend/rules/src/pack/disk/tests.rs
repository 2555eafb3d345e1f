//! What is read of a directory, what is left alone, and what is said of the rest.

use std::os::unix::fs::symlink;

use super::*;

/// What is read of a directory that `make` fills, and what is refused of it.
fn read_of(make: impl FnOnce(&Path)) -> (PackFiles, Vec<String>) {
    let folder = tempfile::tempdir().unwrap();
    make(folder.path());
    let mut refusals = Refusals::default();
    let files = read(folder.path(), &mut refusals);
    let said = refusals.check().err().unwrap_or_default();
    (files, said.iter().map(ToString::to_string).collect())
}

#[test]
fn what_no_pack_is_made_of_is_left_alone() {
    let (files, refused) = read_of(|folder| {
        fs::write(folder.join("pack.yaml"), "id: x").unwrap();
        fs::write(folder.join("notes.txt"), "x").unwrap();
        symlink("nowhere", folder.join("gone")).unwrap();
        symlink("/etc/passwd", folder.join("passwd")).unwrap();
    });
    let mut expected = PackFiles::default();
    expected.insert("pack.yaml", "id: x");
    assert_eq!((files, refused), (expected, Vec::new()));
}

#[test]
fn a_file_in_place_of_the_directory_is_said_to_be_none() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("pack.yaml");
    fs::write(&file, "").unwrap();
    let mut refusals = Refusals::default();
    assert_eq!(read(&file, &mut refusals), PackFiles::default());
    let [only] = refusals.check().unwrap_err().try_into().unwrap();
    let named = file.display();
    assert_eq!(only.message, format!("cannot read `{named}`: it is no directory: name one"));
    assert_eq!(only.danish, format!("kan ikke læse `{named}`: det er ingen mappe: skriv navnet på en"));
}

#[test]
fn what_the_system_refuses_is_said_in_words() {
    let denied = unreadable(None, &io::Error::from(ErrorKind::PermissionDenied));
    assert_eq!(denied.en, "cannot read: permission denied: allow reading it");
    assert_eq!(denied.da, "kan ikke læse: adgang nægtet: giv læseadgang");
}

#[test]
fn the_first_file_beyond_the_most_is_named_and_those_before_it_are_read() {
    let (files, refused) = read_of(|folder| {
        (0..MOST_FILES + 2).for_each(|n| fs::write(folder.join(format!("{n:03}.md")), "x").unwrap());
    });
    assert_eq!(files.under("").count(), MOST_FILES);
    assert_eq!(refused, ["300.md:0: a pack has at most 300 files: put several into one"]);
}

#[test]
fn a_file_that_is_too_large_is_refused_before_its_encoding_is() {
    let with_last_byte = |length: usize| {
        read_of(|folder| {
            let mut bytes = vec![b'x'; length - 1];
            bytes.push(b'\xe6');
            fs::write(folder.join("large.md"), bytes).unwrap();
        })
    };
    let (files, refused) = with_last_byte(MOST_FILE_BYTES);
    assert_eq!(files, PackFiles::default());
    assert_eq!(refused, ["large.md:0: cannot read: not UTF-8, save it as UTF-8"]);
    let (files, refused) = with_last_byte(MOST_FILE_BYTES + 1);
    assert_eq!(files, PackFiles::default());
    assert_eq!(refused, ["large.md:0: more than 1048576 bytes: split it, or shorten it"]);
}
