//! The morning briefing: what a team needs to know of a decided book, on one page.

mod html;
mod markdown;
mod page;
mod text;
mod visit_needs;

pub use page::{Page, Section};
pub use visit_needs::visit_needs;

use crate::Language;
use arrears::Money;
use chrono::NaiveDate;

/// What a morning briefing is made of. A host fills it from last night's decisions and yesterday's results; an
/// empty list is a section that is left out. Accounts are named by their numbers only: the page lies on tables.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Morning {
    /// The language.
    pub language: Language,
    /// The day.
    pub on: NaiveDate,
    /// Whose morning it is.
    pub team: String,
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
}

/// One thing to be done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Task {
    /// The account.
    pub account: String,
    /// What is done: the action of the decision.
    pub action: String,
    /// Earliest and latest time, as the decision's slot has it; none: all day.
    pub slot: Option<String>,
    /// What is asked for; none: nothing is.
    pub amount: Option<Money>,
    /// Why: the treatment, or what made it urgent.
    pub why: String,
}

/// A promise to pay.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Promised {
    /// The account.
    pub account: String,
    /// The amount; none: the promise named none.
    pub amount: Option<Money>,
    /// How many were broken before.
    pub broken_before: u32,
}

/// Money that came in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Inflow {
    /// The account.
    pub account: String,
    /// What came in.
    pub amount: Money,
    /// What is overdue.
    pub overdue: Money,
    /// The day on which it came.
    pub on: NaiveDate,
}

/// A visit.
#[derive(Clone, Debug, PartialEq, Eq)]
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
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Approval {
    /// The account.
    pub account: String,
    /// What is to be approved.
    pub what: String,
    /// Whose approval it needs.
    pub role: String,
    /// Since when it waits.
    pub since: NaiveDate,
}

/// A target.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Target {
    /// What is measured.
    pub name: String,
    /// What was meant to be reached.
    pub wanted: Figure,
    /// What was reached so far.
    pub reached: Figure,
}

/// A result of yesterday.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Counted {
    /// What is counted.
    pub name: String,
    /// How much of it there was.
    pub figure: Figure,
}

/// A number with its unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Figure {
    /// So many.
    Count(u64),
    /// Money.
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
    pub fn new(language: Language, on: NaiveDate, team: impl Into<String>) -> Self {
        Self {
            language,
            on,
            team: team.into(),
            due_today: Vec::new(),
            promises_today: Vec::new(),
            broken_yesterday: Vec::new(),
            inflows: Vec::new(),
            visits: Vec::new(),
            approvals: Vec::new(),
            targets: Vec::new(),
            yesterday: Vec::new(),
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
