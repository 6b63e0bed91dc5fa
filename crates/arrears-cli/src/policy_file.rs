//! Loads the policy of a command, or says what is wrong with it.

use crate::args::PolicyArgs;
use crate::exit::Exit;
use crate::failure::Failure;
use crate::show::{plural, screen};
use arrears::{Law, Policy, Problem};
use arrears_rules::{Loaded, LoadedFile, Scripts, Style, problem_records, render};
use chrono::NaiveDate;
use serde_json::json;

/// Reads and checks a file that is a policy or a pack; what is wrong with it is part of the result.
pub(crate) fn either(args: &PolicyArgs) -> Result<LoadedFile, Failure> {
    if args.policy.is_dir() {
        let message = format!("{} is a folder: this command takes one policy, a file", args.policy.display());
        return Err(Failure::new(Exit::Usage, message));
    }
    arrears_rules::load_file(&args.policy, &args.set).map_err(|error| Failure::new(Exit::File, error))
}

/// Reads and checks the policy file; what is wrong with it is part of the result.
pub(crate) fn read(args: &PolicyArgs) -> Result<Loaded, Failure> {
    match either(args)? {
        LoadedFile::Policy(loaded) => Ok(loaded),
        LoadedFile::Pack(_) => {
            let help = "`arrears check` and `arrears packs` take packs";
            let message = format!("{} is a pack of law: this command takes a policy; {help}", args.policy.display());
            Err(Failure::new(Exit::Usage, message))
        }
    }
}

/// Loads a policy that can be used. Its warnings are counted on stderr, not shown.
pub(crate) fn load(args: &PolicyArgs) -> Result<(Policy, Scripts), Failure> {
    let loaded = read(args)?;
    let Loaded { policy: Some(policy), problems, scripts, .. } = loaded else {
        let errors = loaded.problems.iter().filter(|problem| problem.is_error()).count();
        let message = format!("{} cannot be used: {}", args.policy.display(), plural(errors, "problem", "problems"));
        return Err(Failure::new(Exit::Policy, message)
            .with_report(shown(&loaded))
            .with("problems", json!(problem_records(&loaded.problems, &loaded.sources))));
    };
    if !problems.is_empty() {
        let warnings = plural(problems.len(), "warning", "warnings");
        screen::note(&format!("the policy has {warnings}; `arrears check` shows them"))?;
    }
    Ok((policy, scripts))
}

/// The problems of a policy as text with colours; they are taken away where none are wanted.
pub(crate) fn shown(loaded: &Loaded) -> String {
    show(&loaded.problems, &loaded.sources)
}

/// Problems as text with colours.
pub(crate) fn show(problems: &[Problem], sources: &[arrears::draft::Source]) -> String {
    let style = Style { colour: true, width: screen::width() };
    render(problems, sources, style)
}

/// A policy read under a law as of a day.
pub(crate) fn under(policy: &Policy, law: &Law, on: NaiveDate) -> Result<Policy, Failure> {
    policy.under(law, on).map_err(|problems| {
        let problems: Vec<String> = problems.iter().map(ToString::to_string).collect();
        Failure::new(Exit::Policy, format!("the law cannot be kept: {}", problems.join("; ")))
    })
}
