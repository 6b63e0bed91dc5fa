//! Where each statement of a policy is explained.

use arrears::Policy;
use arrears::draft::Keyword;
use std::collections::{BTreeMap, BTreeSet};

/// The anchor of every statement of a policy: made of plain letters and digits, each once.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Anchors {
    /// By keyword and position among the statements with that keyword.
    by_place: BTreeMap<(Keyword, usize), String>,
    /// By keyword and name, the first of that name.
    by_name: BTreeMap<(Keyword, String), String>,
}

impl Anchors {
    /// The anchors of a policy.
    pub fn of_policy(policy: &Policy) -> Self {
        let mut anchors = Self::default();
        let (mut taken, mut counts) = (BTreeSet::new(), BTreeMap::<Keyword, usize>::new());
        for statement in &policy.draft().statements {
            let count = counts.entry(statement.keyword).or_default();
            let anchor = free(&slug(statement.keyword.word(), statement.name_text(), *count), &mut taken);
            anchors.by_place.insert((statement.keyword, *count), anchor.clone());
            anchors.by_name.entry((statement.keyword, statement.name_text().to_owned())).or_insert(anchor);
            *count += 1;
        }
        // Every account starts in `current`, which no statement declares.
        let current = free("stage-current", &mut taken);
        anchors.by_name.entry((Keyword::Stage, "current".to_owned())).or_insert(current);
        anchors
    }

    /// The anchor of the statement that is the `index`th of its keyword.
    pub fn at(&self, keyword: Keyword, index: usize) -> Option<&str> {
        self.by_place.get(&(keyword, index)).map(String::as_str)
    }

    /// The anchor of the statement with a name.
    pub fn of(&self, keyword: Keyword, name: &str) -> Option<&str> {
        self.by_name.get(&(keyword, name.to_owned())).map(String::as_str)
    }
}

fn slug(word: &str, name: &str, index: usize) -> String {
    let mut slug = String::new();
    for letter in name.chars().take(60) {
        if letter.is_ascii_alphanumeric() {
            slug.push(letter.to_ascii_lowercase());
        } else if !slug.is_empty() && !slug.ends_with('-') {
            slug.push('-');
        }
    }
    let slug = slug.trim_end_matches('-');
    if slug.is_empty() { format!("{word}-{}", index + 1) } else { format!("{word}-{slug}") }
}

/// The anchor, or with a number behind it where it is taken.
fn free(wanted: &str, taken: &mut BTreeSet<String>) -> String {
    let mut anchor = wanted.to_owned();
    let mut next = 2_u32;
    while !taken.insert(anchor.clone()) {
        anchor = format!("{wanted}-n{next}");
        next = next.saturating_add(1);
    }
    anchor
}
