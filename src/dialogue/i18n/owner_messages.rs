//! Messages for the owner on WhatsApp, in Spanish alone.

use super::argument::Standing;
use super::catalogue::Locale;
use super::format::Nights;
use super::message::messages;
use crate::dialogue::effect::HandOver;
use crate::dialogue::notice::PaymentProblem;
use crate::domain::attention::AttentionKind;
use crate::domain::attention::FeedCause;
use crate::domain::delivery_failure::{DeliveryCause, TemplateReason};
use crate::domain::ids::ReservationCode;
use crate::domain::language::OWNER_LANGUAGE;
use crate::domain::message::SentThing;
use crate::domain::money::Money;
use crate::domain::notice::NoticeKind;
use crate::domain::party::Party;
use crate::domain::payment::PaymentMethod;
use crate::domain::provider::{OutageCause, Provider};
use crate::domain::refund::Ground;
use crate::domain::request::{RequestKind, RequestState};
use crate::domain::stay::Stay;
use crate::understanding::{Matter, Presence, Topic, Urgency};
use jiff::civil::{Date, Time};
use std::sync::LazyLock;

/// The owner's locale.
pub static OWNER_LOCALE: LazyLock<Locale> = LazyLock::new(|| Locale::of(OWNER_LANGUAGE));

/// The speaker of the owner's messages.
pub(in crate::dialogue) const OWNER: OwnerMessages = OwnerMessages;

#[derive(Debug, Clone, Copy)]
pub struct OwnerMessages;

impl OwnerMessages {
    fn locale(self) -> Locale {
        *OWNER_LOCALE
    }
}

messages! { OwnerMessages:
    new_booking(code: &ReservationCode, guest: &str, cabin: &str, stay: Stay, people: Party, paid: Money, total: Money);
    guest_cancelled(guest: &str, code: &ReservationCode, cabin: &str, stay: Stay, refund: Money);
    guest_moved(guest: &str, code: &ReservationCode, cabin: &str, stay: Stay);
    wants_person(guest: &str, cause: HandOver);
    wrote(words: &str);
    told_again(notice: &str);
    sent_no_words();
    guest_here_writes(
        guest: &str, cabin: &str, stay: Stay, presence: Presence, matter: Matter, urgency: Urgency, hour: Time,
        words: &str
    );
    somebody_writes(guest: &str, matter: Matter, urgency: Urgency, hour: Time, words: &str);
    question(guest: &str, words: &str);
    receipt(guest: &str, code: &ReservationCode, cabin: &str, due: Money);
    receipt_told_by(guest: &str, code: &ReservationCode, cabin: &str, due: Money);
    receipt_asked_by(guest: &str, code: &ReservationCode, cabin: &str, due: Money);
    receipt_keeps(until: &str);
    button_arrived();
    button_not_arrived();
    button_other_amount();
    receipt_how_much(guest: &str);
    receipt_not_found(guest: &str);
    receipt_not_found_until(guest: &str, until: &str);
    receipt_closed(guest: &str);
    guest_asks(guest: &str, request: RequestKind, about: &str, words: &str);
    stranger_asks(guest: &str, request: RequestKind, words: &str);
    request_of_booking(code: &ReservationCode, cabin: &str, stay: Stay);
    request_how();
    request_how_discount();
    request_how_refund();
    request_how_more_time(until: &str);
    button_request_no();
    button_request_other();
    requests_called_off(guest: &str, words: &str);
    request_granted_to(guest: &str);
    request_refused_to(guest: &str);
    request_closed(guest: &str, decision: RequestState);
    request_how_much_off(guest: &str);
    request_how_much_back(guest: &str);
    request_what_to_say(guest: &str);
    request_cannot(guest: &str, why: &str);
    matter_over();
    payment_problem(amount: Money, code: &str, problem: PaymentProblem);
    unknown_booking(guest: &str, amount: Money, cabin: &str, stay: Stay, code: &ReservationCode, taken: u32, holders: &str);
    held_by_reservation(code: &str, guest: &str);
    held_by_channel(channel: &str);
    held_by_block(reason: &str);
    somebody();
    conflict(cabin: &str, stay: Stay, channel: &str, code: &str);
    calendar_stale(hours: u32, channel: &str, cabin: &str);
    reader_silent(hours: u32, channel: &str, cabin: &str);
    calendar_check(cabin: &str, channel: &str, what: &str);
    calendar_cause(check_cause: FeedCause, code: &str, nights: u32, stay: &str, words: &str);
    confirmation_waits(code: &ReservationCode, cabin: &str, stay: Stay, paid: Money, channel: &str);
    withdrawal(guest: &str);
    withdrawal_from(guest: &str, code: &str);
    backup_unusable();
    arrivals_today(guests: &str);
    departures_today(guests: &str);
    guest_in(guest: &str, cabin: &str, people: Party);
    nobody();

    back_home(length: &str, found: &str, behind: u32);
    short_absence(minutes: u32);
    long_absence(days: u32);
    hours_and_minutes(hours: u32, minutes: u32);
    late_messages(messages: u32);
    found_payments(payments: u32);
    reread_calendars(calendars: u32);
    nothing_lost();
    waiting_to_decide(items: u32);

    can_say();
    help();
    command_not_understood();
    command_unheard();
    nothing_asked();
    left();
    no_cabins();
    missing_cabin();
    missing_dates();
    missing_which_dates();
    missing_good_dates();
    missing_guest();
    missing_booking();
    missing_new_dates();
    missing_amount();
    missing_nights();
    missing_words();
    missing_answer();
    missing_topic();
    button_leave();
    button_yes();
    button_yes_block();
    button_yes_open();
    button_yes_call_off();
    button_yes_move();
    button_yes_confirm();
    button_yes_receive();
    button_yes_discount();
    button_write_down();
    button_book_awaiting();
    button_yes_rates();
    button_yes_pause();
    button_yes_teach();
    button_yes_tell();
    button_undo();
    nothing_to_undo();

    no_guest(said: &str);
    which_guest();
    ask_take_over(guest: &str);
    ask_hand_back(guest: &str);
    taken_over(guest: &str);
    handed_back(guest: &str);

    ask_block(cabins: &str, stay: Stay);
    block_reason(reason: &str);
    ask_open(cabins: &str);
    blocked(cabins: &str, count: u32, stay: Stay);
    blocked_again();
    opened(cabins: &str, count: u32);
    cabin_stay(cabin: &str, stay: Stay);
    and_cabin(cabins: &str, last: &str);
    cannot_block(cabin: &str, stay: Stay);
    cannot_block_because_of(cabin: &str, stay: Stay);
    blocked_already(stay: Stay);
    nothing_blocked(cabins: &str);
    which_block(cabin: &str);

    ask_call_off();
    nothing_was_paid();
    gives_back(paid: Money, refund: Money, ground: Ground);
    gives_nothing_back(paid: Money, ground: Ground);
    ask_to_move();
    would_move_to(stay: Stay);
    would_move_to_cabin(cabin: &str, stay: Stay);
    same_price(total: Money);
    new_price(total: Money, before: Money);
    called_off(code: &ReservationCode, guest: &str);
    is_given_back(refund: Money);
    tells_guest();
    moved_and_told();
    cannot_call_off(why: &str);
    cannot_move_to(stay: Stay, why: &str);
    which_of_these();

    ask_confirm();
    confirmed_by_owner();
    ask_receive(guest: &str, amount: Money, method: PaymentMethod);
    received(amount: Money);
    still_owes(due: Money);
    owes_nothing();
    nothing_is_due();
    ask_discount(off: Money, before: Money, total: Money);
    took_off(off: Money);
    discount_too_large();
    ask_book();
    book_line(guest: &str, cabin: &str, stay: Stay, people: Party, total: Money);
    book_deposit(deposit: Money);
    no_name();
    booked();
    cannot_book(cabin: &str, stay: Stay, why: &str);
    ask_price(cabins: &str, price: Money, stay: Stay);
    ask_min_nights(nights: Nights, cabins: &str, stay: Stay);
    ask_adjust(change: &str, cabins: &str, stay: Stay);
    adjusted(change: &str, cabins: &str, stay: Stay);
    price_set(cabins: &str, price: Money, stay: Stay);
    min_nights_set(nights: Nights, cabins: &str, stay: Stay);
    rates_restored();
    bad_price();
    prices_of(stay: Stay);
    prices_now();
    cabin_refused(cabin: &str, why: &str);
    ask_pause(day: Date);
    ask_pause_open();
    paused(day: Date);
    paused_open();
    resumed();
    topic(topic: Topic);
    ask_teach(about: &str);
    teach_before(words: &str);
    said_words(words: &str);
    taught(about: &str);
    taught_nothing(about: &str);
    cannot_teach();
    ask_tell(guest: &str);
    told(guest: &str);
    passed_on(guest: &str, thing: SentThing);
    cannot_pass(guest: &str);
    cannot_pass_type();
    whose_file();
    answered_by(guest: &str, by: &str);
    closed_by(by: &str);
    taken_over_until(until: &str);
    file_not_sent(guest: &str, thing: SentThing);
    file_too_late(guest: &str, thing: SentThing);
    cannot_tell(guest: &str);
    no_location();
    in_house();
    nobody_in_house();
    cleaning(day: Date);
    nothing_to_clean(day: Date);
    cleaning_leaves(cabin: &str, guest: &str);
    cleaning_leaves_and_comes(cabin: &str, guest: &str, next: &str);
    cleaning_comes(cabin: &str, next: &str);
    debts(total: Money);
    no_debts();
    income(range: &str, received: Money, payments: u64);
    no_income(range: &str);
    questions();
    no_questions();
    guest_asked(guest: &str, words: &str);

    arrive_on(when: &str);
    leave_on(when: &str);
    nobody_arrives_on(when: &str);
    nobody_leaves_on(when: &str);
    day_to_day(from: Date, to: Date);
    whole_range(from: Date, to: Date);
    occupancy(range: &str, sold: i64, available: i64, percent: i64, revenue: Money);
    cabin_price(cabin: &str, price: Money);
    nothing_left();
    taken(cabins: &str);
    no_bookings();
    and_more(more: u64);
    nothing_pending();
    pending(total: u64);
    booking_line(guest: &str, cabin: &str, stay: &str, people: Party, code: &ReservationCode);
    booking_line_owing(guest: &str, cabin: &str, stay: &str, people: Party, code: &ReservationCode, due: Money);
    booking_card(
        code: &ReservationCode, guest: &str, cabin: &str, stay: Stay, people: Party, standing: Standing,
        paid: Money, total: Money
    );
    since(what: &str, since: &str);
    since_about(about: &str, what: &str, since: &str);
    attention(kind: AttentionKind);
    unknown(code: &str);

    delivery_failing(guest: &str, delivery: DeliveryCause, code: &str);
    delivery_cause(delivery: DeliveryCause);
    provider_failing(provider: Provider, why: &str);
    outage_cause(outage: OutageCause);
    signatures_refused(provider: Provider);
    template_failing(template: &str, why: &str);
    template_reason(template_reason: TemplateReason);
    account_notice(summary: &str);

    template_urgent(place: &str, news: &str);
    notice_kind(noticed: NoticeKind);
    news_waits();
    push_title();
    push_title_urgent();
    mail_subject(place: &str);
    mail_subject_urgent(place: &str);
    mail_body(words: &str, url: &str);
    mail_body_without_page(words: &str);
    test_notice();
    owner_code(code: &str);
    owner_number_asked(phone: &str);
    owner_number_proven(phone: &str);

    checkout_title(cabin: &str, from: &str, to: &str, code: &ReservationCode);
}
