//! The days on which a policy may decide.

use super::{Head, Policy};
use chrono::NaiveDate;

impl Policy {
    /// Whether the policy may decide on a day: not before the `from` of its head, nor after its `to`. Both days
    /// themselves are inside; a policy without them may always decide.
    ///
    /// ```
    /// use arrears::Policy;
    /// use arrears::build::{Build, fact};
    ///
    /// let policy = Build::policy("small", "EUR").stage("reminder", fact("dpd").ge(1)).check()?;
    /// assert!(policy.in_force("2026-03-31".parse()?));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn in_force(&self, day: NaiveDate) -> bool {
        let Head { from, to, .. } = self.head();
        from.is_none_or(|from| from <= day) && to.is_none_or(|to| day <= to)
    }
}

impl Head {
    /// The days on which the policy may decide, in words: `from 2026-01-01 to 2026-12-31`, `from 2026-01-01 on`,
    /// `until 2026-12-31`, `on every day`.
    pub fn term(&self) -> String {
        match (self.from, self.to) {
            (Some(from), Some(to)) => format!("from {from} to {to}"),
            (Some(from), None) => format!("from {from} on"),
            (None, Some(to)) => format!("until {to}"),
            (None, None) => "on every day".to_owned(),
        }
    }
}
