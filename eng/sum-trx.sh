#!/usr/bin/env bash
# eng/sum-trx.sh FOLDER: adds up the test results (*.trx) in a folder and prints "N passed, N failed, N skipped".
# Fails when a test failed, and when none was executed.
set -euo pipefail

# A skipped test counts in "total" but not in "executed". Text of tests is escaped, so only the real element matches.
find "$1" -name '*.trx' -exec grep -hoE '<Counters [^>]*>' {} + | awk '
	function value(name) {
		return match($0, " " name "=\"[0-9]+\"") ? substr($0, RSTART + length(name) + 3, RLENGTH - length(name) - 4) : 0
	}
	{
		total += value("total"); executed += value("executed"); passed += value("passed")
	}
	END {
		failed = executed - passed
		printf "%d passed, %d failed, %d skipped\n", passed, failed, total - executed
		exit executed == 0 || failed > 0
	}'
