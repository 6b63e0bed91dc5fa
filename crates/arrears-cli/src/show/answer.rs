//! What a regulatory regime answers.

use super::numbers::grouped;
use super::prose::{named, paragraph, title};
use super::tables::{Column, wrapped};
use super::{plural, screen};
use arrears::account::Amount;
use arrears_owed::answer::{Answer, Found, Tested};
use arrears_owed::finding::Met;

const WORDS: Column = Column::Words(0);
const NUMBERS: Column = Column::Numbers(0);

/// The answer: what was found first, then the rule that decided and how it is known, then facts for a policy.
pub(crate) fn answer_text(answer: &Answer) -> String {
    let mut text = found_text(&answer.found);
    let rule = &answer.rule;
    text.push_str(&title(&screen::printable(&format!("{} ({})", rule.rule, answer.regime))));
    text.push_str(&paragraph(2, &rule.says));
    text.push_str(&paragraph(2, &rule.cites));
    let known = format!("  {}, certainty {}", rule.basis, rule.certainty);
    text.push_str(&match rule.enabled_by_hand {
        true => format!("{known}; {}\n", screen::noted(&format!("{}, enabled by hand", rule.status))),
        false => format!("{known}; in force\n"),
    });
    text.push_str(&named(2, "not covered", &rule.not_covered));
    if !answer.facts.is_empty() {
        text.push_str(&title("Facts for a policy"));
        for (name, value) in &answer.facts {
            text.push_str(&paragraph(2, &format!("{name} = {value}")));
        }
    }
    text
}

fn found_text(found: &Found) -> String {
    match found {
        Found::Class { class, rank, classes, best_allowed, why, charge_off, charge_off_untold } => {
            let at_best = if *best_allowed { ", at best: a bank may class worse, never better" } else { "" };
            let place = rank.saturating_add(1);
            let mut text = paragraph(
                0,
                &format!("{class}{at_best} (class {place} of {}: {}).", classes.len(), classes.join(", ")),
            );
            text.push_str(&paragraph(0, &format!("{why}.")));
            if let Some(by) = charge_off {
                let enabled = if by.enabled_by_hand { ", enabled by hand" } else { "" };
                text.push_str(&paragraph(0, &format!("Charged off by {} if it stays unpaid: {}.", by.by, by.why)));
                text.push_str(&paragraph(2, &format!("{}{enabled}: {}", by.rule, by.cites)));
            }
            if let Some(why) = charge_off_untold {
                text.push_str(&paragraph(0, &format!("By when it is charged off is not told: {why}.")));
            }
            text
        }
        Found::Shares { currency, shares, unallocated, free } => {
            let money = |amount: &Amount| grouped(amount.to_string());
            let columns = [("to", WORDS), ("owed", NUMBERS), (currency.code(), NUMBERS), ("why it stands here", WORDS)];
            let rows = shares.iter().map(|share| {
                let to = if share.disputed { format!("{}, in dispute", share.to) } else { share.to.clone() };
                vec![screen::printable(&to), money(&share.owed), money(&share.amount), screen::printable(&share.why)]
            });
            let rows = rows.chain([vec!["left over".to_owned(), String::new(), money(unallocated), String::new()]]);
            let mut text = wrapped(&columns, rows.collect());
            for names in free {
                let free =
                    format!("The rule leaves the order free among {}: the order given counts.", names.join(", "));
                text.push_str(&paragraph(0, &free));
            }
            text
        }
        Found::Permission { allowed, findings, rested_on } => {
            let mut text = format!("{}\n\n{}", permitted(*allowed), findings_table(findings));
            if let Some(on) = rested_on {
                text.push_str(&format!("\nThe tests of earlier re-ages are met from {on} on.\n"));
            }
            text
        }
        Found::Elements { all, findings, earliest, demand_on } => {
            let all = match all {
                Met::Met => "Every objective element is there.",
                Met::NotMet => "Not every objective element is there.",
                Met::Unknown => "Whether every objective element is there is not known.",
            };
            let mut text = format!("{all} Nothing is found of intent.\n\n{}", findings_table(findings));
            if let Some(on) = earliest {
                let demand = demand_on.map_or_else(String::new, |demand| format!(", after a demand on {demand}"));
                text.push_str(&format!("\nThey can be there from {on} on{demand}.\n"));
            }
            text
        }
        Found::Limitation { last_day, days_left, interrupted_by: _, runs_from: _, may_interrupt, why } => {
            let left = match days_left {
                0 => "today is the last day".to_owned(),
                days if *days < 0 => {
                    let days = usize::try_from(days.unsigned_abs()).unwrap_or(usize::MAX);
                    format!("it ran out {} ago", plural(days, "day", "days"))
                }
                days => {
                    let days = usize::try_from(*days).unwrap_or(usize::MAX);
                    format!("{} left", plural(days, "day", "days"))
                }
            };
            let mut text = paragraph(0, &format!("A claim can be enforced until {last_day}: {left}."));
            text.push_str(&paragraph(0, &format!("{why}.")));
            let words: Vec<String> = may_interrupt.iter().map(|word| word.replace('_', " ")).collect();
            text.push_str(&paragraph(0, &format!("It begins anew with: {}.", words.join(", "))));
            text
        }
    }
}

fn permitted(allowed: Met) -> String {
    match allowed {
        Met::Met => screen::good("permitted"),
        Met::NotMet => screen::bad("refused"),
        Met::Unknown => screen::noted("not permitted: something is not known"),
    }
}

pub(super) fn findings_table(findings: &[Tested]) -> String {
    let rows = findings
        .iter()
        .map(|tested| vec![tested.of.replace('_', " "), tested.met.word().to_owned(), screen::printable(&tested.why)]);
    wrapped(&[("condition", WORDS), ("found", WORDS), ("why", WORDS)], rows.collect())
}
