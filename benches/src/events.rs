//! Facts of a policy counted from a table of contacts, in the order of the accounts and in none.

use crate::Failure;
use crate::clock::Lap;
use arrears::{Cell, Policy};
use arrears_batch::{EventSchemas, EventTable, Events, Mapping};
use arrow_array::types::Int8Type;
use arrow_array::{ArrayRef, BooleanArray, Date32Array, DictionaryArray, Int8Array, RecordBatch, StringArray};
use chrono::{Days, NaiveDate};
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

/// How often each order is counted.
const ROUNDS: usize = 5;
/// Events that are handed over at a time.
const BATCH: usize = 1 << 20;
/// Accounts whose facts are asked for at a time, as a run does.
const ASKED: usize = 8192;
/// Every so many accounts one is counted by hand.
const SAMPLE: usize = 997;

const CHANNELS: [&str; 4] = ["phone", "sms", "letter", "visit"];
const OUTCOMES: [&str; 8] = [
    "no_answer",
    "busy",
    "rpc_refused",
    "rpc_promise",
    "rpc_vague_promise",
    "rpc_claims_no_money",
    "rpc_hostile",
    "third_party",
];

/// A contact.
#[derive(Clone, Copy)]
struct Contact {
    account: usize,
    on: NaiveDate,
    channel: usize,
    /// None: not known.
    outcome: Option<usize>,
    inbound: bool,
    demand: bool,
}

/// The contacts that happened.
struct Happened {
    accounts: usize,
    events: usize,
    as_of: NaiveDate,
}

/// Counts so many contacts of so many accounts, compares some accounts with a count by hand, and
/// prints what it took.
pub(crate) fn run(examples: &Path, (accounts, events): (usize, usize)) -> Result<(), Failure> {
    let path = examples.join("policies/cn-card.rhai");
    let loaded = arrears_rules::load(&path, &[])?;
    let policy = loaded.policy.ok_or_else(|| format!("{:?}", loaded.problems))?;
    let happened = Happened { accounts, events, as_of: NaiveDate::from_ymd_opt(2026, 11, 30).ok_or("no such day")? };
    println!(
        "{:<22}{:>8}{:>12}{:>11}{:>11}{:>11}{:>14}{:>18}{:>20}",
        "order",
        "threads",
        "events",
        "min ns",
        "median ns",
        "max ns",
        "events/s",
        "bytes an account",
        "ns an account told"
    );
    for (order, sorted) in [("none", false), ("by account and day", true)] {
        for threads in [1, 2] {
            let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build()?;
            pool.install(|| measure(&policy, &happened, (order, sorted, threads)))?;
        }
    }
    Ok(())
}

fn measure(policy: &Policy, happened: &Happened, (order, sorted, threads): (&str, bool, usize)) -> Result<(), Failure> {
    let names: Vec<String> = (0..happened.accounts).map(name).collect();
    let mut rounds = Vec::new();
    let (mut bytes, mut told) = (0, Vec::new());
    for round in 0..ROUNDS {
        let mut events = happened.announced(policy)?;
        for (account, name) in names.iter().enumerate() {
            events.late_since(name, late_since(account));
        }
        let mut seconds = 0.0;
        for begin in (0..happened.events).step_by(BATCH) {
            let batch = happened.batch(begin..(begin + BATCH).min(happened.events), sorted, &names)?;
            let lap = Lap::begin();
            events.add(EventTable::Contacts, &batch);
            seconds += lap.seconds();
        }
        rounds.push(seconds * 1e9 / happened.events as f64);
        bytes = events.memory();
        told.push(tell(&events, &names) * 1e9 / happened.accounts as f64);
        if round == 0 {
            happened.check(policy, &events)?;
        }
    }
    rounds.sort_unstable_by(f64::total_cmp);
    told.sort_unstable_by(f64::total_cmp);
    let at = |of: &[f64], place: usize| of.get(place).copied().unwrap_or(f64::NAN);
    let median = at(&rounds, ROUNDS / 2);
    println!(
        "{order:<22}{threads:>8}{:>12}{:>11.1}{median:>11.1}{:>11.1}{:>14.0}{:>18.1}{:>20.1}",
        happened.events,
        at(&rounds, 0),
        at(&rounds, ROUNDS - 1),
        1e9 / median,
        bytes as f64 / happened.accounts as f64,
        at(&told, ROUNDS / 2)
    );
    Ok(())
}

/// How many seconds it takes to tell the facts of every account as columns.
fn tell(events: &Events, names: &[String]) -> f64 {
    let mut seconds = 0.0;
    for some in names.chunks(ASKED) {
        let accounts: ArrayRef = Arc::new(some.iter().map(Some).collect::<StringArray>());
        let lap = Lap::begin();
        std::hint::black_box(events.columns(&accounts));
        seconds += lap.seconds();
    }
    seconds
}

fn name(account: usize) -> String {
    format!("62{account:014}")
}

/// For how many days an account has been late; every fifth is not.
fn late_since(account: usize) -> Cell {
    if account.is_multiple_of(5) { Cell::NEVER } else { Cell::number((account % 120) as i64) }
}

fn mixed(number: u64) -> u64 {
    let mut mixed = number.wrapping_add(0x9E37_79B9_7F4A_7C15);
    mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    mixed ^ (mixed >> 31)
}

impl Happened {
    /// The contact of a number: contacts are numbered by account, then by day. A few lie after
    /// the day of the decisions.
    fn contact(&self, number: usize) -> Contact {
        let each = (self.events / self.accounts).max(1);
        let account = (number / each).min(self.accounts - 1);
        let place = number - account * each;
        let random = mixed(number as u64);
        let (step, pick) = (400 / each.max(1) as u64, |shift: u32, end: u64| (random >> shift) % end);
        let since = 390 - (place as u64 * step + pick(0, step.max(1))).min(400) as i64;
        let back = Days::new(since.unsigned_abs());
        Contact {
            account,
            on: if since < 0 { self.as_of + back } else { self.as_of - back },
            channel: pick(16, 4) as usize,
            outcome: Some(pick(24, 12) as usize).filter(|outcome| *outcome < OUTCOMES.len()),
            inbound: pick(32, 10) == 0,
            demand: pick(40, 20) == 0,
        }
    }

    /// The number of the contact in a place of the table.
    fn number(&self, place: usize, sorted: bool) -> usize {
        // A step that shares no factor with the count visits every number once.
        let step = (1_000_003_usize..).step_by(2).find(|step| shares_none(*step, self.events)).unwrap_or(1);
        if sorted { place } else { (place as u128 * step as u128 % self.events as u128) as usize }
    }

    fn batch(&self, places: std::ops::Range<usize>, sorted: bool, names: &[String]) -> Result<RecordBatch, Failure> {
        let contacts: Vec<Contact> = places.map(|place| self.contact(self.number(place, sorted))).collect();
        let words = |values: &[&str], keys: Vec<Option<i8>>| -> Result<ArrayRef, Failure> {
            let values = Arc::new(StringArray::from(values.to_vec()));
            Ok(Arc::new(DictionaryArray::<Int8Type>::try_new(Int8Array::from(keys), values)?))
        };
        let accounts = contacts.iter().map(|contact| names.get(contact.account)).collect::<StringArray>();
        let epoch = NaiveDate::default();
        let days = contacts.iter().map(|contact| (contact.on - epoch).num_days() as i32).collect::<Vec<_>>();
        let channels = contacts.iter().map(|contact| Some(contact.channel as i8)).collect();
        let outcomes = contacts.iter().map(|contact| contact.outcome.map(|outcome| outcome as i8)).collect();
        let flag = |set: fn(&Contact) -> bool| -> ArrayRef {
            Arc::new(contacts.iter().map(|contact| Some(set(contact))).collect::<BooleanArray>())
        };
        let columns = [
            ("account_id", Arc::new(accounts) as ArrayRef, true),
            ("on", Arc::new(Date32Array::from(days)) as ArrayRef, true),
            ("channel", words(&CHANNELS, channels)?, true),
            ("outcome", words(&OUTCOMES, outcomes)?, true),
            ("inbound", flag(|contact| contact.inbound), true),
            ("demand", flag(|contact| contact.demand), true),
        ];
        Ok(RecordBatch::try_from_iter_with_nullable(columns)?)
    }

    fn announced(&self, policy: &Policy) -> Result<Events, Failure> {
        let columns = self.batch(0..1, true, &[name(0)])?;
        let schemas =
            EventSchemas::default().with(EventTable::Contacts, &columns.schema(), "contacts").with_late_since();
        Ok(Events::new(policy, self.as_of, &schemas, &Mapping::default())?)
    }

    /// Compares every fact that is told of some accounts with a count by hand.
    fn check(&self, policy: &Policy, events: &Events) -> Result<(), Failure> {
        let each = (self.events / self.accounts).max(1);
        for account in (0..self.accounts).step_by(SAMPLE) {
            let last = if account + 1 == self.accounts { self.events } else { (account + 1) * each };
            let contacts: Vec<Contact> = (account * each..last).map(|number| self.contact(number)).collect();
            let by_hand = ByHand { contacts, as_of: self.as_of, late: late_since(account) };
            let facts = events.facts_of(&name(account)).map_err(|fault| fault.to_string())?;
            let facts: BTreeMap<&str, Cell> =
                facts.iter().filter_map(|(fact, cell)| Some((policy.input(*fact)?.name.as_str(), *cell))).collect();
            for (fact, cell) in &facts {
                let wanted = by_hand.fact(fact).ok_or_else(|| format!("`{fact}` is not counted by hand"))?;
                if wanted != *cell {
                    return Err(format!("`{fact}` of {}: {cell:?}, by hand {wanted:?}", name(account)).into());
                }
            }
            if facts.len() < 10 {
                return Err(format!("only {} facts are told", facts.len()).into());
            }
        }
        Ok(())
    }
}

fn shares_none(one: usize, other: usize) -> bool {
    let (mut one, mut other) = (one, other);
    while other != 0 {
        (one, other) = (other, one % other);
    }
    one == 1
}

/// The contacts of one account, looked through anew for every fact.
struct ByHand {
    contacts: Vec<Contact>,
    as_of: NaiveDate,
    late: Cell,
}

impl ByHand {
    fn fact(&self, fact: &str) -> Option<Cell> {
        let outcome = |codes: &'static [&'static str]| {
            move |contact: &Contact| {
                contact.outcome.and_then(|code| OUTCOMES.get(code)).is_some_and(|code| codes.contains(code))
            }
        };
        let call = |contact: &Contact| contact.channel == 0 && !contact.inbound;
        let unanswered = outcome(&["no_answer", "busy"]);
        let spoken =
            outcome(&["rpc_refused", "rpc_promise", "rpc_vague_promise", "rpc_claims_no_money", "rpc_hostile"]);
        if let Some(window) = fact.strip_prefix("times_") {
            let (window, falls) = match window.strip_suffix("_drops_in") {
                Some(window) => (window, true),
                None => (window, false),
            };
            let (what, days) = window.rsplit_once('_')?;
            let days: u64 = days.parse().ok()?;
            return match what {
                "rpc" => Some(self.window(days, falls, spoken)),
                "refused" => Some(self.window(days, falls, outcome(&["rpc_refused"]))),
                "vague_promise" => Some(self.window(days, falls, outcome(&["rpc_vague_promise"]))),
                "claims_no_money" => Some(self.window(days, falls, outcome(&["rpc_claims_no_money"]))),
                _ => None,
            };
        }
        Some(match fact {
            "calls_made" => self.here(call),
            "calls_unanswered" => self.here(|contact| call(contact) && unanswered(contact)),
            "hostile" => Cell::flag(self.here(outcome(&["rpc_hostile"])) != Cell::number(0)),
            "days_since_rpc" => self.since(spoken),
            "days_since_demand" => self.since(|contact| contact.demand),
            _ => return None,
        })
    }

    fn ago(&self, contact: &Contact) -> i64 {
        (self.as_of - contact.on).num_days()
    }

    fn window(&self, days: u64, falls: bool, counts: impl Fn(&Contact) -> bool) -> Cell {
        let inside = |ahead: i64| {
            let within = |contact: &&Contact| {
                let ago = self.ago(contact);
                ago >= 0 && ago + ahead < days as i64 && counts(contact)
            };
            self.contacts.iter().filter(within).count()
        };
        let now = inside(0);
        match falls {
            false => Cell::number(now as i64),
            true => (1..=days as i64).find(|ahead| inside(*ahead) < now).map_or(Cell::NEVER, Cell::number),
        }
    }

    fn since(&self, counts: impl Fn(&Contact) -> bool) -> Cell {
        let days = self.contacts.iter().filter(|contact| counts(contact)).map(|contact| self.ago(contact));
        days.filter(|ago| *ago >= 0).min().map_or(Cell::NEVER, Cell::number)
    }

    fn here(&self, counts: impl Fn(&Contact) -> bool) -> Cell {
        let Some(late) = self.late.get() else { return Cell::number(0) };
        let here = |contact: &&Contact| (0..=late).contains(&self.ago(contact)) && counts(contact);
        Cell::number(self.contacts.iter().filter(here).count() as i64)
    }
}
