//! Simulated days of the instance, and that the promises checked in them can be seen to break.

use casero::simulation::{self, Counts, Failure, Flaw, Plan, RunResult};

/// Instances of this test: each seed one.
const SEEDS: [u64; 3] = [11, 12, 13];
/// Days of each: enough for storms, crashes, full disks and late payments.
const DAYS: u32 = 45;

fn live(seed: u64, days: u32, flaw: Flaw) -> RunResult {
    simulation::run(&Plan { seed, days, threads: 1, flaw }, true, |failure| eprintln!("{failure}"))
}

fn rules(outcome: &RunResult) -> Vec<&'static str> {
    let rule = |failure: &Failure| match failure {
        Failure::Broken { rule, .. } => *rule,
        Failure::Trial(_) => "the trial can be made",
    };
    outcome.failures.iter().map(rule).collect()
}

#[test]
fn every_promise_holds_through_faults_crashes_and_full_disks() {
    let mut counts = Counts::default();
    for seed in SEEDS {
        let outcome = live(seed, DAYS, Flaw::None);
        assert_eq!(rules(&outcome), [""; 0], "casero simulate --seed {seed} --days {DAYS}");
        counts.add(&outcome.counts);
    }
    let happened = [
        counts.messages_in,
        counts.messages_out,
        counts.taps,
        counts.voice,
        counts.confirmed,
        counts.approved,
        counts.sold_elsewhere,
        counts.readings_believed,
        counts.readings_unchanged,
        counts.crashes,
        counts.restarts,
        counts.full_disks,
        counts.clock_jumps,
        counts.storms,
        counts.answers_lost,
        counts.hooks_dropped,
        counts.hooks_doubled,
        counts.stale_answers,
        counts.outages,
        counts.failed_later,
        counts.foreign,
        counts.forged,
    ];
    assert!(happened.iter().all(|count| *count > 0), "not everything happened:\n{counts}");
}

#[test]
fn the_same_seed_lives_the_same_days() {
    let (once, again) = (live(21, 15, Flaw::None), live(21, 15, Flaw::None));
    assert_eq!(once.counts, again.counts);
    assert_ne!(once.counts, live(22, 15, Flaw::None).counts);
}

#[test]
fn without_its_guards_casero_is_found_broken() {
    for flaw in Flaw::ALL {
        // Not every life meets every trouble.
        let lives = (31..37).map(|seed| live(seed, 150, flaw));
        let found = lives.map(|outcome| rules(&outcome)).find(|found| !found.is_empty()).unwrap_or_default();
        let expected = match flaw {
            Flaw::NoNightKey => "no night has two holders",
            Flaw::PaymentTwice => "each payment is entered once",
            Flaw::LostAnswers => "every message is answered or with a person",
            Flaw::LostNights => "no imported night is free",
            Flaw::LostSales => "no sold night that was read is free",
            Flaw::EndlessDoubt => "no message is unsent for a day while its provider is well",
            Flaw::UntoldOverpayment => "no overpayment is untold",
            Flaw::ForeignPayments => "payments of another business are nobody's matter",
            Flaw::UnexplainedReturn => {
                "no guest is told that a hold lapsed and that it is confirmed without a word between"
            }
            Flaw::MisplacedNotices => "who is promised a person has a notice to the owner",
            Flaw::None => "",
        };
        assert_eq!(found, [expected], "{flaw:?}");
    }
}
