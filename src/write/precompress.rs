//! Compressed files beside those that shrink, for servers that send them as they are. Doors to flate2 and brotli.
//!
//! Both write the same bytes for the same bytes: no time, no name, one thread a file.

use std::io::{self, Write};

/// Smaller files fit into one packet as they are, in bytes.
const MIN_SIZE: usize = 1024;
/// What is text; pictures and letters are compressed already.
const TEXT: [&str; 10] = ["html", "css", "js", "mjs", "json", "xml", "svg", "txt", "md", "webmanifest"];
/// What files are called that are compressed.
pub(super) const ENDINGS: [&str; 2] = ["gz", "br"];
/// Of brotli's eleven. The last two take several times as long and save one byte in a hundred.
const BROTLI_QUALITY: u32 = 9;
/// The window of brotli that every browser takes, as a power of two.
const BROTLI_WINDOW: u32 = 22;
/// How much is handed over at once, in bytes.
const BUFFER: usize = 64 * 1024;

/// Whether a file is worth compressing.
pub(super) fn is_worth_it(path: &str, size: u64) -> bool {
    size >= MIN_SIZE as u64 && path.rsplit_once('.').is_some_and(|(_, extension)| TEXT.contains(&extension))
}

/// The bytes compressed as an ending says; `None` where they would not shrink.
///
/// # Errors
/// None that a vector can give.
pub(super) fn compressed(bytes: &[u8], ending: &str) -> io::Result<Option<Vec<u8>>> {
    let shrunk = if ending == "gz" { gzip(bytes)? } else { brotli(bytes)? };
    Ok((shrunk.len() < bytes.len()).then_some(shrunk))
}

fn gzip(bytes: &[u8]) -> io::Result<Vec<u8>> {
    // 255: no system in particular (RFC 1952).
    let builder = flate2::GzBuilder::new().mtime(0).operating_system(255);
    let mut encoder = builder.write(Vec::new(), flate2::Compression::best());
    encoder.write_all(bytes)?;
    encoder.finish()
}

fn brotli(bytes: &[u8]) -> io::Result<Vec<u8>> {
    let mut encoder = brotli::CompressorWriter::new(Vec::new(), BUFFER, BROTLI_QUALITY, BROTLI_WINDOW);
    encoder.write_all(bytes)?;
    encoder.flush()?;
    Ok(encoder.into_inner())
}

#[cfg(test)]
mod tests {
    use std::io::Read;

    use super::*;

    #[test]
    fn what_is_compressed_is_what_comes_out() {
        let bytes = "the same line again\n".repeat(500).into_bytes();
        let gz = compressed(&bytes, "gz").expect("a vector").expect("shrinks");
        let br = compressed(&bytes, "br").expect("a vector").expect("shrinks");
        assert_eq!(&gz[..10], [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 2, 255], "no time, no name, no system");
        let mut out = Vec::new();
        flate2::read::GzDecoder::new(&gz[..]).read_to_end(&mut out).expect("is gzip");
        assert_eq!(out, bytes);
        out.clear();
        brotli::Decompressor::new(&br[..], 4096).read_to_end(&mut out).expect("is brotli");
        assert_eq!(out, bytes);
    }

    #[test]
    fn small_and_packed_files_stay_alone() {
        assert!(!is_worth_it("a.html", 1023) && is_worth_it("a.html", 1024));
        assert!(!is_worth_it("a.png", 9999) && !is_worth_it("html", 9999) && !is_worth_it("a.html.gz", 9999));
        let mut random: u64 = 20_261_124;
        let next = |_| {
            random = random.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (random >> 56) as u8
        };
        let noise: Vec<u8> = (0..4096).map(next).collect();
        assert_eq!(compressed(&noise, "gz").expect("a vector"), None);
        assert_eq!(compressed(&noise, "br").expect("a vector"), None);
    }
}
