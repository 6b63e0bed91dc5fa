//! Which names stand for what at a place in a template.

use crate::told::{VariableKind, find_variable, variables};
use arrears::document::meant;

/// What `loop` knows inside a `for`.
const LOOP: [&str; 4] = ["index", "length", "first", "last"];

/// The names that a `for` around a place has made, innermost last.
#[derive(Clone, Debug, Default)]
pub(crate) struct Scope {
    made: Vec<(String, &'static [crate::told::Variable])>,
}

impl Scope {
    pub(crate) fn enter(&mut self, name: &str, items: &'static [crate::told::Variable]) {
        self.made.push((name.to_owned(), items));
    }

    pub(crate) fn leave(&mut self) {
        self.made.pop();
    }

    /// What a path such as `amount` or `offer.payment` holds, or what is wrong with it.
    pub(crate) fn resolve(&self, path: &[&str]) -> Result<VariableKind, String> {
        let (first, rest) = path.split_first().ok_or("a name is missing")?;
        if *first == "loop" && !self.made.is_empty() {
            return match rest {
                [part] if LOOP.contains(part) => Ok(VariableKind::Number),
                _ => Err(format!("`loop` has {}", LOOP.join(", "))),
            };
        }
        if let Some((_, items)) = self.made.iter().rev().find(|(name, _)| name == first) {
            let names = || items.iter().map(|item| item.name);
            let [part] = rest else {
                let all: Vec<String> = names().map(|name| format!("`{first}.{name}`")).collect();
                return Err(format!("`{}` is an item of a list: expected one of {}", path.join("."), all.join(", ")));
            };
            return items.iter().find(|item| item.name == *part).map(|item| item.kind).ok_or_else(|| {
                let all: Vec<&str> = names().collect();
                format!("`{first}` has no `{part}`{}: expected one of {}", meant(part, names()), all.join(", "))
            });
        }
        let Some(variable) = find_variable(first) else {
            let made = self.made.iter().map(|(name, _)| name.as_str());
            let known = variables().iter().map(|variable| variable.name).chain(made);
            return Err(format!(
                "unknown variable `{first}`{}: the handbook lists the variables of templates",
                meant(first, known)
            ));
        };
        match rest {
            [] => Ok(variable.kind),
            _ => Err(format!("`{first}` is {} and has no parts", article(variable.kind))),
        }
    }
}

fn article(kind: VariableKind) -> String {
    match kind {
        VariableKind::Amount => "an amount".to_owned(),
        kind => format!("a {}", kind.word()),
    }
}
