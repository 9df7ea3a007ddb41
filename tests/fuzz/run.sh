#!/bin/sh
# Builds the fuzz targets on the stable compiler and runs one: run.sh TARGET [libFuzzer's options].
# What it finds worth keeping goes to a folder outside the repository ($FUZZ_HOME, else target/fuzz).
set -eu
cd "$(dirname "$0")"
target=$1
shift
home=${FUZZ_HOME:-target/fuzz}
host=$(rustc -vV | sed -n 's/^host: //p')
# A reader of OGG asks this to pass over checksums. The flags go to the targets and not to build scripts, since the host
# is named.
RUSTC_WRAPPER=$PWD/watched.sh RUSTFLAGS="--cfg fuzzing ${RUSTFLAGS:-}" \
    cargo build --release --target "$host" --bin "$target" >&2
# Short inputs are many inputs; what they must hold has room in these.
case $target in
audio) length=800 ;;
calendar) length=440 ;;
calendar_written) length=160 ;;
*) length=512 ;;
esac
mkdir -p "$home/$target" "$home/found"
exec "${CARGO_TARGET_DIR:-target}/$host/release/$target" -max_len=$length -timeout=5 -entropic_scale_per_exec_time=1 \
    -artifact_prefix="$home/found/$target-" "$@" "$home/$target" "corpus/$target"
