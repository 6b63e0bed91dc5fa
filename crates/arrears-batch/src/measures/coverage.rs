//! Decisions of one night, each account in one class, so that the classes add up to the book.

use super::read::Reader;
use super::work::none_of;
use crate::bind::ACCOUNT;
use crate::cell::Raw;
use crate::names::Names;
use crate::output::BETWEEN;
use arrears::facts::{Verb, verb_table};
use serde::Serialize;
use std::collections::BTreeMap;

/// What a night did with an account. Of several that fit, the first one here is taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Covered {
    /// Something is done.
    Action,
    /// Another account of the person is contacted about this one too.
    RidesAlong,
    /// It waits until a day that is known.
    DatedWait,
    /// A hold stops what fits.
    Held,
    /// All that fits was refused for now: no consent, no valid number, no time left today.
    VetoedOnly,
    /// It waits for missing facts.
    FactsMissing,
    /// Nothing is done, and its type is not certain yet.
    TypeNotYetKnown,
    /// A person must look.
    Review,
    /// It waits, and no day says until when.
    UndatedWait,
    /// It is closed.
    Closed,
    /// Nothing fits.
    NothingFits,
}

impl Covered {
    /// Every class.
    pub const ALL: [Self; 11] = [
        Self::Action,
        Self::RidesAlong,
        Self::DatedWait,
        Self::Held,
        Self::VetoedOnly,
        Self::FactsMissing,
        Self::TypeNotYetKnown,
        Self::Review,
        Self::UndatedWait,
        Self::Closed,
        Self::NothingFits,
    ];

    /// The word for it.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Action => "action",
            Self::RidesAlong => "rides_along",
            Self::DatedWait => "dated_wait",
            Self::Held => "held",
            Self::VetoedOnly => "vetoed_only",
            Self::FactsMissing => "facts_missing",
            Self::TypeNotYetKnown => "type_not_yet_known",
            Self::Review => "review",
            Self::UndatedWait => "undated_wait",
            Self::Closed => "closed",
            Self::NothingFits => "nothing_fits",
        }
    }
}

/// What a row of decisions says.
#[derive(Clone, Copy, Debug, Default)]
struct Night<'a> {
    action: &'a str,
    rides: bool,
    vetoed: bool,
    dated: bool,
    uncertain: bool,
    flags: &'a str,
}

impl Night<'_> {
    fn has(&self, flag: &str) -> bool {
        self.flags.split(BETWEEN).any(|other| other == flag)
    }

    fn class(&self) -> Covered {
        let waits_for_facts = self.has("waits_for_facts");
        match self.action {
            "wait" | "held" | "review" | "none" if self.rides => Covered::RidesAlong,
            "held" => Covered::Held,
            "review" => Covered::Review,
            "none" if self.has("closed") => Covered::Closed,
            "wait" if waits_for_facts => Covered::FactsMissing,
            "wait" if self.vetoed => Covered::VetoedOnly,
            "wait" if self.dated => Covered::DatedWait,
            "wait" | "none" if self.uncertain => Covered::TypeNotYetKnown,
            "wait" => Covered::UndatedWait,
            "none" => Covered::NothingFits,
            _ => Covered::Action,
        }
    }
}

/// What was read of a night: a byte for each account, and four for each fact that it lacks.
#[derive(Clone, Debug, Default)]
pub(super) struct Coverage {
    /// By the number of the account; none for accounts that were not decided.
    pub(super) classes: Vec<Option<Covered>>,
    /// By fact, the accounts that wait for it.
    pub(super) missing: BTreeMap<String, Vec<u32>>,
}

/// Actions that are no verbs.
const NOT_DONE: [&str; 4] = ["wait", "held", "review", "none"];

impl Coverage {
    /// Takes the rows of a batch.
    pub(super) fn take(&mut self, reader: &mut Reader<'_>, names: &mut Names) {
        let [accounts, actions, types, vetoes, missing, rides, flags] =
            [ACCOUNT, "action", "type_possible", "vetoed_by", "missing", "rides_with", "flags"]
                .map(|column| reader.raw(column));
        let reviews = reader.days("next_review_on");
        for row in 0..reader.rows() {
            let (account, action) = (accounts.cell(row), actions.cell(row));
            for (column, cell) in [(ACCOUNT, &account), ("action", &action)] {
                if *cell == Raw::Empty {
                    reader.empty(column, row, "every decision has one");
                }
            }
            let word = action.to_string();
            let is_known = NOT_DONE.contains(&word.as_str()) || Verb::from_word(&word).is_some();
            if action != Raw::Empty && !is_known {
                let verbs = NOT_DONE.into_iter().chain(verb_table().iter().map(|verb| verb.word));
                reader.fault("action", row, &action, none_of(&word, verbs));
            }
            if reader.is_bad(row) {
                continue;
            }
            let (number, _) = names.add(&account.to_string());
            let marks = flags.cell(row).to_string();
            let night = Night {
                action: &word,
                rides: rides.cell(row) != Raw::Empty,
                vetoed: vetoes.cell(row) != Raw::Empty,
                dated: reviews.get(row).copied().flatten().is_some(),
                uncertain: types.cell(row) != Raw::Empty,
                flags: &marks,
            };
            let class = night.class();
            match self.class(number) {
                Some(Some(_)) => reader.fault(ACCOUNT, row, &account, "was decided in an earlier row already"),
                Some(slot) => *slot = Some(class),
                None => {}
            }
            if class == Covered::FactsMissing && !reader.is_bad(row) {
                for fact in missing.cell(row).to_string().split(BETWEEN).filter(|fact| !fact.is_empty()) {
                    self.missing.entry(fact.to_owned()).or_default().push(number);
                }
            }
        }
    }

    fn class(&mut self, number: u32) -> Option<&mut Option<Covered>> {
        let place = usize::try_from(number).ok()?;
        if self.classes.len() <= place {
            self.classes.resize(place + 1, None);
        }
        self.classes.get_mut(place)
    }

    /// The accounts that were decided, by number.
    pub(super) fn decided(&self) -> impl Iterator<Item = (u32, Covered)> + '_ {
        let numbered = self.classes.iter().enumerate();
        numbered.filter_map(|(number, class)| Some((u32::try_from(number).ok()?, (*class)?)))
    }
}
