//! The columns of a table bound to the facts of a policy.

mod problems;

pub use problems::{ColumnProblem, SchemaProblems};

use crate::cell::{Meaning, accepts, is_readable, type_name};
use crate::events::Opened;
use crate::mapping::{Mapping, close_names};
use crate::table::{PositionSet, Table};
use arrears::condition::FactId;
use arrears::facts::ParametricKind;
use arrears::policy::{Need, Policy};
use arrears::problem::nearest;
use arrears::{Kind, table};
use arrow_schema::{DataType, Schema};
use std::collections::BTreeSet;

/// The column that names the account.
pub const ACCOUNT: &str = "account_id";
/// The column that names the person, where accounts are to be settled together.
pub const CUSTOMER: &str = "customer_id";
/// The column that names the currency of a row.
pub const CURRENCY: &str = "currency";

/// A column that holds a fact.
#[derive(Clone, Debug)]
pub(crate) struct BoundFact<'p> {
    /// The fact.
    pub(crate) fact: FactId,
    /// The column's position in the table.
    pub(crate) position: usize,
    /// The column's name in the table.
    pub(crate) column: String,
    /// How its cells are read.
    pub(crate) meaning: Meaning<'p>,
}

/// Which columns are read, and as what.
#[derive(Clone, Debug)]
pub(crate) struct Binding<'p> {
    pub(crate) policy: &'p Policy,
    /// The position and name of the column that names the account.
    pub(crate) account: (usize, String),
    /// The position of the column that names the person.
    pub(crate) customer: Option<usize>,
    /// The position and name of the column that names the currency.
    pub(crate) currency: Option<(usize, String)>,
    /// The columns that hold facts, those that events tell after those of the table.
    pub(crate) facts: Vec<BoundFact<'p>>,
    /// Every position that is read.
    pub(crate) positions: PositionSet,
    /// Those of them that the table itself has.
    pub(crate) in_table: PositionSet,
    /// For each column that events tell, the one in which the table has the fact too.
    pub(crate) told: Vec<Option<BoundFact<'p>>>,
}

/// Binds the columns of a table to the facts of a policy. `in_state` are the facts that a
/// state table brings.
///
/// # Errors
///
/// [`SchemaProblems`] with every column that is absent or of a wrong type, and everything
/// in the mapping that fits neither the table nor the policy.
pub(crate) fn bind<'p>(
    policy: &'p Policy,
    table: &Table,
    mapping: &Mapping,
    in_state: &BTreeSet<String>,
    events: Option<&Opened>,
) -> Result<Binding<'p>, SchemaProblems> {
    bind_schema(policy, (table.schema(), &table.path().display().to_string()), mapping, in_state, events)
}

/// Binds columns as [`bind`] does, of a table of which only the schema and what to call it are known.
pub(crate) fn bind_schema<'p>(
    policy: &'p Policy,
    (schema, table): (&Schema, &str),
    mapping: &Mapping,
    in_state: &BTreeSet<String>,
    events: Option<&Opened>,
) -> Result<Binding<'p>, SchemaProblems> {
    let find = |fact: &str| {
        let column = mapping.column(fact)?;
        schema.column_with_name(column)
    };
    let mut problems = mapping_problems(policy, schema, mapping);
    let mut keys = [ACCOUNT, CUSTOMER, CURRENCY].into_iter().map(|name| {
        let (position, field) = find(name)?;
        if let Some(problem) = not_a_name(field.name(), name, field.data_type()) {
            problems.push(problem);
        }
        Some((position, field.name().clone()))
    });
    let (account, customer, currency) = (keys.next().flatten(), keys.next().flatten(), keys.next().flatten());
    drop(keys);
    if account.is_none() && !mapping.names(ACCOUNT) {
        problems.push(ColumnProblem::Absent {
            fact: ACCOUNT.to_owned(),
            doc: "The account; every row has one of its own.".to_owned(),
            near: close_columns(schema, ACCOUNT),
        });
    }
    let told = |fact: &str| events.is_some_and(|opened| opened.events.tells(fact));
    let absent = policy.absent(&|fact| find(fact).is_some() || told(fact));
    let assumed = policy.inputs().iter().filter(|input| {
        let ends = events.is_some_and(|opened| opened.events.ends_assumption(&input.name));
        ends && find(&input.name).is_none() && !told(&input.name)
    });
    problems.extend(absent.into_iter().chain(assumed).filter(|input| !mapping.names(&input.name)).map(|input| {
        let (fact, doc) = (input.name.clone(), input.doc.clone());
        match events.and_then(|opened| opened.events.why_not(&input.name)) {
            Some(why) => ColumnProblem::NotTold { fact, doc, why: why.to_owned() },
            None => ColumnProblem::Absent { fact, doc, near: close_columns(schema, &input.name) },
        }
    }));
    problems.extend(events.into_iter().flat_map(|opened| opened.problems.iter().cloned()));
    let digits = policy.head().currency.digits();
    let mut facts = Vec::new();
    for input in policy.inputs().iter().filter(|input| input.is_column()) {
        let (Some((position, field)), Some(fact)) = (find(&input.name), policy.find_input(&input.name)) else {
            continue;
        };
        if matches!(input.need, Need::State(_)) && in_state.contains(&input.name) {
            problems.push(ColumnProblem::InTableAndState { fact: input.name.clone(), column: field.name().clone() });
        }
        if let Err(refused) = accepts(input.kind, field.data_type()) {
            problems.push(ColumnProblem::WrongType {
                column: field.name().clone(),
                fact: input.name.clone(),
                found: refused.found,
                wanted: refused.wanted.to_owned(),
                fix: refused.fix.to_owned(),
            });
        }
        facts.push(BoundFact {
            fact,
            position,
            column: field.name().clone(),
            meaning: Meaning::new(input, digits, mapping.never(&input.name)),
        });
    }
    // What is wrong with a row is told in the order of its columns.
    facts.sort_by_key(|bound| bound.position);
    match account {
        Some(account) if problems.is_empty() => {
            let keys = [Some(account.0), customer.as_ref().map(|key| key.0), currency.as_ref().map(|key| key.0)];
            let keys = keys.into_iter().flatten();
            let in_table: PositionSet = keys.chain(facts.iter().map(|bound| bound.position)).collect();
            let width = schema.fields().len();
            let told = events.map(|opened| opened.events.beside(policy, width, &mut facts)).unwrap_or_default();
            let positions = in_table.iter().chain(facts.iter().map(|bound| bound.position));
            Ok(Binding {
                policy,
                positions: positions.collect(),
                in_table,
                account,
                customer: customer.map(|key| key.0),
                currency,
                facts,
                told,
            })
        }
        _ => Err(SchemaProblems { table: table.to_owned(), policy: policy.head().name.clone(), problems }),
    }
}

/// A column of identifiers must hold text or whole numbers.
fn not_a_name(column: &str, key: &str, data_type: &DataType) -> Option<ColumnProblem> {
    let fits = accepts(Kind::Category, data_type).is_ok() && is_readable(data_type);
    (!fits).then(|| ColumnProblem::WrongType {
        column: column.to_owned(),
        fact: key.to_owned(),
        found: type_name(data_type),
        wanted: "text or whole numbers".to_owned(),
        fix: "cast the column to text".to_owned(),
    })
}

fn mapping_problems(policy: &Policy, schema: &Schema, mapping: &Mapping) -> Vec<ColumnProblem> {
    let names = || schema.fields().iter().map(|field| field.name().as_str());
    let mut problems = Vec::new();
    for (section, fact) in mapping.mentioned() {
        if !is_fact(policy, fact) {
            let inputs = policy.inputs().iter().map(|input| input.name.as_str());
            let known = inputs.chain(table::all().map(|fact| fact.name)).chain([ACCOUNT, CUSTOMER, CURRENCY]);
            problems.push(ColumnProblem::NoSuchFact {
                section,
                fact: fact.to_owned(),
                near: nearest(fact, known).map(str::to_owned),
            });
            continue;
        }
        let input = policy.find_input(fact).and_then(|id| policy.input(id));
        if section == "never" && input.is_some_and(|input| !input.never) {
            problems.push(ColumnProblem::NeverNever { fact: fact.to_owned() });
        }
        if section == "columns"
            && let Some(column) = mapping.column(fact)
            && schema.column_with_name(column).is_none()
        {
            problems.push(ColumnProblem::NoSuchColumn {
                fact: fact.to_owned(),
                column: column.to_owned(),
                near: nearest(column, names()).map(str::to_owned),
            });
        }
    }
    problems
}

/// Whether some policy may read a fact of this name: one mapping serves several policies.
fn is_fact(policy: &Policy, name: &str) -> bool {
    let family = |kind: ParametricKind| name.strip_prefix(kind.word()).is_some_and(|rest| rest.starts_with('_'));
    [ACCOUNT, CUSTOMER, CURRENCY].contains(&name)
        || policy.find_input(name).is_some()
        || table::find(name).is_some()
        || ParametricKind::ALL.into_iter().any(family)
}

/// Up to three columns whose names are close to the fact's, or hold it.
fn close_columns(schema: &Schema, fact: &str) -> Vec<String> {
    let close = close_names(schema, fact).into_iter().take(3);
    close.map(|field| field.name().clone()).collect()
}
