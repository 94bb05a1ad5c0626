//! A small grammar for PowerShell, which the grammars of the pure engine lack.
//!
//! Source of the words: `about_Reserved_Words`, `about_Operators`, `about_Quoting_Rules` of Microsoft's documentation.

use std::collections::HashMap;

use syntect::parsing::syntax_definition::{Context, ContextReference, MatchOperation, MatchPattern, Pattern, SyntaxDefinition};
use syntect::parsing::{Scope, SyntaxSet, SyntaxSetBuilder};

/// The name of the grammar.
pub(super) const GRAMMAR: &str = "PowerShell";

/// Patterns outside strings and comments, in the order they are tried.
const CODE: &[(&str, &str)] = &[
    (
        r"(?i)\b(begin|break|catch|class|continue|data|do|dynamicparam|else|elseif|end|enum|exit|filter|finally|for|foreach|from|function|if|in|param|process|return|switch|throw|trap|try|until|using|while)\b(?!-)",
        "keyword.control.powershell",
    ),
    (r"\$(?:\{[^}\n]*\}|(?:\w+:)?\w+|[$^?_])", "variable.other.powershell"),
    (
        r"(?i)(?<![\w-])-(?:and|as|band|bnot|bor|bxor|c?contains|eq|f|ge|gt|in|is|isnot|join|le|like|lt|match|ne|not|notcontains|notin|notlike|notmatch|or|replace|split|xor)\b",
        "keyword.operator.word.powershell",
    ),
    (r"(?<![\w-])-[A-Za-z]\w*:?", "variable.parameter.powershell"),
    (r"\b[A-Za-z]+-[A-Za-z]\w*", "support.function.powershell"),
    (r"\[[A-Za-z][\w.]*(?:\[\])?\]", "support.type.powershell"),
    (r"\b(?:0x[0-9A-Fa-f]+|\d+(?:\.\d+)?(?:[kmgtp]b)?)\b", "constant.numeric.powershell"),
    (r"(?m)#.*$", "comment.line.powershell"),
];

/// Patterns inside a string between double quotation marks.
const QUOTED: &[(&str, &str)] =
    &[(r"`.", "constant.character.escape.powershell"), (r"\$(?:\{[^}\n]*\}|(?:\w+:)?\w+|[$^?_])", "variable.other.powershell")];

/// A set with this one grammar.
pub(super) fn grammars() -> SyntaxSet {
    let mut builder = SyntaxSetBuilder::new();
    builder.add(definition());
    builder.build()
}

fn definition() -> SyntaxDefinition {
    let strings = [(r#"@"$"#, "here-double"), (r"@'$", "here-single"), ("\"", "double"), ("'", "single"), ("<#", "comment")];
    let mut main: Vec<Pattern> = strings.iter().map(|(start, context)| push(start, context)).collect();
    main.extend(CODE.iter().map(|(regex, scope)| matching(regex, scope, MatchOperation::None)));
    // Every grammar starts in `__start`, which goes on to `__main` at once; syntect's own loader adds the two.
    let contexts = [
        ("__start", context(None, vec![push("", "__main")])),
        ("__main", context(Some("source.powershell"), vec![Pattern::Include(reference("main"))])),
        ("main", context(None, main)),
        ("double", string(QUOTED, "\"", "string.quoted.double.powershell")),
        ("single", string(&[], "'(?!')", "string.quoted.single.powershell")),
        ("here-double", string(QUOTED, "^\"@", "string.quoted.double.powershell")),
        ("here-single", string(&[], "^'@", "string.quoted.single.powershell")),
        ("comment", string(&[], "#>", "comment.block.powershell")),
    ];
    SyntaxDefinition {
        name: GRAMMAR.to_owned(),
        file_extensions: vec!["ps1".to_owned()],
        scope: scope("source.powershell"),
        first_line_match: None,
        hidden: false,
        variables: HashMap::new(),
        contexts: contexts.into_iter().map(|(name, context)| (name.to_owned(), context)).collect(),
    }
}

fn scope(text: &str) -> Scope {
    Scope::new(text).expect("the grammar's scopes are short")
}

fn context(meta: Option<&str>, patterns: Vec<Pattern>) -> Context {
    let mut context = Context::new(false);
    context.meta_scope = meta.map(scope).into_iter().collect();
    context.patterns = patterns;
    context
}

/// A context that ends with a pattern and has one scope from its start to its end.
fn string(inner: &[(&str, &str)], end: &str, meta: &str) -> Context {
    let mut patterns: Vec<Pattern> = inner.iter().map(|(regex, scope)| matching(regex, scope, MatchOperation::None)).collect();
    patterns.push(matching(end, meta, MatchOperation::Pop));
    context(Some(meta), patterns)
}

fn push(start: &str, to: &str) -> Pattern {
    let operation = MatchOperation::Push(vec![reference(to)]);
    Pattern::Match(MatchPattern::new(false, start.to_owned(), Vec::new(), None, operation, None))
}

/// Outside syntect a reference can only be made by deserializing it.
fn reference(context: &str) -> ContextReference {
    serde_json::from_value(serde_json::json!({ "Named": context })).expect("is the form of a reference")
}

fn matching(regex: &str, scope_name: &str, operation: MatchOperation) -> Pattern {
    Pattern::Match(MatchPattern::new(false, regex.to_owned(), vec![scope(scope_name)], None, operation, None))
}
