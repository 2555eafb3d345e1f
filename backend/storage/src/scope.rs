//! The scope becomes the WHERE clause.

use sea_orm::sea_query::{Condition, Expr, ExprTrait, Query};
use sea_orm::{ColumnTrait, QueryFilter, QuerySelect, QueryTrait};
use varsel_domain::authz::{Rows, Scope};

use crate::entity::{incident, unit_case};

/// Incidents that `scope` lets through.
pub(crate) fn incidents(scope: &Scope) -> Condition {
    match scope.rows() {
        Rows::Organisation(organisation) => {
            Condition::all().add(incident::Column::OrganisationId.eq(organisation.0))
        }
        Rows::Unit(unit) => {
            let of_unit = <unit_case::Entity as sea_orm::EntityTrait>::find()
                .select_only()
                .column(unit_case::Column::IncidentId)
                .filter(unit_case::Column::Unit.eq(unit.as_str()))
                .into_query();
            Condition::all().add(incident::Column::Id.in_subquery(of_unit))
        }
        Rows::System => Condition::all(),
        Rows::None => nothing(),
    }
}

/// Cases that `scope` lets through.
///
/// The organisation sees the cases of its own incidents; a unit sees its own, not those of others.
pub(crate) fn cases(scope: &Scope) -> Condition {
    match scope.rows() {
        Rows::Organisation(organisation) => {
            let own = Query::select()
                .column(incident::Column::Id)
                .from(incident::Entity)
                .and_where(incident::Column::OrganisationId.eq(organisation.0))
                .take();
            Condition::all().add(unit_case::Column::IncidentId.in_subquery(own))
        }
        Rows::Unit(unit) => Condition::all().add(unit_case::Column::Unit.eq(unit.as_str())),
        Rows::System => Condition::all(),
        Rows::None => nothing(),
    }
}

fn nothing() -> Condition {
    Condition::all().add(Expr::val(1).eq(0))
}
