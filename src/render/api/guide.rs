//! One guide as data.

use super::view::{
    BranchData, CompareData, Entry, ErrorData, FactData, FixData, GuideData, Kind, Link, Named, NodeData, PlaybookData,
    ProviderData, ReasonedLink, ReferenceData, SectionData, SignatureData, Status,
};
use crate::model::body::{Action, Node};
use crate::model::guide::{ErrorMatter, Guide, Matter, PlaybookMatter, ProviderMatter, Signature};
use crate::model::kind::{GuideKind, SectionKind};
use crate::model::output::{api_file, twin_file};
use crate::model::site::{GuideId, Site};
use crate::model::url::Permalink;
use crate::render::cards;
use crate::render::context::{Context, Linker};
use crate::render::triage::{risk, word};
use crate::render::twins::{BodyText, SectionText, sections};

/// A guide in a list.
pub(super) fn entry(linker: &Linker<'_>, id: GuideId) -> Entry {
    let site = linker.site;
    let guide = site.guide(id);
    Entry {
        reference: site.identities[id.index()].to_string(),
        kind: kind(guide),
        title: site.title(id),
        description: guide.common.description.value.clone(),
        url: linker.guide(id, None),
        data_url: data_url(linker, id),
        markdown_url: markdown_url(linker, id),
        status: status(guide),
        last_reviewed_on: reviewed(guide),
    }
}

/// The whole of a guide.
pub(super) fn guide_data(context: &Context<'_>, linker: &Linker<'_>, id: GuideId) -> GuideData {
    let site = context.site;
    let guide = site.guide(id);
    let body = BodyText::new(context, linker, id);
    let reasons = cards::reasons(site, id);
    let maker = Maker { linker, body: &body, id };
    GuideData {
        reference: site.identities[id.index()].to_string(),
        kind: kind(guide),
        title: site.title(id),
        description: guide.common.description.value.clone(),
        url: linker.guide(id, None),
        markdown_url: markdown_url(linker, id),
        status: status(guide),
        replaced_by: site.edges[id.index()].replaced_by.map(|other| link(linker, other)),
        last_reviewed_on: reviewed(guide),
        review_due_on: guide.common.last_reviewed_on.as_ref().map(|day| site.review_interval(id).after(day.value).to_string()),
        owner: guide.common.owner.clone(),
        tags: tags(site, guide),
        error: if let Matter::Error(matter) = &guide.matter { maker.error(matter) } else { None },
        compare: if let Matter::Compare(matter) = &guide.matter { Some(maker.compare(&matter.question)) } else { None },
        playbook: if let Matter::Playbook(matter) = &guide.matter { Some(maker.playbook(matter)) } else { None },
        provider: if let Matter::Provider(matter) = &guide.matter { Some(maker.provider(matter)) } else { None },
        intro: body.part(guide.body.intro, &[]),
        sections: sections(context, linker, &body, id).into_iter().map(section).collect(),
        references: guide.common.references.iter().map(reference).collect(),
        mentioned_in: mentioned_in(linker, id, &reasons),
        links: reasons.into_iter().map(|(other, reason)| reasoned(linker, other, reason)).collect(),
    }
}

/// What a guide is called and where it is.
pub(super) fn link(linker: &Linker<'_>, id: GuideId) -> Link {
    let site = linker.site;
    Link { reference: site.identities[id.index()].to_string(), title: site.title(id), url: linker.guide(id, None) }
}

/// The address of a guide's JSON file.
pub(super) fn data_url(linker: &Linker<'_>, id: GuideId) -> String {
    linker.file(&api_file(linker.site.guide(id).kind(), linker.site.permalink(id)))
}

/// A signature as data.
pub(super) fn signature(signature: &Signature) -> SignatureData {
    SignatureData {
        pattern: signature.pattern.value.clone(),
        samples: signature.samples.iter().map(|sample| sample.value.clone()).collect(),
        rejects: signature.rejects.iter().map(|reject| reject.value.clone()).collect(),
    }
}

fn markdown_url(linker: &Linker<'_>, id: GuideId) -> Option<String> {
    (!linker.site.config.is_off("markdown")).then(|| linker.file(&twin_file(linker.site.permalink(id))))
}

fn kind(guide: &Guide) -> Kind {
    match guide.kind() {
        GuideKind::Error => Kind::Error,
        GuideKind::Compare => Kind::Compare,
        GuideKind::Playbook => Kind::Playbook,
        GuideKind::Provider => Kind::Provider,
        GuideKind::Page => Kind::Page,
    }
}

fn status(guide: &Guide) -> Status {
    use crate::model::guide::Status as Written;
    match guide.common.status {
        _ if guide.common.is_draft => Status::Draft,
        Written::Current => Status::Current,
        Written::Deprecated => Status::Deprecated,
        Written::Retired => Status::Retired,
    }
}

fn reviewed(guide: &Guide) -> Option<String> {
    guide.common.last_reviewed_on.as_ref().map(|day| day.value.to_string())
}

fn tags(site: &Site, guide: &Guide) -> Vec<Named> {
    let own = site.config.tags.iter().filter(|(slug, _)| guide.common.tags.contains(slug));
    own.map(|(slug, name)| Named { key: slug.to_string(), name: name.clone() }).collect()
}

fn section(section: SectionText) -> SectionData {
    SectionData { key: section.key, anchor: section.anchor, title: section.title, text: section.text }
}

fn reference(reference: &crate::model::guide::OfficialReference) -> ReferenceData {
    ReferenceData {
        id: reference.id.value.clone(),
        title: reference.title.clone(),
        url: reference.url.clone(),
        accessed: reference.accessed.to_string(),
    }
}

fn reasoned(linker: &Linker<'_>, id: GuideId, reason: String) -> ReasonedLink {
    let Link { reference, title, url } = link(linker, id);
    ReasonedLink { reference, title, url, reason }
}

/// As on the page: without those that a reasoned link leads to already.
fn mentioned_in(linker: &Linker<'_>, id: GuideId, reasons: &[(GuideId, String)]) -> Vec<Link> {
    let backlinks = linker.site.relations[id.index()].backlinks.iter().map(|backlink| backlink.guide);
    let is_new = |guide: &GuideId| !reasons.iter().any(|(other, _)| other == guide);
    backlinks.filter(is_new).map(|guide| link(linker, guide)).collect()
}

struct Maker<'a> {
    linker: &'a Linker<'a>,
    body: &'a BodyText<'a>,
    id: GuideId,
}

impl Maker<'_> {
    fn links(&self, ids: &[GuideId]) -> Vec<Link> {
        ids.iter().map(|id| link(self.linker, *id)).collect()
    }

    fn error(&self, matter: &ErrorMatter) -> Option<ErrorData> {
        let site = self.linker.site;
        let (provider, _) = site.provider_of(matter)?;
        let category = site.config.categories.iter().find(|(key, _)| *key == matter.category);
        Some(ErrorData {
            provider: link(self.linker, provider),
            code: matter.code.value.clone(),
            name: matter.name.clone(),
            category: Named { key: matter.category.clone(), name: category.map_or_else(String::new, |(_, name)| name.clone()) },
            http_status: matter.http_status,
            facts: facts(site, matter),
            signatures: matter.signatures.iter().map(signature).collect(),
            same_as: self.links(&site.relations[self.id.index()].same_as),
            short_url: self.short_url(),
            fixes: self.fixes(),
        })
    }

    fn short_url(&self) -> Option<String> {
        let site = self.linker.site;
        let own = site.redirects.iter().find(|redirect| redirect.is_short && redirect.to == self.id)?;
        Some(site.config.base_url.join(Permalink::as_str(&own.from)))
    }

    fn fixes(&self) -> Vec<FixData> {
        let section = self.linker.site.guide(self.id).body.section(SectionKind::Fix);
        let items = section.into_iter().flat_map(|section| &section.items);
        items
            .map(|item| FixData {
                lead: item.lead.clone().unwrap_or_default(),
                hint: item.hint.clone(),
                url: self.linker.guide(self.id, Some(&item.anchor)),
            })
            .collect()
    }

    fn compare(&self, question: &str) -> CompareData {
        let subjects = self.links(&self.linker.site.edges[self.id.index()].subjects);
        CompareData { question: question.to_owned(), subjects }
    }

    fn playbook(&self, matter: &PlaybookMatter) -> PlaybookData {
        let site = self.linker.site;
        PlaybookData {
            covers: self.links(&site.edges[self.id.index()].covers),
            triggers: matter.triggers.clone(),
            severity: matter.severity.clone(),
            time_budget: matter.time_budget.clone(),
            nodes: site.guide(self.id).body.nodes.iter().map(|node| self.node(node)).collect(),
        }
    }

    fn node(&self, node: &Node) -> NodeData {
        let (to, within) = match &node.action {
            Action::Escalate { to, within } => (Some(to.clone()), within.clone()),
            Action::Ask | Action::Do | Action::Fix => (None, None),
        };
        let branches = node.branches.iter().map(|branch| {
            let written = self.body.part(branch.condition, &[]);
            let condition = if written.trim().is_empty() { branch.label.clone() } else { written.trim().to_owned() };
            BranchData { condition, to: branch.target.clone() }
        });
        NodeData {
            id: node.id.clone(),
            title: node.title.clone(),
            action: word(&node.action).to_owned(),
            risk: risk(node.risk).map(str::to_owned),
            to,
            within,
            text: self.body.part(node.content, &node.branch_lists),
            branches: branches.collect(),
        }
    }

    fn provider(&self, matter: &ProviderMatter) -> ProviderData {
        let site = self.linker.site;
        let is_own = |id: &GuideId| site.guide(*id).error().is_some_and(|error| error.provider.value == matter.slug);
        let errors: Vec<GuideId> = site.of_kind(GuideKind::Error).filter(is_own).collect();
        ProviderData {
            name: matter.name.clone(),
            product: matter.product.clone(),
            code_pattern: matter.code_pattern.as_ref().map(|pattern| pattern.value.clone()),
            has_stable_codes: matter.has_stable_codes,
            docs_url: matter.docs_url.clone(),
            context: matter.context.clone(),
            errors: self.links(&errors),
        }
    }
}

fn facts(site: &Site, matter: &ErrorMatter) -> Vec<FactData> {
    let facts = matter.facts.iter().filter_map(|fact| {
        let spec = site.config.fact(&fact.key.value)?;
        Some(FactData {
            key: fact.key.value.clone(),
            label: spec.label.clone(),
            value: fact.value.clone(),
            text: spec.text_of(&fact.value).to_owned(),
        })
    });
    facts.collect()
}
