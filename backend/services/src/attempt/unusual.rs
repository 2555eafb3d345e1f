//! Sources that made more rejected attempts than they usually do.

use chrono::{Days, NaiveDate};
use varsel_domain::attempt::Unusual;
use varsel_storage::{Tx, attempt_source};

use crate::Result;
use crate::day::begins;

/// How many of the busiest clients, accounts and names of a day are compared with themselves: an attack has some at its top,
/// however many others take part.
const BUSIEST: u64 = 100;
/// With how many days before it a day is compared.
const COMPARED: u64 = 28;

/// The sources of a Danish day with at least 20 attempts and at least five times what they had a day in the 28 days before.
///
/// # Errors
/// Storage failed.
pub(super) async fn sources(tx: &Tx, date: NaiveDate) -> Result<Vec<Unusual>> {
    let day = (begins(date), begins(date.checked_add_days(Days::new(1)).unwrap_or(date)));
    let before = (begins(date.checked_sub_days(Days::new(COMPARED)).unwrap_or(date)), day.0);
    let busiest = attempt_source::busiest(tx, day, before, BUSIEST).await?;
    let unusual = |(subject, count, before)| Unusual::of(date, subject, (count, before));
    Ok(busiest.into_iter().filter_map(unusual).collect())
}
