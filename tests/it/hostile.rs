//! Content from people we don't know: it is refused with a finding, or shown as the text it is.

use crate::support::{TestSite, without_lookup_script, without_structured_data, without_theme_script};

/// What no page may hold, whatever its content says.
fn live_markup(html: &str) -> Option<String> {
    let forbidden = regex::Regex::new(
        r#"(?i)<\s*(script|style|iframe|object|embed|svg onload|meta http-equiv="refresh" content="0;url=http|form action="http|base)|\son\w+\s*=\s*["']|\sstyle\s*=|(href|src)\s*=\s*["']?\s*(javascript|vbscript|data):"#,
    )
    .unwrap();
    let (rest, scripts) = without_theme_script(&without_lookup_script(&without_structured_data(html)));
    assert!(scripts <= 1, "the theme's script stands once");
    forbidden.find(&rest).map(|found| found.as_str().to_owned())
}

/// Builds the small site with this body on a page: it is told and nothing is published, or the page is harmless.
fn check(body: &str) {
    let mut site = TestSite::small();
    let front_matter =
        "---\ntitle: A page\ndescription: A page whose text was written by somebody whom nobody here knows.\n---\n";
    site.put("content/pages/hostile.md", &format!("{front_matter}{body}\n"));
    let built = site.build();
    let findings = built.findings();
    match built.files.get("hostile/index.html") {
        Some(html) => assert_eq!(live_markup(std::str::from_utf8(html).unwrap()), None, "{body}"),
        None => assert!(findings.iter().any(|line| line.contains("content/pages/hostile.md:")), "{body}: {findings:?}"),
    }
}

#[test]
fn addresses_that_run_are_refused() {
    for body in [
        "[a](javascript:alert(1))",
        "[a](JaVaScRiPt:alert(1))",
        "[a](javascript&colon;alert(1))",
        "[a](&#106;avascript:alert(1))",
        "[a](&#x6A;avascript:alert(1))",
        "[a](java&Tab;script:alert(1))",
        "[a](<java\tscript:alert(1)>)",
        "[a](\x01javascript:alert(1))",
        "[a](vbscript:x)",
        "[a](data:text/html,<script>alert(1)</script>)",
        "<javascript:alert(1)>",
        "![a](javascript:alert(1))",
        "![a](data:image/svg+xml,<svg onload=alert(1)>)",
        "[a][b]\n\n[b]: javascript:alert(1)",
        "[[javascript:alert(1)]]",
        "[a](//evil.example/)",
        "![a](https://evil.example/pixel.png)",
    ] {
        check(body);
    }
}

#[test]
fn html_is_refused() {
    for body in [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "text <b onclick=alert(1)>bold</b>",
        "<svg onload=alert(1)>",
        "<!--> <img src=x onerror=alert(1)> -->",
        "<iframe srcdoc=\"<script>alert(1)</script>\">",
        "<meta http-equiv=refresh content=0;url=https://evil.example>",
        "<base href=https://evil.example/>",
        "| a |\n| - |\n| <script>alert(1)</script> |",
        "> [!WARNING]\n> <script>alert(1)</script>",
    ] {
        check(body);
    }
}

#[test]
fn text_cannot_leave_its_attribute_or_element() {
    for body in [
        "[a](https://docs.example/ \"x\\\" onmouseover=alert(1) y=\\\"\")",
        "[a](https://docs.example/?\"onmouseover=alert(1))",
        "# h {#x onclick=alert(1)}",
        "## h {.x style=color:red}",
        "## <script>alert(1)</script>",
        "## h `<script>alert(1)</script>`",
        "```html\n<script>alert(1)</script>\n```",
        "```\"><script>alert(1)</script>\ntext\n```",
        "```bash title=\"\\\"><script>alert(1)</script>\"\ntext\n```",
        "    <script>alert(1)</script>",
        "`<script>alert(1)</script>`",
        "[^\"><script>alert(1)</script>]",
        "{{ site.title }} {% include \"base.html\" %} {{ 1 + 1 }}",
        "- **<script>alert(1)</script>** x",
    ] {
        check(body);
    }
}

#[test]
fn template_syntax_in_content_is_text() {
    let mut site = TestSite::small();
    site.edit("content/errors/http/503.md", "- Watch the load.", "- Watch {{ page.title }} and {% raw %}.");
    assert!(site.build().page("errors/http/503/index.html").contains("{{ page.title }} and {% raw %}"));
}

#[test]
fn front_matter_is_escaped_wherever_it_shows() {
    let mut site = TestSite::small();
    let text = "A \\\"quoted\\\" <script>alert(1)</script> & 'more' text, long enough for a description.";
    site.edit(
        "content/errors/http/503.md",
        "name: Service Unavailable",
        "name: \"</title><script>alert(1)</script> \\\"x\\\" &amp;\"",
    );
    site.edit(
        "content/errors/http/503.md",
        "description: The service has no capacity now; its operator must add some or shed load.",
        &format!("description: \"{text}\""),
    );
    site.edit("content/errors/http/503.md", "title: HTTP semantics", "title: \"<img src=x onerror=alert(1)>\"");
    site.edit("content/errors/http/503.md", "why: the Acme client", "why: <b onclick=alert(1)>the Acme client");
    site.edit("content/playbooks/outage.md", "title: Outage", "title: \"<svg onload=alert(1)>\"");
    site.edit("site.toml", "title = \"Test site\"", "title = \"<script>alert(1)</script>\"");
    let built = site.build();
    assert_eq!(built.findings(), Vec::<String>::new());
    for (path, bytes) in built.files.iter().filter(|(path, _)| path.ends_with(".html")) {
        let html = std::str::from_utf8(bytes).unwrap();
        assert_eq!(live_markup(html), None, "{path}");
    }
    let page = built.page("errors/http/503/index.html");
    assert!(page.contains("&lt;/title&gt;&lt;script&gt;alert(1)&lt;/script&gt; &quot;x&quot; &amp;amp;"));
}

#[test]
fn deep_nesting_is_told_and_does_not_overflow() {
    for body in
        [">".repeat(20_000), "- ".repeat(20_000), format!("{}a{}", "*a _".repeat(5_000), "_*".repeat(5_000)), "[".repeat(50_000)]
    {
        check(&body);
    }
}

#[test]
fn templates_that_would_overflow_are_told() {
    for template in [
        "{% include \"page.html\" %}".to_owned(),
        format!("{}{}", "{% if true %}".repeat(1000), "{% endif %}".repeat(1000)),
        format!("{{% if a %}}{}{{% endif %}}", "{% elif b %}".repeat(4000)),
        "{% include \"../site.toml\" %}".to_owned(),
        "{% extends \"page.html\" %}".to_owned(),
        format!("{{{{ {}1{} }}}}", "(".repeat(5000), ")".repeat(5000)),
        format!("{{{{ {}1 }}}}", "not ".repeat(10_000)),
        format!("{{{{ {}1 }}}}", "-".repeat(60_000)),
        format!("{{{{ {}{} }}}}", "[".repeat(20_000), "]".repeat(20_000)),
    ] {
        let mut site = TestSite::small();
        site.put("templates/page.html", &template);
        let disk = site.on_disk();
        let output = disk.run(&["build", "--today", crate::support::TODAY]);
        let text = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(1), "{}…: {text}", &template[..20]);
        assert!(text.contains("templates/"), "{text}");
    }
}

#[test]
fn hostile_samples_stay_plain_or_end() {
    let mut site = TestSite::small();
    let mut body = String::new();
    for language in ["bash", "makefile", "csharp", "sql", "javascript", "yaml", "markdown"] {
        for line in ["a".repeat(2000), "(".repeat(1000), "\"a".repeat(900), " ".repeat(1900), "$(".repeat(900), "\\".repeat(1900)]
        {
            // Broken data is told; here it is only to be shown.
            body.push_str(&format!("```{language} status=bad\n{line}\n```\n\n"));
        }
    }
    let front_matter =
        "---\ntitle: Samples\ndescription: Samples that keep careless engines busy for a long time, or for ever.\n---\n";
    site.put("content/pages/samples.md", &format!("{front_matter}{body}"));
    assert!(site.build().page("samples/index.html").contains("aaaa"));
}
