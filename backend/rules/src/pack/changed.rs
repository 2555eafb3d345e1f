//! The Danish pack with texts of its files replaced, for the tests beside the code.

use super::said::danish::is_danish;
use super::{Pack, PackFiles};

/// Its files with the first of each text replaced, which must be there.
pub(super) fn files(changes: &[(&str, &str, &str)]) -> PackFiles {
    let mut files = PackFiles::embedded("dk");
    for (file, from, to) in changes {
        let text = files.get(file).unwrap();
        assert!(text.contains(from), "{file} no longer says `{from}`: this test must follow it");
        let text = text.replacen(from, to, 1);
        files.insert(*file, text);
    }
    files
}

/// The pack of these files, which must be without refusals.
pub(super) fn pack(changes: &[(&str, &str, &str)]) -> Pack {
    Pack::from_files(&files(changes)).unwrap_or_else(|refusals| panic!("{refusals:#?}"))
}

/// What is refused of it, in English; each refusal is in Danish, too.
pub(super) fn refusals(changes: &[(&str, &str, &str)]) -> Vec<String> {
    let refusals = Pack::from_files(&files(changes)).err().unwrap_or_default();
    assert!(refusals.iter().all(|refusal| is_danish(&refusal.danish)), "{refusals:#?}");
    refusals.iter().map(ToString::to_string).collect()
}
