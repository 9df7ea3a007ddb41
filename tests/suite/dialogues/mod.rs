//! Conversations as anybody can read them, `tests/data/dialogues/{es,pt,en}/*.txt` (its README describes the lines):
//! each is played through the product's own use-cases, tasks and database, from the message that comes in to the
//! messages that reach the phones and the rows that are left. `UPDATE=1` writes anew what came of each line.

mod facts;
pub mod limits;
mod outside;
mod player;
mod property;
mod shown;

use player::Player;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};
use tokio::runtime::{Builder, Runtime};

/// The outcome of a step that can't be played.
const UNPLAYABLE: &str = "???";

#[test]
fn every_conversation_goes_as_written() {
    let files = files();
    assert!(files.len() >= 99, "only {} conversations found", files.len());
    let (next, wrong) = (AtomicUsize::new(0), Mutex::new(Vec::new()));
    std::thread::scope(|scope| {
        for _ in 0..std::thread::available_parallelism().map_or(1, usize::from) {
            scope.spawn(|| {
                while let Some(file) = files.get(next.fetch_add(1, Relaxed)) {
                    wrong.lock().unwrap().extend(compare(file));
                }
            });
        }
    });
    let mut wrong = wrong.into_inner().unwrap();
    wrong.sort();
    assert!(wrong.is_empty(), "these go otherwise (UPDATE=1 rewrites them):\n{}", wrong.join("\n\n"));
}

/// Plays one file; answers how it went when that is not what is written, unless it was to be written anew.
fn compare(file: &Path) -> Option<String> {
    let written = std::fs::read_to_string(file).expect("a readable file");
    let Ok(played) = catch_unwind(AssertUnwindSafe(|| runtime().block_on(play(&written)))) else {
        return Some(format!("{}: broke off, see above", file.display()));
    };
    if played == written {
        return None;
    }
    if std::env::var_os("UPDATE").is_some() && !played.contains(UNPLAYABLE) {
        std::fs::write(file, played).expect("a writable file");
        return None;
    }
    Some(format!("{}\n{}", file.display(), changes(&written, &played)))
}

/// The lines that differ, each with the last line before it that is the same in both.
fn changes(written: &str, played: &str) -> String {
    let (old, new): (Vec<&str>, Vec<&str>) = (written.lines().collect(), played.lines().collect());
    let same = old.iter().zip(&new).take_while(|(old, new)| old == new).count();
    let after = old[same..].iter().rev().zip(new[same..].iter().rev()).take_while(|(old, new)| old == new);
    let after = after.count();
    let mut out = String::new();
    let mut list = |mark: &str, lines: &[&str]| {
        lines.iter().for_each(|line| out.push_str(&format!("{mark} {line}\n")));
    };
    list(" ", &old[same.saturating_sub(1)..same]);
    list("-", &old[same..old.len() - after]);
    list("+", &new[same..new.len() - after]);
    out
}

fn files() -> Vec<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/dialogues");
    let mut files: Vec<PathBuf> = ["es", "pt", "en"]
        .iter()
        .flat_map(|language| std::fs::read_dir(root.join(language)).expect("a folder for each language"))
        .map(|entry| entry.expect("an entry").path())
        .filter(|path| path.extension().is_some_and(|ending| ending == "txt"))
        .collect();
    files.sort();
    files
}

fn runtime() -> Runtime {
    Builder::new_current_thread().enable_all().build().expect("a runtime")
}

/// Plays a conversation and writes it as it went.
async fn play(written: &str) -> String {
    let steps = |line: &&str| player::input(line).is_some();
    let head: String =
        written.lines().take_while(|line| !steps(line)).map(|line| format!("{line}\n")).collect();
    let mut player = Player::new(&head).await;
    let mut out = head;
    let mut lines = written.lines().skip_while(|line| !steps(line)).peekable();
    while let Some(line) = lines.next() {
        let Some((who, what)) = player::input(line) else {
            // Only remarks are kept of what stands between two inputs: the rest came of the one before.
            if line.starts_with('#') {
                out.push_str(&format!("{line}\n"));
            }
            continue;
        };
        let mut words = what.to_owned();
        out.push_str(&format!("{line}\n"));
        while let Some(more) = lines.next_if(|line| line.starts_with("  ")) {
            words.push_str(&format!("\n{}", more.trim()));
            out.push_str(&format!("{more}\n"));
        }
        out.push_str(&player.happens(who, &words).await);
    }
    out
}

#[test]
fn another_machine_that_answers_everything_is_not_answered_for_ever() {
    runtime().block_on(async {
        let mut player = Player::new("today: 2026-11-24 10:00\ncabin: Cabaña del Lago 4 100000\n").await;
        let silent = |said: &String| said.starts_with("bot> (silence)");
        let mut said = Vec::new();
        for nth in 0..70 {
            said.push(player.happens("guest", &format!("¿tienen wifi en la {nth}?")).await);
        }
        let answered = said.iter().filter(|said| !silent(said)).count();
        assert!((50..=61).contains(&answered), "{answered} answers");
        let told = said.iter().filter(|said| said.contains("attention> raised wants_a_person")).count();
        assert_eq!(told, 1, "a person hears of it once");
        assert!(said[61..].iter().all(silent), "then it is quiet");
        player.happens("wait", "2h").await;
        let later = player.happens("guest", "¿tienen pileta?").await;
        assert!(!silent(&later), "an hour later it is a guest again");
    });
}
