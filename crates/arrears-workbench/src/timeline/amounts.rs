//! Amounts as people read them.

/// An amount with its thousands set apart: `12600.00` is `12,600.00`.
///
/// ```
/// assert_eq!(arrears_workbench::timeline::grouped("12600.00"), "12,600.00");
/// assert_eq!(arrears_workbench::timeline::grouped("-1260"), "-1,260");
/// ```
pub fn grouped(amount: impl ToString) -> String {
    let text = amount.to_string();
    let whole = text.split('.').next().map_or(0, |whole| whole.trim_start_matches('-').len());
    let mut set_apart = String::new();
    let mut place = 0;
    for letter in text.chars() {
        if letter.is_ascii_digit() && place < whole {
            if place > 0 && (whole - place).is_multiple_of(3) {
                set_apart.push(',');
            }
            place += 1;
        }
        set_apart.push(letter);
    }
    set_apart
}
