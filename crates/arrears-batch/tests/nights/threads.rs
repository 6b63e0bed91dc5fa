//! The same night on one thread and on several.

use crate::books::{MANY, contents, everything, of_people, parquet_rows, row};
use crate::support::{Folder, decide};
use arrears_batch::Options;

/// The second night of people with up to three accounts, of which some rows are bad.
fn second_night(folder: &Folder) -> (std::path::PathBuf, Options) {
    let name = |number: u32| format!("A{}", (number * 7_919) % 1_000_003);
    let some_bad = |number: u32| match number % 997 {
        5 => format!("{},soon,1.00,forgot,no,no,0.1,never\n", name(number)),
        6 => format!("{},1\n", name(number)),
        7 => row(&name(number - 1_000), number),
        _ => row(&name(number), number),
    };
    let table = folder.write("book.csv", of_people((1_000..1_000 + MANY).map(some_bad)));
    let mut options = everything(folder, "2026-11-28");
    decide(&table, &options).unwrap();
    std::fs::rename(folder.path("state.csv"), folder.path("before.csv")).unwrap();
    options.state = Some(folder.path("before.csv").into());
    options.as_of = "2026-11-29".parse().unwrap();
    (table, options)
}

#[test]
fn a_night_in_columns_is_to_the_byte_the_one_in_which_every_row_is_decided_by_itself() {
    let folder = Folder::new();
    let (table, mut options) = second_night(&folder);
    for reviews in [true, false] {
        options.reviews = reviews;
        let nights = [false, true].map(|one_by_one| {
            options.one_by_one = one_by_one;
            let summary = decide(&table, &options).unwrap();
            assert!(one_by_one == (summary.one_by_one == summary.rows) || reviews, "{summary:?}");
            contents(&folder)
        });
        let [in_columns, by_row] = nights;
        for (name, bytes) in by_row {
            assert!(in_columns[&name] == bytes, "{name} differs, reviews: {reviews}");
        }
    }
}

#[test]
fn a_night_of_people_with_a_state_is_the_same_to_the_byte_on_any_number_of_threads() {
    let folder = Folder::new();
    let (table, mut second) = second_night(&folder);
    let nights = [1, 2, 3].map(|threads| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        let mut summary = pool.install(|| decide(&table, &second)).unwrap();
        assert!(summary.errors > 70 && summary.decisions + summary.errors == u64::from(MANY));
        assert!(summary.left_alone.rides_along > 1_000, "{summary:?}");
        assert!(summary.with_state > 20_000, "{summary:?}");
        summary.written.clear();
        let mut files = contents(&folder);
        let rows = parquet_rows(&folder, "out.parquet");
        assert_eq!(files.remove("out.parquet").map(|_| rows.len() as u64), Some(summary.decisions));
        second.state_out = Some(folder.path("state.parquet"));
        pool.install(|| decide(&table, &second)).unwrap();
        second.state_out = Some(folder.path("state.csv"));
        let state = parquet_rows(&folder, "state.parquet");
        std::fs::remove_file(folder.path("state.parquet")).unwrap();
        (serde_json::to_string(&summary).unwrap(), files, rows, state)
    });
    assert!(nights[0] == nights[1] && nights[0] == nights[2]);
    let (_, files, ..) = &nights[0];
    let named: Vec<&str> = files.keys().map(String::as_str).collect();
    assert_eq!(named, ["before.csv", "book.csv", "out.csv", "out.errors.csv", "out.jsonl", "state.csv"]);
}
