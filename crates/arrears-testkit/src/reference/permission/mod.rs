//! Whether a contact may be made, by the packs as they are written: slow and obvious.
//!
//! Every statement is read as its author wrote it, every contact is looked at every time, windows
//! are lists of dates, and where it is not known which contacts count every way is tried.

mod clock;
mod counting;
mod limits;
mod scene;
mod terms;

use crate::generate::Holidays;
use crate::reference::draft::{all, flag, text, texts};
use crate::reference::value::{Truth, all as every, not};
use arrears::draft::{Draft, Keyword, Statement};
use arrears::guardrail::{Answer, Contact, Presumption, Standing};
use arrears::policy::pack::Strength;
use chrono::{DateTime, FixedOffset, NaiveDate};
use limits::Exceeded;
use scene::{Scene, Side};
use std::cmp::Reverse;
use std::collections::BTreeMap;

/// A matter as it is told.
#[derive(Clone, Copy)]
pub struct Told<'a> {
    /// The packs of law as written, those of the house not among them.
    pub packs: &'a [Draft],
    /// Rules that the host enabled.
    pub enabled: &'a [&'a str],
    /// The calendar called `ours`, if the host has it.
    pub holidays: Option<&'a Holidays>,
    /// The person.
    pub standing: &'a Standing,
    /// The moment of the case.
    pub now: DateTime<FixedOffset>,
}

/// What the rules say of a contact.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Said {
    /// The answer.
    pub answer: Answer,
    /// The rules that decided it, in the order of the statements that speak for them.
    pub rules: Vec<Ruling>,
    /// Rules that were lifted, and by what.
    pub lifted: Vec<(String, String)>,
    /// What the law presumes.
    pub presumption: Option<Presumption>,
    /// Whether the contact's reason may rebut that.
    pub rebuttal: Option<bool>,
    /// What is said beside the answer.
    pub flags: Vec<String>,
    /// By rule, class and limit, how many contacts count.
    pub counts: BTreeMap<(String, String, i64), i64>,
}

/// A rule that stands against a contact.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ruling {
    /// The pack.
    pub pack: String,
    /// The rule's id.
    pub rule: String,
    /// What it calls for.
    pub answer: Answer,
    /// Whether it must be kept.
    pub strength: Strength,
    /// The debts for which it stands.
    pub debts: Vec<String>,
}

/// What the rules say of a contact.
pub fn permission(told: &Told<'_>, contact: &Contact) -> Said {
    let mut saying = Saying::default();
    let at = contact.at.timestamp();
    let mut lawful = false;
    for (position, draft) in told.packs.iter().enumerate() {
        saying.position = position;
        let side = Side { draft, standing: told.standing, holidays: told.holidays, now: told.now.timestamp() };
        let Some(head) = all(draft, Keyword::Pack).into_iter().next() else { continue };
        if !is_under(&told.standing.jurisdiction, text(&head.options, "jurisdiction").unwrap_or_default()) {
            continue;
        }
        lawful |= side.on_date(at, |date| in_days(head, date)) == Some(true);
        for (debt, owed) in told.standing.debts.iter().enumerate() {
            let scene = Scene { side, contact, at, debt, earlier: false };
            if scene.about(contact, false).contains(&owed.id) {
                saying.pack(told, &scene, head);
            }
        }
    }
    let mut said = saying.said();
    if !lawful {
        said.answer = said.answer.max(Answer::Review);
    }
    said
}

/// Whether accounts of a jurisdiction are under the law of another: `US-MA` is under `US`.
fn is_under(jurisdiction: &str, law: &str) -> bool {
    jurisdiction == law || jurisdiction.starts_with(&format!("{law}-"))
}

/// Whether a statement is in force on a day, as far as its own days say.
fn in_days(statement: &Statement, date: NaiveDate) -> bool {
    let day = |key: &str| text(&statement.options, key).and_then(|text| text.parse::<NaiveDate>().ok());
    day("from").is_none_or(|from| from <= date) && day("to").is_none_or(|to| date <= to)
}

/// The id of the rule to which a statement belongs.
fn rule_of(statement: &Statement) -> &str {
    text(&statement.options, "rule").unwrap_or_else(|| statement.name_text())
}

#[derive(Default)]
struct Saying {
    /// The position of the pack that is read.
    position: usize,
    /// Each statement that stands for a debt, by its place.
    standing: Vec<((usize, usize), Ruling)>,
    lifted: Vec<(String, String)>,
    /// Of each rule whose excess is only presumed to break the law: whether it is exceeded, and whether the
    /// contact's reason may rebut that.
    presumed: Vec<(Truth, bool)>,
    presumes: bool,
    reasoned: bool,
    flags: Vec<String>,
    counts: BTreeMap<(String, String, i64), i64>,
}

impl Saying {
    fn pack(&mut self, told: &Told<'_>, scene: &Scene<'_>, head: &Statement) {
        let draft = scene.side.draft;
        let binds = |statement: &Statement| {
            let status = text(&statement.options, "status").unwrap_or("in_force");
            let shipped = status == "in_force" || told.enabled.contains(&rule_of(statement));
            let force = scene.side.on_date(scene.at, |date| in_days(head, date) && in_days(statement, date));
            every([Some(shipped), force])
        };
        let holds = |statement: &Statement| statement.when.as_ref().map_or(Some(true), |when| scene.truth(when));
        for (index, rule) in all(draft, Keyword::Guardrail).into_iter().enumerate() {
            let unless = rule.unless.as_ref().map_or(Some(false), |unless| scene.truth(unless));
            let scope = every([binds(rule), holds(rule), not(unless)]);
            if scope == Some(false) {
                continue;
            }
            let Exceeded { exceeded, used } = scene.exceeded(rule);
            if let Some(used) = used {
                let (class, limit, count) = used;
                let counted = self.counts.entry((rule_of(rule).to_owned(), class, limit)).or_insert(0);
                *counted = count.max(*counted);
            }
            let stood = every([scope, exceeded]);
            let mut stands = stood;
            for exception in all(draft, Keyword::Exception) {
                if !texts(&exception.options, "lifts").contains(&rule_of(rule)) {
                    continue;
                }
                let lifting = every([binds(exception), holds(exception)]);
                let pair = (rule_of(rule).to_owned(), rule_of(exception).to_owned());
                if stood == Some(true) && lifting == Some(true) && !self.lifted.contains(&pair) {
                    self.lifted.push(pair);
                }
                stands = every([stands, not(lifting)]);
            }
            self.presume(rule, scene.contact, scope, stands);
            self.stands((self.position, index), rule, scene, head, stands);
        }
        for remark in all(draft, Keyword::Flag) {
            let name = remark.name_text().to_owned();
            if every([binds(remark), holds(remark)]) == Some(true) && !self.flags.contains(&name) {
                self.flags.push(name);
            }
        }
    }

    fn presume(&mut self, rule: &Statement, contact: &Contact, scope: Truth, stands: Truth) {
        if !flag(&rule.options, "presumes") {
            return;
        }
        self.presumes |= scope == Some(true);
        let reason = contact.reason.as_deref().filter(|reason| *reason != "none");
        self.reasoned = reason.is_some();
        let rebuts = reason.is_some_and(|reason| texts(&rule.options, "rebutted_by").contains(&reason));
        self.presumed.push((stands, rebuts));
    }

    fn stands(&mut self, place: (usize, usize), rule: &Statement, scene: &Scene<'_>, head: &Statement, stands: Truth) {
        let answer = match stands {
            Some(false) => return,
            Some(true) if text(&rule.options, "answer") != Some("review") => Answer::Block,
            _ => Answer::Review,
        };
        let strength = text(&rule.options, "strength").and_then(Strength::from_word).unwrap_or_default();
        let debts = scene.side.standing.debts.get(scene.debt).map(|debt| debt.id.clone()).into_iter().collect();
        let (pack, rule) = (head.name_text().to_owned(), rule_of(rule).to_owned());
        self.standing.push((place, Ruling { pack, rule, answer, strength, debts }));
    }

    /// One ruling for each rule: the strictest of its statements, the first of those, for the debts of all.
    fn rulings(&self) -> Vec<Ruling> {
        let mut rulings: Vec<((usize, usize), Ruling)> = Vec::new();
        for (_, ruling) in &self.standing {
            let same = |other: &Ruling| other.pack == ruling.pack && other.rule == ruling.rule;
            if rulings.iter().any(|(_, other)| same(other)) {
                continue;
            }
            let statements = self.standing.iter().filter(|(_, other)| same(other));
            let strictest =
                |(place, other): &&((usize, usize), Ruling)| (Reverse(other.answer), other.strength, *place);
            let Some((place, speaks)) = statements.clone().min_by_key(strictest) else { continue };
            let mut debts: Vec<String> = Vec::new();
            for debt in statements.flat_map(|(_, other)| &other.debts) {
                if !debts.contains(debt) {
                    debts.push(debt.clone());
                }
            }
            rulings.push((*place, Ruling { debts, ..speaks.clone() }));
        }
        rulings.sort_by_key(|(place, _)| *place);
        rulings.into_iter().map(|(_, ruling)| ruling).collect()
    }

    fn said(self) -> Said {
        let broken: Vec<bool> =
            self.presumed.iter().filter(|(stands, _)| *stands == Some(true)).map(|(_, rebuts)| *rebuts).collect();
        let perhaps = self.presumed.iter().any(|(stands, _)| stands.is_none());
        let presumption = if !broken.is_empty() {
            Some(Presumption::Violation)
        } else if perhaps || !self.presumes {
            None
        } else {
            Some(Presumption::Compliance)
        };
        let rebuttal = (!broken.is_empty() && self.reasoned).then(|| !broken.contains(&false));
        let rules = self.rulings();
        let answer = rules.iter().map(|ruling| ruling.answer).max().unwrap_or(Answer::Allow);
        Said { answer, rules, lifted: self.lifted, presumption, rebuttal, flags: self.flags, counts: self.counts }
    }
}
