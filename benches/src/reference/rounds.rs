//! Contestants decide, are compared with the answers, and only then are timed.

use super::answers::Answers;
use super::report::{Line, Role};
use crate::Failure;
use crate::clock::Lap;

/// Rounds of the contestants that take turns.
const ROUNDS: usize = 15;

/// Decides the first accounts, as many as there are places.
type Decide<'a> = Box<dyn FnMut(&mut Answers) -> Result<(), Failure> + 'a>;

/// Somebody who decides the accounts.
pub(crate) struct Contestant<'a> {
    name: String,
    threads: usize,
    role: Role,
    /// Rounds of one that is measured by itself; `None`: it takes turns with the others.
    alone: Option<usize>,
    decide: Decide<'a>,
    /// What it decided last, kept so that its places in memory are warm.
    out: Answers,
    /// Nanoseconds an account, round by round.
    laps: Vec<f64>,
}

impl<'a> Contestant<'a> {
    /// One that takes turns with the others and decides so many of the accounts.
    pub(crate) fn new(
        name: &str,
        role: Role,
        (threads, accounts): (usize, usize),
        decide: impl FnMut(&mut Answers) -> Result<(), Failure> + 'a,
    ) -> Self {
        let out = Answers::blank(accounts);
        Self { name: name.to_owned(), threads, role, alone: None, decide: Box::new(decide), out, laps: Vec::new() }
    }

    /// The same by itself, for so many rounds: turns would only wait for it.
    pub(crate) fn alone(mut self, rounds: usize) -> Self {
        self.alone = Some(rounds);
        self
    }

    fn accounts(&self) -> usize {
        self.out.kind.len()
    }

    fn compare(&self, answers: &Answers) -> Result<(), Failure> {
        answers.compare(&format!("{} ({} threads)", self.name, self.threads), &self.out)
    }

    fn lap(&mut self) -> Result<(), Failure> {
        let lap = Lap::begin();
        (self.decide)(&mut self.out)?;
        self.laps.push(lap.seconds() * 1e9 / self.accounts().max(1) as f64);
        Ok(())
    }

    fn line(mut self) -> Line {
        self.laps.sort_unstable_by(f64::total_cmp);
        let at = |place: usize| self.laps.get(place).copied().unwrap_or(f64::NAN);
        let (min, median) = (at(0), at(self.laps.len() / 2));
        let (max, accounts) = (at(self.laps.len().saturating_sub(1)), self.accounts());
        Line { name: self.name, threads: self.threads, accounts, min, median, max, role: self.role }
    }
}

/// Lets everybody decide once, compares every answer, and measures; afterwards what was decided
/// last is compared again, so that nothing that was timed was wrong.
pub(crate) fn measure(mut contestants: Vec<Contestant<'_>>, answers: &Answers) -> Result<Vec<Line>, Failure> {
    for contestant in &mut contestants {
        (contestant.decide)(&mut contestant.out)?;
        contestant.compare(answers)?;
        contestant.out.erase();
    }
    for round in 0..ROUNDS {
        let mut turns: Vec<&mut Contestant<'_>> = contestants.iter_mut().filter(|one| one.alone.is_none()).collect();
        // Now from the first, now from the last: nobody always runs after the same one.
        if round % 2 == 1 {
            turns.reverse();
        }
        turns.into_iter().try_for_each(Contestant::lap)?;
    }
    for contestant in &mut contestants {
        (0..contestant.alone.unwrap_or(0)).try_for_each(|_| contestant.lap())?;
        contestant.compare(answers)?;
    }
    Ok(contestants.into_iter().map(Contestant::line).collect())
}

#[cfg(test)]
mod tests {
    use super::{Contestant, Role, measure};
    use crate::reference::accounts::Accounts;
    use crate::reference::answers::Answers;

    #[test]
    fn a_contestant_that_leaves_an_account_out_is_found() {
        let answers = Answers::of(&Accounts::new(50));
        let idle = Contestant::new("idle", Role::Rival, (1, 50), |_| Ok(()));
        let error = measure(vec![idle], &answers).unwrap_err().to_string();
        assert!(error.starts_with("idle (1 threads): account 0: type 255"), "{error}");
    }

    #[test]
    fn a_contestant_that_is_right_only_once_is_found() {
        let answers = Answers::of(&Accounts::new(50));
        let mut first = true;
        let once = Contestant::new("once", Role::Rival, (1, 50), |out: &mut Answers| {
            if std::mem::take(&mut first) {
                out.clone_from(&answers);
            }
            Ok(())
        });
        assert!(measure(vec![once], &answers).is_err());
    }
}
