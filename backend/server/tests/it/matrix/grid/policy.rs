//! The reviewed policy table, read from the snapshot that people have agreed to: what is expected never comes from `permits`.

use std::collections::{BTreeMap, BTreeSet};

const TABLE: &str = include_str!(
    "../../../../../domain/src/authz/snapshots/varsel_domain__authz__tests__the_policy_table_is_as_reviewed.snap"
);

/// What everybody may do, and what the others may do besides.
const EVERYBODY: &str = "no authorisation";

/// Who, what, and with which resources.
pub(super) struct Policy(BTreeMap<&'static str, BTreeMap<&'static str, BTreeSet<&'static str>>>);

impl Policy {
    pub(super) fn read() -> Self {
        let (_, table) = TABLE.rsplit_once("---\n").unwrap();
        let (mut all, mut who) = (BTreeMap::<_, BTreeMap<_, _>>::new(), "");
        for line in table.lines() {
            match line.strip_prefix("  ") {
                None => {
                    who = line;
                    all.insert(who, BTreeMap::new());
                }
                Some(line) => {
                    let (action, resources) = line.split_once(' ').unwrap();
                    all.get_mut(who).unwrap().insert(action, resources.trim().split("; ").collect());
                }
            }
        }
        assert!(all.len() > 30 && all.contains_key(EVERYBODY), "the table has {} sections", all.len());
        Self(all)
    }

    fn lines(&self, holds: &[String], action: &str) -> impl Iterator<Item = &BTreeSet<&'static str>> {
        let sections = holds.iter().map(String::as_str);
        sections.filter_map(move |section| {
            let section = self.0.get(section).unwrap_or_else(|| panic!("the table has no {section}"));
            section.get(action)
        })
    }

    /// Whether one of these sections, or that of everybody, names the resource.
    pub(super) fn allows(&self, holds: &[String], action: &str, resource: &str) -> bool {
        let own = self.lines(holds, action).any(|line| line.contains(resource));
        own || self.0[EVERYBODY].get(action).is_some_and(|line| line.contains(resource))
    }

    /// Whether one of these sections names any resource at all.
    pub(super) fn allows_somewhere(&self, holds: &[String], action: &str) -> bool {
        self.lines(holds, action).next().is_some()
    }
}
