//! The tape chart under a mouse, a finger and keys: nights are picked, stays are dragged, months come by themselves.

use super::chrome::{self, Chrome, Script};
use super::pointer::{ENTER, ESCAPE, Point, Pointer, RIGHT};
use super::{enter, enter_as};
use crate::days::{day, year_month};
use crate::harness::{TestServer, hold_of, until};
use serde_json::json;

/// A cabin, the owner's tape at the month of the tests, and who looks at it.
struct Desk {
    server: TestServer,
    chrome: Chrome,
    cabin: i64,
}

impl Desk {
    fn open(width: u32) -> Desk {
        let server = TestServer::new();
        let cabin = server.cabin("Canelo", 8_000_000);
        let chrome = Chrome::open(width, Script::On);
        enter(&chrome, &server);
        Desk { server, chrome, cabin }
    }

    fn look(&self) {
        self.chrome.go(&self.server.url(&format!("/admin/chart?from={}", year_month(day(0)))));
    }

    /// The link of a free night.
    fn night(&self, number: i64) -> String {
        let (cabin, day) = (self.cabin, day(number));
        format!("#tape a[href=\"/admin/reservations/new?cabin={cabin}&check_in={day}\"]")
    }

    /// Waits for the card about what is picked, and answers how many nights are painted.
    fn picked(&self) -> usize {
        until("what is picked", || self.chrome.has("#picked:not([hidden])").then_some(()));
        self.painted()
    }

    fn painted(&self) -> usize {
        let count = self.chrome.ask("document.querySelectorAll('td.chosen').length");
        usize::try_from(count.as_u64().expect("a number")).expect("a small one")
    }

    fn is_dropped(&self) -> bool {
        self.chrome.has("#picked[hidden]") && self.painted() == 0
    }

    fn complains_of_nothing(&self) {
        assert_eq!(self.chrome.complaints(), Vec::<String>::new());
    }

    /// A hold of two nights from this day; answers its code and the selector of its bar.
    fn stay(&self, from: i64) -> (String, String) {
        let held = self.server.hold(self.cabin, day(from), day(from + 2));
        let code = held["code"].as_str().expect("a code").to_owned();
        let bar = format!("#tape a.bar[data-code=\"{code}\"]");
        (code, bar)
    }

    /// Drags a bar by whole days of the tape.
    fn drag_by(&self, bar: &str, days: i64) {
        let from = self.chrome.bring(bar);
        let width = self.chrome.ask("document.querySelector('#tape thead th[scope=col]').offsetWidth");
        let to = Point { x: from.x + days * width.as_i64().expect("pixels"), y: from.y };
        self.chrome.hold_down(Pointer::Mouse, from);
        self.chrome.move_to(Pointer::Mouse, to);
        self.chrome.let_go(Pointer::Mouse);
    }

    fn begins(&self, code: &str) -> String {
        self.server.reservation(code)["check_in"].as_str().expect("a day").to_owned()
    }
}

#[test]
fn nights_under_the_mouse_are_booked() {
    if !chrome::is_here() {
        return;
    }
    let desk = Desk::open(1280);
    desk.look();
    desk.chrome.drag(&desk.night(8), &desk.night(10));
    assert_eq!(desk.picked(), 3);
    assert!(desk.chrome.text().contains("(3 noches)"), "{}", desk.chrome.text());
    desk.chrome.press("#picked-book");
    desk.chrome.fill("[name=name]", "Rosa Quiroga");
    desk.chrome.fill("[name=phone]", "+54 9 294 412-3456");
    desk.chrome.press("form[method=post] button.main");
    until("the booking's page", || desk.chrome.address().contains("said=held").then_some(()));
    let booked = desk.server.api("GET", "/api/v1/reservations", &json!(null)).json();
    let booked = &booked["reservations"][0];
    assert_eq!(booked["check_in"], json!(day(8)));
    assert_eq!(booked["check_out"], json!(day(11)), "the last night is in it");
    desk.complains_of_nothing();
}

#[test]
fn nights_are_picked_backwards_as_far_as_they_are_free_and_closed() {
    if !chrome::is_here() {
        return;
    }
    let desk = Desk::open(1280);
    desk.stay(6);
    desk.look();
    let from = desk.chrome.bring(&desk.night(10));
    desk.chrome.hold_down(Pointer::Mouse, from);
    for number in [9, 5] {
        desk.chrome.move_to(Pointer::Mouse, desk.chrome.point_of(&desk.night(number)));
    }
    desk.chrome.let_go(Pointer::Mouse);
    assert_eq!(desk.picked(), 3, "the nights of days 6 and 7 are taken");
    desk.chrome.press("#picked-close");
    until("the form", || desk.chrome.address().contains("/admin/chart/block").then_some(()));
    desk.chrome.press("form[action='/admin/chart/block'] button.main");
    until("the nights closed", || desk.chrome.address().contains("said=").then_some(()));
    let closed =
        format!("SELECT count(*) FROM block WHERE from_day = '{}' AND to_day = '{}'", day(8), day(11));
    assert_eq!(desk.server.count(&closed), 1);
    desk.complains_of_nothing();
}

#[test]
fn what_is_picked_is_dropped_by_a_key_a_button_and_by_whoever_books_it() {
    if !chrome::is_here() {
        return;
    }
    let desk = Desk::open(1280);
    desk.look();
    let pick = || {
        desk.chrome.drag(&desk.night(8), &desk.night(9));
        assert_eq!(desk.picked(), 2);
    };
    pick();
    desk.chrome.strike(ESCAPE);
    until("nothing picked", || desk.is_dropped().then_some(()));
    pick();
    desk.chrome.press("#picked-drop");
    until("nothing picked", || desk.is_dropped().then_some(()));
    pick();
    desk.server.hold(desk.cabin, day(9), day(11));
    until("nothing picked, for a night is taken", || desk.is_dropped().then_some(()));
    desk.complains_of_nothing();
}

#[test]
fn a_finger_holds_the_first_night_and_taps_the_last() {
    if !chrome::is_here() {
        return;
    }
    let desk = Desk::open(360);
    desk.look();
    let first = desk.chrome.bring(&desk.night(8));
    desk.chrome.hold_down(Pointer::Finger, first);
    assert_eq!(desk.picked(), 1, "held long enough");
    desk.chrome.let_go(Pointer::Finger);
    desk.chrome.tap(Pointer::Finger, desk.chrome.point_of(&desk.night(10)));
    until("three nights", || (desk.painted() == 3).then_some(()));
    let book = desk.chrome.ask("document.getElementById('picked-book').getAttribute('href')");
    let (from, to) = (day(8), day(11));
    let expected = format!("/admin/reservations/new?cabin={}&check_in={from}&check_out={to}", desk.cabin);
    assert_eq!(book, json!(expected));
    // Chromium complains of a telephone that shakes at the first touch of a page: no fault of ours.
}

#[test]
fn a_click_and_the_enter_key_follow_the_link() {
    if !chrome::is_here() {
        return;
    }
    let desk = Desk::open(1280);
    let (code, bar) = desk.stay(6);
    let form = format!("check_in={}", day(9));
    desk.look();
    let night = desk.chrome.bring(&desk.night(9));
    desk.chrome.tap(Pointer::Mouse, night);
    until("the form", || desk.chrome.address().contains(&form).then_some(()));
    desk.look();
    desk.chrome.bring(&desk.night(9));
    desk.chrome.ask(&format!("document.querySelector({}).focus()", json!(desk.night(9))));
    desk.chrome.strike(ENTER);
    until("the form", || desk.chrome.address().contains(&form).then_some(()));
    desk.look();
    let stay = desk.chrome.bring(&bar);
    desk.chrome.tap(Pointer::Mouse, stay);
    until("the booking", || desk.chrome.address().contains(&code).then_some(()));
}

#[test]
fn a_tap_follows_the_link() {
    if !chrome::is_here() {
        return;
    }
    let desk = Desk::open(360);
    desk.look();
    let night = desk.chrome.bring(&desk.night(9));
    desk.chrome.tap(Pointer::Finger, night);
    let form = format!("check_in={}", day(9));
    until("the form", || desk.chrome.address().contains(&form).then_some(()));
}

#[test]
fn a_stay_is_dragged_to_other_days_after_its_price_was_shown() {
    if !chrome::is_here() {
        return;
    }
    let desk = Desk::open(1280);
    let (code, bar) = desk.stay(6);
    desk.look();
    desk.drag_by(&bar, 3);
    until("the question", || desk.chrome.has("#moving[open] form[method=post]").then_some(()));
    desk.chrome.press("#moving [data-drop]");
    until("no question", || desk.chrome.has("#moving:not([open])").then_some(()));
    assert_eq!(desk.begins(&code), day(6).to_string(), "it was asked and not done");
    desk.drag_by(&bar, 3);
    until("the question", || desk.chrome.has("#moving[open] form[method=post]").then_some(()));
    desk.chrome.press("#moving form[method=post] button.main");
    until("the new days", || (desk.begins(&code) == day(9).to_string()).then_some(()));
    desk.complains_of_nothing();
}

#[test]
fn a_stay_is_not_dragged_onto_taken_nights_nor_after_escape() {
    if !chrome::is_here() {
        return;
    }
    let desk = Desk::open(1280);
    let (code, bar) = desk.stay(6);
    let mut other = hold_of(desk.cabin, day(9), day(11));
    other["guest"] = json!({ "name": "Nora Paz", "phone": "+54 9 351 555-0102" });
    let other = desk.server.api("POST", "/api/v1/reservations", &other);
    assert_eq!(other.status, 201, "{}", other.text);
    desk.look();
    desk.drag_by(&bar, 2);
    until("the refusal", || desk.chrome.text().contains("ya está ocupada").then_some(()));
    assert!(!desk.chrome.has("#moving form[method=post]"), "nothing to send");
    desk.chrome.press("#moving [data-drop]");
    until("no question", || desk.chrome.has("#moving:not([open])").then_some(()));

    let from = desk.chrome.bring(&bar);
    desk.chrome.hold_down(Pointer::Mouse, from);
    desk.chrome.move_to(Pointer::Mouse, Point { x: from.x + 300, y: from.y });
    until("the bar under the mouse", || desk.chrome.has("a.bar.dragged").then_some(()));
    desk.chrome.strike(ESCAPE);
    until("the bar in its place", || (!desk.chrome.has("a.bar.dragged")).then_some(()));
    desk.chrome.let_go(Pointer::Mouse);
    assert!(desk.chrome.has("#moving:not([open])"));
    assert_eq!(desk.begins(&code), day(6).to_string());
    desk.complains_of_nothing();
}

#[test]
fn months_come_while_one_scrolls_and_the_month_asked_for_is_the_one_shown() {
    if !chrome::is_here() {
        return;
    }
    let desk = Desk::open(1280);
    desk.look();
    let asked = year_month(day(0));
    desk.chrome.bring(&desk.night(14));
    let shown = || desk.chrome.ask("document.querySelector('.months select').value");
    let months = || desk.chrome.ask("document.querySelectorAll('.month').length").as_u64().expect("a number");
    assert_eq!(shown(), json!(asked));
    let before = months();
    assert!(before >= 2, "its neighbours are there: {before}");
    desk.chrome.ask("document.getElementById('tape').focus()");
    until("the next month, by the arrow", || {
        desk.chrome.strike(RIGHT);
        (shown() != json!(asked)).then_some(())
    });
    // How far that is depends on where in its month the first day stands.
    until("more months", || {
        desk.chrome.strike(RIGHT);
        (months() > before).then_some(())
    });
    until("the address of the month in view", || {
        let address = format!("from={}", shown().as_str().expect("a month"));
        desk.chrome.address().contains(&address).then_some(())
    });

    desk.chrome.press("#to-today");
    let in_view = "(() => { const day = document.getElementById('hoy')?.getBoundingClientRect();
        return !!day && day.left > 0 && day.right < innerWidth; })()";
    until("today in view", || (desk.chrome.ask(in_view) == json!(true)).then_some(()));
    let choose = format!(
        "(() => {{ const choice = document.querySelector('.months select'); choice.value = '{asked}';
         choice.dispatchEvent(new Event('change', {{ bubbles: true }})); }})()"
    );
    desk.chrome.ask(&choose);
    until("the month chosen", || desk.chrome.address().ends_with(&asked).then_some(()));
}

#[test]
fn who_may_not_book_picks_and_drags_nothing() {
    if !chrome::is_here() {
        return;
    }
    let desk = Desk::open(1280);
    let (code, _) = desk.stay(6);
    desk.server.user("limpieza@example.com", "cleaner");
    let chrome = Chrome::open(1280, Script::On);
    enter_as(&chrome, &desk.server, "limpieza@example.com");
    chrome.go(&desk.server.url(&format!("/admin/chart?from={}", year_month(day(0)))));
    assert!(!chrome.has("#tape td > a"), "neither nights nor stays lead anywhere");
    assert_eq!(desk.begins(&code), day(6).to_string());
    assert_eq!(chrome.complaints(), Vec::<String>::new());
}
