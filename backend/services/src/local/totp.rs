//! Codes of an authenticator app (RFC 6238): six digits, a new one every 30 seconds.

use std::fmt::Write as _;

use chrono::{DateTime, Utc};
use qrcodegen::{QrCode, QrCodeEcc};
use totp_rs::{Builder, Secret, Totp};

use crate::{Error, Result};

/// How many steps before and after the present one count: clocks differ by half a minute.
const SKEW: u16 = 1;
/// A secret has this many bytes: as many as SHA-1 gives (RFC 4226, section 4).
const BYTES: usize = 20;
/// The rim that readers of QR codes need, in modules.
const RIM: i32 = 4;

/// A new secret in base32, made of the first bytes of `random`.
pub(super) fn secret(random: [u8; 32]) -> String {
    Secret::from(random.first_chunk::<BYTES>().copied().unwrap_or_default()).to_base32()
}

/// The step whose code this is, where it is that of a step about now. Spaces between the digits do not matter.
///
/// # Errors
/// The stored secret cannot be read.
pub(super) fn step_of(secret: &str, code: &str, now: DateTime<Utc>) -> Result<Option<i64>> {
    let code: String = code.chars().filter(|character| !character.is_whitespace()).collect();
    if code.len() != 6 || !code.bytes().all(|byte| byte.is_ascii_digit()) {
        return Ok(None);
    }
    let seconds = u64::try_from(now.timestamp()).unwrap_or_default();
    let step = codes(secret, "")?.check(&code, seconds);
    Ok(step.and_then(|step| i64::try_from(step).ok()))
}

/// What an app reads: `otpauth://totp/Varsel:...`.
///
/// # Errors
/// The secret cannot be read.
pub(super) fn uri(secret: &str, login: &str) -> Result<String> {
    codes(secret, login)?.to_url().map_err(internal)
}

/// A QR code as the path of an SVG whose modules are one unit wide, and the width of the whole with its rim.
///
/// # Errors
/// More text than a QR code holds.
pub(super) fn qr(text: &str) -> Result<(i32, String)> {
    let code = QrCode::encode_text(text, QrCodeEcc::Medium).map_err(internal)?;
    let size = code.size();
    let dark =
        (0..size).flat_map(|y| (0..size).map(move |x| (x, y))).filter(|(x, y)| code.get_module(*x, *y));
    let mut path = String::new();
    for (x, y) in dark {
        let _ = write!(path, "M{},{}h1v1h-1z", x + RIM, y + RIM);
    }
    Ok((size + 2 * RIM, path))
}

fn codes(secret: &str, login: &str) -> Result<Totp> {
    let secret = Secret::try_from_base32(secret).map_err(internal)?;
    // A colon parts the issuer from the account.
    let builder = Builder::new().with_secret(secret).with_skew(SKEW).with_issuer(Some("Varsel"));
    builder.with_account_name(login.replace(':', " ")).build().map_err(internal)
}

fn internal(error: impl std::fmt::Display) -> Error {
    Error::Internal(format!("codes: {error}"))
}

/// The code of a secret at an instant, for tests that play the person's phone.
///
/// # Panics
/// When the secret is none.
#[cfg(any(test, feature = "testing"))]
pub fn code_at(secret: &str, now: DateTime<Utc>) -> String {
    let seconds = u64::try_from(now.timestamp()).unwrap_or_default();
    match codes(secret, "") {
        Ok(codes) => codes.generate(seconds).to_string(),
        Err(error) => panic!("{secret}: {error}"),
    }
}

#[cfg(test)]
mod tests {
    use chrono::TimeDelta;

    use super::*;

    /// As apps show it: `287 082`.
    fn spaced(code: &str) -> String {
        let (first, last) = code.split_at(3);
        format!("{first} {last}")
    }

    #[test]
    fn codes_are_those_of_the_standard() {
        // RFC 6238, appendix B, cut to six digits: the secret is "12345678901234567890".
        let secret = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";
        let at = |seconds: i64| DateTime::from_timestamp(seconds, 0).unwrap();
        for (seconds, code) in [(59, "287082"), (1_111_111_109, "081804"), (20_000_000_000, "353130")] {
            assert_eq!(step_of(secret, code, at(seconds)).unwrap(), Some(seconds / 30), "{seconds}");
            assert_eq!(step_of(secret, &spaced(code), at(seconds)).unwrap(), Some(seconds / 30));
        }
        assert_eq!(step_of(secret, "28708", at(59)).unwrap(), None);
        assert_eq!(step_of(secret, "94287082", at(59)).unwrap(), None, "eight digits are another setting");
    }

    #[test]
    fn one_step_before_and_after_counts_and_two_do_not() {
        let secret = secret([7; 32]);
        let now = DateTime::from_timestamp(1_795_598_400, 0).unwrap();
        for (steps, counts) in [(-2, false), (-1, true), (0, true), (1, true), (2, false)] {
            let code = code_at(&secret, now + TimeDelta::seconds(30 * steps));
            assert_eq!(step_of(&secret, &code, now).unwrap().is_some(), counts, "{steps}");
        }
    }

    #[test]
    fn an_app_reads_what_it_needs() {
        let uri = uri(&secret([7; 32]), "aase@nordvind.example").unwrap();
        assert!(uri.starts_with("otpauth://totp/Varsel:aase%40nordvind.example?secret="), "{uri}");
        assert!(uri.ends_with("&issuer=Varsel"), "{uri}");
        let (size, path) = qr(&uri).unwrap();
        assert!(size > 21 + 2 * RIM && path.starts_with("M4,4h1v1h-1z"), "{size} {path}");
    }
}
