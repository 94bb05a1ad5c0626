// The page types of the sample as pictures, compared with pictures/: two windows, two themes. At most one pixel in 200 may differ,
// which forgives other edges of letters in another Chromium and nothing else. `UPDATE=1` rewrites the references.

import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import pixelmatch from "pixelmatch";
import { PNG } from "pngjs";
import { desktop, phone, schemes, within } from "../lib/browser.js";
import { samplePages } from "../lib/types.js";

const allowed = 1 / 200;
/** Pages are cut here, so that references stay small. */
const tallest = 1200;
const references = fileURLToPath(new URL("../pictures/", import.meta.url));
const failures = fileURLToPath(new URL("../failed/", import.meta.url));
/** The letters of the references; a machine may have others. */
const letters = ":root { --sans: 'DejaVu Sans'; --mono: 'DejaVu Sans Mono' }";

/** @param {import("../run.js").Given} given */
export async function check({ browser, sample }) {
  rmSync(failures, { recursive: true, force: true });
  /** @type {string[]} */
  const wrong = [];
  for (const viewport of [desktop, phone]) {
    for (const colorScheme of schemes) {
      await within(browser, { viewport, colorScheme, bypassCSP: true, reducedMotion: "reduce" }, async (page) => {
        for (const [type, path] of Object.entries(samplePages)) {
          await page.goto(sample.address + path, { waitUntil: "networkidle" });
          await page.addStyleTag({ content: letters });
          const found = compare(`${type}-${viewport.width}-${colorScheme}.png`, await picture(page, viewport));
          if (found !== null) wrong.push(found);
        }
      });
    }
  }
  return wrong;
}

/** @param {import("playwright-core").Page} page @param {{ width: number, height: number }} viewport */
async function picture(page, viewport) {
  const height = await page.evaluate(() => document.documentElement.scrollHeight);
  return page.screenshot({ fullPage: true, clip: { x: 0, y: 0, width: viewport.width, height: Math.min(height, tallest) } });
}

/** @param {string} name @param {Buffer} bytes @returns {string | null} What is wrong. */
function compare(name, bytes) {
  const file = join(references, name);
  if (process.env.UPDATE || !existsSync(file)) {
    if (!process.env.UPDATE) return `${name}: there is no reference; UPDATE=1 makes it`;
    mkdirSync(references, { recursive: true });
    // Of flat colours, rows without filters pack best.
    writeFileSync(file, PNG.sync.write(PNG.sync.read(bytes), { colorType: 2, deflateLevel: 9, filterType: 0, deflateStrategy: 0 }));
    return null;
  }
  const [now, before] = [PNG.sync.read(bytes), PNG.sync.read(readFileSync(file))];
  if (now.width !== before.width || now.height !== before.height) {
    keep(name, bytes);
    return `${name}: ${now.width} × ${now.height}, was ${before.width} × ${before.height}`;
  }
  const marked = new PNG({ width: now.width, height: now.height });
  const share = pixelmatch(before.data, now.data, marked.data, now.width, now.height, { threshold: 0.1 }) / (now.width * now.height);
  if (share <= allowed) return null;
  keep(name, PNG.sync.write(marked));
  return `${name}: ${(share * 100).toFixed(2)} % of the pixels differ; failed/${name} shows where`;
}

/** @param {string} name @param {Buffer} bytes */
function keep(name, bytes) {
  mkdirSync(failures, { recursive: true });
  writeFileSync(join(failures, name), bytes);
}
