//! `arrears import`: an overdue configuration becomes a policy that checks; what is wrong with one is told at its place.

use crate::support::Desk;

const XML: &str = "<overdueConfig><accountOverdueStates>
<state name=\"OD1\"><condition><timeSinceEarliestUnpaidInvoiceEqualsOrExceeds>
<unit>WEEKS</unit><number>2</number></timeSinceEarliestUnpaidInvoiceEqualsOrExceeds></condition>
<subscriptionCancellationPolicy>END_OF_TERM</subscriptionCancellationPolicy></state>
</accountOverdueStates></overdueConfig>
";

#[test]
fn a_configuration_becomes_a_policy_that_checks_and_is_laid_out() {
    let desk = Desk::new();
    desk.write("overdue.xml", XML);
    let answer = desk.arrears(&["import", "overdue.xml", "--currency", "USD", "--to", "overdue.rhai"]);
    assert_eq!((answer.code, answer.out.as_str()), (0, "written: overdue.rhai; read it before use\n"));
    assert!(
        answer.err.starts_with("note: overdue.xml:4:1: subscriptionCancellationPolicy: not carried over"),
        "{}",
        answer.err
    );
    for command in ["check", "test"] {
        let answer = desk.arrears(&[command, "overdue.rhai"]);
        assert_eq!(answer.code, 0, "{command}: {}{}", answer.out, answer.err);
    }
    assert_eq!(desk.arrears(&["fmt", "--check", "overdue.rhai"]).code, 0);
    assert_eq!(desk.arrears(&["import", "overdue.xml", "--currency", "USD", "--to", "overdue.rhai"]).code, 5);
}

#[test]
fn a_file_that_is_no_configuration_says_where() {
    let desk = Desk::new();
    desk.write("overdue.xml", &XML.replace("WEEKS", "HOURS"));
    let answer = desk.arrears(&["import", "overdue.xml", "--currency", "USD"]);
    assert_eq!(answer.code, 2);
    assert!(answer.err.contains("overdue.xml:3:1: `HOURS` is no unit"), "{}", answer.err);
    assert!(desk.arrears(&["import", "overdue.xml", "--currency", "US"]).code == 2);
}
