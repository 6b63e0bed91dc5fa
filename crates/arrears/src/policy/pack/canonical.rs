//! The canonical form of a pack, from which its hash is taken: what binds, and nothing else.

use super::{After, Citation, ContactClass, DayHours, DeadlineSpan, Limit, Pack, Window};
use crate::policy::canonical::{Canon, sorted, write_sorted};
use serde_json::{Value, json};

impl Pack {
    /// The canonical form: JSON with sorted keys, from which the hash is taken. Spans,
    /// comments, citations and words for people do not count.
    pub fn canonical(&self) -> String {
        let body = &self.body;
        let canon = Canon::of_pack(self);
        let class = |at: &usize| body.classes.get(*at).map(|class| class.name.clone());
        let limit = |limit: &Limit| self.canonical_limit(limit);
        let head = &body.head;
        let value = json!({
            "format": "arrears-pack/1",
            "name": head.name, "jurisdiction": head.jurisdiction,
            "from": head.from, "to": head.to, "calendar": head.calendar,
            "thresholds": sorted(body.thresholds.iter().zip(self.values.iter()).map(|(threshold, value)| {
                json!([threshold.name, threshold.kind, value])
            })),
            "classes": sorted(body.classes.iter().map(|class| class_of(&canon, class))),
            "consents": sorted(body.consents.iter().map(|kind| {
                json!([kind.name, kind.given_to, kind.days.as_ref().map(|days| canon.num(days)), kind.ends_with.as_ref().and_then(class)])
            })),
            "rules": sorted(body.rules.iter().map(|rule| {
                let when = rule.when.as_ref().map(|when| canon.cond(when));
                let unless = rule.unless.as_ref().map(|unless| canon.cond(unless));
                json!([cited(&rule.citation), rule.part, when, unless, limit(&rule.limit), rule.review, rule.presumes, rule.rebutted_by])
            })),
            "exceptions": sorted(body.exceptions.iter().map(|item| {
                json!([cited(&item.citation), canon.cond(&item.when), item.lifts])
            })),
            "remarks": sorted(body.remarks.iter().map(|remark| json!([remark.name, canon.cond(&remark.when)]))),
            "deadlines": sorted(body.deadlines.iter().map(|deadline| {
                let (unit, days) = match &deadline.span {
                    DeadlineSpan::Days(days) => ("days", days),
                    DeadlineSpan::WorkingDays(days) => ("working_days", days),
                };
                json!([deadline.name, deadline.after, unit, canon.num(days)])
            })),
            "messages": sorted(body.messages.iter().map(|form| {
                json!([form.name, form.needs, form.may, form.left_for, form.channel])
            })),
            "procedures": sorted(body.procedures.iter().map(|item| json!([item.name, canon.cond(&item.when)]))),
            "duties": sorted(body.duties.iter().map(|(duty, citation)| {
                json!([cited(citation), canon.cond(&duty.when), duty.verb.word(), canon.details(&duty.details)])
            })),
        });
        let mut text = String::new();
        write_sorted(&value, &mut text);
        text
    }
}

impl Pack {
    /// A limit in canonical form.
    pub(in crate::policy) fn canonical_limit(&self, limit: &Limit) -> Value {
        let body = &self.body;
        let canon = Canon::of_pack(self);
        let class = |at: &usize| body.classes.get(*at).map(|class| class.name.clone());
        match limit {
            Limit::Refuse => json!("refuse"),
            Limit::KeepHours(week) => json!(["hours", week.days.map(hours), week.holidays.map(hours)]),
            Limit::AtMost { times, class: of, window, after, lifted_by } => {
                let window = match window {
                    Window::Days(days) => json!(canon.num(days)),
                    Window::Month => json!("month"),
                    Window::Ever => json!("ever"),
                };
                let (after, lifted_by) = (after.as_ref().and_then(class), lifted_by.as_ref().and_then(class));
                json!(["at_most", canon.num(times), class(of), window, after, lifted_by])
            }
            Limit::Rest { after: After::Class(of), days } => json!(["rest", class(of), canon.num(days)]),
            Limit::Rest { after: After::Event(fact), days } => json!(["rest", [canon.fact(*fact)], canon.num(days)]),
        }
    }
}

impl<'a> Canon<'a> {
    /// With the names of a pack.
    pub(in crate::policy) fn of_pack(pack: &'a Pack) -> Self {
        Self { inputs: &pack.body.inputs, thresholds: &pack.body.thresholds, types: &[], treatments: &[] }
    }
}

fn hours(hours: DayHours) -> Value {
    match hours {
        DayHours::Closed => json!("none"),
        DayHours::Open(period) => json!([period.from, period.to]),
    }
}

fn cited(citation: &Citation) -> Value {
    json!([citation.rule, citation.status.word(), citation.strength.word(), citation.from, citation.to])
}

fn class_of(canon: &Canon<'_>, class: &ContactClass) -> Value {
    let same = class.same;
    let discussed = class.about == super::About::Discussed;
    json!([
        class.name,
        canon.cond(&class.when),
        [same.person, same.debt, same.number, same.address],
        discussed,
        class.one_account
    ])
}
