//! A night that is told to stop, and how far it says that it has come.

use crate::books::{MANY, contents, everything, last_night, of_people, row};
use crate::support::{Folder, HEADER, decide, policy};
use arrears_batch::{Hooks, Options, Progress, RunError, Step, run};
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};

const BATCHES: [u64; 4] = [8_192, 16_384, 24_576, MANY as u64];

fn rows() -> impl Iterator<Item = String> {
    (1..=MANY).map(|number| row(&format!("A{number}"), number))
}

/// Everything that a night tells of how far it has come.
fn told(table: &Path, options: &Options) -> Vec<Progress> {
    let mut told = Vec::new();
    let mut progress = |now| told.push(now);
    let hooks = Hooks { progress: Some(&mut progress), ..Hooks::default() };
    run(&policy(), table, options, hooks).unwrap();
    told
}

#[test]
fn a_night_that_is_told_to_stop_ends_after_the_batch_at_hand_and_leaves_all_as_it_was() {
    let folder = Folder::new();
    let table = folder.write("book.csv", of_people(rows()));
    let mut options = everything(&folder, "2026-11-30");
    decide(&table, &options).unwrap();
    last_night(&folder);
    // The state is read, and written over itself.
    options.state = options.state_out.clone();
    let before = contents(&folder);
    for step in [Step::Numbering, Step::Settling, Step::Deciding] {
        for (batch, rows) in BATCHES.into_iter().enumerate() {
            let stop = AtomicBool::new(false);
            let mut last = None;
            let mut progress = |now: Progress| {
                stop.store(now.step == step && now.rows == rows, Ordering::Relaxed);
                last = Some(now);
            };
            let hooks = Hooks { progress: Some(&mut progress), stop: Some(&stop), ..Hooks::default() };
            let ended = run(&policy(), &table, &options, hooks);
            assert!(matches!(ended, Err(RunError::Interrupted)), "{step:?}, batch {batch}: {ended:?}");
            assert_eq!(last.map(|now| (now.step, now.rows)), Some((step, rows)));
            assert!(before == contents(&folder), "{step:?}, batch {batch}: {:?}", folder.files());
        }
    }
    // Told before it begins, it reads one batch at most.
    let stop = AtomicBool::new(true);
    let ended = run(&policy(), &table, &options, Hooks { stop: Some(&stop), ..Hooks::default() });
    assert_eq!(ended.unwrap_err().to_string(), "the run was stopped, and nothing was written");
    assert!(before == contents(&folder));
    // And nothing stands in the way of the next one.
    assert_eq!(decide(&table, &options).unwrap().rows, u64::from(MANY));
}

#[test]
fn a_night_tells_its_steps_in_order_and_rows_that_only_rise() {
    let folder = Folder::new();
    let table = folder.write("book.csv", of_people(rows()));
    let options = everything(&folder, "2026-11-30");
    let whole = Some(u64::from(MANY));
    let step = |step, total| BATCHES.map(|rows| Progress { step, rows, total });
    let told = told(&table, &options);
    // How many rows a CSV table has is known when its names have been read.
    assert_eq!(told, [step(Step::Numbering, None), step(Step::Settling, whole), step(Step::Deciding, whole)].concat());
}

#[test]
fn a_night_tells_of_no_step_that_it_does_not_take() {
    let folder = Folder::new();
    let alone = folder.write("book.csv", format!("{HEADER}{}", rows().collect::<String>()));
    let mut options = everything(&folder, "2026-11-30");
    let step = |step, total| BATCHES.map(|rows| Progress { step, rows, total });
    assert_eq!(told(&alone, &options), step(Step::Deciding, None));
    // With a state names are read; without people with several accounts nobody is settled.
    options.state = Some(folder.write("before.csv", "account_id,decided_on,previous_stage\nA1,2026-11-29,firm\n"));
    let whole = Some(u64::from(MANY));
    assert_eq!(told(&alone, &options), [step(Step::Numbering, None), step(Step::Deciding, whole)].concat());
    let nobody = folder.csv("");
    assert!(told(&nobody, &options).is_empty());
}
