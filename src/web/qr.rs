//! A QR code as SVG: one path, so that it is small and prints sharp.

use qrcode::{Color, EcLevel, QrCode};
use std::fmt::Write;

/// Quiet zone around the code, in modules (ISO/IEC 18004).
const QUIET: usize = 4;

/// The drawing's size in modules and its path; `None` when the text is too long for a QR code.
pub(super) fn drawing(text: &str) -> Option<(usize, String)> {
    let code = QrCode::with_error_correction_level(text, EcLevel::M).ok()?;
    let width = code.width();
    let mut path = String::new();
    for (place, _) in code.to_colors().iter().enumerate().filter(|(_, color)| **color == Color::Dark) {
        let (x, y) = (place % width + QUIET, place / width + QUIET);
        write!(path, "M{x} {y}h1v1h-1z").expect("writing to a String cannot fail");
    }
    Some((width + 2 * QUIET, path))
}
