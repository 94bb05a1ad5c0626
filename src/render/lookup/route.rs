//! Which words lead to which part of an index, in few bytes: a hash of every word, cut short, sorted, and its steps written in a Rice
//! code (R. F. Rice, 1979). One word in some hundred that leads nowhere seems to lead somewhere; its part then holds nothing for it.

use serde_json::{Value, json};

/// How many hashes there are for each word.
const SPARSE: usize = 256;
/// What of a step is written as it is, in bits; steps are about `SPARSE` wide.
const PLAIN_BITS: u32 = 7;

/// The letters of base64 (RFC 4648).
const BASE64: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/// The words that lead to parts.
pub(super) struct Route {
    /// Sorted, each once.
    hashes: Vec<u32>,
    /// How many bits of a hash count.
    bits: u32,
    parts: usize,
}

impl Route {
    /// A route of words to so many parts, a power of two.
    pub(super) fn new<'w>(words: impl ExactSizeIterator<Item = &'w str>, parts: usize) -> Self {
        let bits = (words.len() * SPARSE).max(parts).next_power_of_two().ilog2().min(31);
        let mut hashes: Vec<u32> = words.map(|word| cut(hash(word), bits)).collect();
        hashes.sort_unstable();
        hashes.dedup();
        Self { hashes, bits, parts }
    }

    pub(super) fn part_of(&self, word: &str) -> usize {
        cut(hash(word), self.bits) as usize % self.parts
    }

    /// How many parts, how many bits of a hash count, how many words there are, and the steps between their hashes.
    pub(super) fn view(&self) -> Value {
        json!([self.parts, self.bits, self.hashes.len(), self.steps()])
    }

    /// The steps: for each as many ones as it has whole widths, a zero, and the rest in plain bits; all in base64.
    fn steps(&self) -> String {
        let mut bits = Bits::default();
        let mut last = 0;
        for hash in &self.hashes {
            let step = hash - last;
            last = *hash;
            (0..step >> PLAIN_BITS).for_each(|_| bits.push(true));
            bits.push(false);
            (0..PLAIN_BITS).rev().for_each(|bit| bits.push(step >> bit & 1 == 1));
        }
        bits.base64()
    }
}

/// Bits, the first of a byte first.
#[derive(Default)]
struct Bits(Vec<bool>);

impl Bits {
    fn push(&mut self, bit: bool) {
        self.0.push(bit);
    }

    fn base64(&self) -> String {
        let sextets = self.0.chunks(6).map(|bits| (0..6).fold(0, |sum, at| sum << 1 | usize::from(bits.get(at) == Some(&true))));
        sextets.map(|sextet| char::from(BASE64[sextet])).collect()
    }
}

fn cut(hash: u32, bits: u32) -> u32 {
    hash & ((1 << bits) - 1)
}

/// FNV-1a over the UTF-16 units of a word, with the last steps of `MurmurHash3`, since the low bits are used alone.
fn hash(word: &str) -> u32 {
    let mut hash = word.encode_utf16().fold(0x811c_9dc5_u32, |hash, unit| (hash ^ u32::from(unit)).wrapping_mul(0x0100_0193));
    hash = (hash ^ hash >> 16).wrapping_mul(0x85eb_ca6b);
    hash = (hash ^ hash >> 13).wrapping_mul(0xc2b2_ae35);
    hash ^ hash >> 16
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn steps_are_a_rice_code() {
        let route = Route { hashes: vec![1, 130], bits: 8, parts: 1 };
        // 0 0000001, then 1 0 0000001: six bits a letter.
        assert_eq!(route.steps(), "AYC");
    }

    #[test]
    fn words_lead_to_their_part() {
        let words: Vec<String> = (0..5000).map(|at| format!("acme{at}")).collect();
        let route = Route::new(words.iter().map(String::as_str), 16);
        let mut sizes = [0; 16];
        words.iter().for_each(|word| sizes[route.part_of(word)] += 1);
        assert!(sizes.iter().all(|size| (200..450).contains(size)), "{sizes:?}");
        assert!(route.steps().len() * 6 < words.len() * 11, "less than eleven bits a word");
    }
}
