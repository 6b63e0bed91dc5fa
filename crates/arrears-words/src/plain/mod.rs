//! A statement in plain words: how much, by when, and what it is made of.

mod reason;
mod wrapped;

use crate::{Language, written};
use arrears::Money;
use arrears::account::Component;
use arrears_owed::statement::Statement;
use std::collections::BTreeMap;
use wrapped::{beside, wrapped};

/// Columns of a telephone's screen.
const COLUMNS: usize = 40;

/// A statement in plain words, in lines of at most forty columns (a Chinese character takes two).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlainStatement {
    short: Vec<String>,
    lines: Vec<String>,
}

impl PlainStatement {
    /// Puts a statement into plain words.
    ///
    /// First stands one sum and its day: what brings the account up to date today; where nothing is late, what
    /// falls due next; where nothing falls due, what is open in all. Then what that sum is made of.
    pub fn of(statement: &Statement, language: Language) -> Self {
        let words = Words { statement, language };
        Self { short: words.short(), lines: words.lines() }
    }

    /// The answer to *how much do I owe?*, at most twenty lines.
    pub fn short(&self) -> &[String] {
        &self.short
    }

    /// Every line of the statement with its day, its amount and its reason.
    pub fn lines(&self) -> &[String] {
        &self.lines
    }

    /// The short form and every line.
    pub fn text(&self) -> String {
        let mut all = self.short.join("\n");
        all.push_str("\n\n");
        all.push_str(&self.lines.join("\n"));
        all.push('\n');
        all
    }
}

struct Words<'a> {
    statement: &'a Statement,
    language: Language,
}

impl Words<'_> {
    fn say(&self, english: &'static str, chinese: &'static str) -> &'static str {
        match self.language {
            Language::English => english,
            Language::Chinese => chinese,
        }
    }

    fn money(&self, minor: i64) -> Money {
        Money::from_minor(minor, self.statement.currency)
    }

    fn amount(&self, minor: i64) -> String {
        written::amount(self.money(minor), self.language)
    }

    fn short(&self) -> Vec<String> {
        let owed = self.statement;
        let mut out = Vec::new();
        let today = written::day(owed.as_of, self.language);
        let next = owed.next.filter(|next| next.on > owed.as_of && next.amount > 0);
        if owed.to_be_current > 0 {
            self.pay(&mut out, owed.to_be_current, &today);
            self.made_of(&mut out, &owed.overdue_by_component);
            let due_today = owed.to_be_current.saturating_sub(owed.overdue);
            if due_today != 0 && !owed.overdue_by_component.is_empty() {
                out.extend(beside(self.say("  due today", "  今天到期"), &self.amount(due_today), COLUMNS));
            }
            if owed.days_past_due > 0 {
                let days = owed.days_past_due;
                out.push(match self.language {
                    Language::English => format!("Late for {days} {}.", if days == 1 { "day" } else { "days" }),
                    Language::Chinese => format!("已晚{days}天。"),
                });
            }
        } else if let Some(next) = next {
            self.pay(&mut out, next.amount, &written::day(next.on, self.language));
            out.extend(wrapped(self.say("Nothing is late.", "没有晚还的款项。"), COLUMNS));
        } else if owed.total > 0 {
            out.extend(wrapped(self.say("Nothing is to be paid now.", "目前没有要还的款项。"), COLUMNS));
        } else {
            out.extend(wrapped(self.say("You owe nothing.", "您没有欠款。"), COLUMNS));
        }
        out.push(String::new());
        if owed.total < 0 {
            out.extend(beside(
                self.say("We owe you", "我们应退还您"),
                &self.amount(owed.total.saturating_neg()),
                COLUMNS,
            ));
        } else {
            let label = self.say("All that is open today", "今天全部结清需要");
            out.extend(beside(label, &self.amount(owed.total), COLUMNS));
            if owed.to_be_current == 0 {
                self.made_of(&mut out, &owed.by_component);
            }
        }
        if owed.held != 0 {
            // Money that is held makes less of what is open.
            let held = owed.held.saturating_abs();
            out.extend(beside(self.say("  of yours that we hold", "  代您保管"), &self.amount(held), COLUMNS));
        }
        out
    }

    fn pay(&self, out: &mut Vec<String>, amount: i64, day: &str) {
        out.extend(beside(self.say("Please pay", "请还款"), &self.amount(amount), COLUMNS));
        out.extend(beside(self.say("by", "最迟"), day, COLUMNS));
    }

    fn made_of(&self, out: &mut Vec<String>, parts: &BTreeMap<Component, i64>) {
        for (component, minor) in parts {
            let label = format!("  {}", reason::component(*component, self.language));
            out.extend(beside(&label, &self.amount(*minor), COLUMNS));
        }
    }

    fn lines(&self) -> Vec<String> {
        let mut out = Vec::new();
        for line in &self.statement.lines {
            out.extend(beside(&written::day(line.on, self.language), &self.amount(line.amount), COLUMNS));
            let words = reason::reason(line, self.language, |minor| self.money(minor));
            out.extend(wrapped(&format!("  {words}"), COLUMNS));
        }
        out
    }
}
