//! What templates may say, as values: text is Markdown already, and what is not known is absent, never empty.

use handlebars::Context;
use serde_json::{Map, Value};

use super::markdown::given;
use super::{Situation, markdown, moment};
use crate::{Obligation, ObligationStatus, Pack, Part, Text, Unit};

/// The situation in Danish and in English.
pub(super) fn both(pack: &Pack, situation: &Situation) -> [Context; 2] {
    let danish = Speaker { pack, of: |text| &text.da, and: "og" };
    let english = Speaker { pack, of: |text| &text.en, and: "and" };
    [danish, english].map(|speaker| Context::from(speaker.values(situation)))
}

/// Puts a situation into one language.
struct Speaker<'a> {
    pack: &'a Pack,
    of: fn(&Text) -> &str,
    and: &'a str,
}

impl Speaker<'_> {
    fn values(&self, situation: &Situation) -> Value {
        let mut values = Map::new();
        let desk = |id: &String| self.pack.unit(id).map(|unit| self.desk(unit));
        let lead = situation.units.iter().find(|(_, part)| *part == Part::Lead);
        put(&mut values, "lead", lead.and_then(|(id, _)| desk(id)));
        let told = situation.units.iter().filter(|(_, part)| *part != Part::Lead);
        values.insert("told".to_owned(), told.filter_map(|(id, _)| desk(id)).collect());
        let mut open: Vec<&Obligation> = situation.open.iter().collect();
        open.sort_by_key(|duty| (duty.target.is_none(), duty.target));
        let mut duty = Map::new();
        for opened in &open {
            duty.entry(opened.regime.clone()).or_insert_with(|| self.clock(opened));
        }
        values.insert("duty".to_owned(), Value::Object(duty));
        put(&mut values, "next", open.first().map(|duty| self.clock(duty)));
        values.insert("clocks".to_owned(), open.iter().map(|duty| self.clock(duty)).collect());
        let units = self.pack.units().iter().map(|unit| (unit.id.clone(), self.desk(unit)));
        values.insert("unit".to_owned(), Value::Object(units.collect()));
        let sectors = situation.sectors.iter().filter_map(|id| self.pack.sectors.0.get(id));
        put(&mut values, "sectors", self.listed(sectors.map(|sector| &sector.name)));
        Value::Object(values)
    }

    fn desk(&self, unit: &Unit) -> Value {
        let mut values = Map::new();
        let phone = given(unit.phone.as_ref()).map(markdown::phone);
        let hours = unit.hours.as_ref().map(|hours| self.say(hours));
        let call = phone.clone().map(|phone| match &hours {
            Some(hours) => format!("{phone} ({hours})"),
            None => phone,
        });
        let email = given(unit.email.as_ref()).map(markdown::email);
        let url = given(unit.url.as_ref()).map(markdown::url);
        let ways: Vec<String> = [call, email.clone(), url.clone()].into_iter().flatten().collect();
        put(&mut values, "name", Some(self.say(&unit.name)));
        put(&mut values, "phone", phone);
        put(&mut values, "hours", hours);
        put(&mut values, "email", email);
        put(&mut values, "url", url);
        put(&mut values, "contact", (!ways.is_empty()).then(|| ways.join(", ")));
        Value::Object(values)
    }

    fn clock(&self, duty: &Obligation) -> Value {
        let mut values = Map::new();
        let named =
            |name: Option<&Text>, id: &str| name.map_or_else(|| markdown::words(id), |it| self.say(it));
        let (regime, stage) = (&duty.regime, &duty.stage);
        let law = self.pack.regime_info(regime).map(|info| &info.law);
        put(&mut values, "regime", Some(named(self.pack.regime_name(regime), regime)));
        put(&mut values, "law", Some(named(law, regime)));
        put(&mut values, "stage", Some(named(self.pack.stage_name(regime, stage), stage)));
        let local = duty.target.map(|target| self.pack.calendar().local(target.to_utc()));
        put(&mut values, "by", local.map(|local| (self.of)(&moment(&local)).to_owned()));
        let recipients = duty.recipients.iter().filter_map(|id| self.pack.recipient_name(id));
        put(&mut values, "to", self.listed(recipients));
        values.insert("provisional".to_owned(), Value::Bool(duty.provisional));
        values.insert("late".to_owned(), Value::Bool(duty.status == ObligationStatus::Late));
        Value::Object(values)
    }

    fn say(&self, text: &Text) -> String {
        markdown::words((self.of)(text))
    }

    /// `a, b og c`; none where there is nothing.
    fn listed<'t>(&self, texts: impl Iterator<Item = &'t Text>) -> Option<String> {
        let mut said: Vec<String> = texts.map(|text| self.say(text)).collect();
        let last = said.pop()?;
        Some(if said.is_empty() { last } else { format!("{} {} {last}", said.join(", "), self.and) })
    }
}

fn put(values: &mut Map<String, Value>, name: &str, value: Option<impl Into<Value>>) {
    if let Some(value) = value {
        values.insert(name.to_owned(), value.into());
    }
}
