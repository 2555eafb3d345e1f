//! What is refused with accounts of Varsel's own, as the register of rejected attempts has it.

use varsel_domain::attempt::Cause;

use crate::Request;

/// Why it was refused; never shown to whoever tried.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Reason {
    /// Nobody has this login, passkey or link; or the link was used or has run out.
    Unknown,
    /// The account has no password.
    NoPassword,
    /// The password is wrong.
    WrongPassword,
    /// The code is wrong.
    WrongCode,
    /// The code was taken before.
    UsedCode,
    /// The device's answer does not hold.
    WrongAnswer,
    /// Somebody else was to show once more who they are.
    OtherPerson,
    /// The settings do not let people of a provider in this way.
    NotAllowed,
}

impl Reason {
    /// What it is registered as, with its code.
    pub(super) fn registered(self) -> (Cause, &'static str) {
        match self {
            Self::Unknown => (Cause::UnknownUser, "LOCAL_UNKNOWN"),
            Self::NoPassword => (Cause::SignInRefused, "LOCAL_NO_PASSWORD"),
            Self::WrongPassword => (Cause::SignInRefused, "LOCAL_WRONG_PASSWORD"),
            Self::WrongCode => (Cause::SecondFactor, "LOCAL_WRONG_CODE"),
            Self::UsedCode => (Cause::SecondFactor, "LOCAL_USED_CODE"),
            Self::WrongAnswer => (Cause::SignInRefused, "LOCAL_WRONG_ANSWER"),
            Self::OtherPerson => (Cause::SignInRefused, "OTHER_PERSON"),
            Self::NotAllowed => (Cause::SignInRefused, "LOCAL_NOT_ALLOWED"),
        }
    }

    /// Notes it for the edge to register: for what nobody can guess, a passkey's answer and a link. What was typed is no part
    /// of it.
    pub(super) fn note(self, asked: &Request) {
        let (cause, code) = self.registered();
        asked.trail.note(cause, code);
    }
}
