//! Report: diagnostics → text. Pure; one file a format.

mod human;

pub use human::human;
