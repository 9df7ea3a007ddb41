//! The guides say what is true: every command in them runs or at least exists, every setting is listed, every
//! link leads somewhere, and the dashboard and the alerts name numbers that there are.

use super::harness::{EMAIL, PASSWORD, TestServer, moved_clock};
use super::proxy::tool;
use casero::config::tree::KEYS;
use casero::domain::settings::{self as business, Kind, Settings};
use serde_json::Value;
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

const GUIDES: &str = "assets/guides";

/// A fenced block: the word after the fence, and its lines.
struct Block {
    word: String,
    text: String,
}

fn guides() -> Vec<(PathBuf, String)> {
    let entries = fs::read_dir(GUIDES).unwrap().map(|entry| entry.unwrap().path());
    let mut found: Vec<_> = entries.map(|path| (path.clone(), fs::read_to_string(path).unwrap())).collect();
    found.sort();
    assert!(found.len() >= 8, "the guides moved");
    found
}

fn blocks(text: &str) -> Vec<Block> {
    let mut found = Vec::new();
    let mut open: Option<Block> = None;
    for line in text.lines() {
        match (line.strip_prefix("```"), &mut open) {
            (Some(word), None) => open = Some(Block { word: word.to_owned(), text: String::new() }),
            (Some(_), Some(_)) => found.extend(open.take()),
            (None, Some(block)) => block.text += &format!("{line}\n"),
            (None, None) => {}
        }
    }
    assert!(open.is_none(), "a fence is not closed");
    found
}

/// A PATH on which `casero` is the program under test.
fn path_with_program() -> String {
    let program = Path::new(env!("CARGO_BIN_EXE_casero")).parent().unwrap().display().to_string();
    format!("{program}:{}", std::env::var("PATH").unwrap_or_default())
}

#[test]
fn every_command_of_the_guides_that_can_run_runs() {
    let mut guides_run = 0;
    for (path, text) in guides() {
        let script: String = blocks(&text)
            .iter()
            .filter(|block| block.word == "sh")
            .map(|block| block.text.as_str())
            .collect();
        if script.is_empty() {
            continue;
        }
        let server = TestServer::with(&[]);
        let place = tempfile::tempdir().unwrap();
        let ran = Command::new("bash")
            .args(["-euo", "pipefail", "-c", &script])
            .current_dir(place.path())
            .env_clear()
            .envs(moved_clock())
            .env("PATH", path_with_program())
            .env("SERVER", server.url(""))
            .env("CASERO_STORAGE_DATA_DIR", server.data.path())
            .envs([("EMAIL", EMAIL), ("PASSWORD", PASSWORD), ("no_proxy", "*")])
            .output()
            .expect("bash runs");
        let said = String::from_utf8_lossy(&ran.stderr);
        assert!(ran.status.success(), "{}: {said}\n{}", path.display(), String::from_utf8_lossy(&ran.stdout));
        guides_run += 1;
    }
    assert!(guides_run > 0, "no guide has a command that runs");
}

#[test]
fn every_command_of_the_guides_that_cannot_run_here_exists() {
    let usage = fs::read_to_string("install.sh").unwrap();
    let mut seen = 0;
    for (path, text) in guides() {
        for block in blocks(&text) {
            assert!(
                ["sh", "console", "yaml"].contains(&block.word.as_str()),
                "{}: a fence says {:?}",
                path.display(),
                block.word
            );
            if block.word != "console" {
                continue;
            }
            for line in block.text.lines() {
                seen += usize::from(check_line(line, &usage).unwrap_or_else(|why| {
                    panic!("{}: {line}: {why}", path.display());
                }));
            }
        }
    }
    assert!(seen >= 5, "only {seen} commands of ours were found");
}

/// Whether a line holds a command of ours; an error when it names one that there is not.
fn check_line(line: &str, usage: &str) -> Result<bool, String> {
    let words: Vec<&str> = line.split_whitespace().filter(|word| *word != "sudo").collect();
    match words.as_slice() {
        ["./install.sh", "run", command, ..] => subcommand(command).map(|()| true),
        ["./install.sh"] => Ok(true),
        ["./install.sh", command, ..] => {
            let known = [format!("        {command}) "), format!("| {command}) ")];
            let found = known.iter().any(|arm| usage.contains(arm.as_str()));
            if found { Ok(true) } else { Err("install.sh knows no such command".to_owned()) }
        }
        ["casero", command, options @ ..] => {
            subcommand(command)?;
            let help = help(&[command]);
            let missing = options.iter().find(|option| option.starts_with("--") && !help.contains(**option));
            missing.map_or(Ok(true), |option| Err(format!("no option {option}")))
        }
        _ => Ok(false),
    }
}

fn help(arguments: &[&str]) -> String {
    let said = Command::new(env!("CARGO_BIN_EXE_casero")).args(arguments).arg("--help").output().unwrap();
    String::from_utf8_lossy(&said.stdout).into_owned()
}

fn subcommand(name: &str) -> Result<(), String> {
    let listed = help(&[]);
    let found = listed.lines().any(|line| line.split_whitespace().next() == Some(name));
    if found { Ok(()) } else { Err(format!("casero has no command {name}")) }
}

#[test]
fn the_guide_of_settings_lists_every_setting_once_and_none_else() {
    let text = fs::read_to_string(format!("{GUIDES}/settings.md")).unwrap();
    // Business settings have a table of their own.
    let (text, _) = text.split_once("<!-- business settings -->").unwrap();
    let listed: Vec<&str> =
        text.lines().filter_map(|line| line.strip_prefix("| `")?.split('`').next()).collect();
    let known: Vec<&str> = KEYS.iter().map(|(key, _)| *key).collect();
    let (a, b): (BTreeSet<_>, BTreeSet<_>) = (listed.iter().collect(), known.iter().collect());
    assert_eq!(a, b);
    assert_eq!(listed.len(), known.len(), "one is listed twice");
}

#[test]
fn links_between_guides_lead_somewhere() {
    let readme = fs::read_to_string("README.md").unwrap();
    for (path, text) in guides() {
        let name = path.file_name().unwrap().to_str().unwrap();
        assert!(readme.contains(&format!("({GUIDES}/{name})")), "README does not lead to {name}");
        let targets = text.split("](").skip(1).filter_map(|rest| rest.split(')').next());
        for target in targets.filter(|target| !target.contains("://")) {
            assert!(Path::new(GUIDES).join(target).exists(), "{name} leads to {target}");
        }
    }
}

// ------------------------------------------------------------------------------------------ numbers

/// Names that the program describes, read from where it does.
fn described() -> BTreeSet<String> {
    let source = fs::read_to_string("src/obs/metrics.rs").unwrap();
    let mut found: BTreeSet<String> = BTreeSet::new();
    for kind in ["describe_counter!(\"", "describe_gauge!(\"", "describe_histogram!(\""] {
        let names = source.split(kind).skip(1).filter_map(|rest| rest.split('"').next());
        for name in names {
            found.insert(name.to_owned());
            if kind.contains("histogram") {
                found.extend(["bucket", "sum", "count"].map(|end| format!("{name}_{end}")));
            }
        }
    }
    found
}

/// Names of numbers in an expression; those that a rule records are not ours.
fn numbers_of(expression: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut depth = 0;
    let mut word = String::new();
    for letter in expression.chars().chain([' ']) {
        if letter.is_alphanumeric() || letter == '_' || letter == ':' {
            word.push(letter);
            continue;
        }
        // All of ours have an underscore; labels and keywords have none, functions are followed by a bracket.
        if depth == 0 && word.contains('_') && !word.contains(':') && letter != '(' {
            found.push(word.clone());
        }
        word.clear();
        match letter {
            '{' | '[' => depth += 1,
            '}' | ']' => depth -= 1,
            _ => {}
        }
    }
    found
}

/// The guide's table of what the owner decides, as the rows of the settings make it.
fn business_settings() -> String {
    let usual = Settings::default();
    let mut table = "| setting | default | may be | what it is |\n|---|---|---|---|\n".to_owned();
    for setting in business::all() {
        let default = match (setting.get)(&usual) {
            business::Value::Whole(number) => number.to_string(),
            business::Value::Factor(factor) => (f64::from(factor.permille()) / 1000.0).to_string(),
            business::Value::Days(days) => Vec::from(days).join(", "),
            business::Value::Hour(time) => time.strftime("%H:%M").to_string(),
            business::Value::Words(words) => words,
            business::Value::List(list) => list.join(", "),
            business::Value::Switch(is) => is.to_string(),
            business::Value::Named(_) => String::new(),
        };
        let may_be = match (setting.kind, setting.kind.bounds()) {
            (_, Some((min, max))) => format!("{min} to {max}"),
            (Kind::Line { chars_max }, None) => format!("one line, {chars_max} characters"),
            (Kind::Factor, None) => "0.1 to 10".to_owned(),
            (Kind::Weekdays, None) => "mon to sun".to_owned(),
            (Kind::Hour, None) => "HH:MM".to_owned(),
            (Kind::Ways, None) => "push, whatsapp, mail".to_owned(),
            (Kind::Switch, None) => "true, false".to_owned(),
            (Kind::Day, None) => "YYYY-MM-DD".to_owned(),
            (Kind::Hours, None) => "HH:MM, HH:MM, …".to_owned(),
            _ => String::new(),
        };
        table += &format!("| `{}` | {default} | {may_be} | {} |\n", setting.name, setting.about());
    }
    table
}

/// `UPDATE=1` writes the table anew.
#[test]
fn the_guide_lists_every_business_setting_as_it_is() {
    let path = Path::new(GUIDES).join("settings.md");
    let guide = fs::read_to_string(&path).unwrap();
    let (before, rest) = guide.split_once("<!-- business settings -->\n").unwrap();
    let (found, after) = rest.split_once("<!-- end -->\n").unwrap();
    let expected = business_settings();
    if std::env::var_os("UPDATE").is_some() {
        let updated = format!("{before}<!-- business settings -->\n{expected}<!-- end -->\n{after}");
        fs::write(&path, updated).unwrap();
    } else {
        assert_eq!(found, expected, "UPDATE=1 writes it anew");
    }
}

#[test]
fn the_dashboard_and_the_alerts_name_only_numbers_that_there_are() {
    let known = described();
    let dashboard: Value =
        serde_json::from_str(&fs::read_to_string("assets/grafana/casero.json").unwrap()).unwrap();
    let panels = dashboard["panels"].as_array().unwrap();
    let mut expressions: Vec<String> = panels
        .iter()
        .flat_map(|panel| panel["targets"].as_array().unwrap())
        .map(|target| target["expr"].as_str().unwrap().to_owned())
        .collect();
    let alerts = fs::read_to_string("assets/prometheus/alerts.yml").unwrap();
    expressions
        .extend(alerts.lines().filter_map(|line| line.trim().strip_prefix("expr: ")).map(str::to_owned));
    // Whether Prometheus could ask at all is a number of its own, and so are those that its rules record.
    let own = |expression: &String| {
        expression.starts_with("up{") || expression.starts_with("casero:") || expression == "|"
    };
    for expression in expressions.iter().filter(|expression| !own(expression)) {
        let numbers = numbers_of(expression);
        assert!(!numbers.is_empty(), "no number of ours is found in {expression}");
        for name in numbers {
            assert!(known.contains(&name), "{name} is no number of ours: {expression}");
        }
    }
}

#[test]
fn a_running_server_gives_the_numbers_it_describes() {
    let server = TestServer::with(&[]);
    let answer = server.call("GET", "/metrics", &[], &Value::Null);
    assert_eq!(answer.status, 200);
    let known = described();
    let numbers = answer.text.lines().filter(|line| !line.starts_with('#') && !line.is_empty());
    let names: BTreeSet<&str> = numbers.map(|line| line.split(['{', ' ']).next().unwrap()).collect();
    assert!(names.contains("http_requests_total"), "{names:?}");
    for name in names {
        assert!(known.contains(name), "{name} is described nowhere");
    }
}

#[test]
fn the_alerts_are_quiet_when_all_is_well_and_speak_when_they_should() {
    let Some(promtool) = tool("CASERO_PROMTOOL", &["/usr/bin/promtool"]) else { return };
    let said = Command::new(promtool)
        .args(["test", "rules", "alerts_test.yml"])
        .current_dir("assets/prometheus")
        .output()
        .expect("promtool runs");
    let text = String::from_utf8_lossy(&said.stdout).into_owned() + &String::from_utf8_lossy(&said.stderr);
    assert!(said.status.success(), "{text}");
}
