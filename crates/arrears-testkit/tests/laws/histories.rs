//! What histories mean does not depend on when they arrive, and days change facts as declared.

use crate::cases;
use arrears::account::{Account, Conventions, Event, Happening, PaymentReversed};
use arrears::build::{Build, Line, call, days_since, fact, times};
use arrears::decide::advance;
use arrears::draft::Keyword;
use arrears::facts::Role;
use arrears::{Facts, Need, Policy, Value, table};
use arrears_testkit::generate::Choices;
use arrears_testkit::generate::history::{SPAN, account, conventions, events, opened_on};
use arrears_testkit::reference::{Clerk, Said};
use chrono::{Days, NaiveDate};
use proptest::prelude::*;
use std::sync::LazyLock;

/// Random choices, of which everything else is made.
fn lists() -> impl Strategy<Value = Vec<u16>> {
    prop::collection::vec(any::<u16>(), 20..260)
}

/// Events, conventions, the account, a day, and choices left.
fn made(list: Vec<u16>) -> (Vec<Event>, Conventions, Account, NaiveDate, Choices) {
    let mut choices = Choices::new(list);
    let conventions = conventions(&mut choices);
    let on = u64::try_from(choices.below(usize::try_from(SPAN).unwrap() + 60)).unwrap();
    let events = events(&mut choices);
    let account = account(events.clone(), &mut choices).unwrap();
    (events, conventions, account, opened_on() + Days::new(on), choices)
}

/// A policy that reads every fact of the table, and some with a parameter.
static READS_EVERYTHING: LazyLock<Policy> = LazyLock::new(|| {
    let mut build = Build::policy("reads everything", "EUR").stage("late", fact("dpd").ge(1));
    let given = table::all().filter(|fact| matches!(fact.role, Role::Input | Role::Derived));
    for known in given {
        let line = Line::new(Keyword::Act).name(&format!("reads {}", known.name));
        build = build.add(line.when(call("known", [fact(known.name)])).act("note"));
    }
    for (name, counted) in [
        ("calls", times("phone", 7)),
        ("talks", times("rpc", 30)),
        ("broken", times("promise_broken", 90)),
        ("kept", times("promise_kept", 45)),
        ("payments", times("payment", 14)),
        ("cures", times("cure", 200)),
        ("texts", times("gentle_text", 20)),
        ("demand", days_since("rpc_refused")),
        ("months", call("months_since", ["payment".into()])),
        ("seen", days_since("statement_seen")),
    ] {
        build = build.add(Line::new(Keyword::Act).name(name).when(counted.ge(1)).act("note"));
    }
    for channel in ["sms", "phone"] {
        for family in ["consent", "opted_out"] {
            let line = Line::new(Keyword::Act).name(&format!("{family} {channel}"));
            build = build.add(line.when(call(family, [channel.into()])).act("note"));
        }
    }
    let text = Line::new(Keyword::Treatment).name("letter").stages(&["late"]).act("letter");
    let build = build
        .add(Line::new(Keyword::Act).name("tag").when(call("tag", ["vip".into()])).act("note"))
        .add(text.verb_option("text", "gentle_text"))
        .assume("opted_out(letter)", false, "a letter needs no consent here");
    build.check().unwrap()
});

/// The facts of a day, and how many days they are sure.
fn told(account: &Account, as_of: NaiveDate, known_by: NaiveDate, conventions: &Conventions) -> (Facts, i64) {
    let told = account.told(as_of, known_by, conventions, &READS_EVERYTHING.wanted());
    (told.facts, told.surely)
}

proptest! {
    #![proptest_config(cases(1500))]

    #[test]
    fn events_in_any_order_of_arrival_give_the_same_history(list in lists()) {
        let (events, _, account, _, mut choices) = made(list);
        let empty = Account::new(account.id(), account.currency(), account.opened_on());
        let complete = arrears::account::Kept::ALL.into_iter().filter(|kept| account.is_complete_in(*kept));
        let mut other = empty.complete_in(complete);
        // What an event names must be there before it; otherwise events arrive one by one, in any order.
        let mut waiting = choices.shuffle(events);
        while !waiting.is_empty() {
            let before = waiting.len();
            waiting.retain(|event| match other.with([event.clone()]) {
                Ok(more) => {
                    other = more;
                    false
                }
                Err(_) => true,
            });
            prop_assert!(waiting.len() < before, "{waiting:?} never fits");
        }
        prop_assert_eq!(other, account);
    }

    #[test]
    fn an_event_entered_late_gives_the_facts_of_one_known_in_time(list in lists()) {
        let (events, conventions, account, on, _) = made(list);
        let in_time = events.into_iter().map(|event| Event { known_on: event.occurred_on, ..event });
        let empty = Account::new(account.id(), account.currency(), account.opened_on());
        let complete = arrears::account::Kept::ALL.into_iter().filter(|kept| account.is_complete_in(*kept));
        let punctual = empty.complete_in(complete).with(in_time).unwrap();
        let all_known = on + Days::new(SPAN);
        prop_assert_eq!(told(&account, on, all_known, &conventions), told(&punctual, on, all_known, &conventions));
    }

    #[test]
    fn until_something_happens_facts_move_as_the_table_declares(list in lists()) {
        let (_, conventions, account, on, _) = made(list);
        let policy = &*READS_EVERYTHING;
        let (facts, surely) = told(&account, on, on, &conventions);
        prop_assert!(surely >= 1);
        let mut row = policy.bind(&facts).unwrap();
        for days in 1..surely {
            row = advance(policy, &row).unwrap();
            let (later, _) = told(&account, on + Days::new(u64::try_from(days).unwrap()), on, &conventions);
            let later = policy.bind(&later).unwrap();
            for (index, input) in policy.inputs().iter().enumerate() {
                if !matches!(input.need, Need::State(_)) {
                    prop_assert_eq!(row.cells()[index], later.cells()[index], "{} after {} of {} days", input.name, days, surely);
                }
            }
        }
    }

    #[test]
    fn a_payment_and_its_reversal_leave_the_facts_of_an_account_that_never_saw_them(list in lists(), day in 0..SPAN, cents in 1..40_000_i64, wait in 0..30_u64) {
        let (_, conventions, account, on, _) = made(list);
        let paid_on = opened_on() + Days::new(day);
        let amount = arrears::account::Amount::from_minor(cents, account.currency());
        let payment = arrears::account::Payment { amount, currency: None, item: None };
        let reversed = PaymentReversed { payment: "bounced".into(), amount: None };
        let bounced = account.with([
            Event::new("bounced", paid_on, payment),
            Event::new("undone", paid_on + Days::new(wait), reversed),
        ]).unwrap();
        let later = on.max(paid_on + Days::new(wait + 1));
        prop_assert_eq!(told(&account, later, later, &conventions).0, told(&bounced, later, later, &conventions).0);
        prop_assert_eq!(bounced.events().len(), account.events().len() + 2);
    }

    #[test]
    fn what_is_withdrawn_never_was(list in lists()) {
        let (events, conventions, account, on, mut choices) = made(list);
        let named = |id: &str| events.iter().any(|event| names(&event.happening).contains(&id));
        let free: Vec<&Event> = events.iter().filter(|event| {
            let asks = matches!(event.happening, Happening::Schedule(_) | Happening::Invoice(_) | Happening::Statement(_));
            !named(&event.id) && !asks
        }).collect();
        prop_assume!(!free.is_empty());
        let gone = free[choices.below(free.len())].clone();
        let withdrawn = account.with([Event::new("w", on, arrears::account::Withdrawn { of: gone.id.clone() })]).unwrap();
        let empty = Account::new(account.id(), account.currency(), account.opened_on());
        let complete = arrears::account::Kept::ALL.into_iter().filter(|kept| account.is_complete_in(*kept));
        let never = empty.complete_in(complete).with(events.iter().filter(|event| event.id != gone.id).cloned()).unwrap();
        prop_assert_eq!(told(&withdrawn, on, on, &conventions).0, told(&never, on, on, &conventions).0);
    }
}

proptest! {
    #![proptest_config(cases(400))]

    #[test]
    fn a_clerk_with_pencil_and_paper_finds_the_same_days_past_due(list in lists()) {
        let (events, conventions, account, on, _) = made(list);
        let plain: Vec<Event> = events.into_iter().filter(|event| Clerk::keeps(&event.happening))
            .map(|event| Event { known_on: event.occurred_on, ..event }).collect();
        let said = Clerk::new(&plain).say(account.opened_on(), on, &conventions);
        let account = Account::new("A-1", account.currency(), account.opened_on()).with(plain).unwrap();
        let facts = Facts::of(&account, on, on, &conventions);
        let number = |name: &str| match facts.get(name) {
            Some(Value::Days(number) | Value::Count(number)) => Some(*number),
            Some(Value::Money(money)) => Some(money.minor()),
            _ => None,
        };
        let ago = |name: &str| number(name).map(|days| on - Days::new(u64::try_from(days).unwrap()));
        let times = ["late_count_12m", "times_30dpd_12m", "times_60dpd_12m", "times_90dpd_12m"];
        let found = Said {
            dpd: number("dpd").unwrap(),
            days_delinquent: number("days_delinquent").unwrap(),
            overdue: number("overdue").unwrap(),
            most: number("max_dpd_12m").unwrap(),
            reached: times.map(|name| usize::try_from(number(name).unwrap()).unwrap()),
            first_missed: ago("days_since_first_missed"),
            cured_on: ago("days_since_cure"),
        };
        prop_assert_eq!(said, found, "{}", on);
    }
}

/// The events that a happening names.
fn names(happening: &Happening) -> Vec<&str> {
    match happening {
        Happening::PaymentReversed(it) => vec![&it.payment],
        Happening::Refund(it) => vec![&it.payment],
        Happening::Chargeback(it) => vec![&it.payment],
        Happening::ChargebackReversed(it) => vec![&it.chargeback],
        Happening::WriteOffReversed(it) => vec![&it.write_off],
        Happening::ArrangementEnded(it) => vec![&it.arrangement],
        Happening::Withdrawn(it) => vec![&it.of],
        _ => Vec::new(),
    }
}
