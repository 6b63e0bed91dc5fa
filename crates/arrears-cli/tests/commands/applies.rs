//! Accounts that are not the policy's own.

use crate::support::{Desk, NO_LAW};

/// The policy of the tests, for accounts that have not been sold.
fn desk() -> Desk {
    let desk = Desk::new();
    desk.rewrite("threshold floor", "applies when !sold;\nthreshold floor");
    desk.rewrite("dpd: 5, overdue: 40.00 }\n    expect", "sold: true, dpd: 5, overdue: 40.00 }\n    expect");
    let mut table = String::new();
    for (index, line) in desk.read("accounts.csv").lines().enumerate() {
        let cell = match index {
            0 => "sold",
            1 => "true",
            2 => "",
            _ => "false",
        };
        table.push_str(&format!("{line},{cell}\n"));
    }
    desk.write("accounts.csv", &table);
    desk
}

#[test]
fn a_row_that_is_not_the_policys_own_is_refused_or_set_aside() {
    let desk = desk();
    let refused = desk.run(&[]);
    assert_eq!(refused.code, 3);
    assert!(refused.err.contains("2 rows of 9 cannot be decided, and nothing was written"), "{}", refused.err);
    assert!(refused.err.contains("the policy `card` does not apply: `!sold` is false"), "{}", refused.err);
    let unknown = "it cannot be told whether the policy `card` applies: `sold` is not known";
    assert!(refused.err.contains(unknown), "{}", refused.err);
    let aside = desk.run(&["--keep-going", "--json", "--out", "night.csv"]);
    assert_eq!((aside.code, &aside.json()["decisions"]), (4, &7.into()));
    assert!(desk.read("night.errors.csv").contains("the policy `card` does not apply: `!sold` is false"));
}

#[test]
fn an_account_that_is_not_the_policys_own_is_not_explained() {
    let desk = desk();
    let explain = |more: &[&str]| desk.answer(desk.command(&["explain", "card.rhai"]).args(NO_LAW).args(more));
    let first = desk.read("accounts.csv").lines().nth(1).unwrap().split(',').next().unwrap().to_owned();
    let row = explain(&["--on", "accounts.csv", "--account", &first]);
    assert_eq!(row.code, 3);
    assert!(row.err.contains("the policy `card` does not apply: `!sold` is false"), "{}", row.err);
    let given = explain(&["--facts", "dpd=5", "sold=true"]);
    assert_eq!((given.code, given.out.as_str()), (2, ""));
    assert!(given.err.contains("the policy `card` does not apply: `!sold` is false"), "{}", given.err);
    let open = explain(&["--facts", "dpd=5"]);
    assert_eq!(open.code, 2);
    assert!(open.err.contains("it cannot be told whether the policy `card` applies"), "{}", open.err);
    assert_eq!(explain(&["--facts", "dpd=5", "sold=false"]).code, 0);
}

#[test]
fn a_test_whose_account_is_not_the_policys_own_fails() {
    let answer = desk().arrears(&["test", "card.rhai", "--samples", "200"]);
    assert_eq!(answer.code, 1, "{}", answer.out);
    assert!(answer.out.contains("the policy `card` does not apply: `!sold` is false"), "{}", answer.out);
    assert!(answer.out.contains("2 passed, 1 failed"), "{}", answer.out);
}
