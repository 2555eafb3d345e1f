//! The blind test of ST8 (E1): people use Varsel at once, and somebody who has nothing but the manual
//! (docs/log-interpretation.md) and the file says what each of them did. Nothing is missing, nothing is too much.

mod administering;
mod interpret;
mod reporting;
mod stage;
mod watching;

use std::collections::{BTreeMap, BTreeSet};

use chrono::TimeDelta;
use futures_util::future::join_all;
use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};
use varsel_domain::access::UseKind;
use varsel_services::testing::{House, in_each_separated_house};
use varsel_storage::testing::{proved, scale, seed};

use interpret::{Use, interpret, kind_of, manual, without_purpose};
use stage::{Person, Stage};

/// What is not tried here, and why.
const NOT_TRIED: [(&str, &str); 10] = [
    ("mailed", "Varsel itself: tried in mailed.rs"),
    ("change_expired", "Varsel itself, when nobody decides"),
    ("settings_adopted", "Varsel itself, at the first start"),
    ("provider_trusted", "the command line, where the configuration names a provider: tried in provider.rs"),
    ("authorisation_suspended", "Varsel itself, when somebody has moved or a review ends"),
    ("authorisation_reinstated", "Varsel itself, where something was suspended: tried in authorisation.rs"),
    ("review_closed", "Varsel itself, at the review's end"),
    ("erased", "Varsel itself, at deadlines"),
    ("clock_wrong", "no use"),
    ("heartbeat", "no use"),
];

/// What can be done without a right: with one's own account, one's own right and what one proposed oneself, and by a one-time token;
/// and what was refused.
const NEEDS_NO_RIGHT: [&str; 6] = [
    "administrator_named",
    "change_proposed",
    "change_read",
    "change_refused",
    "change_withdrawn",
    "credentials_changed",
];

/// Somebody does something, by the weights of what people like them do.
async fn by_chance(stage: &Stage, person: &Person, chance: u32) {
    let all: u32 = person.acts.iter().map(|(weight, _)| weight).sum();
    let mut at = chance % all;
    for (weight, act) in person.acts {
        if at < *weight {
            return act.done(stage, person, chance / all).await;
        }
        at -= weight;
    }
}

/// What happened, told by those who did it: twice everything that there is to do, and then whatever chance has them do.
async fn happen(house: House, rounds: usize) -> Stage {
    let stage = Stage::set(house).await;
    let mut chance = StdRng::seed_from_u64(seed());
    let longest = stage.people.iter().map(|person| person.acts.len()).max().unwrap();
    for at in (0..longest).chain(0..longest) {
        stage.house.advance(TimeDelta::milliseconds(731));
        let turn = chance.random();
        let doing = stage.people.iter().filter_map(|person| Some((person, person.acts.get(at)?.1)));
        join_all(doing.map(|(person, act)| act.done(&stage, person, turn))).await;
    }
    // Among many, others are quicker at times: here somebody surely takes back what they proposed.
    let one = stage.people.iter().find(|person| person.name == "Henrik Rask").unwrap();
    for act in [administering::Act::Ask, administering::Act::Withdraw] {
        stage.house.advance(TimeDelta::milliseconds(731));
        act.done(&stage, one, 0).await;
    }
    for _ in 0..rounds {
        stage.house.advance(TimeDelta::milliseconds(731));
        join_all(stage.people.iter().map(|person| by_chance(&stage, person, chance.random()))).await;
    }
    stage
}

/// How often each use is in the one more than in the other.
fn differences(truth: &[Use], found: &[Use]) -> Vec<String> {
    let mut counts: BTreeMap<&Use, i64> = BTreeMap::new();
    for it in truth {
        *counts.entry(it).or_default() += 1;
    }
    for it in found {
        *counts.entry(it).or_default() -= 1;
    }
    let differing = counts.into_iter().filter(|(_, count)| *count != 0);
    differing
        .map(|(it, count)| format!("{} {it:?}", if count > 0 { "missing" } else { "too much" }))
        .collect()
}

#[tokio::test]
async fn what_eight_people_did_at_once_is_in_the_file_and_nothing_else() {
    in_each_separated_house(async |house| {
        let rounds = scale(25, 500);
        let stage = Box::pin(happen(house, rounds)).await;
        let file = stage.file().await;
        let (truth, found) = (stage.truth(), interpret(&file));
        assert_eq!(differences(&truth, &found), [""; 0]);
        let mut without = without_purpose(&file);
        without.retain(|kind, _| !NEEDS_NO_RIGHT.contains(&&**kind));
        assert!(without.is_empty(), "by which right: {without:#?}");
        let tried: BTreeSet<_> = truth.iter().map(|(_, _, what)| kind_of(what)).collect();
        let untried: BTreeSet<_> = NOT_TRIED.iter().map(|(kind, _)| *kind).collect();
        let all = kinds();
        let missing: Vec<_> = all.iter().filter(|kind| !tried.contains(&***kind)).collect();
        let left: Vec<_> = missing.into_iter().filter(|kind| !untried.contains(&***kind)).collect();
        assert!(left.is_empty(), "neither tried nor said why not: {left:?}");
        let database = if stage.house.services.store.is_shared() { "PostgreSQL" } else { "SQLite" };
        let (people, kinds, uses) = (stage.people.len(), tried.len(), truth.len());
        proved(
            "E1",
            &format!("{database}: {people} people x {rounds} acts by chance, {kinds} kinds of use, {uses} uses: 0 missing, 0 too much"),
        );
    })
    .await;
}

/// Every kind of use that there is, as the type itself names them.
fn kinds() -> BTreeSet<String> {
    let said = serde_json::from_str::<UseKind>("\"none of them\"").unwrap_err().to_string();
    let (_, all) = said.split_once("expected one of").unwrap();
    all.split('`').skip(1).step_by(2).map(str::to_owned).collect()
}

#[test]
fn the_manual_explains_every_kind_of_use_and_no_other() {
    let (all, explained) = (kinds(), manual());
    assert!(all.len() > 50 && all.contains("opened"), "{all:?}");
    assert_eq!(explained.difference(&all).collect::<Vec<_>>(), [""; 0]);
    assert_eq!(all.difference(&explained).collect::<Vec<_>>(), [""; 0]);
    for (kind, _) in NOT_TRIED {
        assert!(all.contains(kind), "{kind}");
    }
}

#[tokio::test]
async fn a_use_that_was_not_written_down_or_told_of_somebody_else_is_noticed() {
    in_each_separated_house(async |house| {
        let stage = Box::pin(happen(house, 0)).await;
        let (truth, whole) = (stage.truth(), interpret(&stage.file().await));
        assert_eq!(differences(&truth, &whole), [""; 0]);
        for kind in ["opened", "people_searched", "change_approved", "account_closed"] {
            let one = whole.iter().position(|(_, _, what)| kind_of(what) == kind).unwrap();
            let without: Vec<_> =
                whole.iter().enumerate().filter(|(at, _)| *at != one).map(|(_, it)| it.clone()).collect();
            assert_eq!(differences(&truth, &without).len(), 1, "{kind}");
            let mut another = whole.clone();
            "Somebody Else".clone_into(&mut another[one].1);
            assert_eq!(differences(&truth, &another).len(), 2, "{kind}");
        }
    })
    .await;
}
