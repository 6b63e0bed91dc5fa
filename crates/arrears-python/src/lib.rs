//! The extension module of the Python package `arrears`: tables, policies and decisions handed
//! over, and nothing else. What they mean in Python is said in the package.

mod analysed;
mod arrow;
mod asked;
mod conform;
mod covered;
mod decide;
mod differ;
mod failure;
mod handbook;
mod history;
mod imported;
mod language;
mod law;
mod measured;
mod morning;
mod one;
mod owed;
mod owed_columns;
mod packs;
mod permit;
mod policy;
mod regimes;
mod replay;
mod said;
mod stream;
mod table;
mod threads;
mod thresholds;
mod tried;
mod ways_out;
mod work;

use arrears_workbench::script_facts as scripts;
use pyo3::prelude::pymodule;

/// What the Python package is made of.
#[pymodule]
mod _arrears {
    #[pymodule_export]
    #[expect(non_upper_case_globals, reason = "the name that Python has for it")]
    const __version__: &str = env!("CARGO_PKG_VERSION");

    #[pymodule_export]
    use super::analysed::analyse;
    #[pymodule_export]
    use super::conform::conform;
    #[pymodule_export]
    use super::covered::coverage;
    #[pymodule_export]
    use super::decide::{Decided, decide_table};
    #[pymodule_export]
    use super::differ::{differ, region};
    #[pymodule_export]
    use super::handbook::{graph, handbook};
    #[pymodule_export]
    use super::history::{account_facts, account_json, timeline};
    #[pymodule_export]
    use super::imported::import_overdue;
    #[pymodule_export]
    use super::language::{language, layout};
    #[pymodule_export]
    use super::law::Law;
    #[pymodule_export]
    use super::measured::report;
    #[pymodule_export]
    use super::morning::{morning, morning_of};
    #[pymodule_export]
    use super::one::{One, decide_account, decide_facts, decide_history};
    #[pymodule_export]
    use super::owed::{Terms, delay, plain_statement, statement, statements};
    #[pymodule_export]
    use super::permit::Case;
    #[pymodule_export]
    use super::policy::Policy;
    #[pymodule_export]
    use super::regimes::{Regimes, lifecycle};
    #[pymodule_export]
    use super::replay::{recorded_law, replay_decisions, replay_record};
    #[pymodule_export]
    use super::said::{House, brief, practice, texts};
    #[pymodule_export]
    use super::stream::{Deciding, decide_stream};
    #[pymodule_export]
    use super::table::{Stream, Table};
    #[pymodule_export]
    use super::threads::finish;
    #[pymodule_export]
    use super::tried::{compare_policies, sweep_table};
    #[pymodule_export]
    use super::ways_out::{arranged, check_means, check_offers};
}
