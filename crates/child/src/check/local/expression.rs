//! An expression of a rule file (CEL, <https://cel.dev>): compiled and checked once, evaluated on every row.
//!
//! In: the text of the expression. Out: [`Expression`], or one Vietnamese sentence that says what is wrong with it. Names and
//! kinds are checked here, so that little can go wrong on a row; loops do not nest and lists are short, so that the work on a
//! row is bounded by the length of the expression.

use super::values;
use crate::field::Field;
use crate::normalise::syllable;
use cel::common::ast::{CallExpr, Expr, IdedExpr, LiteralValue, operators};
use cel::common::types::{CelBool, CelString, STRING_TYPE};
use cel::common::value::CowVal;
use cel::{Env, ExecutionError};

/// Longest expression, in characters.
pub const EXPRESSION_CHARS: usize = 2_000;
/// Longest list written out in an expression.
pub const EXPRESSION_LIST: usize = 200;
/// How deep an expression may be nested: the parser, the walk and the evaluation go down once for each level.
const DEPTH: u16 = 60;

/// What a value is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Text.
    Text,
    /// A whole number.
    Whole,
    /// A number with decimals.
    Real,
    /// True or false.
    Truth,
    /// A list.
    List,
    /// Not known before a row is read.
    Any,
}

impl Kind {
    /// As a sentence names it.
    pub fn label(self) -> &'static str {
        match self {
            Self::Text => "chữ",
            Self::Whole => "số nguyên",
            Self::Real => "số thập phân",
            Self::Truth => "đúng/sai",
            Self::List => "danh sách",
            Self::Any => "giá trị bất kỳ",
        }
    }
    fn can_be(self, other: Self) -> bool {
        self == other || self == Self::Any || other == Self::Any
    }
    fn is_number(self) -> bool {
        matches!(self, Self::Whole | Self::Real | Self::Any)
    }
}

/// A compiled expression.
pub(super) struct Expression {
    tree: IdedExpr,
    /// The raw cells it asks for.
    pub(super) raw_fields: Vec<Field>,
    /// It asks which rules have fired.
    pub(super) uses_findings: bool,
}

/// The functions and operators that expressions may use: the standard ones, and `fold`.
pub(super) fn environment() -> Env {
    #[expect(
        clippy::needless_pass_by_value,
        reason = "the signature is the interpreter's"
    )]
    fn fold<'b, 'v>(arguments: Vec<CowVal<'b, 'v>>) -> Result<CowVal<'b, 'v>, ExecutionError> {
        let text = arguments
            .first()
            .and_then(|text| text.downcast_ref::<CelString<'_>>())
            .ok_or_else(ExecutionError::missing_argument_or_target)?;
        Ok(CowVal::owned(CelString::from(syllable::ascii_fold(
            text.inner(),
        ))))
    }
    let mut env = Env::stdlib();
    // A name of our own: it cannot clash, and were it to, expressions that use it would only stay silent.
    let _ = env.add_overload("fold", "fold_string", vec![STRING_TYPE], fold);
    env
}

impl Expression {
    /// Compiles an expression that has to give a value of a kind. The error is the end of a sentence: «…».
    pub(super) fn compile(source: &str, want: Kind, env: &Env) -> Result<Self, String> {
        let length = source.chars().count();
        if length > EXPRESSION_CHARS {
            return Err(format!("dài {length} ký tự, tối đa {EXPRESSION_CHARS}"));
        }
        if source.trim().is_empty() {
            return Err("để trống".to_owned());
        }
        let mut tree = env
            .parser()
            .max_recursion_depth(DEPTH)
            .parse(source)
            .map_err(|errors| syntax(source, &errors))?;
        let mut settle = Settle {
            scope: Vec::new(),
            loops: 0,
            depth: 0,
            raw_fields: Vec::new(),
            uses_findings: false,
        };
        let kind = settle.expr(&mut tree)?;
        if !kind.can_be(want) {
            return Err(format!(
                "cho kết quả là {}, cần {}",
                kind.label(),
                want.label()
            ));
        }
        Ok(Self {
            tree,
            raw_fields: settle.raw_fields,
            uses_findings: settle.uses_findings,
        })
    }

    /// Whether it is true.
    pub(super) fn truth(&self, scope: &cel::Context<'_, '_>) -> Result<bool, ExecutionError> {
        let value = cel::Value::resolve_val(&self.tree, scope)?;
        value
            .downcast_ref::<CelBool>()
            .map(|truth| *truth.inner())
            .ok_or_else(|| ExecutionError::no_such_overload("", Vec::new()))
    }

    /// Its text.
    pub(super) fn text(&self, scope: &cel::Context<'_, '_>) -> Result<String, ExecutionError> {
        let value = cel::Value::resolve_val(&self.tree, scope)?;
        value
            .downcast_ref::<CelString<'_>>()
            .map(|text| text.inner().to_owned())
            .ok_or_else(|| ExecutionError::no_such_overload("", Vec::new()))
    }
}

/// Where the syntax goes wrong, with the piece that stands there.
fn syntax(source: &str, errors: &cel::ParseErrors) -> String {
    let (line, column) = errors.errors.first().map_or((0, 0), |error| error.pos);
    let text = usize::try_from(line - 1)
        .ok()
        .and_then(|line| source.lines().nth(line))
        .unwrap_or("");
    let column = usize::try_from(column).unwrap_or(0);
    let near: String = text
        .chars()
        .skip(column.saturating_sub(16))
        .take(32)
        .collect();
    if near.trim().is_empty() {
        "sai cú pháp CEL".to_owned()
    } else {
        format!("sai cú pháp CEL ở gần “{}”", near.trim())
    }
}

/// Why an expression could not be evaluated on a row: never with the row's data.
pub(super) fn reason(error: &ExecutionError) -> &'static str {
    match error {
        ExecutionError::DivisionByZero(_) | ExecutionError::RemainderByZero(_) => "chia cho 0",
        ExecutionError::Overflow(..) => "số quá lớn",
        ExecutionError::IndexOutOfBounds(_) => "danh sách không có phần tử thứ đó",
        ExecutionError::FunctionError { .. } => "chữ không đổi được thành số",
        _ => "giá trị không đúng kiểu",
    }
}

/// Walks the tree once: checks names and kinds, and turns `child.mother.name` into one name that is looked up at once.
struct Settle {
    scope: Vec<(String, Kind)>,
    loops: u8,
    depth: u16,
    raw_fields: Vec<Field>,
    uses_findings: bool,
}

impl Settle {
    fn expr(&mut self, node: &mut IdedExpr) -> Result<Kind, String> {
        if self.depth >= DEPTH {
            return Err(format!("lồng quá {DEPTH} tầng"));
        }
        self.depth += 1;
        let kind = self.one(node);
        self.depth -= 1;
        kind
    }

    fn one(&mut self, node: &mut IdedExpr) -> Result<Kind, String> {
        match &mut node.expr {
            Expr::Literal(literal) => match literal {
                LiteralValue::Boolean(_) => Ok(Kind::Truth),
                LiteralValue::Double(_) => Ok(Kind::Real),
                LiteralValue::Int(_) => Ok(Kind::Whole),
                LiteralValue::String(_) => Ok(Kind::Text),
                LiteralValue::UInt(_) | LiteralValue::Bytes(_) | LiteralValue::Null => Err(
                    "có giá trị null, bytes hoặc số có đuôi “u”, không dùng được ở đây".to_owned(),
                ),
            },
            Expr::Ident(name) => self.ident(name),
            Expr::Select(select) if select.test => {
                Err("dùng has(), ở đây không cần: mục trống cho chuỗi rỗng \"\"".to_owned())
            }
            Expr::Select(_) => {
                let name =
                    dotted(&node.expr).ok_or("lấy mục con “.” của thứ không phải child hay raw")?;
                let kind = self.variable(&name)?;
                node.expr = Expr::Ident(name);
                Ok(kind)
            }
            Expr::Call(call) => {
                if let Some(name) = indexed(call) {
                    let kind = self.variable(&name)?;
                    node.expr = Expr::Ident(name);
                    return Ok(kind);
                }
                self.call(call)
            }
            Expr::List(list) => {
                if list.elements.len() > EXPRESSION_LIST {
                    return Err(format!(
                        "có danh sách dài {} phần tử, tối đa {EXPRESSION_LIST}",
                        list.elements.len()
                    ));
                }
                for element in &mut list.elements {
                    self.expr(element)?;
                }
                Ok(Kind::List)
            }
            Expr::Comprehension(comprehension) => {
                if self.loops > 0 {
                    return Err(
                        "có vòng lặp (all, exists, exists_one, map, filter) lồng trong vòng lặp"
                            .to_owned(),
                    );
                }
                if !self.expr(&mut comprehension.iter_range)?.can_be(Kind::List) {
                    return Err("lặp trên thứ không phải danh sách".to_owned());
                }
                if values::VARIABLES
                    .iter()
                    .any(|known| known.0.split('.').next() == Some(&comprehension.iter_var))
                    || comprehension.iter_var == "raw"
                {
                    return Err(format!(
                        "dùng “{}” làm biến của vòng lặp; hãy chọn tên khác",
                        comprehension.iter_var
                    ));
                }
                let start = self.expr(&mut comprehension.accu_init)?;
                let outside = self.scope.len();
                self.scope.push((comprehension.iter_var.clone(), Kind::Any));
                self.scope.extend(
                    comprehension
                        .iter_var2
                        .clone()
                        .map(|name| (name, Kind::Any)),
                );
                self.scope.push((comprehension.accu_var.clone(), start));
                self.loops += 1;
                self.expr(&mut comprehension.loop_cond)?;
                self.expr(&mut comprehension.loop_step)?;
                self.loops -= 1;
                let kind = self.expr(&mut comprehension.result)?;
                self.scope.truncate(outside);
                Ok(kind)
            }
            Expr::Map(_) | Expr::Struct(_) | Expr::Unspecified => {
                Err("có bảng { … }, không dùng được ở đây".to_owned())
            }
        }
    }

    fn ident(&mut self, name: &str) -> Result<Kind, String> {
        if let Some(known) = self.scope.iter().rev().find(|known| known.0 == name) {
            return Ok(known.1);
        }
        match name {
            "child" => {
                Err("dùng “child” một mình; hãy ghi mục cần xem, ví dụ child.name".to_owned())
            }
            "raw" => Err(
                "dùng “raw” một mình; hãy ghi mã trường, ví dụ raw[\"mother.phone\"]".to_owned(),
            ),
            _ => self.variable(name),
        }
    }

    fn variable(&mut self, name: &str) -> Result<Kind, String> {
        let unknown = || {
            let near = values::VARIABLES
                .iter()
                .map(|known| known.0)
                .filter(|known| known.rsplit('.').next() == name.rsplit('.').next())
                .take(3)
                .collect::<Vec<_>>();
            if near.is_empty() {
                format!("hỏi “{name}”, không có biến hay mục nào tên như vậy")
            } else {
                format!(
                    "hỏi “{name}”, không có mục nào tên như vậy; có lẽ là {}",
                    near.join(", ")
                )
            }
        };
        let kind = values::kind_of(name).ok_or_else(unknown)?;
        if let Some(field) = name.strip_prefix("raw.").and_then(Field::from_code)
            && !self.raw_fields.contains(&field)
        {
            self.raw_fields.push(field);
        }
        self.uses_findings |= name == "findings";
        Ok(kind)
    }

    fn call(&mut self, call: &mut CallExpr) -> Result<Kind, String> {
        let target = match &mut call.target {
            Some(target) => Some(self.expr(target)?),
            None => None,
        };
        let mut kinds = Vec::with_capacity(call.args.len() + 1);
        kinds.extend(target);
        for argument in &mut call.args {
            kinds.push(self.expr(argument)?);
        }
        result_of(&call.func_name, target.is_some(), &kinds).ok_or_else(|| {
            let kinds = kinds
                .iter()
                .map(|kind| kind.label())
                .collect::<Vec<_>>()
                .join(" và ");
            match sign(&call.func_name) {
                Some(sign) => format!("dùng “{sign}” với {kinds}"),
                None if FUNCTIONS.contains(&call.func_name.as_str()) => format!(
                    "gọi {}() với {}",
                    call.func_name,
                    if kinds.is_empty() {
                        "không có gì"
                    } else {
                        &kinds
                    }
                ),
                None => format!(
                    "gọi hàm “{}”; chỉ có {}",
                    call.func_name,
                    FUNCTIONS.join(", ")
                ),
            }
        })
    }
}

const FUNCTIONS: &[&str] = &[
    "size",
    "contains",
    "startsWith",
    "endsWith",
    "string",
    "int",
    "double",
    "fold",
    "all",
    "exists",
    "exists_one",
    "map",
    "filter",
];

/// An operator as a person writes it.
fn sign(name: &str) -> Option<&'static str> {
    Some(match name {
        operators::CONDITIONAL => "? :",
        operators::LOGICAL_AND => "&&",
        operators::LOGICAL_OR => "||",
        operators::LOGICAL_NOT => "!",
        operators::SUBSTRACT | operators::NEGATE => "-",
        operators::ADD => "+",
        operators::MULTIPLY => "*",
        operators::DIVIDE => "/",
        operators::MODULO => "%",
        operators::EQUALS => "==",
        operators::NOT_EQUALS => "!=",
        operators::GREATER_EQUALS => ">=",
        operators::LESS_EQUALS => "<=",
        operators::GREATER => ">",
        operators::LESS => "<",
        operators::INDEX | operators::OPT_INDEX => "[ ]",
        operators::OPT_SELECT => ".?",
        operators::IN => "in",
        _ => return None,
    })
}

/// What a function or operator gives for values of such kinds (the target first); `None` where it cannot take them.
fn result_of(name: &str, is_method: bool, kinds: &[Kind]) -> Option<Kind> {
    use Kind::{Any, List, Real, Text, Truth, Whole};
    let all = |wanted: &[Kind]| {
        kinds.len() == wanted.len()
            && kinds
                .iter()
                .zip(wanted)
                .all(|(kind, want)| kind.can_be(*want))
    };
    let numbers = kinds.iter().all(|kind| kind.is_number());
    let alike = matches!(kinds, [left, right] if left.can_be(*right));
    let first_known = || {
        kinds
            .iter()
            .copied()
            .find(|kind| *kind != Any)
            .unwrap_or(Any)
    };
    match name {
        operators::EQUALS | operators::NOT_EQUALS => {
            (alike || kinds.len() == 2 && numbers).then_some(Truth)
        }
        operators::LESS
        | operators::LESS_EQUALS
        | operators::GREATER
        | operators::GREATER_EQUALS => {
            ((alike && !kinds.contains(&List)) || kinds.len() == 2 && numbers).then_some(Truth)
        }
        operators::LOGICAL_AND | operators::LOGICAL_OR => all(&[Truth, Truth]).then_some(Truth),
        operators::LOGICAL_NOT | operators::NOT_STRICTLY_FALSE => all(&[Truth]).then_some(Truth),
        operators::CONDITIONAL => match kinds {
            [test, yes, no] if test.can_be(Truth) => Some(if yes == no { *yes } else { Any }),
            _ => None,
        },
        operators::ADD => (alike && !kinds.contains(&Truth)).then(first_known),
        operators::SUBSTRACT | operators::MULTIPLY | operators::DIVIDE => {
            (alike && numbers).then(first_known)
        }
        operators::MODULO => all(&[Whole, Whole]).then_some(Whole),
        operators::NEGATE => (kinds.len() == 1 && numbers).then(first_known),
        operators::IN => matches!(kinds, [_, list] if list.can_be(List)).then_some(Truth),
        operators::INDEX => all(&[List, Whole]).then_some(Any),
        "size" => (all(&[Text]) || all(&[List])).then_some(Whole),
        "contains" | "startsWith" | "endsWith" if is_method => all(&[Text, Text]).then_some(Truth),
        "fold" if !is_method => all(&[Text]).then_some(Text),
        "string" if !is_method => {
            matches!(kinds, [Text | Whole | Real | Truth | Any]).then_some(Text)
        }
        "int" if !is_method => matches!(kinds, [Text | Whole | Real | Any]).then_some(Whole),
        "double" if !is_method => matches!(kinds, [Text | Whole | Real | Any]).then_some(Real),
        _ => None,
    }
}

/// `child.mother.name` of a chain of selections on `child` or `raw`.
fn dotted(expr: &Expr) -> Option<String> {
    match expr {
        Expr::Ident(name) if matches!(name.as_str(), "child" | "raw") => Some(name.clone()),
        Expr::Select(select) if !select.test => Some(format!(
            "{}.{}",
            dotted(&select.operand.expr)?,
            select.field
        )),
        _ => None,
    }
}

/// `raw.mother.phone` of `raw["mother.phone"]`, `child.name` of `child["name"]`.
fn indexed(call: &CallExpr) -> Option<String> {
    let [
        base,
        IdedExpr {
            expr: Expr::Literal(LiteralValue::String(key)),
            ..
        },
    ] = call.args.as_slice()
    else {
        return None;
    };
    if call.func_name != operators::INDEX || call.target.is_some() {
        return None;
    }
    Some(format!("{}.{}", dotted(&base.expr)?, key.inner()))
}
