#!/bin/sh
# Builds the fuzz targets on the stable compiler and runs one: run.sh TARGET [libFuzzer's options].
# What it finds worth keeping goes to a folder outside the repository ($FUZZ_HOME, else target/fuzz).
set -eu
cd "$(dirname "$0")"
target=$1
shift
home=${FUZZ_HOME:-target/fuzz}
host=$(rustc -vV | sed -n 's/^host: //p')
# The flags that cargo-fuzz gives, but for the sanitizer, which the stable compiler does not have. They go to the
# targets and not to build scripts, since the host is named.
flags="--cfg fuzzing -Cpasses=sancov-module -Cllvm-args=-sanitizer-coverage-level=4"
flags="$flags -Cllvm-args=-sanitizer-coverage-inline-8bit-counters -Cllvm-args=-sanitizer-coverage-pc-table"
flags="$flags -Cllvm-args=-sanitizer-coverage-trace-compares"
RUSTFLAGS="$flags" cargo build --release --target "$host" --bin "$target" >&2
case $target in
audio) also=../data/speech length=16384 ;;
calendar) also=../data/calendars length=8192 ;;
*) also='' length=2048 ;;
esac
mkdir -p "$home/$target" "$home/found"
exec "${CARGO_TARGET_DIR:-target}/$host/release/$target" -max_len=$length -artifact_prefix="$home/found/$target-" "$@" \
    "$home/$target" "corpus/$target" $also
