//! What is read from the data, and what is taken as known.

use super::book::Book;
use super::document::{Chapter, Row, Table, Told};
use super::tuned::unit;
use crate::wording::{Prose, human};
use arrears::condition::{FactId, Term, TermKind};
use arrears::draft::{Keyword, Statement};
use arrears::facts::{Group, table};
use arrears::policy::Assumption;
use arrears::{Input, Need, Policy};

pub(super) fn chapter(book: &Book<'_>) -> Chapter {
    let mut chapter = Chapter::new("data", "What is read from the data");
    chapter.text(
        "A policy sees facts of an account on a day, and nothing else. The column is the name under which a table \
         carries the fact.",
    );
    let companions: Vec<FactId> = book.policy.inputs().iter().filter_map(|input| input.drops_in).collect();
    if !companions.is_empty() {
        chapter.text(
            "Beside a count over some days a table may carry a column of the same name with drops_in behind it: in how \
             many days the count next falls. It makes the day of the next review exact, and decides nothing else.",
        );
    }
    let mut groups: Vec<(Group, Vec<Row>)> = Vec::new();
    for id in book.policy.fact_ids() {
        let Some(input) = book.policy.input(id).filter(|input| is_read(input)) else { continue };
        if companions.contains(&id) {
            continue;
        }
        let group = table::find(&input.name).map_or(Group::Parametric, |def| def.group);
        let row = row(book, id, input);
        match groups.iter_mut().find(|(known, _)| *known == group) {
            Some((_, rows)) => rows.push(row),
            None => groups.push((group, vec![row])),
        }
    }
    groups.sort_by_key(|(group, _)| *group);
    for (group, rows) in groups {
        chapter.heading(format!("ch-data-{}", super::guardrails::slug(title(group))), title(group));
        let mut table = Table::new(&[("Fact", 40), ("Column", 22), ("Measured in", 14), ("Where it is not given", 24)]);
        table.rows = rows;
        chapter.table(table);
    }
    assumptions(book, &mut chapter);
    chapter
}

/// Whether a host gives the fact: what the engine carries or finds itself is told where it is used.
const fn is_read(input: &Input) -> bool {
    matches!(input.need, Need::Required | Need::Assumed(_) | Need::For(_) | Need::Derived | Need::Optional(_))
}

const fn title(group: Group) -> &'static str {
    match group {
        Group::Lateness => "How late the account is",
        Group::Ladder => "What is unpaid",
        Group::Money => "What is owed and paid",
        Group::Behaviour => "What the person did and promised",
        Group::Contact => "What has been tried",
        Group::Person => "Who the person is to the bank",
        Group::Customer => "All accounts of the person",
        Group::Cash => "Money that has arrived or will",
        Group::Protection => "What protects the person or the account",
        Group::Points => "Numbers, times and places",
        Group::State => "What the last decision left",
        Group::Result => "What this decision found",
        Group::Contacted => "One contact",
        Group::Parametric => "Counted, refused, agreed to, and the bank's own",
        Group::Own => "The bank's own",
    }
}

fn row(book: &Book<'_>, id: FactId, input: &Input) -> Row {
    let cells = vec![
        book.wording().fact(id).capital().into(),
        Prose::plain(input.name.clone()).into(),
        unit(input.kind).into(),
        absent(book, id, input).into(),
    ];
    Row { of: None, cells }
}

fn absent(book: &Book<'_>, id: FactId, input: &Input) -> Prose {
    match input.need {
        Need::Assumed(cell) => {
            let of_fact = |written: &Statement| {
                made(book.policy, written).is_some_and(|assumption| assumption.facts.contains(&id))
            };
            let assumption = book.written(Keyword::Assume).position(of_fact);
            let said = format!("taken as {}", value(book.policy, id, cell));
            let anchor = assumption.and_then(|index| book.anchors.at(Keyword::Assume, index));
            anchor.map_or_else(|| Prose::plain(said.clone()), |anchor| Prose::link(said.clone(), anchor))
        }
        Need::Derived => Prose::plain("computed from other facts"),
        Need::For(other) => Prose::plain("needed only to compute: ").and(book.wording().fact(other)),
        Need::Optional(cell) if cell.is_unknown() => Prose::plain("not known"),
        Need::Optional(cell) => Prose::plain(format!("taken as {}", value(book.policy, id, cell))),
        _ => Prose::plain("the table is refused"),
    }
}

fn value(policy: &Policy, id: FactId, cell: arrears::Cell) -> String {
    match policy.show_cell(id, cell).as_str() {
        "another word" => "a word that the policy does not name".to_owned(),
        "true" => "so".to_owned(),
        "false" => "not so".to_owned(),
        other => human(other),
    }
}

/// What a statement assumes something of, as the policy writes it: `deceased`, `times("refused", 60)`.
fn key(written: &Statement) -> String {
    match written.subject.as_ref().map(|subject| &subject.kind) {
        Some(TermKind::Call(function, arguments)) => {
            let argument = |argument: &Term| match argument.as_text() {
                Some(text) => format!("\"{text}\""),
                None => super::tuned::term(argument),
            };
            let arguments: Vec<String> = arguments.iter().map(argument).collect();
            format!("{}({})", function.text, arguments.join(", "))
        }
        _ => written.name_text().to_owned(),
    }
}

/// The assumption that a statement makes; none where nothing reads what it assumes.
fn made<'p>(policy: &'p Policy, written: &Statement) -> Option<&'p Assumption> {
    let beginning = format!("{} = ", key(written));
    policy.assumptions().iter().find(|assumption| assumption.written.starts_with(&beginning))
}

fn assumptions(book: &Book<'_>, chapter: &mut Chapter) {
    let mut table = Table::new(&[("Taken as known", 48), ("Because", 52)]);
    for (index, written) in book.written(Keyword::Assume).enumerate() {
        let why = written.option("why").and_then(|why| why.as_text()).unwrap_or_default();
        table.row(Some(book.at(Keyword::Assume, index)), vec![taken(book, written), why.into()]);
    }
    if table.rows.is_empty() {
        return;
    }
    chapter.heading("ch-assumptions".to_owned(), "What is taken as known where the data do not say");
    chapter.text("Each assumption is printed by every run that uses it, and kept with the decisions.");
    chapter.table(table);
}

/// What an assumption says: a history that is empty, or the value of a fact.
fn taken(book: &Book<'_>, written: &Statement) -> Told {
    match written.name_text() {
        "contacts" => return "no contact was ever made".into(),
        "payments" => return "no payment was ever made".into(),
        "promises" => return "no promise to pay was ever made".into(),
        _ => {}
    }
    let value = written.value.as_ref();
    let Some(assumption) = made(book.policy, written) else {
        let said = format!("{}: {}", human(&key(written)), value.map(super::tuned::term).unwrap_or_default());
        return format!("{said} (nothing in this policy reads it)").into();
    };
    if let (Some(word), [id]) = (value.and_then(Term::as_text), assumption.facts.as_slice())
        && let Some(input) = book.policy.input(*id).filter(|input| input.kind == arrears::Kind::Category)
        && !input.words.iter().any(|known| known == word)
    {
        return book.wording().fact(*id).and(format!(" is \u{201c}{}\u{201d}", human(word))).into();
    }
    let said = assumption.facts.iter().filter_map(|id| {
        let cell = book.policy.input(*id)?.absent();
        Some(book.wording().value_of(*id, cell))
    });
    let said = Prose::joined(said, ", and ");
    if said.is_empty() { human(&assumption.written).into() } else { said.into() }
}
