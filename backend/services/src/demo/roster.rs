//! Who is in the demo. Every name is invented, CVR numbers begin with 9999, which is not given out, and addresses
//! are under `.example` (RFC 2606), so that no mail can reach anybody.

use serde_json::{Value, json};
use varsel_domain::Role;
use varsel_domain::organisation::Language;
use varsel_domain::rules::Text;

/// One person.
pub(super) struct Entry {
    pub(super) handle: &'static str,
    pub(super) name: &'static str,
    pub(super) language: Language,
    pub(super) employer: Employer,
    title: (&'static str, &'static str),
}

/// What a person works for.
pub(super) enum Employer {
    Organisation(&'static Company),
    Unit(&'static str),
    PointOfContact(&'static str),
    Platform(Role),
}

/// An organisation that reports.
pub(super) struct Company {
    pub(super) name: &'static str,
    pub(super) cvr: &'static str,
    domain: &'static str,
    facts: fn() -> Value,
}

static ENERGY: Company = Company {
    name: "Nordvind Elnet A/S",
    cvr: "99990104",
    domain: "nordvind-elnet.example",
    facts: || {
        json!({
            "org.nis2_class": "essential", "org.energy_level": 4, "org.employees": 310, "org.public_body": "none",
            "org.financial_entity": "none", "org.critical_entity": true, "org.telecom_provider": false,
            "org.trust_service": "none", "org.findig_operator": false, "org.manufacturer": false,
            "org.data_role": "controller",
        })
    },
};

static MUNICIPALITY: Company = Company {
    name: "Fjordby Kommune",
    cvr: "99990201",
    domain: "fjordby-kommune.example",
    facts: || {
        json!({
            "org.nis2_class": "important", "org.employees": 4200, "org.public_body": "municipality",
            "org.financial_entity": "none", "org.critical_entity": false, "org.telecom_provider": false,
            "org.trust_service": "none", "org.findig_operator": false, "org.manufacturer": false,
            "org.data_role": "controller",
        })
    },
};

static BANK: Company = Company {
    name: "Sundbanken A/S",
    cvr: "99990503",
    domain: "sundbanken.example",
    facts: || {
        json!({
            "org.nis2_class": "essential", "org.employees": 640, "org.public_body": "none",
            "org.financial_entity": "credit_institution", "entity_lei": "00000VARSELDEMO00129", "org.dora_individually_notified": false,
            "org.critical_entity": false, "org.telecom_provider": false, "org.trust_service": "none",
            "org.findig_operator": false, "org.manufacturer": false, "org.data_role": "controller",
        })
    },
};

impl Company {
    /// What its registration tells: only facts about the organisation itself.
    pub(super) fn registered_facts(&self) -> Value {
        let mut facts = (self.facts)();
        if let Value::Object(facts) = &mut facts {
            facts.insert("org.cvr".to_owned(), self.cvr.into());
            facts.insert("entity_name".to_owned(), self.name.into());
        }
        facts
    }
}

impl Employer {
    pub(super) fn name(&self) -> Text {
        let name = match self {
            Self::Organisation(company) => company.name,
            Self::Unit(unit) | Self::PointOfContact(unit) => unit,
            Self::Platform(_) => "Varsel",
        };
        Text { da: name.to_owned(), en: name.to_owned() }
    }

    pub(super) fn domain(&self) -> &'static str {
        match self {
            Self::Organisation(company) => company.domain,
            Self::Unit(_) | Self::PointOfContact(_) => "myndighed.example",
            Self::Platform(_) => "varsel.example",
        }
    }
}

impl Entry {
    pub(super) fn title(&self) -> Text {
        Text { da: self.title.0.to_owned(), en: self.title.1.to_owned() }
    }
}

/// Everybody, in the order in which they are shown.
pub(super) fn entries() -> Vec<Entry> {
    use Employer::{Organisation, Platform, PointOfContact, Unit};
    use Language::{Da, En};
    let officer = ("Sagsbehandler", "Case officer");
    let rules = ("Administrator", "Administrator");
    let rows = [
        (
            "reporter-energy",
            "Karen Holm",
            Da,
            Organisation(&ENERGY),
            ("IT-sikkerhedschef", "Head of IT security"),
        ),
        ("reporter-municipality", "Jens Dahl", Da, Organisation(&MUNICIPALITY), ("IT-chef", "Head of IT")),
        (
            "reporter-bank",
            "Sofie Lund",
            En,
            Organisation(&BANK),
            ("Ansvarlig for IT-risici", "IT risk officer"),
        ),
        ("officer-sektorcert", "Mads Krogh", Da, Unit("sektorcert"), officer),
        ("officer-dcis-sund", "Amina Yilmaz", Da, Unit("dcis_sund"), officer),
        ("officer-finanstilsynet", "Peter Bruun", Da, Unit("ftnet"), officer),
        ("officer-datatilsynet", "Line Østergaard", Da, Unit("datatilsynet"), officer),
        ("duty-officer", "Thomas Vang", Da, Unit("csirt"), ("Vagthavende", "Duty officer")),
        (
            "coordinator",
            "Helle Friis",
            En,
            PointOfContact("spoc"),
            ("National koordinator", "National coordinator"),
        ),
        (
            "security-officer",
            "Ole Thorup",
            Da,
            Platform(Role::SecurityOfficer),
            ("Sikkerhedsansvarlig", "Security officer"),
        ),
        ("administrator", "Birgit Skov", Da, Platform(Role::Administrator), rules),
        ("administrator-second", "Henrik Rask", Da, Platform(Role::Administrator), rules),
    ];
    let entry = |(handle, name, language, employer, title)| Entry { handle, name, language, employer, title };
    rows.map(entry).into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn invented_cvr_numbers_have_a_right_check_digit() {
        for company in [&ENERGY, &MUNICIPALITY, &BANK] {
            let digits: Vec<u32> = company.cvr.chars().map(|digit| digit.to_digit(10).unwrap()).collect();
            let sum: u32 =
                digits.iter().zip([2, 7, 6, 5, 4, 3, 2, 1]).map(|(digit, weight)| digit * weight).sum();
            assert!(
                digits.len() == 8 && sum.is_multiple_of(11) && company.cvr.starts_with("9999"),
                "{}",
                company.cvr
            );
        }
    }
}
