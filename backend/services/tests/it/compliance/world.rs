//! A house in which time passes with its jobs, or without them.

use std::path::PathBuf;
use std::sync::Arc;

use chrono::TimeDelta;
use varsel_domain::authorisation::{Function, Reach};
use varsel_domain::authz::Scope;
use varsel_domain::rules::Text;
use varsel_services::authorisation::{self, Wish};
use varsel_services::change::{self, ChangeView};
use varsel_services::compliance::{
    self, Database, Finding, Installation, Link, LinkKind, Protected, Report, Section, Tls, Wanted,
};
use varsel_services::job;
use varsel_services::provider::{self, ConfiguredProvider};
use varsel_services::testing::{House, mails_in};
use varsel_services::{retention, review, settings};
use varsel_storage::schema;

pub(super) const REASON: &str = "As was agreed in the meeting.";

/// What a test works in.
pub(super) struct World {
    pub(super) house: House,
    mails: PathBuf,
}

impl Drop for World {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.mails);
    }
}

impl World {
    /// With an identity provider that must vouch at the level `acr`.
    pub(super) async fn new(mut house: House, acr: &[&str]) -> Self {
        let name = format!("varsel-compliance-{}-{:?}", std::process::id(), std::thread::current().id());
        let mails = std::env::temp_dir().join(name.replace(['(', ')'], ""));
        let acr = acr.iter().map(|level| (*level).to_owned()).collect();
        let provider = ConfiguredProvider {
            name: "mitid".to_owned(),
            label: Text { da: "MitID".to_owned(), en: "MitID".to_owned() },
            issuer: "https://mitid.example".to_owned(),
            settings: [("acr".to_owned(), acr)].into(),
        };
        house.services.providers = Arc::from([provider]);
        provider::adopt(&house.services).await.unwrap();
        settings::adopt(&house.services).await.unwrap();
        varsel_services::log::seal(&house.services).await.unwrap();
        retention::schedule(&house.services).await.unwrap();
        review::schedule(&house.services).await.unwrap();
        Self { house, mails }
    }

    /// Lets time pass, and runs what falls due then.
    pub(super) async fn pass(&self, by: TimeDelta) {
        self.house.advance(by);
        let settings = mails_in(self.mails.clone());
        while job::run_due(&self.house.services, &settings).await.unwrap() > 0 {}
    }

    /// The report of the last `days` days.
    pub(super) async fn report(&self, installation: &Installation, since: TimeDelta) -> Report {
        let wanted = Wanted { since: Some(self.house.now() - since), until: None, form: "text" };
        compliance::report(&self.house.services, installation, wanted).await.unwrap()
    }

    /// Somebody asks for the right to read at SektorCERT, or whatever `functions` are.
    pub(super) async fn ask(&self, handle: &str, functions: &[Function], reach: Reach) -> ChangeView {
        let wish = Wish {
            holder: None,
            functions: functions.iter().copied().collect(),
            reach,
            purpose: "To stand in while Mads is on leave.".to_owned(),
            from: None,
            until: None,
            temporary: None,
        };
        let by = self.house.request(handle).await;
        authorisation::ask(&self.house.services, &by, wish, REASON).await.unwrap().unwrap()
    }

    pub(super) async fn approve(&self, handle: &str, asked: &ChangeView) {
        let (by, change) = (self.house.request(handle).await, &asked.change);
        let decided = change::approve(&self.house.services, &by, change.id, &change.payload_sha256).await;
        decided.unwrap().unwrap();
    }
}

/// An installation as it should be.
pub(crate) async fn sound(house: &House) -> Installation {
    let tx = house.services.store.begin(&Scope::nothing()).await.unwrap();
    let migrations = schema::migrations(&tx).await.unwrap();
    tx.commit().await.unwrap();
    assert!(migrations.len() > 40, "{migrations:?}");
    let link = |kind, name: &str, address: &str| Link {
        kind,
        name: name.to_owned(),
        address: address.to_owned(),
        protected: Protected::Tls,
    };
    Installation {
        program: "1.2.3".to_owned(),
        migrations,
        database: Database::Postgres,
        public_address: Some("https://varsel.example".to_owned()),
        tls: Tls::Proxy,
        local_accounts: false,
        local_fallback: false,
        links: vec![
            link(LinkKind::IdentityProvider, "mitid", "https://mitid.example"),
            link(LinkKind::MailRelay, "mail.smtp", "smtp://mail.example:587"),
        ],
    }
}

/// The findings of a part.
pub(super) fn of(report: &Report, section: Section) -> Vec<&Finding> {
    report.findings.iter().filter(|told| told.section == section).map(|told| &told.finding).collect()
}
