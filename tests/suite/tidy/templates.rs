//! Templates of pages as people read them: no line is wider than an editor beside another one.

use std::fs;
use std::path::Path;

/// Characters of a line.
const COLUMNS_MAX: usize = 120;

#[test]
fn no_line_of_a_template_is_wider_than_an_editor() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/pages");
    let mut read = 0;
    for entry in fs::read_dir(folder).expect("the templates") {
        let path = entry.expect("a template").path();
        let text = fs::read_to_string(&path).expect("a text");
        let wide = too_wide(&text);
        assert!(wide.is_empty(), "{}: {wide:?} have more than {COLUMNS_MAX} characters", path.display());
        read += 1;
    }
    assert!(read > 0, "there are templates");
}

#[test]
fn a_wide_line_is_found_by_its_characters() {
    let (fits, wide) = ("ñ".repeat(COLUMNS_MAX), "ñ".repeat(COLUMNS_MAX + 1));
    assert_eq!(too_wide(&format!("{fits}\n{wide}\n{fits}")), [2]);
}

/// Numbers of the lines that are too wide.
fn too_wide(text: &str) -> Vec<usize> {
    let lines = text.lines().enumerate();
    lines.filter(|(_, line)| line.chars().count() > COLUMNS_MAX).map(|(number, _)| number + 1).collect()
}
