//! The policies of a run.

use super::{Answer, Unplaced, choice};
use arrears::policy::Policy;
use chrono::NaiveDate;

/// The policies of a run, of which every account belongs to exactly one.
///
/// The order in which they are given makes no difference: they stand by name, then by version, then by hash.
#[derive(Clone, Debug)]
pub struct Policies(Vec<Policy>); // INVARIANT: at least one, in that order.

/// A run needs a policy.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("there is no policy to decide by")]
pub struct NoPolicies;

impl Policies {
    /// The policies of a run.
    ///
    /// # Errors
    ///
    /// [`NoPolicies`] if there are none.
    pub fn new(policies: impl IntoIterator<Item = Policy>) -> Result<Self, NoPolicies> {
        let mut all: Vec<Policy> = policies.into_iter().collect();
        all.sort_by_cached_key(|policy| (policy.head().name.clone(), policy.head().version.clone(), policy.hash()));
        if all.is_empty() { Err(NoPolicies) } else { Ok(Self(all)) }
    }

    /// The policies in their order.
    pub fn iter(&self) -> std::slice::Iter<'_, Policy> {
        self.0.iter()
    }

    /// How many there are; at least one.
    #[expect(clippy::len_without_is_empty, reason = "there is always one")]
    pub const fn len(&self) -> usize {
        self.0.len()
    }

    /// The position of the one policy to which an account belongs: that which is in force and applies. `answer` says of each
    /// policy in force whether it applies; a policy that is not in force is not asked.
    ///
    /// ```
    /// # fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// use arrears::build::{Build, Line, fact};
    /// use arrears::draft::Keyword;
    /// use arrears::{Facts, table};
    /// use arrears_batch::{Answer, Policies};
    ///
    /// let of = |product: &str| {
    ///     let applies = Line::new(Keyword::Applies).when(fact("product").is(product));
    ///     Build::policy(product, "EUR").add(applies).stage("reminder", fact("dpd").ge(1)).check()
    /// };
    /// let policies = Policies::new([of("loan")?, of("card")?])?;
    /// let choose = |product: &str| {
    ///     let facts = Facts::new("A-1", "EUR".parse().ok()?).with(table::PRODUCT, product).with(table::DPD, 12);
    ///     let day = "2026-03-31".parse().ok()?;
    ///     Some(policies.choose(day, |policy| policy.bind(&facts).map_or(Answer::OtherCurrency, |row| policy.not_for(&row).into())))
    /// };
    /// assert_eq!(choose("card"), Some(Ok(0)));
    /// assert_eq!(choose("loan"), Some(Ok(1)));
    /// assert!(choose("lease").is_some_and(|chosen| chosen.is_err()));
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// [`Unplaced`] if no policy applies, or several do, or a missing fact leaves it open.
    pub fn choose(&self, as_of: NaiveDate, answer: impl FnMut(&Policy) -> Answer) -> Result<usize, Unplaced> {
        choice::choose(&self.0, as_of, answer)
    }

    /// The policy at a position.
    pub fn get(&self, position: usize) -> Option<&Policy> {
        self.0.get(position)
    }
}

impl<'a> IntoIterator for &'a Policies {
    type Item = &'a Policy;
    type IntoIter = std::slice::Iter<'a, Policy>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}
