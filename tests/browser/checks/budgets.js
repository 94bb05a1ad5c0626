// The budgets of every page: bytes as they are sent, requests, nothing that moves while it loads.

import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { desktop, phone, within } from "../lib/browser.js";
import { measured } from "../lib/types.js";

/** The most bytes after gzip. */
const limits = { html: 14 * 1024, css: 8 * 1024, js: 6 * 1024 };
/** The page, its stylesheet and its script; the icon is not counted. */
const requests = 3;

/** @param {import("../run.js").Given} given */
export async function check(given) {
  const { browser, own, sample } = given;
  /** @type {string[]} */
  const wrong = [];
  for (const site of [own, sample]) {
    for (const path of site.pages) {
      const bytes = sent(join(site.folder, path));
      if (bytes > limits.html) wrong.push(`${path}: ${bytes} bytes of HTML; the limit is ${limits.html}`);
    }
  }
  const files = readdirSync(own.folder);
  for (const kind of /** @type {const} */ (["css", "js"])) {
    const found = files.filter((file) => file.endsWith(`.${kind}`));
    const bytes = found.reduce((sum, file) => sum + sent(join(own.folder, file)), 0);
    console.log(`  ${kind}: ${bytes} bytes in ${found.length} file`);
    if (bytes > limits[kind]) wrong.push(`${bytes} bytes of ${kind}; the limit is ${limits[kind]}`);
  }
  for (const [name, address] of Object.entries(measured(given))) {
    for (const viewport of [desktop, phone]) {
      const found = await within(browser, { viewport }, (page) => loaded(page, address));
      if (viewport === phone) console.log(`  ${name}: ${found.html} bytes of HTML, ${found.requests} requests, CLS ${found.shift}`);
      if (found.requests > requests) wrong.push(`${name}: ${found.requests} requests; the limit is ${requests}`);
      if (found.shift > 0) wrong.push(`${name} at ${viewport.width}: moves while it loads, CLS ${found.shift}`);
    }
  }
  return wrong;
}

/** @param {string} file */
const sent = (file) => gzipSync(readFileSync(file)).length;

/** @param {import("playwright-core").Page} page @param {string} address */
async function loaded(page, address) {
  let count = 0;
  page.on("request", (request) => (count += request.url().endsWith("icon.svg") ? 0 : 1));
  const response = await page.goto(address, { waitUntil: "networkidle" });
  const shift = await page.evaluate(
    () =>
      new Promise((resolve) => {
        let sum = 0;
        new PerformanceObserver((list) => {
          for (const entry of list.getEntries()) sum += /** @type {any} */ (entry).value;
        }).observe({ type: "layout-shift", buffered: true });
        setTimeout(() => resolve(sum), 300);
      }),
  );
  const { responseBodySize } = await /** @type {import("playwright-core").Response} */ (response).request().sizes();
  return { html: responseBodySize, requests: count, shift: /** @type {number} */ (shift) };
}
