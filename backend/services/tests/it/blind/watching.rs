//! What whoever audits does, somebody with an account of Varsel's own, and whoever runs the server.

use std::collections::BTreeSet;

use varsel_domain::attempt::Subject;
use varsel_domain::organisation::Language;
use varsel_services::attempt::BlockView;
use varsel_services::keys::{self, Word};
use varsel_services::log::{self, Form, Inquiry};
use varsel_services::report::replay_at_command_line;
use varsel_services::{Result, api_token, attempt, compliance, local, retention};

use super::administering::{self, Act as Reading};
use super::stage::{Act as Any, OPERATOR as NAME, Person, Stage, listed, one, page};

const REASON: &str = "It was the test of the new firewall.";

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Act {
    Patterns,
    Attempts,
    Blocks,
    Take,
    Close,
    Lift,
    Investigate,
    Extract,
    NewCodes,
    MakeToken,
    RevokeToken,
    ReportAtTerminal,
    RetentionAtTerminal,
    RenewKeys,
    KeysAtTerminal,
    Replay,
}

const fn own(act: Act) -> Any {
    Any::Watching(act)
}

const fn reading(act: Reading) -> Any {
    Any::Administering(act)
}

pub(super) const AUDITOR: &[(u32, Any)] = &[
    (3, own(Act::Patterns)),
    (3, own(Act::Attempts)),
    (3, own(Act::Blocks)),
    (2, own(Act::Take)),
    (1, own(Act::Lift)),
    (1, own(Act::Close)),
    (3, own(Act::Investigate)),
    (1, own(Act::Extract)),
    (2, reading(Reading::Rights)),
    (1, reading(Reading::RightsFile)),
    (2, reading(Reading::Reviews)),
    (2, reading(Reading::Items)),
    (1, reading(Reading::ReviewFile)),
    (1, reading(Reading::Compliance)),
    (1, reading(Reading::Retention)),
    (1, reading(Reading::Providers)),
    (1, reading(Reading::Settings)),
    (1, reading(Reading::Vault)),
];

pub(super) const MEMBER: &[(u32, Any)] = &[(1, own(Act::NewCodes)), (2, reading(Reading::OwnChanges))];

pub(super) const OPERATOR: &[(u32, Any)] = &[
    (2, own(Act::MakeToken)),
    (2, own(Act::RevokeToken)),
    (1, own(Act::ReportAtTerminal)),
    (1, own(Act::RetentionAtTerminal)),
    (1, own(Act::RenewKeys)),
    (1, own(Act::KeysAtTerminal)),
    (1, own(Act::Replay)),
];

impl Act {
    pub(super) async fn done(self, stage: &Stage, by: &Person, chance: u32) {
        match self {
            Self::Patterns => patterns(stage, by).await,
            Self::Attempts => attempts(stage, by, chance).await,
            Self::Blocks => blocks(stage, by, chance).await,
            Self::Take | Self::Close | Self::Lift => follow_up(self, stage, by, chance).await,
            Self::Investigate => investigate(stage, by, chance).await,
            Self::Extract => extract(stage, by).await,
            Self::NewCodes => new_codes(stage, by).await,
            Self::MakeToken => make_token(stage, chance).await,
            Self::RevokeToken => revoke_token(stage, chance).await,
            Self::ReportAtTerminal => {
                let (services, wanted) = (&stage.house.services, compliance::Wanted::default());
                let report = compliance::report(services, &stage.installation, wanted).await.unwrap();
                let findings = ("findings", report.findings.len().to_string());
                stage.did(NAME, "compliance_reported", "", &[findings]);
            }
            Self::RetentionAtTerminal => {
                let report = retention::report(&stage.house.services).await.unwrap();
                administering::retention_told(stage, NAME, &report);
            }
            Self::KeysAtTerminal => {
                let (_, without) = keys::status(&stage.house.services).await.unwrap();
                assert!(without.is_empty(), "{without:?}");
                stage.did(NAME, "vault_read", "", &[]);
            }
            Self::Replay => {
                let (store, now) = (&stage.house.services.store, stage.house.now());
                let (_, others) =
                    replay_at_command_line(store, (&*stage.house.services.ids, now), None).await.unwrap();
                assert!(others.is_empty(), "{others:?}");
                let details =
                    [("incidents", stage.incidents.len().to_string()), ("differing", "0".to_owned())];
                stage.did(NAME, "replayed", "", &details);
            }
            Self::RenewKeys => {
                let word = Word::Alone { reason: REASON };
                keys::renew(&stage.house.services, Some("99990104"), word).await.unwrap();
                stage.did(NAME, "keys_replaced", "", &[("reason", REASON.to_owned())]);
            }
        }
    }
}

async fn patterns(stage: &Stage, by: &Person) {
    let found = attempt::patterns(&stage.house.services, &by.request, 14).await.unwrap();
    let whose = found.unusual.iter().filter_map(|it| match it.unusual.subject {
        Subject::Person(person) => Some(person),
        _ => None,
    });
    let people = whose.collect::<BTreeSet<_>>();
    let details = [("shown", "patterns".to_owned()), ("days", "14".to_owned()), ("people", listed(people))];
    stage.did(&by.name, "attempts_read", "", &details);
}

async fn attempts(stage: &Stage, by: &Person, chance: u32) {
    let found = attempt::latest(&stage.house.services, &by.request, page(1 + chance % 20)).await.unwrap();
    let shown = listed(found.rows.iter().map(|(_, view)| view.attempt.id));
    stage.did(&by.name, "attempts_read", "", &[("attempts", shown)]);
}

async fn blocks(stage: &Stage, by: &Person, chance: u32) {
    let found = attempt::blocks(&stage.house.services, &by.request, chance.is_multiple_of(2), page(50)).await;
    let shown = listed(found.unwrap().rows.iter().map(|(_, view)| view.block.id));
    stage.did(&by.name, "attempts_read", "", &[("blocks", shown)]);
}

async fn follow_up(act: Act, stage: &Stage, by: &Person, chance: u32) {
    let (services, id) = (&stage.house.services, *one(&stage.blocks, chance));
    let closed = |views: Vec<BlockView>| views.into_iter().next().unwrap();
    let (done, reason, outcome): (_, _, Result<BlockView>) = match act {
        Act::Take => ("taken over", "", attempt::take(services, &by.request, id).await),
        Act::Close => {
            ("closed", REASON, attempt::close(services, &by.request, &[id], REASON).await.map(closed))
        }
        _ => ("opened", "", attempt::lift(services, &by.request, id).await),
    };
    // One whose task is closed stays as it is.
    if outcome.is_ok() {
        let details = [("block", id.to_string()), ("done", done.to_owned()), ("reason", reason.to_owned())];
        stage.did(&by.name, "block_followed_up", "", &details);
    }
}

async fn investigate(stage: &Stage, by: &Person, chance: u32) {
    let case = format!("2026-{}", 1 + chance % 3);
    let inquiry = Inquiry { case: case.clone(), ..Inquiry::default() };
    let found = log::investigate(&stage.house.services, &by.request, &inquiry, page(1 + chance % 50)).await;
    let shown = found.unwrap().rows.len().to_string();
    stage.did(&by.name, "uses_read", &case, &[("shown", shown)]);
}

async fn extract(stage: &Stage, by: &Person) {
    let inquiry = Inquiry { case: "2026-9".to_owned(), ..Inquiry::default() };
    let file =
        log::export(&stage.house.services, &by.request, &inquiry, Form::Csv, Language::Da).await.unwrap();
    let rows = String::from_utf8(file).unwrap().matches("\r\n").count() - 1;
    stage.did(&by.name, "uses_exported", "2026-9", &[("shown", rows.to_string())]);
}

async fn new_codes(stage: &Stage, by: &Person) {
    if local::new_recovery_codes(&stage.house.services, &by.request).await.is_ok() {
        stage.did(&by.name, "credentials_changed", "", &[("set", "recovery codes".to_owned())]);
    }
}

async fn make_token(stage: &Stage, chance: u32) {
    let days = 1 + chance % 30;
    let holder = *one(&stage.others, chance);
    let made = api_token::create(&stage.house.services, &holder.to_string(), "ticket system", days).await;
    let (token, _, _) = made.unwrap();
    stage.tokens.lock().unwrap().push((token.id, holder));
    stage.did(NAME, "token_made", &stage.name(holder), &[("days", days.to_string())]);
}

async fn revoke_token(stage: &Stage, chance: u32) {
    if let Some((token, holder)) = Stage::take(&stage.tokens, chance) {
        api_token::revoke(&stage.house.services, token).await.unwrap();
        stage.did(NAME, "token_revoked", &stage.name(holder), &[]);
    }
}
