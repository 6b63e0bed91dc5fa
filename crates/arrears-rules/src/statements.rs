//! Teaches Rhai the policy's statements. They only record; nothing is decided while loading.

use crate::engine::MAX_STATEMENTS;
use crate::expression::{capture, capture_name, capture_script};
use crate::grammar::{Next, Shape, Slot};
use crate::record::{Recorded, SharedRecord, source_file};
use crate::source::clause_word;
use arrears::draft::{Keyword, NameForm, Part};
use rhai::{
    Dynamic, Engine, EvalAltResult, EvalContext, Expression, ImmutableString, LexError, ParseError, ParseErrorType,
    Position, Token,
};

/// Registers every statement of the language.
pub(crate) fn register(engine: &mut Engine, record: &SharedRecord) {
    for keyword in Keyword::ALL {
        let parsing = record.clone();
        let running = record.clone();
        engine.register_custom_syntax_with_state_raw(
            keyword.word(),
            move |_, ahead, state| next(&parsing, keyword, ahead, state),
            false,
            move |context, inputs, state| declare(&running, keyword, context, inputs, state),
        );
    }
    watch_tokens(engine, record);
}

fn next(
    record: &SharedRecord,
    keyword: Keyword,
    ahead: &str,
    state: &mut Dynamic,
) -> Result<Option<ImmutableString>, ParseError> {
    let mut shape = Shape::parse(&state.to_string());
    let masked = match ahead {
        "=>" => record.lock().tokens.masked.take(),
        _ => None,
    };
    let next = shape.next(keyword, masked.as_deref().unwrap_or(ahead));
    *state = shape.to_text().into();
    match next {
        Next::Expression => Ok(Some("$expr$".into())),
        Next::Identifier => Ok(Some("$ident$".into())),
        Next::Literal => Ok(Some(ahead.into())),
        Next::End => Ok(None),
        Next::Refuse(refusal) => {
            record.lock().refusal = Some(refusal);
            let refused = LexError::ImproperSymbol(ahead.to_owned(), String::new());
            let error = ParseErrorType::BadInput(refused);
            Err(ParseError(Box::new(error), Position::NONE))
        }
    }
}

fn declare(
    record: &SharedRecord,
    keyword: Keyword,
    context: &mut EvalContext<'_, '_, '_, '_, '_, '_>,
    inputs: &[Expression<'_>],
    state: &Dynamic,
) -> Result<Dynamic, Box<EvalAltResult>> {
    let shape = Shape::parse(&state.to_string());
    let mut recorded = Recorded {
        keyword,
        file: source_file(context.source()),
        shape: shape.clone(),
        inputs: Vec::with_capacity(inputs.len()),
        values: Default::default(),
        name: None,
        closure: None,
    };
    let slots = shape.slots().filter(|slot| *slot != Slot::Clause(Part::Otherwise));
    for (slot, input) in slots.zip(inputs) {
        match slot {
            Slot::Name if keyword.name_form() == NameForm::Text => {
                recorded.name = capture_name(input, context)?;
                let written = capture(input, context, &mut recorded.values)?;
                recorded.inputs.push(written);
            }
            Slot::Name if keyword.name_form() == NameForm::Identifier => {
                recorded.inputs.push(crate::expression::Written::plain(input));
            }
            Slot::Clause(Part::Value) if keyword == Keyword::Fact => {
                recorded.closure = capture_script(input, context)?;
                let written = capture(input, context, &mut recorded.values)?;
                recorded.inputs.push(written);
            }
            _ => {
                let written = capture(input, context, &mut recorded.values)?;
                recorded.inputs.push(written);
            }
        }
    }
    let mut record = record.lock();
    if record.statements.len() >= MAX_STATEMENTS {
        let what = "statements".to_owned();
        return Err(Box::new(EvalAltResult::ErrorDataTooLarge(what, Position::NONE)));
    }
    record.statements.push(recorded);
    Ok(Dynamic::UNIT)
}

/// Lets a clause word end an open range: in `dpd in 90.. do ...` Rhai would take `do`
/// for the end of the range. It is shown `=>` instead, where a range may end. And lets
/// `as` be an option's key: Rhai knows it from `import ... as name` alone, where it never
/// begins an entry of a map.
fn watch_tokens(engine: &mut Engine, record: &SharedRecord) {
    let record = record.clone();
    #[expect(deprecated, reason = "Rhai marks this hook as unstable, not as going away; the version is pinned")]
    engine.on_parse_token(move |token, _, _| {
        let mut locked = record.lock();
        let memory = &mut locked.tokens;
        let ends_range = memory.after_range;
        memory.after_range = matches!(token, Token::ExclusiveRange | Token::InclusiveRange);
        let begins_entry = memory.before_entry;
        memory.before_entry = matches!(token, Token::MapStart | Token::Comma);
        if begins_entry && matches!(token, Token::As) {
            return Token::Identifier(Box::new("as".into()));
        }
        if !ends_range {
            return token;
        }
        let word = match &token {
            Token::Identifier(word) => word.as_str(),
            Token::Do => "do",
            _ => return token,
        };
        if clause_word(word).is_none() {
            return token;
        }
        memory.masked = Some(word.to_owned());
        Token::DoubleArrow
    });
}
