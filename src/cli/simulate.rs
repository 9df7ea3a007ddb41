//! `casero simulate`: runs the product through days or years of guests, payments, calendars, faults and
//! crashes from a seed. It prints counts and every violated invariant, and exits with 0 when there was none.

use super::error::CliError;
use super::output::{complain, print};
use crate::simulation::{self, DAYS_OF_AN_INSTANCE, Failure, Flaw, Plan};
use std::process::ExitCode;
use std::time::Instant;

/// Default number of days.
const DAYS: u32 = 365;

#[derive(clap::Args)]
pub(super) struct Arguments {
    /// The seed. The same seed brings the same days; instances after the first have the next seeds.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// How many days; more than a year are lived by several instances of a year each.
    #[arg(long, value_name = "D", conflicts_with = "years", value_parser = clap::value_parser!(u32).range(1..))]
    days: Option<u32>,
    /// How many years.
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=100_000))]
    years: Option<u32>,
    /// Stop at the first broken promise.
    #[arg(long)]
    until_failure: bool,
    /// Instances at the same time; else as many as there are processors.
    #[arg(long, value_name = "N")]
    threads: Option<usize>,
    /// Print what happened just before a promise was broken.
    #[arg(long)]
    journal: bool,
    /// Break the instance on purpose, to see that it is found.
    #[arg(long, value_enum, value_name = "GUARD")]
    without: Option<Guard>,
}

/// A guard that can be taken away.
#[derive(Debug, Clone, Copy, clap::ValueEnum)]
enum Guard {
    /// One holder for each night.
    NightKey,
    /// A payment is entered once.
    PaymentOnce,
    /// What is to be said is kept.
    Answers,
    /// Nights of other channels are kept.
    ImportedNights,
    /// What other channels sold is remembered.
    Sales,
    /// Doubt about a message ends.
    Doubts,
    /// A second payment is told.
    Overpayments,
    /// The account's other business is left alone.
    OtherBusiness,
    /// A yes after a lapse is explained.
    Revivals,
    /// The owner is told of the guest who was promised a person.
    Notices,
}

impl Guard {
    fn flaw(self) -> Flaw {
        match self {
            Guard::NightKey => Flaw::NoNightKey,
            Guard::PaymentOnce => Flaw::PaymentTwice,
            Guard::Answers => Flaw::LostAnswers,
            Guard::ImportedNights => Flaw::LostNights,
            Guard::Sales => Flaw::LostSales,
            Guard::Doubts => Flaw::EndlessDoubt,
            Guard::Overpayments => Flaw::UntoldOverpayment,
            Guard::OtherBusiness => Flaw::ForeignPayments,
            Guard::Revivals => Flaw::UnexplainedReturn,
            Guard::Notices => Flaw::MisplacedNotices,
        }
    }
}

pub(super) fn run(arguments: &Arguments) -> Result<ExitCode, CliError> {
    let processors = std::thread::available_parallelism().map_or(1, usize::from);
    let days = arguments.years.map(|years| years * DAYS_OF_AN_INSTANCE).or(arguments.days).unwrap_or(DAYS);
    let plan = Plan {
        seed: arguments.seed,
        days,
        threads: arguments.threads.unwrap_or(processors),
        flaw: arguments.without.map_or(Flaw::None, Guard::flaw),
    };
    #[expect(clippy::disallowed_methods, reason = "a stopwatch")]
    let begun = Instant::now();
    let outcome =
        simulation::run(&plan, arguments.until_failure, |failure| report(failure, arguments.journal));
    let seconds = begun.elapsed().as_secs_f64();
    let lived = f64::from(outcome.days) / f64::from(DAYS_OF_AN_INSTANCE);
    print(&format!("{lived:.2} years in {seconds:.1} s ({:.2} years a second)", lived / seconds))?;
    print(outcome.counts.to_string().trim_end())?;
    print(&format!("broken promises: {}", outcome.failures.len()))?;
    Ok(if outcome.failures.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// Prints a failure at once, with the command to reproduce it.
fn report(failure: &Failure, with_journal: bool) {
    complain(&failure.to_string());
    let Failure::Broken { seed, days, journal, .. } = failure else { return };
    complain(&format!("the same again: casero simulate --seed {seed} --days {days}"));
    journal.iter().filter(|_| with_journal).for_each(|line| complain(line));
}
