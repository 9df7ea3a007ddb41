#!/bin/sh
# The compiler as cargo calls it (RUSTC_WRAPPER), with libFuzzer's counters in what reads a stranger's bytes: our own
# crate, the targets, and the readers of formats. Each run empties and reads all counters, so that those of a web
# server and a hundred more crates would cost more than what is asked of them.
rustc=$1
shift
name=''
last=''
for word in "$@"; do
    [ "$last" = --crate-name ] && name=$word
    last=$word
done
watched='-Cpasses=sancov-module -Cllvm-args=-sanitizer-coverage-level=3
    -Cllvm-args=-sanitizer-coverage-inline-8bit-counters -Cllvm-args=-sanitizer-coverage-pc-table'
compared="$watched -Cllvm-args=-sanitizer-coverage-trace-compares"
case " $* " in
*' --target '*) ;;
*) name='' ;; # A build script, or code that runs inside the compiler.
esac
# Compared numbers are told as well where they guard a format; elsewhere telling them takes longer than comparing.
case $name in
ogg | serde_json | symphonia_core | symphonia_metadata | symphonia_format_*) exec "$rustc" "$@" $compared ;;
casero | api | audio | calendar | calendar_written | signatures | understanding | webhooks) exec "$rustc" "$@" $watched ;;
rusty_opus | symphonia_* | rocket_http | multer) exec "$rustc" "$@" $watched ;;
*) exec "$rustc" "$@" ;;
esac
