//! What events tell depends on what happened, not on how the table says it.

use super::flat::{CONTACTS, PAYMENTS, PROMISES, Table};
use super::histories::reads_everything;
use arrears::condition::FactId;
use arrears::{Cell, Policy};
use arrears_batch::{EventSchemas, EventTable, Events, Mapping};
use arrow_array::types::Int32Type;
use arrow_array::{
    ArrayRef, Date32Array, DictionaryArray, Int64Array, RecordBatch, StringArray, TimestampMillisecondArray,
    TimestampSecondArray,
};
use chrono::NaiveDate;
use std::collections::BTreeMap;
use std::sync::{Arc, LazyLock};

static POLICY: LazyLock<Policy> = LazyLock::new(|| reads_everything("EUR"));

fn as_of() -> NaiveDate {
    "2026-11-30".parse().unwrap()
}

pub(crate) fn events(batches: &[(EventTable, RecordBatch)], policy: &Policy) -> Events {
    let mut schemas = EventSchemas::default();
    for (table, batch) in batches {
        schemas = schemas.with(*table, &batch.schema(), table.word());
    }
    let mut events = Events::new(policy, as_of(), &schemas, &Mapping::default()).unwrap();
    for (table, batch) in batches {
        events.add(*table, batch);
    }
    events
}

fn facts(events: &Events, account: &str) -> BTreeMap<String, Cell> {
    let name = |fact: FactId| POLICY.input(fact).unwrap().name.clone();
    events.facts_of(account).unwrap().into_iter().map(|(fact, cell)| (name(fact), cell)).collect()
}

/// Many contacts of many accounts, in no order.
pub(crate) fn many() -> Table {
    let channels = ["phone", "sms", "letter", "visit"];
    let outcomes = ["", "rpc_refused", "no_answer", "rpc_promise", "busy", "visit_met"];
    let mut table = Table::new(CONTACTS);
    let mut next = 12_345_u64;
    for _ in 0..120_000 {
        next = next.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        let pick = |shift: u32, end: u64| usize::try_from((next >> shift) % end).unwrap();
        let on = as_of() - chrono::Days::new((next >> 20) % 200);
        let row = [
            format!("A-{}", pick(33, 3_000)),
            on.to_string(),
            channels[pick(40, 4)].to_owned(),
            outcomes[pick(44, 6)].to_owned(),
            if pick(50, 9) == 0 { "true".to_owned() } else { String::new() },
            String::new(),
            if pick(55, 5) == 0 { "gentle".to_owned() } else { String::new() },
            String::new(),
        ];
        table.rows.push(row.to_vec());
    }
    table
}

fn same(one: &Events, other: &Events) {
    for account in 0..3_000 {
        let name = format!("A-{account}");
        assert_eq!(one.facts_of(&name), other.facts_of(&name), "{name}");
    }
}

#[test]
fn events_in_another_order_and_in_smaller_tables_tell_the_same() {
    let table = many();
    let unsorted = events(&[(EventTable::Contacts, table.batch())], &POLICY);
    let mut sorted = table.clone();
    sorted.rows.sort_by(|one, other| (&one[1], &one[0]).cmp(&(&other[1], &other[0])));
    same(&unsorted, &events(&[(EventTable::Contacts, sorted.batch())], &POLICY));
    let batch = table.batch();
    let schemas = EventSchemas::default().with(EventTable::Contacts, &batch.schema(), "contacts");
    let mut pieces = Events::new(&POLICY, as_of(), &schemas, &Mapping::default()).unwrap();
    let mut begin = 0;
    for length in [1, 7, 0, 40_000, 3, 33_000] {
        pieces.add(EventTable::Contacts, &batch.slice(begin, length));
        begin += length;
    }
    pieces.add(EventTable::Contacts, &batch.slice(begin, batch.num_rows() - begin));
    same(&unsorted, &pieces);
    assert_eq!(pieces.tallies()[0].rows, 120_000);
}

#[test]
fn one_thread_and_many_tell_the_same() {
    let batch = many().batch();
    let with = |threads: usize| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        pool.install(|| events(&[(EventTable::Contacts, batch.clone())], &POLICY))
    };
    let one = with(1);
    for threads in [2, 5] {
        same(&one, &with(threads));
    }
}

pub(crate) fn batch(columns: Vec<(&str, ArrayRef)>) -> RecordBatch {
    RecordBatch::try_from_iter_with_nullable(columns.into_iter().map(|(name, array)| (name, array, true))).unwrap()
}

pub(crate) fn texts(cells: &[&str]) -> ArrayRef {
    Arc::new(StringArray::from(cells.to_vec()))
}

#[test]
fn numbers_dictionaries_dates_and_points_in_time_tell_what_texts_tell() {
    let text = batch(vec![
        ("account_id", texts(&["7", "7", "8"])),
        ("on", texts(&["2026-11-29", "2026-11-20", "2026-11-30"])),
        ("channel", texts(&["phone", "sms", "phone"])),
        ("outcome", texts(&["rpc_refused", "", "busy"])),
    ]);
    let day =
        |text: &str| i32::try_from((text.parse::<NaiveDate>().unwrap() - NaiveDate::default()).num_days()).unwrap();
    let days = [day("2026-11-29"), day("2026-11-20"), day("2026-11-30")];
    let words: DictionaryArray<Int32Type> = vec!["phone", "sms", "phone"].into_iter().collect();
    let codes: DictionaryArray<Int32Type> = vec![Some("rpc_refused"), None, Some("busy")].into_iter().collect();
    let seconds: Vec<i64> = days.iter().map(|day| i64::from(*day) * 86_400 + 86_399).collect();
    let millis: Vec<i64> = seconds.iter().map(|second| second * 1000).collect();
    for on in [
        Arc::new(Date32Array::from(days.to_vec())) as ArrayRef,
        Arc::new(TimestampSecondArray::from(seconds)),
        Arc::new(TimestampMillisecondArray::from(millis).with_timezone("UTC")),
    ] {
        let other = batch(vec![
            ("account_id", Arc::new(Int64Array::from(vec![7, 7, 8]))),
            ("on", on),
            ("channel", Arc::new(words.clone())),
            ("outcome", Arc::new(codes.clone())),
        ]);
        let (one, other) = (
            events(&[(EventTable::Contacts, text.clone())], &POLICY),
            events(&[(EventTable::Contacts, other)], &POLICY),
        );
        for account in ["7", "8", "9"] {
            assert_eq!(one.facts_of(account), other.facts_of(account));
        }
    }
}

#[test]
fn what_happens_after_the_day_is_not_counted_yet() {
    let contacts = batch(vec![
        ("account_id", texts(&["A", "A", "A"])),
        ("on", texts(&["2026-12-01", "2026-11-30", "2027-03-01"])),
        ("channel", texts(&["phone", "phone", "phone"])),
    ]);
    let events = events(&[(EventTable::Contacts, contacts)], &POLICY);
    assert_eq!(facts(&events, "A")["times_phone_7"], Cell::number(1));
    assert_eq!(facts(&events, "A")["days_since_contact"], Cell::number(0));
    assert_eq!(events.tallies()[0].later, 2);
}

#[test]
fn a_table_without_rows_says_that_nothing_happened_and_no_table_says_nothing() {
    let events = events(&[(EventTable::Contacts, Table::new(CONTACTS).batch())], &POLICY);
    let facts = facts(&events, "A");
    assert_eq!(facts["times_phone_7"], Cell::number(0));
    assert_eq!(facts["times_phone_7_drops_in"], Cell::NEVER);
    assert_eq!(facts["days_since_rpc"], Cell::NEVER);
    assert_eq!(facts["months_since_sms"], Cell::NEVER);
    for told_by_others in ["days_since_payment", "promise_open", "dispute", "times_promise_kept_30"] {
        assert!(!facts.contains_key(told_by_others), "{told_by_others}");
        assert!(!events.tells(told_by_others));
    }
}

#[test]
fn a_table_without_outcomes_does_not_say_who_was_spoken_to() {
    let contacts =
        batch(vec![("account_id", texts(&["A"])), ("on", texts(&["2026-11-30"])), ("channel", texts(&["phone"]))]);
    let events = events(&[(EventTable::Contacts, contacts)], &POLICY);
    assert!(events.tells("days_since_contact"));
    assert!(!events.tells("days_since_rpc"));
    assert_eq!(events.why_not("days_since_rpc"), Some("contacts has no column `outcome` to tell it"));
    assert_eq!(events.why_not("days_since_demand"), Some("contacts has no column `demand` to tell it"));
    assert_eq!(
        events.why_not("calls_made"),
        Some(
            "contacts tells it only where the table of accounts has `days_since_first_missed`, which says since when the \
             account is late"
        )
    );
}

#[test]
fn of_two_payments_of_a_day_the_last_is_known_only_where_the_table_orders_them() {
    let rows = |sequences: [&str; 3]| {
        let mut table = Table::new(PAYMENTS);
        for (amount, sequence) in ["10.00", "30.00", "20.00"].iter().zip(sequences) {
            table.rows.push(["A", "2026-11-29", amount, sequence].map(str::to_owned).to_vec());
        }
        events(&[(EventTable::Payments, table.batch())], &POLICY)
    };
    assert_eq!(facts(&rows(["1", "3", "2"]), "A")["last_payment"], Cell::number(3000));
    assert_eq!(facts(&rows(["", "", ""]), "A")["last_payment"], Cell::UNKNOWN);
    assert_eq!(facts(&rows(["", "", ""]), "A")["paid_30d"], Cell::number(6000));
    assert_eq!(facts(&rows(["", "", ""]), "B")["last_payment"], Cell::number(0));
}

#[test]
fn a_promise_whose_day_passed_without_a_result_leaves_open_how_many_were_kept() {
    let mut table = Table::new(PROMISES);
    table.rows.push(["A", "2026-11-01", "2026-11-29", "50.00", "", "", "", ""].map(str::to_owned).to_vec());
    table.rows.push(["B", "2026-11-01", "2026-11-30", "50.00", "", "", "50.00", ""].map(str::to_owned).to_vec());
    let events = events(&[(EventTable::Promises, table.batch())], &POLICY);
    let (a, b) = (facts(&events, "A"), facts(&events, "B"));
    assert_eq!((a["times_promise_broken_180"], a["promise_open"]), (Cell::UNKNOWN, Cell::UNKNOWN));
    assert_eq!((a["times_promise_30"], b["times_promise_kept_180"]), (Cell::number(1), Cell::number(0)));
    assert_eq!(
        (b["promise_open"], b["promise_due_in"], b["promise_amount"]),
        (Cell::TRUE, Cell::number(0), Cell::number(5000))
    );
}

#[test]
fn a_row_that_cannot_be_read_puts_its_account_at_fault_and_no_other() {
    let contacts = batch(vec![
        ("account_id", texts(&["A", "A", "B", "A"])),
        ("on", texts(&["2026-11-29", "29.11.2026", "2026-11-30", ""])),
        ("channel", texts(&["phone", "phone", "phone", "phon"])),
    ]);
    let events = events(&[(EventTable::Contacts, contacts)], &POLICY);
    assert!(events.facts_of("B").is_ok());
    assert!(events.facts_of("C").is_ok());
    let tally = &events.tallies()[0];
    assert_eq!(tally.of_no_account, 3);
    assert_eq!(
        events.facts_of("A").unwrap_err().to_string(),
        "an event of the account cannot be read, so that its facts are not known: contacts, row 2, column `on`: \
         `29.11.2026` is not a date: write year, month and day, as in 2026-11-30 (and 1 more of its rows)"
    );
    let tally = &events.tallies()[0];
    assert_eq!((tally.rows, tally.refused, tally.of_nobody, tally.of_no_account), (4, 2, 0, 0));
    assert_eq!(
        tally.first_errors[1].to_string(),
        "row 4, account A, column `on`: the cell is empty: write the day on which it happened; column `channel`: `phon` \
         is not known: expected one of push, in_app, chat, sms, email, letter, postcard, social_message, \
         social_post, ringless_voicemail, ivr, phone and 4 more (did you mean `phone`?)"
    );
}

#[test]
fn everything_that_is_wrong_with_the_columns_of_every_table_is_told_at_once() {
    let contacts = batch(vec![
        ("account", texts(&["A"])),
        ("on", Arc::new(Int64Array::from(vec![20_261_130]))),
        ("channel", texts(&["phone"])),
        ("outcom", texts(&["busy"])),
    ]);
    let holds = batch(vec![("account_id", texts(&["A"])), ("what", texts(&["dispute"]))]);
    let schemas = EventSchemas::default().with(EventTable::Contacts, &contacts.schema(), "calls.csv").with(
        EventTable::Holds,
        &holds.schema(),
        "holds.csv",
    );
    let text = "[contacts]\nchanel = \"channel\"\n[holds]\nfrom = \"since\"\ncovers = [\"disputed\"]\n";
    let mapping = Mapping::parse(text, "map.toml").unwrap();
    let problems = Events::new(&POLICY, as_of(), &schemas, &mapping).unwrap_err();
    let told: Vec<String> = problems.problems.iter().map(ToString::to_string).collect();
    assert_eq!(
        told,
        [
            "calls.csv: column `account_id` is absent: the account to which it happened (did you mean `account`?)",
            "calls.csv: column `on` holds whole numbers, but must hold dates: cast the column to a date or a timestamp",
            "calls.csv: column `outcom` is not read; `outcome` may be meant (the code of the result): rename it, or name it \
             under `contacts` in the mapping",
            "holds.csv: the mapping reads `holds.from` from column `since`, which the table does not have",
            "calls.csv: the mapping names `contacts.chanel`, which is no column of such a table (did you mean `channel`?)",
            "holds.csv: `holds.covers` names `disputed`, which is no protection (did you mean `dispute`?)",
        ]
    );
}

#[test]
fn holds_that_the_table_does_not_record_are_not_told() {
    let holds = batch(vec![
        ("account_id", texts(&["A", "A", "B"])),
        ("what", texts(&["dispute", "bankrupt", "dispute"])),
        ("since", texts(&["2026-11-01", "2026-12-01", "2026-10-01"])),
        ("until", texts(&["2026-11-30", "", "2026-11-29"])),
    ]);
    let schemas = EventSchemas::default().with(EventTable::Holds, &holds.schema(), "holds.csv");
    let text = "[holds]\nfrom = \"since\"\ncovers = [\"dispute\", \"bankrupt\"]\n";
    let mut events = Events::new(&POLICY, as_of(), &schemas, &Mapping::parse(text, "map.toml").unwrap()).unwrap();
    events.add(EventTable::Holds, &holds);
    let of = |account: &str| facts(&events, account);
    assert_eq!((of("A")["dispute"], of("A")["bankrupt"], of("B")["dispute"]), (Cell::TRUE, Cell::FALSE, Cell::FALSE));
    assert!(!events.tells("deceased"));
    assert!(events.why_not("deceased").is_some_and(|why| why.contains("`holds.covers`")));
}
