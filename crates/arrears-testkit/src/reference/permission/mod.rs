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
use chrono::{DateTime, FixedOffset, NaiveDate};
use limits::Exceeded;
use scene::{Scene, Side};
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
    /// The rules that decided it, by pack and id: what each calls for, and for which debts.
    pub rules: BTreeMap<(String, String), (Answer, Vec<String>)>,
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

/// What the rules say of a contact.
pub fn permission(told: &Told<'_>, contact: &Contact) -> Said {
    let mut saying = Saying::default();
    let at = contact.at.timestamp();
    let mut lawful = false;
    for draft in told.packs {
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
    rules: BTreeMap<(String, String), (Answer, Vec<String>)>,
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
        for rule in all(draft, Keyword::Guardrail) {
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
            self.stands(rule, scene, head, stands);
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

    fn stands(&mut self, rule: &Statement, scene: &Scene<'_>, head: &Statement, stands: Truth) {
        let answer = match stands {
            Some(false) => return,
            Some(true) if text(&rule.options, "answer") != Some("review") => Answer::Block,
            _ => Answer::Review,
        };
        let key = (head.name_text().to_owned(), rule_of(rule).to_owned());
        let (found, debts) = self.rules.entry(key).or_insert((answer, Vec::new()));
        *found = answer.max(*found);
        let debt = scene.side.standing.debts.get(scene.debt).map(|debt| debt.id.clone()).unwrap_or_default();
        if !debts.contains(&debt) {
            debts.push(debt);
        }
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
        let answer = self.rules.values().map(|(answer, _)| *answer).max().unwrap_or(Answer::Allow);
        Said {
            answer,
            rules: self.rules,
            lifted: self.lifted,
            presumption,
            rebuttal,
            flags: self.flags,
            counts: self.counts,
        }
    }
}
