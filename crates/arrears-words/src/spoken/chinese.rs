//! Numbers as Chinese says them.

/// How many characters a number is: 一千二百三十四 is seven.
pub(super) fn characters(number: u64) -> u64 {
    if number == 0 {
        return 1;
    }
    let mut rest = number;
    let mut groups = Vec::new();
    while rest > 0 {
        groups.push(rest % 10_000);
        rest /= 10_000;
    }
    let mut count = 0;
    let mut gap = false;
    for (step, group) in groups.iter().enumerate().rev() {
        if *group == 0 {
            gap = count > 0;
            continue;
        }
        // A zero is said once where digits are passed over.
        if count > 0 && (gap || *group < 1000) {
            count += 1;
        }
        // Ten at the very beginning is 十, not 一十.
        let short = u64::from(count == 0 && (10..20).contains(group));
        count += below_ten_thousand(*group) - short + u64::from(step > 0);
        gap = false;
    }
    count
}

fn below_ten_thousand(number: u64) -> u64 {
    let mut count = 0;
    let mut gap = false;
    for unit in [1000, 100, 10, 1] {
        let digit = number / unit % 10;
        if digit == 0 {
            gap = count > 0;
            continue;
        }
        count += u64::from(gap) + 1 + u64::from(unit > 1);
        gap = false;
    }
    count
}
