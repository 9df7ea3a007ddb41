#!/usr/bin/env bash
# Casero's one script: demo, test, package, install, upgrade, uninstall, status. Everything is a function and the
# last line calls main, so that a download cut short does nothing.
set -euo pipefail

readonly RUST_LEAST="1.95"
readonly AXE_VERSION="4.14.1"
readonly DENY_VERSION="0.20.2"
readonly BIOME_VERSION="2.6.8"
# The last one that runs on Debian 12's node, and the day that fixes what it needs itself.
readonly HTML_VALIDATE_VERSION="9.7.1"
readonly HTML_VALIDATE_DAY="2026-11-01"
readonly BINARY="/usr/local/bin/casero"
readonly CONFIG_DIR="/etc/casero"
readonly CONFIG_FILE="$CONFIG_DIR/casero.toml"
readonly DATA_DIR="/var/lib/casero"
readonly UNIT="/etc/systemd/system/casero.service"
readonly DROP_INS="/etc/systemd/system/casero.service.d"
readonly SERVICE_USER="casero"
# One install at a time: two at once would take each other's half for the whole.
readonly LOCK="/run/casero-install.lock"
# Beside the program, so that the old one is kept there by a link and comes back by a rename.
readonly SCRATCH="/usr/local/bin/.casero-install"
# Seconds that a program gets to print its version or to judge the settings.
readonly PATIENCE=20
# What a release archive holds beside the program.
readonly RELEASE_FILES=(install.sh README.md LICENSE systemd assets/proxy assets/prometheus assets/grafana assets/guides assets/img)
readonly RUSTUP_ROOT="https://static.rust-lang.org/rustup/dist"
# What compiling needs: a C and C++ compiler and cmake for SQLite and Whisper.
readonly BUILD_PACKAGES=(ca-certificates curl g++ make cmake pkg-config)
# What the tests need on top.
readonly TEST_PACKAGES=(chromium chromium-driver openssl shellcheck)
# Where the tests' property is.
readonly ZONE="America/Argentina/Buenos_Aires"
# Moments at which the tests must hold as they do today, as `date -d` reads them: some weeks ahead, a leap day, the
# last minutes of a year there and in UTC, and the day before Semana Santa.
readonly MOMENTS=(
    "+6 weeks"
    "TZ=\"$ZONE\" 2028-02-29 12:00"
    "TZ=\"$ZONE\" Dec 31 23:58"
    "TZ=\"UTC\" Dec 31 23:58"
    "TZ=\"$ZONE\" 2027-03-24 12:00"
)

usage() {
    cat <<TEXT
usage: ./install.sh demo [casero demo options]   build and try it: invented cabins, nothing real
       ./install.sh check                        the minute between two edits: formatting, lints, unit tests, layout rules
       ./install.sh test                         formatting, lints and every test
       ./install.sh test-clock [MOMENT]...       every test with the clock moved: to the days on which dates are
                                                 hardest, or to others as \`date -d\` reads them
       ./install.sh audit [--offline]            licences, sources and known vulnerabilities of what is linked
       ./install.sh package [--binary FILE]      make a release archive and its digest, in target/release
       sudo ./install.sh [install]               install the service, or upgrade it (backup first); in an unpacked
                                                 release archive nothing is compiled
       ./install.sh status                       what is installed and how it is
       sudo ./install.sh run COMMAND             one of casero's own commands as the service runs it: run doctor
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

# KiB that the compiler takes to optimise the program as a whole, and in parts, as measured, with a little to spare.
readonly WHOLE_KIB=4200000 PARTS_KIB=3000000

# KiB of memory and swap that nobody uses.
free_kib() { awk '/^(MemAvailable|SwapFree):/ { sum += $2 } END { printf "%d", sum }' /proc/meminfo; }

build_release() {
    local free
    heading "Build (the first time takes some minutes)"
    free="$(free_kib)"
    if [ "$free" -lt "$WHOLE_KIB" ]; then
        say "There are $((free / 1024)) MiB of memory free: the program is built in parts, which makes it a little slower."
        export CARGO_PROFILE_RELEASE_LTO=off CARGO_PROFILE_RELEASE_CODEGEN_UNITS=16
    fi
    if [ "$free" -lt "$PARTS_KIB" ]; then
        say "Even that takes $((PARTS_KIB / 1024)) MiB. If the compiler is killed, add swap, or make a release archive on"
        say "another machine (./install.sh package), which compiles nothing here."
    fi
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

# What needs no running product: for the minutes between. It keeps the compiler's increments.
check() {
    ensure_packages "${BUILD_PACKAGES[@]}" shellcheck
    ensure_rust
    check_style
    step "Unit tests" cargo test --locked --lib
    step "Layout rules" cargo test --locked --test suite tidy
    heading "All is well, after $SECONDS s"
}

# Formatting and lints of everything that has them. Warnings fail where CI is set, not for whoever has a newer compiler.
check_style() {
    local strict=()
    [ -z "${CI:-}" ] || strict=(-- -D warnings)
    step "Formatting" cargo fmt --check
    step "Shell scripts" shellcheck install.sh .ci/run tests/install.sh
    step "Lints" cargo clippy --locked --all-targets "${strict[@]}"
    step "Scripts and styles" lint_assets
}

# Biome, which formats and lints scripts and styles: a test's tool, so it is fetched and not kept here.
lint_assets() {
    local folder machine
    case "$(uname -m)" in
        x86_64) machine=x64 ;;
        aarch64) machine=arm64 ;;
        *) fail "Biome is not made for $(uname -m)" ;;
    esac
    folder="$(target_dir)/biome-$BIOME_VERSION"
    if [ ! -x "$folder/package/biome" ]; then
        have npm || ensure_packages npm
        mkdir -p "$folder"
        (cd "$folder" && npm pack --silent "@biomejs/cli-linux-$machine@$BIOME_VERSION" >/dev/null && tar -xzf biomejs-*.tgz && rm biomejs-*.tgz)
    fi
    "$folder/package/biome" ci --config-path=tests/biome.jsonc --error-on-warnings assets
}

# Clippy and the tests share the dev profile and its flags, so that dependencies are compiled once for checking
# and once for running, never twice for either.
tests() {
    say "This runs formatting, lints and every test. Debian packages (${BUILD_PACKAGES[*]} ${TEST_PACKAGES[*]})"
    say "and a Rust toolchain are installed if they are missing."
    ensure_packages "${BUILD_PACKAGES[@]}" "${TEST_PACKAGES[@]}"
    ensure_rust
    export CARGO_INCREMENTAL=0
    check_style
    step "Dependencies" audit_sources
    fetch_test_tools
    step "Tests" run_tests
    step "Documentation" env RUSTDOCFLAGS=-Dwarnings cargo doc --locked --no-deps --document-private-items
    step "Systemd unit" verify_unit
    heading "All is well, after $SECONDS s"
}

# What the tests need and Debian's packages would start or do not have.
fetch_test_tools() {
    step "Accessibility rules" fetch_axe
    step "Rules of HTML" fetch_html_validate
    step "Reverse proxy" fetch_tool nginx nginx usr/sbin/nginx
    step "The other reverse proxy" fetch_tool caddy caddy usr/bin/caddy
    step "Alert tests" fetch_tool prometheus promtool usr/bin/promtool
}

run_tests() {
    env CASERO_BROWSER_TESTS=1 CASERO_AXE="$(target_dir)/axe/package/axe.min.js" \
        CASERO_HTML_VALIDATE="$(html_validate_path)" \
        CASERO_NGINX="$(tool_path nginx usr/sbin/nginx)" CASERO_CADDY="$(tool_path caddy usr/bin/caddy)" \
        CASERO_PROMTOOL="$(tool_path promtool usr/bin/promtool)" \
        cargo test --locked
}

# Every test at other moments than now. Cargo keeps the true clock: what is compiled is none the newer.
test_clock() {
    local moment
    [ "$#" -gt 0 ] || set -- "${MOMENTS[@]}"
    ensure_packages "${BUILD_PACKAGES[@]}" "${TEST_PACKAGES[@]}" libfaketime
    ensure_rust
    export CARGO_INCREMENTAL=0
    fetch_test_tools
    step "Build" cargo test --locked --no-run
    for moment in "$@"; do
        step "Tests at $moment" tests_at "$moment"
    done
    heading "All is well, after $SECONDS s"
}

# The tests and every process they start see this moment and the time that passes from then on. What measures how long
# something takes is left alone, and so are the times of files.
tests_at() {
    local ahead library runner
    library="$(find /usr/lib -name libfaketimeMT.so.1 2>/dev/null | head -n 1)"
    [ -n "$library" ] || fail "libfaketime is needed to move the clock"
    ahead=$(($(date -d "$1" +%s) - $(date +%s)))
    runner="env LD_PRELOAD=$library FAKETIME=$(printf '%+d' "$ahead") FAKETIME_DONT_FAKE_MONOTONIC=1 NO_FAKE_STAT=1"
    export "CARGO_TARGET_$(rust_target | tr 'a-z-' 'A-Z_')_RUNNER=$runner"
    run_tests
}

# What may be linked: tests/deny.toml. Vulnerabilities are looked up in RustSec's database, which is fetched; with
# --offline the copy is used that lies below the cargo folder (how it comes there stands in tests/deny.toml).
audit() {
    ensure_packages "${BUILD_PACKAGES[@]}"
    ensure_rust
    heading "Licences, sources, bans"
    audit_sources
    heading "Known vulnerabilities"
    deny "$@" check advisories
}

# The part that needs nothing but the registry. What is linked on other systems is looked at too, and a build on this
# one did not fetch it.
audit_sources() {
    cargo fetch --locked --quiet
    deny --offline check bans licenses sources
}

# cargo-deny with our rules; fetched once, compiled lightly since it runs for a moment.
deny() {
    local folder program
    folder="$(target_dir)/tools"
    mkdir -p "$folder"
    program="$(tool_path cargo-deny bin/cargo-deny)"
    if [ ! -x "$program" ]; then
        CARGO_PROFILE_RELEASE_OPT_LEVEL=1 CARGO_PROFILE_RELEASE_LTO=off \
            cargo install --quiet --locked --root "$folder" --target-dir "$folder/build" "cargo-deny@$DENY_VERSION"
    fi
    "$program" --locked --log-level error --config tests/deny.toml "$@"
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

# html-validate, which reads the pages as HTML: fetched as axe is, with what it needs itself.
fetch_html_validate() {
    [ -s "$(html_validate_path)" ] && return 0
    have npm || ensure_packages npm
    npm install --silent --ignore-scripts --no-audit --no-fund --before="$HTML_VALIDATE_DAY" \
        --prefix "$(target_dir)/html-validate-$HTML_VALIDATE_VERSION" "html-validate@$HTML_VALIDATE_VERSION"
    [ -s "$(html_validate_path)" ]
}

html_validate_path() {
    printf '%s\n' "$(target_dir)/html-validate-$HTML_VALIDATE_VERSION/node_modules/html-validate/bin/html-validate.mjs"
}

# A program that a test needs and that Debian would start as a service if its package were installed: taken out of
# the package, unless it is here already.
fetch_tool() {
    local package="$1" name="$2" inside="$3" folder
    [ -x "$(tool_path "$name" "$inside")" ] && return 0
    folder="$(target_dir)/tools"
    mkdir -p "$folder"
    (
        cd "$folder"
        rm -f "${package}_"*.deb
        apt-get download -q "$package" || { as_root apt-get update -q && apt-get download -q "$package"; }
        dpkg --fsys-tarfile "${package}_"*.deb | tar -x "./$inside"
        rm -f "${package}_"*.deb
    )
    [ -x "$(tool_path "$name" "$inside")" ]
}

# Where such a program is, or will be.
tool_path() {
    local name="$1" inside="$2"
    if [ -x "/$inside" ]; then
        printf '%s\n' "/$inside"
    elif have "$name"; then
        command -v "$name"
    else
        printf '%s\n' "$(cd "$(target_dir)" && pwd)/tools/$inside"
    fi
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
    # How much is open to it, in tenths of ten: 2.0 is what was promised.
    systemd-analyze security --no-pager --offline=true --threshold=20 "$folder/casero.service" >"$folder/report" ||
        { cat "$folder/report"; outcome=1; }
    tail -n 1 "$folder/report"
    rm -rf "$folder"
    return "$outcome"
}

# ---------------------------------------------------------------------------------------------- release archive

# The same source makes the same archive: paths of the machine are left out of the program, names are sorted, and
# times and owners are fixed. SOURCE_DATE_EPOCH is the last commit's instant unless it is given.
package() {
    local binary="" version machine name folder
    case "${1:-}" in
        "") ;;
        --binary) binary="${2:?--binary needs a file}" ;;
        *) usage >&2 && exit 2 ;;
    esac
    SOURCE_DATE_EPOCH="${SOURCE_DATE_EPOCH:-$(git log -1 --format=%ct 2>/dev/null || echo 1767225600)}"
    export SOURCE_DATE_EPOCH
    if [ -z "$binary" ]; then
        ensure_packages "${BUILD_PACKAGES[@]}"
        build_for_release
        binary="$(target_dir)/package/release/casero"
    fi
    version="$(sed -n 's/^version = "\(.*\)"$/\1/p' Cargo.toml | head -n 1)"
    machine="$(machine_of "$binary")"
    name="casero-$version-$machine-linux"
    folder="$(target_dir)/release"
    mkdir -p "$folder"
    watch_for_interruption
    WORK="$(mktemp -d)"
    fill_archive "$WORK/$name" "$binary"
    (cd "$WORK" && pack "$name") >"$folder/$name.tar.gz.new"
    mv "$folder/$name.tar.gz.new" "$folder/$name.tar.gz"
    (cd "$folder" && sha256sum "$name.tar.gz" >"$name.tar.gz.sha256")
    say "Made $folder/$name.tar.gz and its .sha256"
}

# A target folder of its own: other flags than those of a build to try things would compile everything anew there.
build_for_release() {
    local cargo_home="${CARGO_HOME:-$HOME/.cargo}" maps
    ensure_rust
    heading "Build for release"
    maps="-ffile-prefix-map=$PWD=/casero -ffile-prefix-map=$cargo_home=/cargo"
    CARGO_INCREMENTAL=0 CARGO_TARGET_DIR="$(target_dir)/package" CFLAGS="$maps" CXXFLAGS="$maps" \
        RUSTFLAGS="--remap-path-prefix=$PWD=/casero --remap-path-prefix=$cargo_home=/cargo" \
        cargo build --release --locked --bin casero
}

# The processor a program is for, from its ELF header: it may have been compiled on another.
machine_of() {
    case "$(od -An -tx1 -j18 -N2 "$1" | tr -d ' ')" in
        3e00) echo x86_64 ;;
        b700) echo aarch64 ;;
        *) fail "$1 is no program for x86-64 or aarch64" ;;
    esac
}

fill_archive() {
    local folder="$1" binary="$2" file
    mkdir -p "$folder"
    install -m 0755 "$binary" "$folder/casero"
    for file in "${RELEASE_FILES[@]}"; do
        mkdir -p "$folder/$(dirname "$file")"
        cp -R "$file" "$folder/$(dirname "$file")/"
    done
    (cd "$folder" && find . -type f | LC_ALL=C sort | xargs sha256sum) >"$folder.sums"
    mv "$folder.sums" "$folder/SHA256SUMS"
}

pack() {
    LC_ALL=C tar --sort=name --format=ustar --mtime="@$SOURCE_DATE_EPOCH" --owner=0 --group=0 --numeric-owner \
        --mode='u=rwX,go=rX' -cf - "$1" | gzip -n -9
}

# Whether this is an unpacked release: a program beside the script and no source.
is_release() { [ -f casero ] && [ -f SHA256SUMS ] && [ ! -e Cargo.toml ]; }

check_release() {
    say "Checking the release against its digests"
    sha256sum -c --quiet --strict SHA256SUMS || fail "this release is damaged; fetch it again. Nothing was changed"
    [ "$(machine_of casero)" = "$(uname -m)" ] ||
        fail "this release is for $(machine_of casero), this machine is $(uname -m). Nothing was changed"
}

# ---------------------------------------------------------------------------------------------- the service

# Where the service is known to work: Debian 12 and what grew out of it or later, Ubuntu 22.04 and later.
check_system() {
    local id="" like="" number="" file=/etc/os-release
    case "$(uname -s) $(uname -m)" in
        "Linux x86_64" | "Linux aarch64") ;;
        *) fail "the service needs Linux on x86-64 or aarch64; this is $(uname -s) on $(uname -m). Nothing was changed" ;;
    esac
    if [ -r "$file" ]; then
        id="$(sed -n 's/^ID="\{0,1\}\([^"]*\)"\{0,1\}$/\1/p' "$file")"
        like="$(sed -n 's/^ID_LIKE="\{0,1\}\([^"]*\)"\{0,1\}$/\1/p' "$file")"
        # Testing and unstable have no number.
        number="$(sed -n 's/^VERSION_ID="\{0,1\}\([0-9]*\).*$/\1/p' "$file")"
    fi
    case "$id" in
        debian) [ "${number:-99}" -ge 12 ] || fail "Debian 12 or newer is needed; this is Debian $number. Nothing was changed" ;;
        ubuntu) [ "${number:-99}" -ge 22 ] || fail "Ubuntu 22.04 or newer is needed; this is $number. Nothing was changed" ;;
        *)
            case " $like " in
                *" debian "* | *" ubuntu "*) say "This is ${id:-an unknown system}, not Debian itself: it should work, but nobody has tried." ;;
                *) fail "the service is made for Debian and Ubuntu; this is ${id:-an unknown system}. Nothing was changed: elsewhere, run 'casero serve' under a supervisor of your own" ;;
            esac
            ;;
    esac
}

has_systemd() { [ -d /run/systemd/system ]; }

# What was begun is brought to an end or undone, however the script ends; a kill -9 leaves whole files and a
# service that runs, and the next run finishes.
WORK=""
SWAPPING=""
leave() {
    local outcome=$?
    trap - EXIT
    trap '' INT TERM HUP
    if [ -n "$SWAPPING" ]; then
        SWAPPING=""
        roll_back
        [ "$outcome" -ne 0 ] || outcome=1
    fi
    [ -z "$WORK" ] || rm -rf "$WORK"
    exit "$outcome"
}

watch_for_interruption() {
    trap leave EXIT
    trap 'exit 130' INT
    trap 'exit 143' TERM HUP
}

one_at_a_time() {
    exec 9>"$LOCK"
    flock --nonblock 9 || fail "another install.sh is at work; wait for it to end"
}

# Compiles as the person who called sudo, so that root owns nothing in the source folder.
build_for_install() {
    say "Debian packages (${BUILD_PACKAGES[*]}) and a Rust toolchain are installed if they are missing."
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
    useradd --system --user-group --home-dir "$DATA_DIR" --no-create-home --shell /usr/sbin/nologin "$SERVICE_USER"
}

# What systemd reads of the service. After an uninstall that kept the data only the drop-ins are there.
unit_lines() { systemctl cat casero 2>/dev/null || cat "$DROP_INS"/*.conf 2>/dev/null; }

# Runs a program as the service would, with its settings, and with its credentials when it has any.
as_service() {
    local line properties=()
    if has_systemd; then
        while IFS= read -r line; do
            properties+=("--property=$line")
        done < <(unit_lines | grep -E '^(Load|Set)Credential(Encrypted)?=.')
    fi
    if [ "${#properties[@]}" -gt 0 ]; then
        systemd-run --quiet --collect --pipe --wait --uid="$SERVICE_USER" --setenv=CASERO_CONFIG="$CONFIG_FILE" \
            "${properties[@]}" "$@"
    else
        runuser -u "$SERVICE_USER" -- env CASERO_CONFIG="$CONFIG_FILE" "$@"
    fi
}

# One of the program's own commands, such as doctor, as the service would run it.
run_as_service() {
    need_root run
    [ -x "$BINARY" ] || fail "casero is not installed"
    as_service "$BINARY" "$@"
}

# Puts a file in its place as a whole: first under another name, then by rename, forced to the disk.
place() {
    local mode="$1" from="$2" to="$3"
    install -m "$mode" "$from" "$to.new"
    sync "$to.new"
    mv "$to.new" "$to"
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
# business_account_id = ""

# [mail]
# host = ""
# username = ""
# password = ""
# from = ""

# [push]
# subject = "mailto:"

# [mercadopago]
# access_token = ""
# webhook_secret = ""
TOML
    )
    chown "root:$SERVICE_USER" "$CONFIG_FILE.new"
    chmod 0640 "$CONFIG_FILE.new"
    mv "$CONFIG_FILE.new" "$CONFIG_FILE"
}

# The new program must start here and like the settings before anything of the old one is touched.
try_program() {
    install -m 0755 "$1" "$BINARY.new"
    timeout "$PATIENCE" "$BINARY.new" version >/dev/null || {
        rm -f "$BINARY.new"
        fail "the new program does not run on this system; compile it here instead (./install.sh in the source). Nothing was changed"
    }
    as_service timeout "$PATIENCE" "$BINARY.new" config >/dev/null || {
        rm -f "$BINARY.new"
        fail "the new program does not accept $CONFIG_FILE; mend it and try again. The program that runs was not touched"
    }
    sync "$BINARY.new"
}

# A verified copy of the data by the program that wrote it, before anything is replaced.
backup_before_upgrade() {
    local folder="$DATA_DIR/backups"
    [ -x "$BINARY" ] && [ -e "$DATA_DIR/casero.db" ] || return 0
    say "Backing up to $folder"
    install -d -m 0700 -o "$SERVICE_USER" -g "$SERVICE_USER" "$folder"
    if ! as_service "$BINARY" backup "$folder"; then
        rm -f "$BINARY.new"
        fail "the backup failed; the program that runs was not touched"
    fi
}

# Old program and unit are kept beside the new ones, unless they are the same: what came before is then older.
swap() {
    touch "$WORK/begun"
    if [ -e "$BINARY.previous" ]; then ln "$BINARY.previous" "$WORK/previous"; fi
    if [ -e "$BINARY" ]; then ln "$BINARY" "$WORK/casero"; fi
    if [ -e "$UNIT" ]; then cp -p "$UNIT" "$WORK/unit"; fi
    SWAPPING=yes
    if [ -e "$BINARY" ] && ! cmp -s "$BINARY" "$BINARY.new"; then
        ln -f "$BINARY" "$BINARY.previous.new"
        mv "$BINARY.previous.new" "$BINARY.previous"
    fi
    mv "$BINARY.new" "$BINARY"
    place 0644 systemd/casero.service "$UNIT"
    start_service
    SWAPPING=""
}

# Type=notify: this returns once the port accepts and a write has succeeded, or fails.
start_service() {
    if ! has_systemd; then
        say "systemd is not running here; start it yourself: $BINARY serve --config $CONFIG_FILE"
        return 0
    fi
    systemctl daemon-reload
    systemctl enable --quiet casero
    systemctl reset-failed casero 2>/dev/null || true
    systemctl restart casero || fail "casero did not become ready; see: journalctl -u casero -n 50"
}

# Puts back what ran before. When the new program had already changed the database's form, so that the old one
# does not read it, the copy that the new one made before that change comes back; what it replaced is kept.
roll_back() {
    local copy
    if [ ! -e "$WORK/casero" ]; then
        remove_program
        say "The program was taken away again; settings and data stay. Run ./install.sh again when the cause is gone." >&2
        return 0
    fi
    say "Going back to the program that ran before" >&2
    rm -f "$BINARY.new" "$BINARY.previous.new" "$BINARY.previous" "$UNIT.new"
    if [ -e "$WORK/previous" ]; then mv "$WORK/previous" "$BINARY.previous"; fi
    mv -f "$WORK/casero" "$BINARY"
    if [ -e "$WORK/unit" ]; then place 0644 "$WORK/unit" "$UNIT"; fi
    has_systemd || return 0
    systemctl daemon-reload
    systemctl reset-failed casero 2>/dev/null || true
    if systemctl restart casero; then
        say "It runs again; no data was touched." >&2
        return 0
    fi
    systemctl stop casero || true
    copy="$(find "$DATA_DIR" -maxdepth 1 -name 'casero.before-upgrade-*.db' -newer "$WORK/begun" | LC_ALL=C sort | tail -n 1)"
    if [ -n "$copy" ] && as_service "$BINARY" restore "$copy" >&2; then
        systemctl reset-failed casero 2>/dev/null || true
        systemctl restart casero && say "It runs again, with the data as they were before the upgrade." >&2 && return 0
    fi
    say "The program before does not start either; see: journalctl -u casero -n 50. Copies are in $DATA_DIR/backups" >&2
}

install_service() {
    local program
    need_root install
    check_system
    watch_for_interruption
    one_at_a_time
    rm -rf -- "$SCRATCH".*
    WORK="$(mktemp -d "$SCRATCH.XXXXXX")"
    say "This installs casero: the user $SERVICE_USER, $BINARY, $CONFIG_FILE, $DATA_DIR and a systemd unit."
    if is_release; then
        check_release
        program=casero
    else
        build_for_install
        program="$(target_dir)/release/casero"
    fi
    heading "Install"
    ensure_user
    install -d -m 0700 -o "$SERVICE_USER" -g "$SERVICE_USER" "$DATA_DIR"
    write_first_config
    try_program "$program"
    backup_before_upgrade
    swap
    heading "Installed: $("$BINARY" --version)"
    say "Next:"
    say "  1. add yourself:     the log has a link for it: journalctl -u casero | grep setup"
    say "  2. write settings:   $CONFIG_FILE, then systemctl restart casero"
    say "  3. see what's left:  ./install.sh run doctor"
    say "Guides are in assets/guides."
}

remove_program() {
    if has_systemd; then
        systemctl disable --now --quiet casero 2>/dev/null || true
    fi
    rm -f "$UNIT" "$UNIT.new" "$BINARY" "$BINARY.new" "$BINARY.previous" "$BINARY.previous.new"
    if has_systemd; then
        systemctl daemon-reload
        systemctl reset-failed casero 2>/dev/null || true
    fi
}

uninstall() {
    local purge="${1:-}"
    need_root uninstall
    case "$purge" in "" | --purge) ;; *) usage >&2 && exit 2 ;; esac
    one_at_a_time
    remove_program
    rm -rf -- "$SCRATCH".*
    if [ "$purge" = --purge ]; then
        rm -rf -- "$DATA_DIR" "$CONFIG_DIR" "$DROP_INS"
        if id "$SERVICE_USER" >/dev/null 2>&1; then userdel "$SERVICE_USER"; fi
        say "Casero is gone, with its data and settings."
    else
        say "Casero is gone. Kept: $DATA_DIR, $CONFIG_FILE and the user $SERVICE_USER (--purge removes them)."
    fi
    rm -f "$LOCK"
}

status() {
    local newest
    if [ ! -x "$BINARY" ]; then
        say "casero is not installed"
        return 1
    fi
    say "program:  $("$BINARY" --version)"
    if [ -x "$BINARY.previous" ]; then say "previous: $("$BINARY.previous" --version), $BINARY.previous"; fi
    newest="$(find "$DATA_DIR/backups" -maxdepth 1 -type f -name 'casero-*' 2>/dev/null | LC_ALL=C sort | tail -n 1 || true)"
    say "backup:   ${newest:-none seen (root sees more)}"
    if has_systemd; then
        systemctl --no-pager --lines=0 status casero || true
    fi
    # Secrets that are credentials are for root to hand over; without them the settings look half done.
    if [ "$(id -u)" -eq 0 ]; then
        as_service "$BINARY" healthcheck
    else
        "$BINARY" healthcheck --config "$CONFIG_FILE"
    fi
}

main() {
    local command="${1:-install}"
    [ "$#" -gt 0 ] && shift
    cd "$(dirname "${BASH_SOURCE[0]}")"
    case "$command" in
        demo) demo "$@" ;;
        check) check ;;
        test) tests ;;
        test-clock) test_clock "$@" ;;
        audit) audit "$@" ;;
        build) build ;;
        package) package "$@" ;;
        install | upgrade) install_service ;;
        uninstall) uninstall "$@" ;;
        status) status ;;
        run) run_as_service "$@" ;;
        help | -h | --help) usage ;;
        *) usage >&2 && exit 2 ;;
    esac
}

main "$@"
