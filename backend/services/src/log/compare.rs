//! Whether the log still holds what it held when somebody else was told: against a checkpoint that was kept elsewhere.

use chrono::{DateTime, Utc};
use varsel_domain::authz::Scope;
use varsel_log::checkpoint::Checkpoint;
use varsel_log::key::Verifier;
use varsel_log::proof::{consistency, continues, root};
use varsel_log::tile::{Asked, Missing};
use varsel_storage::{Store, log_tree};

use crate::{Error, Result};

/// What came of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Compared {
    /// All that was there then is there, unchanged.
    Continues {
        /// How many entries there were then.
        then: u64,
        /// How many there are.
        now: u64,
        /// When the newest checkpoint was made.
        at: DateTime<Utc>,
    },
    /// The log has fewer entries than it had.
    WentBack {
        /// How many entries there were then.
        then: u64,
        /// How many there are.
        now: u64,
    },
    /// What was there then is not what is there now.
    Changed {
        /// How many entries there were then.
        then: u64,
    },
    /// The text holds no checkpoint that this log has signed.
    Unsigned,
}

/// Compares the log with the checkpoint in `text`: a signed note, or a mail that holds one, as text or as it was sent, however it was
/// wrapped.
///
/// # Errors
/// Storage failed, or a row cannot be read.
pub async fn compare(store: &Store, log: &Verifier, text: &str) -> Result<Compared> {
    let note = find(text, log.name()).or_else(|| find(&decoded(text)?, log.name()));
    let kept = note.and_then(|note| Checkpoint::open(&note, log, &[]).ok());
    let Some((kept, _)) = kept else { return Ok(Compared::Unsigned) };
    let tx = store.begin_reading(&Scope::nothing()).await?;
    let newest = log_tree::newest(&tx).await?;
    let now = newest.as_ref().map_or(0, |newest| newest.size);
    let Some(newest) = newest.filter(|newest| newest.size >= kept.size) else {
        return Ok(Compared::WentBack { then: kept.size, now });
    };
    let missing = |missing: Missing| Error::Internal(missing.to_string());
    let asked = Asked::default();
    root(&asked, now).map_err(missing)?;
    consistency(&asked, kept.size, now).map_err(missing)?;
    let tiles = log_tree::tiles(&tx, &asked.into_ids()).await?;
    tx.commit().await?;
    let proved = root(&tiles, now).and_then(|root| Ok((root, consistency(&tiles, kept.size, now)?)));
    let signed = Checkpoint::open(&newest.note, log, &[]).map(|(signed, _)| signed.root);
    Ok(match (proved, signed) {
        (Ok((root, proof)), Ok(signed))
            if root == signed && continues((kept.size, kept.root), (now, root), &proof) =>
        {
            Compared::Continues { then: kept.size, now, at: newest.at }
        }
        _ => Compared::Changed { then: kept.size },
    })
}

/// A mail as it was sent, whose text is quoted-printable (RFC 2045).
fn decoded(text: &str) -> Option<String> {
    let bytes = quoted_printable::decode(text, quoted_printable::ParseMode::Robust).ok()?;
    String::from_utf8(bytes).ok()
}

/// The signed note of this origin, out of a mail: lines may be indented, quoted, or broken within a signature.
fn find(text: &str, origin: &str) -> Option<String> {
    let lines: Vec<_> = text.lines().map(|line| line.trim_start_matches(['>', ' ']).trim_end()).collect();
    let number = |line: &&str| line.parse::<u64>().is_ok();
    let starts = (0..lines.len()).find(|at| lines[*at] == origin && lines.get(at + 1).is_some_and(number))?;
    let [origin, size, root, between @ ..] = lines.get(starts..)? else { return None };
    let mut signatures: Vec<String> = Vec::new();
    for line in between.iter().skip_while(|line| line.is_empty()) {
        match signatures.last_mut() {
            _ if line.starts_with('—') => signatures.push((*line).to_owned()),
            Some(last) if is_base64(line) => {
                // It was broken between its words, or within the last.
                let space = if last.split(' ').count() < 3 { " " } else { "" };
                last.push_str(space);
                last.push_str(line);
            }
            _ => break,
        }
    }
    let signatures = signatures.join("\n");
    (!signatures.is_empty()).then(|| format!("{origin}\n{size}\n{root}\n\n{signatures}\n"))
}

fn is_base64(line: &str) -> bool {
    let one = |byte: u8| byte.is_ascii_alphanumeric() || b"+/=".contains(&byte);
    !line.is_empty() && line.bytes().all(one)
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOTE: &str = "a.example/log\n7\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n\n— a.example/log Az3grlgtzPICa5OS8npVmf1Myq==\n";

    #[test]
    fn a_note_is_found_in_a_mail_however_it_was_wrapped() {
        let mail = format!(
            "Subject: x\r\n\r\nKeep it.\r\n\r\n{}\r\n\r\nVarsel\r\n",
            NOTE.trim().replace('\n', "\r\n")
        );
        let quoted = NOTE.lines().map(|line| format!("> {line}\n")).collect::<String>();
        let broken = NOTE.replace("Az3grlgtz", "Az3gr\nlgtz");
        let apart = NOTE.replace("log Az3", "log\nAz3");
        for text in [NOTE, &mail, &quoted, &broken, &apart, &format!("{NOTE}\nAnd more.")] {
            assert_eq!(find(text, "a.example/log").as_deref(), Some(NOTE), "{text}");
        }
    }

    #[test]
    fn what_holds_none_has_none() {
        for text in [
            "",
            "a.example/log\n",
            "a.example/log\n7",
            &NOTE.replace('—', "-"),
            &NOTE.replace("log\n7", "other\n7"),
        ] {
            assert_eq!(find(text, "a.example/log"), None, "{text}");
        }
    }
}
