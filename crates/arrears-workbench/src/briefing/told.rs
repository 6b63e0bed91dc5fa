//! What happened since the last morning, in counts, and what the page does not tell.

use arrears::Money;
use arrears_batch::{Lately, Summary};
use arrears_words::Language;
use arrears_words::morning::{Counted, Figure, Morning};
use chrono::NaiveDate;

/// What the lines at the foot say.
#[derive(Clone, Debug)]
pub(super) struct Notes {
    language: Language,
    /// Days with payments of accounts on which nothing is overdue.
    pub(super) paid_up: u64,
    /// Days with payments of accounts that the table does not have.
    pub(super) paid_elsewhere: u64,
    /// The column of areas, if one was named, and whether the table has it.
    pub(super) area: Option<(String, bool)>,
    /// Whether the table says of dangers.
    pub(super) hazard: bool,
    /// Accounts that are spoken of in the contact of another.
    pub(super) rides: u64,
    /// Steps without contact.
    pub(super) others: u64,
}

/// Results since the last morning, of the tables that are given.
pub(super) fn results(told: &Lately, morning: &Morning, language: Language) -> Vec<Counted> {
    let mut all = Vec::new();
    let mut add = |english: &str, chinese: &str, figure| {
        let name = if language == Language::English { english } else { chinese };
        all.push(Counted { name: name.to_owned(), figure });
    };
    if let Some(made) = told.contacts {
        add("contacts tried", "尝试联系", Figure::Count(made.attempts));
        if let Some(part) = made.right_party {
            add("the customer was reached", "联系到本人", Figure::Count(part));
        }
        add("visits made", "已上门", Figure::Count(made.visits));
    }
    if let Some(promises) = &told.promises {
        add("promises made", "新增承诺", Figure::Count(promises.made));
        add("promises kept", "兑现承诺", Figure::Count(promises.kept));
    }
    if told.payments.is_some() {
        let sum = morning.inflows.iter().fold(0_i64, |sum, paid| sum.saturating_add(paid.amount.minor()));
        add("paid on accounts still late", "仍逾期账户的还款", Figure::Money(Money::from_minor(sum, morning.currency)));
    }
    all
}

impl Notes {
    pub(super) const fn new(language: Language) -> Self {
        Self { language, paid_up: 0, paid_elsewhere: 0, area: None, hazard: true, rides: 0, others: 0 }
    }

    /// The lines.
    pub(super) fn lines(self, told: &Lately, summary: &Summary, since: NaiveDate, morning: &Morning) -> Vec<String> {
        let mut lines = Vec::new();
        let mut say = |english: String, chinese: String| {
            lines.push(if self.language == Language::English { english } else { chinese });
        };
        if told.contacts.is_none() {
            say(
                "No table of contacts was given: yesterday's calls and visits are not known.".to_owned(),
                "未提供联系记录表：昨日的联系情况不详。".to_owned(),
            );
        } else if told.contacts.is_some_and(|made| made.right_party.is_none()) {
            say(
                "The table of contacts has no results: how many customers were reached is not known.".to_owned(),
                "联系记录表没有结果列：联系到多少人不详。".to_owned(),
            );
        }
        match &told.promises {
            None => say(
                "No table of promises was given: which fall due or were broken is not known.".to_owned(),
                "未提供承诺表：今日到期和失约情况不详。".to_owned(),
            ),
            Some(promises) => {
                if promises.untold > 0 {
                    let (untold, one) = (promises.untold, if promises.untold == 1 { "promise" } else { "promises" });
                    say(
                        format!("{untold} {one} fell due and the table has no result: kept or broken is not known."),
                        format!("{untold}个到期承诺没有结果：是否兑现不详。"),
                    );
                }
                let away = promises.due.len().saturating_sub(morning.promises_today.len())
                    + promises.broken.len().saturating_sub(morning.broken_yesterday.len());
                if away > 0 {
                    say(
                        format!("Left out: promises of accounts that are not decided today: {away}."),
                        format!("未列出：不在今日决策范围内账户的承诺{away}个。"),
                    );
                }
            }
        }
        if told.payments.is_none() {
            say(
                "No table of payments was given: what came in is not known.".to_owned(),
                "未提供还款表：到账情况不详。".to_owned(),
            );
        }
        if self.paid_up > 0 {
            let count = self.paid_up;
            say(
                format!("Left out: payments on accounts on which nothing is overdue now: {count}."),
                format!("未列出：目前无逾期账户的还款{count}笔。"),
            );
        }
        if self.paid_elsewhere > 0 {
            let count = self.paid_elsewhere;
            say(
                format!("Left out: payments on accounts that are not decided today: {count}."),
                format!("未列出：不在今日决策范围内账户的还款{count}笔。"),
            );
        }
        if !morning.visits.is_empty() {
            match &self.area {
                None => say(
                    "No column of areas was named: visits are not sorted by area.".to_owned(),
                    "未指定区域列：上门未按区域排列。".to_owned(),
                ),
                Some((name, false)) => say(
                    format!("The table has no column `{name}`: visits are not sorted by area."),
                    format!("账户表没有“{name}”列：上门未按区域排列。"),
                ),
                Some((_, true)) => {}
            }
            if !self.hazard {
                say(
                    "The table has no column `hazard`: whether a danger is on record is not known.".to_owned(),
                    "账户表没有“hazard”列：有无危险记录不详。".to_owned(),
                );
            }
        }
        if self.rides > 0 {
            let count = self.rides;
            say(
                format!("Accounts spoken of in the contact about another account of the same person: {count}."),
                format!("与同一客户其他账户一并联系的账户：{count}个。"),
            );
        }
        if self.others > 0 {
            let count = self.others;
            say(
                format!("Steps without a contact, which the systems take (blocks, offers and the like): {count}."),
                format!("无需联系、由系统执行的措施：{count}项。"),
            );
        }
        if summary.errors > 0 {
            let count = summary.errors;
            say(
                format!("Accounts that could not be decided, and are on this page nowhere: {count}."),
                format!("无法决策、未列入本页的账户：{count}个。"),
            );
        }
        if morning.on.pred_opt() != Some(since) {
            let day = |day| arrears_words::written::day(day, self.language);
            say(
                format!("\"Yesterday\" on this page is the time from {} until the day before today.", day(since)),
                format!("本页“昨日”指自{}至昨天。", day(since)),
            );
        }
        lines
    }
}
