//! Laws that hold for any table.

use crate::support::{Folder, HEADER, array, write_parquet};
use arrears::{Law, Policy};
use arrears_batch::{Hooks, Options, Summary, run};
use proptest::prelude::*;
use std::path::Path;
use std::sync::LazyLock;

static POLICY: LazyLock<Policy> = LazyLock::new(crate::support::policy);

fn keep_going(folder: &Folder, table: &Path, out: &str) -> Summary {
    let mut options = Options::new("2026-11-30".parse().unwrap(), Law::none("test").unwrap());
    options.keep_going = true;
    options.outputs = vec![folder.path(out)];
    run(&POLICY, table, &options, Hooks::default()).unwrap()
}

fn lines(folder: &Folder, name: &str) -> usize {
    std::fs::read_to_string(folder.path(name)).map_or(1, |text| text.lines().count())
}

/// A cell that often fits some column and often does not.
fn cell() -> impl Strategy<Value = String> {
    prop_oneof![
        Just(String::new()),
        "-?[0-9]{1,4}",
        "[0-9]{1,4}\\.[0-9]{1,3}",
        prop::sample::select(vec![
            "true", "false", "no", "forgot", "illness", "never", "999999", "NaN", "A1", "1e-3", "0.1"
        ])
        .prop_map(str::to_owned),
        "[a-z ,\"\u{8d26}]{0,6}",
    ]
}

fn quoted(cell: &str) -> String {
    format!("\"{}\"", cell.replace('"', "\"\""))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn rows_in_are_decisions_and_errors(rows in prop::collection::vec(prop::collection::vec(cell(), 1..10), 0..30)) {
        let folder = Folder::new();
        let text: String = rows.iter().map(|row| row.iter().map(|cell| quoted(cell)).collect::<Vec<_>>().join(",") + "\n").collect();
        let summary = keep_going(&folder, &folder.csv(&text), "out.csv");
        prop_assert_eq!(summary.rows, u64::try_from(rows.len()).unwrap());
        prop_assert_eq!(summary.rows, summary.decisions + summary.errors);
        prop_assert_eq!(u64::try_from(lines(&folder, "out.csv") - 1).unwrap(), summary.decisions);
        prop_assert_eq!(u64::try_from(lines(&folder, "out.errors.csv") - 1).unwrap(), summary.errors);
    }

    #[test]
    fn csv_and_parquet_of_one_text_give_the_same_decisions_and_the_same_errors(
        rows in prop::collection::vec(prop::collection::vec(cell(), 8), 1..20)
    ) {
        let folder = Folder::new();
        let text: String = rows.iter().map(|row| row.iter().map(|cell| quoted(cell)).collect::<Vec<_>>().join(",") + "\n").collect();
        let names: Vec<&str> = HEADER.trim_end().split(',').collect();
        let columns = names.iter().enumerate().map(|(place, name)| {
            let cells = rows.iter().map(|row| Some(row[place].as_str()).filter(|cell| !cell.is_empty()));
            (*name, array(cells.collect::<arrow_array::StringArray>()))
        });
        write_parquet(&folder.path("book.parquet"), columns.collect());
        let csv = keep_going(&folder, &folder.csv(&text), "csv.csv");
        let parquet = keep_going(&folder, &folder.path("book.parquet"), "parquet.csv");
        prop_assert_eq!(csv.errors, parquet.errors);
        let read = |name: &str| std::fs::read_to_string(folder.path(name)).unwrap();
        prop_assert_eq!(read("csv.csv"), read("parquet.csv"));
        for (one, other) in csv.first_errors.iter().zip(&parquet.first_errors) {
            prop_assert_eq!(&one.faults, &other.faults);
        }
    }

    #[test]
    fn any_bytes_are_a_table_or_an_error(bytes in prop::collection::vec(any::<u8>(), 0..300), parquet in any::<bool>()) {
        let folder = Folder::new();
        let table = if parquet {
            let mut marked = b"PAR1".to_vec();
            marked.extend(bytes);
            marked.extend(b"PAR1");
            folder.write("book.parquet", marked)
        } else {
            let mut text = HEADER.as_bytes().to_vec();
            text.extend(bytes);
            folder.write("book.csv", text)
        };
        let options = Options::new("2026-11-30".parse().unwrap(), Law::none("test").unwrap());
        let _ = run(&POLICY, table, &options, Hooks::default());
    }

    #[test]
    fn a_parquet_file_with_any_byte_changed_is_a_table_or_an_error(at in 0_usize..4000, to in any::<u8>()) {
        let folder = Folder::new();
        let names: Vec<&str> = HEADER.trim_end().split(',').collect();
        let cells = ["A1", "3", "1.00", "forgot", "no", "no", "0.1", "never"];
        let columns = names.iter().zip(cells).map(|(name, cell)| (*name, array(arrow_array::StringArray::from(vec![cell; 50]))));
        let path = folder.path("book.parquet");
        write_parquet(&path, columns.collect());
        let mut bytes = std::fs::read(&path).unwrap();
        let length = bytes.len();
        bytes[at % length] = to;
        std::fs::write(&path, bytes).unwrap();
        let options = Options::new("2026-11-30".parse().unwrap(), Law::none("test").unwrap());
        let _ = run(&POLICY, path, &options, Hooks::default());
    }
}
