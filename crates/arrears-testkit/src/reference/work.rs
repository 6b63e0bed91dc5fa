//! What is done: duties, acts, and whose turn it is among the treatments.

use super::draft::{all, column_part, flag, list, option, text, texts};
use super::outcome::Outcome;
use super::reading::Reading;
use super::value::{Truth, Value};
use arrears::condition::Term;
use arrears::draft::{Keyword, Options, Statement, VerbCall};
use arrears::facts::{Class, Verb, VerbDef};
use std::collections::BTreeSet;

/// What becomes of a treatment's turn.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Turn {
    /// It is chosen, with the number to be tried and the time.
    Chosen(Option<String>, Option<String>),
    /// Its `when` is false, or it was used as often as it may be.
    Passed,
    /// It cannot be had at all.
    Unavailable(&'static str),
    /// A hold stops it.
    Held(String),
    /// It waits for facts.
    Unknown(BTreeSet<String>),
    /// Its `unless` holds.
    Blocked,
    /// It was done too short a time ago.
    Resting,
    /// A result of a contact makes demand rest.
    Paused,
    /// It is stronger than what waits before it.
    TooStrong,
}

/// What is known when work is chosen.
pub struct Work<'r, 'a> {
    /// The account with its types and stage.
    pub reading: &'r Reading<'a>,
    /// Holds that bind, with whether that is certain.
    pub binding: Vec<(&'a Statement, bool)>,
    /// Whether nothing may go ahead.
    pub stopped: bool,
}

/// What the table says of a statement's verb.
pub(super) fn verb_of(statement: &Statement) -> Option<(VerbDef, &VerbCall)> {
    let call = statement.act.as_ref()?;
    Some((Verb::from_word(&call.verb.text)?.def(), call))
}

fn keeps(hold: &Statement, purpose: &str) -> bool {
    texts(&hold.options, "keeps").contains(&purpose)
}

fn stops(hold: &Statement, what: &str) -> bool {
    texts(&hold.options, "stops").contains(&what)
}

impl<'a> Work<'_, 'a> {
    fn truth(&self, when: Option<&Term>, without: bool) -> Truth {
        when.map_or(Some(without), |when| self.reading.truth(when))
    }

    fn missing(&self, when: Option<&Term>) -> BTreeSet<String> {
        let mut missing = BTreeSet::new();
        if let Some(when) = when {
            self.reading.missing(when, &mut missing);
        }
        missing
    }

    fn number(&self, options: &Options, key: &str) -> Option<i64> {
        self.reading.number(option(options, key)?).whole()
    }

    fn class_stopped(&self, class: Class) -> bool {
        self.binding.iter().any(|(hold, _)| stops(hold, class.word()))
    }

    /// Duties: owed, or to be looked at by a person.
    pub fn duties(&self, outcome: &mut Outcome) {
        for duty in all(self.reading.account.draft, Keyword::Duty) {
            let truth = self.truth(duty.when.as_ref(), false);
            let name = duty.name_text();
            let stopping = |hold: &Statement| {
                stops(hold, name) || (stops(hold, "required_notice") && !keeps(hold, "required_notice"))
            };
            let certain: Vec<bool> =
                self.binding.iter().filter(|(hold, _)| stopping(hold)).map(|(_, certain)| *certain).collect();
            if truth == Some(false) || certain.contains(&true) {
                continue;
            }
            outcome.missing.extend(self.missing(duty.when.as_ref()));
            let Some((_, call)) = verb_of(duty) else { continue };
            if truth.is_none() || !certain.is_empty() {
                outcome.duties.push(format!("{name} (review)"));
                outcome.flags.insert("duty_unreadable");
                continue;
            }
            let within = self.number(&call.options, "within");
            let left = match text(&call.options, "from") {
                Some(event) => {
                    let since = self.reading.account.value(&format!("days_since_{}", column_part(event)));
                    within.zip(since.whole()).map(|(within, since)| within - since)
                }
                None => within,
            };
            outcome.duties.push(match left {
                None => name.to_owned(),
                Some(late) if late < 0 => format!("{name} ({} days late)", -late),
                Some(left) => format!("{name} (within {left} days)"),
            });
        }
    }

    /// Acts on the account, those of a cure among them.
    pub fn acts(&self, relief: &[String], outcome: &mut Outcome) {
        for act in all(self.reading.account.draft, Keyword::Act) {
            outcome.missing.extend(self.missing(act.when.as_ref()));
            let Some((verb, _)) = verb_of(act) else { continue };
            let pressed = self.stopped && verb.class == Class::Enforcement;
            if self.truth(act.when.as_ref(), false) == Some(true) && !pressed && !self.class_stopped(verb.class) {
                outcome.acts.push(act.name_text().to_owned());
            }
        }
        for word in relief {
            if Verb::from_word(word).is_some_and(|verb| !self.class_stopped(verb.def().class)) {
                outcome.acts.push(word.clone());
            }
        }
    }

    /// The turns of a stage's treatments, in order, up to the one chosen; `limit` is a
    /// strength that may not be exceeded.
    pub fn turns(&self, limit: Option<u8>) -> Vec<(&'a Statement, Turn)> {
        let stage = self.reading.stage.as_deref().unwrap_or_default();
        let mut ceilings: Vec<(u8, Option<&str>)> = limit.map(|limit| (limit, None)).into_iter().collect();
        let mut turns = Vec::new();
        for treatment in all(self.reading.account.draft, Keyword::Treatment) {
            let here = treatment.stages.as_ref().is_some_and(|stages| list(stages).contains(&stage));
            let Some((verb, call)) = verb_of(treatment).filter(|_| here) else {
                continue;
            };
            let strength = verb.strength.unwrap_or(0);
            let mut turn = self.turn(treatment, verb, call);
            let mut bound = ceilings.iter().filter(|(_, except)| *except != Some(treatment.name_text()));
            if matches!(turn, Turn::Chosen(..)) && (self.stopped || bound.any(|(ceiling, _)| strength > *ceiling)) {
                turn = Turn::TooStrong;
            }
            match &turn {
                Turn::Held(_) | Turn::Unknown(_) | Turn::Blocked | Turn::Paused => ceilings.push((strength, None)),
                Turn::Resting => ceilings.push((strength, text(&call.options, "instead"))),
                Turn::Chosen(..) | Turn::Passed | Turn::Unavailable(_) | Turn::TooStrong => {}
            }
            let chosen = matches!(turn, Turn::Chosen(..));
            turns.push((treatment, turn));
            if chosen {
                break;
            }
        }
        turns
    }

    fn turn(&self, treatment: &Statement, verb: VerbDef, call: &VerbCall) -> Turn {
        let account = self.reading.account;
        let name = column_part(treatment.name_text());
        let purpose = text(&call.options, "purpose").unwrap_or("demand");
        let when = self.truth(treatment.when.as_ref(), true);
        let at_most = option(&call.options, "at_most").map(|_| self.number(&call.options, "at_most"));
        let count = format!("episode_count_{name}");
        let used = account.value(&count).whole();
        let used_up = at_most.flatten().zip(used).is_some_and(|(most, used)| used >= most);
        if when == Some(false) || used_up {
            return Turn::Passed;
        }
        let channel = verb.channel.filter(|_| verb.class == Class::Contact).map(|channel| channel.word());
        let asks = flag(&call.options, "consent");
        let opted_out = channel
            .filter(|_| !matches!(purpose, "required_notice" | "reply"))
            .map(|channel| format!("opted_out_{channel}"));
        let consent = channel.filter(|_| asks).map(|channel| format!("consent_{channel}"));
        let said = |column: &Option<String>| column.as_ref().map(|column| account.value(column).flag());
        if said(&opted_out) == Some(Some(true)) {
            return Turn::Unavailable("opted out of the channel");
        }
        if said(&consent) == Some(Some(false)) {
            return Turn::Unavailable("no consent to the channel");
        }
        let numbers = texts(&call.options, "numbers");
        let known = |number: &&str| account.value(&format!("number_{number}"));
        let valid: Vec<&str> = numbers.iter().copied().filter(|number| known(number).word() == Some("valid")).collect();
        let unknown = numbers.iter().find(|number| known(number).is_unknown());
        if !numbers.is_empty() && valid.is_empty() && unknown.is_none() {
            return Turn::Unavailable("no valid number");
        }
        let stopping = |hold: &Statement| match purpose {
            _ if keeps(hold, purpose) => false,
            "required_notice" => stops(hold, "required_notice"),
            _ => stops(hold, verb.class.word()),
        };
        if let Some((hold, _)) = self.binding.iter().find(|(hold, _)| stopping(hold)) {
            return Turn::Held(hold.name_text().to_owned());
        }
        let only = |fact: &str| Turn::Unknown(BTreeSet::from([fact.to_owned()]));
        let unless = self.truth(treatment.unless.as_ref(), false);
        let since = format!("days_since_{name}");
        if when.is_none() {
            return Turn::Unknown(self.missing(treatment.when.as_ref()));
        } else if unless == Some(true) {
            return Turn::Blocked;
        } else if unless.is_none() {
            return Turn::Unknown(self.missing(treatment.unless.as_ref()));
        } else if at_most.is_some() && used.is_none() {
            return only(&count);
        }
        if purpose == "demand" && verb.class == Class::Contact {
            let waits = ["pause_left", "callback_in"];
            if let Some(unknown) = waits.into_iter().find(|wait| account.value(wait).is_unknown()) {
                return only(unknown);
            }
            if waits.into_iter().any(|wait| account.value(wait).whole().is_some_and(|days| days > 0)) {
                return Turn::Paused;
            }
        }
        let again = account.value("retry_in");
        let whose = account.value("retry_treatment");
        if again != Value::Never && whose.is_unknown() {
            return only("retry_treatment");
        } else if again != Value::Never && whose.word() == Some(treatment.name_text()) {
            match again.whole() {
                None => return only("retry_in"),
                Some(days) if days > 0 => return Turn::Resting,
                Some(_) => {}
            }
        } else if let Some(every) = self.number(&call.options, "every") {
            match account.value(&since) {
                Value::Never => {}
                days => match days.whole() {
                    None => return only(&since),
                    Some(days) if days < every => return Turn::Resting,
                    Some(_) => {}
                },
            }
        }
        for column in [opted_out, consent].into_iter().flatten() {
            if account.value(&column).is_unknown() {
                return only(&column);
            }
        }
        if let (true, Some(number)) = (valid.is_empty(), unknown) {
            return only(&format!("number_{number}"));
        }
        let retries = account.value(&format!("retries_{name}")).whole().unwrap_or(0);
        let tried = used.unwrap_or(0) + retries;
        let turn = usize::try_from(tried).unwrap_or(0).checked_rem(valid.len());
        let point = turn.and_then(|turn| valid.get(turn)).map(|number| (*number).to_owned());
        Turn::Chosen(point, self.slot(verb, call))
    }

    /// The time of a contact, for people who live in the policy's own zone.
    fn slot(&self, verb: VerbDef, call: &VerbCall) -> Option<String> {
        if verb.class != Class::Contact {
            return None;
        }
        let account = self.reading.account;
        let minute = |name: &str| account.value(name).whole().filter(|minute| (0..=65_535).contains(minute));
        let stated = minute("stated_from").map(|from| (from, minute("stated_to").unwrap_or(1440).min(1440)));
        let occupation = account.value("occupation");
        let hours =
            all(account.draft, Keyword::Hours).into_iter().find(|hours| Some(hours.name_text()) == occupation.word());
        let hours =
            hours.and_then(|hours| clock(text(&hours.options, "from")?).zip(clock(text(&hours.options, "to")?)));
        let at = text(&call.options, "at").and_then(|at| match at.split_once('-') {
            Some((from, to)) => clock(from).zip(clock(to)),
            None => clock(at).map(|from| (from, (from + 60).min(1440))),
        });
        let (from, to) = stated.filter(|(from, to)| from < to).or(hours).or(at)?;
        Some(format!("{}-{}", shown(from), shown(to)))
    }

    /// The strength of what would be done in another stage.
    pub fn strength_in(&self, stage: &str) -> u8 {
        let reading = Reading { stage: Some(stage.to_owned()), ..self.reading.clone() };
        let there = Work { reading: &reading, binding: self.binding.clone(), stopped: self.stopped };
        let chosen = there.turns(None).into_iter().find(|(_, turn)| matches!(turn, Turn::Chosen(..)));
        chosen.and_then(|(treatment, _)| verb_of(treatment)).and_then(|(verb, _)| verb.strength).unwrap_or(0)
    }
}

/// `15:00` in minutes.
fn clock(text: &str) -> Option<i64> {
    let (hours, minutes) = text.split_once(':')?;
    Some(hours.parse::<i64>().ok()? * 60 + minutes.parse::<i64>().ok()?)
}

/// Minutes as `15:00`.
fn shown(minutes: i64) -> String {
    format!("{:02}:{:02}", minutes / 60 % 24, minutes % 60)
}
