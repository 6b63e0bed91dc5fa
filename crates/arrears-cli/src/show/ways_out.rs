//! What can be arranged, as tables.

use super::owed::{amount, delay_table, set};
use super::plural;
use super::tables::Column;
use arrears::Money;
use arrears::account::{ArrangementStanding, InstalmentKept};
use arrears_owed::arrangement::{Affordable, Menu, Offer, OfferRules, Performance, Performing, Plan, WaysOut};

const WORDS: Column = Column::Words(0);
const NUMBERS: Column = Column::Numbers(0);

/// What can be arranged: the sum, what stops the roll, plans, settlements, and what delay costs.
pub(crate) fn ways_out_text(ways: &WaysOut, rules: &OfferRules, role: Option<&str>, markdown: bool) -> String {
    let whole = |minor: i64| Money::from_minor(minor, ways.currency);
    let mut text = format!("{} owes {} on {}", ways.account_id, whole(ways.total), ways.as_of);
    text.push_str(&format!("; {} bring it up to date.\n", whole(ways.to_be_current)));
    if let Some(roll) = &ways.roll {
        let (least, bucket) = (whole(roll.least), roll.bucket);
        text.push_str(&format!(
            "On {} it rolls out of bucket {bucket}: {least} of what instalments ask for, paid by {}, stop it.\n",
            roll.rolls_on, roll.pay_by
        ));
    }
    text.push('\n');
    match (&ways.affordable, &rules.plans) {
        (_, None) => text.push_str("No plans are offered.\n"),
        (None, Some(_)) => {
            text.push_str("What can be afforded is not known, so no plan is offered: --means says what is stated.\n");
        }
        (Some(affordable), Some(_)) => text.push_str(&afforded(ways, affordable, markdown)),
    }
    if let Some(menu) = &ways.menu {
        text.push_str(&plans(ways, menu, markdown));
    }
    text.push_str(&ways.proposed.as_ref().map_or_else(String::new, |offer| proposed(ways, offer)));
    text.push_str(&settlements(ways, rules, role, markdown));
    for (arrangement, performance) in ways.arrangements.iter().zip(&ways.performance) {
        text.push_str(&kept(ways, arrangement, performance, markdown));
    }
    text.push_str("\nWhat delay costs\n\n");
    text.push_str(&delay_table(&ways.delay, markdown));
    text
}

/// The instalments of a plan.
pub(crate) fn schedule_text(ways: &WaysOut, plan: &Plan, markdown: bool) -> String {
    let money = |minor: i64| amount(minor, plan.currency);
    let whole = |minor: i64| Money::from_minor(minor, plan.currency);
    let count = plural(plan.instalments.len(), "instalment", "instalments");
    let mut text = format!(
        "{} repays {} in {count} from {}: {} in all, of which {} are interest.\n\n",
        ways.account_id,
        whole(plan.amount),
        plan.agreed_on,
        whole(plan.total),
        whole(plan.cost)
    );
    let columns = [
        ("number", NUMBERS),
        ("due on", WORDS),
        ("amount", NUMBERS),
        ("interest", NUMBERS),
        ("principal", NUMBERS),
        ("left", NUMBERS),
    ];
    let rows = plan.instalments.iter().zip(1..).map(|(one, number): (_, usize)| {
        vec![
            number.to_string(),
            one.due_on.to_string(),
            money(one.amount),
            money(one.interest),
            money(one.principal),
            money(one.left),
        ]
    });
    text.push_str(&set(&columns, rows.collect(), markdown));
    text
}

fn afforded(ways: &WaysOut, affordable: &Affordable, markdown: bool) -> String {
    let whole = |minor: i64| Money::from_minor(minor, ways.currency);
    let mut text = if affordable.short_by > 0 {
        format!("What is stated falls short by {} a month: no plan can be kept.\n\n", whole(affordable.short_by))
    } else {
        format!("{} a month can be afforded.\n\n", whole(affordable.monthly))
    };
    let mut rows: Vec<Vec<String>> =
        affordable.lines.iter().map(|line| vec![line.what.clone(), amount(line.amount, ways.currency)]).collect();
    let left = affordable.monthly.saturating_sub(affordable.short_by);
    rows.push(vec!["left".to_owned(), amount(left, ways.currency)]);
    text.push_str(&set(&[("stated", WORDS), (ways.currency.code(), NUMBERS)], rows, markdown));
    text
}

fn plans(ways: &WaysOut, menu: &Menu, markdown: bool) -> String {
    let money = |minor: i64| amount(minor, ways.currency);
    let mut text = String::from("\nPlans\n\n");
    if menu.offers.is_empty() {
        text.push_str("None is offered.\n");
    } else {
        let columns = [
            ("choice", NUMBERS),
            ("months", NUMBERS),
            ("a month", NUMBERS),
            ("last", NUMBERS),
            ("last day", WORDS),
            ("total", NUMBERS),
            ("cost", NUMBERS),
            ("to spare", NUMBERS),
        ];
        let rows = menu.offers.iter().zip(1..).map(|(offer, choice): (_, usize)| {
            let (first, last) = (offer.plan.instalments.first(), offer.plan.instalments.last());
            vec![
                choice.to_string(),
                offer.months.to_string(),
                money(first.map_or(0, |first| first.amount)),
                money(last.map_or(0, |last| last.amount)),
                last.map_or_else(String::new, |last| last.due_on.to_string()),
                money(offer.plan.total),
                money(offer.plan.cost),
                money(offer.spare),
            ]
        });
        text.push_str(&set(&columns, rows.collect(), markdown));
    }
    if !menu.refused.is_empty() {
        text.push('\n');
        let rows = menu.refused.iter().map(|one| vec![one.months.to_string(), one.why.clone()]);
        text.push_str(&set(&[("months", NUMBERS), ("not offered", WORDS)], rows.collect(), markdown));
    }
    text
}

/// The plan of the instalment that was proposed.
fn proposed(ways: &WaysOut, offer: &Offer) -> String {
    let whole = |minor: i64| Money::from_minor(minor, ways.currency);
    let (plan, count) = (&offer.plan, plural(offer.plan.instalments.len(), "instalment", "instalments"));
    let last = plan
        .instalments
        .last()
        .map_or_else(String::new, |last| format!("the last, {}, falls due on {}", whole(last.amount), last.due_on));
    let (each, total, cost) = (whole(plan.each()), whole(plan.total), whole(plan.cost));
    format!("\nProposed: {each} a month repays it in {count}; {last}. {total} in all, of which {cost} are interest.\n")
}

fn settlements(ways: &WaysOut, rules: &OfferRules, role: Option<&str>, markdown: bool) -> String {
    if let Some(why) = &ways.no_settlement {
        return format!("\nNo settlement: {why}.\n");
    }
    let Some(how) = rules.settlement.as_ref().filter(|_| !ways.settlements.is_empty()) else { return String::new() };
    let money = |minor: i64| amount(minor, ways.currency);
    let columns = [
        ("accepted", NUMBERS),
        ("let go", NUMBERS),
        ("may be approved by", WORDS),
        ("stands until", WORDS),
        ("parts", NUMBERS),
    ];
    let rows = ways.settlements.iter().map(|offer| {
        vec![
            money(offer.accepted),
            money(offer.let_go),
            offer.authority.clone(),
            offer.stands_until.to_string(),
            offer.parts.len().to_string(),
        ]
    });
    let mut text = format!("\nSettlements\n\n{}", set(&columns, rows.collect(), markdown));
    if let Some(role) = role {
        text.push('\n');
        for offer in &ways.settlements {
            let accepted = Money::from_minor(offer.accepted, ways.currency);
            text.push_str(&match offer.needs(how, role) {
                None => format!("{role} may accept {accepted}.\n"),
                Some(needed) => format!("To accept {accepted} {role} needs the approval of {needed}.\n"),
            });
        }
    }
    text
}

fn kept(ways: &WaysOut, arrangement: &ArrangementStanding, performance: &Performance, markdown: bool) -> String {
    let whole = |minor: i64| Money::from_minor(minor, ways.currency);
    let stands = match (arrangement.ended_on, arrangement.is_paid()) {
        (_, true) => "paid in full".to_owned(),
        (Some(day), false) => format!("ended on {day}, {} were still to be paid", whole(arrangement.left)),
        (None, false) => match arrangement.missed() {
            0 => format!("in force, {} still to be paid", whole(arrangement.left)),
            missed => format!(
                "in force, {} not paid, {} still to be paid",
                plural(missed, "instalment", "instalments"),
                whole(arrangement.left)
            ),
        },
    };
    let mut text = format!("\nArrangement of {}: {stands}.\n", arrangement.made_on);
    if performance.performing == Performing::Broken {
        text.push_str("It is broken: what is owed is the old debt, less what was paid.\n");
    }
    if performance.to_resume > 0 {
        text.push_str(&format!("Nothing is missed any more once {} come in.\n", whole(performance.to_resume)));
    }
    if let Some(day) = arrangement.next_missed_on.filter(|_| arrangement.is_active()) {
        text.push_str(&format!("The next instalment is missed on {day} if it is not paid before.\n"));
    }
    text.push('\n');
    let rows = arrangement.instalments.iter().map(|(part, kept)| {
        let word = match kept {
            InstalmentKept::Open => "open",
            InstalmentKept::InTime => "in time",
            InstalmentKept::Late => "late",
            InstalmentKept::InPart => "in part",
            InstalmentKept::Missed => "missed",
        };
        vec![part.due_on.to_string(), part.amount.to_string(), word.to_owned()]
    });
    text.push_str(&set(&[("due on", WORDS), ("amount", NUMBERS), ("paid", WORDS)], rows.collect(), markdown));
    text
}
