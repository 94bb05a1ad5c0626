// What a page can do more with a script: buttons on code, tabs that remember a language, contents that follow the scroll, a way
// through a triage tree, and a note on reviews that are overdue. Every page is whole without it. One file, so that it is one request;
// a script and not a module, since browsers load no modules from disk.

(() => {
  "use strict";

  /** @template {Element} E @param {string} selector @param {ParentNode} [within] @returns {E[]} */
  const all = (selector, within = document) => [...within.querySelectorAll(/** @type {any} */ (selector))];

  /** @param {string} text @param {() => void} act */
  function button(text, act) {
    const made = document.createElement("button");
    made.type = "button";
    made.textContent = text;
    made.addEventListener("click", act);
    return made;
  }

  // A browser may refuse to keep anything.
  /** @param {string} name @param {string} value */
  function keep(name, value) {
    try {
      localStorage.setItem(name, value);
    } catch {}
  }

  /** @param {string} name */
  function kept(name) {
    try {
      return localStorage.getItem(name);
    } catch {
      return null;
    }
  }

  /* Code: copy, wrap */

  /** What somebody wants to paste: of a console session the commands, without prompts and output. @param {Element} code */
  function copied(code) {
    const text = code.textContent ?? "";
    if (!code.classList.contains("language-console")) return text;
    let goesOn = false;
    const commands = text.split("\n").flatMap((line) => {
      const found = /^(?:PS> |[$#%>] )(.*)$/.exec(line);
      const command = found && (!goesOn || line.startsWith("> ")) ? found[1] : goesOn ? line : null;
      goesOn = command?.trimEnd().endsWith("\\") ?? false;
      return command === null ? [] : [command];
    });
    return commands.length > 0 ? `${commands.join("\n")}\n` : text;
  }

  const said = document.createElement("p");
  said.className = "unseen";
  said.setAttribute("role", "status");

  for (const figure of all("figure.code")) {
    const [caption, pre, code] = ["figcaption", "pre", "code"].map((name) => figure.querySelector(name));
    if (!caption || !pre || !code) continue;
    const wrap = button("Wrap", () => wrap.setAttribute("aria-pressed", String(pre.classList.toggle("wrap"))));
    wrap.setAttribute("aria-pressed", "false");
    // Only where lines are longer than the window; tabs have no size until they are shown.
    new ResizeObserver(() => {
      wrap.hidden = !pre.classList.contains("wrap") && pre.scrollWidth <= pre.clientWidth + 1;
    }).observe(pre);
    const copy = button("Copy", async () => {
      await navigator.clipboard.writeText(copied(code));
      copy.textContent = said.textContent = "Copied";
      setTimeout(() => (copy.textContent = "Copy", said.textContent = ""), 2000);
    });
    caption.append(wrap);
    // Browsers give the clipboard to pages over https only.
    if (navigator.clipboard) caption.append(copy);
  }
  document.body.append(said);

  /* Tabs: the language chosen last is chosen everywhere */

  /** @type {HTMLInputElement[]} */
  const tabs = all(".tabs input");
  const named = (/** @type {HTMLInputElement} */ input) => input.labels?.[0]?.textContent ?? "";

  /** @param {string | null} name */
  function choose(name) {
    for (const input of tabs) if (named(input) === name) input.checked = true;
  }

  choose(kept("tab"));
  for (const input of tabs) {
    input.addEventListener("change", () => {
      const top = input.getBoundingClientRect().top;
      choose(named(input));
      // Groups further up may have changed their height.
      scrollBy({ top: input.getBoundingClientRect().top - top, behavior: "instant" });
      keep("tab", named(input));
    });
  }

  /* Contents: where the reader is */

  /** @type {HTMLAnchorElement[]} */
  const entries = all(".contents a");
  /** @type {Map<Element, HTMLAnchorElement>} */
  const entryOf = new Map();
  for (const entry of entries) {
    const section = document.getElementById(decodeURIComponent(entry.hash.slice(1)))?.closest("section");
    if (section) entryOf.set(section, entry);
  }
  /** @type {Set<Element>} */
  const inView = new Set();
  const watcher = new IntersectionObserver(
    (changes) => {
      for (const { target, isIntersecting } of changes) inView[isIntersecting ? "add" : "delete"](target);
      const current = [...entryOf.keys()].find((section) => inView.has(section));
      if (!current) return;
      for (const [section, entry] of entryOf) entry.toggleAttribute("aria-current", section === current);
      entryOf.get(current)?.setAttribute("aria-current", "true");
    },
    { rootMargin: "-96px 0px -60% 0px" },
  );
  for (const section of entryOf.keys()) watcher.observe(section);

  /* Reviews that are overdue on the reader's day */

  const today = new Date().toISOString().slice(0, 10);
  /** @type {HTMLElement[]} */
  const notes = all("[data-after], [data-until]");
  for (const note of notes) note.hidden = note.dataset.after ? today <= note.dataset.after : today > (note.dataset.until ?? "");

  /* Lookup: its script comes with the first need of it */

  /** @type {HTMLFormElement | null} */
  const find = document.querySelector("form.find");
  if (find) {
    const load = () => {
      find.removeEventListener("focusin", load);
      const script = document.createElement("script");
      script.src = `${find.dataset.root}${find.dataset.box}`;
      document.head.append(script);
    };
    // Only with a script the field is more than a field.
    const combobox = { role: "combobox", "aria-expanded": "false", "aria-haspopup": "listbox", "aria-autocomplete": "list" };
    for (const [name, value] of Object.entries(combobox)) find.querySelector("input")?.setAttribute(name, value);
    // Single keys can be switched off, as WCAG 2.1.4 asks; Ctrl K stays.
    let isOff = kept("slash") === "off";
    addEventListener("keydown", (event) => {
      const isField = /^(INPUT|TEXTAREA|SELECT)$/.test(/** @type {Element} */ (event.target).tagName);
      const isSlash = event.key === "/" && !isOff && !isField && !event.ctrlKey && !event.metaKey && !event.altKey;
      if (!isSlash && !(event.key === "k" && (event.ctrlKey || event.metaKey))) return;
      event.preventDefault();
      find.querySelector("input")?.focus();
    });
    const shortcut = button("Key / for lookup", () => {
      isOff = !isOff;
      keep("slash", isOff ? "off" : "on");
      shortcut.setAttribute("aria-pressed", String(!isOff));
    });
    shortcut.setAttribute("aria-pressed", String(!isOff));
    document.querySelector("footer nav")?.append(shortcut);
    find.addEventListener("focusin", load);
    // A shared lookup, an address that does not exist, and a reader who was faster than this script.
    if (location.hash.startsWith("#q=") || document.querySelector("[data-nearest]") || find.contains(document.activeElement)) load();
  }

  /* Triage: the way taken. It stands in the fragment, `#status.2/upstream`: at `status` the second answer, now at `upstream`. */

  /** @typedef {{ id: string, answer: number }} Step */

  /** @type {HTMLElement[]} */
  const nodes = all(".node");
  const way = document.querySelector(".way");

  /** @returns {Step[]} The steps in the address; none where it is something else. */
  function taken() {
    const steps = decodeURIComponent(location.hash.slice(1)).split("/").map((part) => {
      const [id, answer] = part.split(".");
      return { id, answer: Number(answer ?? 0) };
    });
    return steps.every(({ id }) => nodes.some((node) => node.id === id)) ? steps : [];
  }

  /** @param {Step[]} steps */
  const fragment = (steps) => `#${steps.map(({ id, answer }) => (answer ? `${id}.${answer}` : id)).join("/")}`;

  /** @param {HTMLElement} node @returns {HTMLAnchorElement[]} */
  const answers = (node) => all(".branches li > a", node);

  function show() {
    const steps = taken();
    const here = steps.at(-1)?.id;
    for (const node of nodes) {
      const step = steps.find(({ id }) => id === node.id);
      node.classList.toggle("taken", step !== undefined);
      if (node.id === here) node.setAttribute("aria-current", "step");
      else node.removeAttribute("aria-current");
      answers(node).forEach((link, index) => link.parentElement?.classList.toggle("chosen", step?.answer === index + 1));
    }
    if (!way) return;
    const links = steps.map(({ id }, index) => {
      const link = document.createElement("a");
      link.href = fragment([...steps.slice(0, index), { id, answer: 0 }]);
      const number = nodes.findIndex((node) => node.id === id) + 1;
      link.textContent = String(number);
      link.setAttribute("aria-label", `Step ${number}`);
      return link;
    });
    if (steps.length < 2) way.textContent = "Follow the answers.";
    else way.replaceChildren("Your way: ", ...links, button("Start over", () => (location.hash = nodes[0].id)));
  }

  /** Goes to the last step of the address; a browser finds only single steps itself. */
  function go() {
    show();
    const here = document.getElementById(taken().at(-1)?.id ?? "");
    if (!here) return;
    here.tabIndex = -1;
    here.focus({ preventScroll: true });
    here.scrollIntoView();
  }

  if (nodes.length > 0) {
    for (const node of nodes) {
      answers(node).forEach((link, index) =>
        link.addEventListener("click", (event) => {
          if (event.ctrlKey || event.metaKey || event.shiftKey) return;
          event.preventDefault();
          const steps = taken();
          const at = steps.findIndex(({ id }) => id === node.id);
          const before = at < 0 ? [] : steps.slice(0, at);
          location.hash = fragment([...before, { id: node.id, answer: index + 1 }, { id: link.hash.slice(1), answer: 0 }]);
        }),
      );
    }
    addEventListener("hashchange", go);
    if (location.hash.includes("/")) go();
    else show();
  }
})();
