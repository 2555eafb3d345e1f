//! What administrators do, and what others see and ask of rights.

use std::collections::BTreeSet;

use chrono::TimeDelta;
use varsel_domain::ChangeId;
use varsel_domain::authorisation::{Function, Reach};
use varsel_domain::change::{Change, ChangeKind, Refusal};
use varsel_services::authorisation::{self, Filter, Wish};
use varsel_services::change::{self, Outcome};
use varsel_services::pack::{self, Publication, Received};
use varsel_services::retention::{self, Keep, Report};
use varsel_services::review::ItemCriteria;
use varsel_services::testing::edited;
use varsel_services::{Request, compliance, keys, local, provider, review, session, settings};

use super::stage::{Act as Any, Person, Stage, listed, one, page, sought};

/// The version of the rules that comes into force before it begins.
pub(super) const NEXT: &str = "2026.2";
const REASON: &str = "The summer is long.";

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Act {
    Ask,
    Hold,
    KeepUses,
    Approve,
    Reject,
    Withdraw,
    Changes,
    OneChange,
    OwnChanges,
    Rights,
    RightsFile,
    TakeRight,
    People,
    OnePerson,
    Sessions,
    Invite,
    Reset,
    Close,
    Leave,
    Accounts,
    Reviews,
    Items,
    Decide,
    ReviewFile,
    Receive,
    Compare,
    Providers,
    Settings,
    Vault,
    Retention,
    Compliance,
}

const fn own(act: Act) -> Any {
    Any::Administering(act)
}

pub(super) const ADMINISTRATOR: &[(u32, Any)] = &[
    (4, own(Act::Ask)),
    (2, own(Act::Hold)),
    (2, own(Act::KeepUses)),
    (6, own(Act::Approve)),
    (1, own(Act::Ask)),
    (2, own(Act::Reject)),
    (2, own(Act::Withdraw)),
    (3, own(Act::Changes)),
    (3, own(Act::OneChange)),
    (2, own(Act::OwnChanges)),
    (4, own(Act::Rights)),
    (1, own(Act::RightsFile)),
    (1, own(Act::TakeRight)),
    (4, own(Act::People)),
    (2, own(Act::OnePerson)),
    (2, own(Act::Sessions)),
    (2, own(Act::Invite)),
    (1, own(Act::Reset)),
    (1, own(Act::Close)),
    (1, own(Act::Leave)),
    (2, own(Act::Accounts)),
    (2, own(Act::Reviews)),
    (2, own(Act::Items)),
    (2, own(Act::Decide)),
    (1, own(Act::ReviewFile)),
    (1, own(Act::Compare)),
    (1, own(Act::Providers)),
    (1, own(Act::Settings)),
    (1, own(Act::Vault)),
    (1, own(Act::Retention)),
];

impl Act {
    pub(super) async fn done(self, stage: &Stage, by: &Person, chance: u32) {
        match self {
            Self::Ask | Self::Hold | Self::KeepUses => self.propose(stage, by, chance).await,
            Self::Approve | Self::Reject | Self::Withdraw => self.decide(stage, by, chance).await,
            Self::Changes | Self::OneChange | Self::OwnChanges => self.read_changes(stage, by, chance).await,
            Self::Rights | Self::RightsFile | Self::TakeRight => self.rights(stage, by, chance).await,
            Self::People | Self::OnePerson | Self::Sessions => self.people(stage, by, chance).await,
            Self::Invite | Self::Reset | Self::Close | Self::Leave | Self::Accounts => {
                self.accounts(stage, by, chance).await;
            }
            Self::Reviews | Self::Items | Self::Decide | Self::ReviewFile => {
                self.reviews(stage, by, chance).await;
            }
            Self::Receive | Self::Compare => self.rules(stage, by).await,
            Self::Providers | Self::Settings | Self::Vault | Self::Retention | Self::Compliance => {
                self.platform(stage, by).await;
            }
        }
    }

    async fn propose(self, stage: &Stage, by: &Person, chance: u32) {
        let (services, now, other) = (&stage.house.services, stage.house.now(), *one(&stage.others, chance));
        let outcome = match self {
            Self::Ask => {
                let actor = by.request.actor().unwrap();
                let administers = actor.rights.iter().any(|right| right.function == Function::Administer);
                let wish = Wish {
                    holder: Some(other).filter(|_| administers),
                    functions: BTreeSet::from([Function::Read]),
                    reach: Reach::Unit("sektorcert".into()),
                    purpose: format!("To stand in, the {}th time.", stage.number()),
                    from: None,
                    until: None,
                    temporary: None,
                };
                authorisation::ask(services, &by.request, wish, REASON).await
            }
            Self::Hold => {
                let (_, number) = one(&stage.incidents, chance);
                retention::propose_hold(services, &by.request, (number, now + TimeDelta::days(90)), REASON)
                    .await
            }
            _ => {
                let (from, to, until) = (now - TimeDelta::days(3), now, now + TimeDelta::days(90));
                let keep = Keep { person: other, from, to, until };
                retention::propose_keeping(services, &by.request, keep, REASON).await
            }
        };
        proposed(stage, &by.name, outcome.unwrap());
    }

    async fn decide(self, stage: &Stage, by: &Person, chance: u32) {
        let own = if self == Self::Withdraw { take_own(stage, by) } else { None };
        let Some(proposed) = own.or_else(|| Stage::take(&stage.proposals, chance)) else { return };
        let (services, request) = (&stage.house.services, &by.request);
        let (attempt, kind, outcome) = match self {
            Self::Approve => {
                let approved =
                    change::approve(services, request, proposed.id, &proposed.payload_sha256).await;
                ("approve", "change_approved", approved)
            }
            Self::Reject => {
                ("reject", "change_rejected", change::reject(services, request, proposed.id, REASON).await)
            }
            _ => ("withdraw", "change_withdrawn", change::withdraw(services, request, proposed.id).await),
        };
        match outcome {
            Ok(Ok(view)) => {
                stage.did(&by.name, kind, "", &[("change", view.change.id.to_string())]);
                if self == Self::Approve && view.change.kind == ChangeKind::GrantAuthorisation {
                    granted(stage, view.change.subject().person().unwrap(), view.change.id);
                }
            }
            Ok(Err(refusal)) => refused(stage, &by.name, (attempt, Some(proposed.id)), refusal),
            // Not for them to know of: somebody else decides.
            Err(_) => stage.proposals.lock().unwrap().push(proposed),
        }
    }

    async fn read_changes(self, stage: &Stage, by: &Person, chance: u32) {
        let (services, request) = (&stage.house.services, &by.request);
        let rows = match self {
            Self::Changes => change::list(services, request, page(1 + chance % 20)).await.unwrap().rows,
            Self::OwnChanges => change::own(services, request, page(1 + chance % 20)).await.unwrap().rows,
            _ => {
                let known = stage.proposals.lock().unwrap().clone();
                if known.is_empty() {
                    return;
                }
                let found = change::find(services, request, one(&known, chance).id).await.unwrap();
                let Some(view) = found else { return };
                vec![(String::new(), view)]
            }
        };
        let shown = listed(rows.iter().map(|(_, view)| view.change.id));
        stage.did(&by.name, "change_read", "", &[("changes", shown)]);
    }

    async fn rights(self, stage: &Stage, by: &Person, chance: u32) {
        let (services, request) = (&stage.house.services, &by.request);
        let (text, told) = sought(chance);
        if self == Self::RightsFile {
            let filter = Filter { function: Some(Function::Read), ..Filter::default() };
            let file = authorisation::export(services, request, &filter, None).await.unwrap().text;
            let ids = file.lines().skip(1).filter_map(|line| line.split(',').next());
            let details = [("function", "read".to_owned()), ("shown", listed(ids))];
            return stage.did(&by.name, "authorisations_exported", "", &details);
        }
        let text = Some(text).filter(|_| self == Self::Rights);
        let told = if text.is_some() { told } else { String::new() };
        let filter = Filter { text, ..Filter::default() };
        let rows = authorisation::list(services, request, filter, page(100)).await.unwrap().rows;
        let shown = listed(rows.iter().map(|(_, view)| view.authorisation.id));
        stage.did(&by.name, "authorisations_read", "", &[("words sought", told), ("shown", shown)]);
        let theirs =
            rows.iter().filter(|(_, view)| view.withdrawable && stage.others.contains(&view.holder.id));
        let theirs: Vec<_> = theirs.collect();
        if self == Self::TakeRight && !theirs.is_empty() {
            let (_, view) = one(&theirs, chance);
            let id = view.authorisation.id;
            let ended = authorisation::withdraw(services, request, &[id], REASON).await.unwrap();
            for id in ended.withdrawn {
                let details = [("authorisation", id.to_string())];
                stage.did(&by.name, "authorisation_withdrawn", &view.holder.name, &details);
            }
        }
    }

    async fn people(self, stage: &Stage, by: &Person, chance: u32) {
        let (services, request) = (&stage.house.services, &by.request);
        let other = *one(&stage.others, chance);
        match self {
            Self::People => {
                let (text, told) = sought(chance);
                let found = authorisation::people(services, request, &text).await.unwrap().len();
                let details = [("words sought", told), ("shown", found.to_string())];
                stage.did(&by.name, "people_searched", "", &details);
            }
            Self::OnePerson => {
                authorisation::of_person(services, request, other).await.unwrap().unwrap();
                let shown = [("shown", "1".to_owned())];
                stage.did(&by.name, "people_searched", &stage.name(other), &shown);
            }
            _ => {
                let ended = session::end_all_of(services, request, other).await.unwrap();
                let details = [("sessions", ended.to_string())];
                stage.did(&by.name, "sessions_ended", &stage.name(other), &details);
            }
        }
    }

    async fn accounts(self, stage: &Stage, by: &Person, chance: u32) {
        let (services, request, name) = (&stage.house.services, &by.request, by.name.as_str());
        if self == Self::Invite {
            let invitee = stage.invitee();
            let called = invitee.name.clone();
            let id = local::invite(services, request, invitee).await.unwrap();
            stage.know(id, &called);
            stage.accounts.lock().unwrap().push(id);
            return stage.did(name, "account_invited", &called, &[]);
        }
        if self == Self::Accounts {
            let listed = local::list(services, request).await.unwrap().len();
            return stage.did(name, "accounts_listed", "", &[("accounts", listed.to_string())]);
        }
        let known = stage.accounts.lock().unwrap().clone();
        if known.is_empty() {
            return;
        }
        let id = *one(&known, chance);
        let about = stage.name(id);
        match self {
            Self::Reset => {
                local::reset(services, request, id).await.unwrap();
                stage.did(name, "account_reset", &about, &[]);
            }
            Self::Close => {
                local::close(services, request, id).await.unwrap();
                stage.did(name, "account_closed", &about, &[]);
            }
            _ => {
                let left = authorisation::left(services, request, id, REASON).await.unwrap();
                stage.did(name, "person_left", &about, &[("sessions", left.sessions.to_string())]);
            }
        }
    }

    async fn reviews(self, stage: &Stage, by: &Person, chance: u32) {
        let (services, request, name) = (&stage.house.services, &by.request, by.name.as_str());
        let id = *one(&stage.reviews, chance);
        let review = ("review", id.to_string());
        if self == Self::Reviews {
            let rows = review::list(services, request, page(1 + chance % 10)).await.unwrap().rows;
            let shown = listed(rows.iter().map(|(_, view)| view.review.id));
            return stage.did(name, "review_read", "", &[("reviews", shown)]);
        }
        if self == Self::ReviewFile {
            let (file, _) = review::export(services, request, id, None).await.unwrap();
            let shown = listed(file.lines().skip(1).filter_map(|line| line.split(',').nth(1)));
            return stage.did(name, "review_exported", "", &[review, ("shown", shown)]);
        }
        let which = (id, ItemCriteria::default());
        let rows = review::items(services, request, which, page(100)).await.unwrap().rows;
        let items: Vec<_> = rows.iter().map(|(_, seen)| seen.item.authorisation).collect();
        stage.did(name, "review_read", "", &[review.clone(), ("shown", listed(&items))]);
        if self == Self::Decide {
            // One that is closed meanwhile is decided on no more.
            let decided = review::decide(services, request, (id, &items), (true, REASON)).await;
            let decided = decided.map(|it| it.decided).unwrap_or_default();
            if !decided.is_empty() {
                let details =
                    [review, ("verdict", "confirmed".to_owned()), ("authorisations", listed(decided))];
                stage.did(name, "review_decided", "", &details);
            }
        }
    }

    async fn rules(self, stage: &Stage, by: &Person) {
        let (services, request) = (&stage.house.services, &by.request);
        if self == Self::Compare {
            if pack::compare(services, request, "2026.1").await.unwrap().is_some() {
                stage.did(&by.name, "compared", "", &[]);
            }
            return;
        }
        let version = format!("2027.{}", stage.number());
        let named = format!("version: \"{version}\"");
        let files = edited(&[("pack.yaml", "version: \"2026.1\"", &named)]);
        match pack::receive(services, request, files).await.unwrap() {
            Received::Stored { .. } => stage.did(&by.name, "pack_received", "", &[("rule pack", version)]),
            Received::Refused(problems) => panic!("{problems:?}"),
        }
    }

    async fn platform(self, stage: &Stage, by: &Person) {
        let (services, request, name) = (&stage.house.services, &by.request, by.name.as_str());
        match self {
            Self::Providers => {
                provider::list(services, request).await.unwrap();
                stage.did(name, "providers_read", "", &[]);
            }
            Self::Settings => {
                settings::list(services, request).await.unwrap();
                stage.did(name, "settings_read", "", &[]);
            }
            Self::Vault => {
                keys::read(services, request).await.unwrap();
                stage.did(name, "vault_read", "", &[]);
            }
            Self::Retention => {
                retention_told(stage, name, &retention::read(services, request).await.unwrap());
            }
            _ => {
                let wanted = compliance::Wanted::default();
                let report = compliance::report_for(services, request, &stage.installation, wanted).await;
                let findings = report.unwrap().findings.len().to_string();
                stage.did(name, "compliance_reported", "", &[("findings", findings)]);
            }
        }
    }
}

/// The report of what is kept names each incident that is held.
pub(super) fn retention_told(stage: &Stage, name: &str, report: &Report) {
    stage.did(name, "retention_read", "", &[]);
    let held: BTreeSet<_> = report.held.iter().map(|held| held.number.as_str()).collect();
    for number in held {
        stage.did(name, "retention_read", number, &[]);
    }
}

/// Two administrators publish the next version, which is in force ten minutes later; another is received.
pub(super) async fn publish(stage: &Stage) {
    let (first, second) =
        (stage.house.request("administrator").await, stage.house.request("administrator-second").await);
    let name = |request: &Request| request.actor().unwrap().name.clone();
    let in_force_from = stage.house.now() + TimeDelta::minutes(10);
    let publication = Publication { version: NEXT.to_owned(), in_force_from, reassess_running: false };
    let outcome = pack::propose(&stage.house.services, &first, publication, REASON).await.unwrap();
    proposed(stage, &name(&first), outcome);
    let person = Person { name: name(&second), request: second, acts: &[] };
    Act::Approve.done(stage, &person, 0).await;
    let person = Person { name: name(&first), request: first, acts: &[] };
    Act::Receive.done(stage, &person, 0).await;
    stage.house.advance(TimeDelta::minutes(10));
}

/// The newest that they proposed themselves, if nobody has taken it up.
fn take_own(stage: &Stage, by: &Person) -> Option<Change> {
    let person = by.request.actor().unwrap().person;
    let mut proposals = stage.proposals.lock().unwrap();
    let at = proposals.iter().rposition(|change| change.proposer.account == person)?;
    Some(proposals.remove(at))
}

fn proposed(stage: &Stage, name: &str, outcome: Outcome) {
    match outcome {
        Ok(view) => {
            stage.did(name, "change_proposed", "", &[("change", view.change.id.to_string())]);
            stage.proposals.lock().unwrap().push(view.change);
        }
        Err(refusal) => refused(stage, name, ("propose", None), refusal),
    }
}

fn refused(stage: &Stage, name: &str, (attempt, change): (&str, Option<ChangeId>), refusal: Refusal) {
    let code = serde_json::to_value(refusal).unwrap().as_str().unwrap().to_owned();
    let change = change.map(|id| id.to_string()).unwrap_or_default();
    let details = [("attempt", attempt.to_owned()), ("change", change), ("code", code)];
    stage.did(name, "change_refused", "", &details);
}

/// What two decided is given by Varsel itself.
fn granted(stage: &Stage, holder: varsel_domain::PersonId, change: ChangeId) {
    let name = stage.name(holder);
    stage.did("Varsel", "authorisation_granted", &name, &[("change", change.to_string())]);
}
