//! Relay connections.

use async_graphql::SimpleObject;
use varsel_services::view;

use super::{AttemptBlock, Authorisation, Case, Change, Incident, RejectedAttempt, Review, ReviewItem, Use};

#[derive(Debug, Clone, SimpleObject)]
pub(crate) struct PageInfo {
    has_previous_page: bool,
    has_next_page: bool,
    start_cursor: Option<String>,
    end_cursor: Option<String>,
}

impl PageInfo {
    fn of<T>(page: &view::Page<T>) -> Self {
        Self {
            has_previous_page: page.has_previous,
            has_next_page: page.has_next,
            start_cursor: page.rows.first().map(|(cursor, _)| cursor.clone()),
            end_cursor: page.rows.last().map(|(cursor, _)| cursor.clone()),
        }
    }
}

macro_rules! connection {
    ($connection:ident, $edge:ident, $node:ty) => {
        #[derive(Clone, SimpleObject)]
        pub(crate) struct $connection {
            edges: Vec<$edge>,
            nodes: Vec<$node>,
            page_info: PageInfo,
            total_count: i32,
        }

        #[derive(Clone, SimpleObject)]
        pub(crate) struct $edge {
            cursor: String,
            node: $node,
        }

        impl $connection {
            pub(crate) fn new<T>(page: view::Page<T>, node: impl Fn(T) -> $node) -> Self {
                let page_info = PageInfo::of(&page);
                let total_count = i32::try_from(page.total).unwrap_or(i32::MAX);
                let edges: Vec<$edge> =
                    page.rows.into_iter().map(|(cursor, row)| $edge { cursor, node: node(row) }).collect();
                let nodes = edges.iter().map(|edge| edge.node.clone()).collect();
                Self { edges, nodes, page_info, total_count }
            }
        }
    };
}

connection!(AttemptBlockConnection, AttemptBlockEdge, AttemptBlock);
connection!(AuthorisationConnection, AuthorisationEdge, Authorisation);
connection!(UseConnection, UseEdge, Use);
connection!(CaseConnection, CaseEdge, Case);
connection!(ChangeConnection, ChangeEdge, Change);
connection!(IncidentConnection, IncidentEdge, Incident);
connection!(RejectedAttemptConnection, RejectedAttemptEdge, RejectedAttempt);
connection!(ReviewConnection, ReviewEdge, Review);
connection!(ReviewItemConnection, ReviewItemEdge, ReviewItem);
