//! What is said to whom: call briefs, letters and short messages from templates that a bank can
//! replace, checked for what must and what must not be said.
