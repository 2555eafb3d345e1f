//! The GraphQL API: it maps in and out, and calls the services.

mod accept;
mod aside;
mod error;
mod events;
pub mod gate;
mod handler;
mod input;
mod lane;
mod loader;
mod model;
mod mutation;
mod operations;
mod output;
mod query;
mod seats;
mod shown;
mod subscription;

pub(crate) use handler::serve;
pub(crate) use loader::Incidents;
pub(crate) use seats::Seats;

use varsel_services::Services;

use crate::http::Door;

/// The schema with its resolvers.
pub(crate) type Schema = async_graphql::Schema<query::Query, mutation::Mutation, subscription::Subscription>;

/// Nesting of selections; the introspection query needs 15.
const DEPTH: usize = 16;

/// Live views that one session may have open; a browser needs one for each tab with a queue in it.
pub(crate) const STREAMS: usize = 5;

/// Fields in all, those of a page counted for each row.
const COMPLEXITY: usize = 20_000;

/// Builds the schema. Where people explore it, in the demo, it helps with names that are nearly right; it may be asked
/// about itself there, and by programs with a token: see `handler`.
pub(crate) fn schema(services: Services, door: Door) -> Schema {
    let explorable = matches!(door, Door::Demo);
    let builder = limited(builder().data(services).data(door)).extension(lane::Lanes::new());
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
