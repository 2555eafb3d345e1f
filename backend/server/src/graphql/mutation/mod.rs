//! Writing.

mod attempt;
mod authorisation;
mod change;
mod pack;
mod provider;
mod report;
mod retention;
mod session;
mod settings;
mod severity;
mod vault;

use async_graphql::MergedObject;

#[derive(Default, MergedObject)]
pub(crate) struct Mutation(
    report::ReportMutation,
    severity::SeverityMutation,
    change::ChangeMutation,
    pack::PackMutation,
    session::SessionMutation,
    provider::ProviderMutation,
    settings::SettingsMutation,
    attempt::AttemptMutation,
    authorisation::AuthorisationMutation,
    retention::RetentionMutation,
    vault::VaultMutation,
);
