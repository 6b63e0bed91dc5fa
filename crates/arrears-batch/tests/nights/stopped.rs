//! A night that is told to stop, and how far it says that it has come.

use crate::books::{MANY, contents, everything, last_night, of_people, row};
use crate::support::{Folder, HEADER, decide, policy};
use arrears_batch::{Hooks, Options, Progress, RunError, Step, run};
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};

fn rows() -> impl Iterator<Item = String> {
    (1..=MANY).map(|number| row(&format!("A{number}"), number))
}

/// Does something on so many threads: a night hears and tells once for a batch on each.
fn on<T: Send>(threads: usize, work: impl FnOnce() -> T + Send) -> T {
    rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap().install(work)
}

/// Everything that a night tells of how far it has come.
fn told(threads: usize, table: &Path, options: &Options) -> Vec<Progress> {
    on(threads, || {
        let mut told = Vec::new();
        let mut progress = |now| told.push(now);
        let hooks = Hooks { progress: Some(&mut progress), ..Hooks::default() };
        run(&policy(), table, options, hooks).unwrap();
        told
    })
}

/// A night that is told to stop when it tells this, and the last that it tells.
fn stopped(table: &Path, options: &Options, when: Progress) -> (RunError, Option<Progress>) {
    on(2, || {
        let stop = AtomicBool::new(false);
        let mut last = None;
        let mut progress = |now: Progress| {
            stop.store(now == when, Ordering::Relaxed);
            last = Some(now);
        };
        let hooks = Hooks { progress: Some(&mut progress), stop: Some(&stop), ..Hooks::default() };
        (run(&policy(), table, options, hooks).unwrap_err(), last)
    })
}

#[test]
fn a_night_that_is_told_to_stop_goes_no_further_and_leaves_all_as_it_was() {
    let folder = Folder::new();
    let table = folder.write("book.csv", of_people(rows()));
    let mut options = everything(&folder, "2026-11-30");
    decide(&table, &options).unwrap();
    last_night(&folder);
    // The state is read, and written over itself.
    options.state = options.state_out.clone().map(Into::into);
    let before = contents(&folder);
    let whole = Options { state_out: None, outputs: Vec::new(), ..options.clone() };
    let told = told(2, &table, &whole);
    let steps: Vec<Step> = told.iter().map(|now| now.step).collect();
    assert!([Step::Numbering, Step::Settling, Step::Deciding].iter().all(|step| steps.contains(step)), "{steps:?}");
    for when in told {
        let (ended, last) = stopped(&table, &options, when);
        assert!(matches!(ended, RunError::Interrupted), "{when:?}: {ended:?}");
        assert_eq!(last, Some(when));
        assert!(before == contents(&folder), "{when:?}: {:?}", folder.files());
    }
    // Told before it begins, it tells of nothing.
    let stop = AtomicBool::new(true);
    let mut begun = false;
    let mut progress = |_| begun = true;
    let hooks = Hooks { progress: Some(&mut progress), stop: Some(&stop), ..Hooks::default() };
    let ended = run(&policy(), &table, &options, hooks);
    assert_eq!(ended.unwrap_err().to_string(), "the run was stopped, and nothing was written");
    assert!(!begun && before == contents(&folder));
    // And nothing stands in the way of the next one.
    assert_eq!(decide(&table, &options).unwrap().rows, u64::from(MANY));
}

/// What is told of the steps: each with how many rows the table has, if that is known, and in
/// each rows that only rise, up to the last.
fn steps(told: &[Progress]) -> Vec<(Step, Option<u64>)> {
    let mut steps = Vec::new();
    for step in told.chunk_by(|before, after| before.step == after.step) {
        assert!(step.is_sorted_by(|before, after| before.rows < after.rows), "{step:?}");
        assert!(step.iter().all(|now| now.total == step[0].total), "{step:?}");
        assert!(step.len() > 1 && step.last().is_some_and(|last| last.rows == u64::from(MANY)), "{step:?}");
        steps.push((step[0].step, step[0].total));
    }
    steps
}

#[test]
fn a_night_tells_its_steps_in_order_and_rows_that_only_rise() {
    let folder = Folder::new();
    let table = folder.write("book.csv", of_people(rows()));
    let options = everything(&folder, "2026-11-30");
    let whole = Some(u64::from(MANY));
    // How many rows a CSV table has is known when its names have been read.
    let wanted = [(Step::Numbering, None), (Step::Settling, whole), (Step::Deciding, whole)];
    for threads in [1, 2] {
        assert_eq!(steps(&told(threads, &table, &options)), wanted);
    }
}

#[test]
fn a_night_tells_of_no_step_that_it_does_not_take() {
    let folder = Folder::new();
    let alone = folder.write("book.csv", format!("{HEADER}{}", rows().collect::<String>()));
    let mut options = everything(&folder, "2026-11-30");
    assert_eq!(steps(&told(2, &alone, &options)), [(Step::Deciding, None)]);
    // With a state names are read; without people with several accounts nobody is settled.
    options.state =
        Some(folder.write("before.csv", "account_id,decided_on,previous_stage\nA1,2026-11-29,firm\n").into());
    let whole = Some(u64::from(MANY));
    assert_eq!(steps(&told(2, &alone, &options)), [(Step::Numbering, None), (Step::Deciding, whole)]);
    let nobody = folder.csv("");
    assert!(told(2, &nobody, &options).is_empty());
}
