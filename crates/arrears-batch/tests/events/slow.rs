//! Counting by hand, event by event, gives the same facts.

use super::flat::Tables;
use super::histories::reads_everything;
use arrears::{Cell, Policy};
use arrears_batch::EventTable;
use chrono::{Days, NaiveDate};
use proptest::prelude::*;
use std::collections::BTreeMap;
use std::sync::LazyLock;

static POLICY: LazyLock<Policy> = LazyLock::new(|| reads_everything("EUR"));

const ACCOUNTS: [&str; 4] = ["A-1", "A-2", "17", "é"];
const CHANNELS: [&str; 4] = ["phone", "sms", "visit", "letter"];
const OUTCOMES: [&str; 6] = ["", "rpc_promise", "rpc_refused", "no_answer", "visit_met", "busy"];

/// A contact: whose, days from the first day, channel, outcome, from the person.
type Contact = (usize, u64, usize, usize, bool);
/// A payment: whose, days from the first day, in cents.
type Payment = (usize, u64, i64);

fn first() -> NaiveDate {
    "2026-01-01".parse().unwrap()
}

fn day(offset: u64) -> NaiveDate {
    first() + Days::new(offset)
}

fn contacts() -> impl Strategy<Value = Vec<Contact>> {
    prop::collection::vec((0..4_usize, 0..60_u64, 0..4_usize, 0..6_usize, prop::bool::weighted(0.2)), 0..40)
}

fn payments() -> impl Strategy<Value = Vec<Payment>> {
    prop::collection::vec((0..4_usize, 0..60_u64, 0..5_000_i64), 0..20)
}

/// How many of some days lie in a window that ends on a day, and in how many days that falls.
fn window(days: &[NaiveDate], length: u64, as_of: NaiveDate) -> (i64, Cell) {
    let inside = |end: NaiveDate| {
        let begin = end - Days::new(length - 1);
        i64::try_from(days.iter().filter(|day| **day <= as_of && **day >= begin && **day <= end).count()).unwrap()
    };
    let now = inside(as_of);
    let falls = (1..=length).find(|ahead| inside(as_of + Days::new(*ahead)) < now);
    (now, falls.map_or(Cell::NEVER, |ahead| Cell::number(i64::try_from(ahead).unwrap())))
}

fn since(days: &[NaiveDate], as_of: NaiveDate) -> Cell {
    let last = days.iter().filter(|day| **day <= as_of).max();
    last.map_or(Cell::NEVER, |last| Cell::number((as_of - *last).num_days()))
}

/// What is expected of an account: the facts by name.
fn by_hand(
    account: usize,
    contacts: &[Contact],
    payments: &[Payment],
    as_of: NaiveDate,
    late_from: Option<NaiveDate>,
) -> BTreeMap<String, Cell> {
    let of = |keep: &dyn Fn(&Contact) -> bool| -> Vec<NaiveDate> {
        contacts.iter().filter(|contact| contact.0 == account && keep(contact)).map(|contact| day(contact.1)).collect()
    };
    let mut facts = BTreeMap::new();
    let mut put_window = |name: &str, days: &[NaiveDate], length: u64| {
        let (count, falls) = window(days, length, as_of);
        facts.insert(name.to_owned(), Cell::number(count));
        facts.insert(format!("{name}_drops_in"), falls);
    };
    let attempts = of(&|contact| !contact.4);
    put_window("contacts_7d", &attempts, 7);
    for (place, channel) in CHANNELS.iter().enumerate() {
        let days = of(&|contact| contact.2 == place && !contact.4);
        for length in [7, 30, 180] {
            put_window(&format!("times_{channel}_{length}"), &days, length);
        }
    }
    for (place, outcome) in OUTCOMES.iter().enumerate().skip(1) {
        let days = of(&|contact| contact.3 == place);
        put_window(&format!("times_{outcome}_30"), &days, 30);
    }
    put_window("times_rpc_30", &of(&|contact| matches!(contact.3, 1 | 2)), 30);
    let paid: Vec<NaiveDate> =
        payments.iter().filter(|payment| payment.0 == account && payment.2 > 0).map(|payment| day(payment.1)).collect();
    put_window("times_payment_7", &paid, 7);
    let (_, falls) = window(&paid, 30, as_of);
    let begin = as_of - Days::new(29);
    let inside =
        payments.iter().filter(|payment| payment.0 == account && day(payment.1) >= begin && day(payment.1) <= as_of);
    facts.insert("paid_30d".to_owned(), Cell::number(inside.map(|payment| payment.2).sum()));
    facts.insert("paid_30d_drops_in".to_owned(), falls);
    facts.insert("days_since_contact".to_owned(), since(&attempts, as_of));
    facts.insert("days_since_rpc".to_owned(), since(&of(&|contact| matches!(contact.3, 1 | 2 | 4)), as_of));
    facts.insert("days_since_payment".to_owned(), since(&paid, as_of));
    let here = |days: &[NaiveDate]| {
        let count = days.iter().filter(|day| **day <= as_of && late_from.is_some_and(|from| **day >= from)).count();
        i64::try_from(count).unwrap()
    };
    let calls = of(&|contact| contact.2 == 0 && !contact.4);
    let unanswered = of(&|contact| contact.2 == 0 && !contact.4 && matches!(contact.3, 3 | 5));
    facts.insert("calls_made".to_owned(), Cell::number(here(&calls)));
    facts.insert("calls_unanswered".to_owned(), Cell::number(here(&unanswered)));
    facts.insert("refused".to_owned(), Cell::flag(here(&of(&|contact| contact.3 == 2)) > 0));
    facts
}

fn tables(contacts: &[Contact], payments: &[Payment]) -> Tables {
    let mut tables = Tables::new();
    for (account, on, channel, outcome, inbound) in contacts {
        let inbound = if *inbound { "true" } else { "false" };
        let row =
            [ACCOUNTS[*account], &day(*on).to_string(), CHANNELS[*channel], OUTCOMES[*outcome], inbound, "", "", ""];
        tables.0[0].1.rows.push(row.map(str::to_owned).to_vec());
    }
    for (sequence, (account, on, cents)) in payments.iter().enumerate() {
        let amount = format!("{}.{:02}", cents / 100, cents % 100);
        let row = [ACCOUNTS[*account], &day(*on).to_string(), &amount, &sequence.to_string()];
        tables.0[1].1.rows.push(row.map(str::to_owned).to_vec());
    }
    assert_eq!(tables.0[0].0, EventTable::Contacts);
    tables
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn what_is_counted_in_one_pass_is_what_is_counted_by_hand(
        contacts in contacts(),
        payments in payments(),
        on in 0..70_u64,
        late in prop::collection::vec(prop::option::of(0..40_i64), 4),
    ) {
        let as_of = day(on);
        let late_days: BTreeMap<String, Cell> = ACCOUNTS
            .iter()
            .zip(&late)
            .map(|(name, days)| ((*name).to_owned(), days.map_or(Cell::NEVER, Cell::number)))
            .collect();
        let events = tables(&contacts, &payments).counted(&POLICY, as_of, &late_days);
        for (account, name) in ACCOUNTS.iter().enumerate() {
            let late_from = late[account].map(|days| as_of - Days::new(u64::try_from(days).unwrap()));
            let facts: BTreeMap<String, Cell> = events
                .facts_of(name)
                .unwrap()
                .into_iter()
                .map(|(fact, cell)| (POLICY.input(fact).unwrap().name.clone(), cell))
                .collect();
            for (fact, wanted) in by_hand(account, &contacts, &payments, as_of, late_from) {
                prop_assert_eq!(facts.get(&fact), Some(&wanted), "`{}` of {} on {}", fact, name, as_of);
            }
        }
    }
}
