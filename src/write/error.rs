//! What can go wrong while a site is published.

use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

/// A failure of the disk, or a folder that must not be written to. The published site is as it was.
#[derive(Debug)]
pub enum WriteError {
    /// The output folder is not safe to write to.
    Refused {
        /// The folder, as it was given.
        output: PathBuf,
        /// Why, as half a sentence.
        reason: String,
    },
    /// A file that fieldguide did not write stands where one of its files must go.
    Foreign {
        /// The file.
        path: PathBuf,
        /// The path that is needed.
        wanted: String,
    },
    /// The disk failed.
    Disk {
        /// What was being done, as in "cannot write".
        action: &'static str,
        /// The file or folder.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// The user ended the build.
    Interrupted,
}

impl WriteError {
    /// Turns an error of the system into one that names what was being done to which file.
    pub(super) fn disk(action: &'static str, path: &Path) -> impl FnOnce(io::Error) -> Self {
        move |source| Self::Disk { action, path: path.to_owned(), source }
    }
}

/// Whether something lies at a path. A disk that fails to say is a failure: taken for "nothing", it would cost what lies there.
#[expect(clippy::disallowed_methods, reason = "part of the room that writes")]
pub(super) fn exists(path: &Path) -> Result<bool, WriteError> {
    match path.symlink_metadata() {
        Ok(_) => Ok(true),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(false),
        Err(error) => Err(WriteError::disk("cannot read", path)(error)),
    }
}

impl fmt::Display for WriteError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Refused { output, reason } => write!(formatter, "refusing to write to `{}`: {reason}", output.display()),
            Self::Foreign { path, wanted } => {
                let path = path.display();
                write!(formatter, "`{path}` was not written by fieldguide and is in the way of `{wanted}`; move or delete it")
            }
            Self::Disk { action, path, source } => write!(formatter, "{action} `{}`: {source}", path.display()),
            Self::Interrupted => formatter.write_str("interrupted"),
        }
    }
}

impl std::error::Error for WriteError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Disk { source, .. } => Some(source),
            Self::Refused { .. } | Self::Foreign { .. } | Self::Interrupted => None,
        }
    }
}
