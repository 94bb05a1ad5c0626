"""The corpus as fieldguide's own content model wants it (docs/content-model.md).

The same guides, words and samples as for the peers, in the same number.  What
differs is told in README.md: sections have fixed headings, sources are cited,
causes are linked from fixes, error guides have signatures and facts, and the
steps of a playbook are a triage tree.
"""
import random

from corpus import ADJ, ASPECTS, CAUSE_LEADS, FIX_LEADS, IMP, LANGS, NOUNS, PREVENT_LEADS, TOPICS, VERBS, Text, q, slugify, write

CATEGORIES = ["availability", "configuration", "connection", "data", "identity", "resources", "throttling", "upstream"]
FACTS = {
    "retryable": ("Does a retry help?", ["never", "after-change", "with-backoff", "immediately"]),
    "fault": ("Whose problem is it?", ["caller", "policy", "service", "upstream"]),
    "scope": ("Who is affected?", ["request", "caller", "tenant", "service"]),
}
SITE = """title = "Error Guides"
description = "Error guides, compare guides and playbooks of a corpus that is made for measuring."
base_url = "https://guides.example/"
language = "en"

[repository]
url = "https://git.example/guides"
edit_url = "https://git.example/guides/edit/main/"
correction_url = "https://git.example/guides/issues/new"

[editorial]
standard = "Source-backed technical guidance."
page = "about"
review_in = "50 years"

[lints]
secret-in-sample = "allow"

[sections.error]
meaning = "What {{ name }} means"
causes = "Common causes"
fix = "How to fix {{ name }}"
workaround = "Workaround"
diagnosis = "Step-by-step diagnosis"
examples = "Examples"
verify = "How to verify the fix"
prevent = "How to prevent it"

[sections.compare]
tell-them-apart = "How to tell them apart"
examples = "Examples side by side"
common-confusion = "Common confusion"
faq = "Frequently asked questions"

[sections.playbook]
when-to-use = "When to use this playbook"
triage = "Triage"
"""
WHY = ["is often seen with it", "starts alike and ends elsewhere", "shares its cause", "is the next step when this one fails"]


def fieldguide(c, out, hl):
    del hl  # Which outputs are made is said on the command line or in site.toml; no setting turns highlighting off.
    write(f"{out}/site.toml", site(c))
    about = [("title", "About"), ("description", q("What this corpus is, how it was made, and what it may be used for."))]
    write(f"{out}/content/pages/about.md", front(about) + "The guides are made by a program.\n")
    for p in c.providers:
        write(f"{out}/content/providers/{slugify(p)}.md", provider(c, p))
    for g in c.all:
        write(f"{out}/content/{path(g)}", guide(c, g))


# -- the site -----------------------------------------------------------------
def site(c):
    lines = [SITE, "[categories]"]
    lines += [f"{name} = {q(name.capitalize())}" for name in CATEGORIES]
    lines += ["", "[tags]"]
    lines += [f"{tag} = {q(tag.replace('-', ' ').capitalize())}" for tag in c.tags]
    for name, (label, values) in FACTS.items():
        table = ", ".join(f"{v} = {q(v.replace('-', ' ').capitalize())}" for v in values)
        lines += ["", f"[facts.{name}]", f"label = {q(label)}", f"values = {{ {table} }}"]
    return "\n".join(lines + [""])


def provider(c, name):
    t = Text(random.Random(f"{c.seed}:provider:{name}"))
    return front([
        ("name", q(name)),
        ("description", q(fit(f"Errors of {name}, by code.", t))),
        ("code_pattern", f"'{c.prefixes[name]}\\d{{5,7}}'"),
        ("docs_url", f"https://docs.{slugify(name)}.example/errors"),
        ("context", q(f"This guidance is specific to {name}. {t.sentence(0, 0)}")),
    ]) + t.para(3, 4) + "\n"


# -- front matter ---------------------------------------------------------------
def front(pairs):
    return "---\n" + "".join(f"{key}:{value}\n" if value.startswith("\n") else f"{key}: {value}\n" for key, value in pairs) + "---\n\n"


def fit(start, t):
    """A description of 50 to 170 characters that starts with `start`."""
    text = start if len(start) <= 170 else start[:start.rindex(" ", 0, 169)].rstrip(",:") + "."
    while len(text) < 170:
        more = t.sentence(0, 0)
        if len(text) + 1 + len(more) > 170:
            break
        text += " " + more
    while len(text) < 50:
        text += f" The {t.n()} {t.v()} the {t.n()}."
    return text


def ref(g):
    return {"errors": lambda: f"{slugify(g.provider)}:{g.code}",
            "compare": lambda: f"compare:{g.slug_pair}",
            "playbooks": lambda: f"playbook:{g.slug}"}[g.kind]()


def path(g):
    return {"errors": lambda: f"errors/{slugify(g.provider)}/{g.code.lower()}.md",
            "compare": lambda: f"compare/{g.slug_pair}.md",
            "playbooks": lambda: f"playbooks/{g.slug}.md"}[g.kind]()


def link(o, g):
    up = "../../" if g.kind == "errors" else "../"
    return up + path(o)


def common(c, g, t):
    pairs = [("description", q(fit(first(g.description), t))), ("last_reviewed_on", g.last_reviewed), ("tags", "[" + ", ".join(g.tags) + "]")]
    refs = "".join(f"\n  - id: r{i}\n    title: {q(title)}\n    url: {url}\n    accessed: {g.last_reviewed}"
                   for i, (title, url) in enumerate(g.references, 1))
    related = "".join(f"\n  - ref: {ref(c.by_key[k])}\n    why: {t.r.choice(WHY)}" for k in g.related)
    return pairs + [("references", refs), ("related", related)]


def first(text):
    """The first sentence, with what stands before its colon: it has the code, so no two guides share it."""
    return text.split(". ")[0].rstrip(".") + "."


def message(n):
    """What the software prints where it leaves out the code: no two guides share it."""
    total = len(ADJ) * len(NOUNS) * len(VERBS)
    k = n * 7919 % total
    return f"{ADJ[k % len(ADJ)]} {NOUNS[k // len(ADJ) % len(NOUNS)]} {VERBS[k // len(ADJ) // len(NOUNS)]} the request"


def signatures(g, t):
    name, text = g.short.lower(), message(g.n)
    host = f"{t.ident()}-{t.num(1, 99)}.example"
    items = [
        (f"\\b{g.code}\\b", [f"{g.code}: {name}, trace {t.hexid()}", f"2026-03-14T09:26:53Z ERROR {t.ident()}: {g.code} {name}"]),
        (f"error: {text} from [a-z0-9.-]+", [f"{t.ident()}: error: {text} from {host}"]),
    ]
    return "".join(f"\n  - pattern: '{pattern}'\n    samples:" + "".join(f"\n      - {q(s)}" for s in samples) for pattern, samples in items)


# -- bodies ------------------------------------------------------------------------
def guide(c, g):
    t = Text(random.Random(f"{c.seed}:{g.kind}:{g.n}"))
    side = Text(random.Random(f"{c.seed}:front:{g.kind}:{g.n}"))
    return {"errors": error, "compare": compare, "playbooks": playbook}[g.kind](c, g, t, side)


class Body:
    """A guide's body with its sources cited in turn."""

    def __init__(self, c, g, t):
        self.c, self.g, self.t, self.cited = c, g, t, 0

    def cite(self, text):
        if self.cited < len(self.g.references):
            self.cited += 1
            return f"{text}[^r{self.cited}]"
        return text

    def ln(self, key):
        o = self.c.by_key[key]
        return f"[{o.short}]({link(o, self.g)})"

    def bullets(self, leads, lo, hi, slo=1, shi=1):
        chosen = self.t.r.sample(leads, self.t.r.randint(lo, hi))
        return chosen, "\n".join(f"- **{lead}.** {self.cite(self.t.para(slo, shi))}" for lead in chosen)

    def fixes(self, leads, lo, hi, causes):
        chosen = self.t.r.sample(leads, self.t.r.randint(lo, hi))
        lines = []
        for i, lead in enumerate(chosen):
            mine = causes[i:i + 1] if i + 1 < len(chosen) else causes[i:]
            links = ", ".join(f"[{cause.lower()}](#cause-{slugify(cause)})" for cause in mine)
            lines.append(f"{i + 1}. **{lead}.** {self.t.para(1, 1)}" + (f" This ends {links}." if links else ""))
        return "\n".join(lines)

    def samples(self, count, titles=None):
        parts = []
        for i, lang in enumerate(self.t.r.sample(LANGS, count)):
            title = f' title="{titles[i]}: {lang}"' if titles else ""
            parts += [self.t.sentence(), f"```{lang}{title}\n{self.t.code(lang)}\n```"]
        return parts

    def rest(self):
        """Sources that no sentence has cited yet."""
        left = range(self.cited + 1, len(self.g.references) + 1)
        return self.t.para(1, 1) + "".join(f"[^r{i}]" for i in left)


def error(c, g, t, side):
    r, b = t.r, Body(c, g, t)
    pairs = [("provider", slugify(g.provider)), ("code", g.code), ("name", g.title.split(" - ", 1)[1]),
             ("category", side.r.choice(CATEGORIES)),
             ("facts", "".join(f"\n  {name}: {side.r.choice(values)}" for name, (_, values) in FACTS.items())),
             ("signatures", signatures(g, side))]
    topics = r.sample(TOPICS, 2)
    parts = ["## Meaning", b.cite(t.para(2, 3)), t.para(1, 2) + f" See also {b.ln(g.related[0])}."]
    causes, text = b.bullets(CAUSE_LEADS, 4, 5)
    parts += ["## Causes", text, "## Fix", b.fixes(FIX_LEADS, 3, 4, causes), "## Diagnosis", c._num(t, 3, 4)]
    parts += [f"## {topics[0]} vs. {t.a().capitalize()} {t.n().capitalize()}", t.para(1, 2), f"- {t.sentence()}\n- {t.sentence()}"]
    parts += [f"## {topics[1]} Logic", c._signals(t), t.para(1, 2)]
    parts += ["## Examples"] + b.samples(3)
    parts += ["## Verify", "\n".join(f"- {t.sentence()}" for _ in range(3))]
    parts += ["## Prevent", b.bullets(PREVENT_LEADS, 3, 4)[1], f"> **Pro tip:** {t.sentence()} Follow {b.ln(g.related[2])} when it returns."]
    return front(pairs + common(c, g, side)) + "\n\n".join(parts) + "\n"


def compare(c, g, t, side):
    r, b = t.r, Body(c, g, t)
    x, y = (c.by_key[k] for k in g.subjects)
    pairs = [("subjects", f"[{ref(x)}, {ref(y)}]"), ("question", q(f"Does the {side.n()} or the {side.n()} decide?"))]
    parts = ["## Tell them apart", b.cite(t.para(2, 3)), f"Use {b.ln(x.key)} for the first and {b.ln(y.key)} for the second."]
    parts += [c._table(t, ["Check", x.code, y.code], [[a, f"{t.a()} {t.n()} {t.code_span()}", t.clause()] for a in r.sample(ASPECTS, 8)])]
    parts += [c._num(t, 4, 6)]
    for subject in (x, y):
        parts += [f"## When it is {subject.code}", b.cite(t.para(3, 4)), "\n".join(f"- {t.sentence()}" for _ in range(3))]
    parts += ["## Examples"] + b.samples(2, [x.code, y.code])
    parts += ["## Common confusion", b.bullets(CAUSE_LEADS, 3, 4, 1, 2)[1], b.rest()]
    return front(pairs + common(c, g, side)) + "\n\n".join(parts) + "\n"


def playbook(c, g, t, side):
    b = Body(c, g, t)
    covers = [c.by_key[k] for k in g.covers]
    pairs = [("title", q(g.short)), ("covers", "[" + ", ".join(ref(o) for o in covers) + "]"),
             ("severity", side.r.choice(["high", "medium", "low"])), ("time_budget", f"{side.r.randint(1, 12) * 5} minutes")]
    parts = ["## When to use", b.cite(t.para(3, 4)), "\n".join(f"- {b.ln(o.key)}: {t.sentence()}" for o in covers)]
    parts += ["## Triage"] + tree(b, covers)
    parts += ["## Verify recovery", "\n".join(f"- {b.cite(t.sentence())}" for _ in range(4)), b.rest()]
    return front(pairs + common(c, g, side)) + "\n\n".join(parts) + "\n"


def tree(b, covers):
    """The steps as nodes: two questions, two checks with a sample, a fix for each covered error, an escalation."""
    t, r = b.t, b.t.r
    half = (len(covers) + 1) // 2
    groups = [(1, covers[:half]), (2, covers[half:])]
    parts = [f"### Which {t.n()} fails? {{#start .ask}}", t.para(1, 2)]
    parts += ["\n".join([f"- The {t.a()} {t.n()} → [Check {i}](#check-{i})" for i, _ in groups] + ["- Neither → [Escalate](#escalate)"])]
    for i, group in groups:
        lang = r.choice(["bash", "sql", "powershell", "json"])
        parts += [f"### {r.choice(IMP)} the {t.a()} {t.n()} {{#check-{i} .do}}", t.para(1, 2), f"```{lang}\n{t.code(lang)}\n```", f"- It is there → [Choose {i}](#choose-{i})"]
        parts += [f"### Does the {t.a()} {t.n()} recover? {{#choose-{i} .ask}}", t.para(1, 2)]
        parts += ["\n".join([f"- No, the {t.a()} {t.n()} says {o.code} → [Fix {o.code}](#fix-{o.code.lower()})" for o in group] + ["- Something else → [Escalate](#escalate)"])]
    for o in covers:
        parts += [f"### {r.choice(IMP)} the {t.a()} {t.n()} for {o.code} {{#fix-{o.code.lower()} .fix risk=reversible}}", t.para(2, 3),
                  f"Apply [[{ref(o)}#fix]], then verify with [[{ref(o)}#verify]]."]
    return parts + ["### Page the owner {#escalate .escalate to=@oncall within=15m}", t.para(2, 3)]
