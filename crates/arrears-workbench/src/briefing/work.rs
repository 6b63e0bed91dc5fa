//! What decisions of a night leave to be done in the morning.

use super::duties::Duties;
use super::told::Notes;
use super::{AREA, HAZARD};
use arrears::decide::Record;
use arrears::policy::Treatment;
use arrears::{Class, Money, Policy, Verb};
use arrears_batch::{AccountCells, Lately, Sheet};
use arrears_words::Language;
use arrears_words::morning::{Approval, Counted, Figure, Morning, Task, Visit, action, visit_needs};
use chrono::DateTime;
use rust_decimal::Decimal;
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

/// What is overdue on an account of which the tables of events tell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Overdue {
    /// The table of accounts does not have it, or its row could not be decided.
    NotHere,
    Unknown,
    Nothing,
    Some(i64),
}

impl Overdue {
    pub(super) const fn minor(self) -> Option<i64> {
        match self {
            Self::Some(minor) => Some(minor),
            _ => None,
        }
    }
}

/// One thing that is done to an account today.
struct Done {
    account: String,
    word: String,
    treatment: String,
    stage: String,
    slot: Option<String>,
    overdue: Option<i64>,
    priority: Option<Decimal>,
    approval: Option<String>,
}

/// What a pass over the decisions gathers.
pub(super) struct Work<'a> {
    policy: &'a Policy,
    language: Language,
    done: Vec<Done>,
    duties: Duties,
    /// Steps without contact or approval: lawsuits, blocks, offers.
    others: u64,
    /// Accounts that a person must look at, by treatment; none by stage.
    looks: BTreeMap<(Option<String>, String), u64>,
    /// Accounts of which the tables of events tell.
    told: BTreeMap<&'a str, Overdue>,
}

impl<'a> Work<'a> {
    pub(super) fn new(policy: &'a Policy, language: Language, lately: &'a Lately) -> Self {
        let paid = lately.payments.iter().flatten().map(|paid| paid.account.as_str());
        let promised = lately.promises.iter().flat_map(|told| told.due.iter().chain(&told.broken));
        let told = paid.chain(promised.map(|one| one.account.as_str())).map(|account| (account, Overdue::NotHere));
        Self {
            policy,
            language,
            done: Vec::new(),
            duties: Duties::default(),
            others: 0,
            looks: BTreeMap::new(),
            told: told.collect(),
        }
    }

    /// Takes the decisions of a batch.
    pub(super) fn take(&mut self, sheet: &Sheet) {
        let kinds: Vec<&Record> = sheet.kinds().collect();
        let mut rows = vec![0_u64; kinds.len()];
        for row in sheet.rows() {
            if let Some(overdue) = self.told.get_mut(row.account_id) {
                *overdue = match row.overdue {
                    None => Overdue::Unknown,
                    Some(minor) if minor <= 0 => Overdue::Nothing,
                    Some(minor) => Overdue::Some(minor),
                };
            }
            if let Some(rows) = rows.get_mut(row.kind) {
                *rows += 1;
            }
            let Some(record) = kinds.get(row.kind).filter(|_| row.rides_with.is_none()) else { continue };
            if record.action == Verb::Review.word() && record.approval.is_none() {
                let stage = if record.treatment.is_some() { String::new() } else { record.stage.clone() };
                *self.looks.entry((record.treatment.clone(), stage)).or_default() += 1;
                continue;
            }
            let Some(verb) = Verb::from_word(&record.action) else { continue };
            if verb.def().class != Class::Contact && record.approval.is_none() {
                self.others += 1;
                continue;
            }
            self.done.push(Done {
                account: row.account_id.to_owned(),
                word: record.action.clone(),
                treatment: record.treatment.clone().unwrap_or_default(),
                stage: record.stage.clone(),
                slot: record.slot.clone(),
                overdue: row.overdue,
                priority: row.priority.and_then(|text| text.parse().ok()),
                approval: record.approval.clone(),
            });
        }
        for (record, rows) in kinds.iter().zip(rows) {
            record.duties.iter().for_each(|duty| self.duties.add(duty, rows));
        }
    }

    /// Whether the table of accounts has an account of which the tables of events tell.
    pub(super) fn has(&self, account: &str) -> bool {
        self.overdue(account) != Overdue::NotHere
    }

    pub(super) fn overdue(&self, account: &str) -> Overdue {
        self.told.get(account).copied().unwrap_or(Overdue::NotHere)
    }

    /// The accounts that are visited today.
    pub(super) fn visited(&self) -> BTreeSet<String> {
        self.done.iter().filter(|done| done.is_visit()).map(|done| done.account.clone()).collect()
    }

    /// Fills the page with what is to be done.
    pub(super) fn fill(mut self, morning: &mut Morning, cells: &AccountCells, notes: &mut Notes) {
        notes.others = self.others;
        // The highest priority first, then the largest sum; without either, by account.
        self.done.sort_by(|one, other| {
            let urgency = |done: &Done| (Reverse(done.priority), Reverse(done.overdue));
            urgency(one).cmp(&urgency(other)).then_with(|| one.account.cmp(&other.account))
        });
        for done in &self.done {
            if let Some(role) = &done.approval {
                morning.approvals.push(Approval {
                    account: done.account.clone(),
                    what: format!("{}: {}", action(&done.word, self.language), spoken(&done.treatment)),
                    role: spoken(role),
                    since: None,
                });
            } else if done.is_visit() {
                morning.visits.push(self.visit(done, cells));
            } else {
                morning.due_today.push(Task {
                    account: done.account.clone(),
                    action: action(&done.word, self.language),
                    slot: self.clock(done.slot.as_deref()),
                    amount: done.overdue.map(|minor| Money::from_minor(minor, morning.currency)),
                    why: self.why(done),
                });
            }
        }
        morning.to_look_at = self.to_look_at();
        morning.duties = self.duties.owed();
    }

    /// What a person must look at, the most accounts first.
    fn to_look_at(&self) -> Vec<Counted> {
        let mut all: Vec<(String, u64)> = Vec::new();
        for ((treatment, stage), accounts) in &self.looks {
            let name = match (treatment, self.language) {
                (Some(treatment), _) => spoken(treatment),
                (None, Language::English) => format!("nothing could be decided (stage {})", spoken(stage)),
                (None, Language::Chinese) => format!("无法决策（阶段：{}）", spoken(stage)),
            };
            all.push((name, *accounts));
        }
        all.sort_by_key(|(_, accounts)| Reverse(*accounts));
        all.into_iter().map(|(name, accounts)| Counted { name, figure: Figure::Count(accounts) }).collect()
    }

    fn why(&self, done: &Done) -> String {
        let (treatment, stage) = (spoken(&done.treatment), spoken(&done.stage));
        match self.language {
            Language::English => format!("{treatment} (stage {stage})"),
            Language::Chinese => format!("{treatment}（阶段：{stage}）"),
        }
    }

    /// The clock times of a slot, in the zone of the policy, which is the team's; a slot that cannot be read so as
    /// it is.
    fn clock(&self, slot: Option<&str>) -> Option<String> {
        let slot = slot?;
        let zone = self.policy.head().zone;
        let time = |text: &str| {
            let time = DateTime::parse_from_str(text, "%Y-%m-%dT%H:%M%:z").ok()?;
            Some(time.with_timezone(&zone).format("%H:%M").to_string())
        };
        let clock = slot.split_once('/').and_then(|(from, until)| Some(format!("{}-{}", time(from)?, time(until)?)));
        Some(clock.unwrap_or_else(|| slot.to_owned()))
    }

    fn visit(&self, done: &Done, cells: &AccountCells) -> Visit {
        let treatment = self.policy.treatments().iter().find(|treatment: &&Treatment| treatment.name == done.treatment);
        let hazard = cells.flag(&done.account, HAZARD);
        let mut needs = treatment.map(|treatment| visit_needs(treatment, self.language)).unwrap_or_default();
        if hazard.is_none() && cells.has(HAZARD) {
            let unknown = match self.language {
                Language::English => "danger not known: ask first",
                Language::Chinese => "有无危险不明：先核实",
            };
            needs.insert(0, unknown.to_owned());
        }
        let area = cells.text(&done.account, AREA).map_or_else(|| "-".to_owned(), str::to_owned);
        let (account, slot) = (done.account.clone(), self.clock(done.slot.as_deref()));
        Visit { area, account, slot, needs, hazard: hazard == Some(true) }
    }
}

impl Done {
    fn is_visit(&self) -> bool {
        self.approval.is_none() && self.word == Verb::Visit.word()
    }
}

/// A name of a policy with spaces.
fn spoken(name: &str) -> String {
    name.replace('_', " ")
}
