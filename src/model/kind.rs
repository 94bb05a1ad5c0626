//! The kinds of source file and what each is made of: folder, template, sections.

/// What a Markdown file in `content/` is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum GuideKind {
    /// One error code of one provider.
    Error,
    /// Two to four errors that people confuse.
    Compare,
    /// A decision tree over a class of incidents.
    Playbook,
    /// The software or service that prints codes.
    Provider,
    /// Anything else: about, editorial standard.
    Page,
}

/// What one kind is made of.
#[derive(Debug)]
pub struct KindSpec {
    /// The word for it in `kind:`, in references and in addresses of templates.
    pub name: &'static str,
    /// What readers call it.
    pub label: &'static str,
    /// The folder below `content/`.
    pub folder: &'static str,
    /// The template that makes its pages.
    pub template: &'static str,
    /// The sections with fixed headings, in the order they must stand.
    pub sections: &'static [SectionSpec],
    /// Where sections with free headings may stand.
    pub topics: Topics,
}

/// A section with a fixed heading.
#[derive(Debug)]
pub struct SectionSpec {
    /// Which section.
    pub kind: SectionKind,
    /// The heading that writers use.
    pub heading: &'static str,
    /// Whether it must be there.
    pub required: bool,
    /// What other people call such a section, in lower case; told with the heading that is meant.
    pub also: &'static [&'static str],
}

/// Where a kind allows sections with free headings.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Topics {
    /// Nowhere.
    Nowhere,
    /// Right after this section or another topic.
    After(SectionKind),
    /// Anywhere.
    Anywhere,
}

/// What a section of a body is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum SectionKind {
    /// What the error says.
    Meaning,
    /// Bullets with a bold lead.
    Causes,
    /// Numbered, linked to causes.
    Fix,
    /// Temporary relief.
    Workaround,
    /// Numbered steps to find the cause.
    Diagnosis,
    /// Code samples.
    Examples,
    /// What success looks like.
    Verify,
    /// How it does not come back.
    Prevent,
    /// The comparison table.
    TellThemApart,
    /// When it is one of the subjects: "When it is 429".
    WhenItIs,
    /// What people get wrong.
    CommonConfusion,
    /// Questions as third-level headings.
    Faq,
    /// When a playbook is the right one.
    WhenToUse,
    /// The decision tree.
    Triage,
    /// A section with a free heading.
    Topic,
}

impl SectionKind {
    /// What the anchors of a section's items begin with, before a hyphen; `None` where items have none.
    pub fn item_prefix(self) -> Option<&'static str> {
        match self {
            Self::Causes => Some("cause"),
            Self::Fix => Some("fix"),
            Self::Workaround => Some("workaround"),
            Self::Diagnosis => Some("diagnosis"),
            Self::Meaning
            | Self::Examples
            | Self::Verify
            | Self::Prevent
            | Self::TellThemApart
            | Self::WhenItIs
            | Self::CommonConfusion
            | Self::Faq
            | Self::WhenToUse
            | Self::Triage
            | Self::Topic => None,
        }
    }
}

/// What the heading of a [`SectionKind::WhenItIs`] begins with; a subject's code follows.
pub const WHEN_IT_IS: &str = "When it is ";

const fn required(kind: SectionKind, heading: &'static str) -> SectionSpec {
    SectionSpec { kind, heading, required: true, also: &[] }
}

impl SectionSpec {
    const fn also(self, also: &'static [&'static str]) -> Self {
        Self { also, ..self }
    }
}

const fn optional(kind: SectionKind, heading: &'static str) -> SectionSpec {
    SectionSpec { kind, heading, required: false, also: &[] }
}

const ERROR: KindSpec = KindSpec {
    name: "error",
    label: "Error guide",
    folder: "errors",
    template: "error.html",
    sections: &[
        required(SectionKind::Meaning, "Meaning").also(&["what it means", "overview", "summary", "description", "symptoms"]),
        required(SectionKind::Causes, "Causes").also(&["why it happens", "reasons", "common causes", "root causes"]),
        required(SectionKind::Fix, "Fix").also(&[
            "how to fix",
            "solution",
            "solutions",
            "resolution",
            "remedy",
            "how to resolve",
        ]),
        optional(SectionKind::Workaround, "Workaround").also(&["temporary fix", "mitigation"]),
        required(SectionKind::Diagnosis, "Diagnosis").also(&["diagnose", "how to diagnose", "troubleshooting", "debugging"]),
        required(SectionKind::Examples, "Examples").also(&["code", "code examples", "code samples", "samples"]),
        required(SectionKind::Verify, "Verify").also(&["verification", "how to verify", "check the fix", "validation"]),
        required(SectionKind::Prevent, "Prevent").also(&["prevention", "how to prevent", "avoid it"]),
    ],
    topics: Topics::After(SectionKind::Diagnosis),
};

const COMPARE: KindSpec = KindSpec {
    name: "compare",
    label: "Compare guide",
    folder: "compare",
    template: "compare.html",
    sections: &[
        required(SectionKind::TellThemApart, "Tell them apart").also(&["comparison", "differences", "how to tell them apart"]),
        // One for each subject; the headings are made from the front matter.
        required(SectionKind::WhenItIs, WHEN_IT_IS),
        optional(SectionKind::Examples, "Examples"),
        optional(SectionKind::CommonConfusion, "Common confusion"),
        optional(SectionKind::Faq, "FAQ").also(&["frequently asked questions", "questions"]),
    ],
    topics: Topics::Nowhere,
};

const PLAYBOOK: KindSpec = KindSpec {
    name: "playbook",
    label: "Playbook",
    folder: "playbooks",
    template: "playbook.html",
    sections: &[
        optional(SectionKind::WhenToUse, "When to use"),
        required(SectionKind::Triage, "Triage").also(&["decision tree", "tree", "steps", "procedure"]),
    ],
    topics: Topics::After(SectionKind::Triage),
};

const PROVIDER: KindSpec = KindSpec {
    name: "provider",
    label: "Provider",
    folder: "providers",
    template: "provider.html",
    sections: &[],
    topics: Topics::Anywhere,
};

const PAGE: KindSpec =
    KindSpec { name: "page", label: "Page", folder: "pages", template: "page.html", sections: &[], topics: Topics::Anywhere };

impl GuideKind {
    /// All kinds, in the order they are shown.
    pub const ALL: [Self; 5] = [Self::Error, Self::Compare, Self::Playbook, Self::Provider, Self::Page];

    /// What this kind is made of.
    pub fn spec(self) -> &'static KindSpec {
        match self {
            Self::Error => &ERROR,
            Self::Compare => &COMPARE,
            Self::Playbook => &PLAYBOOK,
            Self::Provider => &PROVIDER,
            Self::Page => &PAGE,
        }
    }

    /// The kind that a word of `kind:` means.
    pub fn named(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.spec().name == word)
    }

    /// The kind of the files in `content/<folder>/`.
    pub fn of_folder(folder: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.spec().folder == folder)
    }

    /// Whether it is one of the three kinds of guide that readers look up.
    pub fn is_guide(self) -> bool {
        match self {
            Self::Error | Self::Compare | Self::Playbook => true,
            Self::Provider | Self::Page => false,
        }
    }
}
