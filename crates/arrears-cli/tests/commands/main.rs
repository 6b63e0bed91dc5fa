//! The commands from the outside: what they say, what they write, how they end.

mod check;
mod columns;
mod conform;
mod explain;
mod outcome;
mod run;
mod support;
mod terminal;
mod test;
mod timeline;
