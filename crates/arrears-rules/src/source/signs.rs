//! The signs of the script language, longest first.

/// Every sign that is longer than one character.
const LONG: [&str; 27] = [
    "<<=", ">>=", "**=", "..=", "===", "!==", "...", "&&", "||", "==", "!=", "<=", ">=", "??", "?.", "?[", "..", "::",
    "=>", "->", "<-", "+=", "-=", "*=", "/=", "%=", "**",
];

/// The sign at the beginning of `rest`, if it has more than one character.
///
/// `!in` is a sign too; `#{` opens a map.
pub(super) fn long_sign(rest: &str) -> Option<usize> {
    if rest.starts_with("#{") {
        return Some(2);
    }
    if let Some(after) = rest.strip_prefix("!in")
        && !after.starts_with(|c: char| c.is_ascii_alphanumeric() || c == '_')
    {
        return Some(3);
    }
    LONG.iter().find(|sign| rest.starts_with(**sign)).map(|sign| sign.len())
}
