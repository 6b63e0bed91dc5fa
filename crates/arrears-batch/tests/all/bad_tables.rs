//! Tables that cannot be decided, and what is said of them.

use crate::support::{Folder, HEADER, array, decide, options, refusal};
use arrow_array::{Date32Array, Decimal128Array, Float64Array, Int64Array, StringArray};

#[test]
fn every_absent_column_is_listed_at_once_with_its_meaning() {
    let folder = Folder::new();
    let table = folder.write("book.csv", "account_id,DPD,risk,is_deceased\nA1,3,0.1,false\n");
    assert_eq!(
        refusal(&folder, &table),
        "book.csv cannot be decided under `book`:\n  \
         column `deceased` is absent: Whether the person has died. (the table has `is_deceased`)\n  \
         column `dispute` is absent: Whether the debt is disputed.\n  \
         column `cause` is absent: Why the account fell behind, as far as anyone has found out.\n  \
         column `dpd` is absent: Whole calendar days since the oldest unpaid instalment fell due. Zero: nothing \
         is overdue. (the table has `DPD`)\n  \
         column `overdue` is absent: What is overdue today. Zero: nothing.\n  \
         column `days_since_payment` is absent: Days since the last payment. Never: no payment was ever made.\n  \
         add absent columns to the table, name the columns that hold them in a mapping file, or let the policy \
         `assume` what may be taken as known"
    );
}

#[test]
fn a_table_without_accounts_names_is_refused() {
    let folder = Folder::new();
    let table = folder.write("book.csv", HEADER.replace("account_id", "loan_no"));
    assert!(
        refusal(&folder, &table).contains("column `account_id` is absent: The account; every row has one of its own.")
    );
}

#[test]
fn columns_of_wrong_types_are_refused_with_the_cast_that_mends_them() {
    let folder = Folder::new();
    let table = folder.parquet(vec![
        ("account_id", array(Float64Array::from(vec![1.0]))),
        ("dpd", array(Float64Array::from(vec![3.0]))),
        ("overdue", array(Float64Array::from(vec![12.5]))),
        ("cause", array(StringArray::from(vec!["forgot"]))),
        ("deceased", array(Float64Array::from(vec![0.0]))),
        ("dispute", array(StringArray::from(vec!["no"]))),
        ("risk", array(Float64Array::from(vec![0.1]))),
        ("days_since_payment", array(Date32Array::from(vec![20_000]))),
    ]);
    assert_eq!(
        refusal(&folder, &table),
        "book.parquet cannot be decided under `book`:\n  \
         column `account_id` holds floating-point numbers, but must hold text or whole numbers: cast the column to text\n  \
         column `deceased` holds floating-point numbers, but must hold true and false: cast the column to a boolean \
         that can be empty, or to 0 and 1\n  \
         column `dpd` holds floating-point numbers, but must hold whole days: cast the column to a whole-number type \
         that can be empty (in pandas: `Int64`)\n  \
         column `overdue` holds floating-point numbers, but must hold exact amounts: cast the column to a decimal such \
         as decimal(18, 2): a floating-point amount is not exact\n  \
         column `days_since_payment` holds dates, but must hold whole days: count the days between the date and the \
         day of the decision"
    );
}

#[test]
fn rows_that_cannot_be_read_are_all_named_and_nothing_is_written() {
    let folder = Folder::new();
    let table = folder.csv(
        "A1,3,120.00,forgot,false,no,0.1,never\n\
         A2,-3,12.505,forgot,perhaps,no,NaN,never\n\
         A3,5,10.00,illnes,false,no,0.1,2026-11-30\n\
         A1,5,10.00,illness,false,no,0.1,4\n\
         ,5,10.00,illness,false,no,0.1,4\n",
    );
    let mut options = options("2026-11-30");
    options.outputs.push(folder.path("decisions.parquet"));
    options.state_out = Some(folder.path("state.parquet"));
    assert_eq!(
        folder.without(decide(&table, &options).unwrap_err()),
        "book.csv: 4 rows of 5 cannot be decided, and nothing was written:\n  \
         row 2 (line 3), account A2, column `dpd`: `-3` is below zero: `dpd` counts from zero; column `overdue`: \
         `12.505` has more than 2 decimals; column `deceased`: `perhaps` is neither true nor false; column `risk`: `NaN` \
         is not a number: leave the cell empty where the value is not known\n  \
         row 3 (line 4), account A3, column `cause`: `illnes` is not a word of `cause`: expected one of forgot, dispute, \
         cash_flow, unemployment, illness, unwilling, unknown (did you mean `illness`?); column `days_since_payment`: \
         `2026-11-30` is not a whole number\n  \
         row 4 (line 5), account A1, column `account_id`: the account is in row 1 already\n  \
         row 5 (line 6), column `account_id`: the cell is empty: every row needs an `account_id`"
    );
    assert_eq!(folder.files(), ["book.csv"]);
}

#[test]
fn only_the_first_bad_rows_are_shown_but_all_are_counted() {
    let folder = Folder::new();
    let rows: String = (0..50).map(|row| format!("A{row},x,1.00,forgot,no,no,0.1,never\n")).collect();
    let table = folder.csv(&rows);
    let mut options = options("2026-11-30");
    options.errors_shown = 2;
    let message = decide(&table, &options).unwrap_err().to_string();
    assert!(message.contains("50 rows of 50 cannot be decided"), "{message}");
    assert!(message.ends_with("\n  and 48 more"), "{message}");
}

#[test]
fn an_infinite_score_is_refused_by_row_and_column() {
    let folder = Folder::new();
    let table = folder.parquet(vec![
        ("account_id", array(Int64Array::from(vec![17, 18]))),
        ("dpd", array(Int64Array::from(vec![3, 3]))),
        ("overdue", array(Decimal128Array::from(vec![1250, 1250]).with_precision_and_scale(10, 2).unwrap())),
        ("cause", array(StringArray::from(vec!["forgot", "forgot"]))),
        ("deceased", array(Int64Array::from(vec![0, 0]))),
        ("dispute", array(Int64Array::from(vec![0, 0]))),
        ("risk", array(Float64Array::from(vec![f64::INFINITY, f64::NAN]))),
        ("days_since_payment", array(Int64Array::from(vec![999_999, 4]))),
    ]);
    assert_eq!(
        refusal(&folder, &table),
        "book.parquet: 2 rows of 2 cannot be decided, and nothing was written:\n  \
         row 1, account 17, column `risk`: `inf` is not a number\n  \
         row 2, account 18, column `risk`: `NaN` is not a number: leave the cell empty where the value is not known"
    );
}

#[test]
fn a_row_in_another_currency_is_an_error_of_that_row() {
    let folder = Folder::new();
    let table = folder.write(
        "book.csv",
        format!("currency,{HEADER}CNY,A1,3,1.00,forgot,no,no,0.1,never\nUSD,A2,3,1.00,forgot,no,no,0.1,never\n"),
    );
    assert_eq!(
        refusal(&folder, &table),
        "book.csv: 1 row of 2 cannot be decided, and nothing was written:\n  \
         row 2 (line 3), account A2, column `currency`: `USD` is not the currency of the policy: it decides amounts in CNY"
    );
}

#[test]
fn a_line_with_too_few_cells_is_named_and_one_at_the_end_may_be_cut_off() {
    let folder = Folder::new();
    let table = folder.csv("A1,3,1.00,forgot,no,no,0.1,never,9\nA2,3,1.00,for");
    assert_eq!(
        refusal(&folder, &table),
        "book.csv: 2 rows of 2 cannot be decided, and nothing was written:\n  \
         row 1 (line 2), account A1, the line has 9 cells, the header has 8\n  \
         row 2 (line 3), account A2, the line has 4 cells, the header has 8: the file may be cut off here"
    );
}

#[test]
fn a_csv_file_that_ends_within_quotes_is_named_with_the_line() {
    let folder = Folder::new();
    let table = folder.csv("A1,3,1.00,forgot,no,no,0.1,never\nA2,3,\"1.00,forgot,no\n");
    assert_eq!(refusal(&folder, &table), "book.csv: line 3: a quote is opened and not closed: the file may be cut off");
}

#[test]
fn a_parquet_file_that_is_cut_off_is_named_with_its_length() {
    let folder = Folder::new();
    let whole = folder.parquet(vec![("account_id", array(StringArray::from(vec!["A1"; 1000])))]);
    let bytes = std::fs::read(&whole).unwrap();
    let cut = folder.write("cut.parquet", &bytes[..bytes.len() - 100]);
    assert_eq!(
        refusal(&folder, &cut),
        format!(
            "cut.parquet: is cut off after {} bytes: the mark that ends every Parquet file is not there",
            bytes.len() - 100
        )
    );
    let short = folder.write("short.parquet", b"PAR1");
    assert_eq!(refusal(&folder, &short), "short.parquet: is 4 bytes long: too short for a Parquet file");
    let other = folder.write("other.parquet", HEADER);
    assert_eq!(refusal(&folder, &other), "other.parquet: is not a Parquet file: it begins with `acco`");
}

#[test]
fn files_that_are_no_tables_are_refused() {
    let folder = Folder::new();
    assert!(refusal(&folder, &folder.path("gone.csv")).starts_with("gone.csv: cannot be opened: "));
    let sheet = folder.write("book.xlsx", "PK");
    assert_eq!(refusal(&folder, &sheet), "book.xlsx: expected a table whose name ends in .parquet or .csv");
    let empty = folder.write("empty.csv", "");
    assert_eq!(refusal(&folder, &empty), "empty.csv: is empty: expected a line of column names");
    let semicolons = folder.write("semicolons.csv", "account_id;dpd\nA1;3\n");
    assert_eq!(
        refusal(&folder, &semicolons),
        "semicolons.csv: line 1: the columns are separated by semicolons: separate them by commas"
    );
    let twice = folder.write("twice.csv", "account_id,dpd,dpd\n");
    assert_eq!(refusal(&folder, &twice), "twice.csv: two columns are called `dpd`");
    let gbk = folder.write("gbk.csv", b"account_id,\xD5\xCB\xBB\xA7\nA1,2\n");
    assert_eq!(refusal(&folder, &gbk), "gbk.csv: line 1, column 2: the text is not UTF-8: save the file as UTF-8");
    let utf16 = folder.write("utf16.csv", b"\xFF\xFEa\0c\0\n\0");
    assert_eq!(refusal(&folder, &utf16), "utf16.csv: line 1, column 1: the text is UTF-16: save the file as UTF-8");
}

#[test]
fn a_mapping_that_fits_neither_table_nor_policy_is_refused() {
    let folder = Folder::new();
    let table = folder.csv("A1,3,1.00,forgot,no,no,0.1,never\n");
    let mut options = options("2026-11-30");
    let text = "[columns]\ndpdd = \"dpd\"\noverdue = \"over_due\"\n[never]\ndispute = 0\n";
    options.mapping = arrears_batch::Mapping::parse(text, "map.toml").unwrap();
    assert_eq!(
        folder.without(decide(&table, &options).unwrap_err()),
        "book.csv cannot be decided under `book`:\n  \
         the mapping names `dpdd` under `columns`, which is no fact (did you mean `dpd`?)\n  \
         the mapping reads `overdue` from column `over_due`, which the table does not have (did you mean `overdue`?)\n  \
         the mapping gives a value for never to `dispute`, which always has a value"
    );
}

#[test]
fn a_day_before_the_policy_begins_is_refused() {
    let folder = Folder::new();
    let table = folder.csv("A1,3,1.00,forgot,no,no,0.1,never\n");
    assert_eq!(
        decide(&table, &options("2025-12-31")).unwrap_err().to_string(),
        "the policy `book` decides from 2026-01-01 on: 2025-12-31 is outside"
    );
}
