// The browser: Debian's Chromium, and the windows that pages are looked at in.

import { existsSync } from "node:fs";
import { chromium } from "playwright-core";
import { today } from "./sites.js";

/** @typedef {import("playwright-core").Browser} Browser */
/** @typedef {import("playwright-core").Page} Page */

/** Where Chromium is; CHROMIUM names another. */
export const executable = process.env.CHROMIUM ?? "/usr/bin/chromium";

/** The windows that everything is looked at in. */
export const desktop = { width: 1280, height: 800 };
export const phone = { width: 390, height: 844 };

/** @type {("light" | "dark")[]} */
export const schemes = ["light", "dark"];

/** @returns {Promise<Browser>} */
export function launch() {
  if (!existsSync(executable)) throw new Error(`no browser at ${executable}; install chromium or set CHROMIUM`);
  // Without hinting and subpixels letters look alike on every machine. Root in a container has no sandbox to use.
  return chromium.launch({
    executablePath: executable,
    args: ["--no-sandbox", "--font-render-hinting=none", "--disable-lcd-text", "--force-color-profile=srgb"],
  });
}

/**
 * Opens a window, hands it on and closes it.
 * @template T
 * @param {Browser} browser
 * @param {import("playwright-core").BrowserContextOptions} options
 * @param {(page: Page) => Promise<T>} look
 * @returns {Promise<T>}
 */
export async function within(browser, options, look) {
  const context = await browser.newContext(options);
  try {
    // Reviews that are overdue depend on the day.
    await context.clock.setFixedTime(today);
    return await look(await context.newPage());
  } finally {
    await context.close();
  }
}
