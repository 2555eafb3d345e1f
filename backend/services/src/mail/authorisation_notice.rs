//! The notices to whoever holds an authorisation.

use serde::Serialize;
use varsel_domain::authorisation::Authorisation;
use varsel_domain::rules::Text;

use super::{Mail, danish_time};
use crate::job::Notice;

/// What happened to an authorisation, with what it is: its holder has a right to know that (BEK 1104 section 11(2)).
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct AuthorisationNotice {
    heading: Text,
    lead: Text,
    functions: Text,
    reach: Text,
    purpose: Text,
    from: Text,
    until: Text,
    link: String,
}

impl AuthorisationNotice {
    /// Of an authorisation whose reach is `reach` in words.
    pub(crate) fn new(notice: Notice, held: &Authorisation, reach: Text, public_url: &str) -> Self {
        let (heading, lead) = words(notice);
        let labels: Vec<Text> = held.functions.iter().map(|function| function.label()).collect();
        let join = |of: fn(&Text) -> &str| labels.iter().map(of).collect::<Vec<_>>().join(", ");
        let endless = || Text { da: "ingen slutdato".to_owned(), en: "no end".to_owned() };
        Self {
            heading,
            lead,
            functions: Text { da: join(|label| &label.da), en: join(|label| &label.en) },
            reach,
            purpose: held.purpose.in_words(),
            from: danish_time(held.from),
            until: held.until.map_or_else(endless, danish_time),
            link: format!("{}/account", public_url.trim_end_matches('/')),
        }
    }
}

fn words(notice: Notice) -> (Text, Text) {
    let (heading, lead) = match notice {
        Notice::Granted => (
            ("Du har fået en rettighed", "You have been given a right"),
            (
                "Brug den kun til formålet. Hver brug registreres.",
                "Use it for its purpose only. Each use is recorded.",
            ),
        ),
        Notice::Reinstated => (
            ("Din rettighed gælder igen", "Your right holds again"),
            (
                "Den var suspenderet. Brug den kun til formålet.",
                "It was suspended. Use it for its purpose only.",
            ),
        ),
        Notice::Suspended => (
            ("Din rettighed er suspenderet", "Your right is suspended"),
            (
                "Du kan ikke bruge den. Har du stadig brug for den, så bed om at få den genaktiveret på Min konto.",
                "You cannot use it. If you still need it, ask for it to be reinstated under My account.",
            ),
        ),
        Notice::Withdrawn => (
            ("Din rettighed er trukket tilbage", "Your right is withdrawn"),
            (
                "Du kan ikke bruge den mere. Har du stadig brug for den, så bed om en ny på Min konto.",
                "You can no longer use it. If you still need it, ask for a new one under My account.",
            ),
        ),
        Notice::Ending => (
            ("Din rettighed udløber snart", "Your right ends soon"),
            (
                "Har du brug for den længere, så bed i tide om en ny på Min konto.",
                "If you need it for longer, ask for a new one in time under My account.",
            ),
        ),
        Notice::Ended => (
            ("Din rettighed er udløbet", "Your right has ended"),
            (
                "Du kan ikke bruge den mere. Har du stadig brug for den, så bed om en ny på Min konto.",
                "You can no longer use it. If you still need it, ask for a new one under My account.",
            ),
        ),
    };
    let text = |(da, en): (&str, &str)| Text { da: da.to_owned(), en: en.to_owned() };
    (text(heading), text(lead))
}

impl Mail for AuthorisationNotice {
    const NAME: &'static str = "authorisation_notice";

    #[cfg(test)]
    fn samples() -> Vec<Self> {
        use varsel_domain::authorisation::{Basis, Function, Purpose, Reach, State};
        use varsel_domain::{AuthorisationId, PersonId};
        let from = "2026-11-25T12:05:59Z".parse().unwrap();
        let held = Authorisation {
            id: AuthorisationId(uuid::Uuid::from_u128(7)),
            holder: PersonId(uuid::Uuid::from_u128(8)),
            functions: [Function::Read, Function::Decide].into(),
            reach: Reach::Unit("sektorcert".into()),
            purpose: Purpose::Stated("Vikar <i ferien> & derefter".to_owned()),
            from,
            until: None,
            temporary: None,
            basis: Basis::Bootstrap,
            state: State::Active,
            granted_at: from,
            step: None,
        };
        let ending = Authorisation { until: Some("2026-12-09T12:05:59Z".parse().unwrap()), ..held.clone() };
        let reach = || Text { da: "SektorCERT".to_owned(), en: "SektorCERT".to_owned() };
        let new = |notice, held| Self::new(notice, held, reach(), "https://varsel.example");
        vec![
            new(Notice::Granted, &held),
            new(Notice::Reinstated, &held),
            new(Notice::Suspended, &held),
            new(Notice::Withdrawn, &held),
            new(Notice::Ending, &ending),
            new(Notice::Ended, &ending),
        ]
    }
}
