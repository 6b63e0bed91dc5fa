//! A finite list of numbers from which everything random is chosen.
//!
//! A test library that makes the list smaller makes the policy simpler: where the list
//! ends or holds a zero, the first and simplest thing is chosen.

/// Choices still to be made.
#[derive(Clone, Debug)]
pub struct Choices {
    left: std::vec::IntoIter<u16>,
}

impl Choices {
    /// Choices from a list.
    pub fn new(list: Vec<u16>) -> Self {
        Self { left: list.into_iter() }
    }

    /// A number below `end`; zero where nothing is left to choose.
    pub fn below(&mut self, end: usize) -> usize {
        let next = usize::from(self.left.next().unwrap_or(0));
        next.checked_rem(end).unwrap_or(0)
    }

    /// Whether something that happens so often, in a hundred times, happens.
    pub fn chance(&mut self, percent: usize) -> bool {
        self.below(100) >= 100_usize.saturating_sub(percent)
    }

    /// One of some things.
    pub fn pick<T: Copy>(&mut self, from: &[T], otherwise: T) -> T {
        let at = self.below(from.len());
        from.get(at).copied().unwrap_or(otherwise)
    }

    /// One of some texts.
    pub fn text<'t>(&mut self, from: &[&'t str]) -> &'t str {
        self.pick(from, "")
    }

    /// The same things in another order.
    pub fn shuffle<T>(&mut self, mut things: Vec<T>) -> Vec<T> {
        let mut shuffled = Vec::with_capacity(things.len());
        while !things.is_empty() {
            let at = self.below(things.len());
            shuffled.push(things.remove(at));
        }
        shuffled
    }
}
