//! The report put together: what the tables tell is measured, what they do not is named.

use super::flows::Flows;
use super::follow::Cohorts;
use super::place::{Has, Place};
use super::report::{Head, Measure, NotMeasured, Report, RowsExcluded, Source, Value};
use super::series::{NO_BALANCE, Series, Sums};
use super::words::Words;
use super::worked::{Lasts, Night, intensity, right_party_of_accounts};
use super::{Buckets, MeasureTable, Measures, Month, rolls};
use std::collections::{BTreeMap, BTreeSet};

/// The parts of a report in the making.
#[derive(Default)]
struct Parts {
    measures: Vec<Measure>,
    not_measured: Vec<NotMeasured>,
}

impl Parts {
    /// Adds a measure if nothing that it needs is absent.
    fn put(&mut self, name: &'static str, needs: &[(bool, &str)], measure: impl FnOnce() -> Measure) {
        let absent: Vec<&str> = needs.iter().filter(|(is_there, _)| !is_there).map(|(_, what)| *what).collect();
        if absent.is_empty() {
            let measure = measure();
            if measure.values.is_empty() {
                self.not_measured.push(NotMeasured { name, needs: NO_MONTHS.to_owned() });
            } else {
                self.measures.push(measure);
            }
        } else {
            self.not_measured.push(NotMeasured { name, needs: absent.join(" and ") });
        }
    }
}

const NO_MONTHS: &str = "rows of such a cohort, or months in a row: the tables have none";
const PANEL: &str = "a panel";
const CONTACTS: &str = "a table of contacts";
const OUTCOME: &str = "a column `outcome` of the contacts";

fn m0<K>(_: &K) -> (Option<String>, Option<String>) {
    (Some(Place::Bucket(0).to_string()), None)
}

const fn no_label<K>(_: &K) -> (Option<String>, Option<String>) {
    (None, None)
}

/// The report of all that was read.
pub(super) fn report(read: &Measures, rows: &BTreeMap<MeasureTable, u64>) -> Report {
    let Measures { declared, panel, contacts, promises, coverage, .. } = read;
    let is_there = |table: MeasureTable| read.layout(table).is_some();
    let months: BTreeSet<Month> = panel.lines.iter().map(|line| line.month).collect();
    let (has, digits) = (panel.has, declared.currency.digits());
    let words = Words { declared, has };
    let balance = has.balance.then_some(digits);
    let owed = (has.balance || has.overdue).then_some(digits);
    let (has_panel, has_contacts) = (is_there(MeasureTable::Panel), is_there(MeasureTable::Contacts));
    let flows = Flows::of(panel, &declared.buckets, &months);
    let attempts = has_contacts.then_some(&contacts.attempts);
    let cohorts = Cohorts::of(panel, declared, &months, attempts);
    let mut parts = Parts::default();
    let panel_only = [(has_panel, PANEL)];

    parts.put("stock", &panel_only, || words.stock(stock(read, balance)));
    parts.put("entry_rate_of_m0", &panel_only, || words.entry_of_m0(rolls::entry(&flows).values(m0, balance)));
    let dues = [(has.due, "a column `due` of the panel"), (has.overdue, "a column `overdue` of the panel")];
    parts.put("entry_rate_of_due", &dues, || words.entry_of_due(cohorts.entries.values(m0, Some(digits))));
    let pools = pools(&flows, &declared.buckets, has, balance);
    let through = rolls::flow_through(&pools, &declared.buckets);
    parts.put("pool_roll", &panel_only, || words.pool(pools));
    let matrices = rolls::matrices(&flows, balance);
    parts.put("tracked_roll", &panel_only, || words.tracked(rolls::tracked(&matrices)));
    parts.put("flow_through", &panel_only, || words.flow_through(through));
    let from_bucket = |bucket: &u8| (Some(Place::Bucket(*bucket).to_string()), None);
    let paid = owed.filter(|_| has.paid);
    parts.put("bucket_recovery", &panel_only, || words.recovery(cohorts.recoveries.values(from_bucket, paid)));
    parts.put("cure_rate", &panel_only, || words.cure(cohorts.cures.values(no_label, owed)));
    parts.put("redefault_rate", &panel_only, || words.redefault(cohorts.redefaults.values(no_label, balance)));

    let promised = [(is_there(MeasureTable::Promises), "a table of promises")];
    parts.put("kept_promises", &promised, || words.kept(promises.kept.values(no_label, Some(digits))));
    let left = read.layout(MeasureTable::Promises).is_none_or(|layout| layout.has("left"));
    let part = [promised.as_slice(), &[(left, "a column `left` of the promises")]].concat();
    parts.put("part_kept_promises", &part, || words.part_kept(promises.part.values(no_label, Some(digits))));

    let lasts = Lasts::of(panel);
    let outcome = read.layout(MeasureTable::Contacts).is_none_or(|layout| layout.has("outcome"));
    let contacted = [(has_contacts, CONTACTS)];
    let told = [(has_contacts, CONTACTS), (outcome, OUTCOME)];
    let channel = |channel: &Option<&'static str>| (channel.map(str::to_owned), None);
    parts.put("contact_rate", &told, || words.contact(contacts.connected.values(channel, None)));
    parts.put("rpc_rate", &told, || words.right_party(contacts.right_party.values(channel, None)));
    parts.put("rpc_rate_of_accounts", &told, || {
        words.right_party_of_accounts(right_party_of_accounts(contacts, &lasts, balance))
    });
    parts.put("intensity", &contacted, || words.intensity(intensity(contacts)));
    let both = [(has_panel, PANEL), (has_contacts, CONTACTS)];
    parts.put("contacts_per_cure", &both, || words.contacts_per_cure(cohorts.attempts.values(no_label, None)));

    let night =
        Night { decided: coverage.decided().collect(), missing: &coverage.missing, lasts: &lasts, digits: balance };
    let decided = [(is_there(MeasureTable::Decisions), "a table of decisions")];
    let worked = [decided.as_slice(), &contacted].concat();
    parts.put("penetration", &worked, || words.penetration(night.penetration(contacts)));
    parts.put("coverage", &decided, || words.coverage(night.coverage()));
    if is_there(MeasureTable::Decisions) && !coverage.missing.is_empty() {
        parts.put("missing_facts", &decided, || words.missing(night.missing()));
    }
    absent_amounts(&mut parts, has_panel, has);
    Report { head: head(read, rows, &months), measures: parts.measures, matrices, not_measured: parts.not_measured }
}

/// The pool rolls of every bucket, with their names.
fn pools(flows: &Flows, buckets: &Buckets, has: Has, digits: Option<u32>) -> Vec<Value> {
    let label = |bucket: &u8| {
        let into = Place::Bucket(bucket + 1).to_string();
        let charged_off = has.charged_off && bucket + 1 == buckets.last();
        let into = if charged_off { format!("{into} or {}", Place::ChargedOff) } else { into };
        (Some(Place::Bucket(*bucket).to_string()), Some(into))
    };
    rolls::pool(flows, buckets).values(label, digits)
}

/// What cannot be told by money, and where plans and charge-offs are not marked.
fn absent_amounts(parts: &mut Parts, has_panel: bool, has: Has) {
    let mut absent = |is_absent: bool, name: &'static str, needs: &str| {
        if has_panel && is_absent {
            parts.not_measured.push(NotMeasured { name, needs: needs.to_owned() });
        }
    };
    absent(!has.balance, "money", "a column `balance` of the panel, for every measure by balance");
    absent(!has.paid, "bucket_recovery by money", "a column `paid` of the panel");
    absent(!has.on_plan, "plan", "a column `on_plan` of the panel: no account is taken to be on a plan");
    absent(!has.re_aged, "re_aged", "a column `re_aged` of the panel: no account is taken to be re-aged");
    absent(
        !has.charged_off,
        "charged_off",
        "a column `charged_off` of the panel: no account is taken to be charged off",
    );
}

/// Where the accounts of each month end stand.
fn stock(read: &Measures, digits: Option<u32>) -> Vec<Value> {
    let mut series: Series<Place> = Series::default();
    let mut months: BTreeMap<Month, BTreeMap<Place, Sums>> = BTreeMap::new();
    let mut seen: BTreeSet<Place> = (0..=read.declared.buckets.last()).map(Place::Bucket).collect();
    for line in &read.panel.lines {
        let at = months.entry(line.month).or_default().entry(line.place).or_default();
        at.member(true, line.balance(), NO_BALANCE);
        seen.insert(line.place);
    }
    seen.remove(&Place::Unknown);
    for (month, mut places) in months {
        let unknown = places.remove(&Place::Unknown).map_or(0, |sums| sums.count.1);
        let mut all = Sums::default();
        places.values().for_each(|sums| all.add(sums));
        all.exclude("where it stands is not known", unknown);
        for place in &seen {
            let of_place = places.get(place).cloned().unwrap_or_default();
            let sums = series.at(*place, month);
            sums.count = (of_place.count.1, all.count.1);
            sums.money = (of_place.money.1, all.money.1);
            sums.excluded.clone_from(&all.excluded);
        }
    }
    let by_month = series.values(|place| (Some(place.to_string()), None), digits);
    // Stocks of several months are not added up.
    by_month.into_iter().filter(|value| value.month.is_some()).collect()
}

fn head(read: &Measures, rows: &BTreeMap<MeasureTable, u64>, months: &BTreeSet<Month>) -> Head {
    let Measures { declared, panel, contacts, promises, .. } = read;
    let outside = |table: MeasureTable| match table {
        MeasureTable::Panel => panel.outside,
        MeasureTable::Contacts => contacts.outside,
        MeasureTable::Promises => promises.outside,
        MeasureTable::Decisions => 0,
    };
    let sources = read.layouts.iter().map(|layout| Source {
        table: layout.table,
        called: layout.called.clone(),
        rows: rows.get(&layout.table).copied().unwrap_or(0),
        outside: outside(layout.table),
    });
    let mut tables: Vec<Source> = sources.collect();
    tables.sort_by_key(|source| source.table);
    let reasons = [
        (MeasureTable::Panel, &panel.excluded),
        (MeasureTable::Contacts, &contacts.excluded),
        (MeasureTable::Promises, &promises.excluded),
    ];
    let excluded = reasons.into_iter().flat_map(|(table, reasons)| {
        reasons.iter().map(move |(reason, rows)| RowsExcluded { table, reason, rows: *rows })
    });
    Head {
        first_month: months.first().copied(),
        last_month: months.last().copied(),
        accounts: u64::try_from(panel.accounts().count()).unwrap_or(u64::MAX),
        tables,
        within_month: panel.within_month,
        excluded: excluded.collect(),
        ..Head::new(declared, panel.has.overdue)
    }
}
