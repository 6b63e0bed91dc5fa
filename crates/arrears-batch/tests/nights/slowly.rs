//! The accounts of a person settled by hand: written from what `settle` says of itself, on
//! decisions as tables have them, and from the policy as a person reads it.

use arrears::Record;

/// A hold of the policy of these tests.
struct Hold {
    name: &'static str,
    /// The treatments that it stops.
    treatments: &'static [&'static str],
    /// Whether it stops the card from being blocked.
    acts: bool,
    /// The duties that it stops.
    duties: &'static [&'static str],
}

/// The holds on persons, in the order of the policy.
const ON_PERSONS: [Hold; 3] = [
    Hold { name: "complaint", treatments: &["text", "call"], acts: false, duties: &[] },
    Hold { name: "bankrupt", treatments: &["agency"], acts: true, duties: &["overdue_notice"] },
    Hold {
        name: "deceased",
        treatments: &["text", "news", "call", "agency"],
        acts: true,
        duties: &["overdue_notice", "ways_out"],
    },
];

/// What is decided for one account, and who leads by what.
#[derive(Clone, Debug)]
pub(crate) struct Held {
    pub(crate) record: Record,
    /// Days past due, then the overdue amount.
    pub(crate) rank: (Option<i64>, Option<i64>),
}

/// Settles all accounts of one person.
pub(crate) fn settle(accounts: &mut [Held]) {
    if accounts.len() < 2 {
        return;
    }
    for hold in &ON_PERSONS {
        let unsure = format!("{}?", hold.name);
        let has = |name: &str| accounts.iter().any(|held| held.record.held_by.iter().any(|found| found == name));
        if has(hold.name) {
            accounts.iter_mut().for_each(|held| bind(&mut held.record, hold, true));
        } else if has(&unsure) {
            accounts.iter_mut().for_each(|held| bind(&mut held.record, hold, false));
        }
    }
    let is_contact = |held: &&Held| ["sms", "letter", "phone"].contains(&held.record.action.as_str());
    let leads = |held: &&Held| {
        // The priority is the overdue amount, two digits after the point.
        let priority = held.record.priority.as_ref().map(|text| text.replace('.', "").parse::<i64>().unwrap());
        (priority, held.rank)
    };
    let best = accounts.iter().filter(is_contact).map(|held| leads(&held)).max();
    let leader = accounts.iter().filter(is_contact).filter(|held| Some(leads(held)) == best);
    let Some(leader) = leader.map(|held| held.record.account_id.clone()).min() else { return };
    for held in accounts.iter_mut() {
        if is_contact(&&*held) && held.record.account_id != leader {
            nothing_goes_out(&mut held.record, "wait");
            held.record.rides_with = Some(leader.clone());
        }
    }
}

fn bind(record: &mut Record, hold: &Hold, surely: bool) {
    let unsure = format!("{}?", hold.name);
    if record.held_by.iter().any(|held| held == hold.name || (*held == unsure && !surely)) {
        return;
    }
    match record.held_by.iter_mut().find(|held| **held == unsure) {
        Some(held) => hold.name.clone_into(held),
        None => record.held_by.push(if surely { hold.name.to_owned() } else { unsure }),
    }
    if let Some(treatment) = record.treatment.clone().filter(|name| hold.treatments.contains(&name.as_str())) {
        record.vetoed_by.push(format!("{treatment}: hold {}", hold.name));
        nothing_goes_out(record, "held");
    }
    if hold.acts {
        record.acts.retain(|act| act != "block the card");
    }
    let name = |duty: &str| duty.split(" (").next().unwrap_or_default().to_owned();
    let stopped = |duty: &str| hold.duties.contains(&name(duty).as_str());
    if surely {
        record.duties.retain(|duty| !stopped(duty));
    }
    for duty in record.duties.iter_mut().filter(|duty| stopped(duty)) {
        *duty = format!("{} (review)", name(duty));
    }
    record.flags.retain(|flag| flag != "duty_unreadable");
    if record.duties.iter().any(|duty| duty.ends_with("(review)")) {
        record.flags.push("duty_unreadable".to_owned());
    }
}

fn nothing_goes_out(record: &mut Record, action: &str) {
    action.clone_into(&mut record.action);
    record.treatment = None;
    record.channel = None;
    record.contact_point = None;
    record.slot = None;
}
