//! Days that an operator fears: a machine that was off, a disk that is full or read-only, a file that is damaged,
//! a clock that was set; and the copies that are there for them.

use super::days::{day, in_words};
use super::harness::{GUEST, TestServer, command, hold_of, preference, until};
use serde_json::{Value, json};
use std::io::Write;
use std::process::{Command, Output};

/// The owner's number in these tests.
const OWNER: &str = "5493515559999";

fn run(server: &TestServer, arguments: &[&str], settings: &[(&str, &str)]) -> Output {
    let settings: Vec<(String, String)> =
        settings.iter().map(|(name, value)| (format!("CASERO_{name}"), (*value).to_owned())).collect();
    command(server.data.path(), &settings).args(arguments).output().unwrap()
}

fn said(output: &Output) -> String {
    format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr))
}

/// A disk of some megabytes; only root, or a user who may mount in a namespace, can make it.
struct SmallDisk {
    _folder: tempfile::TempDir,
    path: String,
}

impl SmallDisk {
    fn new() -> Option<SmallDisk> {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().to_str().unwrap().to_owned();
        let mounted = Command::new("mount").args(["-t", "tmpfs", "-o", "size=4m", "tmpfs", &path]).output();
        mounted.is_ok_and(|made| made.status.success()).then_some(SmallDisk { _folder: folder, path })
    }

    fn fill(&self) {
        let mut file = std::fs::File::create(format!("{}/filler", self.path)).unwrap();
        while file.write_all(&[0; 4096]).is_ok() {}
    }

    fn make_room(&self) {
        std::fs::remove_file(format!("{}/filler", self.path)).unwrap();
    }
}

impl Drop for SmallDisk {
    fn drop(&mut self) {
        let _ = Command::new("umount").args(["-l", &self.path]).output();
    }
}

fn owner_has_a_phone(server: &TestServer) {
    let answer = server.api("PUT", "/api/v1/settings", &json!({ "owner_phone": format!("+{OWNER}") }));
    assert_eq!(answer.status, 200, "{}", answer.text);
}

#[test]
fn after_an_outage_the_owner_hears_once_what_was_missed_and_made_good() {
    let mut server = TestServer::new();
    let cabin = server.cabin("Aromo", 80_000_00);
    owner_has_a_phone(&server);
    server.write(OWNER, "hola");
    server.next_said(OWNER, 0);
    let held = server.hold(cabin, day(0), day(2));
    let code = held["code"].as_str().unwrap().to_owned();
    let opened = until("the link", || {
        Some(server.reservation(&code)).filter(|reservation| reservation["payment_url"].is_string())
    });
    server.close().kill();
    // Events of the outage: a guest wrote and another one paid.
    server.write("5493515550177", &format!("hola, hay lugar {} para 2?", in_words(8, 11)));
    server.pay(&preference(&opened), "approve", &json!({}));
    server.sql("UPDATE pulse SET beat_at = beat_at - 7500000");
    // Earlier answers are not part of the report.
    server.sql("UPDATE outbound SET created_at = created_at - 600000");
    server.start();
    server.hears("5493515550177", "240.000");
    server.becomes(&code, "confirmed");
    // Two minutes later, and a look of the task.
    server.sql("UPDATE outage SET ended_at = ended_at - 180000, began_at = began_at - 180000");
    server.sql("UPDATE inbound SET sent_at = sent_at - 600000, received_at = received_at - 600000");
    server.sql("UPDATE schedule SET due_at = 0 WHERE name = 'catch_up'");
    let told = server.hears(OWNER, "sin funcionar");
    let text = told["text"].as_str().unwrap();
    assert!(text.contains("2 h 5 min"), "{text}");
    assert!(text.contains("1 mensaje contestado tarde") && text.contains("1 pago encontrado"), "{text}");
    server.sql("UPDATE schedule SET due_at = 0 WHERE name = 'catch_up'");
    until("the next look", || {
        (server.count("SELECT due_at FROM schedule WHERE name = 'catch_up'") > 0).then_some(())
    });
    let notices = server.texts(OWNER).iter().filter(|text| text.contains("sin funcionar")).count();
    assert_eq!(notices, 1);
    assert_eq!(server.count("SELECT count(*) FROM outage WHERE reported_at IS NOT NULL"), 1);
}

#[test]
fn a_short_restart_is_no_outage() {
    let mut server = TestServer::new();
    server.close().kill();
    server.start();
    assert_eq!(server.count("SELECT count(*) FROM outage"), 0);
    assert!(server.count("SELECT beat_at FROM pulse") > 0, "the pulse is a row that was written");
}

#[test]
fn what_waits_does_not_wait_for_a_clock_that_was_ahead() {
    let mut server = TestServer::new();
    let cabin = server.cabin("Aromo", 80_000_00);
    server.hold(cabin, day(0), day(2));
    server.close().kill();
    // As if all of it had happened with the clock ten days ahead.
    let ahead = 10 * 86_400_000_i64;
    server.sql(&format!("UPDATE pulse SET beat_at = beat_at + {ahead}"));
    server.sql(&format!("UPDATE schedule SET due_at = due_at + {ahead}"));
    server.sql(&format!(
        "UPDATE reservation SET created_at = created_at + {ahead}, expires_at = expires_at + {ahead}"
    ));
    let before = server.count("SELECT expires_at FROM reservation");
    server.start();
    // The old due time, or later by as long as casero was down.
    let minute = 60_000;
    assert!(server.count("SELECT expires_at FROM reservation") <= before - ahead + minute);
    // The longest pause between two rounds is a day, counted from a moment after the heartbeat.
    let newest = "SELECT max(due_at) - (SELECT beat_at FROM pulse) FROM schedule";
    assert!(server.count(newest) < 2 * 86_400_000, "nothing is due in ten days");
}

#[test]
fn a_damaged_database_is_not_served_and_the_command_said_brings_casero_back() {
    let mut server = TestServer::new();
    server.cabin("Aromo", 80_000_00);
    let key = [("BACKUP_KEY", "un caballo grapa correcto")];
    let made = run(&server, &["backup"], &key);
    assert!(made.status.success(), "{}", said(&made));
    let backup = String::from_utf8_lossy(&made.stdout).trim().to_owned();
    assert!(backup.ends_with(".db.gz.sealed"), "{backup}");
    assert_eq!(server.close().stop(), Some(0));
    let database = server.data.path().join(casero::store::DATABASE_FILE);
    // Without its log, which would heal it.
    for end in ["-wal", "-shm"] {
        let _ = std::fs::remove_file(format!("{}{end}", database.display()));
    }
    let good = std::fs::read(&database).unwrap();
    std::fs::write(&database, vec![0x55; good.len()]).unwrap();
    let refused = run(&server, &["serve"], &[]);
    assert_eq!(refused.status.code(), Some(1));
    let words = String::from_utf8_lossy(&refused.stderr).into_owned();
    assert!(
        words.contains(&format!("casero restore {backup}")) && words.trim().lines().count() == 1,
        "{words}"
    );
    for (settings, why) in
        [(&[][..], "set backup.key"), (&[("BACKUP_KEY", "una clave equivocada")], "not the one")]
    {
        let refused = run(&server, &["restore", &backup], settings);
        assert_eq!(refused.status.code(), Some(1));
        assert!(said(&refused).contains(why), "{}", said(&refused));
        assert_eq!(std::fs::read(&database).unwrap(), vec![0x55; good.len()], "nothing was touched");
    }
    let restored = run(&server, &["restore", &backup], &key);
    assert!(restored.status.success() && said(&restored).contains("is kept as"), "{}", said(&restored));
    server.start();
    assert_eq!(server.count("SELECT count(*) FROM cabin"), 1);
}

#[test]
fn the_newest_backup_is_gone_back_to_by_itself_and_one_that_is_no_good_needs_attention() {
    let server = TestServer::with(&[("BACKUP_KEY", "un caballo grapa correcto")]);
    until("the first drill", || {
        (server.count("SELECT count(*) FROM drill WHERE problem = '' AND rows > 0") == 1).then_some(())
    });
    let health = server.call("GET", "/healthz", &[], &Value::Null).json();
    let parts = health["parts"].as_array().unwrap().clone();
    let backups = parts.iter().find(|part| part["name"] == "backups").unwrap();
    assert_eq!(backups["state"], "ok");
    assert!(backups["detail"].as_str().unwrap().contains("gone back to"), "{backups}");
    assert!(!server.data.path().join("drill.partial").exists());
}

#[test]
fn a_server_whose_disk_filled_says_no_to_providers_and_goes_on_by_itself() {
    let Some(disk) = SmallDisk::new() else {
        eprintln!("no small disk can be made here: a full one is tested inside the process only");
        return;
    };
    let server = TestServer::with(&[("STORAGE_DATA_DIR", &disk.path), ("LIMITS_FREE_DISK_MEGABYTES", "0")]);
    let cabin = server.cabin("Aromo", 80_000_00);
    disk.fill();
    let answer = until("a hold to be refused", || {
        let answer = server.api("POST", "/api/v1/reservations", &hold_of(cabin, day(0), day(2)));
        // The rest of the disk may still take one.
        (answer.status >= 400).then_some(answer)
    });
    assert_eq!((answer.status, &answer.json()["code"]), (500, &json!("internal")), "{}", answer.text);
    server.write(GUEST, &format!("hola, hay lugar {} para 2?", in_words(8, 11)));
    // A small one may still fit into what the log has left: others follow until none does.
    let mut others = 0;
    until("a notification to be refused", || {
        others += 1;
        server.write(&format!("549351777{others:04}"), "hola");
        let log = server.running().log();
        log.lines()
            .any(|line| line.contains("POST /webhooks/whatsapp") && line.contains("status=50"))
            .then_some(())
    });
    let health = server.call("GET", "/healthz", &[], &Value::Null);
    assert_eq!(health.status, 503);
    disk.make_room();
    server.hears(GUEST, "240.000");
}
