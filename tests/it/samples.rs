//! The code samples of the project's own guides are what they say: programs that their language's own parser reads.
//!
//! Python, JavaScript and shell are read by python3, node and bash, which `.ci/run` installs; SQL by sqlparser, other languages by
//! tree-sitter's grammars.
//! A sample may be a part of a program, but not half a statement. What is data (JSON, YAML, TOML, XML) is checked by every build.

use std::collections::BTreeMap;
use std::io::Write;
use std::process::{Command, Stdio};
use std::sync::OnceLock;

use fieldguide::{Options, inspect};
use tree_sitter::{Language, Parser};

use crate::support::TestSite;

/// A sample with the place to tell.
struct Sample {
    place: String,
    text: String,
}

type Samples = BTreeMap<&'static str, Vec<Sample>>;

/// All samples of the site that show what to do, by language; read once for all tests.
fn samples() -> &'static Samples {
    static ALL: OnceLock<Samples> = OnceLock::new();
    ALL.get_or_init(read)
}

fn read() -> Samples {
    let sources = TestSite::own().sources();
    let site = inspect(&sources, &Options::default()).0.unwrap();
    let mut all = Samples::new();
    for guide in &site.guides {
        for sample in guide.body.samples.iter().filter(|sample| !sample.is_bad) {
            let file = sources.file(guide.file);
            let place = format!("{}:{}", file.path, file.line_column(sample.span.start).0);
            let text = code_of(sources.text(sample.span));
            all.entry(sample.language.name).or_default().push(Sample { place, text });
        }
    }
    all
}

/// The lines between the marks of a fence, without the indentation that a list gave them.
fn code_of(fence: &str) -> String {
    // A sample that is indented instead has no marks.
    if !fence.starts_with(['`', '~']) {
        return fence.to_owned();
    }
    let lines: Vec<&str> = fence.trim_end().lines().collect();
    let inner = &lines[1..lines.len() - 1];
    let indent = inner.iter().filter(|line| !line.trim().is_empty()).map(|line| line.len() - line.trim_start().len()).min();
    let close = lines[lines.len() - 1];
    let indent = indent.unwrap_or_default().min(close.len() - close.trim_start().len());
    inner.iter().map(|line| format!("{}\n", line.get(indent..).unwrap_or_default())).collect()
}

/// Gives a program a text on stdin; what it prints is what is wrong.
fn run(program: &str, arguments: &[&str], input: &str) -> String {
    let mut command = Command::new(program);
    command.args(arguments).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().unwrap_or_else(|error| panic!("{program} is needed to read samples: {error}"));
    child.stdin.take().unwrap().write_all(input.as_bytes()).unwrap();
    let output = child.wait_with_output().unwrap();
    let text = String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr);
    if output.status.success() { text } else { format!("{text}\n{program} ended with {}", output.status) }
}

/// All samples of a language as JSON, for a program that reads them in one go.
fn as_json(samples: &[Sample]) -> String {
    let pairs: Vec<(&str, &str)> = samples.iter().map(|sample| (sample.place.as_str(), sample.text.as_str())).collect();
    serde_json::to_string(&pairs).unwrap()
}

/// Compiles each sample, with `await` where a notebook allows it.
const PYTHON: &str = "
import ast, json, sys
for place, text in json.load(sys.stdin):
    try:
        compile(text, place, 'exec', ast.PyCF_ONLY_AST | ast.PyCF_ALLOW_TOP_LEVEL_AWAIT)
    except SyntaxError as error:
        print(f'{place}: {error}')
";

/// Compiles each sample as a module.
const JAVASCRIPT: &str = "
const vm = require('node:vm');
for (const [place, text] of JSON.parse(require('node:fs').readFileSync(0, 'utf8'))) {
  try {
    new vm.SourceTextModule(text, { identifier: place });
  } catch (error) {
    console.log(`${place}: ${error}`);
  }
}
";

#[test]
fn python_samples_compile() {
    assert_eq!(run("python3", &["-W", "ignore", "-c", PYTHON], &as_json(&samples()["python"])), "");
}

#[test]
fn javascript_samples_compile() {
    let arguments = ["--no-warnings", "--experimental-vm-modules", "-e", JAVASCRIPT];
    assert_eq!(run("node", &arguments, &as_json(&samples()["javascript"])), "");
}

#[test]
fn shell_samples_parse() {
    let wrong: Vec<String> = samples()["bash"]
        .iter()
        .filter_map(|sample| {
            Some(run("bash", &["-n"], &sample.text))
                .filter(|told| !told.is_empty())
                .map(|told| format!("{}: {told}", sample.place))
        })
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Whether a grammar reads a text without an error.
fn parses(language: &Language, text: &str) -> bool {
    let mut parser = Parser::new();
    parser.set_language(language).unwrap();
    !parser.parse(text, None).unwrap().root_node().has_error()
}

/// Reads all samples of a language, each as it stands or inside one of the frames that a part of a program may come from.
fn check(name: &str, language: &Language, frames: &[(&str, &str)]) {
    let is_read =
        |sample: &&Sample| frames.iter().any(|(before, after)| parses(language, &format!("{before}{}{after}", sample.text)));
    let wrong: Vec<&str> = samples()[name].iter().filter(|sample| !is_read(sample)).map(|sample| sample.place.as_str()).collect();
    assert!(wrong.is_empty(), "{name} samples that do not parse: {wrong:#?}");
}

#[test]
fn go_samples_parse() {
    check("go", &tree_sitter_go::LANGUAGE.into(), &[("", ""), ("package p\nfunc f() {\n", "}\n")]);
}

#[test]
fn java_samples_parse() {
    check("java", &tree_sitter_java::LANGUAGE.into(), &[("", ""), ("class C {\n", "}\n"), ("class C { void f() {\n", "} }\n")]);
}

#[test]
fn csharp_samples_parse() {
    check("csharp", &tree_sitter_c_sharp::LANGUAGE.into(), &[("", ""), ("class C {\n", "}\n")]);
}

#[test]
fn sql_samples_parse() {
    use sqlparser::dialect::PostgreSqlDialect;
    let told = |sample: &Sample| {
        let error = sqlparser::parser::Parser::parse_sql(&PostgreSqlDialect {}, &sample.text).err()?;
        Some(format!("{}: {error}", sample.place))
    };
    let wrong: Vec<String> = samples()["sql"].iter().filter_map(told).collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_sample_that_is_no_program_is_told() {
    let broken = [Sample { place: "here".to_owned(), text: "def f(:\n".to_owned() }];
    assert!(run("python3", &["-c", PYTHON], &as_json(&broken)).starts_with("here: "));
    let arguments = ["--no-warnings", "--experimental-vm-modules", "-e", JAVASCRIPT];
    assert!(run("node", &arguments, &as_json(&broken)).starts_with("here: "));
    assert!(!run("bash", &["-n"], "if true; then\n").is_empty());
    assert!(!parses(&tree_sitter_go::LANGUAGE.into(), "package p\nfunc f( {\n"));
}
