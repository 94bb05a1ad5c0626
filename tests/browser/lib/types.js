// The page types, each with the page that stands for it on a site.

/** Of the project's own site. @type {Record<string, string>} */
export const ownPages = {
  home: "index.html",
  error: "errors/entra/aadsts50076/index.html",
  compare: "compare/429-vs-503/index.html",
  playbook: "playbooks/api-timeout/index.html",
  provider: "providers/http/index.html",
  list: "errors/index.html",
  tags: "tags/index.html",
  tag: "tags/http/index.html",
  codes: "codes/index.html",
  page: "about/index.html",
  "not-found": "404.html",
};

/** Of the sample. @type {Record<string, string>} */
export const samplePages = {
  home: "index.html",
  error: "errors/http/503/index.html",
  compare: "compare/429-vs-503/index.html",
  playbook: "playbooks/outage/index.html",
  provider: "providers/http/index.html",
  codes: "codes/index.html",
  page: "everything/index.html",
  stress: "errors/giant/stress/index.html",
  "not-found": "404.html",
};

/** The pages that budgets are measured on: one of each heavy type, and the one that is too big. @param {import("../run.js").Given} given */
export function measured({ own, sample }) {
  return {
    // By the address that its canonical link gives.
    home: own.address,
    AADSTS50076: own.address + ownPages.error,
    compare: own.address + ownPages.compare,
    playbook: own.address + ownPages.playbook,
    provider: own.address + ownPages.provider,
    stress: sample.address + samplePages.stress,
  };
}
