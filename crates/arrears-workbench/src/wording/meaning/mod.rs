//! What every fact of the table means, in words that fit into a sentence.

mod account;
mod contact;
mod one_contact;
mod person;
mod state;

/// How a fact is said.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Form {
    /// Days, with what they are days of: `31 days` + `past due`.
    Days(&'static str),
    /// Days since the last event: `30 days since the last` + `effective demand`.
    Since(&'static str),
    /// A count of things, one and several: `1 call attempt`, `3 call attempts`.
    Count(&'static str, &'static str),
    /// An amount, a ratio or a number that counts nothing, as a noun.
    Amount(&'static str),
    /// A yes-or-no fact: what is so, and what is so where it is not.
    Flag(&'static str, &'static str),
    /// A word, as a noun.
    Word(&'static str),
}

/// A fact of the table, by its name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Meaning {
    pub(super) name: &'static str,
    pub(super) form: Form,
    /// What it is where it is *never*.
    pub(super) never: &'static str,
}

const fn days(name: &'static str, tail: &'static str) -> Meaning {
    Meaning { name, form: Form::Days(tail), never: "" }
}

const fn until(name: &'static str, tail: &'static str, never: &'static str) -> Meaning {
    Meaning { name, form: Form::Days(tail), never }
}

const fn since(name: &'static str, event: &'static str, never: &'static str) -> Meaning {
    Meaning { name, form: Form::Since(event), never }
}

const fn count(name: &'static str, one: &'static str, many: &'static str) -> Meaning {
    Meaning { name, form: Form::Count(one, many), never: "" }
}

const fn amount(name: &'static str, noun: &'static str) -> Meaning {
    Meaning { name, form: Form::Amount(noun), never: "" }
}

const fn flag(name: &'static str, yes: &'static str, no: &'static str) -> Meaning {
    Meaning { name, form: Form::Flag(yes, no), never: "" }
}

const fn word(name: &'static str, noun: &'static str) -> Meaning {
    Meaning { name, form: Form::Word(noun), never: "" }
}

/// The meaning of a fact of the account.
pub(super) fn of_account(name: &str) -> Option<Meaning> {
    [account::TABLE, contact::TABLE, person::TABLE, state::TABLE]
        .into_iter()
        .flatten()
        .find(|meaning| meaning.name == name)
        .copied()
}

/// The meaning of a fact of one contact.
pub(super) fn of_contact(name: &str) -> Option<Meaning> {
    one_contact::TABLE.iter().find(|meaning| meaning.name == name).copied()
}

#[cfg(test)]
mod tests {
    use super::*;
    use arrears::Kind;
    use arrears::facts::{FactDef, table};

    fn fits(def: &FactDef, meaning: Option<Meaning>) {
        let meaning = meaning.unwrap_or_else(|| panic!("`{}` has no meaning in words", def.name));
        let fits = match meaning.form {
            Form::Days(_) | Form::Since(_) => def.kind == Kind::Days,
            Form::Count(..) => def.kind == Kind::Count,
            Form::Amount(_) => matches!(def.kind, Kind::Money | Kind::Ratio | Kind::Count),
            Form::Flag(..) => def.kind == Kind::Flag,
            Form::Word(_) => def.kind == Kind::Category,
        };
        assert!(fits, "`{}` is said as something that it does not measure", def.name);
        assert_eq!(!meaning.never.is_empty(), def.never, "{}: what it means that it is never", def.name);
        assert!(!format!("{:?}{}", meaning.form, meaning.never).contains('_'), "`{}` is said by a name", def.name);
    }

    #[test]
    fn every_fact_of_the_table_is_said_in_words_that_fit_its_kind() {
        table::all().for_each(|def| fits(def, of_account(def.name)));
        table::of_contact().for_each(|def| fits(def, of_contact(def.name)));
    }

    #[test]
    fn no_fact_is_said_that_the_table_does_not_have() {
        for meaning in [account::TABLE, contact::TABLE, person::TABLE, state::TABLE].into_iter().flatten() {
            assert!(table::find(meaning.name).is_some(), "{}", meaning.name);
        }
        for meaning in one_contact::TABLE {
            assert!(table::find_of_contact(meaning.name).is_some(), "{}", meaning.name);
        }
    }
}
