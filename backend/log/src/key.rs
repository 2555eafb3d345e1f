//! The keys of logs and witnesses, in the text forms of C2SP `signed-note`.

use std::fmt;
use std::str::FromStr;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use ed25519_dalek::{Signature, Signer as _, SigningKey, VerifyingKey};
use sha2::{Digest, Sha256};
use zeroize::Zeroizing;

/// What a key is for; it decides what is signed, so that a signature for one is none for the other.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Purpose {
    /// Signs the text of a note as it stands.
    Log,
    /// Cosigns a checkpoint, with the time (C2SP `tlog-cosignature`, Ed25519).
    Witness,
}

impl Purpose {
    fn byte(self) -> u8 {
        match self {
            Self::Log => 1,
            Self::Witness => 4,
        }
    }

    fn of_byte(byte: u8) -> Option<Self> {
        [Self::Log, Self::Witness].into_iter().find(|purpose| purpose.byte() == byte)
    }
}

/// Why a text is no key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum KeyError {
    /// The name of a key is part of every signature line.
    #[error("the name of a key is neither empty nor has spaces, plus signs or control characters")]
    Name,
    /// Not `name+id+key`.
    #[error(
        "this is no key: it should read `name+12345678+base64`, a private key `PRIVATE+KEY+name+12345678+base64`"
    )]
    Form,
    /// The id follows from the name and the key.
    #[error("the key does not belong to its name and id: a character was lost or changed")]
    Id,
}

/// A public key: who may have signed.
#[derive(Clone, PartialEq, Eq)]
pub struct Verifier {
    name: String,
    purpose: Purpose,
    key: VerifyingKey,
}

impl Verifier {
    /// The name in its signature lines.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// What the key is for.
    pub fn purpose(&self) -> Purpose {
        self.purpose
    }

    /// The id in its signature lines.
    pub(crate) fn id(&self) -> [u8; 4] {
        id(&self.name, self.purpose, &self.key)
    }

    /// Whether these are the signature's bytes for a message.
    pub(crate) fn verify(&self, message: &[u8], signature: &[u8; 64]) -> bool {
        self.key.verify_strict(message, &Signature::from_bytes(signature)).is_ok()
    }
}

impl fmt::Display for Verifier {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", encoded(&self.name, self.id(), self.purpose, self.key.as_bytes()))
    }
}

impl fmt::Debug for Verifier {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Verifier({self})")
    }
}

impl FromStr for Verifier {
    type Err = KeyError;

    fn from_str(text: &str) -> Result<Self, KeyError> {
        let (name, said, purpose, bytes) = decoded(text)?;
        let key = VerifyingKey::from_bytes(&bytes).ok().ok_or(KeyError::Form)?;
        let verifier = Self { name, purpose, key };
        if verifier.id() == said { Ok(verifier) } else { Err(KeyError::Id) }
    }
}

/// A private key.
#[derive(Clone)]
pub struct Signer {
    verifier: Verifier,
    key: SigningKey,
}

impl fmt::Debug for Signer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Signer({})", self.verifier)
    }
}

impl Signer {
    /// The key that follows from 32 random bytes.
    ///
    /// # Errors
    /// [`KeyError::Name`].
    pub fn new(name: &str, purpose: Purpose, seed: &[u8; 32]) -> Result<Self, KeyError> {
        if !is_name(name) {
            return Err(KeyError::Name);
        }
        let key = SigningKey::from_bytes(seed);
        Ok(Self { verifier: Verifier { name: name.to_owned(), purpose, key: key.verifying_key() }, key })
    }

    /// From its text form, `PRIVATE+KEY+name+id+base64`; space around it is overlooked.
    ///
    /// # Errors
    /// It is no private key.
    pub fn from_secret(text: &str) -> Result<Self, KeyError> {
        let rest = text.trim().strip_prefix("PRIVATE+KEY+").ok_or(KeyError::Form)?;
        let (name, said, purpose, seed) = decoded(rest)?;
        let signer = Self::new(&name, purpose, &Zeroizing::new(seed))?;
        if signer.verifier.id() == said { Ok(signer) } else { Err(KeyError::Id) }
    }

    /// Its text form, to be kept where nobody reads it.
    pub fn to_secret(&self) -> Zeroizing<String> {
        let seed = Zeroizing::new(self.key.to_bytes());
        let verifier = &self.verifier;
        let encoded = Zeroizing::new(encoded(&verifier.name, verifier.id(), verifier.purpose, &seed));
        Zeroizing::new(format!("PRIVATE+KEY+{}", *encoded))
    }

    /// Another secret that follows from this key, the same wherever the key is; it says nothing of the key, nor of those for other
    /// purposes.
    pub fn derived(&self, purpose: &str) -> [u8; 32] {
        let seed = Zeroizing::new(self.key.to_bytes());
        let inner = Sha256::new().chain_update("varsel derived secret\n").chain_update(*seed);
        // Twice, so that nothing can be appended to what was digested.
        Sha256::digest(inner.chain_update(purpose).finalize()).into()
    }

    /// The public key.
    pub fn verifier(&self) -> &Verifier {
        &self.verifier
    }

    pub(crate) fn sign(&self, message: &[u8]) -> [u8; 64] {
        self.key.sign(message).to_bytes()
    }
}

/// Whether `name` can stand in a signature line.
pub(crate) fn is_name(name: &str) -> bool {
    !name.is_empty() && !name.chars().any(|c| c.is_whitespace() || c.is_control() || c == '+')
}

fn id(name: &str, purpose: Purpose, key: &VerifyingKey) -> [u8; 4] {
    let digest: [u8; 32] = Sha256::new()
        .chain_update(name)
        .chain_update([b'\n', purpose.byte()])
        .chain_update(key)
        .finalize()
        .into();
    let [a, b, c, d, ..] = digest;
    [a, b, c, d]
}

fn encoded(name: &str, id: [u8; 4], purpose: Purpose, bytes: &[u8; 32]) -> String {
    let mut keyed = Zeroizing::new(vec![purpose.byte()]);
    keyed.extend_from_slice(bytes);
    format!("{name}+{:08x}+{}", u32::from_be_bytes(id), STANDARD.encode(&*keyed))
}

fn decoded(text: &str) -> Result<(String, [u8; 4], Purpose, [u8; 32]), KeyError> {
    let mut parts = text.trim().splitn(3, '+');
    let (Some(name), Some(id), Some(key)) = (parts.next(), parts.next(), parts.next()) else {
        return Err(KeyError::Form);
    };
    if !is_name(name) {
        return Err(KeyError::Name);
    }
    let id = Some(id).filter(|id| id.len() == 8).and_then(|id| u32::from_str_radix(id, 16).ok());
    let key = Zeroizing::new(STANDARD.decode(key).ok().ok_or(KeyError::Form)?);
    let (Some(id), Some((byte, bytes))) = (id, key.split_first()) else { return Err(KeyError::Form) };
    let purpose = Purpose::of_byte(*byte).ok_or(KeyError::Form)?;
    let bytes = bytes.try_into().ok().ok_or(KeyError::Form)?;
    Ok((name.to_owned(), id.to_be_bytes(), purpose, bytes))
}
