//! Decisions of many rows as columns of codes.

use super::bits::KnownLists;
use super::ladder::{NO_STAGE, REASONS, code_of};
use super::lane::NO_WIDE;
use super::lists::Lists;
use super::rare::Rare;
use super::turns::{
    BY_HOLD, BY_RULE, DOES, DOES_NOTHING, IS_HELD, NO_CONSENT, NO_NUMBER, NO_POINT, NO_SLOT, NO_TIME, NO_TREATMENT,
    OPTED_OUT, WAITS,
};
use arrears::condition::{FactId, Truth, WordSet};
use arrears::decide::{Action, Decision, DutyDue, DutyStatus, Flag, Law, ReviewReason, Slot, StageReason, VetoBy};
use arrears::facts::Verb;
use arrears::policy::{Policy, PolicyHash, StageId, TreatmentId};
use chrono::{Days, NaiveDate};
use std::collections::BTreeMap;

/// A debtor type that is one of several.
pub(super) const SEVERAL: u8 = 255;
/// The action `review`.
const REVIEWS: u8 = 3;
/// No next review.
pub(super) const NO_REVIEW: i16 = -1;

/// Marks for people, in the order in which a decision lists them.
const FLAGS: [Flag; 5] =
    [Flag::StageUncertain, Flag::Closed, Flag::WaitsForFacts, Flag::SecondPerson, Flag::DutyUnreadable];
pub(super) const CLOSED: u8 = 2;
pub(super) const SECOND_PERSON: u8 = 8;

/// Decisions of many rows, in the order of the table, as columns of codes and of numbers of
/// lists. What it takes is about 8 bytes a row, up to 60 where every row has something of all
/// that is rare, and what its different lists take once.
#[derive(Clone, Debug)]
pub struct Decided {
    /// Whose decisions of which day they are: codes and numbers mean nothing to others.
    of: Option<(PolicyHash, NaiveDate)>,
    pub(super) debtor_type: Vec<u8>,
    pub(super) several: BTreeMap<usize, WordSet>,
    pub(super) stage: Vec<u8>,
    pub(super) stage_before: Vec<u8>,
    pub(super) rung: Vec<u8>,
    pub(super) stage_reason: Vec<u8>,
    pub(super) treatment: Vec<u16>,
    pub(super) action: Vec<u8>,
    pub(super) point: Rare<u8>,
    pub(super) slot: Rare<u16>,
    pub(super) acts: Rare<u32>,
    pub(super) relief: Rare<u32>,
    pub(super) duties: Rare<u32>,
    pub(super) held_by: Rare<u32>,
    pub(super) vetoed_by: Rare<u32>,
    pub(super) missing: Rare<u32>,
    pub(super) review: Rare<i16>,
    pub(super) review_exact: Rare<bool>,
    pub(super) review_reason: Rare<Option<ReviewReason>>,
    /// [`NO_WIDE`] where there is none.
    pub(super) priority: Rare<i64>,
    pub(super) flags: Rare<u8>,
    pub(super) uncertain: Rare<bool>,
    pub(super) slots: Vec<Slot>,
    pub(super) acts_lists: Lists<u16, u16>,
    pub(super) relief_lists: Lists<&'static str, Verb>,
    pub(super) duty_lists: Lists<(u16, bool, Option<i64>), DutyDue>,
    pub(super) hold_lists: Lists<(u16, Truth), (u16, Truth)>,
    pub(super) veto_lists: Lists<(u16, u16), (TreatmentId, VetoBy)>,
    pub(super) missing_lists: Lists<FactId, FactId>,
    /// By bits of holds that surely bind, and of acts: the number of their list.
    pub(super) known_holds: KnownLists,
    pub(super) known_acts: KnownLists,
}

impl Default for Decided {
    fn default() -> Self {
        Self {
            of: None,
            debtor_type: Vec::new(),
            several: BTreeMap::new(),
            stage: Vec::new(),
            stage_before: Vec::new(),
            rung: Vec::new(),
            stage_reason: Vec::new(),
            treatment: Vec::new(),
            action: Vec::new(),
            point: Rare::new(NO_POINT),
            slot: Rare::new(NO_SLOT),
            acts: Rare::new(0),
            relief: Rare::new(0),
            duties: Rare::new(0),
            held_by: Rare::new(0),
            vetoed_by: Rare::new(0),
            missing: Rare::new(0),
            review: Rare::new(NO_REVIEW),
            review_exact: Rare::new(false),
            review_reason: Rare::new(None),
            priority: Rare::new(NO_WIDE),
            flags: Rare::new(0),
            uncertain: Rare::new(false),
            slots: Vec::new(),
            acts_lists: Lists::default(),
            relief_lists: Lists::default(),
            duty_lists: Lists::default(),
            hold_lists: Lists::default(),
            veto_lists: Lists::default(),
            missing_lists: Lists::default(),
            known_holds: KnownLists::default(),
            known_acts: KnownLists::default(),
        }
    }
}

impl Decided {
    /// How many rows it has.
    pub fn len(&self) -> usize {
        self.stage.len()
    }

    /// Whether it has none.
    pub fn is_empty(&self) -> bool {
        self.stage.is_empty()
    }

    /// Forgets the rows; what is kept once stays for the next.
    pub fn clear(&mut self) {
        self.debtor_type.clear();
        self.several.clear();
        self.stage.clear();
        self.stage_before.clear();
        self.rung.clear();
        self.stage_reason.clear();
        self.treatment.clear();
        self.action.clear();
        self.point.clear();
        self.slot.clear();
        for lists in [
            &mut self.acts,
            &mut self.relief,
            &mut self.duties,
            &mut self.held_by,
            &mut self.vetoed_by,
            &mut self.missing,
        ] {
            lists.clear();
        }
        self.review.clear();
        self.review_exact.clear();
        self.review_reason.clear();
        self.priority.clear();
        self.flags.clear();
        self.uncertain.clear();
    }

    /// Forgets everything if it is of another policy or day.
    pub(super) fn belong_to(&mut self, policy: PolicyHash, as_of: NaiveDate) {
        if self.of != Some((policy, as_of)) {
            *self = Self { of: Some((policy, as_of)), ..Self::default() };
        }
    }

    /// Adds rows of which nothing is decided yet.
    pub(crate) fn grow(&mut self, rows: usize) {
        let end = self.len() + rows;
        self.debtor_type.resize(end, SEVERAL);
        self.stage.resize(end, 0);
        self.stage_before.resize(end, NO_STAGE);
        self.rung.resize(end, 0);
        self.stage_reason.resize(end, code_of(StageReason::Stays));
        self.treatment.resize(end, NO_TREATMENT);
        self.action.resize(end, DOES_NOTHING);
    }

    /// By row, the position of the debtor type; 255 where the account may be of several.
    pub fn debtor_types(&self) -> &[u8] {
        &self.debtor_type
    }

    /// By row, the position of the stage.
    pub fn stages(&self) -> &[u8] {
        &self.stage
    }

    /// By row, the position of the treatment; 65,535 where none was chosen.
    pub fn treatments(&self) -> &[u16] {
        &self.treatment
    }

    /// By row, up to the last that some hold may bind, the number of its list of holds, 0 where
    /// none does; [`Decided::holds`] has the lists.
    pub fn held_by(&self) -> &[u32] {
        self.held_by.values()
    }

    /// The holds of a list, by position in the policy, with whether they surely bind.
    pub fn holds(&self, list: u32) -> &[(u16, Truth)] {
        self.hold_lists.list(list)
    }

    /// The decision of a row, as [`arrears::decide`] gives it; none beyond the last row.
    pub fn decision(&self, policy: &Policy, law: &Law, as_of: NaiveDate, row: usize) -> Option<Decision> {
        let stage = *self.stage.get(row)?;
        let treatment = Some(*self.treatment.get(row)?).filter(|id| *id != NO_TREATMENT).map(TreatmentId::at);
        let verb = treatment.and_then(|id| policy.treatments().get(id.index())).map(|treatment| treatment.verb);
        let types = match *self.debtor_type.get(row)? {
            SEVERAL => self.several.get(&row).copied().unwrap_or_default(),
            only => WordSet::of(usize::from(only)),
        };
        let flags = self.flags.get(row);
        let review = self.review.get(row);
        let before = *self.stage_before.get(row)?;
        let point = self.point.get(row);
        Some(Decision {
            types,
            stage: StageId::at(stage),
            stage_before: (before != NO_STAGE).then(|| StageId::at(before)),
            stage_reason: REASONS.get(usize::from(*self.stage_reason.get(row)?)).copied()?,
            rung: StageId::at(*self.rung.get(row)?),
            stage_uncertain: self.uncertain.get(row),
            treatment,
            action: match (*self.action.get(row)?, verb) {
                (DOES, Some(verb)) => Action::Do(verb),
                (WAITS, _) => Action::Wait,
                (IS_HELD, _) => Action::Held,
                (REVIEWS, _) => Action::Review,
                _ => Action::Nothing,
            },
            channel: verb.and_then(|verb| verb.def().channel),
            acts: self.acts_lists.list(self.acts.get(row)).to_vec(),
            relief: self.relief_lists.list(self.relief.get(row)).to_vec(),
            duties: self.duty_lists.list(self.duties.get(row)).to_vec(),
            contact_point: (point != NO_POINT).then_some(point),
            slot: self.slots.get(usize::from(self.slot.get(row))).copied(),
            held_by: self.hold_lists.list(self.held_by.get(row)).to_vec(),
            vetoed_by: self.veto_lists.list(self.vetoed_by.get(row)).to_vec(),
            missing: self.missing_lists.list(self.missing.get(row)).to_vec(),
            next_review_on: u64::try_from(review).ok().and_then(|days| as_of.checked_add_days(Days::new(days))),
            review_exact: self.review_exact.get(row),
            review_reason: self.review_reason.get(row),
            priority: self.priority(row),
            flags: FLAGS.iter().enumerate().filter(|(bit, _)| (flags >> bit) & 1 == 1).map(|(_, flag)| *flag).collect(),
            law: law.clone(),
        })
    }

    /// Puts the decision of the row engine in the place of a row.
    pub(crate) fn put(&mut self, row: usize, decision: &Decision, as_of: NaiveDate) {
        let mut types = decision.types.positions();
        let code = match (types.next(), types.next()) {
            (Some(only), None) => u8::try_from(only).unwrap_or(SEVERAL),
            _ => SEVERAL,
        };
        if code == SEVERAL {
            self.several.insert(row, decision.types);
        }
        set(&mut self.debtor_type, row, code);
        set(&mut self.stage, row, decision.stage.position());
        set(&mut self.stage_before, row, decision.stage_before.map_or(NO_STAGE, StageId::position));
        set(&mut self.rung, row, decision.rung.position());
        set(&mut self.stage_reason, row, code_of(decision.stage_reason));
        set(&mut self.treatment, row, decision.treatment.map_or(NO_TREATMENT, TreatmentId::position));
        let action = match decision.action {
            Action::Do(_) => DOES,
            Action::Wait => WAITS,
            Action::Held => IS_HELD,
            Action::Review => REVIEWS,
            Action::Nothing => DOES_NOTHING,
        };
        set(&mut self.action, row, action);
        self.point.set(row, decision.contact_point.unwrap_or(NO_POINT));
        let slot = decision.slot.map_or(NO_SLOT, |slot| self.slot_number(slot));
        self.slot.set(row, slot);
        let number = self.acts_lists.number(&decision.acts, <[u16]>::to_vec);
        self.acts.set(row, number);
        self.put_relief(row, decision.relief.clone());
        let duties = decision.duties.iter().map(|due| (due.duty, due.status == DutyStatus::Due, due.days_left));
        self.put_duties(row, &duties.collect::<Vec<_>>());
        let number = self.hold_lists.number(&decision.held_by, <[(u16, Truth)]>::to_vec);
        self.held_by.set(row, number);
        let vetoes = decision.vetoed_by.iter().map(|(id, by)| (id.position(), veto_code(*by)));
        self.put_vetoes(row, &vetoes.collect::<Vec<_>>());
        let number = self.missing_lists.number(&decision.missing, <[FactId]>::to_vec);
        self.missing.set(row, number);
        self.put_review(row, decision, as_of);
        self.priority.set(row, decision.priority.unwrap_or(NO_WIDE));
        let bit = |flag: &Flag| FLAGS.iter().position(|known| known == flag).map_or(0, |bit| 1_u8 << (bit & 7));
        self.flags.set(row, decision.flags.iter().map(bit).fold(0, |all, bit| all | bit));
        self.uncertain.set(row, decision.stage_uncertain);
    }

    /// Puts the next review of the row engine in the place of a row's.
    pub(super) fn put_review(&mut self, row: usize, decision: &Decision, as_of: NaiveDate) {
        let days = decision.next_review_on.map(|day| day.signed_duration_since(as_of).num_days());
        self.review.set(row, days.and_then(|days| i16::try_from(days).ok()).unwrap_or(NO_REVIEW));
        self.review_exact.set(row, decision.review_exact);
        self.review_reason.set(row, decision.review_reason);
    }

    pub(super) fn put_relief(&mut self, row: usize, verbs: Vec<Verb>) {
        let key: Vec<&str> = verbs.iter().map(|verb| verb.word()).collect();
        let number = self.relief_lists.number(&key, |_| verbs);
        self.relief.set(row, number);
    }

    /// Puts duties, each with whether it is due and the days left.
    pub(super) fn put_duties(&mut self, row: usize, duties: &[(u16, bool, Option<i64>)]) {
        let due = |(duty, due, days_left): &(u16, bool, Option<i64>)| DutyDue {
            duty: *duty,
            status: if *due { DutyStatus::Due } else { DutyStatus::Review },
            days_left: *days_left,
        };
        let number = self.duty_lists.number(duties, |duties| duties.iter().map(due).collect());
        self.duties.set(row, number);
    }

    pub(super) fn put_vetoes(&mut self, row: usize, vetoes: &[(u16, u16)]) {
        let list = |key: &[(u16, u16)]| key.iter().map(|(id, code)| (TreatmentId::at(*id), veto_of(*code))).collect();
        let number = self.veto_lists.number(vetoes, list);
        self.vetoed_by.set(row, number);
    }

    /// The number of a slot that is not one of the policy's own.
    fn slot_number(&mut self, slot: Slot) -> u16 {
        let place = self.slots.iter().position(|known| *known == slot).unwrap_or_else(|| {
            self.slots.push(slot);
            self.slots.len() - 1
        });
        u16::try_from(place).unwrap_or(NO_SLOT)
    }
}

/// From here on it is a rule that a person must look at.
const REVIEWED: u16 = 0x1000;
/// From here on it is a hold for which lanes have no code.
const FAR_HOLD: u16 = 0x4000;
/// No law permits it.
const LAWLESS: u16 = u16::MAX;

const fn veto_code(by: VetoBy) -> u16 {
    match by {
        VetoBy::OptedOut => OPTED_OUT as u16,
        VetoBy::NoConsent => NO_CONSENT as u16,
        VetoBy::NoNumber => NO_NUMBER as u16,
        VetoBy::NoSlot => NO_TIME as u16,
        VetoBy::Hold(hold) if hold < (BY_RULE - BY_HOLD) as u16 => hold + BY_HOLD as u16,
        VetoBy::Hold(hold) => hold.saturating_add(FAR_HOLD),
        VetoBy::Rule(rule) => rule.saturating_add(BY_RULE as u16),
        VetoBy::RuleReview(rule) => rule.saturating_add(REVIEWED),
        VetoBy::NoLaw => LAWLESS,
    }
}

fn veto_of(code: u16) -> VetoBy {
    match u8::try_from(code) {
        Ok(OPTED_OUT) => VetoBy::OptedOut,
        Ok(NO_CONSENT) => VetoBy::NoConsent,
        Ok(NO_NUMBER) => VetoBy::NoNumber,
        Ok(NO_TIME) => VetoBy::NoSlot,
        _ if code == LAWLESS => VetoBy::NoLaw,
        _ if code >= FAR_HOLD => VetoBy::Hold(code - FAR_HOLD),
        _ if code >= REVIEWED => VetoBy::RuleReview(code - REVIEWED),
        _ if code >= u16::from(BY_RULE) => VetoBy::Rule(code - u16::from(BY_RULE)),
        _ => VetoBy::Hold(code.saturating_sub(u16::from(BY_HOLD))),
    }
}

pub(super) fn set<V>(column: &mut [V], row: usize, value: V) {
    if let Some(slot) = column.get_mut(row) {
        *slot = value;
    }
}
