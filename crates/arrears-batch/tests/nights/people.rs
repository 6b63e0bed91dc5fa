//! A policy with holds on persons, and random tables of people with several accounts.

use arrears::{Facts, Money, Policy, Value};
use proptest::prelude::*;

pub(crate) const POLICY: &str = r#"
policy "people" #{ version: "1", currency: "CNY", zone: "Asia/Shanghai", jurisdiction: "CN" };
assume opted_out("sms") = false #{ why: "no objections are kept" };
assume opted_out("phone") = false #{ why: "no objections are kept" };
assume opted_out("letter") = false #{ why: "no objections are kept" };
hold "dispute" when dispute #{ stops: ["contact"] };
hold "complaint" when complaint_open #{ stops: ["contact"], keeps: ["information"], scope: "customer" };
hold "bankrupt" when bankrupt #{ stops: ["enforcement", "overdue_notice"], scope: "customer" };
hold "deceased" when deceased #{ stops: ["contact", "enforcement", "required_notice"], scope: "customer" };
stage "reminder" when dpd >= 1;
stage "firm" when dpd > 30;
stage "late" when dpd > 60;
escalate #{ first: "skip" };
duty "overdue_notice" when dpd >= 20 do letter(#{ text: "overdue_notice", within: 14 });
duty "ways_out" when dpd >= 40 do letter(#{ text: "ways_out" });
act "block the card" when dpd > 60 do block(#{ what: "card" });
treatment "text" in ["reminder"] when overdue >= 10.00 do sms(#{ text: "gentle" });
treatment "news" in ["reminder", "firm"] when overdue >= 0.00 do letter(#{ text: "news", purpose: "information" });
treatment "call" in ["firm"] when overdue >= 10.00 do phone(#{ at: "15:00", numbers: ["mobile"] });
treatment "agency" in ["late"] when overdue >= 10.00 do place(#{ note: "to the agency" });
priority overdue;
"#;

const HEADER: &str = "account_id,customer_id,dpd,overdue,deceased,complaint_open,bankrupt,dispute,number_mobile\n";

/// What is wrong with a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Wrong {
    /// A cell is not what it should be.
    Cell,
    /// The line ends early.
    Short,
    /// The account is that of the first row.
    Twice,
    /// The row names no account.
    Nobody,
}

/// One row of a table.
#[derive(Clone, Debug)]
pub(crate) struct Account {
    pub(crate) name: String,
    pub(crate) person: Option<u8>,
    pub(crate) dpd: Option<i64>,
    pub(crate) overdue: Option<i64>,
    /// Deceased, complaint, bankrupt, dispute.
    pub(crate) marks: [Option<bool>; 4],
    pub(crate) wrong: Option<Wrong>,
}

impl Account {
    /// What is known of the account, for a policy that is asked without a table.
    pub(crate) fn facts(&self, policy: &Policy) -> Facts {
        let currency = policy.head().currency;
        let mut facts = Facts::new(&self.name, currency);
        let mut set = |name: &str, value: Option<Value>| facts.set(name, value.unwrap_or(Value::Unknown)).unwrap();
        set("dpd", self.dpd.map(Value::Days));
        set("overdue", self.overdue.map(|minor| Value::Money(Money::from_minor(minor, currency))));
        for (name, mark) in ["deceased", "complaint_open", "bankrupt", "dispute"].into_iter().zip(self.marks) {
            set(name, mark.map(Value::Flag));
        }
        set("number_mobile", Some(Value::Word("valid".into())));
        match self.person {
            Some(person) => facts.of_customer(format!("P{person}")),
            None => facts,
        }
    }

    fn line(&self) -> String {
        let person = self.person.map(|person| format!("P{person}")).unwrap_or_default();
        let name = if self.wrong == Some(Wrong::Nobody) { "" } else { &self.name };
        if self.wrong == Some(Wrong::Short) {
            return format!("{name},{person},3\n");
        }
        let dpd = match self.wrong {
            Some(Wrong::Cell) => "soon".to_owned(),
            _ => self.dpd.map(|days| days.to_string()).unwrap_or_default(),
        };
        let overdue = self.overdue.map(|minor| format!("{}.{:02}", minor / 100, minor % 100)).unwrap_or_default();
        let marks = self.marks.map(|mark| mark.map(|mark| mark.to_string()).unwrap_or_default()).join(",");
        format!("{name},{person},{dpd},{overdue},{marks},valid\n")
    }
}

/// A table as CSV.
pub(crate) fn table(accounts: &[Account]) -> String {
    let lines: String = accounts.iter().map(Account::line).collect();
    format!("{HEADER}{lines}")
}

fn mark() -> impl Strategy<Value = Option<bool>> {
    prop_oneof![12 => Just(Some(false)), 1 => Just(Some(true)), 1 => Just(None)]
}

fn wrong() -> impl Strategy<Value = Option<Wrong>> {
    let wrong = prop::sample::select(vec![Wrong::Cell, Wrong::Short, Wrong::Twice, Wrong::Nobody]);
    prop_oneof![24 => Just(None), 1 => wrong.prop_map(Some)]
}

fn account() -> impl Strategy<Value = Account> {
    let person = prop_oneof![1 => Just(None), 9 => (0..9_u8).prop_map(Some)];
    let dpd = prop_oneof![1 => Just(None), 9 => prop::sample::select(vec![0, 5, 5, 25, 33, 45, 70]).prop_map(Some)];
    // Few amounts, so that many rank alike; some too small to write about.
    let overdue =
        prop_oneof![1 => Just(None), 9 => prop::sample::select(vec![0, 500, 4_000, 4_000, 90_000]).prop_map(Some)];
    (person, dpd, overdue, [mark(), mark(), mark(), mark()], wrong()).prop_map(
        |(person, dpd, overdue, marks, wrong)| Account { name: String::new(), person, dpd, overdue, marks, wrong },
    )
}

/// Random tables, their accounts named in another order than they stand in.
pub(crate) fn tables() -> impl Strategy<Value = Vec<Account>> {
    prop::collection::vec(account(), 0..30).prop_map(|mut accounts| {
        for (place, account) in accounts.iter_mut().enumerate() {
            account.name = format!("A{:02}", (place * 37 + 11) % 97);
        }
        if let Some(first) = accounts.first_mut() {
            first.wrong = first.wrong.filter(|wrong| *wrong != Wrong::Twice && *wrong != Wrong::Nobody);
            let name = first.name.clone();
            for twice in accounts.iter_mut().filter(|account| account.wrong == Some(Wrong::Twice)) {
                twice.name.clone_from(&name);
            }
        }
        accounts
    })
}
