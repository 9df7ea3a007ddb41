#!/usr/bin/env bash
# Installs a release in a fresh Debian with systemd running and lives through what a machine lives through: fresh
# install, a guest's first answer, upgrade with data, an upgrade that fails, interruption at any moment, backup and
# restore, uninstall and purge. It takes some minutes, downloads a small Debian and needs root, so it is no part of
# `./install.sh test`.
#
#   tests/install.sh PROGRAM [SUITE]     PROGRAM: a compiled casero; SUITE: bookworm unless given
#
# Needs: debootstrap, systemd-container, gcc.
# What runs in the machine under test is expanded there.
# shellcheck disable=SC2016
set -euo pipefail

readonly EMAIL="duena@example.com"
readonly PASSWORD="una clave larga"
readonly SECRET="a secret of the app"
readonly PHONE="5493510000001"
readonly INSIDE="/opt/release"
SPACE=""
NSPAWN=""
LEADER=""

say() { printf '%(%H:%M:%S)T %s\n' -1 "$*"; }

fail() {
    say "FAILED: $*"
    [ -z "$LEADER" ] || inside journalctl -u casero -n 30 --no-pager -o cat || true
    exit 1
}

leave() {
    local outcome=$?
    if [ -n "$NSPAWN" ]; then
        kill "$NSPAWN" 2>/dev/null || true
        wait "$NSPAWN" 2>/dev/null || true
    fi
    [ -z "$SPACE" ] || rm -rf "$SPACE"
    exit "$outcome"
}

# Runs a command in the machine under test.
inside() {
    nsenter --target "$LEADER" --mount --uts --ipc --net --pid --root --wd -- \
        env -i PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin LANG=C.UTF-8 "$@"
}

expect() {
    local what="$1"
    shift
    if "$@" >"$SPACE/last" 2>&1; then
        say "ok: $what"
    else
        cat "$SPACE/last"
        fail "$what"
    fi
}

refuses() { ! "$@"; }

is_active() { [ "$(inside systemctl is-active casero)" = active ]; }

health() { inside curl -fsS -m 5 http://127.0.0.1:8080/readyz; }

milliseconds() { echo $((($(date +%s%N) - $1) / 1000000)); }

# ------------------------------------------------------------------------------------------------- the machine

# A small Debian, kept between runs: the download is the slow part.
make_root() {
    local suite="$1" kept="${TMPDIR:-/tmp}/casero-debian-$1"
    if [ ! -e "$kept/.complete" ]; then
        say "fetching Debian $suite"
        debootstrap --variant=minbase \
            --include=systemd,systemd-sysv,dbus,curl,jq,procps,openssl,python3-minimal,libpython3-stdlib,sqlite3 \
            "$suite" "$kept" >"$SPACE/debootstrap.log" 2>&1 || { tail -n 5 "$SPACE/debootstrap.log"; fail "debootstrap"; }
        touch "$kept/.complete"
    fi
    cp -a --reflink=auto "$kept" "$SPACE/root"
}

boot() {
    # nspawn wants a /run of its own, which a machine without systemd may not have.
    unshare --mount sh -c 'mount -t tmpfs tmpfs /run && exec systemd-nspawn --quiet --register=no --keep-unit \
        --private-network --console=pipe --machine=casero-test -D "$1" --boot' sh "$SPACE/root" >"$SPACE/boot.log" 2>&1 </dev/null &
    NSPAWN=$!
    local try
    for try in $(seq 1 300); do
        sleep 0.2
        LEADER="$(pgrep -P "$NSPAWN" -x systemd | head -n 1 || true)"
        [ -n "$LEADER" ] || continue
        case "$(inside systemctl is-system-running 2>/dev/null || true)" in
            running | degraded)
                say "booted after $((try / 5)) s: $(inside systemctl --version | head -n 1)"
                return 0
                ;;
        esac
    done
    tail -n 20 "$SPACE/boot.log"
    fail "the machine did not boot"
}

# A release for the machine under test, from a program.
release() {
    local program="$1" name="$2"
    CARGO_TARGET_DIR="$SPACE/out" ./install.sh package --binary "$program" >"$SPACE/last" || { cat "$SPACE/last"; fail "package"; }
    rm -rf "$SPACE/root$INSIDE/$name"
    mkdir -p "$SPACE/root$INSIDE/$name"
    tar -xzf "$SPACE"/out/release/casero-*.tar.gz -C "$SPACE/root$INSIDE/$name" --strip-components=1
}

install_from() { inside "$INSIDE/$1/install.sh" "${@:2}"; }

# Programs that go wrong: one that starts and is gone, one that changes the database's form first.
make_wrong_programs() {
    cat >"$SPACE/gone.c" <<'C'
#include <string.h>
int main(int n, char **v) { return n > 1 && !strcmp(v[1], "serve"); }
C
    cat >"$SPACE/forms.c" <<'C'
#include <stdlib.h>
#include <string.h>
int main(int n, char **v) {
    if (n < 2 || strcmp(v[1], "serve")) return 0;
    return system("cd /var/lib/casero && sqlite3 casero.db \"VACUUM INTO 'casero.before-upgrade-9999-1.db'\""
                  " && sqlite3 casero.db \"INSERT INTO migration SELECT max(version) + 1, 'x', 0 FROM migration\"") ? 2 : 1;
}
C
    gcc -O1 -o "$SPACE/gone" "$SPACE/gone.c"
    gcc -O1 -o "$SPACE/forms" "$SPACE/forms.c"
}

# ------------------------------------------------------------------------------------------------- the world

# What stands for WhatsApp: accepts every message and writes it down.
start_whatsapp() {
    cat >"$SPACE/root/opt/whatsapp.py" <<'PY'
import http.server, json, time
class Door(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    def do_POST(self):
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        with open("/opt/sent", "ab") as file:
            file.write(body + b"\n")
        answer = json.dumps({"messaging_product": "whatsapp", "messages": [{"id": "wamid.%d" % time.time_ns()}]}).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(answer)))
        self.end_headers()
        self.wfile.write(answer)
    do_GET = do_POST
    def log_message(self, *_):
        pass
http.server.ThreadingHTTPServer(("127.0.0.1", 9900), Door).serve_forever()
PY
    inside systemd-run --quiet --unit=whatsapp python3 /opt/whatsapp.py
}

write_settings() {
    cat >"$SPACE/root/etc/casero/casero.toml" <<TOML
[whatsapp]
access_token = "a token"
phone_number_id = "1000000001"
verify_token = "a word"
api_url = "http://127.0.0.1:9900"
TOML
    # The fourth comes as a credential, as the guide proposes.
    mkdir -p "$SPACE/root/etc/systemd/system/casero.service.d"
    printf '[Service]\nLoadCredential=whatsapp.app_secret:/etc/casero-secret\n' \
        >"$SPACE/root/etc/systemd/system/casero.service.d/secrets.conf"
    (umask 077 && printf '%s' "$SECRET" >"$SPACE/root/etc/casero-secret")
}

# A guest writes; signed as WhatsApp signs.
guest_writes() {
    local id="$1" text="$2" body signature
    body="$(jq -cn --arg id "$id" --arg text "$text" --arg phone "$PHONE" --arg now "$(date +%s)" '{object: "whatsapp_business_account",
        entry: [{id: "1", changes: [{field: "messages", value: {messaging_product: "whatsapp",
        metadata: {display_phone_number: "5493510000000", phone_number_id: "1000000001"},
        contacts: [{profile: {name: "Ana"}, wa_id: $phone}],
        messages: [{from: $phone, id: $id, timestamp: $now, type: "text", text: {body: $text}}]}}]}]}')"
    signature="$(printf '%s' "$body" | openssl dgst -sha256 -hmac "$SECRET" -r | cut -d' ' -f1)"
    inside curl -fsS -H "X-Hub-Signature-256: sha256=$signature" -H 'Content-Type: application/json' \
        --data-binary "$body" http://127.0.0.1:8080/webhooks/whatsapp
}

sent() { { cat "$SPACE/root/opt/sent" 2>/dev/null || true; } | wc -l; }

answered() {
    local before="$1" id="$2" try
    guest_writes "$id" "Hola! hay lugar del 10 al 12 de enero para 2?" >/dev/null || return 1
    for try in $(seq 1 200); do
        [ "$(sent)" -gt "$before" ] && return 0
        sleep 0.05
    done
    echo "no answer after $try tries"
    return 1
}

api() {
    local method="$1" path="$2" body="${3:-}"
    inside curl -fsS -X "$method" -H "Authorization: Bearer $TOKEN" -H 'Content-Type: application/json' \
        ${body:+--data-binary "$body"} "http://127.0.0.1:8080$path"
}

TOKEN=""
log_in() {
    TOKEN="$(inside curl -fsS -H 'Content-Type: application/json' \
        --data-binary "{\"email\":\"$EMAIL\",\"password\":\"$PASSWORD\"}" http://127.0.0.1:8080/api/v1/login | jq -r .token)"
}

reservations() { api GET /api/v1/reservations | jq '[.. | .code? // empty] | unique | length'; }

holds() { [ "$(reservations)" = "$1" ] || { echo "$(reservations) reservations"; return 1; }; }

# ------------------------------------------------------------------------------------------------- the life

fresh_install() {
    local began ready
    say "--- fresh install"
    began="$(date +%s%N)"
    expect "a release installs" install_from one
    ready="$(milliseconds "$began")"
    expect "the service is active" is_active
    expect "it serves" health
    expect "systemd knows the watchdog is fed" inside systemctl show casero -p WatchdogUSec --value
    expect "settings are 0640 root:casero" inside sh -c '[ "$(stat -c "%a %U:%G" /etc/casero/casero.toml)" = "640 root:casero" ]'
    expect "data are 0700 casero" inside sh -c '[ "$(stat -c "%a %U" /var/lib/casero)" = "700 casero" ]'
    expect "the log has a link for the first account" inside sh -c 'journalctl -u casero -o cat | grep -q setup'
    start_whatsapp
    write_settings
    inside systemctl daemon-reload
    printf '%s' "$PASSWORD" | install_from one run user add --email "$EMAIL" --password-stdin
    expect "it restarts with settings and a credential" inside systemctl restart casero
    log_in
    expect "a cabin is put in" api POST /api/v1/cabins '{"name":"Aguaribay","capacity":4,"base_price_cents":8000000}'
    expect "a guest is answered" answered "$(sent)" wamid.first
    say "time from ./install.sh to ready: $ready ms; to the first reply, settings and cabin included: $(milliseconds "$began") ms"
    expect "a stay is held" api POST /api/v1/reservations "$(stay 60)"
    expect "status tells" install_from one status
    say "security inside: $(inside systemd-analyze security casero.service 2>/dev/null | tail -n 1)"
    expect "verify is clean" inside systemd-analyze verify casero.service
}

# A stay of two nights, so many days from today.
stay() {
    printf '{"cabin_id":1,"check_in":"%s","check_out":"%s","guests":2,"guest":{"name":"Ana","phone":"+5493510000002"},"channel":"direct"}' \
        "$(date -d "+$1 days" +%F)" "$(date -d "+$(($1 + 2)) days" +%F)"
}

upgrade() {
    say "--- upgrade with data"
    expect "the next release installs over it" install_from two
    expect "it serves" health
    expect "the program before is kept" inside cmp /usr/local/bin/casero.previous "$INSIDE/one/casero"
    expect "the new one runs" inside cmp /usr/local/bin/casero "$INSIDE/two/casero"
    expect "a copy was made before" inside sh -c 'ls /var/lib/casero/backups/casero-*'
    log_in
    expect "the stay is there" holds 1
    expect "again changes nothing" install_from two
    expect "and the program before is still the older one" inside cmp /usr/local/bin/casero.previous "$INSIDE/one/casero"
}

failed_upgrades() {
    say "--- upgrades that fail"
    expect "a damaged release is refused" refuses install_from damaged
    expect "a program that does not get ready is refused" refuses install_from gone
    expect "the one before serves again" health
    expect "it is the one before" inside cmp /usr/local/bin/casero "$INSIDE/two/casero"
    expect "one that changes the database's form and fails is refused" refuses install_from forms
    expect "the one before serves again" health
    log_in
    expect "with the stay" holds 1
    inside sh -c 'echo "nonsense = 1" >>/etc/casero/casero.toml'
    expect "settings that the new one refuses stop the upgrade" refuses install_from two
    expect "and what ran runs" health
    inside sed -i '/^nonsense/d' /etc/casero/casero.toml
}

interruptions() {
    local signal delay other=one child
    say "--- interruptions"
    for signal in TERM INT KILL; do
        for delay in 0.05 0.2 0.4 0.6 0.8 1.0 1.2 1.5 1.9 2.4; do
            # In a session of its own, so that the signal reaches all of it as a lost terminal would.
            inside setsid sh -c "trap - INT; exec $INSIDE/$other/install.sh" >"$SPACE/interrupted" 2>&1 &
            sleep "$delay"
            child="$(inside pgrep -o -f "^bash $INSIDE/$other/install.sh|^/usr/bin/env bash $INSIDE|bash $INSIDE/$other/install.sh" || true)"
            [ -z "$child" ] || inside kill -s "$signal" -- "-$child" 2>/dev/null || true
            wait $! 2>/dev/null || true
            wait_until_quiet
            say "$signal after $delay s stopped ${child:-nothing}; it said last: $(grep -v '^$' "$SPACE/interrupted" | tail -n 1 | cut -c1-100)"
            expect "$signal after $delay s: a whole program is in place" inside /usr/local/bin/casero version
            expect "$signal after $delay s: it serves" serves_soon
            [ "$other" = one ] && other=two || other=one
        done
    done
    expect "the next run finishes" install_from two
    expect "nothing is left lying about" inside sh -c '! ls -A /usr/local/bin | grep -v -x -e casero -e casero.previous'
    log_in
    expect "the stay is there" holds 1
}

wait_until_quiet() {
    local try
    for try in $(seq 1 100); do
        inside flock --nonblock /run/casero-install.lock true 2>/dev/null && return 0
        sleep 0.1
    done
    fail "an interrupted install still holds its lock after $try tries"
}

serves_soon() {
    local try
    for try in $(seq 1 100); do
        health >/dev/null 2>&1 && return 0
        sleep 0.1
    done
    echo "it does not serve after $try tries"
    return 1
}

backup_and_restore() {
    local copy
    say "--- backup and restore"
    copy="$(install_from two run backup | tail -n 1)"
    expect "a copy is made while it runs" inside test -s "$copy"
    expect "another stay is held" api POST /api/v1/reservations "$(stay 90)"
    expect "restore refuses while it runs" refuses install_from two run restore "$copy"
    inside systemctl stop casero
    expect "restore goes back" install_from two run restore "$copy"
    inside systemctl start casero
    log_in
    expect "only the first stay is there" holds 1
    expect "the replaced database is kept" inside sh -c 'ls /var/lib/casero/replaced-*.db'
}

systemd_promises() {
    local main
    say "--- systemd"
    main="$(inside systemctl show casero -p MainPID --value)"
    inside kill -STOP "$main"
    say "the process stands still; the watchdog has 60 s"
    local try
    for try in $(seq 1 100); do
        sleep 1
        [ "$(inside systemctl show casero -p MainPID --value)" != "$main" ] && is_active && break
    done
    expect "the watchdog replaced a process that stood still (after $try s)" sh -c "[ $try -lt 100 ]"
    main="$(inside systemctl show casero -p MainPID --value)"
    inside kill -KILL "$main"
    expect "one that was killed comes back" comes_back "$main"
    expect "SIGTERM drains and ends well" inside sh -c \
        'systemctl stop casero && [ "$(systemctl show casero -p Result --value)" = success ] && [ "$(systemctl show casero -p ExecMainStatus --value)" = 0 ]'
    inside systemctl start casero
    expect "it serves" health
}

comes_back() {
    local try
    for try in $(seq 1 60); do
        sleep 0.5
        [ "$(inside systemctl show casero -p MainPID --value)" != "$1" ] && is_active && return 0
    done
    echo "not after $try tries"
    return 1
}

the_end() {
    say "--- uninstall"
    expect "it is removed" install_from two uninstall
    expect "the program and the unit are gone" inside sh -c '! ls /usr/local/bin/casero* /etc/systemd/system/casero.service'
    expect "the data are kept" inside test -s /var/lib/casero/casero.db
    expect "removing twice is no fault" install_from two uninstall
    expect "it installs again over its data" install_from two
    log_in
    expect "the stay is there" holds 1
    expect "purge removes all" install_from two uninstall --purge
    expect "nothing is left" inside sh -c '! ls -d /var/lib/casero /etc/casero /usr/local/bin/casero* /etc/systemd/system/casero* 2>/dev/null && ! id casero 2>/dev/null'
}

main() {
    local program="${1:?usage: tests/install.sh PROGRAM [SUITE]}" suite="${2:-bookworm}" name
    [ "$(id -u)" -eq 0 ] || fail "needs root"
    program="$(realpath "$program")"
    cd "$(dirname "${BASH_SOURCE[0]}")/.."
    SPACE="$(mktemp -d)"
    trap leave EXIT
    make_root "$suite"
    make_wrong_programs
    # The same program with a byte more is another one, as far as installing goes.
    cp "$program" "$SPACE/two" && printf '\0' >>"$SPACE/two"
    release "$program" one
    for name in two gone forms; do release "$SPACE/$name" "$name"; done
    cp -a "$SPACE/root$INSIDE/two" "$SPACE/root$INSIDE/damaged"
    printf 'x' >>"$SPACE/root$INSIDE/damaged/casero"
    release "$program" again
    expect "packing twice gives the same files" cmp "$SPACE/root$INSIDE/one/SHA256SUMS" "$SPACE/root$INSIDE/again/SHA256SUMS"
    boot
    fresh_install
    upgrade
    failed_upgrades
    interruptions
    backup_and_restore
    systemd_promises
    the_end
    say "All is well, after $SECONDS s"
}

main "$@"
