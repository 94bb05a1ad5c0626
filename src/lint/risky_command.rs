//! Commands that destroy or disrupt have a warning beside them.

use std::sync::LazyLock;

use super::Context;
use crate::model::body::{Body, Risk};
use crate::model::diagnostic::Diagnostic;
use crate::model::pattern::Pattern;
use crate::model::rules;
use crate::model::sample::Sample;
use crate::model::site::GuideId;
use crate::model::source::Span;

/// What a command does, and how it is written.
const COMMANDS: &[(&str, &str)] = &[
    (
        "removes files for good",
        r"\brm\s+(?:-[\w-]+\s+)*(?:-[a-zA-Z]*[rR][a-zA-Z]*f[a-zA-Z]*|-[a-zA-Z]*f[a-zA-Z]*[rR][a-zA-Z]*)\b",
    ),
    ("removes files for good", r"\brm\s+(?:-[\w-]+\s+)*(?:-[rR]|--recursive)\s+(?:-f|--force)\b"),
    ("removes files for good", r"(?i)\bRemove-Item\b[^\n|;]*\s-Recurse\b"),
    ("writes over a disk", r"\bdd\b[^\n|;]*\bof=/dev/|\bmkfs(?:\.\w+)?\s"),
    (
        "drops what a database holds",
        r"(?i)\bdrop\s+(?:table|database|schema|view|materialized\s+view|index|role|user|column|keyspace)\b",
    ),
    ("empties a table", r"(?i)\btruncate\s+table\b"),
    ("deletes every row", r"(?i)\bdelete\s+from\s+[\w.\x22]+\s*;"),
    ("empties a store", r"(?i)\bFLUSH(?:ALL|DB)\b"),
    ("deletes a topic with its messages", r"\bkafka-topics(?:\.sh)?\b[^\n|;]*--delete\b"),
    ("deletes cluster resources", r"\bkubectl\s+(?:[^\n|;&]*\s)?delete\b|\bhelm\s+(?:uninstall|delete)\b"),
    ("moves every pod off a node", r"\bkubectl\s+(?:[^\n|;&]*\s)?drain\b"),
    ("deletes cloud resources", r"\baz\s+[^\n|;&]*\b(?:delete|purge)\b|\bgcloud\s+[^\n|;&]*\bdelete\b"),
    ("deletes cloud resources", r"\baws\s+[^\n|;&]*\b(?:delete-[a-z-]+|terminate-[a-z-]+|s3\s+r[bm])\b"),
    (
        "destroys infrastructure",
        r"\b(?:terraform|tofu)\s+(?:-\S+\s+)*(?:destroy|state\s+rm)\b|\b(?:terraform|tofu)\s[^\n|;]*-auto-approve\b",
    ),
    ("rewrites a branch for everybody", r"\bgit\s+push\s+(?:[^\n|;]*\s)?(?:--force(?:\s|$)|-f(?:\s|$)|\+\w)"),
    ("throws away uncommitted work", r"\bgit\s+(?:reset\s+--hard|clean\s+-[a-zA-Z]*f)"),
    ("removes containers, images or volumes", r"\bdocker\s+(?:(?:system|volume|image|container|builder)\s+prune|volume\s+rm)\b"),
];

static PATTERNS: LazyLock<Vec<(&str, Pattern)>> = LazyLock::new(|| {
    COMMANDS.iter().map(|(what, pattern)| (*what, Pattern::compile(pattern).expect("is tested to compile"))).collect()
});

pub(super) fn check(context: &Context<'_>, guide: GuideId, diagnostics: &mut Vec<Diagnostic>) {
    let body = &context.guide(guide).body;
    for sample in body.samples.iter().filter(|sample| !sample.is_bad) {
        let found = find(context.sources.text(sample.span));
        if let (Some((what, range)), false) = (found, is_warned(context, body, sample)) {
            let start = sample.span.start as usize;
            let span = Span::new(sample.span.file, start + range.start..start + range.end);
            let finding = Diagnostic::new(&rules::RISKY_COMMAND, span, format!("this {what}, and no warning stands beside it"));
            diagnostics.push(finding.hint("put `> [!WARNING]` into this section, with what is lost and how to get it back"));
        }
    }
}

/// The first risky command of a text, and what it does.
fn find(text: &str) -> Option<(&'static str, std::ops::Range<usize>)> {
    let all = PATTERNS.iter().filter_map(|(what, pattern)| Some((*what, pattern.find_all(text).into_iter().next()?)));
    all.min_by_key(|(_, range)| range.start)
}

/// Whether the section around a sample warns, or the node of a tree states its risk.
fn is_warned(context: &Context<'_>, body: &Body, sample: &Sample) -> bool {
    let is_around = |content: Span| content.contains(sample.span);
    let is_risky_node = body.nodes.iter().any(|node| node.risk != Risk::Unstated && is_around(node.content));
    let around = body.sections.iter().map(|section| section.content).find(|content| is_around(*content)).unwrap_or(body.intro);
    is_risky_node || context.sources.text(around).lines().any(is_warning)
}

/// Whether a line opens a warning, in the syntax of GitHub's alerts.
fn is_warning(line: &str) -> bool {
    let alert = line.trim_start_matches(['>', ' ']).trim_end();
    line.trim_start().starts_with('>') && ["[!WARNING]", "[!CAUTION]"].iter().any(|mark| alert.eq_ignore_ascii_case(mark))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, is_risky: bool) {
        assert_eq!(find(text).is_some(), is_risky, "{text}");
    }

    #[test]
    fn what_destroys_is_found() {
        for text in [
            "rm -rf /var/cache",
            "sudo rm -v -fr x",
            "rm -r -f x",
            "rm --recursive --force x",
            "Remove-Item C:\\x -Recurse -Force",
            "DROP TABLE users;",
            "drop   database x",
            "DELETE FROM users;",
            "TRUNCATE TABLE users",
            "redis-cli FLUSHALL",
            "kubectl delete pod api-0",
            "kubectl -n shop delete pvc data",
            "kubectl drain node-1",
            "az group delete --name rg",
            "aws ec2 terminate-instances --instance-ids i-1",
            "aws s3 rm s3://bucket --recursive",
            "terraform destroy",
            "terraform apply -auto-approve",
            "git push --force origin main",
            "git push origin +main",
            "git push -f",
            "git reset --hard HEAD~1",
            "docker system prune -a",
            "dd if=x of=/dev/sda",
        ] {
            check(text, true);
        }
    }

    #[test]
    fn what_can_be_undone_is_not() {
        for text in [
            "rm file",
            "kubectl get pods",
            "git push --force-with-lease",
            "git push origin main",
            "DELETE FROM users WHERE id = 1;",
            "terraform plan -destroy-mode=x",
            "curl -X DELETE https://api.example/v1/keys/1",
            "az account show",
            "docker ps",
        ] {
            check(text, false);
        }
    }
}
