//! The owner's conversation on WhatsApp: questions are answered from the database; a change is first read
//! back with full dates, and made in the transaction of the yes.

mod answers;
mod changes;
mod common;
mod house;
pub(super) mod look_up;
mod people;
mod said;
mod stays;

use super::reserve::ReconcileFirst;
use super::{AppContext, Error, holidays};
use crate::dialogue::owner::{
    self, Change, Command, Custody, Memory, Missing, OwnerSay, OwnerTap, Parsed, Search, Setting,
};
use crate::dialogue::replies;
use crate::domain::cabin::Cabin;
use crate::domain::ids::{ConversationId, InboundId};
use crate::domain::message::{Choice, Message};
use crate::ports::random::token;
use crate::store::conversations::{self, Conversation};
use crate::store::inbox::{self, Inbound};
use crate::store::{Read, WriteTx, cabins, codec, outbox, settings};
use answers::Given;
use jiff::SignedDuration;
use said::{Brought, Quoted, Said};

/// How long a button for a yes is valid: as long as the question is remembered.
const TAP_KEPT: SignedDuration = owner::ASKED_KEPT;

/// Most words of "listo, atendela vos": more of them name somebody.
const NAMELESS_WORDS_MAX: usize = 3;

/// Answers one message of the owner. [`Error::ReconcileFirst`] when the provider has to be asked about holds
/// first.
pub fn turn(
    tx: &mut WriteTx<'_>,
    context: &AppContext,
    conversation: &Conversation,
    first: &Inbound,
    reconcile: ReconcileFirst,
) -> Result<(), Error> {
    inbox::finish(tx, first.id)?;
    let Some(said) = said::said(tx, conversation.id, first)? else { return Ok(()) };
    let mut memory: Memory = serde_json::from_str(&conversation.state).unwrap_or_default();
    memory.age(tx.now());
    let (brought, quoted) = (said::brought(first), said::quoted(tx, first)?);
    let incoming = Incoming { owner: conversation.id, inbound: first.id, said, brought, quoted };
    let say = match answer(tx, context, &mut memory, &incoming)? {
        Some(say) => say,
        None => decide(tx, context, &mut memory, incoming.said, reconcile)?,
    };
    memory.since = Some(tx.now());
    conversations::set_state(tx, conversation.id, &codec::to_json(&memory))?;
    speak(tx, context, conversation.id, first.id, &say)
}

/// One message of an owner.
struct Incoming {
    /// The conversation with this owner.
    owner: ConversationId,
    inbound: InboundId,
    said: Said,
    brought: Brought,
    quoted: Option<Quoted>,
}

/// Takes a message as an answer about a guest; `None` when it is a command.
fn answer(
    tx: &mut WriteTx<'_>,
    context: &AppContext,
    memory: &mut Memory,
    incoming: &Incoming,
) -> Result<Option<OwnerSay>, Error> {
    let Incoming { owner, inbound, said, brought, quoted } = incoming;
    let asked_for = memory.answers.take();
    if let Some((say, undo)) = custody(tx, said, quoted.as_ref())? {
        *memory = Memory { undo, ..Memory::default() };
        return Ok(Some(say));
    }
    if let Said::Tap(
        tap @ (OwnerTap::Decide { .. }
        | OwnerTap::AnswerRequest { .. }
        | OwnerTap::Arrived { .. }
        | OwnerTap::NotArrived { .. }
        | OwnerTap::OtherAmount { .. }),
    ) = said
    {
        let answered = answers::tapped(tx, context, tap, *owner)?;
        return Ok(Some(answered_by_us(memory, answered)));
    }
    let file = match brought {
        Brought::File(file) => Some(file),
        Brought::Nothing | Brought::Unfit => None,
    };
    let text = match (said, file) {
        (Said::Words(text), _) => text.as_str(),
        (_, Some(file)) if file.is_file() => file.preview(),
        _ => "",
    };
    let is_given = matches!(said, Said::Words(_)) || file.is_some();
    let given = Given { owner: *owner, inbound: *inbound, text, file };
    let answered = match (quoted, asked_for) {
        (Some(_), _) | (_, Some(_)) if matches!(brought, Brought::Unfit) => {
            Some((OwnerSay::CannotPassType, asked_for))
        }
        (Some(quoted), _) if is_given => Some(answers::quoting(tx, context, quoted, &given)?),
        (None, Some(asked_for)) if is_given => answers::asked_for(tx, context, asked_for, &given)?,
        (None, None) if file.is_some() && matches!(said, Said::Other) => Some((OwnerSay::WhoseFile, None)),
        _ => None,
    };
    Ok(answered.map(|answered| answered_by_us(memory, answered)))
}

fn answered_by_us(memory: &mut Memory, (say, next): answers::Answered) -> OwnerSay {
    *memory = Memory { answers: next, undo: memory.undo.take(), ..Memory::default() };
    say
}

/// Who answers a guest from now on, said while quoting a notice of that guest; "atendela vos" quotes nothing when only one
/// conversation is a person's.
fn custody(
    tx: &mut WriteTx<'_>,
    said: &Said,
    quoted: Option<&Quoted>,
) -> Result<Option<(OwnerSay, Option<Change>)>, Error> {
    let Said::Words(text) = said else { return Ok(None) };
    let Some(custody) = owner::custody(text) else { return Ok(None) };
    let conversation = match (quoted, custody) {
        (Some(Quoted::Guest(id)), _) => Some(*id),
        (Some(Quoted::Notice(notice)), _) => notice.conversation_id,
        (None, Custody::HandBack) if text.split_whitespace().count() <= NAMELESS_WORDS_MAX => {
            people::only_one_held(tx)?
        }
        (None, Custody::HandBack | Custody::TakeOver) => None,
    };
    let Some(conversation) = conversation else { return Ok(None) };
    Ok(Some(match custody {
        Custody::TakeOver => changes::take_over(tx, conversation)?,
        Custody::HandBack => changes::hand_back(tx, conversation)?,
    }))
}

fn decide(
    tx: &mut WriteTx<'_>,
    context: &AppContext,
    memory: &mut Memory,
    said: Said,
    reconcile: ReconcileFirst,
) -> Result<OwnerSay, Error> {
    let text = match said {
        Said::Words(text) => text,
        Said::Tap(tap) => return tapped(tx, context, memory, tap, reconcile),
        Said::Unheard => return Ok(OwnerSay::Unheard),
        Said::OldTap => return Ok(OwnerSay::NothingAsked),
        Said::Other => return Ok(OwnerSay::NotUnderstood),
    };
    let cabins: Vec<Cabin> = cabins::list(tx)?.into_iter().filter(|cabin| cabin.active).collect();
    let today = context.moment(tx).today();
    let (settings, _) = settings::load(tx)?;
    let calendar = holidays::in_force(&settings, &context.calendar);
    let guests = people::names(tx, today)?;
    let currency = context.currency;
    let setting = Setting { today, calendar: &calendar, cabins: &cabins, guests: &guests, currency };
    let unfinished = memory.unfinished.take();
    let asked = memory.asked.take();
    let (text, parsed) = parse(text, unfinished, &setting);
    let say = match parsed {
        Parsed::Yes => match asked {
            Some(change) => {
                let (say, undo) = changes::carry_out(tx, context, &change, reconcile)?;
                memory.undo = undo;
                say
            }
            None => OwnerSay::NothingAsked,
        },
        Parsed::No => OwnerSay::Left,
        Parsed::Unclear => OwnerSay::NotUnderstood,
        Parsed::Missing(missing) => {
            memory.unfinished = Some(text.clone());
            OwnerSay::Missing(missing)
        }
        Parsed::Command(Command::Undo) => {
            let (say, undo) = undone(tx, context, memory.undo.take(), reconcile)?;
            memory.undo = undo;
            say
        }
        Parsed::Command(command) => obey(tx, context, &cabins, command)?,
    };
    memory.asked = asked_in(&say);
    let several = matches!(
        say,
        OwnerSay::WhichBlock { .. } | OwnerSay::WhichGuest { .. } | OwnerSay::WhichBooking { .. }
    );
    if several {
        memory.unfinished = Some(text);
    }
    Ok(say)
}

/// A tap on a button below an answer to the owner.
fn tapped(
    tx: &mut WriteTx<'_>,
    context: &AppContext,
    memory: &mut Memory,
    tap: OwnerTap,
    reconcile: ReconcileFirst,
) -> Result<OwnerSay, Error> {
    let undo = memory.undo.take();
    *memory = Memory::default();
    let (say, undo) = match tap {
        OwnerTap::Do { change } => changes::carry_out(tx, context, &change, reconcile)?,
        OwnerTap::Pick { reservation_id, what } => (stays::ask(tx, context, reservation_id, what)?, undo),
        OwnerTap::Undo => undone(tx, context, undo, reconcile)?,
        OwnerTap::Leave => (OwnerSay::Left, undo),
        // Answered before, in [`answer`].
        OwnerTap::Decide { .. }
        | OwnerTap::AnswerRequest { .. }
        | OwnerTap::Arrived { .. }
        | OwnerTap::NotArrived { .. }
        | OwnerTap::OtherAmount { .. } => (OwnerSay::NothingAsked, undo),
    };
    (memory.asked, memory.undo) = (asked_in(&say), undo);
    Ok(say)
}

/// Undoes the last change; what undoes that stays to be asked for.
fn undone(
    tx: &mut WriteTx<'_>,
    context: &AppContext,
    undo: Option<Change>,
    reconcile: ReconcileFirst,
) -> Result<(OwnerSay, Option<Change>), Error> {
    match undo {
        Some(change) => changes::carry_out(tx, context, &change, reconcile),
        None => Ok((OwnerSay::NothingToUndo, None)),
    }
}

/// The change that an answer asks to confirm, if any.
fn asked_in(say: &OwnerSay) -> Option<Change> {
    match say {
        OwnerSay::AskBlock { change, .. }
        | OwnerSay::AskUnblock { change, .. }
        | OwnerSay::AskConversation { change, .. }
        | OwnerSay::AskCancel { change, .. }
        | OwnerSay::AskMove { change, .. }
        | OwnerSay::AskConfirm { change, .. }
        | OwnerSay::AskReceive { change, .. }
        | OwnerSay::AskDiscount { change, .. }
        | OwnerSay::AskBook { waived: change, .. }
        | OwnerSay::AskRates { change, .. }
        | OwnerSay::AskPause { change, .. }
        | OwnerSay::AskTeach { change, .. }
        | OwnerSay::AskTell { change, .. } => Some(change.clone()),
        _ => None,
    }
}

/// Parses a message; one that is no sentence of its own continues the previous one.
fn parse(text: String, unfinished: Option<String>, setting: &Setting<'_>) -> (String, Parsed) {
    let parsed = owner::understand(&text, setting);
    match (unfinished, &parsed) {
        (
            Some(before),
            Parsed::Unclear
            | Parsed::Yes
            | Parsed::Missing(Missing::Cabin(_) | Missing::Dates | Missing::Amount | Missing::Nights)
            // A code alone, answering which booking is meant.
            | Parsed::Command(Command::Bookings(Search::Code(_))),
        ) => {
            let whole = format!("{before} {text}");
            let parsed = owner::understand(&whole, setting);
            (whole, parsed)
        }
        _ => (text, parsed),
    }
}

fn obey(
    tx: &mut WriteTx<'_>,
    context: &AppContext,
    cabins: &[Cabin],
    command: Command,
) -> Result<OwnerSay, Error> {
    match command {
        Command::Block { cabins, stay, reason } => changes::block(tx, context, cabins, stay, reason),
        Command::Unblock { cabins, stay } => changes::unblock(tx, context, &cabins, stay),
        Command::WhoArrives(days) => Ok(OwnerSay::Arrivals { days, rows: look_up::arriving(tx, days)? }),
        Command::WhoLeaves(days) => Ok(OwnerSay::Departures { days, rows: look_up::departing(tx, days)? }),
        Command::InHouse => look_up::in_house(tx, context),
        Command::Cleaning(day) => look_up::cleaning(tx, day),
        Command::Debts => look_up::debts(tx, context),
        Command::Income(days) => look_up::income(tx, context, days),
        Command::Occupancy(nights) => look_up::occupancy(tx, context, cabins.len(), nights),
        Command::Availability { stay, cabins: of } => look_up::availability(tx, context, &of, stay),
        Command::Price { cabins: of, stay } => look_up::prices(tx, context, cabins, &of, stay),
        Command::ChangeRates { cabins, stay, change } => house::ask_rates(tx, context, cabins, stay, change),
        Command::Bookings(search) => look_up::bookings(tx, context, search),
        Command::Booking { which, wish } => stays::find(tx, context, which, wish),
        Command::NewBooking(booking) => stays::ask_book(tx, context, booking),
        Command::Pause { until } => Ok(house::ask_pause(until)),
        Command::Resume => house::resume(tx, context).map(|(say, _)| say),
        Command::Teach { topic, words } => house::ask_teach(tx, topic, words),
        Command::Tell { guest, words } => people::ask_tell(tx, context, guest, words),
        Command::SendLocation { guest } => people::send_location(tx, context, guest),
        Command::Questions(days) => look_up::questions(tx, context, days),
        Command::Pending => look_up::pending(tx, context),
        Command::TakeOver { guest } => {
            people::conversation_of(tx, context, guest, |conversation| Change::TakeOver { conversation })
        }
        Command::HandBack { guest } => {
            people::conversation_of(tx, context, guest, |conversation| Change::HandBack { conversation })
        }
        // Needs the memory of the conversation.
        Command::Undo => Ok(OwnerSay::NothingToUndo),
        Command::Help => Ok(OwnerSay::Help),
    }
}

fn speak(
    tx: &mut WriteTx<'_>,
    context: &AppContext,
    conversation: ConversationId,
    answers: InboundId,
    say: &OwnerSay,
) -> Result<(), Error> {
    let words = replies::owner_says(say, &context.moment(tx));
    let expires_at = tx.now() + TAP_KEPT;
    let mut buttons = Vec::new();
    for (title, tap) in words.buttons {
        let minted = token(context.random.as_ref());
        conversations::insert_tap(tx, conversation, &minted, &codec::to_json(&tap), expires_at)?;
        buttons.push(Choice { token: minted, title, description: String::new() });
    }
    let message = if buttons.is_empty() {
        Message::text(words.body)
    } else {
        Message::Buttons { body: words.body, buttons, header: None }
    };
    let new = outbox::New {
        conversation_id: conversation,
        answers: Some(answers),
        by_person: false,
        message: &message,
        critical: false,
        once_key: None,
        tag: &token(context.random.as_ref()),
    };
    outbox::insert(tx, &new)?;
    Ok(())
}
