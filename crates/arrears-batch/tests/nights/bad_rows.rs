//! One bad row among very many.

use crate::books::{lines, row};
use crate::support::{Folder, HEADER, decide, options};

const ROWS: u32 = 200_000;
const BAD: u32 = 123_456;

#[test]
fn a_bad_row_among_two_hundred_thousand_is_found_named_and_set_aside() {
    let folder = Folder::new();
    let rows = (1..=ROWS).map(|number| match number {
        BAD => format!("A{number},3,\"12,50\",forgot,no,no,0.1,never\n"),
        number => row(&format!("A{number}"), number),
    });
    let table = folder.write("book.csv", format!("{HEADER}{}", rows.collect::<String>()));
    let said = "row 123456 (line 123457), account A123456, column `overdue`: `12,50` is not an amount: write digits and a \
                point, as in 1234.50";
    let mut options = options("2026-11-30");
    options.outputs = vec![folder.path("out.csv")];
    options.state_out = Some(folder.path("state.csv"));
    assert_eq!(
        folder.without(decide(&table, &options).unwrap_err()),
        format!("book.csv: 1 row of 200000 cannot be decided, and nothing was written:\n  {said}")
    );
    assert_eq!(folder.files(), ["book.csv"]);

    options.keep_going = true;
    let summary = decide(&table, &options).unwrap();
    assert_eq!((summary.rows, summary.decisions, summary.errors), (200_000, 199_999, 1));
    assert_eq!(
        lines(&folder, "out.errors.csv"),
        [
            "row,line,account_id,column,found,problem",
            "123456,123457,A123456,overdue,\"12,50\",\"is not an amount: write digits and a point, as in 1234.50\"",
        ]
    );
    let decided: Vec<String> =
        lines(&folder, "out.csv")[1..].iter().map(|line| line.split(',').next().unwrap().to_owned()).collect();
    assert!(decided.iter().cloned().eq((1..=ROWS).filter(|number| *number != BAD).map(|number| format!("A{number}"))));
    assert_eq!(lines(&folder, "state.csv").len(), 200_000);
}
