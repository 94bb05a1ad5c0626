//! What differs between two published sites, as their manifests tell: what to upload, and what to delete.

use super::manifest::Manifest;

/// The files that a host must be given, and those that it must no longer have.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Changes {
    /// Files that are new or differ, sorted.
    pub upload: Vec<String>,
    /// Files that are gone, sorted.
    pub delete: Vec<String>,
}

impl Changes {
    pub(super) fn between(old: &Manifest, new: &Manifest) -> Self {
        let differs = |path: &&str| old.entry(path) != new.entry(path);
        let is_gone = |path: &&str| new.entry(path).is_none();
        Self {
            upload: new.paths().filter(differs).map(str::to_owned).collect(),
            delete: old.paths().filter(is_gone).map(str::to_owned).collect(),
        }
    }

    /// The list in the form of rclone's `--files-from`: a path a line. What is to be deleted stands behind `#- `, in what rclone takes
    /// for comments. Each path begins with a slash, so that none looks like a comment itself.
    pub fn to_text(&self) -> String {
        let upload = self.upload.iter().map(|path| format!("/{path}\n"));
        upload.chain(self.delete.iter().map(|path| format!("#- /{path}\n"))).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::super::manifest::Entry;
    use super::*;

    #[test]
    fn new_changed_and_gone_files_are_told() {
        let manifest = |files: &[(&str, &str)]| {
            Manifest::new(files.iter().map(|(path, text)| ((*path).to_owned(), Entry::of(text.as_bytes()))).collect())
        };
        let old = manifest(&[("a.html", "1"), ("b.html", "1"), ("c.html", "1")]);
        let new = manifest(&[("# d.html", "1"), ("a.html", "1"), ("b.html", "2")]);
        assert_eq!(Changes::between(&old, &new).to_text(), "/# d.html\n/b.html\n#- /c.html\n");
    }
}
