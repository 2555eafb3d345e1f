//! What somebody probably meant.

/// The nearest of `known` to `written`, if it is near enough to be meant.
pub(crate) fn nearest<'a>(written: &str, known: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let likeness = |name: &&'a str| strsim::jaro_winkler(written, name);
    let best = known.max_by(|left, right| likeness(left).total_cmp(&likeness(right)))?;
    (likeness(&best) > 0.8).then_some(best)
}
