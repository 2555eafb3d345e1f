//! Holds on incidents, as they are proposed.

use async_graphql::InputObject;

use super::DateTime;

#[derive(Debug, InputObject)]
pub(crate) struct ProposeHoldInput {
    /// The incident's number, e.g. V-2026-00042.
    pub(crate) number: String,
    /// Until when it is kept: at most five years ahead.
    pub(crate) until: DateTime,
    /// 10 to 2000 characters.
    pub(crate) reason: String,
}

#[derive(Debug, InputObject)]
pub(crate) struct ProposeLiftInput {
    /// The incident's number, e.g. V-2026-00042.
    pub(crate) number: String,
    /// 10 to 2000 characters.
    pub(crate) reason: String,
}

#[derive(Debug, InputObject)]
pub(crate) struct ProposeErasureInput {
    /// Of the organisation with this CVR number; of all organisations where it is null.
    pub(crate) cvr: Option<String>,
    /// 10 to 2000 characters.
    pub(crate) reason: String,
}
