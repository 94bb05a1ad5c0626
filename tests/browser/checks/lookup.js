// The lookup box: typed, pasted, by keyboard alone, from disk, under a base path, without a script; nothing that is pasted is sent.

import { cpSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { desktop, phone, within } from "../lib/browser.js";
import { serve } from "../lib/server.js";
import { project } from "../lib/sites.js";

const message = "AADSTS50076: Due to a configuration change, tenant 11111111-2222-3333-4444-555555555555";

/** @param {import("../run.js").Given} given */
export async function check({ browser, own }) {
  /** @type {string[]} */
  const wrong = [];
  const under = mkdtempSync(join(tmpdir(), "fieldguide-lookup-"));
  cpSync(own.folder, join(under, "docs"), { recursive: true });
  const server = await serve(under);
  try {
    const places = [own.address, `${server.address}docs/`, `${pathToFileURL(own.folder)}/`];
    for (const [name, at] of ["at a root", "under a base path", "from disk"].map((name, index) => [name, places[index]])) {
      wrong.push(...(await pasted(browser, at)).map((finding) => `${name}: ${finding}`));
    }
    wrong.push(...(await byKeyboard(browser, own.address)), ...(await shared(browser, own.address)), ...(await fast(browser, own.address)));
    wrong.push(...(await missing(browser, own.address)), ...(await withoutScript(browser, own.address)), ...(await agrees(browser, own)));
  } finally {
    server.close();
    rmSync(under, { recursive: true, force: true });
  }
  return wrong;
}

/** @typedef {import("../lib/browser.js").Browser} Browser */
/** @typedef {import("../lib/browser.js").Page} Page */

const box = "form.find input";
const first = "form.find [role=option]";

/** @param {boolean} holds @param {string} otherwise */
const unless = (holds, otherwise) => (holds ? [] : [otherwise]);

/** @param {Page} page @param {string} text */
async function paste(page, text) {
  await page.focus(box);
  await page.locator(box).evaluate((field, pasted) => {
    const clipboardData = new DataTransfer();
    clipboardData.setData("text/plain", pasted);
    field.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }));
  }, text);
}

/** Nothing is loaded before the box has focus; a pasted log leads to its guides, in order; no request says what was pasted. @param {Browser} browser @param {string} address */
function pasted(browser, address) {
  return within(browser, { viewport: phone }, async (page) => {
    /** @type {string[]} */
    const sent = [];
    /** @type {string[]} */
    const errors = [];
    page.on("request", (request) => sent.push(`${request.url()} ${request.postData() ?? ""}`));
    page.on("pageerror", (error) => errors.push(error.message));
    page.on("console", (said) => said.type() === "error" && errors.push(said.text()));
    await page.goto(`${address}errors/http/429/index.html`);
    const before = sent.filter((url) => /lookup\/.*js/.test(url));
    await paste(page, `starting\n< HTTP/2 503 \n${message}\nHTTP/1.1 503 again`);
    await page.waitForSelector(first);
    const shown = await page.locator(first).allInnerTexts();
    const marked = await page.locator(`${first} mark`).allInnerTexts();
    const status = await page.locator("form.find [role=status]").innerText();
    await page.waitForFunction(() => document.querySelector("form.find [role=option] > p.small:last-child")?.textContent);
    await page.locator(`${first} a`).nth(1).click();
    await page.waitForURL(/aadsts50076/);
    return [
      ...unless(before.length === 0, `loads ${before} before the box has focus`),
      ...unless(shown.length === 2 && shown[0].includes("503") && shown[0].includes("line 2 and 1 more") && shown[1].includes("AADSTS50076"), `shows ${JSON.stringify(shown)}`),
      ...unless(marked[0]?.includes("503") && marked[1]?.includes("AADSTS50076"), `marks ${JSON.stringify(marked)}`),
      ...unless(status === "Recognised: 2 guides", `says ${status}`),
      ...unless(!sent.some((request) => /11111111|configuration/.test(decodeURIComponent(request))), `sends what was pasted: ${sent}`),
      ...errors,
    ];
  });
}

/** `/` goes to the box, arrows choose, Enter opens, Esc closes, then leaves. @param {Browser} browser @param {string} address */
function byKeyboard(browser, address) {
  return within(browser, { viewport: desktop }, async (page) => {
    await page.goto(`${address}about/index.html`);
    await page.keyboard.press("/");
    const focused = await page.evaluate(() => document.activeElement?.id);
    await page.keyboard.type("too many reqeusts");
    await page.waitForSelector(first);
    await page.keyboard.press("ArrowDown");
    const field = page.locator(box);
    const active = await field.getAttribute("aria-activedescendant");
    const chosen = await page.locator(`#${active}`).getAttribute("aria-selected");
    await page.keyboard.press("Escape");
    const closed = await field.getAttribute("aria-expanded");
    await page.keyboard.press("Escape");
    const left = await page.evaluate(() => document.activeElement?.tagName);
    await page.keyboard.press("/");
    await field.fill("429");
    await page.waitForSelector(first);
    await page.keyboard.press("Enter");
    await page.waitForURL(/http\/429/);
    return [
      ...unless(focused === "find", `/ focuses ${focused}`),
      ...unless(active === "hit-0" && chosen === "true", `the arrow chooses ${active}, ${chosen}`),
      ...unless(closed === "false" && left === "BODY", `Escape leaves the list ${closed}, the focus on ${left}`),
    ];
  });
}

/** An address with a fragment is a lookup. @param {Browser} browser @param {string} address */
function shared(browser, address) {
  return within(browser, { viewport: desktop }, async (page) => {
    await page.goto(`${address}lookup/index.html#q=${encodeURIComponent("rpc error: code = Unavailable desc = x")}`);
    await page.waitForSelector(first);
    const shown = await page.locator(first).first().innerText();
    return unless(shown.includes("UNAVAILABLE"), `the shared lookup shows ${shown}`);
  });
}

/** A log of a megabyte is answered within 50 ms. @param {Browser} browser @param {string} address */
function fast(browser, address) {
  return within(browser, { viewport: desktop }, async (page) => {
    await page.goto(`${address}index.html`);
    await page.focus(box);
    await page.waitForFunction(() => "fieldguideData" in globalThis && "fieldguideLookup" in globalThis);
    const times = await page.evaluate(async () => {
      const world = /** @type {any} */ (globalThis);
      const lookup = world.fieldguideLookup(world.fieldguideData.index);
      const need = (/** @type {string[]} */ names) => Promise.all(names.map(async (name) => {
        if (!(name in world.fieldguideData)) await new Promise((done) => document.head.append(Object.assign(document.createElement("script"), { src: `lookup/${name}.js`, onload: done })));
        lookup.take(name, world.fieldguideData[name]);
      }));
      const line = (/** @type {number} */ at) => `2026-11-24T03:12:${at % 60}.113Z INFO [worker-${at}] request finished method=GET path=/v1/items/${at} status=200 bytes=${at * 7} duration=${at % 900}ms\n`;
      const log = `${Array.from({ length: 8700 }, (_, at) => line(at)).join("")}HTTP/1.1 503 Service Unavailable\n`;
      await need(lookup.forText(log));
      return [1, 2, 3, 4, 5].map(() => {
        const started = performance.now();
        if (lookup.forText(log).length > 0 || lookup.recognise(log).length !== 1 || log.length < 1e6) throw new Error("the log is not as it should be");
        return performance.now() - started;
      });
    });
    const middle = times.sort((a, b) => a - b)[2];
    console.log(`  a log of a megabyte: ${middle.toFixed(0)} ms`);
    return unless(middle <= 50, `a log of a megabyte takes ${middle} ms`);
  });
}

/** The page for addresses that do not exist offers what was meant. @param {Browser} browser @param {string} address */
function missing(browser, address) {
  return within(browser, { viewport: desktop }, async (page) => {
    await page.goto(`${address}errors/entra/aadsts50067/`);
    await page.waitForSelector("[data-nearest] a").catch(() => {});
    const offered = await page.locator("[data-nearest] a").allInnerTexts();
    return unless(offered.some((text) => text.includes("AADSTS50076")), `the page for a missing address offers ${JSON.stringify(offered)}`);
  });
}

/** Without a script the form leads to every code, and sends nothing. @param {Browser} browser @param {string} address */
function withoutScript(browser, address) {
  return within(browser, { viewport: desktop, javaScriptEnabled: false }, async (page) => {
    await page.goto(`${address}errors/http/429/index.html`);
    await page.fill(box, message);
    await page.click("form.find button");
    await page.waitForURL(/codes\//);
    return unless(!page.url().includes("AADSTS"), `without a script ${page.url()} says what was pasted`);
  });
}

/** The browser's own engine gives the hits that Rust gives, on every text of `cargo test --test it lookup`. @param {Browser} browser @param {import("../lib/sites.js").Site} own */
function agrees(browser, own) {
  const vectors = readFileSync(join(project, "target/tmp/lookup.json"), "utf8");
  return within(browser, { viewport: desktop }, async (page) => {
    await page.goto(`${own.address}index.html`);
    await page.focus(box);
    await page.waitForFunction(() => "fieldguideData" in globalThis && "fieldguideLookup" in globalThis);
    const [count, wrong] = await page.evaluate(async (text) => {
      const world = /** @type {any} */ (globalThis);
      const lookup = world.fieldguideLookup(world.fieldguideData.index);
      const need = async (/** @type {string[]} */ names) => {
        for (const name of names) {
          if (!(name in world.fieldguideData)) await new Promise((done) => document.head.append(Object.assign(document.createElement("script"), { src: `lookup/${name}.js`, onload: done })));
          lookup.take(name, world.fieldguideData[name]);
        }
      };
      /** @type {{ text: string, hits: unknown[] }[]} */
      const all = JSON.parse(text);
      const differ = [];
      for (const { text, hits } of all) {
        await need(lookup.forText(text));
        let found = lookup.recognise(text);
        if (found.length === 0) {
          await need(lookup.forWords(text));
          found = lookup.search(text);
          await need(lookup.forHits(found));
        }
        const lines = text.split("\n");
        const told = found.map((/** @type {any} */ { entry, reason, line, start, end, count }) => [lookup.guides.get(entry).title, reason, line, lines[line - 1].slice(start, end), count]);
        if (JSON.stringify(told) !== JSON.stringify(hits)) differ.push(text.slice(0, 200));
      }
      return /** @type {[number, string[]]} */ ([all.length, differ]);
    }, vectors);
    console.log(`  ${count} texts in Chromium, ${wrong.length} with other hits than in Rust`);
    return [...unless(count > 1000, "too few texts"), ...wrong.slice(0, 5).map((text) => `another hit than in Rust: ${text}`)];
  });
}
