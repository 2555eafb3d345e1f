//! The one place by which every refused attempt with an account of Varsel's own passes.

/// What was tried.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Tried {
    /// A password with a code.
    Password,
    /// A passkey.
    Passkey,
    /// A link.
    Link,
}

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

/// Notes a refusal. What was typed is not part of it: a password may stand where the login should.
pub(super) fn refused(tried: Tried, reason: Reason, request_id: &str) {
    tracing::warn!(
        request.id = request_id,
        ?tried,
        ?reason,
        "a sign-in with an account of Varsel's own was refused"
    );
}
