//! A season painted on the year's nights: by dragging, by two taps, by two strikes of Enter.

use super::chrome::{self, Chrome, Script};
use super::enter;
use super::pointer::{ENTER, ESCAPE, Pointer};
use crate::days::day;
use crate::harness::{TestServer, until, until_or};
use serde_json::{Value, json};

struct Year {
    server: TestServer,
    chrome: Chrome,
    cabin: i64,
}

impl Year {
    fn open(width: u32) -> Year {
        let server = TestServer::new();
        let cabin = server.cabin("Radal", 8_000_000);
        let chrome = Chrome::open(width, Script::On);
        enter(&chrome, &server);
        // The page jumps to its form instead of gliding there, so that nothing moves under the next press.
        let still = json!({ "features": [{ "name": "prefers-reduced-motion", "value": "reduce" }] });
        chrome.cdp("Emulation.setEmulatedMedia", &still);
        chrome.go(&server.url("/admin/rates"));
        Year { server, chrome, cabin }
    }

    /// The form's first and last night, and how many nights are painted.
    fn wish(&self) -> Value {
        self.chrome.ask(
            "(() => { const { from, last } = document.getElementById('season').elements;
             return [from.value, last.value, document.querySelectorAll('td.chosen').length]; })()",
        )
    }

    fn shows(&self, from: i64, last: i64) {
        let wanted = json!([day(from), day(last), last - from + 1]);
        let what = || format!("{wanted} painted, not {}", self.wish());
        until_or(what, || (self.wish() == wanted).then_some(()));
    }

    /// Fills in the rest, saves, and answers the seasons as they are then.
    fn save(&self) -> Value {
        self.chrome.fill("#season [name=name]", "Verano");
        self.chrome.fill("#season [name=price]", "90.000");
        self.chrome.press("#season button.main");
        until("the season saved", || self.chrome.address().contains("said=").then_some(()));
        let rates = format!("/api/v1/cabins/{}/rates", self.cabin);
        self.server.api("GET", &rates, &Value::Null).json()["rates"].clone()
    }
}

fn night(number: i64) -> String {
    format!("a.night[data-day=\"{}\"]", day(number))
}

#[test]
fn a_season_is_painted_with_the_mouse_either_way_and_saved() {
    if !chrome::is_here() {
        return;
    }
    let year = Year::open(1280);
    year.chrome.drag(&night(8), &night(10));
    year.shows(8, 10);
    let focus = "document.activeElement.name";
    until("the form's first field", || (year.chrome.ask(focus) == json!("name")).then_some(()));
    // A second one begins anew.
    year.chrome.drag(&night(13), &night(11));
    year.shows(11, 13);
    let rates = year.save();
    assert_eq!(rates.as_array().map(Vec::len), Some(1), "{rates}");
    assert_eq!((&rates[0]["from"], &rates[0]["to"]), (&json!(day(11)), &json!(day(14))), "{rates}");
    assert_eq!(year.chrome.complaints(), Vec::<String>::new());
}

#[test]
fn a_season_is_painted_with_two_taps_of_a_finger_and_saved() {
    if !chrome::is_here() {
        return;
    }
    let year = Year::open(360);
    for number in [10, 8] {
        let at = year.chrome.bring(&night(number));
        year.chrome.tap(Pointer::Finger, at);
        if number == 10 {
            year.shows(10, 10);
        }
    }
    year.shows(8, 10);
    let rates = year.save();
    assert_eq!((&rates[0]["from"], &rates[0]["to"]), (&json!(day(8)), &json!(day(11))), "{rates}");
    assert_eq!(year.chrome.complaints(), Vec::<String>::new());
}

#[test]
fn a_season_is_painted_with_the_enter_key() {
    if !chrome::is_here() {
        return;
    }
    let year = Year::open(1280);
    for number in [8, 9] {
        year.chrome.ask(&format!("document.querySelector({}).focus()", json!(night(number))));
        year.chrome.strike(ENTER);
        year.shows(8, number);
    }
    assert!(year.chrome.address().ends_with("/admin/rates"), "the links were not followed");
}

#[test]
fn a_drag_that_comes_back_is_of_one_night_and_one_that_was_let_go_outside_leaves_no_beginning() {
    if !chrome::is_here() {
        return;
    }
    let year = Year::open(1280);
    let first = year.chrome.bring(&night(8));
    year.chrome.hold_down(Pointer::Mouse, first);
    year.chrome.move_to(Pointer::Mouse, year.chrome.point_of(&night(9)));
    year.shows(8, 9);
    year.chrome.move_to(Pointer::Mouse, first);
    year.shows(8, 8);
    year.chrome.let_go(Pointer::Mouse);

    // Let go on the month's title: neither a click nor a drag.
    let month = format!("section:has({}) h2", night(0));
    let from = year.chrome.bring(&night(0));
    year.chrome.hold_down(Pointer::Mouse, from);
    year.shows(0, 0);
    year.chrome.ask("document.querySelector('#year').style.pointerEvents = 'none'");
    year.chrome.move_to(Pointer::Mouse, year.chrome.point_of(&month));
    year.chrome.let_go(Pointer::Mouse);
    year.chrome.ask("document.querySelector('#year').style.pointerEvents = ''");
    year.chrome.drag(&night(11), &night(12));
    year.shows(11, 12);
}

#[test]
fn escape_ends_a_drag_and_the_first_of_two_taps() {
    if !chrome::is_here() {
        return;
    }
    let year = Year::open(1280);
    let first = year.chrome.bring(&night(8));
    year.chrome.hold_down(Pointer::Mouse, first);
    year.chrome.move_to(Pointer::Mouse, year.chrome.point_of(&night(9)));
    year.shows(8, 9);
    year.chrome.strike(ESCAPE);
    year.chrome.move_to(Pointer::Mouse, year.chrome.point_of(&night(10)));
    year.chrome.let_go(Pointer::Mouse);
    assert_eq!(year.wish()[2], json!(0), "nothing is painted");
    let tapped = year.chrome.bring(&night(1));
    year.chrome.tap(Pointer::Mouse, tapped);
    year.shows(1, 1);
    year.chrome.strike(ESCAPE);
    let tapped = year.chrome.bring(&night(3));
    year.chrome.tap(Pointer::Mouse, tapped);
    year.shows(3, 3);
    assert_eq!(year.chrome.complaints(), Vec::<String>::new());
}
