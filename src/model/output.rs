//! What a build makes: files, handed to a sink one at a time.

use super::config::Config;
use super::kind::GuideKind;
use super::url::{Permalink, SitePath};

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

/// Where the Markdown twin of a guide lies.
pub fn twin_file(permalink: &Permalink) -> SitePath {
    permalink.sibling("index.md")
}

/// Where a guide lies as JSON.
pub fn api_file(kind: GuideKind, permalink: &Permalink) -> SitePath {
    let address = permalink.relative_to_root().trim_end_matches('/');
    match kind {
        GuideKind::Page => SitePath::new(format!("api/v1/pages/{address}.json")),
        GuideKind::Error | GuideKind::Compare | GuideKind::Playbook | GuideKind::Provider => {
            SitePath::new(format!("api/v1/{address}.json"))
        }
    }
}

/// The files that outputs make beside the page of a guide.
pub fn files_of_guide(config: &Config, kind: GuideKind, permalink: &Permalink) -> Vec<SitePath> {
    let twin = (!config.is_off("markdown")).then(|| twin_file(permalink));
    let data = (!config.is_off("api")).then(|| api_file(kind, permalink));
    twin.into_iter().chain(data).collect()
}

/// The files of outputs that hold something of the whole site.
pub fn files_of_site(config: &Config) -> impl Iterator<Item = &'static str> {
    const FILES: [(&str, &[&str]); 3] = [
        (
            "api",
            &[
                "api/v1/guides.json",
                "api/v1/codes.json",
                "api/v1/signatures.json",
                "api/v1/schemas/guide.json",
                "api/v1/schemas/guides.json",
                "api/v1/schemas/codes.json",
                "api/v1/schemas/signatures.json",
            ],
        ),
        ("llms", &["llms.txt"]),
        ("llms-full", &["llms-full.txt"]),
    ];
    FILES.into_iter().filter(|(output, _)| !config.is_off(output)).flat_map(|(_, files)| files.iter().copied())
}
