//! Front matter of a compare guide: its subjects and its question.

use super::super::front_matter::Fields;
use super::{MAX_TITLE, Reader};
use crate::model::diagnostic::Diagnostic;
use crate::model::guide::{CompareMatter, Matter};
use crate::model::rules;

impl Reader<'_> {
    pub(super) fn compare(&mut self, fields: &mut Fields) -> Option<Matter> {
        let written = fields.subjects.take();
        let is_readable = written.is_some();
        let texts = self.required_list("subjects", written);
        let count = texts.len();
        if is_readable && count > 0 && !(2..=4).contains(&count) {
            self.tell(
                &rules::SUBJECT_COUNT,
                self.at_key("subjects"),
                format!("a compare has two to four subjects, this one {count}"),
            );
        }
        let subjects = self.reference_list("subjects", texts);
        for (index, subject) in subjects.iter().enumerate() {
            let first = subjects[..index].iter().find(|other| other.value == subject.value);
            if let Some(first) = first {
                let finding =
                    Diagnostic::new(&rules::DUPLICATE_SUBJECT, subject.span, format!("`{}` stands twice", subject.value));
                self.diagnostics.push(finding.label(first.span, "first here"));
            }
        }
        let question = self.required("question", fields.question.take(), MAX_TITLE)?.value;
        let matter = CompareMatter { subjects, question };
        if fields.slug.is_none() && matter.code_slug().is_none() && count == matter.subjects.len() && count > 0 {
            let message = "the codes of the subjects give no address";
            let finding = Diagnostic::new(&rules::INVALID_SLUG, self.at_key("subjects"), message);
            self.diagnostics.push(finding.hint("give the guide a `slug`, as in 429-vs-503"));
        }
        Some(Matter::Compare(matter))
    }
}
