use serde::Serialize;
use uuid::Uuid;
use varsel_domain::JobId;
use varsel_domain::organisation::Language;
use varsel_domain::rules::Text;

use super::message::Envelope;
use super::template::{Rendered, render};
use super::{
    AccountChanged, AccountLinkSent, AccountTried, Addressee, AttemptsAlarm, AuthorisationNotice, CaseOpened,
    ChangeDecided, ChangeProposed, Checkpoint, LogAlarm, Mail, PersonMoved, ReportReceived, ReportRequested,
    ReviewReminder, TwoNetworks,
};

const LANGUAGES: [(&str, Language); 2] = [("da", Language::Da), ("en", Language::En)];

fn every_sample(check: impl Fn(String, &Rendered)) {
    fn of<M: Mail>(check: &impl Fn(String, &Rendered)) {
        for (index, sample) in M::samples().iter().enumerate() {
            for (name, language) in LANGUAGES {
                check(format!("{}_{index}_{name}", M::NAME), &render(sample, language).unwrap());
            }
        }
    }
    of::<ReportReceived>(&check);
    of::<ReportRequested>(&check);
    of::<CaseOpened>(&check);
    of::<ChangeProposed>(&check);
    of::<ChangeDecided>(&check);
    of::<AttemptsAlarm>(&check);
    of::<Checkpoint>(&check);
    of::<LogAlarm>(&check);
    of::<AuthorisationNotice>(&check);
    of::<PersonMoved>(&check);
    of::<ReviewReminder>(&check);
    of::<AccountLinkSent>(&check);
    of::<AccountChanged>(&check);
    of::<AccountTried>(&check);
    of::<TwoNetworks>(&check);
}

fn message(to: &Addressee, content: Rendered) -> String {
    let from = "Varsel <varsel@varsel.example>".parse().unwrap();
    let job = JobId(Uuid::from_u128(1));
    let now = "2026-11-25T12:05:59Z".parse().unwrap();
    let message = Envelope { job, host: "varsel.example", from: &from, to, now }.build(content).unwrap();
    String::from_utf8(message.formatted()).unwrap()
}

fn addressee(name: &str) -> Addressee {
    Addressee { name: Some(name.to_owned()), email: "aase@energi.example".to_owned(), language: Language::Da }
}

fn header_names(message: &str) -> Vec<&str> {
    let (headers, _) = message.split_once("\r\n\r\n").unwrap();
    headers
        .split("\r\n")
        .filter(|line| !line.starts_with([' ', '\t']))
        .map(|line| line.split(':').next().unwrap())
        .collect()
}

#[test]
fn mails_read_as_reviewed() {
    every_sample(|name, mail| {
        insta::assert_snapshot!(name, format!("{}\n-----\n{}-----\n{}", mail.subject, mail.text, mail.html));
    });
}

#[test]
fn html_names_its_language_and_loads_nothing() {
    every_sample(|name, mail| {
        let lang = name.rsplit('_').next().unwrap();
        assert!(mail.html.contains(&format!("<html lang=\"{lang}\">")), "{name}");
        for remote in ["<img", "<link", "<script", "src=", "url(", "@import"] {
            assert!(!mail.html.contains(remote), "{name}: {remote}");
        }
        let addresses = mail.html.matches("https://").count();
        assert_eq!(
            addresses,
            mail.html.matches("https://varsel.example/").count(),
            "{name}: foreign address"
        );
    });
}

#[test]
fn every_link_leads_to_a_page() {
    let router = concat!(env!("CARGO_MANIFEST_DIR"), "/../../frontend/src/router.tsx");
    let router = std::fs::read_to_string(router).unwrap();
    let pages: Vec<&str> =
        router.split("path: '").skip(1).filter_map(|rest| rest.split('\'').next()).collect();
    let leads = |path: &str| {
        let parts = |page: &str| page.split('/').map(str::to_owned).collect::<Vec<_>>();
        pages.iter().map(|page| parts(page)).any(|page| {
            let path = parts(path);
            page.len() == path.len()
                && page
                    .iter()
                    .zip(&path)
                    .all(|(page, part)| page == part || page.starts_with('$') && part.contains('_'))
        })
    };
    assert!(leads("/rules/change/change_1") && !leads("/change/change_1") && !leads("/rules/change/x"));
    every_sample(|name, mail| {
        for link in mail.text.split("https://varsel.example").skip(1) {
            let path = link.split(|c: char| c.is_whitespace() || "?#".contains(c)).next().unwrap();
            assert!(leads(path), "{name}: {path}");
        }
    });
}

#[test]
fn text_and_html_say_the_same() {
    every_sample(|name, mail| {
        match mail.text.lines().find(|line| line.starts_with("https://")) {
            Some(link) => assert!(mail.html.contains(&format!("href=\"{link}\"")), "{name}"),
            None => assert!(mail.html.contains("CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I"), "{name}"),
        }
        let of_incident = ["report_", "case_"].iter().any(|kind| name.starts_with(kind));
        for part in [&mail.subject, &mail.html] {
            assert_eq!(part.contains("V-2026-00042"), of_incident, "{name}");
        }
    });
}

#[derive(Serialize)]
struct Hostile {
    number: &'static str,
    opened_at: Text,
    link: &'static str,
}

impl Mail for Hostile {
    const NAME: &'static str = "case_opened";

    fn samples() -> Vec<Self> {
        let number = "V-1\r\nBcc: thief@evil.example\r\n\r\n<script>alert(1)</script>";
        vec![Self { number, opened_at: Text::default(), link: "https://varsel.example/\"><img src=x>" }]
    }
}

#[test]
fn values_are_escaped_in_html_and_cannot_break_the_subject() {
    let mail = render(&Hostile::samples()[0], Language::En).unwrap();
    assert!(mail.html.contains("&lt;script&gt;"));
    assert!(!mail.html.contains("<script") && !mail.html.contains("<img"));
    assert!(mail.text.contains("<script>alert(1)</script>"), "text is not HTML and is left as it is");
    assert_eq!(mail.subject, "New case on incident V-1 Bcc: thief@evil.example <script>alert(1)</script>");
    assert!(!header_names(&message(&addressee("Åse"), mail)).contains(&"Bcc"));
}

#[derive(Serialize)]
struct Template {
    number: &'static str,
    opened_at: Text,
    link: &'static str,
}

impl Mail for Template {
    const NAME: &'static str = "case_opened";

    fn samples() -> Vec<Self> {
        let number =
            "{{link}} {{{link}}} {{#each this}}{{@key}}{{/each}} {{> report_received/en/body.txt}} {{";
        vec![Self { number, opened_at: Text::default(), link: "https://varsel.example/canary" }]
    }
}

#[test]
fn a_value_that_looks_like_a_template_is_words() {
    let mail = render(&Template::samples()[0], Language::En).unwrap();
    assert_eq!(mail.subject, format!("New case on incident {}", Template::samples()[0].number));
    assert_eq!(mail.text.matches("canary").count(), 1, "the link alone: {}", mail.text);
    assert!(mail.html.contains("{{#each this}}"), "{}", mail.html);
}

#[test]
fn a_line_break_in_a_name_starts_no_header() {
    let content = render(&CaseOpened::samples()[0], Language::Da).unwrap();
    let expected =
        ["Message-ID", "Date", "From", "To", "Subject", "Auto-Submitted", "MIME-Version", "Content-Type"];
    for name in
        ["Åse\r\nBcc: thief@evil.example", "Åse\nBcc: thief@evil.example", "Åse\r\n\r\nbody", "\0\r\n"]
    {
        let message = message(&addressee(name), content.clone());
        assert_eq!(header_names(&message), expected, "{name:?}");
    }
}

#[test]
fn nothing_in_a_message_is_left_to_chance() {
    let content = render(&ReportReceived::samples()[0], Language::Da).unwrap();
    let first = message(&addressee("Åse Sørensen"), content.clone());
    assert_eq!(first, message(&addressee("Åse Sørensen"), content));
    insta::assert_snapshot!("message", first.replace("\r\n", "\n"));
}

#[test]
fn an_address_that_is_none_is_not_repeated_in_the_error() {
    let from = "varsel@varsel.example".parse().unwrap();
    let to = Addressee { email: "Åse, at home".to_owned(), ..addressee("Åse") };
    let envelope = Envelope {
        job: JobId(Uuid::nil()),
        host: "varsel.example",
        from: &from,
        to: &to,
        now: chrono::DateTime::UNIX_EPOCH,
    };
    let error = envelope.build(render(&CaseOpened::samples()[0], Language::Da).unwrap()).unwrap_err();
    assert!(!error.to_string().contains("home"));
}
