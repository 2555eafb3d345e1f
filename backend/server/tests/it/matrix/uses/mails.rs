//! The mails that go out, each to be looked at like an answer.

use std::collections::BTreeSet;
use std::path::Path;

use varsel_services::domain::PersonId;
use varsel_services::job::run_due;
use varsel_services::testing::mails_in;

use super::oracle::Left;
use super::people::People;
use crate::harness::App;

/// Where the mails of a unit go that has no other address.
const UNITS: &str = "@units.example";

/// Runs every job that is due: the mails that went out.
pub(super) async fn sent(app: &App) -> Vec<Left> {
    let services = &app.house.services;
    let folder = format!("varsel-canaries-{}", services.ids.next(app.house.now()));
    let folder = std::env::temp_dir().join(format!("{folder}-{}", std::process::id()));
    let settings = mails_in(&folder);
    // What a run puts down for the same moment is run by the next.
    while run_due(services, &settings).await.unwrap() > 0 {}
    let people = People::read(&services.store).await;
    let files = std::fs::read_dir(&folder).into_iter().flatten().map(|file| file.unwrap().path());
    let left = files.map(|file| of(&file, &people)).collect();
    let _ = std::fs::remove_dir_all(&folder);
    left
}

fn of(file: &Path, people: &People) -> Left {
    let mail = readable(&std::fs::read(file).unwrap());
    let to = mail.lines().find_map(|line| line.strip_prefix("To: ")).unwrap_or_else(|| panic!("{mail}"));
    let address = to.rsplit_once('<').map_or(to, |(_, address)| address.trim_end_matches('>'));
    let by = people.at(address);
    let unit = || address.strip_suffix(UNITS).map(str::to_owned);
    assert!(mail.contains("https://varsel.example/"), "its link can be read: {mail}");
    Left {
        operation: "mail".to_owned(),
        by,
        to: by.as_ref().map(PersonId::to_string).or_else(unit),
        // The job: the name of the file, and of the mail.
        request: file.file_stem().unwrap().to_str().unwrap().to_owned(),
        text: mail,
        fields: BTreeSet::new(),
    }
}

/// A mail in quoted-printable (RFC 2045, 6.7) as it is read.
fn readable(mail: &[u8]) -> String {
    let mut read = Vec::new();
    let mut rest = mail;
    while let Some((byte, after)) = rest.split_first() {
        rest = after;
        let hexadecimal = || u8::from_str_radix(std::str::from_utf8(after.get(..2)?).ok()?, 16).ok();
        match byte {
            b'\r' => {}
            b'=' if after.starts_with(b"\r\n") => rest = &after[2..],
            b'=' if hexadecimal().is_some() => {
                read.extend(hexadecimal());
                rest = &after[2..];
            }
            byte => read.push(*byte),
        }
    }
    String::from_utf8_lossy(&read).into_owned()
}

#[test]
fn a_mail_is_read_as_its_reader_sees_it() {
    assert_eq!(
        readable(b"To: a\r\n\r\nV-2026=\r\n-00001 \xc3=B8 =3D?=\r\n"),
        "To: a\n\nV-2026-00001 \u{f8} =?"
    );
}
