//! A line of a calendar file, cut into its fields.

/// One field of a line: what it holds, and the column where it begins.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Field {
    /// The text without the spaces around it and without its quotation marks.
    pub(super) text: String,
    /// The column of its first character, from 1.
    pub(super) column: usize,
}

/// The fields of a line; or the column of a quotation mark that does not end its field.
///
/// A field may stand in quotation marks, which then may hold commas and doubled quotation marks.
pub(super) fn fields(line: &str) -> Result<Vec<Field>, usize> {
    let mut found = Vec::new();
    let mut characters = (1..).zip(line.chars()).peekable();
    loop {
        while characters.next_if(|(_, next)| next.is_whitespace()).is_some() {}
        let end_of_line = line.chars().count() + 1;
        let column = characters.peek().map_or(end_of_line, |(column, _)| *column);
        let mut text = String::new();
        let quoted = characters.next_if(|(_, next)| *next == '"').is_some();
        if quoted {
            loop {
                match characters.next() {
                    Some((_, '"')) if characters.next_if(|(_, next)| *next == '"').is_some() => text.push('"'),
                    Some((_, '"')) => break,
                    Some((_, inner)) => text.push(inner),
                    None => return Err(column),
                }
            }
        }
        while let Some((_, next)) = characters.next_if(|(_, next)| *next != ',') {
            if quoted && !next.is_whitespace() {
                return Err(column);
            }
            text.push(next);
        }
        found.push(Field { text: text.trim().to_owned(), column });
        if characters.next().is_none() {
            return Ok(found);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(line: &str) -> Vec<String> {
        fields(line).unwrap().into_iter().map(|field| field.text).collect()
    }

    #[test]
    fn a_name_in_quotation_marks_may_hold_commas_and_quotation_marks() {
        assert_eq!(
            texts(r#"2026-12-25, holiday ,"Christmas, called ""X-mas""" "#),
            ["2026-12-25", "holiday", r#"Christmas, called "X-mas""#]
        );
    }

    #[test]
    fn columns_are_counted_in_characters() {
        let columns: Vec<usize> = fields("春节,  holiday,").unwrap().iter().map(|field| field.column).collect();
        assert_eq!(columns, [1, 6, 14]);
    }

    #[test]
    fn a_quotation_mark_that_does_not_end_its_field_is_found_where_it_opens() {
        assert_eq!(fields(r#"2026-12-25,holiday,"Christmas"#), Err(20));
        assert_eq!(fields(r#"2026-12-25,holiday, "Christmas" Day"#), Err(21));
    }
}
