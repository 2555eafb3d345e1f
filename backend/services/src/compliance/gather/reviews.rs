//! The half-yearly reviews, and those that should have been.

use varsel_domain::review::{self as rule, Review, Verdict};
use varsel_storage::review::{self, ItemCriteria, ListKey};
use varsel_storage::{Tx, authorisation};

use super::count;
use crate::authorisation::reach_in_words;
use crate::compliance::finding::OfAccess;
use crate::compliance::model::{Authorisations, Campaign, Missing, Period, Reviews, Standing, Told};
use crate::{Result, Services};

/// Reviews that are read at once.
const ROWS: u64 = 200;

/// Those that were open in the period.
///
/// # Errors
/// Storage failed.
pub(super) async fn gather(
    services: &Services,
    tx: &Tx,
    (period, authorisations): (Period, &Authorisations),
    findings: &mut Vec<Told>,
) -> Result<Reviews> {
    let (mut campaigns, mut after) = (Vec::new(), None);
    loop {
        let part = review::list(tx, None, after, ROWS).await?;
        let Some(last) = part.last() else { break };
        after = Some(ListKey { opened_at: last.opened_at, id: last.id });
        for review in part {
            let open = review.closed_at.is_none_or(|at| at >= period.from);
            if open && review.opened_at < period.until {
                campaigns.push(campaign(services, tx, review).await?);
            }
        }
    }
    let missing = missing(services, tx).await?;
    let list = authorisations.list.iter();
    let unconfirmed = count(list.filter(|held| held.standing == Standing::Unconfirmed));
    let late = count(campaigns.iter().filter(|it| it.overdue)) + count(&missing);
    if late > 0 {
        findings.push(OfAccess::ReviewsOverdue { count: late }.into());
    }
    if unconfirmed > 0 {
        findings.push(OfAccess::UnconfirmedAuthorisations { count: unconfirmed }.into());
    }
    Ok(Reviews { campaigns, missing, unconfirmed })
}

async fn campaign(services: &Services, tx: &Tx, review: Review) -> Result<Campaign> {
    let now = services.clock.now();
    let verdicts = review::verdicts(tx, review.id).await?;
    let of = |wanted: Option<Verdict>| {
        verdicts.iter().filter(|(verdict, _)| *verdict == wanted).map(|(_, items)| items).sum()
    };
    let unused = ItemCriteria { unused: true, ..ItemCriteria::default() };
    Ok(Campaign {
        id: review.id.to_string(),
        reach_words: reach_in_words(services, tx, &review.reach, now).await?.into(),
        opened_at: review.opened_at,
        deadline: review.deadline,
        closed_at: review.closed_at,
        items: verdicts.iter().map(|(_, items)| items).sum(),
        confirmed: of(Some(Verdict::Confirmed)),
        withdrawn: of(Some(Verdict::Withdrawn)),
        suspended: of(Some(Verdict::Suspended)),
        gone: of(Some(Verdict::Gone)),
        undecided: of(None),
        unused: review::count_items(tx, review.id, unused).await?,
        overdue: review.closed_at.is_none() && now > review.deadline,
        reach: review.reach,
    })
}

/// Where the half year is over, and no review was opened.
async fn missing(services: &Services, tx: &Tx) -> Result<Vec<Missing>> {
    let (now, mut missing) = (services.clock.now(), Vec::new());
    for (reach, first) in authorisation::reaches(tx, now).await? {
        let newest = review::newest(tx, &reach).await?;
        if newest.as_ref().is_some_and(|review| review.closed_at.is_none()) {
            continue;
        }
        let due = rule::done_by(newest.map_or(first, |review| review.opened_at));
        if now > due {
            let reach_words = reach_in_words(services, tx, &reach, now).await?.into();
            missing.push(Missing { reach, reach_words, due });
        }
    }
    Ok(missing)
}
