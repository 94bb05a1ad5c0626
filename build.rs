//! Lists the guides of this project for `src/model/embedded.rs`, so that the command can explain them anywhere.
#![expect(clippy::disallowed_methods, reason = "a build script reads and writes")]

use std::fmt::Write;
use std::path::{Path, PathBuf};

fn main() {
    let root = PathBuf::from(std::env::var_os("CARGO_MANIFEST_DIR").expect("cargo sets it"));
    let mut files = vec!["site.toml".to_owned()];
    collect(&root, "content", &mut files);
    files.sort();
    let mut code = String::from("/// Path and bytes of every file, in path order.\npub const FILES: &[(&str, &[u8])] = &[\n");
    for file in &files {
        writeln!(code, "    ({file:?}, include_bytes!({:?})),", root.join(file)).expect("a string takes all text");
    }
    code.push_str("];\n");
    let target = PathBuf::from(std::env::var_os("OUT_DIR").expect("cargo sets it")).join("embedded.rs");
    std::fs::write(target, code).expect("the folder of build scripts can be written");
    println!("cargo::rerun-if-changed=content");
    println!("cargo::rerun-if-changed=site.toml");
    println!("cargo::rerun-if-changed=build.rs");
}

/// The Markdown files below a folder.
fn collect(root: &Path, folder: &str, files: &mut Vec<String>) {
    for entry in std::fs::read_dir(root.join(folder)).expect("the folder can be read") {
        let entry = entry.expect("the folder can be read");
        let path = format!("{folder}/{}", entry.file_name().to_string_lossy());
        if entry.path().is_dir() {
            collect(root, &path, files);
        } else if path.ends_with(".md") {
            files.push(path);
        }
    }
}
