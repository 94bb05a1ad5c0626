// The lookup box of every page, loaded by theme.js with the first need of it: loads the matcher and the index, and shows where a text
// leads. Nothing that is typed or pasted leaves the page: the field has no name, and a search that is kept stands behind `#q=`.
// A combobox with a list, as the ARIA Authoring Practices have it. A script and not a module: browsers load no modules from disk.

/**
 * @typedef {{ href: string, kind: string, code: string, title: string, provider: string, summary: string | undefined }} Guide
 * @typedef {{ entry: number, reason: string, line: number, start: number, end: number, count: number }} Hit
 * @typedef {{ guides: Map<number, Guide>, take: (name: string, data: any) => void, forText: (text: string) => string[], recognise: (text: string) => Hit[], forWords: (text: string) => string[], search: (text: string) => Hit[], forHits: (hits: Hit[]) => string[] }} Lookup
 */

(() => {
  "use strict";

  const found = document.querySelector("form.find");
  if (!(found instanceof HTMLFormElement)) return;
  const form = found;
  const input = /** @type {HTMLInputElement} */ (form.querySelector("input"));
  const said = element("p", "said");
  said.setAttribute("role", "status");
  const results = element("ul", "");
  results.id = "hits";
  results.hidden = true;
  results.setAttribute("role", "listbox");
  results.setAttribute("aria-label", "Guides");
  form.append(said, results);
  input.setAttribute("aria-controls", results.id);
  const { root = "", matcher = "", style = "" } = form.dataset;
  const isPage = document.body.classList.contains("lookup-page");

  /** @type {Lookup | null} */
  let lookup = null;
  /** @type {Promise<unknown> | null} */
  let loading = null;
  /** @type {Map<string, Promise<void>>} */
  const files = new Map();
  let active = -1;
  /** What was pasted, where it has more lines than the field can hold. */
  let pasted = "";
  const asked = () => pasted || input.value;

  /** @param {string} path */
  function script(path) {
    return new Promise((done, failed) => {
      const element = document.createElement("script");
      element.src = root + path;
      element.addEventListener("load", done);
      element.addEventListener("error", failed);
      document.head.append(element);
    });
  }

  const world = /** @type {any} */ (globalThis);

  /** Loads files of the index that the matcher asks for. @param {string[]} names */
  function need(names) {
    const all = names.map((name) => {
      const coming = files.get(name) ?? script(`lookup/${name}.js`).then(() => lookup?.take(name, world.fieldguideData[name]));
      files.set(name, coming);
      // Next time it may work.
      coming.catch(() => files.delete(name));
      return coming;
    });
    return Promise.all(all);
  }

  function load() {
    loading ??= Promise.all([script(matcher), script("lookup/index.js")]).then(
      () => {
        lookup = world.fieldguideLookup(world.fieldguideData.index);
        return look();
      },
      () => {
        loading = null;
        said.textContent = "Lookup could not be loaded.";
      },
    );
    return loading;
  }

  /** @param {string} tag @param {string} name @param {...(string | Node)} content */
  function element(tag, name, ...content) {
    const made = document.createElement(tag);
    if (name) made.className = name;
    made.append(...content);
    return made;
  }

  const kinds = /** @type {Record<string, string>} */ ({ error: "Error guide", compare: "Compare guide", playbook: "Playbook", provider: "Provider" });

  /** The part of a line around what was recognised, with that part marked. @param {string} line @param {Hit} hit */
  function excerpt(line, { start, end }) {
    const from = Math.max(0, start - 30);
    const to = Math.min(end, start + 160);
    const cut = /** @type {(text: string) => string} */ ((text) => text.replace(/\x1b\[[ -?]*[@-~]/g, ""));
    return [from > 0 ? "…" : "", cut(line.slice(from, start)), element("mark", "", cut(line.slice(start, to))), cut(line.slice(to, to + 40)), to + 40 < line.length ? "…" : ""];
  }

  /** @param {Hit} hit @param {number} place @param {string[]} lines */
  function option(hit, place, lines) {
    const { href, kind, code, title, provider } = /** @type {Guide} */ (lookup?.guides.get(hit.entry));
    const link = /** @type {HTMLAnchorElement} */ (element("a", ""));
    link.href = root + href;
    link.tabIndex = -1;
    if (code) link.append(element("code", "", code), " ");
    link.append(title);
    const about = [kinds[kind], provider].filter(Boolean).join(" · ");
    const made = element("li", kind, link, " ", element("span", "small", about));
    if (hit.reason !== "words") {
      const times = hit.count > 1 ? `line ${hit.line} and ${hit.count - 1} more` : `line ${hit.line}`;
      made.append(element("p", "seen", element("span", "small", `${times}: `), element("code", "", ...excerpt(lines[hit.line - 1], hit))));
    }
    const summary = element("p", "small");
    made.append(summary);
    need(lookup?.forHits([hit]) ?? []).then(() => (summary.textContent = lookup?.guides.get(hit.entry)?.summary ?? ""), () => {});
    made.id = `hit-${place}`;
    made.setAttribute("role", "option");
    made.setAttribute("aria-selected", "false");
    made.addEventListener("click", (event) => {
      if (!(event.target instanceof HTMLAnchorElement)) link.click();
    });
    return made;
  }

  /** @returns {HTMLElement[]} */
  const options = () => [.../** @type {NodeListOf<HTMLElement>} */ (results.querySelectorAll("[role=option]"))];

  function close() {
    results.hidden = true;
    input.setAttribute("aria-expanded", "false");
    choose(-1);
  }

  /** @param {number} place */
  function choose(place) {
    active = place;
    options().forEach((one, at) => one.setAttribute("aria-selected", String(at === place)));
    const chosen = options()[place];
    if (chosen) {
      input.setAttribute("aria-activedescendant", chosen.id);
      chosen.scrollIntoView({ block: "nearest" });
    } else input.removeAttribute("aria-activedescendant");
  }

  async function look() {
    const text = asked();
    if (!lookup) return;
    if (!text.trim()) {
      close();
      said.textContent = "";
      return;
    }
    const hits = await find(lookup, text).catch(() => []);
    // The reader may have gone on.
    if (asked() === text) show(text, hits);
  }

  /** @param {Lookup} lookup @param {string} text */
  async function find(lookup, text) {
    const parts = lookup.forText(text);
    if (parts.length > 0) await need(parts);
    const sure = lookup.recognise(text);
    if (sure.length > 0) return sure;
    return byWords(lookup, text);
  }

  /** @param {Lookup} lookup @param {string} text */
  async function byWords(lookup, text) {
    await need(lookup.forWords(text));
    const hits = lookup.search(text);
    await need(lookup.forHits(hits));
    return hits;
  }

  /** @param {string} text @param {Hit[]} hits */
  function show(text, hits) {
    const lines = text.split("\n");
    const isSure = hits.some(({ reason }) => reason !== "words");
    results.replaceChildren(...hits.map((hit, place) => option(hit, place, lines)));
    const guides = hits.length === 1 ? "1 guide" : `${hits.length} guides`;
    said.textContent = hits.length === 0 ? "No guide for this yet. Check the code, or browse all errors A–Z." : isSure ? `Recognised: ${guides}` : `Not recognised; ${guides} with these words`;
    const { suggest } = world.fieldguideData.index;
    if (!isSure && suggest) {
      const link = /** @type {HTMLAnchorElement} */ (element("a", "", "Suggest a guide"));
      link.href = suggest;
      link.rel = "external noopener noreferrer";
      said.append(" ", link);
    }
    results.hidden = hits.length === 0;
    input.setAttribute("aria-expanded", String(hits.length > 0));
    choose(hits.length > 0 && isSure ? 0 : -1);
    if (isPage) history.replaceState(null, "", `#q=${encodeURIComponent(text.slice(0, 4000))}`);
  }

  // A pause in typing, so that a long text is not matched with every key.
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  input.addEventListener("input", () => {
    pasted = "";
    clearTimeout(timer);
    timer = setTimeout(() => (lookup ? look() : load()), input.value.length > 2000 ? 150 : 0);
  });

  /** Takes a text of many lines, which the field would run together. @param {string} text */
  function take(text) {
    const lines = text.trim().split("\n");
    pasted = lines.length > 1 ? text : "";
    input.value = pasted ? `${lines.length} lines: ${lines[0].slice(0, 100)}` : text;
    if (lookup) look();
    else load();
  }

  /** @param {Event} event @param {DataTransfer | null} data */
  function taken(event, data) {
    const text = data?.getData("text/plain") ?? "";
    if (!/[\r\n]/.test(text.trim())) return;
    event.preventDefault();
    take(text);
  }
  input.addEventListener("paste", (event) => taken(event, event.clipboardData));
  input.addEventListener("drop", (event) => taken(event, event.dataTransfer));
  input.addEventListener("focus", () => {
    load();
    if (lookup && asked().trim()) look();
  });
  input.addEventListener("keydown", (event) => {
    const all = options();
    const isOpen = !results.hidden && all.length > 0;
    if (event.key === "Escape") {
      if (isOpen) close();
      else input.blur();
    } else if ((event.key === "ArrowDown" || event.key === "ArrowUp") && isOpen) {
      const step = event.key === "ArrowDown" ? 1 : -1;
      choose((active + step + all.length) % all.length);
    } else if (event.key === "Enter") {
      if (isOpen) all[Math.max(active, 0)].querySelector("a")?.click();
      else form.requestSubmit();
    } else return;
    event.preventDefault();
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    load().then(() => {
      if (!isPage && results.hidden && asked().trim()) location.href = `${root}${world.fieldguideData.index.page}#q=${encodeURIComponent(asked().slice(0, 4000))}`;
    });
  });
  form.addEventListener("focusout", (event) => {
    if (!isPage && !(event.relatedTarget instanceof Node && form.contains(event.relatedTarget))) close();
  });
  if (style) {
    const sheet = document.createElement("link");
    sheet.rel = "stylesheet";
    sheet.href = root + style;
    document.head.append(sheet);
  }
  // The reader is here already.
  if (document.activeElement === input) load().then(look);

  /** Takes the text that the address brings. */
  function fromAddress() {
    const query = /^#q=(.*)$/s.exec(location.hash);
    if (!isPage || !query) return;
    input.focus();
    take(decodeURIComponent(query[1].replaceAll("+", " ")));
  }
  addEventListener("hashchange", fromAddress);
  fromAddress();

  // The page for addresses that do not exist offers what the address names.
  const missing = document.querySelector("[data-nearest]");
  if (missing) {
    const parts = decodeURIComponent(location.pathname).split(/[/.]+/).filter((part) => part && !/^(index|html?|errors?|e)$/.test(part));
    load().then(async () => {
      const last = parts.at(-1) ?? "";
      if (!lookup || !last) return;
      await need(lookup.forText(last));
      const hits = [...lookup.recognise(last), ...(await byWords(lookup, parts.slice(-2).join(" ")))];
      const links = [...new Set(hits.map(({ entry }) => entry))].slice(0, 3).map((entry) => {
        const { href, code, title } = /** @type {Guide} */ (lookup?.guides.get(entry));
        const link = /** @type {HTMLAnchorElement} */ (element("a", "", [code, title].filter(Boolean).join(" ")));
        link.href = root + href;
        return element("li", "", link);
      });
      if (links.length > 0) missing.replaceChildren(element("p", "", "Did you mean:"), element("ul", "", ...links));
    });
  }
})();
