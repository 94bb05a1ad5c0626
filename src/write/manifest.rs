//! The manifest: which files of the output folder are ours. Doors to blake3 and `serde_json`.

use std::collections::BTreeMap;
use std::path::Path;

use serde::{Deserialize, Serialize};

use super::error::WriteError;
use super::tree::Tree;

/// The manifest's own path in the output.
pub(super) const NAME: &str = ".fieldguide-manifest.json";

/// What the manifest says of one file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Entry {
    /// BLAKE3 of its bytes, hexadecimal.
    blake3: String,
    /// Its length in bytes.
    size: u64,
}

impl Entry {
    pub(super) fn of(bytes: &[u8]) -> Self {
        Self { blake3: blake3::hash(bytes).to_hex().to_string(), size: bytes.len() as u64 }
    }

    /// The length of the file in bytes.
    pub(super) fn size(&self) -> u64 {
        self.size
    }
}

/// Every file of a site but the manifest itself, by path.
#[derive(Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    files: BTreeMap<String, Entry>,
}

impl Manifest {
    pub(super) fn new(files: BTreeMap<String, Entry>) -> Self {
        Self { files }
    }

    /// The manifest of a published site; empty where there is none yet.
    ///
    /// # Errors
    /// Where the folder holds something and no manifest that can be read: it is not ours.
    pub(super) fn read(folder: &Path, tree: &Tree) -> Result<Self, WriteError> {
        let path = folder.join(NAME);
        let refuse = |reason: String| WriteError::Refused { output: folder.to_owned(), reason };
        if !tree.has_file(NAME) {
            let names = tree.top_names();
            if names.is_empty() {
                return Ok(Self::default());
            }
            return Err(refuse(format!("it holds files that were not written by fieldguide: {}", names.join(", "))));
        }
        let bytes = std::fs::read(&path).map_err(WriteError::disk("cannot read", &path))?;
        let manifest: Self =
            serde_json::from_slice(&bytes).map_err(|error| refuse(format!("its manifest {NAME} cannot be read: {error}")))?;
        match manifest.files.keys().find(|path| !is_plain(path)) {
            Some(path) => Err(refuse(format!("its manifest {NAME} lists `{path}`, which lies outside"))),
            None => Ok(manifest),
        }
    }

    /// The manifest in the bytes of a file; `None` where they are no manifest.
    pub fn parse(bytes: &[u8]) -> Option<Self> {
        serde_json::from_slice::<Self>(bytes).ok().filter(|manifest| manifest.paths().all(is_plain))
    }

    /// What it says of a file.
    pub(super) fn entry(&self, path: &str) -> Option<&Entry> {
        self.files.get(path)
    }

    pub(super) fn to_json(&self) -> Vec<u8> {
        let mut json = serde_json::to_vec_pretty(self).expect("paths and numbers become JSON");
        json.push(b'\n');
        json
    }

    /// The files of both manifests; where both have one, this one's.
    pub(super) fn with(&self, other: &Self) -> Self {
        let mut files = other.files.clone();
        files.extend(self.files.clone());
        Self { files }
    }

    pub(super) fn paths(&self) -> impl Iterator<Item = &str> {
        self.files.keys().map(String::as_str)
    }

    /// Whether a file is ours.
    pub(super) fn lists(&self, path: &str) -> bool {
        path == NAME || self.files.contains_key(path)
    }

    /// Whether a file is ours, or a folder holds one that is.
    pub(super) fn owns(&self, path: &str) -> bool {
        let folder = format!("{path}/");
        self.lists(path) || self.files.range(folder.clone()..).next().is_some_and(|(path, _)| path.starts_with(&folder))
    }

    pub(super) fn total_size(&self) -> u64 {
        self.files.values().map(|entry| entry.size).sum()
    }
}

fn is_plain(path: &str) -> bool {
    !path.is_empty()
        && !path.contains(['\\', '\0'])
        && path.split('/').all(|part| !part.is_empty() && part != "." && part != "..")
}
