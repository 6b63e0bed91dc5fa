//! Guardrails: what they allow, in which order of versions, and what lifts them.

use super::options::{clock_minutes, clock_period, flag, text, text_list};
use super::wording::shown;
use super::{Checker, Phase};
use crate::condition::{Cond, FactId, Named, Num, NumKind, Term};
use crate::draft::{Keyword, LimitWord, OptionOwner, Statement, VerbCall};
use crate::facts::ParametricKind;
use crate::number::Kind;
use crate::policy::Need;
use crate::policy::pack::{
    After, Basis, Certainty, Citation, DayHours, Exception, Limit, Rule, Status, Strength, WeekHours, Window,
};
use crate::problem::{Problem, nearest};
use crate::span::Span;

/// Which days each key of `keep_hours` names, the least particular first.
const KEYS: [(&str, &[usize]); 6] = [
    ("every_day", &[0, 1, 2, 3, 4, 5, 6]),
    ("mon_sat", &[0, 1, 2, 3, 4, 5]),
    ("mon_fri", &[0, 1, 2, 3, 4]),
    ("sat_sun", &[5, 6]),
    ("sat", &[5]),
    ("sun", &[6]),
];

impl Checker<'_> {
    /// The rules, in the order written.
    pub(crate) fn rules(&mut self) -> Vec<Rule> {
        let mut rules: Vec<Rule> = Vec::new();
        for statement in self.declared.all(Keyword::Guardrail) {
            self.check_options(statement);
            let cond = |checker: &mut Self, term: &Option<Term>| match term {
                None => Some(None),
                Some(term) => {
                    let cond = checker.cond(term, Phase::Contact)?;
                    checker.no_script_in_guardrail(&cond);
                    Some(Some(cond))
                }
            };
            let when = cond(self, &statement.when);
            let unless = cond(self, &statement.unless);
            let review = statement.option("answer").and_then(Term::as_text) == Some("review");
            let limit = statement.act.as_ref().and_then(|call| self.limit(call, review));
            let (Some(when), Some(unless), Some(limit)) = (when, unless, limit) else { continue };
            let rule = Rule {
                part: text(statement, "part"),
                when,
                unless,
                limit,
                review,
                presumes: flag(statement, "presumes"),
                rebutted_by: text_list(statement.option("rebutted_by")),
                citation: self.citation(statement),
                span: statement.name_span(),
            };
            self.no_overlap(&rules, &rule);
            rules.push(rule);
        }
        rules
    }

    /// Reports a version of a rule that is in force on a day on which another is.
    fn no_overlap(&mut self, before: &[Rule], rule: &Rule) {
        let clash = before.iter().find(|other| {
            let same = other.citation.rule == rule.citation.rule && other.part == rule.part;
            let (a, b) = (&other.citation, &rule.citation);
            let apart = a.to.zip(b.from).is_some_and(|(to, from)| to < from)
                || b.to.zip(a.from).is_some_and(|(to, from)| to < from);
            same && !apart
        });
        let Some(other) = clash else { return };
        let name = &rule.citation.rule;
        let problem = Problem::error("P325", format!("two versions of the rule \"{name}\" are in force on one day"))
            .at(rule.span, "this one")
            .at(other.span, "and this one")
            .help("end the earlier with `to:` before the later begins with `from:`, or tell them apart by `part:`");
        self.report(problem);
    }

    /// Reports what a guardrail reads of facts that scripts compute.
    fn no_script_in_guardrail(&mut self, cond: &Cond) {
        let mut reads: Vec<(FactId, Span)> = Vec::new();
        cond.each_fact_at(&mut |id, span| reads.push((id, span)));
        for (id, span) in reads {
            let script = self.vocabulary.get(id).filter(|input| input.need == Need::Script);
            let Some(name) = script.map(|input| input.name.clone()) else { continue };
            let problem = Problem::error("P117", format!("a guardrail reads the script fact `{name}`"))
                .at(span, "computed by a script, which may fail")
                .help("give the fact as a column, or read what the script reads");
            self.report(problem);
        }
    }

    fn limit(&mut self, call: &VerbCall, review: bool) -> Option<Limit> {
        let Some(word) = LimitWord::from_word(&call.verb.text) else {
            let words = LimitWord::ALL.map(LimitWord::word);
            let problem = Problem::error("P128", format!("a guardrail does not `{}`", call.verb.text))
                .at(call.verb.span, "not a limit")
                .nearest(call.verb.span, &call.verb.text, words);
            let problem =
                if problem.help.is_none() { problem.help(format!("limits are {}", words.join(", "))) } else { problem };
            self.report(problem);
            return None;
        };
        let owner = OptionOwner::Limit(word);
        self.check_verb_options(owner, call);
        if !self.needs_options(owner, call) {
            return None;
        }
        match word {
            LimitWord::Refuse => Some(Limit::Refuse),
            LimitWord::KeepHours => self.week(call).map(Limit::KeepHours),
            LimitWord::AtMost => self.at_most(call, review),
            LimitWord::Rest => {
                let after = call.option("after").and_then(|value| self.rests_after(value));
                let days = self.at_least_one(call, "days", Kind::Days);
                Some(Limit::Rest { after: after?, days: days? })
            }
        }
    }

    /// What contact rests after: a class of contacts, or an event.
    fn rests_after(&mut self, value: &Term) -> Option<After> {
        let name = Named::new(value.as_text()?, value.span);
        if self.is_event_of_law(&name.text) {
            let fact = self.parametric(ParametricKind::DaysSince, &name, 0, value.span)?;
            return Some(After::Event(fact));
        }
        self.class(value).map(After::Class)
    }

    fn at_most(&mut self, call: &VerbCall, review: bool) -> Option<Limit> {
        // Above a number of none every contact is looked at: that is no refusal in disguise.
        let times = if review {
            self.option_number(call.option("times"), Kind::Count)
        } else {
            self.at_least_one(call, "times", Kind::Count)
        };
        let class = call.option("of").and_then(|value| self.class(value));
        let after = call.option("after").map(|value| self.class(value));
        let lifted_by = call.option("lifted_by").map(|value| self.class(value));
        let windows: Vec<&str> =
            ["days", "months", "ever"].into_iter().filter(|key| call.option(key).is_some()).collect();
        let window = match windows.as_slice() {
            ["days"] => self.at_least_one(call, "days", Kind::Days).map(Window::Days),
            ["months"] => {
                let one = call.option("months").and_then(super::options::points) == Some(1);
                if !one {
                    self.only("months", "1, the calendar month of the contact", call);
                }
                one.then_some(Window::Month)
            }
            ["ever"] => Some(Window::Ever),
            _ => {
                let problem = Problem::error("P209", "`at_most` needs one window")
                    .at(call.verb.span, if windows.is_empty() { "none here" } else { "several here" })
                    .help("one of `days: 7`, `months: 1`, `ever: true`");
                self.report(problem);
                None
            }
        };
        let after = after.map_or(Some(None), |found| found.map(Some))?;
        let lifted_by = lifted_by.map_or(Some(None), |found| found.map(Some))?;
        Some(Limit::AtMost { times: times?, class: class?, window: window?, after, lifted_by })
    }

    fn only(&mut self, key: &str, what: &str, call: &VerbCall) {
        let span = call.option(key).map_or(call.verb.span, |value| value.span);
        let problem = Problem::error("P208", format!("`{key}` takes {what}")).at(span, "another number");
        self.report(problem);
    }

    /// A number from 1 on. A limit of zero would refuse every contact without saying so.
    fn at_least_one(&mut self, call: &VerbCall, key: &str, kind: Kind) -> Option<Num> {
        let value = call.option(key)?;
        let num = self.option_number(Some(value), kind)?;
        if let NumKind::Literal(number) = num.kind
            && number < 1
        {
            let problem = Problem::error("P326", format!("`{key}` is {number}: no contact would ever be allowed"))
                .at(value.span, "less than 1")
                .help("to refuse every such contact write `do refuse()`");
            self.report(problem);
            return None;
        }
        if let NumKind::Threshold(id) = num.kind {
            let from = self.thresholds.get(id.index()).map(|threshold| threshold.least());
            if from.flatten().is_some_and(|least| least < rust_decimal::Decimal::ONE) {
                let problem = Problem::error("P326", format!("`{key}` may be set below 1"))
                    .at(value.span, "its range begins below 1")
                    .help("let the range of the threshold begin at 1");
                self.report(problem);
                return None;
            }
        }
        Some(num)
    }

    fn week(&mut self, call: &VerbCall) -> Option<WeekHours> {
        let mut week = WeekHours::default();
        let mut whole = true;
        let mut named = false;
        for (key, days) in KEYS {
            let Some(value) = call.option(key) else { continue };
            named = true;
            match self.day_hours(value) {
                Some(hours) => {
                    for day in days {
                        if let Some(slot) = week.days.get_mut(*day) {
                            *slot = hours;
                        }
                    }
                }
                None => whole = false,
            }
        }
        if let Some(value) = call.option("holidays") {
            week.holidays = self.day_hours(value);
            whole &= week.holidays.is_some();
        }
        if !named {
            let problem = Problem::error("P209", "`keep_hours` names no day")
                .at(call.verb.span, "no hours here")
                .help("as in keep_hours(#{ mon_sat: \"08:00-20:00\" })");
            self.report(problem);
            return None;
        }
        whole.then_some(week)
    }

    /// `"08:00-20:00"` or `"none"`.
    fn day_hours(&mut self, value: &Term) -> Option<DayHours> {
        let written = value.as_text()?;
        if written == "none" {
            return Some(DayHours::Closed);
        }
        let ends = written.split_once('-').and_then(|(from, to)| clock_minutes(from).zip(clock_minutes(to)));
        let problem = match ends {
            Some((from, to)) if from >= to => Problem::error("P211", "the hours end before they begin")
                .at(value.span, "empty")
                .help("hours over midnight are two: up to 24:00, and from 00:00 on the next day"),
            Some(_) => return clock_period(written).map(DayHours::Open),
            None => Problem::error("P318", format!("{} are not hours", shown(value)))
                .at(value.span, "expected a period")
                .help("hours are written \"08:00-20:00\", or \"none\""),
        };
        self.report(problem);
        None
    }

    /// What lifts rules. It can only name rules of its own pack.
    pub(crate) fn exceptions(&mut self, rules: &[Rule]) -> Vec<Exception> {
        let mut exceptions = Vec::new();
        for statement in self.declared.all(Keyword::Exception) {
            self.check_options(statement);
            let when = statement.when.as_ref().and_then(|when| self.cond(when, Phase::Contact));
            for item in statement.option("lifts").map(Term::parts).unwrap_or_default() {
                self.lifted(item, rules);
            }
            let Some(when) = when else { continue };
            exceptions.push(Exception {
                when,
                lifts: text_list(statement.option("lifts")),
                citation: self.citation(statement),
                span: statement.name_span(),
            });
        }
        exceptions
    }

    fn lifted(&mut self, item: &Term, rules: &[Rule]) {
        let Some(name) = item.as_text() else { return };
        let names = self.declared.names(Keyword::Guardrail);
        if names.contains(&name) || rules.iter().any(|rule| rule.citation.rule == name) {
            return;
        }
        let problem =
            Problem::error("P129", format!("no rule of this pack is called \"{name}\"")).at(item.span, "lifts nothing");
        let problem = match nearest(name, names) {
            Some(near) => super::names::mended(problem, item.span, near),
            None => problem.help("an exception lifts rules of its own pack, and no others"),
        };
        self.report(problem);
    }

    /// Where a statement of law comes from.
    pub(crate) fn citation(&mut self, statement: &Statement) -> Citation {
        let word = |key: &str| statement.option(key).and_then(Term::as_text);
        let string = |key: &str| text(statement, key).unwrap_or_default();
        let date = |key: &str| {
            // A date that cannot be read was reported with the options.
            word(key).and_then(|text| text.parse::<chrono::NaiveDate>().ok())
        };
        let citation = Citation {
            rule: text(statement, "rule").unwrap_or_else(|| statement.name_text().to_owned()),
            cites: string("cites"),
            basis: word("basis").and_then(Basis::from_word).unwrap_or_default(),
            certainty: word("certainty").and_then(Certainty::from_word).unwrap_or_default(),
            status: word("status").and_then(Status::from_word).unwrap_or_default(),
            strength: word("strength").and_then(Strength::from_word).unwrap_or_default(),
            says: text(statement, "says").or_else(|| text(statement, "why")).unwrap_or_default(),
            not_covered: string("not_covered"),
            from: date("from"),
            to: date("to"),
        };
        if let Some((from, to)) = citation.from.zip(citation.to)
            && from > to
        {
            let span = statement.option("to").map_or(statement.span, |value| value.span);
            let problem = Problem::error("P211", "the rule ends before it begins").at(span, "empty");
            self.report(problem);
        }
        if self.in_pack() {
            for key in ["cites", "basis", "says", "not_covered"] {
                let needed = key == "cites" || matches!(statement.keyword, Keyword::Guardrail);
                if needed && statement.option(key).is_none() {
                    let problem = Problem::error("P209", format!("`{}` needs `{key}` in a pack", statement.keyword))
                        .at(statement.name_span(), "missing here")
                        .help("a rule of law is shipped with its citation and the basis on which it is known");
                    self.report(problem);
                }
            }
            let doubtful = citation.basis == Basis::Recalled || citation.certainty == Certainty::Low;
            if doubtful && citation.status == Status::InForce {
                let problem = Problem::error("P327", "a rule that was not verified is shipped as in force")
                    .at(statement.name_span(), "recalled, or of low certainty")
                    .help("give it `status: \"unverified\"`: a host may enable it by name");
                self.report(problem);
            }
        }
        citation
    }

    /// An event by name, for deadlines: known ones, and the pack's own deadlines.
    pub(crate) fn event_or_deadline(&mut self, value: &Term) -> Option<String> {
        let name = value.as_text()?;
        if self.declared.names(Keyword::Deadline).contains(&name) || self.is_class(name) {
            return Some(name.to_owned());
        }
        self.known_event(crate::facts::ParametricKind::DaysSince, &Named::new(name, value.span))?;
        Some(name.to_owned())
    }
}
