//! Results of a policy's tests as JUnit XML, as build servers read it.

use arrears::trial::{BrokenInvariant, TestOutcome};
use arrears::{Policy, Span};
use arrears_rules::place;
use quick_junit::{NonSuccessKind, Report, SerializeError, TestCase, TestCaseStatus, TestSuite};

/// The policy as a test suite: its tests, then its `never` and `always`, each a case with its place. Letters that XML
/// cannot hold are left out of names.
pub(crate) fn junit(
    policy: &Policy,
    tests: &[TestOutcome],
    broken: &[BrokenInvariant],
) -> Result<String, SerializeError> {
    let head = policy.head();
    let mut suite = TestSuite::new(format!("{} {}", head.name, head.version).trim());
    for test in tests {
        let failure = (!test.passed()).then(|| ("expected otherwise", test.failures.join("\n")));
        suite.add_test_case(case(policy, "test", (&test.name, test.span), failure));
    }
    for invariant in policy.invariants() {
        let found = broken.iter().find(|broken| broken.invariant == invariant.name);
        let failure = found.map(|broken| {
            let facts: Vec<String> = broken.facts.iter().map(|(name, value)| format!("{name} is {value}")).collect();
            let account = format!("found {}\nan account that breaks it: {}", broken.decision, facts.join(", "));
            ("an account breaks it", account)
        });
        let keyword = if invariant.then.is_some() { "always" } else { "never" };
        suite.add_test_case(case(policy, keyword, (&invariant.name, invariant.span), failure));
    }
    let mut report = Report::new("arrears test");
    report.add_test_suite(suite);
    report.to_string()
}

fn case(policy: &Policy, keyword: &str, (name, span): (&str, Span), failure: Option<(&str, String)>) -> TestCase {
    let place = place(span, policy.sources());
    let at = place.as_ref().map(|place| format!("{}:{}:{}", place.file, place.line, place.column)).unwrap_or_default();
    let status = failure.map_or_else(TestCaseStatus::success, |(message, found)| {
        let mut status = TestCaseStatus::non_success(NonSuccessKind::Failure);
        status.set_message(message).set_type(keyword).set_description(format!("{at}\n{found}"));
        status
    });
    let mut case = TestCase::new(name, status);
    case.set_classname(format!("{}.{keyword}", policy.head().name));
    if let Some(place) = place {
        case.extra.insert("file".into(), place.file.into());
        case.extra.insert("line".into(), place.line.to_string().into());
    }
    case
}
