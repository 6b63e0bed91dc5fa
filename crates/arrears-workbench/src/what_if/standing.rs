//! What is reported, refused, found out or over: facts that are so or not so.

use super::lever::{ChangeKind, Lever};
use super::trial::Trial;
use arrears::facts::ParametricKind;
use arrears::policy::is_protected_trait;
use arrears::{Cell, Kind};

/// Flags that people or the bank can turn: what turns them on, and what turns them off.
const FLAGS: [(&str, &str, &str); 17] = [
    ("dispute", "the debt being disputed", "the dispute being settled"),
    ("hardship", "hardship being reported", "hardship being over"),
    ("vulnerable", "the person being found vulnerable", "the person being vulnerable no longer"),
    ("represented", "an adviser acting for the person", "no adviser acting for the person any more"),
    ("cease_contact", "the person asking that contact cease", "the person allowing contact again"),
    ("complaint_open", "a complaint being made", "the complaint being answered"),
    ("moratorium", "a moratorium beginning", "the moratorium ending"),
    ("right_number", "a number being proven to be the person's", "no number being proven to be the person's"),
    ("lost_contact", "contact being lost", "contact being found again"),
    ("hazard", "a visit being known to be dangerous", "a visit being dangerous no longer"),
    ("payment_in_flight", "a payment being on its way", "no payment being on its way"),
    ("litigation_open", "a lawsuit being filed", "the lawsuit ending"),
    ("employer_prohibits", "the employer prohibiting contact at work", "the employer allowing contact at work"),
    ("home_inconvenient", "home being named inconvenient", "home being inconvenient no longer"),
    ("work_inconvenient", "work being named inconvenient", "work being inconvenient no longer"),
    ("inconvenient_times", "inconvenient times being named", "no time being inconvenient any more"),
    ("email_opted_out", "the person refusing e-mail", "the person refusing e-mail no longer"),
];

/// Numbers of the person, with what people call them.
const NUMBERS: [(&str, &str); 3] =
    [("number_mobile", "mobile number"), ("number_work", "office number"), ("number_home", "home number")];

/// Every flag and word of the account that somebody can change and that is known now.
pub(super) fn standing<'t>(trial: &'t Trial<'t>) -> Vec<Lever<'t>> {
    let mut levers = Vec::new();
    for (name, on, off) in FLAGS.iter().filter(|(name, ..)| !is_protected_trait(name)) {
        levers.extend(turned(trial, name, on, off));
    }
    for counted in trial.policy().wanted().counted {
        let column = counted.column();
        let what = counted.what.replace('_', " ");
        levers.extend(match counted.kind {
            ParametricKind::OptedOut => {
                let (on, off) =
                    (format!("the person refusing {what}"), format!("the person refusing {what} no longer"));
                turned(trial, &column, &on, &off)
            }
            ParametricKind::Consent => {
                let on = format!("the person consenting to {what}");
                turned(trial, &column, &on, &format!("the person withdrawing consent to {what}"))
            }
            _ => None,
        });
    }
    for (name, called) in NUMBERS {
        levers.extend(words(trial, name, &|word| match word {
            "valid" => Some(format!("the {called} being found valid")),
            "objected" => Some(format!("the person objecting to the {called}")),
            "wrong" | "dead" => Some(format!("the {called} turning out {word}")),
            _ => None,
        }));
    }
    levers.extend(words(trial, "cause", &|word| {
        (word != "unknown").then(|| format!("the cause being found to be {}", word.replace('_', " ")))
    }));
    levers
}

/// A flag that is known, turned.
fn turned<'t>(trial: &'t Trial<'t>, name: &str, on: &str, off: &str) -> Option<Lever<'t>> {
    let fact = trial.fact(name).filter(|fact| trial.policy().input(*fact).is_some_and(|it| it.kind == Kind::Flag))?;
    let set = trial.row.cell(fact).get()? != 0;
    Lever::once(trial, ChangeKind::Standing, vec![(fact, Cell::flag(!set))], if set { off } else { on })
}

/// A word that is known, with each other that it could become.
fn words<'t>(trial: &'t Trial<'t>, name: &str, said: &dyn Fn(&str) -> Option<String>) -> Vec<Lever<'t>> {
    let Some((fact, input)) = trial.fact(name).and_then(|fact| Some((fact, trial.policy().input(fact)?))) else {
        return Vec::new();
    };
    if trial.row.cell(fact).is_unknown() {
        return Vec::new();
    }
    let one = |word: &String| Lever::once(trial, ChangeKind::Standing, vec![(fact, input.word(word)?)], said(word)?);
    input.words.iter().filter_map(one).collect()
}
