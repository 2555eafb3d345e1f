//! Reading rejected attempts: patterns, the latest, the blocks, and what somebody tried on one's own account.

use std::collections::{BTreeSet, HashMap};

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use chrono_tz::Europe::Copenhagen;
use serde_json::json;
use varsel_domain::access::UseKind;
use varsel_domain::attempt::{
    Attempt, Block, Cause, Day, Deviation, MARKED_AFTER, Subject, Unusual, Who, compare,
};
use varsel_domain::authz::{Action, Resource, Scope};
use varsel_domain::rules::Text;
use varsel_domain::{Actor, PersonId};
use varsel_storage::attempt::{self, Hour, Source};
use varsel_storage::{Tx, attempt_block, person};

use super::unusual;
use crate::access::AccessLog;
use crate::page::Wanted;
use crate::view::{Page, PageRequest};
use crate::{Error, Request, Result, Services};

/// The longest time patterns are shown of, in days.
const LONGEST: i64 = 90;
/// How many days before a day it is compared with.
const COMPARED: i64 = 28;
/// How many sources are listed.
const SOURCES: u64 = 25;
/// How far back a person sees what was tried on their account, and how much of it.
const OWN: (TimeDelta, u64) = (TimeDelta::days(30), 20);

/// The attempts of some days.
#[derive(Debug, Clone, PartialEq)]
pub struct Patterns {
    /// How many were rejected; to find nothing is not counted.
    pub total: u64,
    /// Each day that had attempts, oldest first, cause by cause.
    pub days: Vec<Day>,
    /// The clients with the most, cause by cause.
    pub sources: Vec<Source>,
    /// Today, beside what is usual.
    pub today: Vec<Deviation>,
    /// Yesterday, beside what was usual then.
    pub yesterday: Vec<Deviation>,
    /// Clients, accounts and names with more than is usual for them, today and yesterday.
    pub unusual: Vec<UnusualView>,
    /// Tasks that are open.
    pub open: u64,
    /// Those of them that nobody has followed up for more than seven days.
    pub marked: u64,
}

/// A source with more attempts than is usual for it, for whoever may see it.
#[derive(Debug, Clone, PartialEq)]
pub struct UnusualView {
    /// What is unusual.
    pub unusual: Unusual,
    /// The name of the person at whose account it was.
    pub name: Option<String>,
}

/// An attempt, for whoever may see it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AttemptView {
    /// The attempt.
    pub attempt: Attempt,
    /// The name of the person whose account it was, where it is known and they are still registered.
    pub name: Option<String>,
}

/// A block, for whoever may see it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BlockView {
    /// The block.
    pub block: Block,
    /// The name of the person whose account it closes.
    pub name: Option<String>,
    /// The name of whoever follows it up.
    pub owner: Option<String>,
    /// Whether the way in is closed now.
    pub closed_off: bool,
    /// Whether nobody has followed it up for more than seven days.
    pub marked: bool,
}

/// The patterns of the last `days` days.
///
/// # Errors
/// The actor may not see them (not found); a number of days that cannot be taken; storage failed.
pub async fn patterns(services: &Services, request: &Request, days: i64) -> Result<Patterns> {
    reader(request)?;
    if !(1..=LONGEST).contains(&days) {
        let da = format!("Vælg mellem 1 og {LONGEST} dage.");
        let en = format!("Choose between 1 and {LONGEST} days.");
        return Err(Error::Invalid { field: "days", message: Text { da, en } });
    }
    let now = services.clock.now();
    let since = now - TimeDelta::days(days);
    let today = date_of(now);
    let tx = services.store.begin_reading(&Scope::nothing()).await?;
    let all = per_day(tx_hours(&tx, now - TimeDelta::days(days.max(COMPARED + 2))).await?);
    let sources = attempt::top_sources(&tx, since, SOURCES).await?;
    let yesterday = today.pred_opt().unwrap_or(today);
    let mut unusual = unusual::sources(&tx, today).await?;
    unusual.extend(unusual::sources(&tx, yesterday).await?);
    let unusual = unusual_views(&tx, unusual).await?;
    let open = attempt_block::count(&tx, true).await?;
    let marked = attempt_block::count_open_before(&tx, now - MARKED_AFTER).await?;
    let mut log = AccessLog::new(services, request, now)?;
    // Whose accounts are tried more than usual: they are shown by name.
    let people: BTreeSet<_> = unusual.iter().filter_map(|it| it.unusual.subject.person()).collect();
    log.under(Action::ReadAttempts, Resource::Attempts);
    log.add(UseKind::AttemptsRead, None, json!({ "shown": "patterns", "days": days, "people": people }));
    log.write_after(tx).await?;
    let (today, yesterday) = (compare(&all, today), compare(&all, yesterday));
    let shown: Vec<_> = all.into_iter().filter(|day| day.date > date_of(since)).collect();
    let total = shown.iter().filter(|day| day.cause.is_rejection()).map(|day| day.count).sum();
    Ok(Patterns { total, days: shown, sources, today, yesterday, unusual, open, marked })
}

/// The attempts that are kept one by one, newest first.
///
/// # Errors
/// The actor may not see them (not found); a cursor or page size that cannot be taken; storage failed.
pub async fn latest(services: &Services, request: &Request, page: PageRequest) -> Result<Page<AttemptView>> {
    reader(request)?;
    let wanted = Wanted::parse(&page)?;
    let tx = services.store.begin_reading(&Scope::nothing()).await?;
    let attempts = attempt::list(&tx, wanted.after, wanted.limit()).await?;
    let total = attempt::kept(&tx).await?;
    let whose = |attempt: &Attempt| match attempt.who {
        Who::Person(person) => Some(person),
        _ => None,
    };
    let people: Vec<_> = attempts.iter().filter_map(whose).collect();
    let names = names(&tx, &people).await?;
    let view = |attempt: Attempt| {
        let name = whose(&attempt).and_then(|person| names.get(&person).cloned());
        ((attempt.at, attempt.id), AttemptView { attempt, name })
    };
    let page = wanted.page(attempts.into_iter().map(view).collect(), total)?;
    let shown: Vec<_> = request.shown_of(&page).iter().map(|(_, view)| view.attempt.id).collect();
    let mut log = AccessLog::new(services, request, services.clock.now())?;
    log.under(Action::ReadAttempts, Resource::Attempts);
    log.add_list(UseKind::AttemptsRead, json!({ "attempts": shown }), total);
    log.write_after(tx).await?;
    Ok(page)
}

/// The blocks, newest first: those whose task is `open`, or all.
///
/// # Errors
/// As [`latest`].
pub async fn blocks(
    services: &Services,
    request: &Request,
    open: bool,
    page: PageRequest,
) -> Result<Page<BlockView>> {
    reader(request)?;
    let (wanted, now) = (Wanted::parse(&page)?, services.clock.now());
    let tx = services.store.begin_reading(&Scope::nothing()).await?;
    let blocks = attempt_block::list(&tx, open, wanted.after, wanted.limit()).await?;
    let total = attempt_block::count(&tx, open).await?;
    let views = block_views(&tx, blocks, now).await?;
    let page =
        wanted.page(views.into_iter().map(|it| ((it.block.began_at, it.block.id), it)).collect(), total)?;
    let shown: Vec<_> = request.shown_of(&page).iter().map(|(_, view)| view.block.id).collect();
    let mut log = AccessLog::new(services, request, now)?;
    log.under(Action::ReadAttempts, Resource::Attempts);
    log.add_list(UseKind::AttemptsRead, json!({ "blocks": shown }), total);
    log.write_after(tx).await?;
    Ok(page)
}

/// What somebody tried on the actor's own account in the last 30 days, newest first: the person knows best whether it was
/// they (OWASP ASVS 5.0, 6.3.5).
///
/// # Errors
/// Nobody is signed in; storage failed.
pub async fn on_own_account(services: &Services, request: &Request) -> Result<Vec<Attempt>> {
    let (person, now) = (request.actor()?.person, services.clock.now());
    let causes: Vec<_> = Cause::ALL.into_iter().filter(|cause| cause.is_suspicious()).collect();
    let tx = services.store.begin_reading(&Scope::nothing()).await?;
    let attempts = attempt::of_person(&tx, person, &causes, (now - OWN.0, OWN.1)).await?;
    tx.commit().await?;
    Ok(attempts)
}

fn reader(request: &Request) -> Result<&Actor> {
    request.require(Action::ReadAttempts, Resource::Attempts, "list of attempts")
}

async fn unusual_views(tx: &Tx, all: Vec<Unusual>) -> Result<Vec<UnusualView>> {
    let whose = |unusual: &Unusual| match unusual.subject {
        Subject::Person(person) => Some(person),
        _ => None,
    };
    let people: Vec<_> = all.iter().filter_map(whose).collect();
    let names = names(tx, &people).await?;
    let view = |unusual: Unusual| UnusualView {
        name: whose(&unusual).and_then(|person| names.get(&person).cloned()),
        unusual,
    };
    Ok(all.into_iter().map(view).collect())
}

/// As whoever may see blocks sees them.
pub(super) async fn block_views(tx: &Tx, blocks: Vec<Block>, now: DateTime<Utc>) -> Result<Vec<BlockView>> {
    let whose = |block: &Block| block.subject.person();
    let people: Vec<_> =
        blocks.iter().filter_map(whose).chain(blocks.iter().filter_map(|it| it.owner)).collect();
    let names = names(tx, &people).await?;
    let name_of = |person: Option<PersonId>| person.and_then(|person| names.get(&person).cloned());
    let view = |block: Block| BlockView {
        name: name_of(whose(&block)),
        owner: name_of(block.owner),
        closed_off: block.is_closed_off(now),
        marked: block.is_marked(now),
        block,
    };
    Ok(blocks.into_iter().map(view).collect())
}

async fn names(tx: &Tx, people: &[PersonId]) -> Result<HashMap<PersonId, String>> {
    let found = person::find_many(tx, people).await?;
    Ok(found.into_iter().map(|person| (person.id, person.name)).collect())
}

pub(super) async fn tx_hours(tx: &Tx, since: DateTime<Utc>) -> Result<Vec<Hour>> {
    Ok(attempt::hours(tx, since).await?)
}

/// Hours added up to Danish days.
pub(super) fn per_day(hours: Vec<Hour>) -> Vec<Day> {
    let mut days: Vec<Day> = Vec::new();
    for hour in hours {
        let (date, count) = (date_of(hour.hour), u64::try_from(hour.count).unwrap_or_default());
        match days.iter_mut().rev().find(|day| day.date == date && day.cause == hour.cause) {
            Some(day) => day.count += count,
            None => days.push(Day { date, cause: hour.cause, count }),
        }
    }
    days
}

/// The day of an instant, in Denmark.
pub(super) fn date_of(at: DateTime<Utc>) -> NaiveDate {
    at.with_timezone(&Copenhagen).date_naive()
}
