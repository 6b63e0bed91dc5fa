//! Keeps expressions as parsed, with the values that constants had when the statement was read.

use rhai::{AST, Dynamic, EvalAltResult, EvalContext, Expr, Expression, FnPtr, Position, Stmt};
use std::collections::BTreeMap;

/// An expression as Rhai parsed it.
#[derive(Clone, Debug)]
pub(crate) struct Written(pub(super) Expr);

impl Written {
    /// Keeps an expression whose names stand for themselves.
    pub(crate) fn plain(expression: &Expression<'_>) -> Self {
        let expr: &Expr = expression;
        Self(expr.clone())
    }

    /// The one expression that was parsed, if it is one.
    pub(crate) fn of(code: &AST) -> Option<Self> {
        match code.statements() {
            [Stmt::Expr(expr)] => Some(Self((**expr).clone())),
            [Stmt::FnCall(call, at)] => Some(Self(Expr::FnCall(call.clone(), *at))),
            _ => None,
        }
    }

    /// The name, if it is nothing but a name.
    pub(crate) fn name(&self) -> Option<String> {
        match &self.0 {
            Expr::Variable(variable, ..) => Some(variable.1.to_string()),
            _ => None,
        }
    }

    /// Where it begins, as line and column.
    pub(crate) fn place(&self) -> (usize, usize) {
        place(self.0.start_position())
    }
}

/// What constants and variables were worth when the statement was read, by line and column.
pub(crate) type Values = BTreeMap<(usize, usize), Dynamic>;

/// A position as line and column.
pub(super) fn place(position: Position) -> (usize, usize) {
    (position.line().unwrap_or(0), position.position().unwrap_or(0))
}

/// Keeps an expression; every constant in it gets the value it has now.
pub(crate) fn capture(
    expression: &Expression<'_>,
    context: &mut EvalContext<'_, '_, '_, '_, '_, '_>,
    values: &mut Values,
) -> Result<Written, Box<EvalAltResult>> {
    let expr: &Expr = expression;
    let mut constants = Vec::new();
    {
        let scope = context.scope();
        find_constants(expr, &|name| scope.contains(name), &mut constants);
    }
    for constant in constants {
        let value = context.eval_expression_tree(&Expression::from(constant))?;
        values.insert(place(constant.start_position()), value.flatten());
    }
    Ok(Written(expr.clone()))
}

/// The text of a name that is computed, such as `prefix + region`.
pub(crate) fn capture_name(
    expression: &Expression<'_>,
    context: &mut EvalContext<'_, '_, '_, '_, '_, '_>,
) -> Result<Option<Dynamic>, Box<EvalAltResult>> {
    let expr = name_of(expression);
    match expr {
        Expr::FnCall(call, _) if call.is_operator_call() || call.namespace.is_empty() => {}
        Expr::Dot(..) | Expr::Index(..) | Expr::InterpolatedString(..) => {}
        _ => return Ok(None),
    }
    let result = context.eval_expression_tree(&Expression::from(expr));
    match result.map_err(|error| *error) {
        Ok(value) => Ok(Some(value.flatten())),
        Err(EvalAltResult::ErrorVariableNotFound(..) | EvalAltResult::ErrorFunctionNotFound(..)) => Ok(None),
        Err(error) => Err(Box::new(error)),
    }
}

/// The name in `"visit" in ["late"]`, which Rhai reads as one expression.
pub(super) fn name_of(expr: &Expr) -> &Expr {
    match expr {
        Expr::FnCall(call, _) if call.name == rhai::OP_CONTAINS => call.args.get(1).unwrap_or(expr),
        other => other,
    }
}

/// The closure of `script(|a| ...)`.
pub(crate) fn capture_script(
    expression: &Expression<'_>,
    context: &mut EvalContext<'_, '_, '_, '_, '_, '_>,
) -> Result<Option<FnPtr>, Box<EvalAltResult>> {
    let Expr::FnCall(call, _) = &**expression else {
        return Ok(None);
    };
    if call.name != "script" || !call.namespace.is_empty() {
        return Ok(None);
    }
    let [argument] = call.args.as_slice() else {
        return Ok(None);
    };
    let value = context.eval_expression_tree(&Expression::from(argument))?;
    let Some(mut closure) = value.try_cast::<FnPtr>() else {
        return Ok(None);
    };
    for captured in closure.iter_curry_mut() {
        *captured = captured.flatten_clone();
    }
    Ok(Some(closure))
}

fn find_constants<'e>(expr: &'e Expr, known: &dyn Fn(&str) -> bool, found: &mut Vec<&'e Expr>) {
    match expr {
        Expr::InterpolatedString(..) => found.push(expr),
        Expr::Variable(..) if is_known(expr, known) => found.push(expr),
        Expr::Dot(parts, ..) | Expr::Index(parts, ..) => {
            if is_known(&parts.lhs, known) {
                found.push(expr);
            } else {
                find_constants(&parts.lhs, known, found);
            }
        }
        Expr::FnCall(call, _) if call.name != "script" => {
            for argument in &call.args {
                find_constants(argument, known, found);
            }
        }
        Expr::Array(items, _) => {
            for item in items {
                find_constants(item, known, found);
            }
        }
        Expr::Map(map, _) => {
            for (_, value) in &map.0 {
                find_constants(value, known, found);
            }
        }
        Expr::And(parts, _) | Expr::Or(parts, _) | Expr::Coalesce(parts, _) => {
            for part in parts.iter() {
                find_constants(part, known, found);
            }
        }
        _ => {}
    }
}

/// Whether it is a variable of the script, or an export of a module.
fn is_known(expr: &Expr, known: &dyn Fn(&str) -> bool) -> bool {
    match expr {
        Expr::Variable(variable, ..) => !variable.2.is_empty() || known(&variable.1),
        _ => false,
    }
}
