//! A plan of attempts, for people.

use super::permission::section;
use super::prose::{hanging, named, paragraph};
use super::screen;
use super::tables::{Column, table};
use super::under::{answered, binding, clock, rule_text, under_text};
use crate::show::plural;
use arrears::guardrail::{Attempts, Inquiry, LeftOut, NumberPlanned};
use arrears::{Law, Pack};
use chrono::Timelike;

/// A plan of attempts, and what it was asked about.
pub(crate) struct Planned<'p> {
    /// What was asked.
    pub(crate) inquiry: &'p Inquiry,
    /// The law.
    pub(crate) law: &'p Law,
    /// The attempts.
    pub(crate) attempts: Attempts,
}

/// The plan, part by part.
pub(crate) fn attempts_text(planned: &Planned<'_>) -> String {
    [planned.heading(), planned.made(), planned.left_out(), planned.afterwards()].concat()
}

impl Planned<'_> {
    /// The packs that bind on the day of the first attempt; of a plan without any, on that of the contact.
    pub(crate) fn packs(&self) -> Vec<&Pack> {
        let Inquiry { standing, proposed, .. } = self.inquiry;
        let first = self.attempts.attempts.first().map(|attempt| attempt.at);
        let at = first.unwrap_or(proposed.at);
        let day = super::under::zone(standing).map_or(at.date_naive(), |zone| at.with_timezone(&zone).date_naive());
        binding(self.law, standing, day)
    }

    fn heading(&self) -> String {
        let Inquiry { standing, proposed, .. } = self.inquiry;
        let count = plural(self.attempts.attempts.len(), "attempt", "attempts");
        let whom = proposed.recipient.as_ref().map_or(String::new(), |who| format!(" to {who}"));
        let zone = standing.zones.first().map_or(String::new(), |zone| format!(", {zone}"));
        let from = clock(standing, proposed.at);
        let asked = format!("{count} of {}{whom}, from {from}{zone}", proposed.channel.word());
        let answer = answered(self.attempts.answer());
        format!("{answer}  {}\n{}", screen::printable(&asked), under_text(self.law, &self.packs()))
    }

    fn made(&self) -> String {
        let rows = self.attempts.attempts.iter().map(|attempt| {
            let form = if attempt.at.second() == 0 { "%H:%M" } else { "%H:%M:%S" };
            let (date, time) = (attempt.at.format("%a %Y-%m-%d"), attempt.at.format(form));
            let number = screen::printable(&attempt.number);
            vec![
                format!("  {date}"),
                time.to_string(),
                attempt.at.format("%:z").to_string(),
                number,
                attempt.kind.clone(),
            ]
        });
        let rows: Vec<Vec<String>> = rows.collect();
        if rows.is_empty() {
            return String::new();
        }
        let words = |heading| (heading, Column::Words(0));
        let columns = ["  date", "time", "from UTC", "number", "kind"].map(words);
        section("Attempts, if nobody answers", vec![table(&columns, rows)])
    }

    fn left_out(&self) -> String {
        let numbers = self.attempts.numbers.iter();
        let lines = numbers.filter_map(|number| number.left_out.as_ref().map(|why| self.reason(number, why)));
        section("Numbers at which nothing is attempted", lines.collect())
    }

    fn reason(&self, number: &NumberPlanned, why: &LeftOut) -> String {
        let mut text = hanging("  ", 4, &format!("{}  {}", number.number, number.kind));
        match why {
            LeftOut::NotKnown { missing } => text.push_str(&named(4, "not known", &missing.join(", "))),
            LeftOut::Result { result, after, at_least, at_most } => {
                let times = if at_least == at_most { at_least.to_string() } else { format!("{at_least} to {at_most}") };
                let said = format!("{times} of its attempts ended with {result}: the plan leaves it out after {after}");
                text.push_str(&paragraph(4, &said));
                if at_least < after {
                    let said = "of some calls the number or the result is not told, so that they may be of these";
                    text.push_str(&paragraph(4, said));
                }
            }
            LeftOut::Rules { at, rules, missing, earliest, .. } => {
                let standing = &self.inquiry.standing;
                text.push_str(&paragraph(4, &format!("at the first moment of the plan, {}:", clock(standing, *at))));
                let debts = standing.debts.len() > 1;
                text.push_str(&rules.iter().map(|rule| rule_text(4, rule, debts)).collect::<String>());
                if rules.is_empty() {
                    text.push_str(&named(4, "not known", &missing.join(", ")));
                }
                let when = match earliest {
                    Some(earliest) => format!("permitted from {} on, outside the plan", clock(standing, *earliest)),
                    None => "no moment at which it is permitted can be named".to_owned(),
                };
                text.push_str(&paragraph(4, &when));
            }
            LeftOut::Over => {
                text.push_str(&paragraph(4, "the plan has no moment left: its days, times or counts are used up"))
            }
            LeftOut::Taken => text.push_str(&paragraph(4, "attempts at the other numbers leave no room for it")),
        }
        text
    }

    fn afterwards(&self) -> String {
        if self.attempts.attempts.is_empty() {
            return String::new();
        }
        let said = format!(
            "any other result than {}, and any attempt that is not made at its moment: plan again with what happened in the history",
            self.attempts.goes_on_after
        );
        section("What ends the plan", vec![paragraph(2, &said)])
    }
}
