//! The morning briefing: what a team needs to know of a decided book, on one page.

mod action;
mod amounts;
mod document;
mod html;
mod markdown;
mod page;
mod text;
mod visit_needs;
mod written;

pub use action::action;
pub use document::{FORMAT, TARGETS_FORMAT, targets};
pub use page::{Page, Section};
pub use visit_needs::visit_needs;

use crate::Language;
use amounts::{amount_text, code, optional_amount_text};
use arrears::{Currency, Money};
use chrono::NaiveDate;
use serde::Serialize;

/// What a morning briefing is made of. A host fills it from last night's decisions and yesterday's results; an
/// empty list is a section that is left out. Accounts are named by their numbers only: the page lies on tables.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "format", rename = "arrears-morning/1")]
pub struct Morning {
    /// The language.
    pub language: Language,
    /// The day.
    pub on: NaiveDate,
    /// Whose morning it is.
    pub team: String,
    /// The currency of every amount.
    #[serde(serialize_with = "code")]
    pub currency: Currency,
    /// What is to be done today, most urgent first.
    pub due_today: Vec<Task>,
    /// Promises whose day is today.
    pub promises_today: Vec<Promised>,
    /// Promises whose day was yesterday, and whose money did not come.
    pub broken_yesterday: Vec<Promised>,
    /// Money that came in on accounts of people who are late.
    pub inflows: Vec<Inflow>,
    /// Visits, by area.
    pub visits: Vec<Visit>,
    /// What waits for somebody's approval.
    pub approvals: Vec<Approval>,
    /// Targets, and how far the team is.
    pub targets: Vec<Target>,
    /// Yesterday's results.
    pub yesterday: Vec<Counted>,
    /// What a person must look at, because nothing can be decided without that.
    pub to_look_at: Vec<Counted>,
    /// What the bank owes people by a day, the most urgent first.
    pub duties: Vec<DutyOwed>,
    /// Rules that stopped something, the most accounts first.
    pub stopped: Vec<Stopped>,
    /// What the page cannot tell and why, or what its numbers leave out: lines at its foot.
    pub notes: Vec<String>,
}

/// One thing to be done.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Task {
    /// The account.
    pub account: String,
    /// What is done: the action of the decision.
    pub action: String,
    /// Earliest and latest time, as the decision's slot has it; none: all day.
    pub slot: Option<String>,
    /// What is asked for; none: nothing is.
    #[serde(serialize_with = "optional_amount_text")]
    pub amount: Option<Money>,
    /// Why: the treatment, or what made it urgent.
    pub why: String,
}

/// A promise to pay.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Promised {
    /// The account.
    pub account: String,
    /// The amount; none: the promise named none.
    #[serde(serialize_with = "optional_amount_text")]
    pub amount: Option<Money>,
    /// How many were broken before.
    pub broken_before: u32,
}

/// Money that came in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Inflow {
    /// The account.
    pub account: String,
    /// What came in.
    #[serde(serialize_with = "amount_text")]
    pub amount: Money,
    /// What is still overdue; none: it is not known.
    #[serde(serialize_with = "optional_amount_text")]
    pub overdue: Option<Money>,
    /// The day on which it came.
    pub on: NaiveDate,
}

/// A visit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Visit {
    /// Where: a district, never an address.
    pub area: String,
    /// The account.
    pub account: String,
    /// When; none: all day.
    pub slot: Option<String>,
    /// What it needs and shows: see [`visit_needs`].
    pub needs: Vec<String>,
    /// Whether a danger is on record.
    pub hazard: bool,
}

/// Something that waits for approval.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Approval {
    /// The account.
    pub account: String,
    /// What is to be approved.
    pub what: String,
    /// Whose approval it needs.
    pub role: String,
    /// Since when it waits; none: since this morning, or nobody wrote it down.
    pub since: Option<NaiveDate>,
}

/// A duty of the bank, and the accounts on which it is owed by the same day.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct DutyOwed {
    /// The duty.
    pub duty: String,
    /// In how many days it must be done: 0 is today, below 0 is late by so many; none: it has no day. Of several
    /// accounts, the least.
    pub days_left: Option<i64>,
    /// Whether there is more time on some of the accounts.
    pub or_more: bool,
    /// Whether a person must look whether it is owed, because something is not known.
    pub review: bool,
    /// How many accounts.
    pub accounts: u64,
}

/// A rule of law or of the house that stopped something.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Stopped {
    /// The rule.
    pub rule: String,
    /// Where it stands in the law; empty for a rule of the house.
    pub cites: String,
    /// Accounts of which it stopped something.
    pub accounts: u64,
    /// Those of them for which nothing else is done today.
    pub left_alone: u64,
}

/// A target.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Target {
    /// What is measured.
    pub name: String,
    /// What was meant to be reached.
    pub wanted: Figure,
    /// What was reached so far.
    pub reached: Figure,
}

/// A result of yesterday.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Counted {
    /// What is counted.
    pub name: String,
    /// How much of it there was.
    pub figure: Figure,
}

/// A number with its unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Figure {
    /// So many.
    Count(u64),
    /// Money.
    #[serde(serialize_with = "amount_text")]
    Money(Money),
    /// So many of so many. Of none there is no share.
    Share {
        /// So many.
        part: u64,
        /// Of so many.
        of: u64,
    },
}

impl Morning {
    /// A morning of which nothing is told yet.
    pub fn new(language: Language, on: NaiveDate, team: impl Into<String>, currency: Currency) -> Self {
        Self {
            language,
            on,
            team: team.into(),
            currency,
            due_today: Vec::new(),
            promises_today: Vec::new(),
            broken_yesterday: Vec::new(),
            inflows: Vec::new(),
            visits: Vec::new(),
            approvals: Vec::new(),
            targets: Vec::new(),
            yesterday: Vec::new(),
            to_look_at: Vec::new(),
            duties: Vec::new(),
            stopped: Vec::new(),
            notes: Vec::new(),
        }
    }

    /// The briefing as text, for a screen of ordinary width.
    pub fn text(&self) -> String {
        self.page().text()
    }

    /// The briefing as Markdown.
    pub fn markdown(&self) -> String {
        self.page().markdown()
    }

    /// The briefing as a page of HTML that needs nothing else, and prints on one sheet of A4.
    pub fn html(&self) -> String {
        self.page().html()
    }
}
