//! Which facts of a policy the tables of events tell, and from what.

use super::contacts::What;
use super::day;
use super::kind::EventTable;
use super::layout::Layout;
use super::plan::{Derived, Measure, Plan, Told};
use arrears::facts::{ContactKinds, Group, History, Parametric, ParametricKind};
use arrears::policy::{Detail, Input, Need, Policy};
use arrears::table;
use chrono::NaiveDate;
use std::collections::{BTreeMap, BTreeSet};

/// How something is counted for a fact.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Form {
    Since,
    Months,
    Times(u32),
    Here,
    HereSet,
}

/// What happened to a promise.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fate {
    Made,
    Kept,
    Broken,
    Moved,
}

/// From which table a fact is told, and how.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Source {
    Contacts(What, Form),
    Payments(Form),
    LastPayment,
    Paid(u32),
    Promises(Fate, Form),
    PromiseOpen,
    PromiseDueIn,
    PromiseAmount,
    PromiseVague,
    Holds,
}

impl Source {
    /// How a fact of a policy is told; none if no table of events tells it. State facts are
    /// never told: what the last decisions left is known better there.
    fn of(
        input: &Input,
        counted: &BTreeMap<String, Parametric>,
        classes: &BTreeMap<String, ContactKinds>,
    ) -> Option<Self> {
        if !input.is_column() || matches!(input.need, Need::State(_)) {
            return None;
        }
        if let Some(fact) = counted.get(&input.name) {
            return Self::of_family(fact, classes);
        }
        let protects = || table::find(&input.name).is_some_and(|fact| fact.group == Group::Protection);
        Some(match input.name.as_str() {
            "calls_made" => Self::Contacts(What::Calls, Form::Here),
            "calls_unanswered" => Self::Contacts(What::Unanswered, Form::Here),
            "rpc_count" => Self::Contacts(What::RightParty, Form::Here),
            "days_since_contact" => Self::Contacts(What::Attempts, Form::Since),
            "days_since_rpc" => Self::Contacts(What::RightParty, Form::Since),
            "contacts_7d" => Self::Contacts(What::Attempts, Form::Times(7)),
            "visits_made" => Self::Contacts(What::Visits, Form::Here),
            "letters_sent" => Self::Contacts(What::Letters, Form::Here),
            "days_since_demand" => Self::Contacts(What::Demands, Form::Since),
            "hostile" => Self::Contacts(What::Outcome("rpc_hostile"), Form::HereSet),
            "refused" => Self::Contacts(What::Outcome("rpc_refused"), Form::HereSet),
            "days_since_payment" => Self::Payments(Form::Since),
            "last_payment" => Self::LastPayment,
            "paid_30d" => Self::Paid(30),
            "promises_made" => Self::Promises(Fate::Made, Form::Here),
            "promises_kept" => Self::Promises(Fate::Kept, Form::Here),
            "promises_broken" => Self::Promises(Fate::Broken, Form::Here),
            "promises_moved" => Self::Promises(Fate::Moved, Form::Here),
            "promise_open" => Self::PromiseOpen,
            "promise_due_in" => Self::PromiseDueIn,
            "promise_amount" => Self::PromiseAmount,
            "promise_vague" => Self::PromiseVague,
            _ if protects() => Self::Holds,
            _ => return None,
        })
    }

    fn of_family(fact: &Parametric, classes: &BTreeMap<String, ContactKinds>) -> Option<Self> {
        let form = match fact.kind {
            ParametricKind::Times => Form::Times(fact.days),
            ParametricKind::DaysSince => Form::Since,
            ParametricKind::MonthsSince => Form::Months,
            ParametricKind::Consent
            | ParametricKind::OptedOut
            | ParametricKind::Tag
            | ParametricKind::DaysSinceFirst
            | ParametricKind::MinutesSince
            | ParametricKind::Consented => return None,
        };
        if let Some(kinds) = classes.get(&fact.what) {
            return Some(Self::Contacts(What::Class(kinds.clone()), form));
        }
        Some(match fact.what.as_str() {
            "payment" => Self::Payments(form),
            "promise" => Self::Promises(Fate::Made, form),
            "promise_kept" => Self::Promises(Fate::Kept, form),
            "promise_broken" => Self::Promises(Fate::Broken, form),
            "first_missed" | "cure" | "placement" | "recall" | "statement_seen" => return None,
            what => Self::Contacts(What::Named(what.to_owned()), form),
        })
    }

    const fn table(&self) -> EventTable {
        match self {
            Self::Contacts(..) => EventTable::Contacts,
            Self::Payments(_) | Self::LastPayment | Self::Paid(_) => EventTable::Payments,
            Self::Promises(..) | Self::PromiseOpen | Self::PromiseDueIn | Self::PromiseAmount | Self::PromiseVague => {
                EventTable::Promises
            }
            Self::Holds => EventTable::Holds,
        }
    }

    const fn form(&self) -> Option<Form> {
        match self {
            Self::Contacts(_, form) | Self::Payments(form) | Self::Promises(_, form) => Some(*form),
            _ => None,
        }
    }

    /// The columns that a table must have in order to tell the fact.
    fn columns(&self, own: &OwnWork) -> Vec<&'static str> {
        match self {
            Self::Contacts(What::Named(what), _) => own.columns(what),
            Self::Contacts(what, _) => what.columns().to_vec(),
            Self::Promises(Fate::Kept | Fate::Moved, _) => vec!["result", "result_on"],
            Self::Promises(Fate::Broken, _) | Self::PromiseOpen | Self::PromiseDueIn => vec!["result"],
            Self::PromiseAmount => vec!["result", "left"],
            _ => Vec::new(),
        }
    }
}

/// The names that the policy gives to its own work, by the column that records them.
struct OwnWork {
    work: BTreeSet<String>,
    texts: BTreeSet<String>,
}

impl OwnWork {
    fn of(policy: &Policy) -> Self {
        let work = policy.treatments().iter().map(|treatment| treatment.name.clone());
        let work = work.chain(policy.duties().iter().map(|duty| duty.name.clone())).collect();
        let details = policy.treatments().iter().map(|treatment| &treatment.details);
        let details = details.chain(policy.duties().iter().map(|duty| &duty.details));
        let details = details.chain(policy.acts().iter().map(|act| &act.details));
        let texts = details.filter_map(|details| match details.get("text") {
            Some(Detail::Text(text)) => Some(text.clone()),
            _ => None,
        });
        Self { work, texts: texts.collect() }
    }

    fn columns(&self, what: &str) -> Vec<&'static str> {
        let mut columns = Vec::new();
        if arrears::facts::is_outcome(what) {
            columns.push("outcome");
        }
        if self.work.contains(what) {
            columns.push("treatment");
        }
        let known = !columns.is_empty() || arrears::Channel::from_word(what).is_some();
        if self.texts.contains(what) || !known {
            columns.push("text");
        }
        columns
    }
}

/// What is counted for a policy on a day, from tables with those columns. `late_from` says
/// whether it is known of each account since when it is late; `covers` lists the protections
/// that the table of holds records: of no other does an account without a row surely lack it.
pub(super) fn plan(
    policy: &Policy,
    as_of: NaiveDate,
    layouts: &[Layout],
    late_from: bool,
    covers: Option<&[String]>,
) -> Plan {
    let head = policy.head();
    let mut plan = Plan {
        as_of,
        day: day::number(as_of),
        zone: head.zone,
        digits: head.currency.digits(),
        blank: Vec::new(),
        amounts: 0,
        tables: layouts.len(),
        episodes: false,
        contacts: super::contacts::ContactPlan::default(),
        payments: super::payments::PaymentPlan::default(),
        promises: super::promises::PromisePlan::default(),
        holds: super::holds::HoldPlan::default(),
        derived: Vec::new(),
        of_person: Vec::new(),
        untold: BTreeMap::new(),
    };
    let wanted = policy.wanted();
    let counted: BTreeMap<String, Parametric> = wanted.counted.into_iter().map(|fact| (fact.column(), fact)).collect();
    let own = OwnWork::of(policy);
    let layout = |table: EventTable| layouts.iter().find(|layout| layout.table == table);
    for (fact, input) in policy.fact_ids().zip(policy.inputs()) {
        let Some(source) = Source::of(input, &counted, &wanted.classes) else { continue };
        let Some(events) = layout(source.table()) else { continue };
        if let Some(why) = untold(&source, events, &own, late_from) {
            plan.untold.insert(input.name.clone(), why);
            continue;
        }
        if source == Source::Holds && !covers.is_some_and(|covers| covers.contains(&input.name)) {
            let why = format!("`holds.covers` in the mapping does not list it, so {} does not tell it", events.called);
            plan.untold.insert(input.name.clone(), why);
            continue;
        }
        let (told, unsettled) = tell(&mut plan, &source, input);
        let drops_in = input.drops_in.and_then(|id| Some((id, policy.input(id)?.name.clone())));
        plan.derived.push(Derived {
            fact,
            table: source.table(),
            name: input.name.clone(),
            kind: input.kind,
            drops_in,
            told,
            unsettled,
        });
    }
    let knows_outcomes = layout(EventTable::Contacts).is_some_and(|contacts| contacts.has("outcome"));
    if let (Some(vague), true) = (plan.promises.vague, knows_outcomes) {
        plan.contacts.add(What::Outcome("rpc_vague_promise"), vague);
    }
    plan.contacts.finish();
    plan
}

/// Why a table does not tell a fact; none if it does.
fn untold(source: &Source, events: &Layout, own: &OwnWork, late_from: bool) -> Option<String> {
    let missing: Vec<String> =
        source.columns(own).into_iter().filter(|column| !events.has(column)).map(|name| format!("`{name}`")).collect();
    if !missing.is_empty() {
        let columns = if missing.len() == 1 { "column" } else { "columns" };
        return Some(format!("{} has no {columns} {} to tell it", events.called, missing.join(" and ")));
    }
    let here = matches!(source.form(), Some(Form::Here | Form::HereSet));
    (here && !late_from).then(|| {
        format!(
            "{} tells it only where the table of accounts has `{}`, which says since when the account is late",
            events.called,
            super::LATE_SINCE
        )
    })
}

/// Makes room for a fact, and says how it is told.
fn tell(plan: &mut Plan, source: &Source, input: &Input) -> (Told, Option<usize>) {
    let measure = |plan: &Plan, form: Form| match form {
        Form::Since | Form::Months => Measure::Latest,
        Form::Times(days) => Measure::Times { after: plan.before(days) },
        Form::Here | Form::HereSet => Measure::Here,
    };
    let told = |form: Form, slot: usize| match form {
        Form::Since => Told::Since(slot),
        Form::Months => Told::Months(slot),
        Form::Times(days) => Told::Times { slot, days },
        Form::Here => Told::Here(slot),
        Form::HereSet => Told::HereSet(slot),
    };
    match source {
        Source::Contacts(what, form) => {
            let op = plan.op(measure(plan, *form));
            if matches!(what, What::Class(kinds) if kinds.is_of_person()) {
                plan.of_person.push(op);
            }
            plan.contacts.add(what.clone(), op);
            (told(*form, op.slot), None)
        }
        Source::Payments(form) => {
            let op = plan.op(measure(plan, *form));
            plan.payments.ops.push(op);
            (told(*form, op.slot), None)
        }
        Source::LastPayment => (super::payments::last(plan), None),
        Source::Paid(days) => (super::payments::paid(plan, *days), None),
        Source::Promises(fate, form) => {
            let op = plan.op(measure(plan, *form));
            plan.promises.count(*fate, op);
            let settled = (*fate != Fate::Made).then(|| super::promises::unsettled(plan));
            (told(*form, op.slot), settled)
        }
        Source::PromiseOpen => {
            let last = super::promises::last(plan);
            (Told::Open { state: last.state }, None)
        }
        Source::PromiseDueIn => {
            let last = super::promises::last(plan);
            (Told::DueIn { state: last.state, due: last.due }, None)
        }
        Source::PromiseAmount => {
            let last = super::promises::last(plan);
            (Told::Left { state: last.state, amount: last.left }, None)
        }
        Source::PromiseVague => (super::promises::vague(plan), None),
        Source::Holds => (super::holds::held(plan, &input.name), None),
    }
}

/// Facts that an assumption about a whole history settles, of which a table is given: the
/// assumption does not hold for it.
pub(super) fn no_longer_assumed(policy: &Policy, tables: &[EventTable]) -> BTreeSet<String> {
    let given: Vec<History> = tables.iter().filter_map(|table| table.history()).collect();
    let whole = policy.assumptions().iter().filter(|assumption| {
        let word = assumption.written.split_whitespace().next().unwrap_or("");
        History::from_word(word).is_some_and(|history| given.contains(&history))
    });
    whole.flat_map(|assumption| &assumption.facts).filter_map(|fact| Some(policy.input(*fact)?.name.clone())).collect()
}
