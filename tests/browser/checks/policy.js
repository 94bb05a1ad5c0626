// The strict policy is never broken, nothing is said in the console, nothing is loaded from elsewhere, and no page is inline anywhere.
// Structured data may stand in a page: browsers run nothing of its type, and the policy does not ask about it.

import { desktop, within } from "../lib/browser.js";

/** @param {import("../run.js").Given} given */
export async function check({ browser, own, sample }) {
  /** @type {string[]} */
  const wrong = [];
  for (const site of [own, sample]) {
    await within(browser, { viewport: desktop }, async (page) => {
      let path = "";
      page.on("console", (message) => wrong.push(`${path}: the console says ${message.text()}`));
      page.on("pageerror", (error) => wrong.push(`${path}: ${error.message}`));
      page.on("request", (request) => {
        if (!request.url().startsWith(site.address)) wrong.push(`${path}: asks for ${request.url()}`);
      });
      page.on("response", (response) => {
        if (response.status() >= 400) wrong.push(`${path}: ${response.status()} for ${response.url()}`);
      });
      for (path of site.pages) {
        await page.goto(site.address + path);
        const inline = await page.evaluate(() => {
          const handlers = [...document.querySelectorAll("*")].filter((element) => element.getAttributeNames().some((name) => name === "style" || name.startsWith("on")));
          return [...document.querySelectorAll('style, script:not([src], [type="application/ld+json"])'), ...handlers].map((element) => element.outerHTML.slice(0, 80));
        });
        wrong.push(...inline.map((element) => `${path}: ${element}`));
      }
    });
  }
  return wrong;
}
