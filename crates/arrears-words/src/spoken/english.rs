//! Numbers as English says them.

/// How many words a number is: *one thousand two hundred thirty four* is six.
pub(super) fn words(number: u64) -> u64 {
    if number == 0 {
        return 1;
    }
    let mut rest = number;
    let mut count = 0;
    let mut step = 0;
    while rest > 0 {
        let three = rest % 1000;
        if three > 0 {
            count += below_thousand(three) + u64::from(step > 0);
        }
        rest /= 1000;
        step += 1;
    }
    count
}

const fn below_thousand(number: u64) -> u64 {
    let hundreds = if number >= 100 { 2 } else { 0 };
    let two = number % 100;
    let rest = match two {
        0 => 0,
        1..=20 => 1,
        _ if two.is_multiple_of(10) => 1,
        _ => 2,
    };
    hundreds + rest
}
