//! Races: many real clients at the same moment against the real binary, over things that must happen once. Each
//! race has a control: the same race and verdict in a server whose guard is blind. There the verdict must be
//! "broken", and for the right reason; a race that no missing guard could lose would prove nothing.
//!
//! A guard is made blind in the database, the one place reachable from outside the binary: a trigger hides written
//! rows from the next look, a key included, as if the look came a moment too early. With one writer no look does,
//! so nothing here depends on luck: the blind server loses each time.

mod keys;
mod nights;
mod notices;
mod owners;
mod payments;

use super::harness::{HttpResponse, TestServer, until};
use std::sync::Barrier;

/// Clients of a race: more than casero has threads to serve them.
const CLIENTS: usize = 16;

/// Lets so many clients act in the same moment; answers what each of them got, in their order.
fn at_once<T: Send>(clients: usize, act: impl Fn(usize) -> T + Sync) -> Vec<T> {
    let start = Barrier::new(clients);
    std::thread::scope(|scope| {
        let (start, act) = (&start, &act);
        let run = |client| {
            scope.spawn(move || {
                start.wait();
                act(client)
            })
        };
        let threads: Vec<_> = (0..clients).map(run).collect();
        threads.into_iter().map(|thread| thread.join().unwrap()).collect()
    })
}

/// Changes the running server's database: makes a guard blind, or brings work nearer.
fn change(server: &TestServer, sql: &str) {
    server.database().execute_batch(sql).unwrap();
}

/// Waits until casero has done all queued work.
fn settled(server: &TestServer) {
    let left = "SELECT (SELECT count(*) FROM job WHERE kind <> 'open_checkout')
                     + (SELECT count(*) FROM inbound WHERE state IN ('listen', 'ready'))
                     + (SELECT count(*) FROM outbound WHERE state IN ('queued', 'sending'))";
    until("casero to be done with everything", || (server.count(left) == 0).then_some(()));
}

fn with_status(answers: &[HttpResponse], status: u16) -> usize {
    answers.iter().filter(|answer| answer.status == status).count()
}

/// Every answer must be one of these; what else came is told.
fn only(answers: &[HttpResponse], allowed: &[(u16, &str)], broken: &mut Vec<String>) {
    for answer in answers {
        let code = answer.json()["code"].as_str().unwrap_or_default().to_owned();
        // A booking has a code as well: the one that its guest reads aloud.
        let known =
            |(status, word): &(u16, &str)| *status == answer.status && (word.is_empty() || code == *word);
        if !allowed.iter().any(known) {
            broken.push(format!("an answer that should not come: {} {}", answer.status, answer.text));
        }
    }
}

#[track_caller]
fn holds(broken: &[String]) {
    assert!(broken.is_empty(), "{broken:#?}");
}

/// The control: the same verdict is broken, and says so of this.
#[track_caller]
fn breaks(broken: &[String], because: &str) {
    assert!(broken.iter().any(|line| line.contains(because)), "{because:?} is not in {broken:#?}");
}
