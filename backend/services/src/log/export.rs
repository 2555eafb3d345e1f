//! What an investigation found, as a file: for people to read (HTML), for a spreadsheet (CSV), or as evidence that anybody
//! can verify (the signed bundle of [`varsel_log::export`]).

use std::collections::BTreeMap;

use chrono_tz::Europe::Copenhagen;
use handlebars::Handlebars;
use serde_json::json;
use varsel_domain::access::UseKind;
use varsel_domain::organisation::Language;
use varsel_domain::rules::Text;
use varsel_log::checkpoint::Checkpoint;
use varsel_log::export::Writer;
use varsel_log::proof::cover;
use varsel_log::tile::Asked;
use varsel_storage::access_log::{self, LoggedEntry};
use varsel_storage::{Tx, log_tree};

use super::investigate::{Inquiry, UseView, begin, investigator, view_all, write_after};
use super::seal::seal_waiting;
use crate::authorisation::cell;
use crate::printable::visible;
use crate::{Error, Request, Result, Services};

/// A file has at most so many entries.
const MOST: u64 = 100_000;

const TEMPLATE: &str = include_str!("export.html.hbs");

/// The form of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// For people.
    Html,
    /// For a spreadsheet (RFC 4180).
    Csv,
    /// With proof, for `varsel log verify`.
    Bundle,
}

/// What the inquiry finds, as a file in `language`.
///
/// # Errors
/// As [`investigate`](super::investigate()); there is more than a file may have.
pub async fn export(
    services: &Services,
    request: &Request,
    inquiry: &Inquiry,
    form: Form,
    language: Language,
) -> Result<Vec<u8>> {
    investigator(request)?;
    // What waits for its place gets it now, so that the evidence is whole.
    seal_waiting(services).await?;
    // On SQLite, too, others go on working while a large file is made.
    let (tx, sought) = begin(services, request, inquiry).await?;
    let total = access_log::count(&tx, &sought).await?;
    if total > MOST {
        return Err(too_many());
    }
    let found = access_log::list(&tx, &sought, None, MOST).await?;
    let entries: Vec<_> = found.into_iter().map(|(_, logged)| logged).collect();
    let count = entries.len();
    let about = about(services, request, inquiry)?;
    let file = match form {
        Form::Bundle => bundle(services, &tx, entries, about).await?,
        Form::Csv => csv(&view_all(services, &tx, entries).await?, language).into_bytes(),
        Form::Html => html(&view_all(services, &tx, entries).await?, &about, language)?.into_bytes(),
    };
    write_after(services, request, tx, inquiry, (UseKind::UsesExported, count, total)).await?;
    Ok(file)
}

fn too_many() -> Error {
    let da =
        format!("Der er flere end {MOST} anvendelser. Vælg en kortere periode, eller hent filen i dele.");
    let en = format!("There are more than {MOST} uses. Choose a shorter time, or fetch the file in parts.");
    Error::Invalid { field: "until", message: Text { da, en } }
}

/// What was asked for, by whom and when: the head of every file.
fn about(services: &Services, request: &Request, inquiry: &Inquiry) -> Result<serde_json::Value> {
    Ok(json!({
        "case": inquiry.case.trim(), "person": inquiry.person, "incident": inquiry.incident, "use": inquiry.use_kind,
        "from": inquiry.from, "until": inquiry.until,
        "made_by": request.actor()?.name, "made_at": services.clock.now(), "left_out": "uses by whoever made this file, by whatever account",
    }))
}

/// The entries with proof. Those that have no place yet are left out: they came while the file was made.
async fn bundle(
    services: &Services,
    tx: &Tx,
    mut entries: Vec<LoggedEntry>,
    about: serde_json::Value,
) -> Result<Vec<u8>> {
    let signer = services.log.signer();
    let broken =
        |error: &dyn std::fmt::Display| Error::Internal(format!("the log cannot be exported: {error}"));
    let Some(newest) = log_tree::newest(tx).await? else { return Err(broken(&"it has no checkpoint yet")) };
    let note = cosigned(tx, newest.note, newest.size).await?;
    let (checkpoint, _) = Checkpoint::open(&note, signer.verifier(), &[]).map_err(|error| broken(&error))?;
    entries.retain(|it| it.position.is_some_and(|position| position < checkpoint.size));
    entries.sort_by_key(|it| it.position);
    let mut writer = Writer::new(Vec::new(), signer.verifier(), about).map_err(|error| broken(&error))?;
    let mut leaves = BTreeMap::new();
    for it in &entries {
        let position = it.position.unwrap_or_default();
        leaves.insert(position, writer.entry(position, &it.salt, &it.text).map_err(|error| broken(&error))?);
    }
    let asked = Asked::default();
    cover(&asked, checkpoint.size, &leaves).map_err(|error| broken(&error))?;
    let tiles = log_tree::tiles(tx, &asked.into_ids()).await?;
    let cover = cover(&tiles, checkpoint.size, &leaves).map_err(|error| broken(&error))?;
    writer.finish(&cover, &note, signer).map_err(|error| broken(&error))
}

/// The checkpoint with the lines of the witnesses who have cosigned this very one.
async fn cosigned(tx: &Tx, note: String, size: u64) -> Result<String> {
    let testimonies = log_tree::testimonies(tx).await?;
    let lines = testimonies.into_iter().filter(|it| it.size == size).map(|it| it.cosignature);
    Ok(lines.fold(note, |note, line| note + &line))
}

fn csv(views: &[UseView], language: Language) -> String {
    let head = match language {
        Language::Da => {
            "plads,tid (UTC),navn,funktion,person,handling,hændelse,hvad der skete,svar der blev vist,anmodning,formål"
        }
        Language::En => {
            "position,time (UTC),name,function,person,use,incident,what was done,answers shown,request,purposes"
        }
    };
    // A byte order mark tells spreadsheets that it is UTF-8.
    let mut text = format!("\u{feff}{head}\r\n");
    for view in views {
        let entry = &view.logged.entry;
        let shown: Vec<_> = view.shown.iter().map(|label| language.of(label)).collect();
        let kind = serde_json::to_value(entry.use_kind).ok();
        let cells = [
            view.logged.position.map(|position| position.to_string()).unwrap_or_default(),
            entry.at.to_rfc3339(),
            entry.name.clone(),
            entry.function.clone(),
            entry.person.map(|person| person.to_string()).unwrap_or_default(),
            kind.and_then(|kind| Some(kind.as_str()?.to_owned())).unwrap_or_default(),
            view.incident.clone().unwrap_or_default(),
            language.of(&view.sentence).to_owned(),
            shown.join("; "),
            entry.request_id.clone(),
            view.purposes.iter().map(|purpose| language.of(purpose)).collect::<Vec<_>>().join("; "),
        ];
        let cells: Vec<_> = cells.iter().map(|text| cell(&visible(text))).collect();
        text.push_str(&cells.join(","));
        text.push_str("\r\n");
    }
    text
}

fn html(views: &[UseView], about: &serde_json::Value, language: Language) -> Result<String> {
    let danish = language == Language::Da;
    let choose = |da: &str, en: &str| if danish { da.to_owned() } else { en.to_owned() };
    let told = |field: &str| visible(about.get(field).and_then(|it| it.as_str()).unwrap_or_default());
    let rows = views.iter().map(|view| {
        let entry = &view.logged.entry;
        json!({
            "position": view.logged.position,
            "time": entry.at.with_timezone(&Copenhagen).format("%Y-%m-%d %H:%M:%S%.3f %Z").to_string(),
            "sentence": visible(language.of(&view.sentence)),
            "purposes": view.purposes.iter().map(|purpose| visible(language.of(purpose))).collect::<Vec<_>>(),
            "shown": view.shown.iter().map(|label| visible(language.of(label))).collect::<Vec<_>>(),
            "request": visible(&entry.request_id),
        })
    });
    let data = json!({
        "language": if danish { "da" } else { "en" },
        "title": choose("Udskrift af loggen over anvendelser", "Extract of the log of use"),
        "lead": [
            format!("{} {}", choose("Sag:", "Case:"), told("case")),
            format!("{} {}, {}", choose("Lavet af", "Made by"), told("made_by"), told("made_at")),
            choose(
                "Tiderne er dansk tid. Anvendelser ved den, der har lavet udskriften, er ikke med.",
                "Times are Danish time. Uses by whoever made this extract are not in it.",
            ),
        ],
        "caption": format!("{} {}", views.len(), choose("anvendelser, ældste først", "uses, oldest first")),
        "columns": [choose("Plads", "Position"), choose("Tid", "Time"), choose("Hvad der skete", "What was done"), choose("Formål", "Purpose"), choose("Anmodning", "Request")],
        "rows": rows.collect::<Vec<_>>(),
    });
    let mut templates = Handlebars::new();
    templates.set_strict_mode(true);
    templates.render_template(TEMPLATE, &data).map_err(|error| Error::Internal(error.to_string()))
}
