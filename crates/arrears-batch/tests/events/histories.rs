//! The facts that tables of events tell are those of the histories that they were made of.

use super::flat::{Tables, late_since};
use arrears::account::{Account, Conventions, DayEnd, Event, MonthEnd};
use arrears::build::{Build, Line, call, days_since, fact, times};
use arrears::draft::Keyword;
use arrears::facts::{Role, outcome_table};
use arrears::{Channel, Facts, Policy, table};
use arrears_testkit::generate::Choices;
use arrears_testkit::generate::history::{SPAN, account, conventions, events, opened_on};
use chrono::{Days, NaiveDate};
use proptest::prelude::*;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::LazyLock;

/// A policy that reads every fact of the table, and very many with a parameter.
pub(crate) fn reads_everything(currency: &str) -> Policy {
    let mut build = Build::policy("reads everything", currency).stage("late", fact("dpd").ge(1));
    let given = table::all().filter(|fact| matches!(fact.role, Role::Input | Role::Derived));
    for known in given {
        let line = Line::new(Keyword::Act).name(&format!("reads {}", known.name));
        build = build.add(line.when(call("known", [fact(known.name)])).act("note"));
    }
    let channels = Channel::ALL.into_iter().map(Channel::word);
    let outcomes = outcome_table().iter().map(|outcome| outcome.code);
    let groups = ["rpc", "refused", "hostile", "claims_no_money", "vague_promise"];
    let promises = ["promise", "promise_kept", "promise_broken", "payment"];
    let whats: Vec<&str> = channels.chain(outcomes).chain(groups).chain(promises).collect();
    for what in whats {
        for days in [7, 30, 180] {
            let line = Line::new(Keyword::Act).name(&format!("{what} in {days}"));
            build = build.add(line.when(times(what, days).ge(1)).act("note"));
        }
        let line = Line::new(Keyword::Act).name(&format!("since {what}"));
        build = build.add(line.when(days_since(what).ge(1)).act("note"));
        let line = Line::new(Keyword::Act).name(&format!("months since {what}"));
        build = build.add(line.when(call("months_since", [what.into()]).ge(1)).act("note"));
    }
    for own in ["gentle", "t1"] {
        let line = Line::new(Keyword::Act).name(&format!("own {own}"));
        build = build.add(line.when(times(own, 60).ge(1)).act("note"));
    }
    let letter = Line::new(Keyword::Treatment).name("t1").stages(&["late"]).act("letter");
    let build = build.add(letter.verb_option("text", "gentle")).assume(
        "opted_out(letter)",
        false,
        "a letter needs no consent here",
    );
    build.check().unwrap()
}

static IN_EUR: LazyLock<Policy> = LazyLock::new(|| reads_everything("EUR"));

/// Compares every fact that the tables tell with the same account's history. Gives how many
/// facts were compared, by name.
fn compare(policy: &Policy, as_of: NaiveDate, told: &BTreeMap<String, Facts>, tables: &Tables) -> BTreeSet<String> {
    let late = |facts: &Facts| late_since(facts.get("days_since_first_missed"));
    let late: BTreeMap<String, _> = told.iter().map(|(name, facts)| (name.clone(), late(facts))).collect();
    let events = tables.counted(policy, as_of, &late);
    let mut compared = BTreeSet::new();
    for (name, facts) in told {
        for (fact, cell) in events.facts_of(name).unwrap() {
            let input = policy.input(fact).unwrap();
            let Some(value) = facts.get(&input.name) else { continue };
            let wanted = input.cell_of(value).unwrap();
            assert_eq!(cell, wanted, "`{}` of {name} on {as_of}\n{tables:#?}", input.name);
            compared.insert(input.name.clone());
        }
    }
    compared
}

/// A promise of several parts of which one broke and another was moved has two results; a row
/// of a table says one.
fn one_result_each(account: &Account, as_of: NaiveDate, conventions: &Conventions) -> bool {
    let standing = account.standing(as_of, as_of, conventions);
    standing.promises.iter().all(|promise| promise.broken_on().is_none() || promise.moved_on().is_none())
}

#[test]
fn tables_made_of_the_example_histories_tell_their_facts_on_every_day() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples/data/histories");
    let text = std::fs::read_to_string(folder.join("conventions.json")).unwrap();
    let mut paths: Vec<_> = std::fs::read_dir(&folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|end| end == "json") && !path.ends_with("conventions.json"))
        .collect();
    paths.sort();
    assert_eq!(paths.len(), 10);
    let mut compared = BTreeSet::new();
    for path in paths {
        let account = Account::from_json(&std::fs::read_to_string(&path).unwrap()).unwrap();
        let conventions = Conventions::from_json(&text).unwrap();
        let policy = reads_everything(account.currency().code());
        let (first, last) = (account.events().first().unwrap(), account.events().last().unwrap());
        let mut as_of = first.occurred_on;
        while as_of <= last.occurred_on + Days::new(40) {
            let mut tables = Tables::new();
            tables.add(&account, "A", as_of, &conventions);
            let told = account.told(as_of, as_of, &conventions, &policy.wanted());
            assert!(one_result_each(&account, as_of, &conventions));
            compared.extend(compare(&policy, as_of, &BTreeMap::from([("A".to_owned(), told.facts)]), &tables));
            as_of = as_of + Days::new(11);
        }
    }
    // Nothing is compared in silence with a history that says nothing.
    for name in ["calls_made", "days_since_rpc", "contacts_7d", "paid_30d", "promise_amount", "dispute", "refused"] {
        assert!(compared.contains(name), "{name}: {compared:?}");
    }
    assert!(compared.len() > 200, "{}", compared.len());
}

/// Accounts of one day, with what can be compared.
fn made(lists: Vec<Vec<u16>>, on: u64) -> (NaiveDate, BTreeMap<String, Facts>, Tables) {
    let as_of = opened_on() + Days::new(on);
    let (mut told, mut tables) = (BTreeMap::new(), Tables::new());
    for (place, list) in lists.into_iter().enumerate() {
        let mut choices = Choices::new(list);
        // What a table cannot say: that a day's events count from the next day on, and months
        // that end otherwise.
        let conventions =
            Conventions { day_end: DayEnd::Close, month_end: MonthEnd::Clamp, ..conventions(&mut choices) };
        let events: Vec<Event> = events(&mut choices);
        let Some(account) = account(events, &mut choices) else { continue };
        if !one_result_each(&account, as_of, &conventions) {
            continue;
        }
        let name = format!("A-{place}");
        tables.add(&account, &name, as_of, &conventions);
        told.insert(name, account.told(as_of, as_of, &conventions, &IN_EUR.wanted()).facts);
    }
    (as_of, told, tables)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(120))]

    #[test]
    fn tables_made_of_random_histories_tell_their_facts(
        lists in prop::collection::vec(prop::collection::vec(any::<u16>(), 20..260), 1..6),
        on in 0..SPAN + 60,
    ) {
        let (as_of, told, tables) = made(lists, on);
        compare(&IN_EUR, as_of, &told, &tables);
    }
}
