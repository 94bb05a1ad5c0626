// What the script adds works, and what it adds to is whole without it.

import { desktop, within } from "../lib/browser.js";
import { ownPages, samplePages } from "../lib/types.js";

/** @typedef {import("playwright-core").Page} Page */

/** @param {import("../run.js").Given} given */
export async function check({ browser, own, sample }) {
  /** @type {string[]} */
  const wrong = [];
  const must = (/** @type {boolean} */ holds, /** @type {string} */ otherwise) => holds || wrong.push(otherwise);
  const options = { viewport: desktop, permissions: ["clipboard-read", "clipboard-write"] };
  await within(browser, options, async (page) => {
    await page.goto(sample.address + "errors/acme/acme1001/index.html");
    await page.click("figcaption button:text('Copy')");
    await page.waitForSelector("text=Copied");
    must((await page.evaluate(() => navigator.clipboard.readText())) === "acme status\n", "a console session is copied with its prompt or output");

    await page.goto(sample.address + samplePages.stress);
    must(await page.isVisible(".meta .overdue"), "a review that is overdue is not told");
    const long = page.locator("figure.code", { hasText: "Two hundred lines" });
    await long.getByRole("button", { name: "Wrap" }).click();
    must(await long.locator("pre").evaluate((pre) => pre.scrollWidth <= pre.clientWidth), "a wrapped sample still scrolls");

    await page.goto(own.address + "errors/http/503/index.html");
    must(!(await page.isVisible(".meta .overdue")), "a review is told to be overdue that is not");
    await page.click(".tabs label:text('JavaScript')");
    await page.goto(own.address + "errors/http/401/index.html");
    const tabs = await page.locator(".tabs label").allTextContents();
    if (tabs.includes("JavaScript")) must(await page.locator(".tabs :checked + label").first().textContent() === "JavaScript", "tabs forget the language");
    else wrong.push("errors/http/401 has no tab for JavaScript to look at");
    await page.locator("#verify").scrollIntoViewIfNeeded();
    await page.evaluate(() => document.querySelector("#verify")?.scrollIntoView({ behavior: "instant" }));
    await page.waitForFunction(() => document.querySelector(".contents [aria-current]")?.getAttribute("href") === "#verify").catch(() => wrong.push("the contents do not follow the scroll"));
  });
  await within(browser, { viewport: desktop }, async (page) => wrong.push(...(await triage(page, own.address + ownPages.playbook))));
  await within(browser, { viewport: desktop, javaScriptEnabled: false }, async (page) => wrong.push(...(await without(page, own.address))));
  return wrong;
}

/** The way through a tree: answers are marked, the address holds them, back goes back. @param {Page} page @param {string} address */
async function triage(page, address) {
  /** @type {string[]} */
  const wrong = [];
  const hash = () => page.evaluate(() => location.hash);
  // The page hears of a new address a moment after it has changed.
  const marks = (/** @type {number} */ count) =>
    page.waitForFunction((count) => document.querySelectorAll(".chosen").length === count, count, { timeout: 5000 }).then(() => true, () => false);
  await page.goto(address);
  await page.locator("#status .branches li > a").nth(2).click();
  if ((await hash()) !== "#status.3/upstream") wrong.push(`an answer gives the address ${await hash()}`);
  if (!(await marks(1))) wrong.push("the answer is not marked");
  if ((await page.evaluate(() => document.activeElement?.id)) !== "upstream") wrong.push("an answer does not lead to its step");
  await page.locator("#upstream .branches li > a").nth(2).click();
  await page.reload();
  if (!(await marks(2))) wrong.push("the way is lost when the page is loaded again");
  await page.goBack();
  if (!(await marks(1))) wrong.push("back does not take the last answer back");
  await page.getByRole("button", { name: "Start over" }).click();
  if (!(await marks(0)) || (await hash()) !== "#status") wrong.push("one cannot start over");
  return wrong;
}

/** @param {Page} page @param {string} address */
async function without(page, address) {
  /** @type {string[]} */
  const wrong = [];
  await page.goto(`${address}errors/http/503/index.html`);
  if ((await page.locator("figcaption button").count()) > 0) wrong.push("there are buttons that need a script");
  await page.click(".tabs label:text('JavaScript')");
  if (!(await page.isVisible(".tabs figure:nth-of-type(2)"))) wrong.push("tabs need a script");
  await page.goto(address + ownPages.playbook);
  await page.locator("#status .branches li > a").nth(2).click();
  if (!page.url().endsWith("#upstream")) wrong.push("an answer is no plain link");
  return wrong;
}
