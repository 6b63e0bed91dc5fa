//! A briefing laid out: headings, and rows of cells, as many as fit on one page.

use super::{DutyOwed, Figure, Morning, Promised};
use crate::{Language, written};
use arrears::Money;

/// Rows of all sections together that fit on one sheet.
const ROWS: usize = 44;

/// A briefing laid out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Page {
    /// The language.
    pub language: Language,
    /// The title.
    pub title: String,
    /// The sections, in order; none is empty.
    pub sections: Vec<Section>,
    /// Lines at the foot.
    pub notes: Vec<String>,
}

/// A section of a briefing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Section {
    /// Its heading, with how many there are where each row is one thing to know of.
    pub heading: String,
    /// The heads of its columns.
    pub columns: Vec<&'static str>,
    /// Its rows, as many as fit.
    pub rows: Vec<Vec<String>>,
    /// How many did not fit.
    pub more: usize,
    /// The columns of numbers, which stand flush right.
    pub numbers: Vec<usize>,
}

impl Page {
    /// What is said of rows that did not fit.
    pub(super) fn more(&self, more: usize) -> String {
        match self.language {
            Language::English => format!("and {more} more"),
            Language::Chinese => format!("另有{more}条"),
        }
    }

    /// What stands in an empty briefing.
    pub(super) const fn nothing(&self) -> &'static str {
        match self.language {
            Language::English => "Nothing is due today.",
            Language::Chinese => "今天没有待办事项。",
        }
    }
}

impl Morning {
    /// The briefing laid out. Where not all rows fit on a page, each section keeps its first ones, and says how
    /// many more there are.
    pub fn page(&self) -> Page {
        let title = match self.language {
            Language::English => format!("Morning briefing, {}: {}", self.team, written::day(self.on, self.language)),
            Language::Chinese => format!("晨会简报（{}）：{}", self.team, written::day(self.on, self.language)),
        };
        let mut sections: Vec<Section> =
            self.sections().into_iter().filter(|section| !section.rows.is_empty()).collect();
        let lengths: Vec<usize> = sections.iter().map(|section| section.rows.len()).collect();
        for (section, kept) in sections.iter_mut().zip(shared(&lengths, ROWS)) {
            section.more = section.rows.len().saturating_sub(kept);
            section.rows.truncate(kept);
        }
        Page { language: self.language, title, sections, notes: self.notes.clone() }
    }

    fn say(&self, english: &'static str, chinese: &'static str) -> &'static str {
        match self.language {
            Language::English => english,
            Language::Chinese => chinese,
        }
    }

    fn section(
        &self,
        heading: &str,
        (columns, numbers): (Vec<&'static str>, &[usize]),
        rows: Vec<Vec<String>>,
    ) -> Section {
        let heading = match self.language {
            Language::English => format!("{heading} ({})", rows.len()),
            Language::Chinese => format!("{heading}（{}）", rows.len()),
        };
        Section { heading, columns, rows, more: 0, numbers: numbers.to_vec() }
    }

    /// A section whose rows are figures, so that nobody asks how many there are.
    fn listed(
        &self,
        heading: &str,
        (columns, numbers): (Vec<&'static str>, &[usize]),
        rows: Vec<Vec<String>>,
    ) -> Section {
        Section { heading: heading.to_owned(), ..self.section("", (columns, numbers), rows) }
    }

    fn money(&self, money: Money) -> String {
        written::amount(money, self.language)
    }

    /// By when a duty must be done.
    fn by_when(&self, duty: &DutyOwed) -> String {
        let (english, chinese) = match duty.days_left {
            _ if duty.review => ("a person must look whether it is owed".to_owned(), "须由专人核实".to_owned()),
            None => ("no day is set".to_owned(), "未定期限".to_owned()),
            Some(0) => ("today".to_owned(), "今天".to_owned()),
            Some(1) => ("tomorrow".to_owned(), "明天".to_owned()),
            Some(-1) if !duty.or_more => ("LATE by 1 day".to_owned(), "已逾期1天".to_owned()),
            Some(days) if days < 0 => {
                let (days, (up_to, most)) =
                    (days.unsigned_abs(), if duty.or_more { ("up to ", "最多") } else { ("", "") });
                (format!("LATE by {up_to}{days} days"), format!("{most}已逾期{days}天"))
            }
            Some(days) if duty.or_more => (format!("in {days} days or later"), format!("{days}天后或更晚")),
            Some(days) => (format!("in {days} days"), format!("{days}天内")),
        };
        if self.language == Language::English { english } else { chinese }
    }

    fn figure(&self, figure: Figure) -> String {
        match figure {
            Figure::Count(count) => count.to_string(),
            Figure::Money(money) => self.money(money),
            Figure::Share { part, of } => {
                let tenths = u128::from(part).saturating_mul(1000).checked_div(u128::from(of));
                tenths
                    .map_or_else(|| "-".to_owned(), |tenths| format!("{}.{}% ({part}/{of})", tenths / 10, tenths % 10))
            }
        }
    }

    fn sections(&self) -> Vec<Section> {
        let account = self.say("account", "账户");
        let amount = self.say("amount", "金额");
        let or_none = |money: Option<Money>| money.map_or_else(|| "-".to_owned(), |money| self.money(money));
        let all_day = |slot: &Option<String>| slot.clone().unwrap_or_else(|| self.say("all day", "全天").to_owned());
        let promised = |one: &Promised| vec![one.account.clone(), or_none(one.amount), one.broken_before.to_string()];
        let of_promises = || (vec![account, amount, self.say("broken before", "此前失约")], [1, 2].as_slice());
        let mut visits: Vec<&super::Visit> = self.visits.iter().collect();
        visits.sort_by(|one, other| one.area.cmp(&other.area));
        vec![
            self.listed(
                self.say("Targets", "目标"),
                (vec![self.say("measure", "指标"), self.say("wanted", "目标"), self.say("so far", "至今")], &[1, 2]),
                self.targets
                    .iter()
                    .map(|one| vec![one.name.clone(), self.figure(one.wanted), self.figure(one.reached)])
                    .collect(),
            ),
            self.listed(
                self.say("Yesterday", "昨日结果"),
                (vec![self.say("result", "结果"), self.say("figure", "数值")], &[1]),
                self.yesterday.iter().map(|one| vec![one.name.clone(), self.figure(one.figure)]).collect(),
            ),
            self.section(
                self.say("Money came in", "资金到账"),
                (vec![account, amount, self.say("overdue", "逾期金额"), self.say("on", "日期")], &[1, 2]),
                self.inflows
                    .iter()
                    .map(|one| {
                        let on = written::day(one.on, self.language);
                        vec![one.account.clone(), self.money(one.amount), or_none(one.overdue), on]
                    })
                    .collect(),
            ),
            self.section(
                self.say("Promised for today", "今日应兑现的承诺"),
                of_promises(),
                self.promises_today.iter().map(promised).collect(),
            ),
            self.section(
                self.say("Broken yesterday", "昨日失约"),
                of_promises(),
                self.broken_yesterday.iter().map(promised).collect(),
            ),
            self.section(
                self.say("Visits by area", "上门（按区域）"),
                (vec![self.say("area", "区域"), account, self.say("when", "时间"), self.say("needs", "需要")], &[]),
                visits
                    .iter()
                    .map(|one| {
                        let danger = self.say("DANGER ON RECORD: not without approval", "有危险记录：未经批准不得上门");
                        let mut needs: Vec<&str> = if one.hazard { vec![danger] } else { Vec::new() };
                        needs.extend(one.needs.iter().map(String::as_str));
                        let needs = if needs.is_empty() { "-".to_owned() } else { needs.join(self.say(", ", "、")) };
                        vec![one.area.clone(), one.account.clone(), all_day(&one.slot), needs]
                    })
                    .collect(),
            ),
            self.section(
                self.say("Waiting for approval", "待审批"),
                (vec![account, self.say("what", "事项"), self.say("by", "审批人"), self.say("since", "自")], &[]),
                self.approvals
                    .iter()
                    .map(|one| {
                        let since = one.since.unwrap_or(self.on);
                        let since = written::day(since, self.language);
                        vec![one.account.clone(), one.what.clone(), one.role.clone(), since]
                    })
                    .collect(),
            ),
            self.listed(
                self.say("A person must look", "须由专人处理"),
                (vec![self.say("what", "事项"), self.say("accounts", "账户数")], &[1]),
                self.to_look_at.iter().map(|one| vec![one.name.clone(), self.figure(one.figure)]).collect(),
            ),
            self.listed(
                self.say("Owed by the bank", "银行应履行的义务"),
                (vec![self.say("duty", "义务"), self.say("by", "期限"), self.say("accounts", "账户数")], &[2]),
                self.duties
                    .iter()
                    .map(|one| vec![one.duty.clone(), self.by_when(one), one.accounts.to_string()])
                    .collect(),
            ),
            self.listed(
                self.say("Stopped by a rule", "被规则阻止"),
                (
                    vec![
                        self.say("rule", "规则"),
                        self.say("where it stands", "出处"),
                        self.say("accounts", "账户数"),
                        self.say("nothing else today", "今日无其他行动"),
                    ],
                    &[2, 3],
                ),
                self.stopped
                    .iter()
                    .map(|one| {
                        let cites = if one.cites.is_empty() {
                            self.say("house rule", "内部规定").to_owned()
                        } else {
                            one.cites.clone()
                        };
                        vec![one.rule.clone(), cites, one.accounts.to_string(), one.left_alone.to_string()]
                    })
                    .collect(),
            ),
            self.section(
                self.say("Due today", "今日待办"),
                (
                    vec![
                        account,
                        self.say("action", "行动"),
                        self.say("when", "时间"),
                        amount,
                        self.say("why", "原因"),
                    ],
                    &[3],
                ),
                self.due_today
                    .iter()
                    .map(|one| {
                        vec![
                            one.account.clone(),
                            one.action.clone(),
                            all_day(&one.slot),
                            or_none(one.amount),
                            one.why.clone(),
                        ]
                    })
                    .collect(),
            ),
        ]
    }
}

/// Shares rows among sections: the short ones keep all, the long ones divide what is left.
fn shared(lengths: &[usize], rows: usize) -> Vec<usize> {
    let mut kept = vec![0_usize; lengths.len()];
    let mut left = rows;
    loop {
        let open = kept.iter().zip(lengths).filter(|(kept, length)| kept < length).count();
        if open == 0 || left == 0 {
            return kept;
        }
        let each = (left / open).max(1);
        for (kept, length) in kept.iter_mut().zip(lengths) {
            let more = (length - *kept).min(each).min(left);
            *kept += more;
            left -= more;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn a_page_is_never_over_full_and_has_no_room_left_while_rows_wait(lengths in proptest::collection::vec(0_usize..200, 0..9)) {
            let kept = shared(&lengths, ROWS);
            let all: usize = lengths.iter().sum();
            prop_assert_eq!(kept.iter().sum::<usize>(), all.min(ROWS));
            for (kept, length) in kept.iter().zip(&lengths) {
                prop_assert!(kept <= length);
                prop_assert!(*kept > 0 || *length == 0);
            }
        }
    }
}
