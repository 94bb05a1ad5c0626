//! Which guide of one revision is which of the other: by what it is called, and where that changed by its aliases, its file, or most
//! of its lines.

use std::collections::{BTreeMap, BTreeSet};

use super::Revision;
use crate::model::reference::Identity;
use crate::model::site::GuideId;

/// A guide that was renamed keeps at least so many of a hundred lines.
const ALIKE: usize = 50;

/// The pairs of guides that are one.
pub(super) struct Matching {
    after: Vec<Option<GuideId>>,
    before: Vec<Option<GuideId>>,
    /// Guides before the change whose files have errors after it: nobody can say what becomes of them.
    broken: BTreeSet<GuideId>,
}

impl Matching {
    /// Pairs the guides of two revisions.
    pub(super) fn new(base: Revision<'_>, head: Revision<'_>) -> Self {
        let (after, before) = (vec![None; base.site.guides.len()], vec![None; head.site.guides.len()]);
        let mut matching = Self { after, before, broken: BTreeSet::new() };
        matching.by_identity(base, head);
        matching.by(base, head, |old, new| usize::from(has_alias(base, head, old, new)));
        matching.by(base, head, |old, new| usize::from(base.path(old) == head.path(new)));
        let broken = head.broken();
        let is_broken = |old: &GuideId| matching.after(*old).is_none() && broken.contains(base.path(*old));
        matching.broken = base.site.ids().filter(is_broken).collect();
        matching.by_lines(base, head);
        matching
    }

    /// What a guide is after the change.
    pub(super) fn after(&self, old: GuideId) -> Option<GuideId> {
        self.after[old.index()]
    }

    /// What a guide was before the change.
    pub(super) fn before(&self, new: GuideId) -> Option<GuideId> {
        self.before[new.index()]
    }

    /// Whether a guide has errors after the change, so that nobody can say what becomes of it.
    pub(super) fn is_broken(&self, old: GuideId) -> bool {
        self.broken.contains(&old)
    }

    fn pair(&mut self, old: GuideId, new: GuideId) {
        self.after[old.index()] = Some(new);
        self.before[new.index()] = Some(old);
    }

    fn by_identity(&mut self, base: Revision<'_>, head: Revision<'_>) {
        let identity = |id: GuideId| (&head.site.identities[id.index()], id);
        let named: BTreeMap<&Identity, GuideId> = head.site.ids().map(identity).collect();
        for old in base.site.ids() {
            if let Some(new) = named.get(&base.site.identities[old.index()]) {
                self.pair(old, *new);
            }
        }
    }

    /// Pairs what is left and of one kind by a score, the best first; 0 is no pair.
    fn by(&mut self, base: Revision<'_>, head: Revision<'_>, score: impl Fn(GuideId, GuideId) -> usize) {
        let new: Vec<GuideId> = head.site.ids().filter(|new| self.before(*new).is_none()).collect();
        let mut scores = Vec::new();
        for old in base.site.ids().filter(|old| self.after(*old).is_none() && !self.is_broken(*old)) {
            let is_like = |new: &&GuideId| base.site.guide(old).kind() == head.site.guide(**new).kind();
            scores.extend(new.iter().filter(is_like).map(|new| (score(old, *new), old, *new)).filter(|(score, ..)| *score > 0));
        }
        scores.sort_by_key(|(score, old, new)| (std::cmp::Reverse(*score), *old, *new));
        for (_, old, new) in scores {
            if self.after(old).is_none() && self.before(new).is_none() {
                self.pair(old, new);
            }
        }
    }

    fn by_lines(&mut self, base: Revision<'_>, head: Revision<'_>) {
        let old: Vec<GuideId> = base.site.ids().filter(|old| self.after(*old).is_none()).collect();
        let new: Vec<GuideId> = head.site.ids().filter(|new| self.before(*new).is_none()).collect();
        let old: BTreeMap<GuideId, Lines<'_>> = old.into_iter().map(|id| (id, Lines::of(base.text(id)))).collect();
        let new: BTreeMap<GuideId, Lines<'_>> = new.into_iter().map(|id| (id, Lines::of(head.text(id)))).collect();
        self.by(base, head, |one, other| {
            let alike = old.get(&one).zip(new.get(&other)).map_or(0, |(one, other)| one.alike(other));
            if alike >= ALIKE { alike } else { 0 }
        });
    }
}

/// Whether a guide has the address of another as an alias.
fn has_alias(base: Revision<'_>, head: Revision<'_>, old: GuideId, new: GuideId) -> bool {
    head.site.guide(new).common.aliases.iter().any(|alias| alias.value == *base.site.permalink(old))
}

/// How often each line stands in a text.
struct Lines<'a> {
    counts: BTreeMap<&'a str, usize>,
    total: usize,
}

impl<'a> Lines<'a> {
    fn of(text: &'a str) -> Self {
        let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
        for line in text.lines().filter(|line| !line.trim().is_empty()) {
            *counts.entry(line).or_default() += 1;
        }
        Self { total: counts.values().sum(), counts }
    }

    /// How many of a hundred lines of the longer text both have.
    fn alike(&self, other: &Self) -> usize {
        // A change that renames a whole folder compares every old guide with every new one; most differ in length alone.
        if self.total.min(other.total) * 100 < self.total.max(other.total) * ALIKE {
            return 0;
        }
        let common = |(line, count): (&&str, &usize)| other.counts.get(*line).map_or(0, |found| (*found).min(*count));
        self.counts.iter().map(common).sum::<usize>() * 100 / self.total.max(other.total).max(1)
    }
}
