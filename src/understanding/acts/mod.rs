//! What a guest does by writing: one or several acts a message, in the situation in which it was written.
//!
//! Facts stay rules (dates, people, money, names); acts and topics are learned from labelled messages
//! (`tests/data/understanding/acts`), because words for them are endless.

mod cabins;
mod clauses;
pub mod corpus;
mod decide;
mod deltas;
mod features;
mod in_hand;
mod kinds;
pub mod learning;
mod model;
mod outcome;

pub use in_hand::InHand;
pub use kinds::{Act, ActKind};
pub use model::Model;
pub use outcome::Outcome;

use super::analysis::{Analysis, analyse};
use super::concern::concern;
use super::context::Context;
use super::lexicon::lexicon;
use super::reading::Reading;
use crate::domain::request::RequestKind;
use decide::Opinion;
use features::Message;

/// Everything read in one message, in its situation.
#[derive(Debug, Clone, PartialEq)]
pub struct Meaning {
    pub reading: Reading,
    /// The most important first; never empty.
    pub acts: Vec<Act>,
    /// The stay as it comes out; nothing where the message is not about one.
    pub outcome: Outcome,
}

impl Meaning {
    pub fn has(&self, kind: ActKind) -> bool {
        self.acts.iter().any(|act| act.kind == kind)
    }

    pub fn first(&self) -> ActKind {
        self.acts.first().map_or(ActKind::Other, |act| act.kind)
    }
}

/// Reads one message in its situation.
pub fn meaning(text: &str, context: &Context<'_>, in_hand: &InHand<'_>) -> Meaning {
    meaning_by(&Model::built_in(), text, context, in_hand)
}

/// The facts of a message alone, without the names of cabins.
pub fn facts(text: &str, context: &Context<'_>, in_hand: &InHand<'_>) -> Reading {
    Prepared::of(text, context, in_hand).analysis.reading
}

/// The cabins that a message names, by their place among the names, each once, in the order said.
pub fn cabins_named(text: &str, names: &[&str]) -> Vec<usize> {
    let mut named = Vec::new();
    for at in cabins::take_out(text, names).cabins {
        if !named.contains(&at) {
            named.push(at);
        }
    }
    named
}

/// [`meaning`], by another model than the one that is built in.
pub fn meaning_by(model: &Model<'_>, text: &str, context: &Context<'_>, in_hand: &InHand<'_>) -> Meaning {
    let prepared = Prepared::of(text, context, in_hand);
    let message = prepared.message(context, in_hand);
    let whole = Opinion::of(model, hashes(&message));
    let clauses: Vec<Opinion> = clauses::clauses(&prepared.text)
        .iter()
        .map(|clause| Opinion::of(model, clause_hashes(clause, context, in_hand)))
        .collect();
    let mut acts = decide::acts(model, &message, &whole, &clauses, &prepared.named);
    let outcome = outcome_of(&prepared, &acts, context, in_hand);
    without_no_change(&mut acts, outcome, in_hand);
    Meaning { reading: prepared.analysis.reading, acts, outcome }
}

/// Who says the stay in hand again changes nothing: "sí, para 3 está bien, reservá nomás".
fn without_no_change(acts: &mut Vec<Act>, outcome: Outcome, in_hand: &InHand<'_>) {
    let Some(stay) = in_hand.situation.stay else { return };
    let same = outcome.check_in == Some(stay.check_in())
        && outcome.check_out == Some(stay.check_out())
        && outcome.guests == in_hand.guests
        && outcome.guests.is_some();
    let offered = in_hand.situation.stage == super::situation::Stage::Quoted;
    let other_cabin = acts.iter().any(|act| act.kind == ActKind::Change && act.cabin.is_some());
    if !same || !offered || other_cabin {
        return;
    }
    let changes = acts.iter().position(|act| act.kind == ActKind::Change).map(|at| acts.remove(at));
    if let (Some(change), true) = (changes, acts.is_empty()) {
        acts.push(Act::of(ActKind::Quote, change.probability));
    }
}

/// The dates and people of a message about a stay.
fn outcome_of(prepared: &Prepared, acts: &[Act], context: &Context<'_>, in_hand: &InHand<'_>) -> Outcome {
    let has = |kind: ActKind| acts.iter().any(|act| act.kind == kind);
    // "Podría venir una amiga más?" after an offer asks for another one.
    let one_more = acts.iter().any(|act| act.request == Some(RequestKind::ExtraPerson));
    let quoted = in_hand.situation.stage == super::situation::Stage::Quoted;
    let of_offer = quoted && (has(ActKind::Quote) || one_more);
    let changed = (has(ActKind::Change) || of_offer)
        .then(|| Outcome::changed(&prepared.text, &prepared.analysis, in_hand, context))
        .flatten();
    match changed {
        Some(changed) => changed,
        None if has(ActKind::Choose) => {
            let said = Outcome::said(&prepared.analysis, in_hand);
            // "The second one" is no day.
            let whole = said.check_in.is_some() && said.check_out.is_some();
            if whole { said } else { Outcome { guests: said.guests, ..Outcome::default() } }
        }
        None if has(ActKind::Quote) || has(ActKind::Change) => Outcome::said(&prepared.analysis, in_hand),
        None => Outcome::default(),
    }
}

/// A message without the names of cabins, analysed.
struct Prepared {
    text: String,
    analysis: Analysis,
    /// Cabins named, by their place among the names in hand, in the order said.
    named: Vec<usize>,
}

impl Prepared {
    fn of(text: &str, context: &Context<'_>, in_hand: &InHand<'_>) -> Prepared {
        let named = cabins::take_out(text, &in_hand.names());
        let analysis = analyse(lexicon(), &named.text, context);
        Prepared { text: named.text, analysis, named: named.cabins }
    }

    fn message<'a>(&'a self, context: &Context<'_>, in_hand: &'a InHand<'a>) -> Message<'a> {
        Message {
            text: &self.text,
            analysis: &self.analysis,
            in_hand,
            asked: context.expecting,
            named_offered: self.named.iter().filter(|at| **at < in_hand.offered.len()).count(),
            named: self.named.len(),
            concern: concern(&self.text, &self.analysis.reading, &in_hand.situation, context.today),
        }
    }
}

/// The features of a clause, as if it were all that was said.
fn clause_hashes(clause: &str, context: &Context<'_>, in_hand: &InHand<'_>) -> Vec<u32> {
    let analysis = analyse(lexicon(), clause, context);
    let named = clause.matches(cabins::NAME_MARK).count();
    hashes(&Message {
        text: clause,
        analysis: &analysis,
        in_hand,
        asked: context.expecting,
        named_offered: named,
        named,
        concern: concern(clause, &analysis.reading, &in_hand.situation, context.today),
    })
}

/// The features of a message, each once.
fn hashes(message: &Message<'_>) -> Vec<u32> {
    let mut hashes: Vec<u32> = Vec::new();
    // The lower half of the hash is enough: a few features in a hundred thousand share one.
    message.each_feature(&mut |parts| hashes.push(super::linear::hash(parts) as u32));
    hashes.sort_unstable();
    hashes.dedup();
    hashes
}
