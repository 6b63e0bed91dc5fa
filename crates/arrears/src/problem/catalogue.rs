//! Every problem a policy can have: its code, its title, what it means and how to mend it.

mod kinds;
mod names;
mod structure;
mod syntax;
mod warnings;

/// One entry of the catalogue, from which `docs/problems.md` is made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Entry {
    /// The stable code.
    pub code: &'static str,
    /// The problem in a few words.
    pub title: &'static str,
    /// What it means and what to do, in one or two sentences.
    pub meaning: &'static str,
}

pub(super) const fn entry(code: &'static str, title: &'static str, meaning: &'static str) -> Entry {
    Entry { code, title, meaning }
}

/// Every problem that can be reported, by code: P0 reading the file, P1 names,
/// P2 kinds and units, P3 the policy as a whole, P4 warnings.
pub fn catalogue() -> impl Iterator<Item = &'static Entry> {
    [syntax::ENTRIES, names::ENTRIES, kinds::ENTRIES, structure::ENTRIES, warnings::ENTRIES].into_iter().flatten()
}

#[cfg(test)]
mod tests {
    use super::catalogue;

    #[test]
    fn codes_rise_and_none_is_used_twice() {
        let codes: Vec<_> = catalogue().map(|entry| entry.code).collect();
        assert!(codes.is_sorted_by(|a, b| a < b), "{codes:?}");
    }
}
