//! Looking through a condition without deciding it.

use std::collections::BTreeSet;

use super::{Condition, Predicate, Test};

impl Condition {
    /// Calls `on` for every test, in the order in which they are written.
    pub(crate) fn visit<'a>(&'a self, on: &mut impl FnMut(&'a Predicate)) {
        match self {
            Self::Leaf(leaf) => on(leaf),
            Self::Not(part) => part.visit(on),
            Self::Least { of, .. } => of.iter().for_each(|part| part.visit(on)),
            Self::Always { .. } => {}
        }
    }

    /// How many tests it has.
    pub(crate) fn tests(&self) -> usize {
        let mut tests = 0;
        self.visit(&mut |_| tests += 1);
        tests
    }

    /// Every fact that it may look at.
    pub(crate) fn facts(&self) -> BTreeSet<&str> {
        let mut facts = BTreeSet::new();
        self.visit(&mut |leaf| {
            facts.insert(leaf.fact.as_str());
            facts.extend(leaf.shares());
        });
        facts
    }
}

impl Predicate {
    /// The facts of which its threshold is a share.
    pub(crate) fn shares(&self) -> Vec<&str> {
        let mut shares = Vec::new();
        if let Test::Compare(_, threshold) = &self.test {
            threshold.facts(&mut shares);
        }
        shares
    }
}
