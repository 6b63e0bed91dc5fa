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
                let text =
                    "account_id,decided_on,previous_stage\nA17,2026-11-29,reminder\nA24990,2026-11-29,reminder\n";
                options.state = Some(folder.write("state.csv", text).into());
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

/// Adds to a file in a step, after its first rows or after its last, and gives what the night
/// ends with.
fn added_to(folder: &Folder, file: &str, step: Step, at_the_end: bool) -> String {
    let table = folder.write("book.csv", of_people(book(&[])));
    folder.write("state.csv", "account_id,decided_on,previous_stage\nA17,2026-11-29,reminder\n");
    last_night(folder);
    let mut options = everything(folder, "2026-11-30");
    options.state = Some(folder.path("state.csv").into());
    // What was added is no good row: that the file changed is what is said, not that.
    options.keep_going = false;
    let before = contents(folder);
    let path = folder.path(file);
    let mut added = false;
    let mut progress = |now: Progress| {
        if now.step == step && !added && (!at_the_end || now.rows == u64::from(MANY)) {
            let mut file = OpenOptions::new().append(true).open(&path).unwrap();
            file.write_all(b"A99,2026-11-29,reminder,").unwrap();
            added = true;
        }
    };
    let hooks = Hooks { progress: Some(&mut progress), ..Hooks::default() };
    let error = run(&policy(), &table, &options, hooks).unwrap_err();
    assert!(added);
    let mut after = contents(folder);
    after.insert(file.to_owned(), before[file].clone());
    assert!(before == after, "{file}: {:?}", folder.files());
    folder.without(error)
}

#[test]
fn a_file_that_grows_while_it_is_read_ends_the_night() {
    let folder = Folder::new();
    for file in ["book.csv", "state.csv"] {
        for step in [Step::Numbering, Step::Settling, Step::Deciding] {
            for at_the_end in [false, true] {
                let said = added_to(&folder, file, step, at_the_end);
                let wanted = format!("{file}: was changed while it was read: run again when it is complete");
                assert_eq!(said, wanted, "{step:?}, {at_the_end}");
            }
        }
    }
}

/// A pipe gives its rows once, and a night asks for them again.
#[cfg(unix)]
#[test]
fn a_table_that_can_be_read_only_once_is_refused() {
    let folder = Folder::new();
    let pipe = folder.path("pipe.csv");
    assert!(std::process::Command::new("mkfifo").arg(&pipe).status().unwrap().success());
    let rows = format!("{}{}", crate::support::HEADER, row("A1", 1));
    let writing = std::thread::spawn({
        let pipe = pipe.clone();
        move || std::fs::write(pipe, rows)
    });
    let said =
        "pipe.csv: cannot be opened: it is read more than once, which a pipe or a device cannot be: write it to a file";
    assert_eq!(folder.without(decide(&pipe, &options("2026-11-30")).unwrap_err()), said);
    // Whether all of it was taken is not the night's concern.
    let _taken = writing.join().unwrap();
}
