//! The unit that leads confirms the severity that the rules propose, or sets another and says why.

use chrono::{DateTime, Utc};
use serde_json::json;
use varsel_domain::access::UseKind;
use varsel_domain::authz::{Action, Resource, Scope};
use varsel_domain::feed::ChangeKind;
use varsel_domain::rules::{Pack, Text};
use varsel_domain::severity::{JUSTIFICATION, Objection, Seen, SeverityConfirmation, Verdict, Wish, judge};
use varsel_domain::{Actor, ConfirmationId, IncidentId, UnitId};
use varsel_storage::dossier::{self, Dossier};
use varsel_storage::{Tx, change_feed, incident, severity_confirmation, timeline};

use crate::access::AccessLog;
use crate::projection::{self, instant};
use crate::report::told::{Telling, level_in_words};
use crate::view::IncidentView;
use crate::{Error, Request, Result, Services};

/// What an officer wants the severity to be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConfirmSeverity {
    /// Of which incident.
    pub incident: IncidentId,
    /// The level: the proposed one, or another.
    pub level: u8,
    /// Why; empty where they give no reason.
    pub justification: String,
    /// What they had before their eyes.
    pub seen: Seen,
}

/// What came of it.
#[derive(Debug)]
pub enum ConfirmSeverityOutcome {
    /// It holds. The same once more by the same person changes nothing.
    Confirmed(Box<IncidentView>),
    /// They decided on another state than there is: nothing was changed.
    Conflict {
        /// The incident as it stands now.
        incident: Box<IncidentView>,
        /// What changed meanwhile, and who changed it.
        message: Text,
    },
}

/// Confirms the proposed severity, or sets another. It holds for the whole incident until the next time; the units' live
/// queues and the timeline tell of it.
///
/// # Errors
/// No such incident, or the actor may not know of it; the actor's unit does not lead; a level that the scale does not have
/// (`level`), or a reason that is missing, too short or too long (`justification`); storage failed.
pub async fn confirm_severity(
    services: &Services,
    request: &Request,
    wanted: ConfirmSeverity,
) -> Result<ConfirmSeverityOutcome> {
    let (actor, now, id) = (request.actor()?, services.clock.now(), wanted.incident);
    let (scope, missing) = (Scope::of(actor), || Error::NotFound { kind: "incident" });
    let tx = services.store.begin(&scope).await?;
    if incident::lock(&tx, &scope, id).await?.is_none() {
        return Err(request.deny_if(incident::is_there(&tx, &scope, id).await?, "incident"));
    }
    let known = dossier::find(&tx, &scope, id).await?.ok_or_else(missing)?;
    if !projection::may_read(actor, &known) {
        return Err(request.deny("incident"));
    }
    let lead = projection::lead(&known).filter(|_| projection::may_confirm_severity(actor, &known));
    let lead = lead.cloned().ok_or_else(|| request.forbid("confirm the severity"))?;
    let pack = services.packs.of(&tx, &known.revision.assessment.pack.version, now).await?;

    let mut log = AccessLog::new(services, request, now)?;
    log.under(Action::ConfirmSeverity, Resource::LedBy(&lead));
    let proposed = known.revision.assessment.severity.level;
    let wish = Wish {
        by: actor.person,
        level: wanted.level,
        justification: &wanted.justification,
        seen: wanted.seen,
    };
    let levels = pack.severity_scale().map(|it| it.level);
    let conflict = match judge(&wish, levels, proposed, known.confirmation()) {
        Ok(Verdict::Repeats) => None,
        Ok(Verdict::Confirms(justification)) => {
            let new = next(services, (actor, lead), &known, (wanted.level, justification), now);
            write(services, &tx, &known, (&pack, &new), now).await?;
            let detail = json!({ "level": new.level, "proposed": proposed, "number": new.number });
            log.add(UseKind::SeverityConfirmed, Some(id), detail);
            None
        }
        Err(objection) => Some(explained(&pack, &known, (objection, wanted.seen))?),
    };
    let after = dossier::find(&tx, &scope, id).await?.ok_or_else(missing)?;
    let view = projection::incident(services, &tx, (actor, &request.shown), after, now)
        .await?
        .ok_or_else(missing)?;
    log.add_shown(UseKind::Opened, &view);
    log.write(&tx).await?;
    tx.commit().await?;
    services.live.ring();
    let incident = Box::new(view);
    Ok(match conflict {
        None => ConfirmSeverityOutcome::Confirmed(incident),
        Some(message) => ConfirmSeverityOutcome::Conflict { incident, message },
    })
}

/// The next confirmation, of what is proposed now.
fn next(
    services: &Services,
    (actor, unit): (&Actor, UnitId),
    known: &Dossier,
    (level, justification): (u8, Option<String>),
    at: DateTime<Utc>,
) -> SeverityConfirmation {
    SeverityConfirmation {
        id: ConfirmationId(services.ids.next(at)),
        incident: known.incident.id,
        number: known.confirmation().map_or(0, |last| last.number).saturating_add(1),
        level,
        proposed: known.revision.assessment.severity.level,
        revision: known.revision.revision,
        justification,
        unit,
        by: actor.person,
        by_name: actor.name.clone(),
        at,
    }
}

/// The confirmation, what the timeline tells of it, and what wakes the queues of every unit with a case.
async fn write(
    services: &Services,
    tx: &Tx,
    known: &Dossier,
    (pack, new): (&Pack, &SeverityConfirmation),
    now: DateTime<Utc>,
) -> Result<()> {
    severity_confirmation::insert(tx, new).await?;
    let mut telling =
        Telling { pack, ids: &*services.ids, incident: known.incident.id, now, entries: Vec::new() };
    telling.confirmed(new);
    timeline::append(tx, &telling.entries).await?;
    let changes: Vec<_> = known.cases.iter().map(|case| (ChangeKind::CaseUpdated, case)).collect();
    Ok(change_feed::append(tx, now, &changes).await?)
}

/// What to tell somebody who decided on another state than there is.
///
/// # Errors
/// Where it is what they wrote that cannot be taken: [`Error::Invalid`].
fn explained(pack: &Pack, known: &Dossier, (objection, seen): (Objection, Seen)) -> Result<Text> {
    let words = |level| level_in_words(pack, level);
    match objection {
        Objection::NoSuchLevel => Err(no_such_level(pack)),
        Objection::Justification { length } => Err(unjustified(length)),
        Objection::ConfirmedMeanwhile => {
            Ok(known.confirmation().map_or_else(unconfirmed, |last| done(pack, last)))
        }
        Objection::ProposalMoved => {
            let (before, after) = (words(seen.proposed), words(known.revision.assessment.severity.level));
            Ok(Text {
                da: format!("Nye oplysninger har ændret forslaget fra {} til {}.", before.da, after.da),
                en: format!("New facts changed the proposal from {} to {}.", before.en, after.en),
            })
        }
    }
}

/// What somebody else did meanwhile.
fn done(pack: &Pack, last: &SeverityConfirmation) -> Text {
    let (level, at) = (level_in_words(pack, last.level), instant(&last.at));
    let (why_da, why_en) = match &last.justification {
        Some(why) => (format!(" Begrundelse: {why}"), format!(" Reason: {why}")),
        None => (String::new(), String::new()),
    };
    Text {
        da: format!("{} har sat alvoren til {} den {}.{why_da}", last.by_name, level.da, at.da),
        en: format!("{} set the severity to {} on {}.{why_en}", last.by_name, level.en, at.en),
    }
}

fn unconfirmed() -> Text {
    Text {
        da: "Ingen har bekræftet alvoren endnu.".to_owned(),
        en: "Nobody has confirmed the severity yet.".to_owned(),
    }
}

fn no_such_level(pack: &Pack) -> Error {
    let levels: Vec<_> = pack.severity_scale().map(|it| it.level.to_string()).collect();
    let levels = levels.join(", ");
    let da = format!("Skalaen har ikke det niveau. Vælg et af disse: {levels}.");
    let en = format!("The scale has no such level. Choose one of these: {levels}.");
    Error::Invalid { field: "level", message: Text { da, en } }
}

fn unjustified(length: usize) -> Error {
    let (least, most) = JUSTIFICATION;
    let da = format!(
        "Skriv begrundelsen med {least} til {most} tegn, når niveauet er et andet end det foreslåede eller det, en myndighed har sat; den har {length}."
    );
    let en = format!(
        "Write the reason with {least} to {most} characters when the level is another than proposed, or than an authority has set; it has {length}."
    );
    Error::Invalid { field: "justification", message: Text { da, en } }
}
