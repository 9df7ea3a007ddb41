//! A mouse, a finger and keys on the open page, as WebDriver's actions (W3C WebDriver, section 15): what is pressed
//! stays pressed until it is let go, over as many commands as the test needs.

use super::chrome::Chrome;
use crate::harness::until;
use serde_json::{Value, json};

/// Enter, Escape and the arrow to the right, as WebDriver names them.
pub const ENTER: char = '\u{E007}';
pub const ESCAPE: char = '\u{E00C}';
pub const RIGHT: char = '\u{E014}';
const CONTROL: char = '\u{E009}';

/// Milliseconds that a move takes: a jump would pass over what lies between.
const MOVE_MS: u64 = 60;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Pointer {
    Mouse,
    Finger,
}

impl Pointer {
    fn kind(self) -> &'static str {
        match self {
            Pointer::Mouse => "mouse",
            Pointer::Finger => "touch",
        }
    }
}

/// A point of the open page's view, in CSS pixels.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Point {
    pub x: i64,
    pub y: i64,
}

impl Chrome {
    /// Brings what the selector finds to the middle of the view, and answers where it is once nothing moves any
    /// more: the tape has as many months on each side as it wants, and is where it was put. What was out of view a
    /// frame ago is not pressed yet: the browser finds the card around it (`content-visibility`).
    pub fn bring(&self, selector: &str) -> Point {
        let script = format!(
            "(async () => {{
                const found = document.querySelector({});
                if (!found) return null;
                const before = found.getBoundingClientRect();
                found.scrollIntoView({{ block: 'center', inline: 'center', behavior: 'instant' }});
                for (let frame = 0; frame < 2; frame++) await new Promise(requestAnimationFrame);
                const box = found.getBoundingClientRect();
                if (box.x !== before.x || box.y !== before.y) return null;
                const tape = found.closest('#tape');
                const after = tape && tape.scrollWidth - tape.scrollLeft - tape.clientWidth;
                if (tape && (tape.scrollLeft < tape.clientWidth / 2 || after < tape.clientWidth)) return null;
                return [box.x + Math.min(box.width, 52) / 2, box.y + box.height / 2];
            }})()",
            json!(selector)
        );
        until(&format!("{selector} in the middle of the view"), || point(&self.ask(&script)))
    }

    /// Where something is that is in view already.
    pub fn point_of(&self, selector: &str) -> Point {
        let script = format!(
            "(() => {{
                const box = document.querySelector({})?.getBoundingClientRect();
                return box ? [box.x + Math.min(box.width, 52) / 2, box.y + box.height / 2] : null;
            }})()",
            json!(selector)
        );
        point(&self.ask(&script)).unwrap_or_else(|| panic!("{selector} is not there"))
    }

    /// Presses at a point and holds on.
    pub fn hold_down(&self, pointer: Pointer, at: Point) {
        self.point(pointer, &[moved(at, 0), json!({ "type": "pointerDown", "button": 0 })]);
    }

    pub fn move_to(&self, pointer: Pointer, at: Point) {
        self.point(pointer, &[moved(at, MOVE_MS)]);
    }

    pub fn let_go(&self, pointer: Pointer) {
        self.point(pointer, &[json!({ "type": "pointerUp", "button": 0 })]);
    }

    /// Presses and lets go at one point. Chromium makes no click of a finger's actions: the events of a tap are sent
    /// to what lies under it.
    pub fn tap(&self, pointer: Pointer, at: Point) {
        if pointer == Pointer::Mouse {
            self.hold_down(pointer, at);
            self.let_go(pointer);
            return;
        }
        self.ask(&format!(
            "(() => {{
                const under = document.elementFromPoint({}, {});
                const touch = {{ bubbles: true, cancelable: true, pointerType: 'touch', button: 0 }};
                for (const kind of ['pointerdown', 'pointerup']) under.dispatchEvent(new PointerEvent(kind, touch));
                under.click();
            }})()",
            at.x, at.y
        ));
    }

    /// Drags with the mouse from what one selector finds to what the other finds.
    pub fn drag(&self, from: &str, to: &str) {
        let from = self.bring(from);
        self.hold_down(Pointer::Mouse, from);
        self.move_to(Pointer::Mouse, self.point_of(to));
        self.let_go(Pointer::Mouse);
    }

    /// Strikes a key where the focus is.
    pub fn strike(&self, key: char) {
        self.keys(&[("keyDown", key), ("keyUp", key)]);
    }

    pub fn strike_with_control(&self, key: char) {
        self.keys(&[("keyDown", CONTROL), ("keyDown", key), ("keyUp", key), ("keyUp", CONTROL)]);
    }

    fn point(&self, pointer: Pointer, steps: &[Value]) {
        self.act(&json!({
            "type": "pointer", "id": pointer.kind(), "parameters": { "pointerType": pointer.kind() },
            "actions": steps,
        }));
    }

    fn keys(&self, strokes: &[(&str, char)]) {
        let steps: Vec<Value> =
            strokes.iter().map(|(kind, key)| json!({ "type": kind, "value": key.to_string() })).collect();
        self.act(&json!({ "type": "key", "id": "keyboard", "actions": steps }));
    }

    fn act(&self, source: &Value) {
        self.command("/actions", &json!({ "actions": [source] }));
    }
}

fn moved(to: Point, duration_ms: u64) -> Value {
    json!({ "type": "pointerMove", "duration": duration_ms, "origin": "viewport", "x": to.x, "y": to.y })
}

/// The point that a script answered, in whole pixels.
fn point(answer: &Value) -> Option<Point> {
    let whole = |value: &Value| value.as_f64().map(|value| value.round() as i64);
    Some(Point { x: whole(&answer[0])?, y: whole(&answer[1])? })
}
