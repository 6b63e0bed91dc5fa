//! Columns whose names are a fact's, or close to it.

use arrears::problem::nearest;
use arrears::table;
use arrow_schema::{Field, Schema};

/// Ending of columns that tell in how many days a windowed count may fall.
const DROPS_IN: &str = "_drops_in";

/// The shortest name that is looked for inside of others.
const LONG_ENOUGH: usize = 4;

/// A name without case and punctuation.
fn bare(name: &str) -> String {
    name.chars().filter(|letter| letter.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

fn fields(schema: &Schema) -> impl Iterator<Item = &Field> {
    schema.fields().iter().map(AsRef::as_ref)
}

/// The column of the fact's name, case and punctuation aside.
pub(crate) fn same_name<'s>(schema: &'s Schema, fact: &str) -> Option<&'s Field> {
    fields(schema)
        .find(|field| field.name() == fact)
        .or_else(|| fields(schema).find(|field| bare(field.name()) == bare(fact)))
}

/// A column that no fact has yet and whose name is close to the fact's, or holds it.
pub(crate) fn close_name<'s>(schema: &'s Schema, fact: &str, used: &[String]) -> Option<&'s Field> {
    close_names(schema, fact).into_iter().find(|field| !used.contains(field.name()))
}

/// Columns whose names are close to the fact's or hold it, the closest first. A column
/// that has the name of another fact is none of them.
pub(crate) fn close_names<'s>(schema: &'s Schema, fact: &str) -> Vec<&'s Field> {
    if fact.ends_with(DROPS_IN) {
        return Vec::new();
    }
    let of_another = |name: &str| name.ends_with(DROPS_IN) || (name != fact && table::find(name).is_some());
    let free: Vec<&Field> = fields(schema).filter(|field| !of_another(field.name())).collect();
    let wanted = bare(fact);
    let holds = |field: &&Field| {
        let name = bare(field.name());
        name == wanted || (wanted.len() >= LONG_ENOUGH && name.contains(&wanted))
    };
    let mut close: Vec<&Field> = free.iter().copied().filter(holds).collect();
    let near = nearest(fact, free.iter().map(|field| field.name().as_str()));
    if let Some(near) = free.iter().copied().find(|field| Some(field.name().as_str()) == near)
        && !close.contains(&near)
    {
        close.push(near);
    }
    close
}

#[cfg(test)]
mod tests {
    use super::*;
    use arrow_schema::DataType;

    fn names(columns: &[&str], fact: &str) -> Vec<String> {
        let column = |name: &&str| Field::new(*name, DataType::Utf8, true);
        let schema = Schema::new(columns.iter().map(column).collect::<Vec<_>>());
        close_names(&schema, fact).iter().map(|field| field.name().clone()).collect()
    }

    #[test]
    fn a_column_that_holds_the_facts_name_is_close() {
        assert_eq!(names(&["IsDeceased", "dpd"], "deceased"), ["IsDeceased"]);
    }

    #[test]
    fn a_name_in_other_letters_is_close() {
        assert_eq!(names(&["DPD", "dpb"], "dpd"), ["DPD", "dpb"]);
    }

    #[test]
    fn a_column_with_the_name_of_another_fact_is_not_close() {
        assert_eq!(names(&["times_30dpd_12m", "times_60dpd_12n"], "times_60dpd_12m"), ["times_60dpd_12n"]);
    }
}
