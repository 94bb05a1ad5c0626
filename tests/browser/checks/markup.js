// Every page of both sites passes the HTML validator, and every stylesheet the CSS validator.

import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
// @ts-expect-error the package has no types.
import { validate } from "csstree-validator";
import { HtmlValidate } from "html-validate";

/**
 * Rules beyond the standard that would fight with how templates are written, each with its reason.
 * @type {import("html-validate").RuleConfig}
 */
const rules = {
  // Style of the source, which nobody reads: quotes, case, line ends, void elements.
  "no-trailing-whitespace": "off",
  // A long title is the writer's choice; lints of the content hold lengths.
  "long-title": "off",
  // Radio inputs of tabs stand in a group whose legend names them.
  "prefer-native-element": ["error", { exclude: ["group", "note"] }],
};

/** Properties and values of Chromium, Firefox and Safari that the validator's tables do not know yet. */
const known = [/content-visibility/, /::details-content/];

/** @param {import("../run.js").Given} given */
export async function check({ own, sample }) {
  const html = new HtmlValidate({ extends: ["html-validate:standard", "html-validate:a11y"], rules });
  /** @type {string[]} */
  const wrong = [];
  for (const site of [own, sample]) {
    for (const path of site.pages) {
      const report = await html.validateString(readFileSync(join(site.folder, path), "utf8"));
      for (const { messages } of report.results) {
        wrong.push(...messages.map(({ ruleId, message, line, column }) => `${path}:${line}:${column} ${ruleId}: ${message}`));
      }
    }
    for (const file of readdirSync(site.folder, { recursive: true, encoding: "utf8" }).filter((file) => file.endsWith(".css"))) {
      const errors = validate(readFileSync(join(site.folder, file), "utf8"));
      const told = errors.map((/** @type {any} */ error) => `${file}:${error.line}:${error.column} ${error.message}: ${error.property ?? error.css ?? ""}`);
      wrong.push(...told.filter((/** @type {string} */ line) => !known.some((pattern) => pattern.test(line))));
    }
  }
  return wrong;
}
