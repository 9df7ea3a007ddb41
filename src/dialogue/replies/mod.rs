//! stub
pub mod format;
use super::{Notice, Say, Tap};
use crate::domain::language::Language;
pub enum Form {
    Text,
    Buttons,
    List { open: String },
    Link { label: String, url: String },
}
pub struct RChoice {
    pub tap: Tap,
    pub title: String,
    pub description: String,
}
pub struct Rendered {
    pub body: String,
    pub choices: Vec<RChoice>,
    pub form: Form,
}
pub fn render(_s: &[Say], _l: Language) -> Vec<Rendered> {
    Vec::new()
}
pub fn owner(_n: &Notice) -> String {
    String::new()
}
pub fn checkout_title(
    _c: &str,
    _s: crate::domain::stay::Stay,
    _k: &crate::domain::ids::ReservationCode,
) -> String {
    String::new()
}
