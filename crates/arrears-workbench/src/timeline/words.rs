//! Events in words.

use super::amounts::grouped;
use arrears::account::{Account, Amount, Contact, Event, Happening, Noted, Part};
use arrears::facts::outcome_table;
use chrono::NaiveDate;

/// What happened, in a few words.
pub(crate) fn words(account: &Account, event: &Event) -> String {
    match &event.happening {
        Happening::Schedule(it) => {
            let due = it.instalments.iter().map(|instalment| instalment.due_on);
            let span = match (due.clone().min(), due.max()) {
                (Some(first), Some(last)) if first < last => format!(" due from {first} to {last}"),
                (first, _) => first.map_or_else(String::new, |only| format!(" due {only}")),
            };
            format!("schedule of {}{span}", plural(it.instalments.len(), "instalment"))
        }
        Happening::Invoice(it) => {
            let draft = if it.draft { "draft of an invoice" } else { "invoice" };
            let due_on = it.due_on.unwrap_or(event.occurred_on);
            format!("{draft} {}: {} due {due_on}", it.item, amount(it.amount))
        }
        Happening::Statement(it) => {
            let (balance, minimum) = (amount(it.balance), amount(it.minimum_payment));
            format!("statement {}: balance {balance}, minimum {minimum} due {}", it.item, it.due_on)
        }
        Happening::Seen(it) => format!("saw: {}", it.what),
        Happening::Contact(it) => contact(it),
        Happening::Promise(it) if it.parts.is_empty() => "promise without a day or a sum".to_owned(),
        Happening::Promise(it) => format!("promise: {}", parts(&it.parts)),
        Happening::Arrangement(it) => format!("arrangement: {}", parts(&it.instalments)),
        Happening::ArrangementEnded(it) => format!("arrangement of {} ended", on(account, &it.arrangement)),
        Happening::PaymentFailed(it) => format!("payment failed: {}{}", it.code, of_item(it.item.as_deref())),
        Happening::Payment(it) => format!("payment of {}{}", amount(it.amount), of_item(it.item.as_deref())),
        Happening::Credit(it) => format!("credit of {}{}", amount(it.amount), of_item(it.item.as_deref())),
        Happening::Adjustment(it) => format!("{} now asks for {}", it.item, amount(it.amount)),
        Happening::PaymentReversed(it) => {
            format!("{} did not hold{}", payment(account, &it.payment), part(it.amount))
        }
        Happening::Refund(it) => format!("{} was given back{}", payment(account, &it.payment), part(it.amount)),
        Happening::Chargeback(it) => format!("{} was charged back", payment(account, &it.payment)),
        Happening::ChargebackReversed(it) => format!("the chargeback of {} was undone", on(account, &it.chargeback)),
        Happening::WriteOff(it) => format!("written off{}", of_item(it.item.as_deref())),
        Happening::WriteOffReversed(it) => format!("the write-off of {} was undone", on(account, &it.write_off)),
        Happening::Pause(it) => format!("ageing paused from {} to {}", it.from, it.to),
        Happening::Resume(_) => "pauses end".to_owned(),
        Happening::Flag(it) => format!("{}{}", it.flag, until(it.until)),
        Happening::FlagLifted(it) => format!("{} lifted", it.flag),
        Happening::TagAdded(it) => format!("tag {}", it.tag),
        Happening::TagRemoved(it) => format!("tag {} taken off", it.tag),
        Happening::Consent(it) if it.given => format!("consent to {}", it.channel),
        Happening::Consent(it) => format!("consent to {} taken back", it.channel),
        Happening::OptOut(it) if it.lifted => format!("{} allowed again", it.channel),
        Happening::OptOut(it) => format!("{} refused", it.channel),
        Happening::Number(it) => format!("{} number: {}", it.point, it.status),
        Happening::PayDay(it) => format!("pay day: the {} of the month", ordinal(it.day)),
        Happening::Inflow(it) => format!("money came in: {}", amount(it.amount)),
        Happening::Placement(it) => format!("placed with {}{}", it.hand, until(it.until)),
        Happening::Recall(_) => "recalled".to_owned(),
        Happening::Note(it) => format!("{}: {}{}", it.fact, noted(&it.value), until(it.until)),
        Happening::Withdrawn(it) => match find(account, &it.of) {
            Some(other) => format!("recorded in error on {}: {}", other.occurred_on, words(account, other)),
            None => format!("recorded in error: {}", it.of),
        },
        other => other.word().replace('_', " "),
    }
}

fn contact(it: &Contact) -> String {
    let mut text = it.channel.clone();
    if let Some(point) = &it.point {
        text.push_str(&format!(" to {point}"));
    }
    if it.inbound {
        text.push_str(", by the customer");
    }
    if it.demand {
        text.push_str(", effective demand");
    }
    let said = it.outcome.as_ref().map(|code| {
        outcome_table().iter().find(|outcome| outcome.code == *code).map_or(code.as_str(), |outcome| outcome.doc)
    });
    match (said, &it.text) {
        (Some(said), _) => text.push_str(&format!(": {said}")),
        (None, Some(sent)) => text.push_str(&format!(": {sent}")),
        (None, None) => {}
    }
    if let Some(day) = it.call_back_on {
        text.push_str(&format!(", call back on {day}"));
    }
    if let Some(treatment) = it.treatment.as_ref().filter(|treatment| it.text.as_ref() != Some(treatment)) {
        text.push_str(&format!(" [{treatment}]"));
    }
    text
}

/// Three parts in full, of more the first and how many follow.
fn parts(parts: &[Part]) -> String {
    let shown = |part: &Part| format!("{} by {}", amount(part.amount), part.due_on);
    match parts {
        [first, _, _, .., last] => {
            format!("{}, and {} more to {}", shown(first), parts.len() - 1, last.due_on)
        }
        few => few.iter().map(shown).collect::<Vec<_>>().join(", "),
    }
}

fn amount(amount: Amount) -> String {
    grouped(amount)
}

fn part(of: Option<Amount>) -> String {
    of.map_or_else(String::new, |part| format!(", {} of it", amount(part)))
}

fn of_item(item: Option<&str>) -> String {
    item.map_or_else(String::new, |item| format!(" for {item}"))
}

fn until(day: Option<NaiveDate>) -> String {
    day.map_or_else(String::new, |day| format!(", until {day}"))
}

fn noted(value: &Noted) -> String {
    match value {
        Noted::Unknown(()) => "not known".to_owned(),
        Noted::Flag(set) => if *set { "yes" } else { "no" }.to_owned(),
        Noted::Whole(number) => number.to_string(),
        Noted::Text(text) => text.clone(),
    }
}

fn find<'a>(account: &'a Account, id: &str) -> Option<&'a Event> {
    account.events().iter().find(|event| event.id == id)
}

/// The day of an event, or its id if there is none.
fn on(account: &Account, id: &str) -> String {
    find(account, id).map_or_else(|| id.to_owned(), |event| event.occurred_on.to_string())
}

fn payment(account: &Account, id: &str) -> String {
    match find(account, id).map(|event| (&event.happening, event.occurred_on)) {
        Some((Happening::Payment(it), day)) => format!("the payment of {} on {day}", amount(it.amount)),
        _ => format!("the payment {id}"),
    }
}

fn plural(count: usize, thing: &str) -> String {
    if count == 1 { format!("1 {thing}") } else { format!("{count} {thing}s") }
}

fn ordinal(day: u32) -> String {
    let end = match (day % 10, day % 100) {
        (1, of) if of != 11 => "st",
        (2, of) if of != 12 => "nd",
        (3, of) if of != 13 => "rd",
        _ => "th",
    };
    format!("{day}{end}")
}
