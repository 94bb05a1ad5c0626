//! The list of published addresses: what is new goes to its end.

use std::io;
use std::path::Path;

/// What a new list begins with.
const HEAD: &str = "# Every address that this site has published, one a line. A build that loses one is an error.\n\
                    # `fieldguide build --update-addresses` adds what is new; commit this file.\n";

/// Adds the addresses that a list lacks, in the order given, and leaves every other byte alone. Gives how many there were.
///
/// # Errors
/// What the file system says.
pub fn update_ledger(path: &Path, before: Option<&str>, addresses: &[&str]) -> io::Result<usize> {
    let listed: std::collections::HashSet<&str> = before.unwrap_or_default().lines().map(str::trim).collect();
    let new: Vec<&str> = addresses.iter().copied().filter(|address| !listed.contains(address)).collect();
    if new.is_empty() {
        return Ok(0);
    }
    let lines: String = new.iter().map(|address| format!("{address}\n")).collect();
    match before {
        None => super::create(path, &format!("{HEAD}{lines}"))?,
        Some(text) if text.is_empty() || text.ends_with('\n') => super::append(path, &lines)?,
        Some(_) => super::append(path, &format!("\n{lines}"))?,
    }
    Ok(new.len())
}
