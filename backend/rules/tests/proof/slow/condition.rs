//! Conditions: Kleene's three values as `Some(true)`, `Some(false)` and none.

use std::str::FromStr;

use chrono::{DateTime, Days, FixedOffset, Months, NaiveDate, TimeDelta};
use rust_decimal::Decimal;
use serde_json::Value;

use super::{Known, LAW, by_id, strings};

type Comparison = fn(Decimal, Decimal) -> bool;

impl Known<'_> {
    pub(super) fn holds(&self, node: &Value) -> Option<bool> {
        let parts = |key: &str| -> Vec<Option<bool>> {
            node[key].as_array().unwrap().iter().map(|part| self.holds(part)).collect()
        };
        if node.get("all").is_some() {
            let parts = parts("all");
            return at_least(parts.len(), &parts);
        }
        if node.get("any").is_some() {
            return at_least(1, &parts("any"));
        }
        if let Some(least) = node["least"].as_u64() {
            return at_least(usize::try_from(least).unwrap(), &parts("of"));
        }
        if let Some(part) = node.get("not") {
            return self.holds(part).map(|holds| !holds);
        }
        if let Some(term) = node["term"].as_str() {
            return self.holds(&by_id(&LAW.terms["terms"], term).unwrap()["condition"]);
        }
        node["always"].as_bool().or_else(|| self.passes(node))
    }

    /// One fact, one test.
    fn passes(&self, node: &Value) -> Option<bool> {
        let fact = node["fact"].as_str().expect("nothing else is left");
        let wanted = |key: &str| strings(&node[key]).collect::<Vec<_>>();
        if let Some(option) = node["includes"].as_str() {
            return self.includes(fact, &[option]);
        }
        if node.get("includes_any").is_some() {
            return self.includes(fact, &wanted("includes_any"));
        }
        let value = self.value(fact)?;
        if let Some(is) = node.get("is") {
            return Some(value == *is);
        }
        if node.get("one_of").is_some() {
            return Some(wanted("one_of").contains(&value.as_str().unwrap()));
        }
        if let Some(least) = node["count_at_least"].as_u64() {
            return Some(u64::try_from(value.as_array().unwrap().len()).unwrap() >= least);
        }
        if node["is_known"] == true {
            return Some(true);
        }
        if let Some(date) = node["not_before"].as_str() {
            return Some(instant(&value).date_naive() >= date.parse::<NaiveDate>().unwrap());
        }
        if let Some(since) = node.get("since") {
            let event = self.value(since["event"].as_str().unwrap())?;
            return Some(instant(&value) >= after(instant(&event), &since["period"]));
        }
        let number = decimal(&value);
        let comparisons: [(&str, Comparison); 4] = [
            ("at_least", |number, limit| number >= limit),
            ("more_than", |number, limit| number > limit),
            ("at_most", |number, limit| number <= limit),
            ("less_than", |number, limit| number < limit),
        ];
        let (key, holds) = comparisons.into_iter().find(|(key, _)| node.get(key).is_some()).unwrap();
        self.compared(number, &node[key], holds)
    }

    /// A set that says what others came to is open where they are; any other is known or not.
    fn includes(&self, fact: &str, wanted: &[&str]) -> Option<bool> {
        let value = self.value(fact)?;
        if strings(&value).any(|chosen| wanted.contains(&chosen)) {
            return Some(true);
        }
        let open = fact == "assessment.duties"
            && self.possible.iter().any(|regime| wanted.contains(&regime.as_str()));
        if open { None } else { Some(false) }
    }

    /// Whether a comparison comes out the same whatever the facts behind the threshold are: tried with a share of
    /// nothing, and with a share so great that only the fixed part counts.
    fn compared(&self, number: Decimal, limit: &Value, holds: Comparison) -> Option<bool> {
        let endless = Decimal::from(10u64.pow(18));
        let at = |unknown_share: Decimal| holds(number, self.limit(limit, unknown_share));
        (at(Decimal::ZERO) == at(endless)).then(|| at(Decimal::ZERO))
    }

    fn limit(&self, limit: &Value, unknown_share: Decimal) -> Decimal {
        if let Some(parts) = limit["smallest_of"].as_array() {
            return parts.iter().map(|part| self.limit(part, unknown_share)).min().unwrap();
        }
        let Some(of) = limit["of"].as_str() else { return decimal(limit) };
        self.value(of).map_or(unknown_share, |whole| {
            decimal(&whole) * decimal(&limit["percent"]) / Decimal::ONE_HUNDRED
        })
    }
}

fn at_least(least: usize, parts: &[Option<bool>]) -> Option<bool> {
    let yes = parts.iter().filter(|part| **part == Some(true)).count();
    let no = parts.iter().filter(|part| **part == Some(false)).count();
    if yes >= least {
        Some(true)
    } else if no > parts.len() - least {
        Some(false)
    } else {
        None
    }
}

fn decimal(value: &Value) -> Decimal {
    let digits = value.as_number().unwrap().to_string();
    let digits = digits.strip_suffix(".0").unwrap_or(&digits);
    Decimal::from_str(digits).unwrap()
}

fn instant(value: &Value) -> DateTime<FixedOffset> {
    DateTime::parse_from_rfc3339(value.as_str().unwrap()).unwrap()
}

fn after(begin: DateTime<FixedOffset>, period: &Value) -> DateTime<FixedOffset> {
    let count = period["count"].as_u64().unwrap();
    match period["unit"].as_str().unwrap() {
        "hour" => begin + TimeDelta::hours(i64::try_from(count).unwrap()),
        "day" => begin + Days::new(count),
        "week" => begin + Days::new(7 * count),
        _ => begin + Months::new(u32::try_from(count).unwrap()),
    }
}
