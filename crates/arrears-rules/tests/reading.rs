//! Well-formed policies become drafts.

use arrears::draft::Keyword;

#[test]
fn the_example_policy_reads_without_problems() {
    let text = include_str!("policies/design.rhai");
    let reading = arrears_rules::read_source("design.rhai", text);
    for problem in &reading.problems {
        println!("{problem} {:?}", problem.labels);
    }
    assert!(reading.problems.is_empty());
    let statements = &reading.draft.statements;
    for s in statements { println!("{s:#?}"); }
    assert_eq!(statements.len(), 44);
    assert_eq!(statements.first().map(|first| first.keyword), Some(Keyword::Policy));
}
