// Matches a pasted text against a site's index, as docs/lookup.md says; src/lookup/ is the same in Rust, and the tests put one set of
// texts to both. No part of it knows a page. A script and not a module: browsers load no modules from disk.

/**
 * As it is published; what is left out is the code in lower case, the code, the text in lower case.
 * @typedef {[number: number, provider: number, code: string, title: string, slug?: string | 0, summary?: string]} RawGuide
 * @typedef {[guide: number, context: number, text?: string, anchor?: string]} RawCode
 * @typedef {[guide: number, ...patternsAndAnchors: string[]]} RawSignatures
 * @typedef {{ guides: RawGuide[], codes: RawCode[], signatures: RawSignatures[] }} RawPart
 * @typedef {[parts: number, bits: number, count: number, steps: string]} Route
 * @typedef {{ end: string, page: string, suggest: string | null, kinds: [kind: string, count: number][], providers: [name: string, folder: string][], contexts: string[], words: string[], part: RawPart, route?: Route }} Head
 *
 * As it is used.
 * @typedef {{ href: string, kind: string, code: string, title: string, provider: string, summary: string | undefined }} Guide
 * @typedef {[entry: number, text: string, anchor: string, context: number]} Code
 * @typedef {[entry: number, pattern: string, anchors: string]} Signature
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

  /** @param {number} hash */
  const slot = (hash) => (hash ^ (hash >>> 16)) & (FILTER - 1);

  /* Words that lead to parts of an index */

  const SEED = 0x811c9dc5;

  /** One more unit of a word, in lower case: FNV-1a. @param {number} hash @param {number} unit */
  const mixed = (hash, unit) => Math.imul(hash ^ (unit >= 65 && unit <= 90 ? unit + 32 : unit), 0x01000193);

  /** The last steps of a hash, as route.rs makes it. @param {number} hash */
  function finished(hash) {
    hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
    hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
    return (hash ^ (hash >>> 16)) >>> 0;
  }

  /** @param {string} word */
  function hashed(word) {
    let hash = SEED;
    for (let at = 0; at < word.length; at += 1) hash = mixed(hash, word.charCodeAt(at));
    return hash;
  }

  /** Tells the part that the hash of a word leads to, -1 for none. @param {Route} route @returns {(hash: number) => number} */
  function router([parts, bits, count, steps]) {
    const mask = 2 ** bits - 1;
    const marks = new Uint8Array(2 ** Math.max(0, bits - 3));
    const bytes = atob(steps.padEnd(Math.ceil(steps.length / 4) * 4, "A"));
    let at = 0;
    const bit = () => (bytes.charCodeAt(at >> 3) >> (7 - (at++ & 7))) & 1;
    for (let done = 0, hash = 0; done < count; done += 1) {
      while (bit()) hash += 128;
      for (let place = 6; place >= 0; place -= 1) hash += bit() << place;
      marks[hash >> 3] |= 1 << (hash & 7);
    }
    return (unfinished) => {
      const hash = finished(unfinished) & mask;
      return marks[hash >> 3] & (1 << (hash & 7)) ? hash % parts : -1;
    };
  }

  /** Tells the unfinished hash of every word, also of words that a line's end cuts in two. @param {string} text @param {(hash: number) => void} tell */
  function eachWord(text, tell) {
    let [hash, before, end] = [SEED, SEED, -1];
    let isSeam = false;
    for (let at = 0; at <= text.length; at += 1) {
      const unit = at < text.length ? text.charCodeAt(at) : 32;
      if (isWord(unit)) {
        hash = mixed(hash, unit);
        if (isSeam) before = mixed(before, unit);
        continue;
      }
      if (hash !== SEED) {
        tell(hash);
        if (isSeam) tell(before);
        before = hash;
        end = at;
      }
      isSeam = unit === 10 && (end === at || (end === at - 1 && text.charCodeAt(end) === 13));
      hash = SEED;
    }
  }

  /** A text that may be one code, without what people put around it, in lower case. @param {string} text */
  const bare = (text) => text.replace(/^[ \t\r\n"'`()[\],;.:]+/, "").replace(/[ \t\r\n"'`()[\],;.:]+$/, "");

  /** Prepares an index. @param {Head} head */
  function prepare(head) {
    /** @type {Map<number, Guide>} */
    const guides = new Map();
    /** @type {Code[]} */
    const codes = [];
    /** @type {Signature[]} */
    const signatures = [];
    /** @type {Map<string, Anchored>} */
    const byAnchor = new Map();
    const filter = new Uint8Array(FILTER);
    /** @type {number[]} */
    const unanchored = [];
    let longest = 0;
    const partOf = head.route ? router(head.route) : null;
    /** @type {Set<string>} */
    const taken = new Set();

    /** @param {string} anchor @returns {Anchored} */
    const anchored = (anchor) => {
      let known = byAnchor.get(anchor);
      if (!known) {
        byAnchor.set(anchor, (known = { codes: [], signatures: [] }));
        filter[slot([...anchor].reduce((hash, letter) => mixed(hash, letter.charCodeAt(0)), 0))] = 1;
        longest = Math.max(longest, anchor.length);
      }
      return known;
    };

    /** @param {number} number */
    function kindOf(number) {
      for (const [kind, count] of head.kinds) if ((number -= count) < 0) return kind;
      return "";
    }
    const count = head.kinds.reduce((sum, [, some]) => sum + some, 0);

    /** @param {RawGuide[]} some */
    function takeGuides(some) {
      for (const [number, provider, code, title, slug, summary] of some) {
        const [name, folder] = head.providers[provider];
        guides.set(number, { href: folder + (slug || lower(code)) + head.end, kind: kindOf(number), code, title, provider: name, summary: summary ?? guides.get(number)?.summary });
      }
    }

    /** @param {RawPart} part */
    function takePart(part) {
      takeGuides(part.guides);
      const numbers = part.guides.map(([number]) => number);
      for (const [guide, context, given, anchor] of part.codes) {
        const text = given || part.guides[guide][2];
        const code = /** @type {Code} */ ([numbers[guide], text, anchor ?? lower(text), context]);
        if (code[2]) anchored(code[2]).codes.push(codes.length);
        codes.push(code);
      }
      for (const [guide, ...rest] of part.signatures) {
        for (let at = 0; at < rest.length; at += 2) {
          const anchors = rest[at + 1];
          if (!anchors) unanchored.push(signatures.length);
          for (const anchor of anchors.split(" ").filter(Boolean)) anchored(anchor).signatures.push(signatures.length);
          signatures.push([numbers[guide], rest[at], anchors]);
        }
      }
    }
    takePart(head.part);

    /** Takes a file of the index. @param {string} name @param {any} data */
    function take(name, data) {
      if (taken.has(name)) return;
      taken.add(name);
      if (name.startsWith("parts/")) takePart(data);
      else if (name.startsWith("guides/")) takeGuides(data);
      else search.take(data);
    }

    /** The files that must be taken before a text can be recognised. @param {string} text @returns {string[]} */
    function forText(text) {
      if (!partOf) return [];
      /** @type {Set<number>} */
      const parts = new Set();
      const add = (/** @type {number} */ hash) => {
        const part = partOf(hash);
        if (part >= 0) parts.add(part);
      };
      add(hashed(bare(text)));
      eachWord(text, add);
      const sign = /[\\\x1b]/g;
      for (let found; (found = sign.exec(text)); ) {
        const end = text.indexOf("\n", found.index);
        const line = text.slice(text.lastIndexOf("\n", found.index) + 1, end < 0 ? text.length : end);
        for (const reading of readings(line)) eachWord(reading.text, add);
        sign.lastIndex = end < 0 ? text.length : end;
      }
      return [...parts].map((part) => `parts/${part}`).filter((name) => !taken.has(name));
    }

    /** The files that describe guides which were found. @param {Hit[]} hits @returns {string[]} */
    function forHits(hits) {
      const unknown = hits.filter(({ entry }) => guides.get(entry)?.summary === undefined);
      return [...new Set(unknown.map(({ entry }) => `guides/${Math.floor(entry / 32)}`))];
    }
    const search = prepareSearch(count, head.words, (guide) => kindOf(guide) === "error");

    /** @type {Map<string, RegExp>} */
    const compiled = new Map();
    /** @param {string} source */
    const regex = (source) => {
      const known = compiled.get(source) ?? new RegExp(source, "u");
      compiled.set(source, known);
      return known;
    };

    /** @param {Window_} window @param {number} start @param {number[]} places @param {Found[]} found */
    function matchCodes(window, start, places, found) {
      const { text } = window;
      for (const at of places) {
        const [entry, code, anchor, context] = codes[at];
        const from = start - lower(code).indexOf(anchor);
        const to = from + code.length;
        // Codes of nothing but letters are words in other letter case.
        const same = context < 0 && /^[A-Za-z]+$/.test(code) ? (/** @type {string} */ one) => one : lower;
        if (from < 0 || same(text.slice(from, to)) !== same(code) || !standsAlone(text, from, to)) continue;
        if (context >= 0 && !regex(head.contexts[context]).test(text.slice(Math.max(0, from - 64), from))) continue;
        found.push({ entry, reason: "code", ...place(window, from, to), count: 1, strength: [...code].length });
      }
    }

    /** @param {Window_} window @param {number} line @param {number} at @returns {Found | null} */
    function matchSignature(window, line, at) {
      const [entry, pattern] = signatures[at];
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
      const code = bare(text);
      if (!code || code.length > 100) return [];
      const at = text.indexOf(code);
      const before = text.slice(0, at);
      const line = before.split("\n").length - 1;
      const start = at - (before.lastIndexOf("\n") + 1);
      const known = codes.filter(([, one]) => lower(one) === lower(code));
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

    return { guides, take, forText, recognise, forWords: search.files(taken), search: search.find, forHits };
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

  const WORTHS = { w: 8, x: 3, y: 2, z: 1 };

  /** Words are grouped by so many of their first letters; only words of a group are taken for each other's slips. */
  const GROUP = 2;

  /** @param {number} count @param {string[]} from Where each file of words begins. @param {(guide: number) => boolean} isError */
  function prepareSearch(count, from, isError) {
    /** @type {Map<string, Map<number, number>>} */
    const known = new Map();

    /** @param {string} text */
    function take(text) {
      for (const line of text.split("\n")) {
        const [word, steps] = line.split(" ");
        if (!steps) continue;
        const guides = new Map();
        let guide = 0;
        for (const [, step, end] of steps.matchAll(/([0-9a-v]*)([w-z])/g)) {
          guide += step ? Number.parseInt(step, 32) : 0;
          guides.set(guide, WORTHS[/** @type {"w"} */ (end)]);
        }
        known.set(word, guides);
      }
    }

    /** The files that have the words of a text. @param {Set<string>} taken @returns {(text: string) => string[]} */
    const files = (taken) => (text) => {
      const places = asked(text).map((word) => from.filter((one) => one <= word.slice(0, GROUP)).length - 1);
      return [...new Set(places)].filter((place) => place >= 0).map((place) => `words/${place}`).filter((name) => !taken.has(name));
    };
    const asked = (/** @type {string} */ text) => [...new Set(telling(text))].slice(0, 200);

    /** @param {Map<string, Map<number, number>>} all @param {string} word @param {boolean} withTypos @returns {[string, number][]} */
    function like(all, word, withTypos) {
      /** @type {[string, number][]} */
      const alike = all.has(word) ? [[word, 4]] : [];
      if (word.length >= 3) for (const one of all.keys()) if (one !== word && one.startsWith(word)) alike.push([one, 2]);
      if (alike.length > 0 || !withTypos || /^[0-9]+$/.test(word) || word.length < 5) return alike;
      const most = word.length >= 8 ? 2 : 1;
      const near = [...all.keys()].filter((one) => one.slice(0, GROUP) === word.slice(0, GROUP) && Math.abs(one.length - word.length) <= most && one.length >= 5).map((one) => /** @type {[string, number]} */ ([one, edits(word, one)]));
      const least = Math.min(most, ...near.map(([, distance]) => distance));
      return near.filter(([, distance]) => distance === least).map(([one]) => [one, 1]);
    }

    /** The guides that share most words with a text. @param {string} text @returns {Hit[]} */
    function find(text) {
      const words = asked(text);
      const scores = new Array(count).fill(0);
      for (const word of words) {
        /** @type {Map<number, number>} */
        const best = new Map();
        for (const [one, quality] of like(known, word, words.length <= 12)) {
          const guides = known.get(one) ?? new Map();
          const rarity = 32 - Math.clz32(Math.floor(count / guides.size));
          for (const [guide, worth] of guides) best.set(guide, Math.max(best.get(guide) ?? 0, worth * rarity * quality));
        }
        for (const [guide, score] of best) scores[guide] += score;
      }
      const order = [...scores.keys()].filter((guide) => scores[guide] > 0);
      const later = (/** @type {number} */ guide) => (isError(guide) ? 0 : 1);
      order.sort((a, b) => scores[b] - scores[a] || later(a) - later(b) || a - b);
      const good = order.filter((guide) => scores[guide] * 2 >= scores[order[0]]).slice(0, 8);
      return good.map((entry) => ({ entry, reason: "words", line: 1, start: 0, end: 0, count: 1 }));
    }
    return { take, files, find };
  }

  Object.assign(globalThis, { fieldguideLookup: prepare });
})();
