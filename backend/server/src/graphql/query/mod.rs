//! Reading.

mod attempt;
mod authorisation;
mod case;
mod change;
mod incident;
mod log;
mod pack;
mod provider;
mod public;
mod retention;
mod session;
mod settings;
mod vault;

use async_graphql::MergedObject;
pub(in crate::graphql) use session::own as own_sessions;

#[derive(Default, MergedObject)]
pub(crate) struct Query(
    public::PublicQuery,
    incident::IncidentQuery,
    case::CaseQuery,
    change::ChangeQuery,
    pack::PackQuery,
    session::SessionQuery,
    provider::ProviderQuery,
    settings::SettingsQuery,
    attempt::AttemptQuery,
    authorisation::AuthorisationQuery,
    log::LogQuery,
    retention::RetentionQuery,
    vault::VaultQuery,
);

/// What a page costs: each of its rows is asked for the fields below it.
pub(in crate::graphql) fn page_cost(first: i32, row: usize) -> usize {
    usize::try_from(first).unwrap_or_default().clamp(1, 100).saturating_mul(row)
}

/// The page that was asked for; the services refuse a size that cannot be taken.
pub(in crate::graphql) fn page_request(
    first: i32,
    after: Option<String>,
) -> varsel_services::view::PageRequest {
    varsel_services::view::PageRequest { first: u32::try_from(first).unwrap_or_default(), after }
}
