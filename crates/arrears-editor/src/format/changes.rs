//! What laying a file out changes, line by line.

use std::fmt::Write as _;

/// The lines that differ between a file and the same file laid out, as a patch without context: empty where
/// nothing does. Both texts must have the same words and comments in the same order.
///
/// ```
/// let before = "define a=dpd > 1;\ndefine b = dpd > 2;\n";
/// let after = arrears_editor::format(before).map_err(|problems| format!("{problems:?}"))?;
/// let shown = arrears_editor::changes("card.rhai", before, &after);
/// assert_eq!(shown, "--- card.rhai\n+++ card.rhai\n@@ -1,1 +1,1 @@\n-define a=dpd > 1;\n+define a = dpd > 1;\n");
/// # Ok::<(), String>(())
/// ```
pub fn changes(name: &str, before: &str, after: &str) -> String {
    let (old, new): (Vec<&str>, Vec<&str>) = (lines(before), lines(after));
    let mut shown = String::new();
    let (mut at, mut to) = (0, 0);
    while at < old.len() || to < new.len() {
        let (old_end, new_end) = next_meeting(&old, &new, (at, to));
        let (mut removed, mut added) =
            (old.get(at..old_end).unwrap_or_default(), new.get(to..new_end).unwrap_or_default());
        let mut begin = (at, to);
        while let ([first, removed_rest @ ..], [other, added_rest @ ..]) = (removed, added)
            && first == other
        {
            (removed, added) = (removed_rest, added_rest);
            begin = (begin.0 + 1, begin.1 + 1);
        }
        while let ([removed_rest @ .., last], [added_rest @ .., other]) = (removed, added)
            && last == other
        {
            (removed, added) = (removed_rest, added_rest);
        }
        if !removed.is_empty() || !added.is_empty() {
            let _ = writeln!(shown, "@@ -{} +{} @@", range(begin.0, removed.len()), range(begin.1, added.len()));
            for line in removed {
                let _ = writeln!(shown, "-{}", line.trim_end_matches('\r'));
            }
            for line in added {
                let _ = writeln!(shown, "+{line}");
            }
        }
        (at, to) = (old_end, new_end);
    }
    if shown.is_empty() { shown } else { format!("--- {name}\n+++ {name}\n{shown}") }
}

fn lines(text: &str) -> Vec<&str> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mut lines: Vec<&str> = text.split('\n').collect();
    if lines.last() == Some(&"") {
        lines.pop();
    }
    lines
}

/// Where the same letters have been read of both: layout changes only the blanks between them.
fn next_meeting(old: &[&str], new: &[&str], (mut at, mut to): (usize, usize)) -> (usize, usize) {
    let (mut read, mut written) = (0, 0);
    loop {
        if read <= written && at < old.len() {
            read += letters(old.get(at));
            at += 1;
        } else if to < new.len() {
            written += letters(new.get(to));
            to += 1;
        } else {
            return (old.len(), new.len());
        }
        if read == written && read > 0 {
            return (at, to);
        }
    }
}

fn letters(line: Option<&&str>) -> usize {
    line.map_or(0, |line| line.chars().filter(|letter| !letter.is_whitespace()).count())
}

/// Lines from the one behind `begin`, as patches count them.
fn range(begin: usize, count: usize) -> String {
    let first = if count == 0 { begin } else { begin + 1 };
    format!("{first},{count}")
}

#[cfg(test)]
mod tests {
    use super::changes;

    #[test]
    fn lines_that_are_only_moved_are_not_shown() {
        let shown = changes("a", "x\n\n\n\ny  z\nlast\n", "x\n\ny\n    z\nlast\n");
        assert_eq!(shown, "--- a\n+++ a\n@@ -3,3 +3,2 @@\n-\n-\n-y  z\n+y\n+    z\n");
        assert_eq!(changes("a", "x\ny\n", "x\ny\n"), "");
    }

    #[test]
    fn what_is_only_white_at_the_end_is_shown() {
        assert_eq!(changes("a", "x\n\n\n", "x\n"), "--- a\n+++ a\n@@ -2,2 +1,0 @@\n-\n-\n");
        assert_eq!(changes("a", "", ""), "");
    }
}
