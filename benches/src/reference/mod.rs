//! One small policy, decided by arrears and by its rivals.

mod accounts;
mod answers;
mod arrears_columns;
mod native_columns;
mod native_rows;
mod table;

use crate::Failure;
use crate::clock::Lap;
use accounts::Accounts;
use answers::Answers;
use arrears_batch::Decided;
use std::path::Path;

/// Rounds of the contestants whose ratio is told.
const ROUNDS: usize = 15;

/// Somebody who decides the accounts.
struct Contestant<'a> {
    name: String,
    threads: usize,
    accounts: usize,
    rounds: usize,
    decide: Box<dyn FnMut(&mut Answers) -> Result<(), Failure> + 'a>,
    laps: Vec<f64>,
}

/// Lets every contestant decide so many accounts, compares what each decided, and prints
/// what it took.
pub(crate) fn run(examples: &Path, count: usize) -> Result<(), Failure> {
    let accounts = Accounts::new(count);
    let answers = Answers::of(&accounts);
    let table = table::of(&accounts)?;
    let policy = arrears_columns::load(examples)?;
    let portfolio = arrears_columns::portfolio(&policy, &table)?;
    let codes = arrears_columns::Codes::of(&policy)?;
    let mut desk = portfolio.desk();
    let mut decided = Decided::default();
    let halves = [table.slice(0, count / 2), table.slice(count / 2, count - count / 2)];
    let mut desks = [(portfolio.desk(), Decided::default()), (portfolio.desk(), Decided::default())];
    let mut contestants = Vec::new();
    contestants.push(Contestant::new("by hand in Rust, rows", (1, count), |out| {
        native_rows::decide(&accounts, out);
        Ok(())
    }));
    contestants.push(Contestant::new("by hand in Rust, columns", (1, count), |out| {
        let Answers { kind, action, reason, stage } = out;
        native_columns::decide(&accounts, 0..accounts.len(), [kind, action, reason, stage]);
        Ok(())
    }));
    contestants.push(Contestant::new("arrears", (1, count), |out| {
        let Answers { kind, action, reason, stage } = out;
        arrears_columns::decide((&portfolio, &codes), &table, (&mut desk, &mut decided), [kind, action, reason, stage])
    }));
    contestants.push(Contestant::new("arrears", (2, count), |out| {
        let half = count / 2;
        let split = |column| <[u8]>::split_at_mut(column, half);
        let ((k0, k1), (a0, a1)) = (split(&mut out.kind), split(&mut out.action));
        let ((r0, r1), (s0, s1)) = (split(&mut out.reason), split(&mut out.stage));
        let [first, second] = &halves;
        let [(desk0, decided0), (desk1, decided1)] = &mut desks;
        let (portfolio, codes) = (&portfolio, &codes);
        let (one, other) = rayon::join(
            || arrears_columns::decide((portfolio, codes), first, (desk0, decided0), [k0, a0, r0, s0]),
            || arrears_columns::decide((portfolio, codes), second, (desk1, decided1), [k1, a1, r1, s1]),
        );
        one.and(other)
    }));
    measure(&mut contestants, &answers, count)?;
    report(&contestants);
    Ok(())
}

/// What each decides is compared before its time counts; in the rounds they take turns, now
/// from the first, now from the last.
fn measure(contestants: &mut [Contestant<'_>], answers: &Answers, count: usize) -> Result<(), Failure> {
    let mut out = Answers::blank(count);
    for contestant in contestants.iter_mut() {
        out = Answers::blank(contestant.accounts);
        (contestant.decide)(&mut out)?;
        answers.compare(&contestant.name, &out)?;
    }
    for round in 0..ROUNDS {
        let mut order: Vec<&mut Contestant<'_>> = contestants.iter_mut().filter(|one| round < one.rounds).collect();
        if round % 2 == 1 {
            order.reverse();
        }
        for contestant in order {
            let lap = Lap::begin();
            (contestant.decide)(&mut out)?;
            contestant.laps.push(lap.seconds() * 1e9 / contestant.accounts as f64);
        }
    }
    for contestant in contestants.iter_mut() {
        contestant.laps.sort_unstable_by(f64::total_cmp);
    }
    Ok(())
}

impl<'a> Contestant<'a> {
    fn new(
        name: &str,
        (threads, accounts): (usize, usize),
        decide: impl FnMut(&mut Answers) -> Result<(), Failure> + 'a,
    ) -> Self {
        Self { name: name.to_owned(), threads, accounts, rounds: ROUNDS, decide: Box::new(decide), laps: Vec::new() }
    }

    fn at(&self, place: usize) -> f64 {
        self.laps.get(place).copied().unwrap_or(f64::NAN)
    }

    fn median(&self) -> f64 {
        self.at(self.laps.len() / 2)
    }

    fn by_hand(&self) -> bool {
        self.name.starts_with("by hand") && self.threads == 1
    }
}

fn report(contestants: &[Contestant<'_>]) {
    let by_hand = contestants.iter().filter(|one| one.by_hand()).map(Contestant::median);
    let by_hand = by_hand.min_by(f64::total_cmp).unwrap_or(f64::NAN);
    println!(
        "{:<32}{:>8}{:>12}{:>11}{:>11}{:>11}{:>16}{:>9}",
        "contestant", "threads", "accounts", "min ns", "median ns", "max ns", "accounts/s", "ratio"
    );
    for one in contestants {
        let median = one.median();
        println!(
            "{:<32}{:>8}{:>12}{:>11.1}{:>11.1}{:>11.1}{:>16.0}{:>9.2}",
            one.name,
            one.threads,
            one.accounts,
            one.at(0),
            median,
            one.at(one.laps.len().saturating_sub(1)),
            1e9 / median,
            median / by_hand
        );
    }
    let ours = contestants.iter().find(|one| one.name == "arrears" && one.threads == 1);
    println!("ratio to hand-written: {:.2}", ours.map_or(f64::NAN, Contestant::median) / by_hand);
}
