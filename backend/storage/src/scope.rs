//! The scope becomes the WHERE clause.

use sea_orm::ColumnTrait;
use sea_orm::sea_query::{Condition, Expr, Query, SelectStatement};
use varsel_domain::authz::{Rows, Scope};
use varsel_domain::{OrganisationId, UnitId};

use crate::entity::{incident, unit_case};

/// Incidents that `scope` lets through: those of its organisations, and those in which its units have a case.
pub(crate) fn incidents(scope: &Scope) -> Condition {
    let Rows::Some { organisations, units } = scope.rows() else { return Condition::all() };
    let own = (!organisations.is_empty()).then(|| of_organisations(organisations));
    let with_case =
        (!units.is_empty()).then(|| incident::Column::Id.in_subquery(incidents_with_case_of(units)));
    any_of([own, with_case])
}

/// Cases that `scope` lets through.
///
/// An organisation sees the cases of its own incidents; a unit sees its own, not those of others.
pub(crate) fn cases(scope: &Scope) -> Condition {
    let Rows::Some { organisations, units } = scope.rows() else { return Condition::all() };
    let of_own_incident = (!organisations.is_empty())
        .then(|| unit_case::Column::IncidentId.in_subquery(incidents_of(organisations)));
    any_of([of_own_incident, (!units.is_empty()).then(|| of_units(units))])
}

/// At least one of these; nothing where none is given, since an empty condition would be everything.
fn any_of(given: [Option<Expr>; 2]) -> Condition {
    let any = given.into_iter().flatten().fold(Condition::any(), Condition::add);
    if any.is_empty() { Condition::all().add(Expr::cust("1 = 0")) } else { any }
}

fn of_organisations(organisations: &[OrganisationId]) -> Expr {
    incident::Column::OrganisationId.is_in(organisations.iter().map(|id| id.0))
}

fn of_units(units: &[UnitId]) -> Expr {
    unit_case::Column::Unit.is_in(units.iter().map(UnitId::as_str))
}

fn incidents_of(organisations: &[OrganisationId]) -> SelectStatement {
    Query::select()
        .column(incident::Column::Id)
        .from(incident::Entity)
        .and_where(of_organisations(organisations))
        .take()
}

fn incidents_with_case_of(units: &[UnitId]) -> SelectStatement {
    Query::select()
        .column(unit_case::Column::IncidentId)
        .from(unit_case::Entity)
        .and_where(of_units(units))
        .take()
}
