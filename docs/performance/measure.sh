#!/usr/bin/env bash
# Measures the classifier beside nlp.js on the same messages, on one core, in turn; for docs/performance.md.
# usage: measure.sh DIR LANGUAGE-SET TRAIN TEST    DIR holds SET.tsv; run `npm install node-nlp@4.27.0` in this folder first
set -euo pipefail
here="$(cd "$(dirname "$0")" && pwd)"
dir="$1" set="$2" train="$3" test="$4"
one="$(mktemp -d)"
cp "$dir/$set.tsv" "$one/"
go build -o "$one/passdesk" "$here/../../cmd/passdesk"
for _ in 1 2 3; do
	taskset -c 0 node "$here/peer.js" "$dir/$set.tsv" "$train" "$test"
	taskset -c 0 "$one/passdesk" evaluate --public "$one" --train "$train" --test "$test" --calibrate=false | tail -1
done
rm -r "$one"
