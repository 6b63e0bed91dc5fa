//! The kind `ladder` against its definition: a few marks on each invoice, and no ledger.

use crate::support::{one, printed};
use chrono::{Days, Months, NaiveDate};
use proptest::prelude::*;
use serde_json::{Value, json};
use std::collections::BTreeSet;

/// What is tried on an account, in order; what makes no sense there is left out.
#[derive(Clone, Copy, Debug)]
struct Step {
    action: usize,
    invoice: usize,
    amount: i64,
}

const ACTIONS: [&str; 13] = [
    "invoice",
    "invoice",
    "paid",
    "paid",
    "adjusted_to_zero",
    "payment_refunded",
    "payment_charged_back",
    "chargeback_reversed",
    "written_off",
    "write_off_reversed",
    "account_credit",
    "tag",
    "payment_failed",
];

/// An invoice and the marks on it.
#[derive(Clone, Debug)]
struct Invoice {
    on: NaiveDate,
    amount: i64,
    draft: bool,
    paid: bool,
    charged_back: bool,
    adjusted: bool,
    written_off: bool,
    credited: i64,
}

impl Invoice {
    fn balance(&self) -> i64 {
        let none = self.draft || self.paid || self.adjusted || self.written_off;
        if none { 0 } else { self.amount - self.credited }
    }
}

#[derive(Clone, Debug, Default)]
struct Books {
    invoices: Vec<Invoice>,
    /// Credit that is left.
    credit: i64,
    any_credit: bool,
    tags: BTreeSet<&'static str>,
    failure: Option<&'static str>,
}

const TAGS: [&str; 3] = ["HOLD", "VIP-1", "VIP_1"];
const CODES: [&str; 2] = ["LOST", "FUNDS"];

impl Books {
    /// Takes a step, and says it as an entry of a timeline; none if it makes no sense.
    fn take(&mut self, step: Step, on: NaiveDate) -> Option<Value> {
        let action = ACTIONS[step.action % ACTIONS.len()];
        let entry = match action {
            "invoice" => {
                let draft = step.amount == 7;
                let amount = (step.amount - 1) * 50;
                let invoice = Invoice {
                    on,
                    amount,
                    draft,
                    paid: false,
                    charged_back: false,
                    adjusted: false,
                    written_off: false,
                    credited: 0,
                };
                self.invoices.push(invoice);
                let id = format!("I{}", self.invoices.len());
                json!({ "event": "invoice", "invoice": id, "amount": cents(amount), "draft": draft })
            }
            "account_credit" => {
                self.credit += step.amount * 70;
                self.any_credit = true;
                json!({ "event": "account_credit", "amount": cents(step.amount * 70) })
            }
            "tag" => {
                let tag = TAGS[step.invoice % TAGS.len()];
                let event = if self.tags.remove(tag) { "tag_removed" } else { "tag_added" };
                if event == "tag_added" {
                    self.tags.insert(tag);
                }
                json!({ "event": event, "tag": tag })
            }
            "payment_failed" => {
                self.failure = CODES.get(step.invoice % 3).copied();
                match self.failure {
                    Some(code) => json!({ "event": "payment_failed", "code": code }),
                    None => json!({ "event": "payment_failed" }),
                }
            }
            _ => {
                let place = step.invoice.checked_rem(self.invoices.len())?;
                let credit = self.any_credit;
                mark(&mut self.invoices[place], action, credit)?;
                json!({ "event": action, "invoice": format!("I{}", place + 1) })
            }
        };
        for invoice in &mut self.invoices {
            let part = invoice.balance().min(self.credit);
            invoice.credited += part;
            self.credit -= part;
        }
        Some(entry)
    }

    fn expected(&self, on: NaiveDate, seq: usize, ladder: &Value) -> Value {
        let unpaid: Vec<&Invoice> = self.invoices.iter().filter(|invoice| invoice.balance() > 0).collect();
        let balance: i64 = unpaid.iter().map(|invoice| invoice.balance()).sum();
        let oldest = unpaid.iter().map(|invoice| invoice.on).min();
        let holds = |when: &Value| {
            when.as_object().unwrap().iter().all(|(key, value)| match key.as_str() {
                "oldest_unpaid_age" => oldest.is_some_and(|oldest| {
                    let n = value["at_least"].as_u64().unwrap();
                    on >= match value["unit"].as_str().unwrap() {
                        "days" => oldest + Days::new(n),
                        "weeks" => oldest + Days::new(7 * n),
                        _ => oldest + Months::new(u32::try_from(n).unwrap()),
                    }
                }),
                "unpaid_count_at_least" => unpaid.len() as u64 >= value.as_u64().unwrap(),
                "unpaid_balance_at_least" => balance >= value.as_str().unwrap().parse::<i64>().unwrap() * 100,
                "last_failure_in" => self.failure.is_some_and(|code| value.as_array().unwrap().contains(&json!(code))),
                "tag_present" => self.tags.contains(value.as_str().unwrap()),
                "tag_absent" => !self.tags.contains(value.as_str().unwrap()),
                _ => panic!("{key}"),
            })
        };
        let states = ladder["states"].as_array().unwrap();
        let held = self.tags.contains("HOLD") && ladder.get("hold_tag").is_some();
        let state = states.iter().filter(|_| !held).find(|state| holds(&state["when"]));
        let state = state.map_or(&ladder["default_state"], |state| &state["name"]);
        json!({
            "on": on, "through_seq": seq, "state": state,
            "unpaid_count": unpaid.len(), "unpaid_balance": cents(balance)
        })
    }
}

/// Marks an invoice; none where the mark makes no sense.
fn mark(invoice: &mut Invoice, action: &str, any_credit: bool) -> Option<()> {
    if invoice.draft {
        return None;
    }
    match action {
        "paid" if !invoice.paid && !invoice.adjusted => (invoice.paid, invoice.charged_back) = (true, false),
        "payment_refunded" if invoice.paid => invoice.paid = false,
        "payment_charged_back" if invoice.paid => (invoice.paid, invoice.charged_back) = (false, true),
        // What a chargeback gives back after credit or an adjustment filled its place is not said.
        "chargeback_reversed" if invoice.charged_back && !invoice.adjusted && !any_credit => {
            (invoice.paid, invoice.charged_back) = (true, false);
        }
        "adjusted_to_zero" if !invoice.adjusted => invoice.adjusted = true,
        "written_off" if !invoice.written_off => invoice.written_off = true,
        "write_off_reversed" if invoice.written_off => invoice.written_off = false,
        _ => return None,
    }
    Some(())
}

fn cents(cents: i64) -> String {
    format!("{}.{:02}", cents / 100, cents % 100)
}

fn condition() -> impl Strategy<Value = (&'static str, Value)> {
    let age = (0..70_u64, 0..3_usize).prop_map(|(n, unit)| {
        let (n, unit) = [(n, "days"), (n / 7, "weeks"), (n / 20, "months")][unit];
        ("oldest_unpaid_age", json!({ "at_least": n, "unit": unit }))
    });
    prop_oneof![
        4 => age,
        2 => (0..4_u64).prop_map(|n| ("unpaid_count_at_least", json!(n))),
        2 => (0..9_u64).prop_map(|n| ("unpaid_balance_at_least", json!(n.to_string()))),
        1 => prop::sample::subsequence(&CODES[..], 0..=2).prop_map(|codes| ("last_failure_in", json!(codes))),
        1 => prop::sample::select(&TAGS[..]).prop_map(|tag| ("tag_present", json!(tag))),
        1 => prop::sample::select(&TAGS[..]).prop_map(|tag| ("tag_absent", json!(tag))),
    ]
}

fn ladders() -> impl Strategy<Value = Value> {
    let state = prop::collection::vec(condition(), 0..3);
    (prop::collection::vec(state, 0..5), any::<bool>()).prop_map(|(states, hold)| {
        let state = |(index, when): (usize, Vec<(&str, Value)>)| {
            let when: serde_json::Map<String, Value> =
                when.into_iter().map(|(key, value)| (key.to_owned(), value)).collect();
            json!({ "name": format!("S{index}"), "when": when })
        };
        let states: Vec<Value> = states.into_iter().enumerate().map(state).collect();
        let mut ladder = json!({ "default_state": "REST", "states": states });
        if hold {
            ladder["hold_tag"] = json!("HOLD");
        }
        ladder
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]
    #[test]
    fn a_ladder_is_what_the_format_says_after_every_event(
        ladder in ladders(),
        steps in prop::collection::vec((0..25_u64, 0..ACTIONS.len(), 0..6_usize, 1..9_i64), 1..20),
    ) {
        let mut books = Books::default();
        let mut on = NaiveDate::from_ymd_opt(2023, 12, 20).unwrap();
        let (mut timeline, mut expect) = (Vec::new(), Vec::new());
        for (later, action, invoice, amount) in steps {
            // On most days more than one thing happens.
            let next = on + Days::new(later.saturating_sub(8));
            for day in on.iter_days().take_while(|day| *day < next) {
                expect.push(books.expected(day, timeline.len(), &ladder));
            }
            on = next;
            if let Some(mut entry) = books.take(Step { action, invoice, amount }, on) {
                entry["seq"] = json!(timeline.len() + 1);
                entry["on"] = json!(on);
                timeline.push(entry);
                expect.push(books.expected(on, timeline.len(), &ladder));
            }
        }
        expect.push(books.expected(on + Days::new(40), timeline.len(), &ladder));
        let file = one("ladder", json!({ "policy": ladder, "timeline": timeline }), Value::Array(expect));
        let printed = printed(&file);
        prop_assert!(printed == "1 passed, 0 failed\n", "{printed}\n{}", file["cases"][0]["given"]);
    }
}
