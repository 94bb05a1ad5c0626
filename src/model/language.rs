//! The languages of code samples.

/// A language that a fence may name.
#[derive(Debug, PartialEq, Eq)]
pub struct Language {
    /// The name to write, also the `language-…` class.
    pub name: &'static str,
    /// Other names for it.
    pub aliases: &'static [&'static str],
    /// What readers see.
    pub label: &'static str,
    /// The name of its grammar; `None` is plain text.
    pub grammar: Option<&'static str>,
}

const fn language(name: &'static str, aliases: &'static [&'static str], label: &'static str, grammar: &'static str) -> Language {
    Language { name, aliases, label, grammar: Some(grammar) }
}

/// Plain text, also what a fence without a language is.
pub const TEXT: Language =
    Language { name: "text", aliases: &["txt", "plain", "plaintext", "log"], label: "Text", grammar: None };

/// Every language, plain text first, then by name.
pub const LANGUAGES: &[Language] = &[
    TEXT,
    language("bash", &["sh", "shell", "zsh"], "Shell", "Bourne Again Shell (bash)"),
    language("batch", &["bat", "cmd"], "Batch", "Batch File"),
    language("c", &[], "C", "C"),
    language("console", &["shell-session", "terminal"], "Console", "Console session"),
    language("cpp", &["c++", "cxx"], "C++", "C++"),
    language("csharp", &["cs", "c#"], "C#", "C#"),
    language("css", &[], "CSS", "CSS"),
    language("diff", &["patch"], "Diff", "Diff"),
    language("dockerfile", &["docker"], "Dockerfile", "Dockerfile"),
    language("go", &["golang"], "Go", "Go"),
    language("graphql", &["gql"], "GraphQL", "GraphQL"),
    language("hcl", &["terraform", "tf"], "Terraform", "Terraform"),
    language("html", &[], "HTML", "HTML"),
    language("http", &[], "HTTP", "HTTP Request and Response"),
    language("ini", &["conf", "cfg", "properties"], "INI", "INI"),
    language("java", &[], "Java", "Java"),
    language("javascript", &["js", "mjs", "cjs"], "JavaScript", "JavaScript"),
    language("json", &[], "JSON", "JSON"),
    language("jsonc", &["json5"], "JSON with comments", "JSON"),
    language("kotlin", &["kt"], "Kotlin", "Kotlin"),
    // The grammar takes a second to get ready, whatever the sample.
    Language { name: "makefile", aliases: &["make"], label: "Makefile", grammar: None },
    language("markdown", &["md"], "Markdown", "Markdown"),
    language("nginx", &[], "nginx", "nginx"),
    language("php", &[], "PHP", "PHP"),
    language("powershell", &["ps1", "pwsh"], "PowerShell", "PowerShell"),
    language("protobuf", &["proto"], "Protocol Buffers", "Protocol Buffer"),
    language("python", &["py"], "Python", "Python"),
    language("ruby", &["rb"], "Ruby", "Ruby"),
    language("rust", &["rs"], "Rust", "Rust"),
    language("sql", &["psql", "postgresql"], "SQL", "SQL"),
    language("swift", &[], "Swift", "Swift"),
    language("toml", &[], "TOML", "TOML"),
    language("typescript", &["ts"], "TypeScript", "TypeScript"),
    language("xml", &[], "XML", "XML"),
    language("yaml", &["yml"], "YAML", "YAML"),
];

/// The language a fence names, by its name or an alias, whatever the letter case.
pub fn find(name: &str) -> Option<&'static Language> {
    let name = name.to_ascii_lowercase();
    LANGUAGES.iter().find(|language| language.name == name || language.aliases.contains(&name.as_str()))
}

/// Every word that names a language.
pub fn names() -> impl Iterator<Item = &'static str> {
    LANGUAGES.iter().flat_map(|language| std::iter::once(language.name).chain(language.aliases.iter().copied()))
}
