//! Options: which keys a statement or verb may carry, and what their values are.

use super::names::one_of;
use super::thresholds::number_of;
use super::wording::{describe, shown};
use super::{Checker, Phase};
use crate::condition::{Named, Num, Term, TermKind};
use crate::draft::{Keyword, OptionKind, OptionOwner, OptionSpec, Options, Statement, VerbCall, options_of};
use crate::number::Kind;
use crate::policy::{ClockPeriod, Detail};
use crate::problem::{Problem, nearest};
use chrono::NaiveDate;
use std::collections::BTreeMap;

impl Checker<'_> {
    /// Checks the options of a statement.
    pub(crate) fn check_options(&mut self, statement: &Statement) {
        let owner = OptionOwner::Statement(statement.keyword);
        let what = format!("`{}`", statement.keyword);
        self.check_keys(owner, &what, &statement.options);
        for spec in options_of(owner).filter(|spec| spec.required) {
            if statement.option(spec.key).is_none() && !misspelt(statement, spec.key) {
                let problem = Problem::error("P209", format!("{what} needs `{}`", spec.key))
                    .at(statement.name_span(), "missing here")
                    .help(format!("`{}`: {}", spec.key, spec.meaning));
                self.report(problem);
            }
        }
    }

    /// Checks the options of a verb.
    pub(crate) fn check_verb_options(&mut self, owner: OptionOwner, call: &VerbCall) {
        let what = format!("`{}`", call.verb.text);
        self.check_keys(owner, &what, &call.options);
    }

    /// Reports options without which a verb says nothing.
    pub(crate) fn needs_options(&mut self, owner: OptionOwner, call: &VerbCall) -> bool {
        let mut complete = true;
        for spec in options_of(owner).filter(|spec| spec.required && call.option(spec.key).is_none()) {
            complete = false;
            if !is_meant(owner, &call.options, spec.key) {
                let problem = Problem::error("P209", format!("`{}` needs `{}`", call.verb.text, spec.key))
                    .at(call.verb.span, "missing here")
                    .help(format!("`{}`: {}", spec.key, spec.meaning));
                self.report(problem);
            }
        }
        complete
    }

    fn check_keys(&mut self, owner: OptionOwner, what: &str, options: &Options) {
        let mut seen: Vec<&str> = Vec::new();
        for (key, value) in options {
            if seen.contains(&key.text.as_str()) {
                let problem =
                    Problem::error("P103", format!("the option `{}` is written twice", key.text)).at(key.span, "again");
                self.report(problem);
            }
            seen.push(&key.text);
            match options_of(owner).find(|spec| spec.key == key.text) {
                Some(spec) => self.check_value(spec, value),
                None => {
                    let keys: Vec<&str> = options_of(owner).map(|spec| spec.key).collect();
                    let mut problem = Problem::error("P110", format!("{what} has no option `{}`", key.text))
                        .at(key.span, "unknown option")
                        .nearest(key.span, &key.text, keys.iter().copied());
                    if problem.help.is_none() {
                        problem = problem.help(format!("it has {}", keys.join(", ")));
                    }
                    self.report(problem);
                }
            }
        }
    }

    fn check_value(&mut self, spec: &OptionSpec, value: &Term) {
        let wanted = match spec.kind {
            OptionKind::Text | OptionKind::Treatment | OptionKind::Stage | OptionKind::Event
                if value.as_text().is_none() =>
            {
                "a text"
            }
            OptionKind::Date => {
                self.date(value);
                return;
            }
            OptionKind::Clock => {
                self.clock(value);
                return;
            }
            OptionKind::Flag if !matches!(value.kind, TermKind::Flag(_)) => "`true` or `false`",
            OptionKind::Count | OptionKind::Days if written_out(spec.key) => {
                if points(value).is_some_and(|number| number >= 1) {
                    return;
                }
                "a whole number from 1"
            }
            OptionKind::Count | OptionKind::Days if !is_number_or_name(value) => "a whole number or a threshold",
            OptionKind::Points if !points(value).is_some_and(|points| (-9..=9).contains(&points)) => {
                "a whole number from -9 to 9"
            }
            OptionKind::Texts | OptionKind::Stages | OptionKind::Facts if !is_texts(value) => "a list of texts",
            OptionKind::Numbers if !is_numbers(value) => "a list of whole numbers",
            OptionKind::Shows if !is_shows(value) => "texts by language: #{ zh: \"...\", en: \"...\" }",
            OptionKind::Word(words) => {
                self.check_word(spec.key, value, words);
                return;
            }
            OptionKind::Words(words) => match &value.kind {
                TermKind::List(items) => {
                    for item in items {
                        self.check_word(spec.key, item, words);
                    }
                    return;
                }
                _ => "a list of texts",
            },
            _ => return,
        };
        let problem = Problem::error("P208", format!("`{}` takes {wanted}", spec.key))
            .at(value.span, format!("{} found", describe(&value.kind)))
            .help(format!("`{}`: {}", spec.key, spec.meaning));
        self.report(problem);
    }

    fn check_word(&mut self, key: &str, value: &Term, words: &[&str]) {
        let word = value.as_text().unwrap_or_default();
        if words.contains(&word) {
            return;
        }
        let problem = Problem::error("P216", format!("`{key}` cannot be {}", shown(value)))
            .at(value.span, "not one of its words");
        let problem = one_of(problem, value.span, word, words);
        self.report(problem);
    }

    /// A date, reported if it is none.
    pub(crate) fn date(&mut self, value: &Term) -> Option<NaiveDate> {
        let date = value.as_text().and_then(|text| NaiveDate::parse_from_str(text, "%Y-%m-%d").ok());
        if date.is_none() {
            let problem = Problem::error("P317", format!("{} is not a date", shown(value)))
                .at(value.span, "not a date")
                .help("dates are written \"2026-11-01\"");
            self.report(problem);
        }
        date
    }

    /// A clock time or period, reported if it is none. A time without an end lasts an hour.
    pub(crate) fn clock(&mut self, value: &Term) -> Option<ClockPeriod> {
        let backwards = value
            .as_text()
            .and_then(|text| text.split_once('-'))
            .is_some_and(|(from, to)| clock_minutes(from).zip(clock_minutes(to)).is_some_and(|(from, to)| from >= to));
        if backwards {
            let problem = Problem::error("P211", "the period ends before it begins").at(value.span, "empty");
            self.report(problem);
            return None;
        }
        let period = value.as_text().and_then(clock_period);
        if period.is_none() {
            let problem = Problem::error("P318", format!("{} is not a clock time", shown(value)))
                .at(value.span, "not a time of day")
                .help("times are written \"15:00\", periods \"15:00-17:30\"");
            self.report(problem);
        }
        period
    }

    /// A number that an option gives: written out or a threshold.
    pub(crate) fn option_number(&mut self, value: Option<&Term>, kind: Kind) -> Option<Num> {
        let value = value.filter(|value| is_number_or_name(value))?;
        if let TermKind::Name(name) = &value.kind
            && self.threshold(name).is_none()
        {
            if !self.declared.is_broken(Keyword::Threshold, name) {
                let names = self.declared.names(Keyword::Threshold);
                let problem = Problem::error("P208", format!("`{name}` is not a threshold"))
                    .at(value.span, "expected a number or a threshold")
                    .nearest(value.span, name, names);
                self.report(problem);
            }
            return None;
        }
        self.num(value, kind, Phase::Facts)
    }

    /// The options of a verb, as they are kept.
    pub(crate) fn details(&mut self, options: &Options) -> BTreeMap<String, Detail> {
        options.iter().filter_map(|(key, value)| Some((key.text.clone(), self.detail(value)?))).collect()
    }

    fn detail(&mut self, value: &Term) -> Option<Detail> {
        Some(match &value.kind {
            TermKind::Text(text) => Detail::Text(text.clone()),
            TermKind::Flag(flag) => Detail::Flag(*flag),
            TermKind::Name(name) if self.threshold(name).is_some() => Detail::Threshold(name.clone()),
            TermKind::List(items) => Detail::List(items.iter().filter_map(|item| self.detail(item)).collect()),
            TermKind::Map(entries) => Detail::Map(
                entries.iter().filter_map(|(key, value)| Some((key.text.clone(), self.detail(value)?))).collect(),
            ),
            _ => {
                let number = number_of(value)?;
                if number.scale() == 0 {
                    Detail::Number(i64::try_from(number).ok()?, Kind::Count)
                } else {
                    Detail::Number(crate::number::fixed(number, 6).ok()?, Kind::Ratio)
                }
            }
        })
    }
}

/// Whether an unknown option of the statement is taken for `key`; that was reported.
pub(crate) fn misspelt(statement: &Statement, key: &str) -> bool {
    is_meant(OptionOwner::Statement(statement.keyword), &statement.options, key)
}

/// Whether an unknown option among some is taken for `key`; that was reported.
pub(crate) fn is_meant(owner: OptionOwner, options: &Options, key: &str) -> bool {
    let known: Vec<&str> = options_of(owner).map(|spec| spec.key).collect();
    let meant = |(written, _): &(Named, Term)| {
        !known.contains(&written.text.as_str()) && nearest(&written.text, known.iter().copied()) == Some(key)
    };
    options.iter().any(meant)
}

/// Numbers that the policy keeps as they are written: no threshold stands for them.
fn written_out(key: &str) -> bool {
    matches!(key, "lasts" | "valid_days" | "review_within" | "steps")
}

/// A text option's value, or nothing.
pub(crate) fn text(statement: &Statement, key: &str) -> Option<String> {
    statement.option(key).and_then(Term::as_text).map(str::to_owned)
}

/// Whether a flag option is set.
pub(crate) fn flag(statement: &Statement, key: &str) -> bool {
    matches!(statement.option(key).map(|value| &value.kind), Some(TermKind::Flag(true)))
}

/// The texts of a list option.
pub(crate) fn text_list(value: Option<&Term>) -> Vec<String> {
    let parts = value.map(Term::parts).unwrap_or_default();
    parts.into_iter().filter_map(Term::as_text).map(str::to_owned).collect()
}

/// The texts of a map option by language.
pub(crate) fn shows(statement: &Statement) -> BTreeMap<String, String> {
    match statement.option("shows").map(|value| &value.kind) {
        Some(TermKind::Map(entries)) => {
            entries.iter().filter_map(|(key, value)| Some((key.text.clone(), value.as_text()?.to_owned()))).collect()
        }
        _ => BTreeMap::new(),
    }
}

/// A small whole number: points of a sign.
pub(crate) fn points(value: &Term) -> Option<i64> {
    let number = number_of(value)?;
    if number.scale() > 0 {
        return None;
    }
    i64::try_from(number).ok()
}

fn is_number_or_name(value: &Term) -> bool {
    matches!(value.kind, TermKind::Name(_)) || points(value).is_some_and(|number| number >= 0)
}

fn is_texts(value: &Term) -> bool {
    matches!(&value.kind, TermKind::List(items) if items.iter().all(|item| item.as_text().is_some()))
}

fn is_numbers(value: &Term) -> bool {
    matches!(&value.kind, TermKind::List(items) if items.iter().all(|item| points(item).is_some()))
}

fn is_shows(value: &Term) -> bool {
    matches!(&value.kind, TermKind::Map(entries) if entries.iter().all(|(_, value)| value.as_text().is_some()))
}

/// `15:00` or `15:00-17:30` in minutes after midnight; a time without an end lasts an hour.
pub(crate) fn clock_period(text: &str) -> Option<ClockPeriod> {
    let period = match text.split_once('-') {
        Some((from, to)) => ClockPeriod { from: clock_minutes(from)?, to: clock_minutes(to)? },
        None => {
            let from = clock_minutes(text)?;
            ClockPeriod { from, to: (from + 60).min(24 * 60) }
        }
    };
    (period.from < period.to).then_some(period)
}

/// `15:00` in minutes after midnight; `24:00` is the end of the day.
pub(crate) fn clock_minutes(text: &str) -> Option<u16> {
    let (hours, minutes) = text.trim().split_once(':')?;
    if hours.len() != 2 || minutes.len() != 2 {
        return None;
    }
    let (hours, minutes): (u16, u16) = (hours.parse().ok()?, minutes.parse().ok()?);
    let total = hours * 60 + minutes;
    (minutes < 60 && total <= 24 * 60).then_some(total)
}
