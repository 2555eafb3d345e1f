//! Writing.

mod report;
mod session;

use async_graphql::MergedObject;

#[derive(Default, MergedObject)]
pub(crate) struct Mutation(report::ReportMutation, session::SessionMutation);
