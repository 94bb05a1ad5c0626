// Matches a pasted text against a site's index, as docs/lookup.md says; src/lookup/ is the same in Rust, and the tests put one set of
// texts to both. No part of it knows a page. A script and not a module: browsers load no modules from disk.

/**
 * As it is published; what is left out is the code in lower case, the code, the text in lower case.
 * @typedef {[provider: number, kind: string, code: string, title: string, slug?: string]} RawEntry
 * @typedef {[entry: number, context: number, text?: string, anchor?: string]} RawCode
 * @typedef {[entry: number, ...patternsAndAnchors: string[]]} RawSignatures
 * @typedef {{ end: string, providers: [name: string, folder: string][], entries: RawEntry[], contexts: string[], codes: RawCode[], signatures: RawSignatures[] }} Published
 * @typedef {[summary: string, headings: string][]} Words
 *
 * As it is used.
 * @typedef {{ href: string, kind: string, code: string, title: string, provider: string }} Entry
 * @typedef {[entry: number, text: string, anchor: string, context: number]} Code
 * @typedef {[entry: number, pattern: string, anchors: string]} Signature
 * @typedef {{ entries: Entry[], contexts: string[], codes: Code[], signatures: Signature[] }} Index
 * @typedef {{ entry: number, reason: "code" | "signature" | "words", line: number, start: number, end: number, count: number }} Hit
 * @typedef {Hit & { strength: number }} Found
 * @typedef {{ text: string, starts: number[] | null, ends: number[] }} Reading
 * @typedef {{ line: number, start: number, skipped: number, reading: Reading }} Part
 * @typedef {{ text: string, parts: Part[] }} Window_
 * @typedef {{ codes: number[], signatures: number[] }} Anchored
 */

(() => {
  "use strict";

  const WORD = /[0-9A-Za-z_]+/g;
  /** @param {number} unit */
  const isWord = (unit) => (unit >= 48 && unit <= 57) || (unit >= 65 && unit <= 90) || unit === 95 || (unit >= 97 && unit <= 122);
  /** @param {number} unit */
  const isDigit = (unit) => unit >= 48 && unit <= 57;
  /** @param {string} text */
  const lower = (text) => text.replace(/[A-Z]+/g, (letters) => letters.toLowerCase());

  /* Lines as they are read */

  /** @param {string} line @returns {Reading} */
  function plain(line) {
    if (line.endsWith("\r")) line = line.slice(0, -1);
    let start = 0;
    for (let mark; (mark = /^[ \t]*>/.exec(line.slice(start))); ) start += mark[0].length;
    if (start > 0 && line[start] === " ") start += 1;
    if (start === 0 && !/[\x1b\r]/.test(line)) return { text: line, starts: null, ends: [] };
    const text = line.slice(start).replaceAll("\r", " ");
    const starts = places(text, start);
    return withoutColours(text, starts, starts.map((at, unit) => at + widthAt(text, unit)));
  }

  /** Where each unit's character starts; both halves of a pair start at the first. @param {string} text @param {number} shift */
  function places(text, shift) {
    const starts = [];
    for (let at = 0; at < text.length; at += 1) starts.push(shift + (isLow(text, at) ? at - 1 : at));
    return starts;
  }

  /** @param {string} text @param {number} at */
  function isLow(text, at) {
    const [unit, before] = [text.charCodeAt(at), text.charCodeAt(at - 1)];
    return unit >= 0xdc00 && unit < 0xe000 && before >= 0xd800 && before < 0xdc00;
  }

  /** @param {string} text @param {number} at */
  const widthAt = (text, at) => (isLow(text, at) || isLow(text, at + 1) ? 2 : 1);

  const SEQUENCE = /\x1b(?:\[[ -?]*[@-~]?|\][^\x07\x1b]*(?:\x1b\\|[\x07\x1b])?)?/g;

  /** Leaves out the control sequences of a terminal. @param {string} text @param {number[]} starts @param {number[]} ends @returns {Reading} */
  function withoutColours(text, starts, ends) {
    if (!text.includes("\x1b")) return { text, starts, ends };
    const kept = { text: "", starts: /** @type {number[]} */ ([]), ends: /** @type {number[]} */ ([]) };
    let at = 0;
    for (const { 0: found, index } of [...text.matchAll(SEQUENCE), { 0: "", index: text.length }]) {
      kept.text += text.slice(at, index);
      kept.starts.push(...starts.slice(at, index));
      kept.ends.push(...ends.slice(at, index));
      at = index + found.length;
    }
    return kept;
  }

  const ESCAPE = /\\(?:u([dD][89abAB][0-9a-fA-F]{2})\\u([dD][c-fC-F][0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|(["\\/])|[nrtbf])/g;

  /** The reading with the escapes of JSON undone; line ends become blanks. @param {Reading} reading @returns {Reading} */
  function unescaped(reading) {
    const { text } = reading;
    const made = { text: "", starts: /** @type {number[]} */ ([]), ends: /** @type {number[]} */ ([]) };
    /** @param {number} from @param {number} to @param {string} character */
    const push = (from, to, character) => {
      const place = placed(reading, from, to);
      for (let unit = 0; unit < character.length; unit += 1) {
        made.starts.push(place[0]);
        made.ends.push(place[1]);
      }
      made.text += character;
    };
    let at = 0;
    for (const found of [...text.matchAll(ESCAPE), null]) {
      const next = found ? found.index : text.length;
      for (; at < next; at += widthAt(text, at)) push(at, at + widthAt(text, at), text.slice(at, at + widthAt(text, at)));
      if (!found) break;
      const [whole, high, low, unit, itself] = found;
      const single = unit ? Number.parseInt(unit, 16) : 0;
      const lone = single >= 0xd800 && single < 0xe000;
      push(at, at + whole.length, high ? String.fromCharCode(Number.parseInt(high, 16), Number.parseInt(low, 16)) : unit ? (lone ? "\ufffd" : String.fromCharCode(single)) : (itself ?? " "));
      at = next + whole.length;
    }
    return withoutColours(made.text, made.starts, made.ends);
  }

  /** @param {string} line @returns {Reading[]} */
  function readings(line) {
    const all = [plain(line)];
    for (let times = 0; times < 2 && all[all.length - 1].text.includes("\\"); times += 1) all.push(unescaped(all[all.length - 1]));
    return all;
  }

  /** Where a range of a reading stands in its line. @param {Reading} reading @param {number} start @param {number} end @returns {[number, number]} */
  function placed({ starts, ends }, start, end) {
    if (!starts) return [start, end];
    const last = (/** @type {number} */ at) => (at > 0 ? (ends[at - 1] ?? 0) : 0);
    return [start < starts.length ? starts[start] : last(start), last(Math.min(Math.max(end, start + 1), ends.length))];
  }

  /** @param {number} line @param {Reading} reading @returns {Window_} */
  const alone = (line, reading) => ({ text: reading.text, parts: [{ line, start: 0, skipped: 0, reading }] });

  /** @param {[number, Reading][]} lines @param {string} separator @returns {Window_} */
  function joined(lines, separator) {
    /** @type {Window_} */
    const window = { text: "", parts: [] };
    lines.forEach(([line, reading], index) => {
      let { text } = reading;
      if (index > 0) {
        text = text.replace(/^[ \t]+/, "");
        window.text += separator;
      }
      const skipped = reading.text.length - text.length;
      if (index + 1 < lines.length) text = text.replace(/[ \t]+$/, "");
      window.parts.push({ line, start: window.text.length, skipped, reading });
      window.text += text;
    });
    return window;
  }

  /** @param {Window_} window @param {number} start @param {number} end */
  function place({ parts }, start, end) {
    const part = parts.filter((one) => one.start <= start).at(-1) ?? parts[0];
    const here = part.reading.text.length - part.skipped;
    const local = (/** @type {number} */ at) => Math.min(at - part.start, here) + part.skipped;
    const [from, to] = placed(part.reading, local(start), local(end));
    return { line: part.line, start: from, end: to };
  }

  /** @param {Window_} window @param {number} start @param {number} end @param {number} line */
  function touches({ text, parts }, start, end, line) {
    const index = parts.findIndex((part) => part.line === line);
    return index >= 0 && start < (parts[index + 1]?.start ?? text.length) && end > parts[index].start;
  }

  /** @param {number} line @param {Reading[] | null} before @param {Reading[]} own @param {Reading[] | null} after */
  function windows(line, before, own, after) {
    const all = own.map((reading) => alone(line, reading));
    /** @type {[number, Reading]} */
    const here = [line, own[own.length - 1]];
    /** @type {[number, Reading][]} */
    const above = before ? [[line - 1, before[before.length - 1]]] : [];
    /** @type {[number, Reading][]} */
    const below = after ? [[line + 1, after[after.length - 1]]] : [];
    for (const separator of [" ", ""]) {
      if (after) all.push(joined([here, ...below], separator));
      if (before) all.push(joined([...above, here], separator));
      if (before && after) all.push(joined([...above, here, ...below], separator));
    }
    return all;
  }

  /* Codes and signatures */

  /** Whether a code is not a part of something longer. @param {string} text @param {number} start @param {number} end */
  function standsAlone(text, start, end) {
    const at = (/** @type {number} */ index) => (index >= 0 && index < text.length ? text.charCodeAt(index) : 32);
    const prolongs = (/** @type {number} */ unit) => unit === 46 || unit === 45;
    const begins = isDigit(at(start)) && prolongs(at(start - 1));
    const goesOn = isDigit(at(end - 1)) && prolongs(at(end)) && isDigit(at(end + 1));
    return !isWord(at(start - 1)) && !isWord(at(end)) && !begins && !goesOn;
  }

  /** Sizes of a filter that most words do not pass. */
  const FILTER = 1 << 16;

  /** @param {number} hash @param {number} unit */
  const mixed = (hash, unit) => Math.imul(hash ^ (unit >= 65 && unit <= 90 ? unit + 32 : unit), 0x01000193);
  /** @param {number} hash */
  const slot = (hash) => (hash ^ (hash >>> 16)) & (FILTER - 1);

  /** @param {Published} published @returns {Index} */
  function unpacked({ end, providers, entries, contexts, codes, signatures }) {
    return {
      entries: entries.map(([provider, kind, code, title, slug]) => {
        const [name, folder] = providers[provider];
        return { href: folder + (slug ?? lower(code)) + end, kind, code, title, provider: name };
      }),
      contexts,
      codes: codes.map(([entry, context, given, anchor]) => {
        const text = given || entries[entry][2];
        return [entry, text, anchor ?? lower(text), context];
      }),
      signatures: signatures.flatMap(([entry, ...rest]) => rest.flatMap((pattern, at) => (at % 2 === 0 ? [/** @type {Signature} */ ([entry, pattern, rest[at + 1]])] : []))),
    };
  }

  /** Prepares an index. @param {Published} published */
  function prepare(published) {
    const index = unpacked(published);
    /** @type {Map<string, Anchored>} */
    const byAnchor = new Map();
    const filter = new Uint8Array(FILTER);
    /** @param {string} anchor @returns {Anchored} */
    const anchored = (anchor) => {
      let known = byAnchor.get(anchor);
      if (!known) {
        byAnchor.set(anchor, (known = { codes: [], signatures: [] }));
        filter[slot([...anchor].reduce((hash, letter) => mixed(hash, letter.charCodeAt(0)), 0))] = 1;
      }
      return known;
    };
    /** @type {number[]} */
    const unanchored = [];
    index.codes.forEach(([, , anchor], at) => anchor && anchored(anchor).codes.push(at));
    index.signatures.forEach(([, , anchors], at) => {
      if (!anchors) unanchored.push(at);
      for (const anchor of anchors.split(" ").filter(Boolean)) anchored(anchor).signatures.push(at);
    });
    const longest = Math.max(0, ...[...byAnchor.keys()].map((anchor) => anchor.length));
    /** @type {Map<string, RegExp>} */
    const compiled = new Map();
    /** @param {string} source */
    const regex = (source) => {
      const known = compiled.get(source) ?? new RegExp(source, "u");
      compiled.set(source, known);
      return known;
    };

    /** @param {Window_} window @param {number} start @param {number[]} codes @param {Found[]} found */
    function matchCodes(window, start, codes, found) {
      const { text } = window;
      for (const at of codes) {
        const [entry, code, anchor, context] = index.codes[at];
        const from = start - lower(code).indexOf(anchor);
        const to = from + code.length;
        // Codes of nothing but letters are words in other letter case.
        const same = context < 0 && /^[A-Za-z]+$/.test(code) ? (/** @type {string} */ one) => one : lower;
        if (from < 0 || same(text.slice(from, to)) !== same(code) || !standsAlone(text, from, to)) continue;
        if (context >= 0 && !regex(index.contexts[context]).test(text.slice(Math.max(0, from - 64), from))) continue;
        found.push({ entry, reason: "code", ...place(window, from, to), count: 1, strength: [...code].length });
      }
    }

    /** @param {Window_} window @param {number} line @param {number} at @returns {Found | null} */
    function matchSignature(window, line, at) {
      const [entry, pattern] = index.signatures[at];
      const match = regex(pattern).exec(window.text);
      if (!match || match[0] === "") return null;
      const end = match.index + match[0].length;
      if (!touches(window, match.index, end, line)) return null;
      return { entry, reason: "signature", ...place(window, match.index, end), count: 1, strength: [...match[0]].length };
    }

    /** @param {string[]} lines @param {number} line @param {Found[]} found */
    function readLine(lines, line, found) {
      const own = readings(lines[line]);
      const candidates = new Set(unanchored);
      for (const reading of own) {
        const window = alone(line, reading);
        for (const { 0: word, index: start } of reading.text.matchAll(WORD)) {
          const known = byAnchor.get(word.toLowerCase());
          if (!known) continue;
          known.signatures.forEach((at) => candidates.add(at));
          matchCodes(window, start, known.codes, found);
        }
      }
      if (candidates.size === 0) return;
      const before = line > 0 ? readings(lines[line - 1]) : null;
      // A final line end begins no further line.
      const after = line + 1 < lines.length && !(line + 2 === lines.length && lines[line + 1] === "") ? readings(lines[line + 1]) : null;
      const all = windows(line, before, own, after);
      for (const at of [...candidates].sort((a, b) => a - b)) {
        for (const window of all) {
          const match = matchSignature(window, line, at);
          if (match) {
            found.push(match);
            break;
          }
        }
      }
    }

    /** Words that a line's end cut in two. @param {string[]} lines @param {number} line @param {Found[]} found */
    function readSeam(lines, line, found) {
      const [above, below] = [lines[line], lines[line + 1]];
      const last = above.endsWith("\r") ? above.length - 1 : above.length;
      let start = last;
      while (start > 0 && last - start <= longest && isWord(above.charCodeAt(start - 1))) start -= 1;
      let end = 0;
      while (end < below.length && end <= longest && isWord(below.charCodeAt(end))) end += 1;
      if (start === last || end === 0 || last - start + end > longest) return;
      if (!byAnchor.has((above.slice(start, last) + below.slice(0, end)).toLowerCase())) return;
      const window = joined([[line, readings(lines[line])[0]], [line + 1, readings(lines[line + 1])[0]]], "");
      const seam = window.parts[1].start;
      for (const { 0: word, index: start } of window.text.matchAll(WORD)) {
        if (start >= seam || start + word.length <= seam) continue;
        const known = byAnchor.get(word.toLowerCase());
        if (!known) return;
        matchCodes(window, start, known.codes, found);
        for (const at of known.signatures) {
          const match = matchSignature(window, line, at);
          if (match) found.push(match);
        }
        return;
      }
    }

    /** Whether a line has an anchor or something that must be read closely. @param {string} line */
    function isClose(line) {
      let hash = 0;
      let start = -1;
      for (let at = 0; at <= line.length; at += 1) {
        const unit = at < line.length ? line.charCodeAt(at) : 32;
        if (isWord(unit)) {
          if (start < 0) start = at;
          hash = mixed(hash, unit);
        } else {
          if (start >= 0 && filter[slot(hash)] && byAnchor.has(line.slice(start, at).toLowerCase())) return true;
          if (unit === 92 || unit === 27) return true;
          start = -1;
          hash = 0;
        }
      }
      return false;
    }

    /** @param {string} text @returns {Found[]} */
    function whole(text) {
      const code = text.replace(/^[ \t\r\n"'`()[\],;.:]+/, "").replace(/[ \t\r\n"'`()[\],;.:]+$/, "");
      if (!code || code.length > 100) return [];
      const at = text.indexOf(code);
      const before = text.slice(0, at);
      const line = before.split("\n").length - 1;
      const start = at - (before.lastIndexOf("\n") + 1);
      const known = index.codes.filter(([, one]) => lower(one) === lower(code));
      return known.map(([entry]) => ({ entry, reason: "code", line, start, end: start + code.length, count: 1, strength: [...code].length }));
    }

    /** The guides that a text is recognised as, best first. @param {string} text @returns {Hit[]} */
    function recognise(text) {
      const found = whole(text);
      const lines = text.split("\n");
      lines.forEach((line, at) => {
        if (unanchored.length > 0 || isClose(line)) readLine(lines, at, found);
        if (at + 1 < lines.length) readSeam(lines, at, found);
      });
      return ranked(found);
    }

    return { entries: index.entries, recognise, search: prepareSearch(index.entries) };
  }

  const REASONS = ["code", "signature", "words"];

  /** One hit a guide: its first line, its longest match there. @param {Found[]} found @returns {Hit[]} */
  function ranked(found) {
    found.sort((a, b) => a.line - b.line || b.strength - a.strength || a.start - b.start || REASONS.indexOf(a.reason) - REASONS.indexOf(b.reason) || a.entry - b.entry);
    /** @type {Map<number, Hit & { last: number }>} */
    const hits = new Map();
    for (const { entry, reason, line, start, end } of found) {
      const hit = hits.get(entry);
      if (!hit) hits.set(entry, { entry, reason, line: line + 1, start, end, count: 1, last: line });
      else if (hit.last !== line) {
        hit.count += 1;
        hit.last = line;
      }
    }
    return [...hits.values()].map(({ last, ...hit }) => hit);
  }

  /* Words */

  const EMPTY = new Set(
    "an and are as at be but by can did do does for from has have how if in is it its my no not of on or that the this to was what why with".split(" "),
  );

  /** @param {string} text */
  const telling = (text) => (text.match(WORD) ?? []).map((word) => word.toLowerCase()).filter((word) => word.length > 1 && !EMPTY.has(word));

  /** @param {string} a @param {string} b Letters added, removed, replaced or swapped. */
  function edits(a, b) {
    const rows = Array.from({ length: a.length + 1 }, (_, i) => Array.from({ length: b.length + 1 }, (_, j) => (i === 0 ? j : j === 0 ? i : 0)));
    for (let i = 1; i <= a.length; i += 1) {
      for (let j = 1; j <= b.length; j += 1) {
        const same = a[i - 1] === b[j - 1] ? 0 : 1;
        rows[i][j] = Math.min(rows[i - 1][j] + 1, rows[i][j - 1] + 1, rows[i - 1][j - 1] + same);
        if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) rows[i][j] = Math.min(rows[i][j], rows[i - 2][j - 2] + 1);
      }
    }
    return rows[a.length][b.length];
  }

  /** @param {Entry[]} entries */
  function prepareSearch(entries) {
    /** @type {Map<string, Map<number, number>> | null} */
    let known = null;

    /** @param {Words} words */
    function vocabulary(words) {
      /** @type {Map<string, Map<number, number>>} */
      const made = new Map();
      entries.forEach(({ code, title, provider }, at) => {
        const parts = /** @type {[string, number][]} */ ([[`${code} ${title} ${provider}`, 8], [words[at][0], 3], [words[at][1], 2]]);
        for (const [text, worth] of parts) {
          for (const word of telling(text)) {
            const guides = made.get(word) ?? new Map();
            if (!guides.has(at)) guides.set(at, worth);
            made.set(word, guides);
          }
        }
      });
      return made;
    }

    /** @param {Map<string, Map<number, number>>} all @param {string} word @param {boolean} withTypos @returns {[string, number][]} */
    function like(all, word, withTypos) {
      /** @type {[string, number][]} */
      const alike = all.has(word) ? [[word, 4]] : [];
      if (word.length >= 3) for (const one of all.keys()) if (one !== word && one.startsWith(word)) alike.push([one, 2]);
      if (alike.length > 0 || !withTypos || /^[0-9]+$/.test(word) || word.length < 5) return alike;
      const most = word.length >= 8 ? 2 : 1;
      const near = [...all.keys()].filter((one) => Math.abs(one.length - word.length) <= most && one.length >= 5).map((one) => /** @type {[string, number]} */ ([one, edits(word, one)]));
      const least = Math.min(most, ...near.map(([, distance]) => distance));
      return near.filter(([, distance]) => distance === least).map(([one]) => [one, 1]);
    }

    /** The guides that share most words with a text. @param {string} text @param {Words} words @returns {Hit[]} */
    return function search(text, words) {
      known ??= vocabulary(words);
      const count = entries.length;
      const asked = [...new Set(telling(text))].slice(0, 200);
      const scores = new Array(count).fill(0);
      for (const word of asked) {
        /** @type {Map<number, number>} */
        const best = new Map();
        for (const [one, quality] of like(known, word, asked.length <= 12)) {
          const guides = known.get(one) ?? new Map();
          const rarity = 32 - Math.clz32(Math.floor(count / guides.size));
          for (const [guide, worth] of guides) best.set(guide, Math.max(best.get(guide) ?? 0, worth * rarity * quality));
        }
        for (const [guide, score] of best) scores[guide] += score;
      }
      const order = [...scores.keys()].filter((guide) => scores[guide] > 0);
      const later = (/** @type {number} */ guide) => (entries[guide].kind === "error" ? 0 : 1);
      order.sort((a, b) => scores[b] - scores[a] || later(a) - later(b) || a - b);
      const good = order.filter((guide) => scores[guide] * 2 >= scores[order[0]]).slice(0, 8);
      return good.map((entry) => ({ entry, reason: "words", line: 1, start: 0, end: 0, count: 1 }));
    };
  }

  Object.assign(globalThis, { fieldguideLookup: prepare });
})();
