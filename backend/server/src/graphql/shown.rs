//! What an answer shows of incidents: the parts that its document asks for, so that the log of use tells what was shown and not
//! what was loaded.

use async_graphql::{Context, Lookahead, Result, SelectionField, Value};
use varsel_services::Request;
use varsel_services::domain::shown::{Part, Parts};

/// The parts asked for where the document asks for incidents. What may be left out by a directive on a fragment counts as shown.
pub(crate) fn parts(incidents: &Lookahead<'_>) -> Parts {
    let mut parts = Vec::new();
    for incident in incidents.selection_fields() {
        gather(&incident, &mut parts);
    }
    parts.into_iter().collect()
}

/// The same, where it asks for pages of incidents.
pub(crate) fn parts_of_rows(page: &Lookahead<'_>) -> Parts {
    parts(&page.field("edges").field("node")).and(parts(&page.field("nodes")).iter())
}

/// The request, for a resolver of a list: it says whether the document asks for rows, or only how many there are. A cursor is made of a
/// row, too.
///
/// # Errors
/// There is no request in the context.
pub(crate) fn listing(ctx: &Context<'_>) -> Result<Request> {
    Ok(ctx.data::<Request>()?.listing(shows_rows(&ctx.look_ahead())))
}

fn shows_rows(page: &Lookahead<'_>) -> bool {
    let is_row = |field: SelectionField<'_>| match field.name() {
        "nodes" | "edges" => true,
        "pageInfo" => field.selection_set().filter(is_wanted).any(|it| it.name().ends_with("Cursor")),
        _ => false,
    };
    page.selection_fields().iter().any(|page| page.selection_set().filter(is_wanted).any(is_row))
}

fn gather(incident: &SelectionField<'_>, parts: &mut Vec<Part>) {
    for field in incident.selection_set().filter(is_wanted) {
        parts.extend(part(field.name()));
        // A case leads back to its incident.
        for case in
            field.selection_set().filter(|inner| field.name() == "cases" && inner.name() == "incident")
        {
            gather(&case, parts);
        }
    }
}

/// The part that a field of an incident shows; none for those whose class is public.
fn part(field: &str) -> Option<Part> {
    Some(match field {
        "number" => Part::Number,
        "organisation" => Part::Organisation,
        "receivedAt" => Part::ReceivedAt,
        "severity" => Part::Severity,
        "facts" => Part::Facts,
        "obligations" => Part::Obligations,
        "cases" => Part::Cases,
        "guidance" => Part::Guidance,
        "timeline" => Part::Timeline,
        "receipt" | "receipts" => Part::Receipt,
        "assessment" => Part::Assessment,
        "requestable" => Part::Requestable,
        _ => return None,
    })
}

/// Not left out by `@skip` or `@include`.
fn is_wanted(field: &SelectionField<'_>) -> bool {
    let directives = field.directives().unwrap_or_default();
    directives.iter().all(|directive| {
        let on = directive.get_argument("if").is_some_and(|value| value.node == Value::Boolean(true));
        match directive.name.node.as_str() {
            "skip" => !on,
            "include" => on,
            _ => true,
        }
    })
}
