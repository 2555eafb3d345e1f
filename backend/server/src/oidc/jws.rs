//! Signed tokens (RFC 7515, compact form): who signed what, before anybody asks what it says.
//!
//! Keys come from the provider's own set only; `jku`, `x5u`, `x5c` and `jwk` in a header are not even read.

use std::fmt;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use openidconnect::core::{CoreJsonWebKey, CoreJsonWebKeySet, CoreJwsSigningAlgorithm};
use openidconnect::{JsonWebKey, SignatureVerificationError};
use serde::Deserialize;
use serde::de::{Deserializer, Error as _, MapAccess, Visitor};
use serde_json::{Map, Value};

use super::SignInError;

/// Bytes of a token; the largest of ours has a few hundred.
const LARGEST: usize = 32 * 1024;

/// The claims of a token and the header they came under.
pub(super) struct Signed {
    pub(super) algorithm: CoreJwsSigningAlgorithm,
    pub(super) kind: Option<String>,
    pub(super) claims: Map<String, Value>,
}

/// Why a token does not hold.
#[derive(Debug)]
pub(super) enum Flaw {
    /// The set has no such key: the provider may have taken a new one into use.
    NoKey(String),
    /// Everything else.
    Other(SignInError),
}

/// A JSON object in which no name stands twice; which of two would count is a matter of taste that attackers use.
struct Unique(Map<String, Value>);

impl<'de> Deserialize<'de> for Unique {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Members;
        impl<'de> Visitor<'de> for Members {
            type Value = Unique;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut access: A) -> Result<Unique, A::Error> {
                let mut members = Map::new();
                while let Some((name, value)) = access.next_entry::<String, Value>()? {
                    if members.contains_key(&name) {
                        return Err(A::Error::custom(format!("{name} stands twice")));
                    }
                    members.insert(name, value);
                }
                Ok(Unique(members))
            }
        }
        deserializer.deserialize_map(Members)
    }
}

fn distrust(reason: impl Into<String>) -> Flaw {
    Flaw::Other(SignInError::Untrusted(reason.into()))
}

/// Header, claims and signature of what has the form of a token (RFC 7515, section 7.1), still encoded.
pub(super) fn parts(token: &str) -> Result<[&str; 3], Flaw> {
    if token.len() > LARGEST {
        return Err(distrust("the token is larger than 32 kB"));
    }
    let parts: Vec<&str> = token.split('.').collect();
    parts.try_into().ok().ok_or_else(|| distrust("the token has not three parts"))
}

/// Opens a token that one of `keys` signed with one of the `allowed` algorithms (their JOSE names).
pub(super) fn open(token: &str, keys: &CoreJsonWebKeySet, allowed: &[String]) -> Result<Signed, Flaw> {
    let [header, payload, signature] = parts(token)?;
    let object = |part: &str| -> Result<Map<String, Value>, Flaw> {
        let bytes = URL_SAFE_NO_PAD.decode(part).map_err(|error| distrust(error.to_string()))?;
        let Unique(members) = serde_json::from_slice(&bytes).map_err(|error| distrust(error.to_string()))?;
        Ok(members)
    };
    let (header, claims) = (object(header)?, object(payload)?);
    if header.contains_key("crit") {
        return Err(distrust("the header asks for an extension (crit)"));
    }
    let text = |name: &str| header.get(name).and_then(Value::as_str);
    let name = text("alg").unwrap_or_default();
    let algorithm = allowed.iter().find(|allowed| *allowed == name).and_then(|name| algorithm(name));
    let algorithm = algorithm.ok_or_else(|| distrust(format!("the algorithm {name:?} is not allowed")))?;
    let signature = URL_SAFE_NO_PAD.decode(signature).map_err(|error| distrust(error.to_string()))?;
    let message = token.rsplit_once('.').map_or("", |(message, _)| message);
    verify(keys, text("kid"), &algorithm, message.as_bytes(), &signature)?;
    Ok(Signed { algorithm, kind: text("typ").map(str::to_owned), claims })
}

fn verify(
    keys: &CoreJsonWebKeySet,
    id: Option<&str>,
    algorithm: &CoreJwsSigningAlgorithm,
    message: &[u8],
    signature: &[u8],
) -> Result<(), Flaw> {
    let named = |key: &&CoreJsonWebKey| id.is_none() || key.key_id().map(|key| key.as_str()) == id;
    // A key of another kind, or for encryption, is as good as none.
    let results =
        keys.keys().iter().filter(named).map(|key| key.verify_signature(algorithm, message, signature));
    let fitting = results.filter(|result| !matches!(result, Err(SignatureVerificationError::InvalidKey(_))));
    let mut outcomes: Vec<_> = fitting.collect();
    if outcomes.iter().any(Result::is_ok) {
        return Ok(());
    }
    match outcomes.pop() {
        Some(_) => Err(distrust("the signature is not the provider's")),
        None => Err(Flaw::NoKey(format!("the provider has no key {:?} for it", id.unwrap_or_default()))),
    }
}

/// The algorithms there are to choose from: those whose keys are public (RFC 7518, RFC 8037).
pub(crate) fn algorithm(name: &str) -> Option<CoreJwsSigningAlgorithm> {
    Some(match name {
        "RS256" => CoreJwsSigningAlgorithm::RsaSsaPkcs1V15Sha256,
        "RS384" => CoreJwsSigningAlgorithm::RsaSsaPkcs1V15Sha384,
        "RS512" => CoreJwsSigningAlgorithm::RsaSsaPkcs1V15Sha512,
        "PS256" => CoreJwsSigningAlgorithm::RsaSsaPssSha256,
        "PS384" => CoreJwsSigningAlgorithm::RsaSsaPssSha384,
        "PS512" => CoreJwsSigningAlgorithm::RsaSsaPssSha512,
        "ES256" => CoreJwsSigningAlgorithm::EcdsaP256Sha256,
        "ES384" => CoreJwsSigningAlgorithm::EcdsaP384Sha384,
        _ => return None,
    })
}
