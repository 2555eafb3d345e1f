//! The GraphQL API: it maps in and out, and calls the services.

mod accept;
mod error;
mod events;
pub mod gate;
mod handler;
mod input;
mod loader;
mod model;
mod mutation;
mod operations;
mod output;
mod query;
mod shown;
mod streams;
mod subscription;

pub(crate) use handler::serve;
pub(crate) use loader::Incidents;
pub(crate) use streams::Streams;

use varsel_services::Services;

use crate::http::Door;

/// The schema with its resolvers.
pub(crate) type Schema = async_graphql::Schema<query::Query, mutation::Mutation, subscription::Subscription>;

/// Nesting of selections; the introspection query needs 15.
const DEPTH: usize = 16;

/// Fields in all, those of a page counted for each row.
const COMPLEXITY: usize = 20_000;

/// Builds the schema. Where people explore it, in the demo, it helps with names that are nearly right; it may be asked
/// about itself there, and by programs with a token: see `handler`.
pub(crate) fn schema(services: Services, door: Door) -> Schema {
    let explorable = matches!(door, Door::Demo);
    let builder = limited(builder().data(services).data(door));
    if explorable { builder.finish() } else { builder.disable_suggestions().finish() }
}

/// The second line behind the gate.
fn limited(builder: Builder) -> Builder {
    let builder = builder.limit_depth(DEPTH).limit_complexity(COMPLEXITY);
    builder.limit_recursive_depth(64).limit_directives(10)
}

/// The schema in the definition language, as `schema/schema.graphql` keeps it.
pub fn sdl() -> String {
    builder()
        .finish()
        .sdl_with_options(async_graphql::SDLExportOptions::new().prefer_single_line_descriptions())
}

type Builder = async_graphql::SchemaBuilder<query::Query, mutation::Mutation, subscription::Subscription>;

fn builder() -> Builder {
    async_graphql::Schema::build(
        query::Query::default(),
        mutation::Mutation::default(),
        subscription::Subscription,
    )
}
