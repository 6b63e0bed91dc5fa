//! Accounts that come twice far apart, and files that change while they are read.

use crate::books::{MANY, contents, everything, last_night, of_people, row};
use crate::support::{Folder, decide, options, policy};
use arrears_batch::{Hooks, Progress, Step, run};
use std::fs::OpenOptions;
use std::io::Write as _;

fn book(twice: &[(u32, u32)]) -> impl Iterator<Item = String> {
    let of = twice.to_vec();
    (1..=MANY).map(move |number| {
        let account = of.iter().find(|(again, _)| *again == number).map_or(number, |(_, first)| *first);
        row(&format!("A{account}"), number)
    })
}

#[test]
fn an_account_that_comes_again_batches_later_is_an_error_that_names_its_first_row() {
    let folder = Folder::new();
    // Within a batch, in the next, in the last; and a third time.
    let twice = [(100, 3), (8_200, 8_190), (24_990, 17), (24_991, 17), (24_992, 3)];
    let plain = folder.csv(&book(&twice).collect::<String>());
    let people = folder.write("people.csv", of_people(book(&twice)));
    for (table, customers) in [(plain, false), (people, true)] {
        for state in [false, true] {
            let mut options = options("2026-11-30");
            options.keep_going = true;
            if state {
                let text = "account_id,decided_on,previous_stage\nA17,2026-11-29,reminder\nA24990,2026-11-29,reminder\n";
                options.state = Some(folder.write("state.csv", text));
            }
            let summary = decide(&table, &options).unwrap();
            let said: Vec<String> = summary.first_errors.iter().map(ToString::to_string).collect();
            for (again, first) in twice {
                let line = format!(
                    "row {again} (line {}), account A{first}, column `account_id`: the account is in row {first} already",
                    again + 1
                );
                assert!(said.contains(&line), "{customers} {state}: {said:#?}");
            }
            assert_eq!(summary.decisions + summary.errors, u64::from(MANY));
            // A row of a person that cannot be taken keeps the person's others back.
            assert_eq!(summary.errors > 5, customers, "{said:#?}");
        }
    }
}

/// Adds to a file when the night has come so far, and gives what the night ends with.
fn added_to(folder: &Folder, file: &str, when: Progress) -> String {
    let table = folder.write("book.csv", of_people(book(&[])));
    folder.write("state.csv", "account_id,decided_on,previous_stage\nA17,2026-11-29,reminder\n");
    last_night(folder);
    let mut options = everything(folder, "2026-11-30");
    options.state = Some(folder.path("state.csv"));
    // What was added is no good row: that the file changed is what is said, not that.
    options.keep_going = false;
    let before = contents(folder);
    let path = folder.path(file);
    let mut told = 0;
    let mut progress = |now: Progress| {
        if now.step == when.step && now.rows == when.rows {
            let mut file = OpenOptions::new().append(true).open(&path).unwrap();
            file.write_all(b"A99,2026-11-29,reminder,").unwrap();
            told += 1;
        }
    };
    let hooks = Hooks { progress: Some(&mut progress), ..Hooks::default() };
    let error = run(&policy(), &table, &options, hooks).unwrap_err();
    assert_eq!(told, 1);
    let mut after = contents(folder);
    after.insert(file.to_owned(), before[file].clone());
    assert!(before == after, "{file}: {:?}", folder.files());
    folder.without(error)
}

#[test]
fn a_file_that_grows_while_it_is_read_ends_the_night() {
    let folder = Folder::new();
    let rows = [8_192, u64::from(MANY)];
    for file in ["book.csv", "state.csv"] {
        for step in [Step::Numbering, Step::Settling, Step::Deciding] {
            for rows in rows {
                let said = added_to(&folder, file, Progress { step, rows, total: None });
                assert_eq!(
                    said,
                    format!("{file}: was changed while it was read: run again when it is complete"),
                    "{step:?}"
                );
            }
        }
    }
}
