//! Writing.

mod change;
mod pack;
mod report;

use async_graphql::MergedObject;

#[derive(Default, MergedObject)]
pub(crate) struct Mutation(report::ReportMutation, change::ChangeMutation, pack::PackMutation);
