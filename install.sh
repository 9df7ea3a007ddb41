#!/usr/bin/env bash
# Casero's one script: demo, test, install, upgrade, uninstall, status. Everything is a function and the last
# line calls main, so that a download cut short does nothing.
set -euo pipefail

readonly RUST_LEAST="1.95"
readonly AXE_VERSION="4.14.1"
readonly BINARY="/usr/local/bin/casero"
readonly CONFIG_DIR="/etc/casero"
readonly CONFIG_FILE="$CONFIG_DIR/casero.toml"
readonly DATA_DIR="/var/lib/casero"
readonly UNIT="/etc/systemd/system/casero.service"
readonly SERVICE_USER="casero"
readonly RUSTUP_ROOT="https://static.rust-lang.org/rustup/dist"
# What compiling needs: a C and C++ compiler and cmake for SQLite and Whisper.
readonly BUILD_PACKAGES=(ca-certificates curl g++ make cmake pkg-config)
# What the tests need on top.
readonly TEST_PACKAGES=(chromium chromium-driver shellcheck)

usage() {
    cat <<TEXT
usage: ./install.sh demo [casero demo options]   build and try it: invented cabins, nothing real
       ./install.sh test                         formatting, lints and every test
       sudo ./install.sh [install]               install the service, or upgrade it (backup first)
       ./install.sh status                       what is installed and how it is
       sudo ./install.sh uninstall [--purge]     remove it; data and settings are kept unless --purge
TEXT
}

say() { printf '%s\n' "$*"; }

heading() { printf '\n=== %s\n' "$*"; }

fail() {
    printf 'install.sh: %s\n' "$*" >&2
    exit 1
}

have() { command -v "$1" >/dev/null 2>&1; }

as_root() {
    if [ "$(id -u)" -eq 0 ]; then
        "$@"
    elif have sudo; then
        sudo "$@"
    else
        fail "this step needs root; run it as root, or install sudo"
    fi
}

need_root() {
    [ "$(id -u)" -eq 0 ] || fail "run this as root: sudo ./install.sh $1"
}

# Installs those of the given Debian packages that are missing, after saying so.
ensure_packages() {
    local package missing=()
    have dpkg-query || {
        say "This is not Debian: please see to it that these are there: $*"
        return 0
    }
    for package in "$@"; do
        dpkg-query -W -f '${Status}' "$package" 2>/dev/null | grep -q '^install ok installed$' || missing+=("$package")
    done
    [ "${#missing[@]}" -eq 0 ] && return 0
    say "Installing Debian packages: ${missing[*]}"
    as_root env DEBIAN_FRONTEND=noninteractive apt-get update -q
    as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends "${missing[@]}"
}

# Whether the cargo on the path is new enough.
cargo_is_recent() {
    local version
    have cargo || return 1
    version="$(cargo --version 2>/dev/null | cut -d' ' -f2)" || return 1
    [ "$(printf '%s\n%s\n' "$RUST_LEAST" "$version" | sort -V | head -n 1)" = "$RUST_LEAST" ]
}

rust_target() {
    case "$(uname -m)" in
        x86_64) echo x86_64-unknown-linux-gnu ;;
        aarch64) echo aarch64-unknown-linux-gnu ;;
        *) fail "no Rust toolchain is known for $(uname -m); install cargo $RUST_LEAST or newer yourself" ;;
    esac
}

# Rust, when there is none or an old one: rustup's own program, fetched to a file and checked against the
# published digest before it runs. It goes to ~/.cargo and ~/.rustup and changes no shell profile.
ensure_rust() {
    local target folder
    if [ -f "${CARGO_HOME:-$HOME/.cargo}/env" ]; then
        # shellcheck disable=SC1091
        . "${CARGO_HOME:-$HOME/.cargo}/env"
    fi
    cargo_is_recent && return 0
    if have rustup; then
        say "Installing the stable Rust toolchain with the rustup that is here"
        rustup toolchain install stable --profile minimal -c clippy -c rustfmt
        rustup default stable
    else
        target="$(rust_target)"
        folder="$(mktemp -d)"
        say "Installing Rust (stable) for $(id -un) with rustup, from $RUSTUP_ROOT"
        curl --proto '=https' --tlsv1.2 -fsS -o "$folder/rustup-init" "$RUSTUP_ROOT/$target/rustup-init"
        curl --proto '=https' --tlsv1.2 -fsS -o "$folder/digest" "$RUSTUP_ROOT/$target/rustup-init.sha256"
        printf '%s  %s\n' "$(cut -d' ' -f1 "$folder/digest")" "$folder/rustup-init" | sha256sum -c --quiet - ||
            fail "the downloaded rustup does not match its published digest"
        chmod +x "$folder/rustup-init"
        "$folder/rustup-init" -y --no-modify-path --profile minimal -c clippy -c rustfmt
        rm -rf "$folder"
        # shellcheck disable=SC1091
        . "${CARGO_HOME:-$HOME/.cargo}/env"
    fi
    cargo_is_recent || fail "cargo $RUST_LEAST or newer is needed; found: $(cargo --version 2>/dev/null || echo none)"
}

build_release() {
    heading "Build (the first time takes some minutes)"
    cargo build --release --locked --bin casero
}

# Where cargo puts its output; people move it.
target_dir() { printf '%s\n' "${CARGO_TARGET_DIR:-target}"; }

# ---------------------------------------------------------------------------------------------- demo, test

demo() {
    say "This builds casero and runs its demo: invented cabins, WhatsApp and Mercado Pago simulated on this"
    say "machine. Debian packages (${BUILD_PACKAGES[*]}) and a Rust toolchain are installed if they are missing."
    ensure_packages "${BUILD_PACKAGES[@]}"
    ensure_rust
    build_release
    heading "Demo (Ctrl-C ends it)"
    exec "$(target_dir)/release/casero" demo "$@"
}

# Runs one step of the tests under a heading and tells how long it took.
step() {
    local name="$1" began="$SECONDS"
    shift
    heading "$name"
    "$@" || fail "$name failed"
    say "--- $name: $((SECONDS - began)) s"
}

# Clippy and the tests share the dev profile and its flags, so that dependencies are compiled once for checking
# and once for running, never twice for either.
tests() {
    say "This runs formatting, lints and every test. Debian packages (${BUILD_PACKAGES[*]} ${TEST_PACKAGES[*]})"
    say "and a Rust toolchain are installed if they are missing."
    ensure_packages "${BUILD_PACKAGES[@]}" "${TEST_PACKAGES[@]}"
    ensure_rust
    export CARGO_INCREMENTAL=0
    step "Formatting" cargo fmt --check
    step "Shell script" shellcheck install.sh .ci/run
    step "Lints" cargo clippy --locked --all-targets -- -D warnings
    step "Accessibility rules" fetch_axe
    step "Tests" env CASERO_BROWSER_TESTS=1 CASERO_AXE="$(target_dir)/axe/package/axe.min.js" cargo test --locked
    step "Documentation" env RUSTDOCFLAGS=-Dwarnings cargo doc --locked --no-deps --document-private-items
    step "Systemd unit" verify_unit
    heading "All is well, after $SECONDS s"
}

# axe, which looks for what keeps people out of a page: a test's tool, so it is fetched and not kept here.
fetch_axe() {
    local folder
    folder="$(target_dir)/axe"
    [ -s "$folder/package/axe.min.js" ] && return 0
    have npm || ensure_packages npm
    mkdir -p "$folder"
    (cd "$folder" && npm pack --silent "axe-core@$AXE_VERSION" >/dev/null && tar -xzf axe-core-*.tgz package/axe.min.js)
    [ -s "$folder/package/axe.min.js" ]
}

# systemd refuses a unit whose program is not there, so a copy names one that is.
verify_unit() {
    local folder outcome=0
    if ! have systemd-analyze; then
        say "systemd-analyze is not here; the unit is not checked"
        return 0
    fi
    folder="$(mktemp -d)"
    sed 's|^ExecStart=.*|ExecStart=/bin/true|' systemd/casero.service >"$folder/casero.service"
    systemd-analyze verify "$folder/casero.service" || outcome=$?
    rm -rf "$folder"
    return "$outcome"
}

# ---------------------------------------------------------------------------------------------- the service

# Compiles as the person who called sudo, so that root owns nothing in the source folder.
build_for_install() {
    ensure_packages "${BUILD_PACKAGES[@]}"
    if [ -n "${SUDO_USER:-}" ] && [ "$SUDO_USER" != root ]; then
        sudo -u "$SUDO_USER" -H ./install.sh build
    else
        build
    fi
}

build() {
    ensure_rust
    build_release
}

ensure_user() {
    id "$SERVICE_USER" >/dev/null 2>&1 && return 0
    say "Adding the system user $SERVICE_USER"
    useradd --system --home-dir "$DATA_DIR" --no-create-home --shell /usr/sbin/nologin "$SERVICE_USER"
}

write_first_config() {
    install -d -m 0750 -o root -g "$SERVICE_USER" "$CONFIG_DIR"
    [ -e "$CONFIG_FILE" ] && return 0
    say "Writing $CONFIG_FILE"
    (
        umask 077
        cat >"$CONFIG_FILE.new" <<'TOML'
# Settings of casero. `casero config` lists every one with its value and source; what is not here has a default.
# After a change: systemctl restart casero, then casero doctor.

[server]
# public_url = "https://casero.example"
# trusted_proxy = true    # when a reverse proxy on this machine forwards to us

# [whatsapp]
# access_token = ""
# phone_number_id = ""
# app_secret = ""
# verify_token = ""

# [mercadopago]
# access_token = ""
# webhook_secret = ""
TOML
    )
    chown "root:$SERVICE_USER" "$CONFIG_FILE.new"
    chmod 0640 "$CONFIG_FILE.new"
    mv "$CONFIG_FILE.new" "$CONFIG_FILE"
}

# A verified copy of the data by the program that wrote it, before anything is replaced.
backup_before_upgrade() {
    local folder="$DATA_DIR/backups"
    [ -x "$BINARY" ] && [ -e "$DATA_DIR/casero.db" ] || return 0
    say "Backing up to $folder"
    install -d -m 0700 -o "$SERVICE_USER" -g "$SERVICE_USER" "$folder"
    runuser -u "$SERVICE_USER" -- env CASERO_CONFIG="$CONFIG_FILE" "$BINARY" backup "$folder" ||
        fail "the backup failed; nothing was changed"
}

# The new program must at least start and like the settings before it takes the old one's place.
replace_binary() {
    install -m 0755 "$(target_dir)/release/casero" "$BINARY.new"
    if ! runuser -u "$SERVICE_USER" -- "$BINARY.new" config --config "$CONFIG_FILE" >/dev/null; then
        rm -f "$BINARY.new"
        fail "the new program does not accept $CONFIG_FILE; nothing was changed"
    fi
    [ -e "$BINARY" ] && cp -p "$BINARY" "$BINARY.previous"
    mv "$BINARY.new" "$BINARY"
}

start_service() {
    install -m 0644 systemd/casero.service "$UNIT"
    if [ ! -d /run/systemd/system ]; then
        say "systemd is not running here; start it yourself: $BINARY serve --config $CONFIG_FILE"
        return 0
    fi
    systemctl daemon-reload
    systemctl enable --quiet casero
    # Type=notify: this returns once the port accepts and a write has succeeded, or fails.
    systemctl restart casero || fail "casero did not start; see: journalctl -u casero -n 50. The program before it is $BINARY.previous"
}

install_service() {
    need_root install
    say "This installs casero: the user $SERVICE_USER, $BINARY, $CONFIG_FILE, $DATA_DIR and a systemd unit."
    say "Debian packages (${BUILD_PACKAGES[*]}) and a Rust toolchain are installed if they are missing."
    build_for_install
    heading "Install"
    ensure_user
    install -d -m 0700 -o "$SERVICE_USER" -g "$SERVICE_USER" "$DATA_DIR"
    write_first_config
    backup_before_upgrade
    replace_binary
    start_service
    heading "Installed: $("$BINARY" --version)"
    say "Next:"
    say "  1. add yourself:     sudo -u $SERVICE_USER casero user add --email YOU --password-stdin"
    say "  2. write settings:   $CONFIG_FILE, then systemctl restart casero"
    say "  3. see what's left:  sudo -u $SERVICE_USER casero doctor"
}

uninstall() {
    local purge="${1:-}"
    need_root uninstall
    case "$purge" in "" | --purge) ;; *) usage >&2 && exit 2 ;; esac
    if [ -d /run/systemd/system ]; then
        systemctl disable --now --quiet casero 2>/dev/null || true
    fi
    rm -f "$UNIT" "$BINARY" "$BINARY.new" "$BINARY.previous"
    [ -d /run/systemd/system ] && systemctl daemon-reload
    if [ "$purge" = --purge ]; then
        rm -rf -- "$DATA_DIR" "$CONFIG_DIR"
        if id "$SERVICE_USER" >/dev/null 2>&1; then userdel "$SERVICE_USER"; fi
        say "Casero is gone, with its data and settings."
    else
        say "Casero is gone. Kept: $DATA_DIR, $CONFIG_FILE and the user $SERVICE_USER (--purge removes them)."
    fi
}

status() {
    if [ ! -x "$BINARY" ]; then
        say "casero is not installed"
        return 1
    fi
    "$BINARY" --version
    if [ -d /run/systemd/system ]; then
        systemctl --no-pager --lines=0 status casero || true
    fi
    "$BINARY" healthcheck --config "$CONFIG_FILE"
}

main() {
    local command="${1:-install}"
    [ "$#" -gt 0 ] && shift
    cd "$(dirname "${BASH_SOURCE[0]}")"
    case "$command" in
        demo) demo "$@" ;;
        test) tests ;;
        build) build ;;
        install | upgrade) install_service ;;
        uninstall) uninstall "$@" ;;
        status) status ;;
        help | -h | --help) usage ;;
        *) usage >&2 && exit 2 ;;
    esac
}

main "$@"
