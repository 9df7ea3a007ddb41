//! A mail server on loopback: takes letters by SMTP (RFC 5321) with a login, and keeps them readable; refuses when told to.

use std::io;
use std::net::Ipv4Addr;
use std::sync::Arc;

use data_encoding::BASE64;
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinHandle;

use super::letters::Letter;
use super::world::World;

/// Name of the account that the server knows.
pub const USERNAME: &str = "sim-mail-user";
/// Its password.
pub const PASSWORD: &str = "sim-mail-password";
/// Longest line of a letter.
const LINE_BYTES_MAX: usize = 64 * 1024;

/// Listens on a free port; answers it.
pub(super) async fn start(world: Arc<World>) -> io::Result<(u16, JoinHandle<()>)> {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?;
    let port = listener.local_addr()?.port();
    let serving = tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            let world = Arc::clone(&world);
            tokio::spawn(async move {
                // A client that hangs up has no answer.
                let _ = serve(&world, stream).await;
            });
        }
    });
    Ok((port, serving))
}

async fn serve(world: &World, stream: TcpStream) -> io::Result<()> {
    let (reader, mut writer) = stream.into_split();
    let mut lines = BufReader::new(reader);
    writer.write_all(b"220 sim ESMTP\r\n").await?;
    let (mut to, mut is_in) = (Vec::new(), false);
    loop {
        let mut line = String::new();
        if lines.read_line(&mut line).await? == 0 || line.len() > LINE_BYTES_MAX {
            return Ok(());
        }
        let command = line.trim_end().to_owned();
        let verb = command.get(..4).unwrap_or_default().to_ascii_uppercase();
        let answer = match verb.as_str() {
            "EHLO" => "250-sim\r\n250-8BITMIME\r\n250 AUTH PLAIN".to_owned(),
            "HELO" => "250 sim".to_owned(),
            "AUTH" => log_in(world, &command, &mut is_in),
            "MAIL" if !is_in => "530 5.7.0 Authentication required".to_owned(),
            "MAIL" | "RSET" => {
                to.clear();
                "250 2.0.0 OK".to_owned()
            }
            "RCPT" => match world.look(|scene| scene.post.refuses_recipient) {
                Some(code) => format!("{code} 5.1.1 No such recipient"),
                None => {
                    to.push(address(&command));
                    "250 2.1.5 OK".to_owned()
                }
            },
            "DATA" if to.is_empty() => "503 5.5.1 No recipients".to_owned(),
            "DATA" => {
                writer.write_all(b"354 Go ahead\r\n").await?;
                let whole = letter(&mut lines).await?;
                world.change(|scene| {
                    scene.post.letters.extend(to.drain(..).map(|to| Letter { to, whole: whole.clone() }));
                });
                "250 2.0.0 Accepted".to_owned()
            }
            "NOOP" => "250 2.0.0 OK".to_owned(),
            "QUIT" => {
                writer.write_all(b"221 2.0.0 Bye\r\n").await?;
                return Ok(());
            }
            _ => "502 5.5.2 Not understood".to_owned(),
        };
        writer.write_all(format!("{answer}\r\n").as_bytes()).await?;
    }
}

fn log_in(world: &World, command: &str, is_in: &mut bool) -> String {
    if let Some(code) = world.look(|scene| scene.post.refuses_login) {
        return format!("{code} 5.7.8 Username and Password not accepted");
    }
    let given = command.split_whitespace().nth(2).unwrap_or_default();
    let given = BASE64.decode(given.as_bytes()).unwrap_or_default();
    *is_in = given == format!("\0{USERNAME}\0{PASSWORD}").into_bytes();
    if *is_in { "235 2.7.0 Accepted".to_owned() } else { "535 5.7.8 Bad credentials".to_owned() }
}

/// The lines up to a dot alone; a doubled dot is one.
async fn letter(lines: &mut (impl AsyncBufReadExt + Unpin)) -> io::Result<String> {
    let mut whole = String::new();
    loop {
        let mut line = String::new();
        if lines.read_line(&mut line).await? == 0 || line.trim_end() == "." {
            return Ok(whole);
        }
        whole.push_str(line.strip_prefix("..").map_or(line.as_str(), |_| &line[1..]));
    }
}

/// The address between the angle brackets.
fn address(command: &str) -> String {
    command.split(['<', '>']).nth(1).unwrap_or_default().to_owned()
}
