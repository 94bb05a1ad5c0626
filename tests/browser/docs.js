// Takes the pictures of docs/theming.md: the first screen of the main page types of the project's own site, two windows, two themes.

import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { desktop, launch, phone, schemes, within } from "./lib/browser.js";
import { own, project } from "./lib/sites.js";
import { ownPages } from "./lib/types.js";

const shown = ["home", "error", "compare", "playbook", "provider", "codes"];
const folder = join(project, "docs/pictures");

mkdirSync(folder, { recursive: true });
const site = await own();
const browser = await launch();
for (const viewport of [desktop, phone]) {
  for (const colorScheme of schemes) {
    await within(browser, { viewport, colorScheme }, async (page) => {
      const session = await page.context().newCDPSession(page);
      for (const type of shown) {
        await page.goto(site.address + ownPages[type], { waitUntil: "networkidle" });
        const { data } = await session.send("Page.captureScreenshot", { format: "webp", quality: 75 });
        writeFileSync(join(folder, `${type}-${viewport.width}-${colorScheme}.webp`), Buffer.from(data, "base64"));
      }
    });
  }
}
await browser.close();
site.close();
