//! The topic of a question.

use super::cue::Cue;
use super::evidence::Evidence;
use super::reading::Topic;
use super::terms::Term;

/// The topic of a message, if it names one; the particular ones first.
pub(crate) fn topic(evidence: &Evidence<'_>) -> Option<Topic> {
    if is_cancellation_policy(evidence) {
        return Some(Topic::CancellationPolicy);
    }
    let deposit_verb = evidence.cue(Cue::PayDeposit) && !evidence.has(Term::Want);
    if evidence.has(Term::Deposit) || deposit_verb {
        return Some(Topic::Deposit);
    }
    times(evidence).or_else(|| things(evidence)).or_else(|| place(evidence))
}

/// A question about the refund, as opposed to the wish to cancel.
pub(crate) fn is_cancellation_policy(evidence: &Evidence<'_>) -> bool {
    let cancelling = evidence.any(&[Term::Cancel, Term::CantGo]);
    let supposed =
        evidence.near(&[Term::If], &[Term::Cancel, Term::CantGo], 6) || evidence.cue(Cue::Supposing);
    let rules = evidence.any(&[Term::Policy, Term::Lose, Term::Refund]);
    let until_when = evidence.any(&[Term::HowMany, Term::When]) || evidence.cue(Cue::CancellationTerms);
    let noun = evidence.cue(Cue::Cancellation) && !evidence.any(&[Term::Want, Term::Need, Term::Booking]);
    if cancelling {
        return supposed
            || rules
            || until_when
            || noun && evidence.words() > 1
            || evidence.has(Term::HowMuch);
    }
    evidence.has(Term::Refund) && !evidence.has(Term::Receipt)
}

fn times(evidence: &Evidence<'_>) -> Option<Topic> {
    let hour = evidence.has(Term::Hour) || evidence.clock;
    let when = hour
        || evidence.any(&[Term::When, Term::Late, Term::Early, Term::Before, Term::DayPart, Term::After]);
    let leaving = evidence.any(&[Term::CheckOut])
        || evidence.has(Term::Leave) && (hour || evidence.any(&[Term::Late, Term::Until, Term::When]));
    let until_hour = hour
        && evidence.has(Term::Until)
        && !evidence.any(&[Term::Arrive, Term::CheckIn])
        && things(evidence).is_none();
    let arriving = evidence.any(&[Term::Arrive, Term::CheckIn]);
    if leaving
        && (!evidence.has(Term::CheckIn) || evidence.has(Term::CheckOut))
        && (evidence.has(Term::CheckOut) || when)
    {
        return Some(if evidence.has(Term::CheckIn) && first_is_check_in(evidence) {
            Topic::CheckInTime
        } else {
            Topic::CheckOutTime
        });
    }
    if until_hour {
        return Some(Topic::CheckOutTime);
    }
    let way = evidence.near(&[Term::How], &[Term::Arrive], 3) || evidence.has(Term::Where);
    let arrival_time = evidence.has(Term::CheckIn) || arriving && when && !way;
    arrival_time.then_some(Topic::CheckInTime)
}

fn first_is_check_in(evidence: &Evidence<'_>) -> bool {
    let at = |term: Term| evidence.tokens.list.iter().position(|token| token.is(term));
    at(Term::CheckIn) < at(Term::CheckOut)
}

/// Things with a word of their own.
fn things(evidence: &Evidence<'_>) -> Option<Topic> {
    const BY_WORD: [(Term, Topic); 10] = [
        (Term::Photo, Topic::Photos),
        (Term::Pet, Topic::Pets),
        (Term::Wifi, Topic::Wifi),
        (Term::Pool, Topic::Pool),
        (Term::Grill, Topic::Grill),
        (Term::Linen, Topic::Linen),
        (Term::Breakfast, Topic::Breakfast),
        (Term::Parking, Topic::Parking),
        (Term::Vehicle, Topic::Parking),
        (Term::Heating, Topic::Heating),
    ];
    let strong = BY_WORD.iter().find(|(term, _)| evidence.has(*term) && !is_weak(evidence, *term));
    strong.map(|(_, topic)| *topic)
}

/// Words with another meaning count only with a word that settles it.
fn is_weak(evidence: &Evidence<'_>, term: Term) -> bool {
    let only = |cue| evidence.tokens.list.iter().filter(|token| token.is(term)).all(|token| token.cue(cue));
    match term {
        Term::Wifi => only(Cue::MaybeWifi) && evidence.any(&[Term::Deposit, Term::Pay]),
        Term::Parking => only(Cue::MaybeParking) && !evidence.has(Term::Vehicle),
        Term::Grill => only(Cue::MaybeGrill) && !evidence.asks(),
        // A cooker in one country is a heater in another.
        Term::Heating if only(Cue::Stove) => evidence.has(Term::Amenity),
        Term::Heating => {
            only(Cue::MaybeHeating) && !evidence.any(&[Term::Have, Term::Include, Term::Works, Term::Is])
        }
        _ => false,
    }
}

/// Location, capacity, amenities.
fn place(evidence: &Evidence<'_>) -> Option<Topic> {
    let how_many_fit = evidence.has(Term::HowMany)
        && (evidence.any(&[Term::Person, Term::Fit, Term::Capacity, Term::Adult, Term::Go])
            || evidence.cue(Cue::Room));
    let for_how_many = evidence.has(Term::HowMany)
        && evidence.words() <= 5
        && evidence.near(&[Term::For], &[Term::HowMany], 0);
    let most = evidence.cue(Cue::Most) && evidence.any(&[Term::Person, Term::HowMany, Term::Fit]);
    if evidence.has(Term::Capacity)
        || how_many_fit
        || for_how_many
        || most
        || evidence.has(Term::Fit) && !evidence.has(Term::HowMuch)
    {
        return Some(Topic::Capacity);
    }
    if evidence.has(Term::Where) && !evidence.any(&[Term::Pay, Term::Transfer, Term::Bank, Term::DepositVerb])
        || evidence.near(&[Term::How], &[Term::Arrive, Term::Location, Term::Go], 3)
        || located(evidence)
    {
        return Some(Topic::Location);
    }
    evidence.has(Term::Amenity).then_some(Topic::Amenities).or_else(|| has_what(evidence))
}

fn located(evidence: &Evidence<'_>) -> bool {
    evidence.tokens.list.iter().any(|token| token.is(Term::Location) && !token.cue(Cue::MaybeLocation))
        || evidence.has(Term::Location)
            && evidence.cue(Cue::HowFar)
            && evidence.cue(Cue::Lies)
            && !evidence.any(&[Term::HowMuch, Term::Price])
}

/// "qué tiene la cabaña?", "what does the cabin have?"
fn has_what(evidence: &Evidence<'_>) -> Option<Topic> {
    let asked = evidence.near(&[Term::What], &[Term::Have, Term::Include], 4)
        && evidence.any(&[Term::Cabin, Term::Include]);
    (asked && !evidence.any(&[Term::Avail, Term::Price, Term::DatesNoun])).then_some(Topic::Amenities)
}
