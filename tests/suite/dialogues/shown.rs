//! A message as it is shown on the phone: the words, and below them buttons, rows, a link or a file.

use super::limits::keeps_the_limits;
use casero::domain::message::Message;

/// A message under the name of its speaker; further lines are indented.
pub(super) fn written(who: &str, message: &Message) -> String {
    keeps_the_limits(message);
    let mut out = match message {
        Message::Template { name, parameters, .. } => {
            said(who, &format!("(template {name}) {}", parameters.join(" | ")))
        }
        other => said(who, other.preview()),
    };
    match message {
        Message::Text { .. } | Message::Template { .. } => {}
        Message::Buttons { buttons, .. } => {
            let titles: Vec<String> = buttons.iter().map(|button| format!("[{}]", button.title)).collect();
            out.push_str(&format!("  {}\n", titles.join(" ")));
        }
        Message::List { open, rows, .. } => {
            out.push_str(&format!("  [{open} ▾]\n"));
            for row in rows {
                out.push_str(format!("   - {} | {}", row.title, row.description).trim_end());
                out.push('\n');
            }
        }
        Message::Link { label, url, .. } => out.push_str(&format!("  [{label} ↗ {url}]\n")),
        Message::Document { filename, .. } | Message::File { filename, .. } => {
            out.push_str(&format!("  [file {filename}]\n"));
        }
        Message::Image { .. } => out.push_str("  [picture]\n"),
        Message::Audio { .. } => out.push_str("  [voice note]\n"),
        Message::Location { .. } => out.push_str("  [place on the map]\n"),
    }
    out
}

fn said(who: &str, words: &str) -> String {
    let lines: Vec<&str> = words.lines().map(str::trim_end).collect();
    let lines = lines.join("\n  ");
    let lines: Vec<&str> = lines.lines().map(str::trim_end).collect();
    format!("{who}> {}\n", lines.join("\n"))
}
