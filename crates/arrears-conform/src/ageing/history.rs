//! A schedule and its timeline as the history of an account.

use super::case::{Entry, Given, Word};
use arrears::Currency;
use arrears::account::{Account, Amount, Credit, Event, Happening, Instalment, Pause, Payment, Resume, Schedule};
use chrono::NaiveDate;

/// The account. It was opened, and its schedule agreed, on the first day of which the case speaks,
/// before anything else.
pub(super) fn account(given: &Given, currency: Currency, first: NaiveDate) -> Result<Account, String> {
    let mut events = Vec::new();
    let due = given.schedule.iter().enumerate().filter(|(_, due)| due.amount != Amount::ZERO);
    let instalments: Vec<Instalment> =
        due.map(|(index, due)| Instalment::new((index + 1).to_string(), due.due_on, due.amount)).collect();
    if !instalments.is_empty() {
        events.push(Event::new("schedule", first, Schedule { total: None, instalments }));
    }
    for (index, entry) in given.timeline.iter().enumerate() {
        let place = format!("given.timeline[{index}]");
        let (on, happening) = happening(entry).map_err(|error| format!("{place}: {error}"))?;
        if let Some(happening) = happening {
            // Money that was noted ahead of its day counts, as any, from its own day.
            let is_money = matches!(happening, Happening::Payment(_) | Happening::Credit(_));
            let recorded = entry.recorded_on.unwrap_or(on);
            let known = if is_money { recorded.max(on) } else { recorded };
            events.push(Event::new(place, on, happening).known_on(known));
        }
    }
    Account::new("case", currency, first).with(events).map_err(|problems| {
        let problems: Vec<String> = problems.iter().map(ToString::to_string).collect();
        format!("given: {}", problems.join("; "))
    })
}

/// What happened, and on which day; none for money of no amount.
fn happening(entry: &Entry) -> Result<(NaiveDate, Option<Happening>), String> {
    let Entry { event, on, amount, start, end, recorded_on: _ } = entry;
    Ok(match (event, on, amount, start, end) {
        (Word::Payment, Some(on), Some(amount), None, None) => {
            (*on, paid(*amount).then(|| Payment { amount: *amount, currency: None, item: None }.into()))
        }
        (Word::Credit, Some(on), Some(amount), None, None) => {
            (*on, paid(*amount).then(|| Credit { amount: *amount, currency: None, item: None, of: None }.into()))
        }
        (Word::Pause, None, None, Some(start), Some(end)) => (*start, Some(Pause { from: *start, to: *end }.into())),
        (Word::Resume, Some(on), None, None, None) => (*on, Some(Resume {}.into())),
        (Word::Payment | Word::Credit, ..) => return Err("expected `on` and `amount`, and nothing else".to_owned()),
        (Word::Pause, ..) => return Err("expected `start` and `end`, and nothing else".to_owned()),
        (Word::Resume, ..) => return Err("expected `on`, and nothing else".to_owned()),
    })
}

fn paid(amount: Amount) -> bool {
    amount != Amount::ZERO
}
