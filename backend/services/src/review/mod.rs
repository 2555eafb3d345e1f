//! Reviews of authorisations: opened by time, done by those who administer there, ended by time.

mod close;
mod decide;
mod export;
mod open;
mod read;
mod remind;

pub(crate) use close::close;
pub use decide::{Decided, decide};
pub use export::export;
pub(crate) use open::open_due;
pub use open::schedule;
pub use read::{ReviewView, Seen, find, items, list};
pub(crate) use remind::{left_for, remind};
pub use varsel_storage::review::ItemCriteria;

use varsel_domain::Actor;
use varsel_domain::authz::{Action, Resource, permits};
use varsel_domain::change::Author;
use varsel_domain::organisation::Person;
use varsel_domain::review::{Item, Review};

/// Whether the actor may decide on an item: they administer there, and it is certainly not their own.
fn may_decide(
    actor: &Actor,
    as_they_are: &Person,
    review: &Review,
    (item, holder): (&Item, &Person),
) -> bool {
    let same = as_they_are.natural().may_be(&holder.natural());
    let author = if same { Author::Oneself } else { Author::AnotherPerson };
    let resource = Resource::Authorisation { holder: item.holder, author, reach: &review.reach };
    permits(actor, Action::Review, resource)
}

/// Whether the actor may see a review: whoever administers or audits there.
fn may_read(actor: &Actor, review: &Review) -> bool {
    permits(actor, Action::ReadAuthorisations, resource(review))
}

/// All that is in it: nobody's own.
fn resource(review: &Review) -> Resource<'_> {
    let nobody = varsel_domain::PersonId(uuid::Uuid::nil());
    Resource::Authorisation { holder: nobody, author: Author::AnotherPerson, reach: &review.reach }
}
