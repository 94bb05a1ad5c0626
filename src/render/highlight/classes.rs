//! From syntect's scopes to nine classes of one letter: `c` comment, `k` keyword, `s` string, `n` number or constant, `f` function,
//! `t` type, `v` variable, `i` inserted, `d` deleted.

use syntect::parsing::{ClearAmount, Scope, ScopeStackOp};

/// What a piece of code is, as far as colours tell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Class {
    None,
    Comment,
    Keyword,
    String,
    Number,
    Function,
    Type,
    Variable,
    Inserted,
    Deleted,
}

impl Class {
    /// The class in HTML; plain text has none.
    pub(super) fn letter(self) -> Option<char> {
        match self {
            Self::None => None,
            Self::Comment => Some('c'),
            Self::Keyword => Some('k'),
            Self::String => Some('s'),
            Self::Number => Some('n'),
            Self::Function => Some('f'),
            Self::Type => Some('t'),
            Self::Variable => Some('v'),
            Self::Inserted => Some('i'),
            Self::Deleted => Some('d'),
        }
    }
}

/// Scopes by their beginnings; the first that fits counts, so the longer stand before the shorter.
const TABLE: &[(&str, Class)] = &[
    ("comment", Class::Comment),
    ("meta.diff.header", Class::Comment),
    ("markup.inserted", Class::Inserted),
    ("markup.deleted", Class::Deleted),
    ("markup.heading", Class::Keyword),
    ("markup.raw", Class::String),
    ("string", Class::String),
    ("constant", Class::Number),
    ("keyword.operator.word", Class::Keyword),
    ("keyword.operator.logical.python", Class::Keyword),
    ("keyword.operator", Class::None),
    ("keyword.other.unit", Class::Number),
    ("keyword", Class::Keyword),
    ("storage", Class::Keyword),
    ("variable.language", Class::Keyword),
    ("variable.function", Class::Function),
    ("variable.annotation", Class::Function),
    ("variable.parameter", Class::Variable),
    ("variable.other.readwrite.shell", Class::Variable),
    ("variable.other.powershell", Class::Variable),
    ("variable.other.php", Class::Variable),
    ("variable.other.constant", Class::Number),
    ("entity.name.function", Class::Function),
    ("entity.name.tag", Class::Keyword),
    ("entity.name.section", Class::Keyword),
    ("entity.name", Class::Type),
    ("entity.other.attribute-name", Class::Variable),
    ("entity.other.inherited-class", Class::Type),
    ("support.function", Class::Function),
    ("support.macro", Class::Function),
    ("support.constant", Class::Number),
    ("support.type.property-name", Class::Variable),
    ("support.type", Class::Type),
    ("support.class", Class::Type),
    ("meta.interpolation", Class::None),
    ("meta.group.expansion", Class::Variable),
];

/// The table with its scopes looked up.
pub(super) struct Classes {
    table: Vec<(Scope, Class)>,
}

impl Classes {
    pub(super) fn new() -> Self {
        let scope = |text: &str| Scope::new(text).expect("the table's scopes are short");
        Self { table: TABLE.iter().map(|(text, class)| (scope(text), *class)).collect() }
    }

    /// The class of a scope; `None` where it says nothing and the scope around it counts.
    fn of(&self, scope: Scope) -> Option<Class> {
        self.table.iter().find(|(prefix, _)| prefix.is_prefix_of(scope)).map(|(_, class)| *class)
    }
}

/// The classes of the scopes that are open, innermost last.
#[derive(Default)]
pub(super) struct Stack {
    open: Vec<Class>,
    cleared: Vec<Vec<Class>>,
}

impl Stack {
    /// The class at this point.
    pub(super) fn class(&self) -> Class {
        self.open.last().copied().unwrap_or(Class::None)
    }

    pub(super) fn apply(&mut self, operation: &ScopeStackOp, classes: &Classes) {
        match operation {
            ScopeStackOp::Push(scope) => {
                let class = classes.of(*scope).unwrap_or_else(|| self.class());
                self.open.push(class);
            }
            ScopeStackOp::Pop(count) => self.open.truncate(self.open.len().saturating_sub(*count)),
            ScopeStackOp::Clear(amount) => {
                let count = match amount {
                    ClearAmount::TopN(count) => (*count).min(self.open.len()),
                    ClearAmount::All => self.open.len(),
                };
                self.cleared.push(self.open.split_off(self.open.len() - count));
            }
            ScopeStackOp::Restore => self.open.extend(self.cleared.pop().unwrap_or_default()),
            ScopeStackOp::Noop => {}
        }
    }
}
