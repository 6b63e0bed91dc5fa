//! Whether a contact may be made, for people.

use super::prose::{hanging, paragraph, title};
use super::screen;
use super::to_tell::to_tell_lines;
use super::under::{answered, binding, clock, rule_text, under_text, zone};
use super::week::week_text;
use arrears::guardrail::{Answer, Decisive, Inquiry, Permission, PermittedDay, Presumption, Telling};
use arrears::policy::pack::Citation;
use arrears::{Law, Pack};
use chrono::{DateTime, FixedOffset};

/// An answer, and what it was asked about.
pub(crate) struct Permitted<'p> {
    /// What was asked.
    pub(crate) inquiry: &'p Inquiry,
    /// The law.
    pub(crate) law: &'p Law,
    /// The answer.
    pub(crate) permission: Permission,
    /// The days ahead.
    pub(crate) days: Vec<PermittedDay>,
    /// How to tell what is not known.
    pub(crate) to_tell: Vec<Telling>,
    /// Whether the case was told on the command line.
    pub(crate) in_words: bool,
}

/// The answer, part by part.
pub(crate) fn permission_text(permitted: &Permitted<'_>) -> String {
    let parts = [
        permitted.heading(),
        permitted.against(),
        permitted.lifted(),
        permitted.presumed(),
        permitted.counted(),
        permitted.beside(),
        permitted.not_known(),
        permitted.ahead(),
    ];
    parts.concat()
}

impl Permitted<'_> {
    /// The packs that bind.
    pub(crate) fn packs(&self) -> Vec<&Pack> {
        let standing = &self.inquiry.standing;
        let day = self.days.first().map_or_else(|| self.inquiry.proposed.at.date_naive(), |day| day.date);
        binding(self.law, standing, day)
    }

    /// Rules of these packs that bind nobody, as they are not enabled.
    pub(crate) fn idle(&self) -> Vec<&Citation> {
        self.law.not_enabled(self.packs())
    }

    fn heading(&self) -> String {
        let Inquiry { standing, proposed, .. } = self.inquiry;
        let whom = proposed.recipient.as_ref().map_or(String::new(), |who| format!(" to {who}"));
        let zone = standing.zones.first().map_or(String::new(), |zone| format!(", {zone}"));
        let asked = format!("{}{whom}, {}{zone}", proposed.channel.word(), self.clock(proposed.at));
        let mut text = format!("{}  {}\n", answered(self.permission.answer), screen::printable(&asked));
        text.push_str(&under_text(self.law, &self.packs()));
        text
    }

    fn against(&self) -> String {
        let mut rules: Vec<&Decisive> = self.permission.rules.iter().collect();
        rules.sort_by_key(|rule| std::cmp::Reverse(rule.answer));
        let debts = self.inquiry.standing.debts.len() > 1;
        let lines = rules.iter().map(|rule| rule_text(2, rule, debts));
        section("What stands against it", lines.collect())
    }

    fn lifted(&self) -> String {
        let lines = self.permission.lifted.iter();
        let lines = lines.map(|lifted| hanging("  ", 4, &format!("{} by {}", lifted.rule, lifted.by)));
        section("What was lifted", lines.collect())
    }

    fn presumed(&self) -> String {
        let presumed = match self.permission.presumption {
            None => return String::new(),
            Some(Presumption::Compliance) => "that the limits on how often are kept".to_owned(),
            Some(Presumption::Violation) => {
                let rebuttal = match self.permission.rebuttal {
                    Some(true) => "; the stated reason may rebut that",
                    Some(false) => "; the stated reason does not rebut that",
                    None => "",
                };
                format!("that the limits on how often are broken{rebuttal}")
            }
        };
        section("What the law presumes", vec![paragraph(2, &presumed)])
    }

    fn counted(&self) -> String {
        let lines = self.permission.counts.iter().map(|used| {
            let over = if i64::from(used.counted) > used.limit { " (exceeded)" } else { "" };
            hanging("  ", 4, &format!("{}: {} of {} {}{over}", used.rule, used.counted, used.limit, used.class))
        });
        section("What counts, this contact included", lines.collect())
    }

    fn beside(&self) -> String {
        section("To be said beside it", self.permission.flags.iter().map(|flag| paragraph(2, flag)).collect())
    }

    fn not_known(&self) -> String {
        section("What is not known, and where to tell it", to_tell_lines(&self.to_tell, self.in_words))
    }

    fn ahead(&self) -> String {
        let Permission { answer, earliest, earliest_unblocked, .. } = &self.permission;
        let when = match (answer, earliest, earliest_unblocked) {
            (Answer::Allow, ..) => "permitted now".to_owned(),
            (_, Some(earliest), _) => format!("permitted from {} on, if nothing else happens", self.clock(*earliest)),
            (Answer::Block, None, Some(unblocked)) => {
                format!("nothing blocks it from {} on; a person must look then too", self.clock(*unblocked))
            }
            (Answer::Block, None, None) => "not within a year, if nothing else happens".to_owned(),
            (Answer::Review, None, _) => "once a person has looked, or what is not known is told".to_owned(),
        };
        let mut text = title("When");
        text.push_str(&paragraph(2, &when));
        match self.zone() {
            Some(zone) => {
                text.push('\n');
                text.push_str(&week_text(self.law, &self.packs(), zone, &self.days));
            }
            None => text.push_str(&paragraph(2, "no hours can be drawn where no time zone is known")),
        }
        text
    }

    /// The person's first zone.
    fn zone(&self) -> Option<chrono_tz::Tz> {
        zone(&self.inquiry.standing)
    }

    /// A moment by the clock of the person's first zone.
    fn clock(&self, at: DateTime<FixedOffset>) -> String {
        clock(&self.inquiry.standing, at)
    }
}

pub(super) fn section(heading: &str, lines: Vec<String>) -> String {
    if lines.is_empty() { String::new() } else { format!("{}{}", title(heading), lines.concat()) }
}
