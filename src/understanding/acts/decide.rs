//! From probabilities to acts: those of the whole message, and those of its clauses that the whole allows.

use super::cabins::NAME_MARK;
use super::deltas;
use super::features::Message;
use super::kinds::{Act, ActKind};
use super::model::{Classifier, Model};
use crate::domain::request::RequestKind;
use crate::understanding::context::Expecting;
use crate::understanding::cue::Cue;
use crate::understanding::reading::{Dates, Intent, Topic};
use crate::understanding::terms::Term;
use strum::VariantArray;

/// Another act beside the first is one from this probability on.
const BESIDE_MIN: f32 = 0.5;
const REQUEST_BESIDE_MIN: f32 = 0.7;
const NEVER: f32 = 1.0;
/// How sure the rules are of an alarm.
const ALARM: f32 = 0.9;
/// A yes is one from this probability on; where the rules read one too, from a lower one; and a yes of a word or two
/// is what the rules say.
const YES_MIN: f32 = 0.8;
const YES_WITH_RULES_MIN: f32 = 0.3;
const SHORT_YES: usize = 2;
/// A clause that says an act this clearly makes it one, when the whole message does not speak against it.
const CLAUSE_MIN: f32 = 0.8;
const WHOLE_MIN: f32 = 0.15;
/// A second topic of a question is one from this probability on.
const TOPIC_MIN: f32 = 0.5;
/// The topic of a message that only asks; less likely, it is one that nothing names.
const TOPIC_ALONE_MIN: f32 = 0.35;
/// A question beside something else needs a topic that is at least this likely.
const TOPIC_BESIDE_MIN: f32 = 0.3;

/// What the model says of a text.
pub(super) struct Opinion {
    features: Vec<u32>,
    first: Vec<f32>,
    each: Vec<f32>,
}

impl Opinion {
    pub(super) fn of(model: &Model<'_>, features: Vec<u32>) -> Opinion {
        let mut first = model.probabilities(Classifier::Acts, &features);
        let each = first.split_off(ActKind::VARIANTS.len());
        Opinion { features, first, each }
    }

    fn likeliest(&self) -> (ActKind, f32) {
        let (at, probability) = most(&self.first);
        (ActKind::VARIANTS[at], probability)
    }
}

/// The acts of a message, the most important first.
pub(super) fn acts(
    model: &Model<'_>,
    message: &Message<'_>,
    whole: &Opinion,
    clauses: &[Opinion],
    named: &[usize],
) -> Vec<Act> {
    let mut acts = Vec::new();
    let kinds = kinds(message, whole, clauses);
    let alone = kinds.len() == 1;
    for (kind, probability) in kinds {
        let act = Act::of(kind, probability);
        match kind {
            ActKind::Question => {
                let by_rules = message.analysis.reading.topic.filter(|_| alone);
                let topics = topics(model, whole, clauses, alone, by_rules).into_iter();
                acts.extend(topics.map(|topic| Act { topic, ..act.clone() }));
            }
            ActKind::Request => {
                let request = Some(request(model, whole, clauses));
                acts.push(Act { request, ..act });
            }
            ActKind::Problem => acts.push(Act { urgent: urgent(model, whole), ..act }),
            ActKind::Choose => acts.push(Act { cabin: chosen(message, named), ..act }),
            ActKind::Change => {
                let cabin = named.first().map(|at| message.in_hand.name(*at));
                acts.push(Act { cabin, ..act });
            }
            _ => acts.push(act),
        }
    }
    if acts.is_empty() {
        acts.push(Act::of(ActKind::Other, 0.0));
    }
    as_change(message, &mut acts);
    alarmed(message, &mut acts);
    acts
}

/// A difference to the stay in hand is a change, also where it is asked for: "una noche más se podrá?".
fn as_change(message: &Message<'_>, acts: &mut Vec<Act>) {
    let (list, used) = (&message.analysis.tokens.list, &message.analysis.used);
    let first = &acts[0];
    let in_hand = message.in_hand;
    let by_people = deltas::people(list, used, in_hand.guests).is_some();
    let removes = list.iter().any(|token| token.cue(Cue::Removes));
    let adds = list.iter().any(|token| token.is(Term::Add));
    let by_days = deltas::dates(list).is_some();
    let may_be = match (first.kind, first.topic, first.request) {
        // A day is no hour: "can we leave a day later?"
        (ActKind::Question, Some(Topic::CheckInTime | Topic::CheckOutTime), _)
        | (ActKind::Request, _, Some(RequestKind::EarlyCheckIn | RequestKind::LateCheckOut)) => by_days,
        (ActKind::Question, topic, _) => topic.is_none() && message.analysis.reading.topic.is_none(),
        // "Entra una persona más?" only asks.
        (ActKind::Request, ..) => by_people && (adds || removes),
        (ActKind::Cancel | ActKind::Human, ..) => by_people && removes,
        (ActKind::Other, ..) => true,
        _ => false,
    };
    let already = acts.iter().any(|act| act.kind == ActKind::Change);
    if !may_be || in_hand.situation.stay.is_none() || already && first.kind == ActKind::Question {
        return;
    }
    if by_people || by_days {
        let probability = first.probability;
        acts.retain(|act| act.kind != ActKind::Change);
        acts[0] = Act::of(ActKind::Change, probability);
    }
}

/// Words of danger, or of somebody who can't get in, are a problem whatever else was learned.
fn alarmed(message: &Message<'_>, acts: &mut Vec<Act>) {
    if !message.concern.is_some_and(|concern| concern.urgency.is_urgent()) {
        return;
    }
    let problem = acts.iter().position(|act| act.kind == ActKind::Problem);
    let problem = problem.map_or(Act::of(ActKind::Problem, ALARM), |at| acts.remove(at));
    acts.retain(|act| act.kind != ActKind::Other);
    acts.insert(0, Act { urgent: true, ..problem });
}

/// The kinds of acts with their probabilities, the most important first. What is only said out of politeness does not
/// count beside others.
fn kinds(message: &Message<'_>, whole: &Opinion, clauses: &[Opinion]) -> Vec<(ActKind, f32)> {
    let (first, sure) = first(message, whole);
    let mut beside: Vec<(ActKind, f32)> = Vec::new();
    for (at, kind) in ActKind::VARIANTS.iter().copied().enumerate().filter(|(_, kind)| *kind != first) {
        let said =
            clauses.iter().filter(|clause| clause.likeliest().0 == kind).map(|clause| clause.likeliest().1);
        let clearest = said.fold(0.0, f32::max);
        let by_clause = clearest >= CLAUSE_MIN && whole.each[at] >= WHOLE_MIN;
        if whole.each[at] > beside_min(kind) || by_clause && kind != ActKind::Other {
            beside.push((kind, whole.each[at]));
        }
    }
    beside.sort_by(|(_, a), (_, b)| b.total_cmp(a));
    let mut kinds = vec![(first, sure)];
    kinds.extend(beside);
    let has = |kind: ActKind| kinds.iter().any(|(said, _)| *said == kind);
    let (changes, undecided) = (has(ActKind::Change), has(ActKind::Undecided));
    let alone = kinds.iter().all(|(kind, _)| kind.is_courtesy());
    kinds.retain(|(kind, _)| match kind {
        // A but takes the yes back, and other dates are no second question for a stay.
        ActKind::Accept => !undecided,
        ActKind::Quote => !changes,
        kind => alone || !kind.is_courtesy(),
    });
    kinds
}

/// The most important act. A yes needs more certainty than the rest, or the rules to agree.
fn first(message: &Message<'_>, whole: &Opinion) -> (ActKind, f32) {
    let reading = &message.analysis.reading;
    let yes_at = ActKind::Accept as usize;
    let agrees = reading.intent == Intent::Accept && message.asked == Some(Expecting::Confirmation);
    let short = message.analysis.tokens.list.len() <= SHORT_YES;
    let yes = whole.first[yes_at];
    if agrees && (short || yes >= YES_WITH_RULES_MIN) {
        return (ActKind::Accept, yes.max(YES_MIN));
    }
    // "La reservo la semana que viene" says when, not yes.
    let says_when = reading.dates != Dates::None && reading.intent != Intent::Accept;
    let refused = reading.intent == Intent::Reject || says_when || message.analysis.holds_back;
    if yes >= YES_MIN && !refused {
        return (ActKind::Accept, yes);
    }
    let others = whole.first.iter().copied().enumerate().filter(|(at, _)| *at != yes_at);
    let likeliest = others.max_by(|(_, a), (_, b)| a.total_cmp(b)).unwrap_or((ActKind::Other as usize, 0.0));
    (ActKind::VARIANTS[likeliest.0], likeliest.1)
}

/// From which probability on an act stands beside the first.
fn beside_min(kind: ActKind) -> f32 {
    match kind {
        ActKind::Other | ActKind::Accept => NEVER,
        ActKind::Request => REQUEST_BESIDE_MIN,
        _ => BESIDE_MIN,
    }
}

fn most(probabilities: &[f32]) -> (usize, f32) {
    let each = probabilities.iter().copied().enumerate();
    each.max_by(|(_, a), (_, b)| a.total_cmp(b)).unwrap_or((ActKind::Other as usize, 0.0))
}

/// The topics asked about: of each clause that asks, else of the whole message, else what the rules say.
fn topics(
    model: &Model<'_>,
    whole: &Opinion,
    clauses: &[Opinion],
    alone: bool,
    by_rules: Option<Topic>,
) -> Vec<Option<Topic>> {
    let asking = clauses.iter().filter(|clause| clause.likeliest().0 == ActKind::Question);
    let by_clause: Vec<(usize, f32)> =
        asking.map(|clause| most(&model.probabilities(Classifier::Topics, &clause.features))).collect();
    let all = model.probabilities(Classifier::Topics, &whole.features);
    let (likeliest, sure) = most(&all);
    let mut topics: Vec<usize> = Vec::new();
    let of_clauses =
        by_clause.iter().filter(|(at, p)| *p > TOPIC_MIN || all[*at] > TOPIC_MIN).map(|(at, _)| *at);
    for topic in of_clauses {
        if !topics.contains(&topic) {
            topics.push(topic);
        }
    }
    if topics.is_empty() {
        topics.extend((0..all.len()).filter(|at| all[*at] > TOPIC_MIN));
    }
    // One clause asks one thing, and what rules and model both say it is.
    if let Some(agreed) = by_rules.map(|topic| topic as usize)
        && clauses.is_empty()
        && topics.contains(&agreed)
    {
        topics = vec![agreed];
    }
    let sure_enough = if alone { TOPIC_ALONE_MIN } else { TOPIC_BESIDE_MIN };
    if topics.is_empty() && sure >= sure_enough {
        topics.push(likeliest);
    }
    if topics.is_empty() && alone {
        return vec![by_rules];
    }
    topics.into_iter().map(|at| Topic::VARIANTS.get(at).copied()).collect()
}

/// What is requested: by the clause that requests, if there is one.
fn request(model: &Model<'_>, whole: &Opinion, clauses: &[Opinion]) -> RequestKind {
    let requesting = clauses.iter().find(|clause| clause.likeliest().0 == ActKind::Request).unwrap_or(whole);
    RequestKind::VARIANTS[most(&model.probabilities(Classifier::Requests, &requesting.features)).0]
}

fn urgent(model: &Model<'_>, whole: &Opinion) -> bool {
    model.probabilities(Classifier::Urgent, &whole.features).first().is_some_and(|p| *p > 0.5)
}

/// The cabin chosen among the offered: by its name, by its place, or the other one of two.
fn chosen(message: &Message<'_>, named: &[usize]) -> Option<String> {
    let offered = message.in_hand.offered.len();
    let mut of_offered = named.iter().copied().filter(|at| *at < offered);
    let named = of_offered.next();
    let other = named.filter(|_| offered == 2 && of_offered.next().is_none() && is_refused(message.text));
    let by_number = message.analysis.reading.cabin_ordinal.and_then(|nth| usize::from(nth).checked_sub(1));
    let by_place = by_number.filter(|at| *at < offered).or_else(|| place_said(message, offered));
    let place = other.map(|at| 1 - at).or(named).or(by_place)?;
    message.in_hand.offered.get(place).cloned()
}

/// "la lenga no".
fn is_refused(text: &str) -> bool {
    let words: Vec<&str> = text.split_whitespace().collect();
    let no =
        |word: &str| matches!(word.trim_matches(|c: char| !c.is_alphanumeric()), "no" | "No" | "não" | "nao");
    words.windows(2).any(|two| two[0] == NAME_MARK && no(two[1]))
}

/// "la última", "la del medio", "second one": the place in the order of offering.
fn place_said(message: &Message<'_>, offered: usize) -> Option<usize> {
    let list = &message.analysis.tokens.list;
    let said = |term: Term| list.iter().any(|token| token.is(term));
    let ordinal =
        list.iter().find_map(|token| token.ordinal).and_then(|nth| usize::try_from(nth).ok()?.checked_sub(1));
    if said(Term::Last) {
        return offered.checked_sub(1);
    }
    if list.iter().any(|token| token.cue(Cue::InTheMiddle)) && offered % 2 == 1 {
        return Some(offered / 2);
    }
    let first = said(Term::First).then_some(0);
    ordinal.or(first).filter(|at| *at < offered)
}
