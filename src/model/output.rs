//! What a build makes: files, handed to a sink one at a time.

use super::url::SitePath;

/// One file of the finished site.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OutputFile {
    /// Where it lies.
    pub path: SitePath,
    /// What is in it.
    pub bytes: Vec<u8>,
}

impl OutputFile {
    /// A file of text.
    pub fn text(path: SitePath, text: impl Into<String>) -> Self {
        Self { path, bytes: text.into().into_bytes() }
    }
}

/// Takes output files as they are made, from several threads and in any order.
pub trait Sink: Sync {
    /// Takes one file. Failures are kept until the sink is asked for its result.
    fn take(&self, file: OutputFile);
}
