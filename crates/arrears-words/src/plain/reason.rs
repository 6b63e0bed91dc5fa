//! Components and reasons of a statement in words that everybody knows.

use crate::{Language, written};
use arrears::Money;
use arrears::account::Component;
use arrears_owed::interest::Rate;
use arrears_owed::statement::{Line, Reason};

/// What an amount is for.
pub(super) const fn component(component: Component, language: Language) -> &'static str {
    match (language, component) {
        (Language::English, Component::Principal) => "borrowed or spent",
        (Language::English, Component::Interest) => "interest",
        (Language::English, Component::Penalty) => "interest for being late",
        (Language::English, Component::Fee) => "fees",
        (Language::English, Component::Cost) => "costs of court and recovery",
        (Language::Chinese, Component::Principal) => "借用或消费的金额",
        (Language::Chinese, Component::Interest) => "利息",
        (Language::Chinese, Component::Penalty) => "逾期利息",
        (Language::Chinese, Component::Fee) => "费用",
        (Language::Chinese, Component::Cost) => "诉讼和追讨费用",
    }
}

/// Why a line is there.
pub(super) fn reason(line: &Line, language: Language, money: impl Fn(i64) -> Money) -> String {
    let english = language == Language::English;
    let what =
        line.component.map_or(if english { "money we hold for you" } else { "我们代您保管的款项" }, |found| {
            component(found, language)
        });
    let (en, zh) = match line.reason {
        Reason::Scheduled => ("part of an instalment", "分期中的一部分"),
        Reason::ScheduledSoFar => ("of the next instalment, for the days so far", "下一期至今的部分"),
        Reason::Invoiced => ("asked for by an invoice", "账单要求支付"),
        Reason::StatementBalance => ("asked for by a statement, with all before it", "对账单要求支付，含此前全部"),
        Reason::InStatement => ("in a statement", "在对账单中"),
        Reason::ContractInterest => ("as agreed in the contract", "按合同约定"),
        Reason::PenaltyInterest => ("because something was late", "因为晚还"),
        Reason::LateFee => ("because a payment was late", "因为晚还"),
        Reason::Adjusted => ("what is asked for was changed", "应还金额有调整"),
        Reason::Paid => ("you paid", "您已支付"),
        Reason::PaidAhead => ("from money we held for you", "用代您保管的款项抵扣"),
        Reason::Credited => ("we took it off", "我们已减免"),
        Reason::GivenBack => ("given back to you", "已退还给您"),
        Reason::WrittenOff => ("we no longer ask for it", "不再要求支付"),
        Reason::WriteOffReversed => ("we ask for it again", "重新要求支付"),
        _ => ("see the account", "见账户明细"),
    };
    let mut words = if english { format!("{what}: {en}") } else { format!("{what}：{zh}") };
    if let (Some(from), Some(to)) = (line.from, line.to) {
        let days = to.signed_duration_since(from).num_days();
        words.push_str(&if english { format!(", {days} days") } else { format!("，{days}天") });
    }
    if let Some(rate) = line.rate {
        words.push_str(&rate_words(rate, language));
    }
    if let Some(balance) = line.balance {
        let amount = written::amount(money(balance), language);
        let beside = if line.rate.is_some() { " on" } else { ", on" };
        words.push_str(&if english { format!("{beside} {amount}") } else { format!("，按{amount}计算") });
    }
    if line.capped_by != 0 {
        let amount = written::amount(money(line.capped_by), language);
        words.push_str(&if english {
            format!("; a limit made it {amount} less")
        } else {
            format!("；因上限少收{amount}")
        });
    }
    if let Some(why) = &line.why {
        words.push_str(&if english { format!("; {why}") } else { format!("；{why}") });
    }
    words
}

fn rate_words(rate: Rate, language: Language) -> String {
    // A hundred-millionth is a millionth of a per cent.
    let parts = rate.parts().get();
    let decimals = format!("{:06}", parts.rem_euclid(1_000_000));
    let decimals = decimals.trim_end_matches('0');
    let point = if decimals.is_empty() { "" } else { "." };
    let percent = format!("{}{point}{decimals}%", parts.div_euclid(1_000_000));
    match (language, rate) {
        (Language::English, Rate::Annual(_)) => format!(" at {percent} a year"),
        (Language::English, Rate::Daily(_)) => format!(" at {percent} a day"),
        (Language::Chinese, Rate::Annual(_)) => format!("，年利率{percent}"),
        (Language::Chinese, Rate::Daily(_)) => format!("，日利率{percent}"),
    }
}
