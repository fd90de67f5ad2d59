#!/usr/bin/env bash
# The long forms of the reliability tests, one after the other, and how they went. Needs what
# internal/reliability needs: Go, PostgreSQL (CI=1 makes a missing one an error), and root for disks
# whose power can be cut. With the name of a test it runs that one only.
#
#   docs/reliability/run.sh [TEST]     about 20 minutes for all, on 2 cores
set -uo pipefail
cd "$(dirname "$0")/../.."
binary="$(mktemp -d)/passdesk"
trap 'rm -rf "$(dirname "$binary")"' EXIT
go build -o "$binary" ./cmd/passdesk || exit 1
failed=0

# long TEST ARGUMENTS... runs one test and prints what it measured.
long() {
	local test="$1"
	shift
	[[ -z "${only:-}" || "$only" == "$test" ]] || return 0
	printf '\n== %s %s, %s\n' "$test" "$*" "$(date -u +%FT%TZ)"
	if ! timeout 3600 go test ./internal/reliability -run "^$test\$" -binary "$binary" -timeout 60m -v "$@" >"$binary.log" 2>&1; then
		failed=1
	fi
	grep -vE '^=== |"time":|taken up after|refusing it|code 1, |[0-9] problems|refusing a message while' "$binary.log" | cut -c1-240 | tail -60
}

only="${1:-}"
printf '%s, %s cores, %s, commit %s\n' "$(uname -sr)" "$(nproc)" "$(go version)" "$(git rev-parse --short HEAD)"
long TestKilled -rounds 200
long TestPowerCut -rounds 50
long TestPowerCutCanLose
long TestPowerCutPostgres -rounds 50
long TestDatabaseGone -rounds 20 -for 10s
long TestCutWhileCommitting -rounds 20
long TestDuplicates -rounds 50
long TestRaces -rounds 5000
long TestReload -rounds 15
long TestHostileMessages
long TestHostileContent
long TestSecretsAreNowhere -rounds 10
long TestErase -rounds 10
long TestErasePostgres
long TestDiskFull -rounds 10
long TestStop -rounds 50
long TestRollingRestart -rounds 20
long TestOverload -for 60s
long TestFlood
long TestSlowClients
long TestHandOversArrive -rounds 5 -for 3m
long TestBackup
long TestKilledCommands -rounds 20
long TestKilledWhileStarting -rounds 20
long TestReplicasStartTogether -rounds 10
long TestCannotStart
long TestUnsafePostgres
exit "$failed"
