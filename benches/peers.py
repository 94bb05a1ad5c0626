"""The same guides laid out for each tool: frontmatter, links, config, templates.

Every template here does the same work as far as its tool can: base layout with
header and nav, breadcrumbs, table of contents, the guide, cards of the related
guides resolved to title and description, list of sources, footer; section index
per kind; provider and tag pages; sitemap and feed.  See README.md for what a
tool cannot do.
"""
import os

from corpus import KINDS, q, rel_md, slugify, write, yaml_front

SITE = "Error Guides"
URL = "https://guides.example"
CSS = """body{font:16px/1.6 system-ui,sans-serif;margin:0 auto;max-width:60rem;padding:1rem}
header nav a{margin-right:1rem}.crumbs ol{display:flex;list-style:none;padding:0}.crumbs li+li::before{content:"/";padding:0 .5rem}
.cards{display:grid;grid-template-columns:1fr 1fr;gap:1rem}.card{border:1px solid #ccc;padding:1rem}pre{overflow:auto;padding:1rem;background:#f6f8fa}
table{border-collapse:collapse}td,th{border:1px solid #ccc;padding:.3rem .6rem}
"""
LEAD = {"errors": "Every error guide.", "compare": "Two errors side by side.", "playbooks": "Steps for a group of errors."}


# --------------------------------------------------------------------------
# Hugo
# --------------------------------------------------------------------------
def hugo(c, out, hl):
    write(f"{out}/hugo.toml", f"""baseURL = "{URL}/"
title = "{SITE}"
locale = "en"
enableRobotsTXT = true
[taxonomies]
provider = "providers"
tag = "tags"
[outputs]
home = ["html", "rss"]
section = ["html"]
taxonomy = ["html"]
term = ["html"]
[services.rss]
limit = 20
[markup.highlight]
codeFences = {"true" if hl else "false"}
noClasses = false
[markup.tableOfContents]
startLevel = 2
endLevel = 3
[markup.goldmark.renderHooks.link]
useEmbedded = "always"
""")
    L = f"{out}/layouts"
    write(f"{L}/baseof.html", """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{{ block "title" . }}{{ .Title }} | {{ site.Title }}{{ end }}</title>
<meta name="description" content="{{ with .Description }}{{ . }}{{ else }}{{ site.Title }}{{ end }}">
<link rel="canonical" href="{{ .Permalink }}">
<link rel="stylesheet" href="/site.css">
<link rel="alternate" type="application/rss+xml" href="/index.xml">
</head>
<body>
<header><a href="/">{{ site.Title }}</a><nav><a href="/errors/">Errors</a><a href="/compare/">Compare</a><a href="/playbooks/">Playbooks</a><a href="/providers/">Providers</a><a href="/tags/">Tags</a></nav></header>
{{ block "main" . }}{{ end }}
<footer><p>Editorial standard: source-backed technical guidance.</p><nav><a href="/">Home</a> <a href="/index.xml">Feed</a></nav></footer>
</body>
</html>
""")
    write(f"{L}/page.html", """{{ define "main" }}
<nav class="crumbs" aria-label="Breadcrumb"><ol>{{ range .Ancestors.Reverse }}<li><a href="{{ .RelPermalink }}">{{ .Title }}</a></li>{{ end }}<li aria-current="page">{{ .Title }}</li></ol></nav>
<main><article>
<h1>{{ .Title }}</h1>
<p class="lead">{{ .Description }}</p>
<p class="meta">Last reviewed: <time datetime="{{ .Date.Format "2006-01-02" }}">{{ .Date.Format "January 2, 2006" }}</time>{{ range .GetTerms "providers" }} | <a href="{{ .RelPermalink }}">{{ .LinkTitle }}</a>{{ end }}{{ range .GetTerms "tags" }} <a class="tag" href="{{ .RelPermalink }}">{{ .LinkTitle }}</a>{{ end }}</p>
<aside class="toc">{{ .TableOfContents }}</aside>
{{ .Content }}
<section class="related"><h2>Decision support</h2><div class="cards">
{{ range .Params.related }}{{ with site.GetPage . }}<a class="card" href="{{ .RelPermalink }}"><span>{{ .Section }}</span><strong>{{ .Title }}</strong><p>{{ .Description }}</p></a>
{{ end }}{{ end }}</div></section>
<section class="sources"><h2>Sources</h2><ol>
{{ range .Params.references }}<li><a href="{{ .url }}" rel="noopener">{{ .title }}</a></li>
{{ end }}</ol></section>
</article></main>
{{ end }}
""")
    write(f"{L}/section.html", """{{ define "main" }}
<nav class="crumbs" aria-label="Breadcrumb"><ol><li><a href="/">Home</a></li><li aria-current="page">{{ .Title }}</li></ol></nav>
<main><h1>{{ .Title }}</h1>
{{ .Content }}
<ul>
{{ range .Pages.ByTitle }}<li><a href="{{ .RelPermalink }}">{{ .Title }}</a></li>
{{ end }}</ul></main>
{{ end }}
""")
    write(f"{L}/home.html", """{{ define "title" }}{{ site.Title }}{{ end }}
{{ define "main" }}
<main><h1>{{ site.Title }}</h1>
{{ .Content }}
<ul>
{{ range site.Sections }}<li><a href="{{ .RelPermalink }}">{{ .Title }}</a> ({{ len .Pages }})</li>
{{ end }}</ul></main>
{{ end }}
""")
    write(f"{L}/taxonomy.html", """{{ define "main" }}
<main><h1>{{ .Title }}</h1><ul>
{{ range .Pages }}<li><a href="{{ .RelPermalink }}">{{ .Title }}</a> ({{ len .Pages }})</li>
{{ end }}</ul></main>
{{ end }}
""")
    write(f"{L}/term.html", """{{ define "main" }}
<main><h1>{{ .Title }}</h1><ul>
{{ range .Pages.ByTitle }}<li><a href="{{ .RelPermalink }}">{{ .Title }}</a></li>
{{ end }}</ul></main>
{{ end }}
""")
    write(f"{out}/static/site.css", CSS)
    write(f"{out}/content/_index.md", f"---\ntitle: {SITE}\n---\nFind the error, land on the fix.\n")
    for k, title in KINDS:
        write(f"{out}/content/{k}/_index.md", f"---\ntitle: {title}\n---\n{LEAD[k]}\n")
    for g in c.all:
        rel = yaml_front(g, date=g.last_reviewed, providers="[" + q(g.provider) + "]", tags="[" + ", ".join(g.tags) + "]")
        rel = rel.replace("\n  - " + "errors/", "\n  - /errors/").replace("\n  - compare/", "\n  - /compare/").replace("\n  - playbooks/", "\n  - /playbooks/")
        write(f"{out}/content/{g.kind}/{g.slug}.md", rel + c.body(g, rel_md))


# --------------------------------------------------------------------------
# Zola
# --------------------------------------------------------------------------
def zola(c, out, hl):
    write(f"{out}/config.toml", f"""base_url = "{URL}"
title = "{SITE}"
default_language = "en"
compile_sass = false
build_search_index = false
generate_feeds = true
feed_filenames = ["rss.xml"]
feed_limit = 20
generate_sitemap = true
generate_robots_txt = true
minify_html = false
taxonomies = [{{ name = "providers" }}, {{ name = "tags" }}]
[markdown]
github_alerts = false
""" + ("""[markdown.highlighting]
style = "class"
theme = "github-light"
""" if hl else ""))
    T = f"{out}/templates"
    write(f"{T}/base.html", """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{% block title %}{{ config.title }}{% endblock title %}</title>
<meta name="description" content="{% block description %}{{ config.title }}{% endblock description %}">
<link rel="canonical" href="{{ current_url }}">
<link rel="stylesheet" href="/site.css">
<link rel="alternate" type="application/rss+xml" href="/rss.xml">
</head>
<body>
<header><a href="/">{{ config.title }}</a><nav><a href="/errors/">Errors</a><a href="/compare/">Compare</a><a href="/playbooks/">Playbooks</a><a href="/providers/">Providers</a><a href="/tags/">Tags</a></nav></header>
{% block main %}{% endblock main %}
<footer><p>Editorial standard: source-backed technical guidance.</p><nav><a href="/">Home</a> <a href="/rss.xml">Feed</a></nav></footer>
</body>
</html>
""")
    write(f"{T}/page.html", """{% extends "base.html" %}
{% block title %}{{ page.title }} | {{ config.title }}{% endblock title %}
{% block description %}{{ page.description }}{% endblock description %}
{% block main %}
<nav class="crumbs" aria-label="Breadcrumb"><ol>{% for a in page.ancestors %}{% set s = get_section(path=a, metadata_only=true) %}<li><a href="{{ s.path | safe }}">{{ s.title }}</a></li>{% endfor %}<li aria-current="page">{{ page.title }}</li></ol></nav>
<main><article>
<h1>{{ page.title }}</h1>
<p class="lead">{{ page.description }}</p>
<p class="meta">Last reviewed: <time datetime="{{ page.date }}">{{ page.date | date(format="%B %e, %Y") }}</time>{% for t in page.taxonomies.providers %} | <a href="{{ get_taxonomy_url(kind="providers", name=t) | safe }}">{{ t }}</a>{% endfor %}{% for t in page.taxonomies.tags %} <a class="tag" href="{{ get_taxonomy_url(kind="tags", name=t) | safe }}">{{ t }}</a>{% endfor %}</p>
<aside class="toc"><nav id="TableOfContents"><ul>
{% for h in page.toc %}<li><a href="#{{ h.id }}">{{ h.title }}</a>{% if h.children %}<ul>{% for h3 in h.children %}<li><a href="#{{ h3.id }}">{{ h3.title }}</a></li>{% endfor %}</ul>{% endif %}</li>
{% endfor %}</ul></nav></aside>
{{ page.content | safe }}
<section class="related"><h2>Decision support</h2><div class="cards">
{% for r in page.extra.related %}{% set p = get_page(path=r) %}<a class="card" href="{{ p.path | safe }}"><span>{{ p.components[0] }}</span><strong>{{ p.title }}</strong><p>{{ p.description }}</p></a>
{% endfor %}</div></section>
<section class="sources"><h2>Sources</h2><ol>
{% for r in page.extra.references %}<li><a href="{{ r.url | safe }}" rel="noopener">{{ r.title }}</a></li>
{% endfor %}</ol></section>
</article></main>
{% endblock main %}
""")
    write(f"{T}/section.html", """{% extends "base.html" %}
{% block title %}{{ section.title }} | {{ config.title }}{% endblock title %}
{% block main %}
<nav class="crumbs" aria-label="Breadcrumb"><ol><li><a href="/">Home</a></li><li aria-current="page">{{ section.title }}</li></ol></nav>
<main><h1>{{ section.title }}</h1>
{{ section.content | safe }}
<ul>
{% for p in section.pages %}<li><a href="{{ p.path | safe }}">{{ p.title }}</a></li>
{% endfor %}</ul></main>
{% endblock main %}
""")
    write(f"{T}/index.html", """{% extends "base.html" %}
{% block main %}
<main><h1>{{ config.title }}</h1>
{{ section.content | safe }}
<ul>
{% for s in section.subsections %}{% set x = get_section(path=s) %}<li><a href="{{ x.path | safe }}">{{ x.title }}</a> ({{ x.pages | length }})</li>
{% endfor %}</ul></main>
{% endblock main %}
""")
    write(f"{T}/taxonomy_list.html", """{% extends "base.html" %}
{% block title %}{{ taxonomy.name }} | {{ config.title }}{% endblock title %}
{% block main %}
<main><h1>{{ taxonomy.name }}</h1><ul>
{% for t in terms %}<li><a href="{{ t.path | safe }}">{{ t.name }}</a> ({{ t.page_count }})</li>
{% endfor %}</ul></main>
{% endblock main %}
""")
    write(f"{T}/taxonomy_single.html", """{% extends "base.html" %}
{% block title %}{{ term.name }} | {{ config.title }}{% endblock title %}
{% block main %}
<main><h1>{{ term.name }}</h1><ul>
{% for p in term.pages %}<li><a href="{{ p.path | safe }}">{{ p.title }}</a></li>
{% endfor %}</ul></main>
{% endblock main %}
""")
    write(f"{out}/static/site.css", CSS)
    write(f"{out}/content/_index.md", f"+++\ntitle = {q(SITE)}\n+++\nFind the error, land on the fix.\n")
    for k, title in KINDS:
        write(f"{out}/content/{k}/_index.md", f"+++\ntitle = {q(title)}\nsort_by = \"title\"\n+++\n{LEAD[k]}\n")
    for g in c.all:
        fm = ["+++", f"title = {q(g.title)}", f"description = {q(g.description)}", f"date = {g.last_reviewed}",
              "[taxonomies]", f"providers = [{q(g.provider)}]", "tags = [" + ", ".join(q(t) for t in g.tags) + "]", "[extra]"]
        for name in ("related", "subjects", "covers"):
            v = getattr(g, name)
            if v:
                fm.append(f"{name} = [" + ", ".join(q(k + ".md") for k in v) + "]")
        fm.append("references = [" + ", ".join(f"{{ title = {q(t)}, url = {q(u)} }}" for t, u in g.references) + "]")
        fm.append("+++\n\n")
        write(f"{out}/content/{g.kind}/{g.slug}.md", "\n".join(fm) + c.body(g, lambda o, _g: f"@/{o.key}.md"))


# --------------------------------------------------------------------------
# Tools whose pages cannot look up another page: the cards are Markdown
# --------------------------------------------------------------------------
def _static_md(c, g, h1):
    head = [f"# {g.title}", ""] if h1 else []
    head += [g.description, "", f"Last reviewed: {g.last_reviewed} | Provider: {g.provider} | Tags: {', '.join(g.tags)}", "", ""]
    cards = ["", "## Decision support", ""]
    for k in g.related:
        o = c.by_key[k]
        cards.append(f"- [**{o.title}**]({rel_md(o, g)}) ({o.kind}): {o.description}")
    cards += ["", "## Sources", ""]
    cards += [f"{i}. [{t}]({u})" for i, (t, u) in enumerate(g.references, 1)]
    return "\n".join(head) + c.body(g, rel_md) + "\n".join(cards) + "\n"


def _mdbook(c, out, hl, search):
    write(f"{out}/book.toml", f"""[book]
title = "{SITE}"
language = "en"
src = "src"
[output.html]
site-url = "/"
[output.html.print]
enable = false
[output.html.search]
enable = {"true" if search else "false"}
""")
    s = ["# Summary", "", "[Home](index.md)", ""]
    for k, title in KINDS:
        s += [f"- [{title}]({k}/index.md)"]
        s += [f"  - [{g.title.replace('[', '(').replace(']', ')')}]({g.kind}/{g.slug}.md)" for g in c.all if g.kind == k]
    write(f"{out}/src/SUMMARY.md", "\n".join(s) + "\n")
    write(f"{out}/src/index.md", f"# {SITE}\n\nFind the error, land on the fix.\n")
    for k, title in KINDS:
        body = "\n".join(f"- [{g.title}]({g.slug}.md)" for g in sorted((x for x in c.all if x.kind == k), key=lambda x: x.title))
        write(f"{out}/src/{k}/index.md", f"# {title}\n\n{LEAD[k]}\n\n{body}\n")
    for g in c.all:
        write(f"{out}/src/{g.kind}/{g.slug}.md", _static_md(c, g, True))


def mdbook(c, out, hl):
    _mdbook(c, out, hl, False)


def mdbook_search(c, out, hl):
    _mdbook(c, out, hl, True)


def zensical(c, out, hl):
    write(f"{out}/zensical.toml", f"""[project]
site_name = "{SITE}"
site_url = "{URL}/"
docs_dir = "docs"
site_dir = "public"
[project.theme]
features = ["navigation.indexes", "navigation.path", "navigation.prune"]
[project.markdown_extensions.tables]
[project.markdown_extensions.toc]
[project.markdown_extensions.pymdownx.superfences]
""" + (f"""[project.markdown_extensions.pymdownx.highlight]
use_pygments = {"true" if hl else "false"}
"""))
    _docs(c, out)


def _docs(c, out):
    write(f"{out}/docs/index.md", f"# {SITE}\n\nFind the error, land on the fix.\n")
    for k, title in KINDS:
        body = "\n".join(f"- [{g.title}]({g.slug}.md)" for g in sorted((x for x in c.all if x.kind == k), key=lambda x: x.title))
        write(f"{out}/docs/{k}/index.md", f"# {title}\n\n{LEAD[k]}\n\n{body}\n")
    for g in c.all:
        fm = f"---\ntitle: {q(g.title)}\ndescription: {q(g.description)}\ntags:\n" + "".join(f"  - {t}\n" for t in g.tags) + "---\n\n"
        write(f"{out}/docs/{g.kind}/{g.slug}.md", fm + _static_md(c, g, True))


def material(c, out, hl):
    write(f"{out}/mkdocs.yml", f"""site_name: {SITE}
site_url: {URL}/
site_dir: public
theme:
  name: material
  features: [navigation.indexes, navigation.path, navigation.prune]
plugins:
  - tags
markdown_extensions:
  - tables
  - toc
  - pymdownx.superfences
  - pymdownx.highlight:
      use_pygments: {"true" if hl else "false"}
""")
    _docs(c, out)


# --------------------------------------------------------------------------
# Eleventy
# --------------------------------------------------------------------------
def eleventy(c, out, hl):
    write(f"{out}/package.json", '{"name": "corpus", "private": true, "type": "module"}\n')
    write(f"{out}/eleventy.config.js", ("""import syntaxHighlight from "@11ty/eleventy-plugin-syntaxhighlight";
""" if hl else "") + """import { feedPlugin } from "@11ty/eleventy-plugin-rss";
import anchor from "markdown-it-anchor";

const KINDS = ["errors", "compare", "playbooks"];
const slug = (s) => s.toLowerCase().replace(/[^a-z0-9]+/g, "-");

export default function (config) {
""" + ("  config.addPlugin(syntaxHighlight);\n" if hl else "") + """  config.addPlugin(feedPlugin, {
    type: "rss", outputPath: "/rss.xml", collection: { name: "all", limit: 20 },
    metadata: { language: "en", title: "Error Guides", base: "https://guides.example/" },
  });
  config.amendLibrary("md", (md) => md.use(anchor, { level: [2, 3] }));
  config.addPassthroughCopy("site.css");
  for (const kind of KINDS) {
    config.addCollection(kind, (api) => api.getFilteredByGlob(`${kind}/*.md`).filter((p) => !p.inputPath.endsWith("/index.md")).sort((a, b) => (a.data.title < b.data.title ? -1 : 1)));
  }
  const group = (api, of) => {
    const m = new Map();
    for (const p of api.getFilteredByGlob(KINDS.map((k) => `${k}/*.md`))) for (const t of of(p)) (m.get(t) ?? m.set(t, []).get(t)).push(p);
    return [...m].sort((a, b) => (a[0] < b[0] ? -1 : 1)).map(([name, pages]) => ({ name, slug: slug(name), pages: pages.sort((a, b) => (a.data.title < b.data.title ? -1 : 1)) }));
  };
  config.addCollection("providerList", (api) => group(api, (p) => (p.data.provider ? [p.data.provider] : [])));
  config.addCollection("topicList", (api) => group(api, (p) => p.data.topics ?? []));
  config.addCollection("byKey", (api) => [new Map(api.getAll().map((p) => [p.filePathStem.slice(1), p]))]);
  config.addFilter("lookup", (byKey, key) => byKey[0].get(key));
  config.addFilter("slugit", slug);
  config.addFilter("longdate", (d) => d.toLocaleDateString("en-US", { year: "numeric", month: "long", day: "numeric", timeZone: "UTC" }));
  config.addFilter("isodate", (d) => d.toISOString().slice(0, 10));
  config.addFilter("toc", (html) => "<ul>" + [...html.matchAll(/<h([23]) id="([^"]*)"[^>]*>(.*?)<\\/h\\1>/g)].map((m) => `<li><a href="#${m[2]}">${m[3]}</a></li>`).join("\\n") + "</ul>");
  return { dir: { input: ".", output: "public", includes: "_includes" }, markdownTemplateEngine: false, htmlTemplateEngine: "njk" };
}
""")
    I = f"{out}/_includes"
    write(f"{I}/base.njk", """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{{ title }} | Error Guides</title>
<meta name="description" content="{{ description }}">
<link rel="canonical" href="https://guides.example{{ page.url }}">
<link rel="stylesheet" href="/site.css">
<link rel="alternate" type="application/rss+xml" href="/rss.xml">
</head>
<body>
<header><a href="/">Error Guides</a><nav><a href="/errors/">Errors</a><a href="/compare/">Compare</a><a href="/playbooks/">Playbooks</a><a href="/providers/">Providers</a><a href="/tags/">Tags</a></nav></header>
{% block main %}{{ content | safe }}{% endblock %}
<footer><p>Editorial standard: source-backed technical guidance.</p><nav><a href="/">Home</a> <a href="/rss.xml">Feed</a></nav></footer>
</body>
</html>
""")
    write(f"{I}/guide.njk", """{% extends "base.njk" %}
{% block main %}
<nav class="crumbs" aria-label="Breadcrumb"><ol><li><a href="/">Home</a></li><li><a href="/{{ kind }}/">{{ kindTitle }}</a></li><li aria-current="page">{{ title }}</li></ol></nav>
<main><article>
<h1>{{ title }}</h1>
<p class="lead">{{ description }}</p>
<p class="meta">Last reviewed: <time datetime="{{ page.date | isodate }}">{{ page.date | longdate }}</time> | <a href="/providers/{{ provider | slugit }}/">{{ provider }}</a>{% for t in topics %} <a class="tag" href="/tags/{{ t | slugit }}/">{{ t }}</a>{% endfor %}</p>
<aside class="toc"><nav id="TableOfContents">{{ content | toc | safe }}</nav></aside>
{{ content | safe }}
<section class="related"><h2>Decision support</h2><div class="cards">
{% for r in related %}{% set p = collections.byKey | lookup(r) %}<a class="card" href="{{ p.url }}"><span>{{ p.data.kind }}</span><strong>{{ p.data.title }}</strong><p>{{ p.data.description }}</p></a>
{% endfor %}</div></section>
<section class="sources"><h2>Sources</h2><ol>
{% for r in references %}<li><a href="{{ r.url }}" rel="noopener">{{ r.title }}</a></li>
{% endfor %}</ol></section>
</article></main>
{% endblock %}
""")
    write(f"{out}/site.css", CSS)
    write(f"{out}/index.njk", "---\nlayout: base.njk\ntitle: Home\n---\n<main><h1>Error Guides</h1><p>Find the error, land on the fix.</p><ul>" +
          "".join(f'<li><a href="/{k}/">{t}</a> ({{{{ collections.{k} | length }}}})</li>' for k, t in KINDS) + "</ul></main>\n")
    for k, title in KINDS:
        write(f"{out}/{k}/{k}.json", '{"layout": "guide.njk", "kind": "%s", "kindTitle": "%s"}\n' % (k, title))
        write(f"{out}/{k}-index.njk", f"""---
layout: base.njk
title: {title}
permalink: /{k}/
---
<nav class="crumbs" aria-label="Breadcrumb"><ol><li><a href="/">Home</a></li><li aria-current="page">{title}</li></ol></nav>
<main><h1>{title}</h1><p>{LEAD[k]}</p><ul>
{{% for p in collections.{k} %}}<li><a href="{{{{ p.url }}}}">{{{{ p.data.title }}}}</a></li>
{{% endfor %}}</ul></main>
""")
    for name, coll in (("providers", "providerList"), ("tags", "topicList")):
        write(f"{out}/{name}.njk", f"""---
layout: base.njk
title: {name}
permalink: /{name}/
---
<main><h1>{name}</h1><ul>
{{% for t in collections.{coll} %}}<li><a href="/{name}/{{{{ t.slug }}}}/">{{{{ t.name }}}}</a> ({{{{ t.pages | length }}}})</li>
{{% endfor %}}</ul></main>
""")
        write(f"{out}/{name}-term.njk", f"""---
layout: base.njk
pagination:
  data: collections.{coll}
  size: 1
  alias: term
permalink: /{name}/{{{{ term.slug }}}}/
eleventyComputed:
  title: "{{{{ term.name }}}}"
---
<main><h1>{{{{ term.name }}}}</h1><ul>
{{% for p in term.pages %}}<li><a href="{{{{ p.url }}}}">{{{{ p.data.title }}}}</a></li>
{{% endfor %}}</ul></main>
""")
    write(f"{out}/sitemap.njk", """---
permalink: /sitemap.xml
eleventyExcludeFromCollections: true
---
<?xml version="1.0" encoding="utf-8"?>
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
{% for p in collections.all %}<url><loc>https://guides.example{{ p.url }}</loc><lastmod>{{ p.date | isodate }}</lastmod></url>
{% endfor %}</urlset>
""")
    for g in c.all:
        fm = yaml_front(g, date=g.last_reviewed, provider=q(g.provider), topics="[" + ", ".join(g.tags) + "]")
        write(f"{out}/{g.kind}/{g.slug}.md", fm + c.body(g, lambda o, _g: f"/{o.kind}/{o.slug}/"))


FORMATS = {"hugo": hugo, "zola": zola, "mdbook": mdbook, "mdbook-search": mdbook_search,
           "zensical": zensical, "material": material, "eleventy": eleventy}
