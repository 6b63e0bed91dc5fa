//! The commands from the outside: what they say, what they write, how they end.

mod applies;
mod attempts;
mod brief;
mod briefing;
mod check;
mod columns;
mod compare;
mod conform;
mod coverage;
mod diff;
mod events;
mod explain;
mod fmt;
mod folder;
#[cfg(unix)]
mod full_disk;
mod handbook;
mod import;
mod letter;
mod lifecycle;
mod lsp;
mod outcome;
mod owed;
mod packs;
mod page;
mod permit;
mod recompute;
mod regimes;
mod replay;
mod report;
mod run;
#[cfg(unix)]
mod stops;
mod support;
mod sweep;
mod terminal;
mod test;
mod timeline;
mod what_if;
