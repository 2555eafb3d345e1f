//! What a request comes from, and what was refused in it.
//!
//! A use case that refuses notes it here; the edge registers what is noted once the use case has ended, because the
//! use case's own transaction is undone, and the embedded database has one at a time.

use std::sync::{Arc, Mutex, PoisonError};

use varsel_domain::Actor;
use varsel_domain::attempt::{Cause, Client};
use varsel_domain::authz::{Action, Resource, permits};
use varsel_domain::change::Refusal;

use crate::{Error, Request, Result};

/// Where a request comes from.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Origin {
    /// The client's address.
    pub client: Client,
    /// Browser and system, in words.
    pub device: Option<String>,
}

/// A refusal, noted by a use case.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Noted {
    /// Why.
    pub cause: Cause,
    /// What it was about, e.g. `incident`; or the code of the answer.
    pub code: &'static str,
}

/// Where a request comes from, and what was refused in it so far; clones share the latter.
#[derive(Debug, Clone, Default)]
pub struct Trail {
    /// Where it comes from.
    pub origin: Origin,
    noted: Arc<Mutex<Vec<Noted>>>,
}

impl Trail {
    /// Of a request that comes from there.
    pub fn from(origin: Origin) -> Self {
        Self { origin, noted: Arc::default() }
    }

    /// Notes a refusal.
    pub fn note(&self, cause: Cause, code: &'static str) {
        self.noted.lock().unwrap_or_else(PoisonError::into_inner).push(Noted { cause, code });
    }

    /// Notes that a critical change was refused, where that is for want of a right.
    pub(crate) fn note_refusal(&self, refusal: Refusal) {
        if let Some(code) = refusal.denied() {
            self.note(Cause::NoRight, code);
        }
    }

    /// What was noted since this was last asked.
    pub fn take(&self) -> Vec<Noted> {
        std::mem::take(&mut *self.noted.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

impl Request {
    /// The actor, if they may do this: the one place where a right is denied. To the caller it looks as if there were no
    /// such `kind`.
    ///
    /// # Errors
    /// [`Error::NotFound`] where they may not; [`Error::SignInRequired`] where nobody is signed in.
    pub(crate) fn require(
        &self,
        action: Action,
        resource: Resource<'_>,
        kind: &'static str,
    ) -> Result<&Actor> {
        let actor = self.actor()?;
        if permits(actor, action, resource) { Ok(actor) } else { Err(self.deny(kind)) }
    }

    /// The answer where there is something that the actor may not know of.
    pub(crate) fn deny(&self, kind: &'static str) -> Error {
        self.trail.note(Cause::NoRight, kind);
        Error::NotFound { kind }
    }

    /// The answer where the actor may know of it, and may not do this.
    pub(crate) fn forbid(&self, action: &'static str) -> Error {
        self.trail.note(Cause::NoRight, "FORBIDDEN");
        Error::Forbidden { action }
    }

    /// The answer where there is nothing. It is noted, too: it must cost what a denial costs, and many of them are
    /// somebody who guesses.
    pub(crate) fn nothing(&self, kind: &'static str) -> Error {
        self.trail.note(Cause::NothingThere, kind);
        Error::NotFound { kind }
    }

    /// One or the other: whether it is there was looked up without regard to who asks.
    pub(crate) fn deny_if(&self, there: bool, kind: &'static str) -> Error {
        if there { self.deny(kind) } else { self.nothing(kind) }
    }
}
