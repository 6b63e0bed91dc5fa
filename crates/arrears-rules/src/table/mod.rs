//! `table "offers.csv" ...;`: treatments that stand in a CSV file, one to a row.
//!
//! A row becomes an ordinary treatment whose conditions and options stand in the cells of the file; whoever reads the policy
//! after this sees treatments and nothing else. Of a table with `rows: "first"` a row is kept from being used where a
//! row above it fits, even while that row rests; `rows: "collect"` leaves the rows to the order in which treatments are tried.

mod cell;
mod heading;
mod passage;
mod reach;
mod row;
mod sheet;

use crate::engine::{self, MAX_STATEMENTS};
use crate::files;
use crate::site::{Located, Site};
use crate::translate::missing;
use arrears::condition::Named;
use arrears::draft::{Draft, Keyword, Part, Source, Statement};
use arrears::{Problem, Span};
use heading::Column;
use rhai::Engine;
use row::Row;
use sheet::{Cell, Fault, Line};

/// Tables of one policy.
const MAX_TABLES: usize = 100;
/// Rows of one table.
const MAX_ROWS: usize = 1_000;
/// Columns of one table.
const MAX_COLUMNS: usize = 64;
/// Bytes of one cell.
const MAX_CELL: usize = 1_000;
/// Pairs of rows of one table that some account may fit both of.
const MAX_OVERLAPS: usize = 20_000;

/// What reading the tables gives besides the treatments.
pub(crate) struct Expanded {
    /// What is wrong with them.
    pub(crate) problems: Vec<Problem>,
    /// Whether treatments may have been named that nobody can tell any more.
    pub(crate) names_lost: bool,
}

/// Puts the rows of every table behind its statement, as treatments.
pub(crate) fn expand(draft: &mut Draft, site: &Site) -> Expanded {
    let names_lost = draft.broken.iter().any(|(keyword, _)| *keyword == Keyword::Table);
    let mut expanded = Expanded { problems: Vec::new(), names_lost };
    if !draft.statements.iter().any(|statement| statement.keyword == Keyword::Table) {
        return expanded;
    }
    let engine = engine::cells();
    let mut statements = Vec::new();
    let mut tables = 0;
    for statement in draft.statements.clone() {
        let table = (statement.keyword == Keyword::Table).then(|| statement.clone());
        statements.push(statement);
        let Some(table) = table else {
            continue;
        };
        tables += 1;
        let room = MAX_STATEMENTS.saturating_sub(draft.statements.len().max(statements.len()));
        let read = if tables > MAX_TABLES {
            Err(vec![too_large(table.name_span(), format!("more than {MAX_TABLES} tables"))])
        } else {
            rows(&engine, draft, site, &table)
        };
        match read {
            Err(problems) => {
                expanded.names_lost = true;
                expanded.problems.extend(problems);
            }
            Ok((rows, problems)) => {
                expanded.problems.extend(problems);
                if rows.len() > room {
                    let more = format!("with its rows the policy has more than {MAX_STATEMENTS} statements");
                    expanded.problems.push(too_large(table.name_span(), more));
                } else {
                    let (treatments, problems) = treatments(&table, &rows);
                    statements.extend(treatments);
                    expanded.problems.extend(problems);
                }
            }
        }
    }
    draft.statements = statements;
    expanded
}

fn too_large(at: Span, message: String) -> Problem {
    Problem::error("P035", message).at(at, "too much").help("split it, or say in fewer rows what they have in common")
}

/// The rows of a table that can be read, and what is wrong with the others; or why there are none.
fn rows(
    engine: &Engine,
    draft: &mut Draft,
    site: &Site,
    table: &Statement,
) -> Result<(Vec<Row>, Vec<Problem>), Vec<Problem>> {
    let written = table.name_text();
    let refused = |message: String, help: &str| {
        vec![Problem::error("P031", message).at(table.name_span(), "named here").help(help)]
    };
    let path = match site.find(table.span.file, written, "csv") {
        Located::At(path) => path,
        Located::NoFolder => {
            let help = "a policy given as text has no folder; read it from a file";
            return Err(refused(format!("no table `{written}`"), help));
        }
        Located::Outside => {
            let help = "put the table into the policy's folder or below it";
            return Err(refused(format!("`{written}` is not in the policy's folder"), help));
        }
        Located::Missing => {
            let help = "tables are files with the ending `.csv`, named from the folder of the file that reads them";
            return Err(refused(format!("no table `{written}`"), help));
        }
    };
    let bytes = site.bytes(&path).map_err(|error| refused(error.to_string(), "see that it can be read"))?;
    let file = u16::try_from(draft.sources.len()).unwrap_or(u16::MAX);
    let (script, problem) = files::text(file, &site.shown(&path), &bytes);
    draft.sources.push(Source { name: script.name.clone(), text: script.text.clone() });
    site.keep(file, &path);
    match problem {
        Some(problem) => Err(vec![problem]),
        None => read(engine, draft, table, file, &script.text),
    }
}

fn read(
    engine: &Engine,
    draft: &mut Draft,
    table: &Statement,
    file: u16,
    text: &str,
) -> Result<(Vec<Row>, Vec<Problem>), Vec<Problem>> {
    let (lines, faults) = sheet::lines(text);
    if !faults.is_empty() {
        return Err(faults.into_iter().map(|fault| faulty(file, &fault)).collect());
    }
    let Some((headings, rows)) = lines.split_first().filter(|(_, rows)| !rows.is_empty()) else {
        let problem = Problem::error("P032", "the table has no rows")
            .at(table.name_span(), "read here")
            .help("the first line holds the headings, and every further line a treatment");
        return Err(vec![problem]);
    };
    within_limits(file, headings, rows)?;
    let columns = heading::columns(engine, draft, file, headings, rows)?;
    let mut problems = stages_are_named_once(table, &columns, headings.span(file));
    let mut read = Vec::new();
    for line in rows {
        let found = match line.cells.get(columns.len()..).unwrap_or_default().iter().find(|cell| !cell.text.is_empty())
        {
            Some(more) => Err(vec![too_many_cells(more.span(file), columns.len())]),
            None => row::row(engine, &columns, line, file),
        };
        match found {
            Ok(row) => read.push(row),
            Err(found) => {
                problems.extend(found);
                let name = columns.iter().position(|column| matches!(column, Column::Name));
                if let Some(name) = name.and_then(|name| line.cells.get(name)).filter(|name| !name.is_any()) {
                    draft.broken.push((Keyword::Treatment, Named::new(name.text.as_str(), name.span(file))));
                }
            }
        }
    }
    Ok((read, problems))
}

fn faulty(file: u16, fault: &Fault) -> Problem {
    let span = |start: usize, end: usize| {
        let byte = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
        Span::new(file, byte(start), byte(end))
    };
    match *fault {
        Fault::Unclosed(start, end) => Problem::error("P032", "a cell in quotes does not end")
            .at(span(start, end), "its closing quote is missing")
            .help("a quote within a cell in quotes is written twice: `\"\"`"),
        Fault::Behind(start, end) => Problem::error("P032", "text behind a cell in quotes")
            .at(span(start, end), "belongs to no cell")
            .help("put the whole cell into quotes, and write a quote within it twice: `\"\"`"),
    }
}

fn too_many_cells(at: Span, headings: usize) -> Problem {
    Problem::error("P032", "a row has more cells than there are headings")
        .at(at, "under no heading")
        .help(format!("there are {headings} headings; a cell that holds a comma stands in quotes"))
}

fn within_limits(file: u16, headings: &Line, rows: &[Line]) -> Result<(), Vec<Problem>> {
    let mut problems = Vec::new();
    if let Some(row) = rows.get(MAX_ROWS) {
        problems.push(too_large(row.span(file), format!("a table has at most {MAX_ROWS} rows")));
    }
    if let Some(cell) = headings.cells.get(MAX_COLUMNS) {
        problems.push(too_large(cell.span(file), format!("a table has at most {MAX_COLUMNS} columns")));
    }
    let long = |cell: &&Cell| cell.text.len() > MAX_CELL;
    if let Some(cell) = std::iter::once(headings).chain(rows).flat_map(|line| &line.cells).find(long) {
        problems.push(too_large(cell.span(file), format!("a cell has at most {MAX_CELL} bytes")));
    }
    if problems.is_empty() { Ok(()) } else { Err(problems) }
}

/// The stages stand behind `in` or in a column, not in both.
fn stages_are_named_once(table: &Statement, columns: &[Column], headings: Span) -> Vec<Problem> {
    let column = columns.iter().any(|column| matches!(column, Column::Stages));
    match (&table.stages, column) {
        (None, false) => vec![
            missing(Keyword::Table, &[Part::Stages], table.name_span())
                .help("say in which stages its rows are used: behind `in`, or in a column headed `in`"),
        ],
        (Some(stages), true) => vec![
            Problem::error("P033", "the stages are named twice")
                .at(stages.span, "for all rows")
                .at(headings, "and in a column headed `in`")
                .help("leave one of them out"),
        ],
        _ => Vec::new(),
    }
}

/// The treatments of the rows.
fn treatments(table: &Statement, rows: &[Row]) -> (Vec<Statement>, Vec<Problem>) {
    let collects = table.option("rows").and_then(arrears::condition::Term::as_text) == Some("collect");
    let mut made = Vec::new();
    let mut problems = Vec::new();
    let mut overlaps = 0;
    for (index, row) in rows.iter().enumerate() {
        let mut above = Vec::new();
        let before = rows.get(..index).unwrap_or_default().iter();
        for upper in before.filter(|upper| !collects && !upper.is_apart(row)) {
            overlaps += 1;
            above.push(upper.fits_beside(row));
            if upper.holds(row) {
                let problem = Problem::warning("P410", format!("the row \"{}\" is never used", row.name.text))
                    .at(row.name.span, "whatever fits this row")
                    .at(upper.name.span, "fits this one first")
                    .help("move it up, or narrow the row above it");
                problems.push(problem);
                break;
            }
        }
        if overlaps > MAX_OVERLAPS {
            let message = format!("more than {MAX_OVERLAPS} pairs of rows overlap");
            return (Vec::new(), vec![too_large(table.name_span(), message)]);
        }
        made.push(row.treatment(table, above));
    }
    (made, problems)
}
