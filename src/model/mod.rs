//! The nouns that flow between rooms: plain data with constructors and look-ups, no work.

pub mod anchor;
pub mod body;
pub mod cell;
pub mod codes;
pub mod config;
pub mod date;
pub mod diagnostic;
pub mod guide;
pub mod kind;
pub mod language;
pub mod markdown;
pub mod output;
pub mod pattern;
pub mod portable;
pub mod reference;
pub mod rules;
pub mod sample;
pub mod site;
pub mod source;
pub mod starter;
pub mod suggest;
pub mod theme;
pub mod url;
pub mod words;
