//! A draft as a policy file would say it.

use arrears::condition::{Term, TermKind};
use arrears::draft::{Draft, Keyword, NameForm, Options, Statement};

/// The text of a draft.
pub fn written(draft: &Draft) -> String {
    draft.statements.iter().map(|statement| format!("{};\n", sentence(statement))).collect()
}

fn sentence(statement: &Statement) -> String {
    let mut words = vec![statement.keyword.word().to_owned()];
    match (&statement.name, statement.keyword.name_form()) {
        (Some(name), NameForm::Text) => words.push(format!("{:?}", name.text)),
        (Some(name), _) => words.push(name.text.clone()),
        (None, _) => {}
    }
    words.extend(statement.subject.as_ref().map(expression));
    if let Some(value) = &statement.value {
        if statement.keyword != Keyword::Priority {
            words.push("=".to_owned());
        }
        words.push(expression(value));
    }
    let clause = |word: &str, term: &Option<Term>| term.as_ref().map(|term| format!("{word} {}", expression(term)));
    words.extend(clause("in", &statement.stages));
    words.extend(statement.to.as_ref().map(|to| format!("to {:?}", to.text)));
    words.extend(clause("when", &statement.when));
    words.extend(clause("unless", &statement.unless));
    words.extend(clause("then", &statement.then));
    words.extend(statement.otherwise.then(|| "otherwise".to_owned()));
    if let Some(call) = &statement.act {
        let inside = if call.options.is_empty() { String::new() } else { map(&call.options) };
        words.push(format!("do {}({inside})", call.verb.text));
    }
    words.extend(clause("given", &statement.given));
    words.extend(clause("after", &statement.after));
    words.extend(clause("expect", &statement.expect));
    if !statement.options.is_empty() {
        words.push(map(&statement.options));
    }
    words.join(" ")
}

fn map(options: &Options) -> String {
    let entries: Vec<String> =
        options.iter().map(|(key, value)| format!("{}: {}", key.text, expression(value))).collect();
    format!("#{{ {} }}", entries.join(", "))
}

fn list(parts: &[Term]) -> String {
    parts.iter().map(expression).collect::<Vec<_>>().join(", ")
}

fn joined(parts: &[Term], sign: &str) -> String {
    format!("({})", parts.iter().map(expression).collect::<Vec<_>>().join(sign))
}

/// The text of an expression, with every pair of brackets that it may need.
pub fn expression(term: &Term) -> String {
    match &term.kind {
        TermKind::Name(name) => name.clone(),
        TermKind::Text(text) => format!("{text:?}"),
        TermKind::Number(number) => number.to_string(),
        TermKind::Flag(set) => set.to_string(),
        TermKind::Not(inner) => format!("!{}", bracketed(inner)),
        TermKind::All(parts) => joined(parts, " && "),
        TermKind::Any(parts) => joined(parts, " || "),
        TermKind::Compare(cmp, left, right) => format!("({} {} {})", expression(left), cmp.sign(), expression(right)),
        TermKind::Arith(sign, left, right) if sign.sign().len() > 1 => {
            format!("{}({}, {})", sign.sign(), expression(left), expression(right))
        }
        TermKind::Arith(sign, left, right) => format!("({} {} {})", expression(left), sign.sign(), expression(right)),
        TermKind::Negate(inner) => format!("-{}", bracketed(inner)),
        TermKind::Abs(inner) => format!("abs({})", expression(inner)),
        TermKind::In(value, set) => format!("({} in {})", expression(value), expression(set)),
        TermKind::Range { from, to, inclusive } => {
            let end = |end: &Option<Box<Term>>| end.as_ref().map_or(String::new(), |end| expression(end));
            format!("{}{}{}", end(from), if *inclusive { "..=" } else { ".." }, end(to))
        }
        TermKind::List(items) => format!("[{}]", list(items)),
        TermKind::Map(entries) => map(entries),
        TermKind::Coalesce(first, second) => format!("({} ?? {})", expression(first), expression(second)),
        TermKind::Call(function, arguments) => format!("{}({})", function.text, list(arguments)),
        TermKind::Script(source) => format!("script({source})"),
    }
}

fn bracketed(inner: &Term) -> String {
    match inner.kind {
        TermKind::Name(_) | TermKind::Number(_) | TermKind::Flag(_) => expression(inner),
        _ => format!("({})", expression(inner)),
    }
}
