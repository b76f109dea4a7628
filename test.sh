#!/usr/bin/env bash
# ./test.sh [--long | FILTER]: installs what is missing, packs the SDK and runs the tests; with --long also those that
# take long, or only those that a filter of "dotnet test --filter" names. Results go to artifacts/test-results; the last
# line sums them up.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
# shellcheck source=eng/install.sh
source eng/install.sh

# Hundreds of short builds never earn back what profiling their code costs, nor what mapping it twice does.
export DOTNET_TieredPGO=0 DOTNET_EnableWriteXorExecute=0

results=$PWD/artifacts/test-results
long_packages=()
case ${1-} in
--long) filter=() long_packages=("${corpus_packages[@]}") ;;
*) filter=(--filter "${1-Length!=long}") ;;
esac

require_dotnet
install_missing "${guest_packages[@]}" "${test_packages[@]}" "${long_packages[@]}"
install_missing "$(xen_tools_package)"
pack

# Nothing takes as long as newlib, and much of that is configure scripts, which use one core: both compilers' are made beside
# each other, and beside what follows. A test that needs one waits for it, and builds it itself if it could not be built here.
background=()
trap 'kill "${background[@]}" 2>/dev/null || true' EXIT
newlib() { # COMPILER
	local packages=$PWD/artifacts/newlib-$1
	rm -rf "$packages"
	NUGET_PACKAGES=$packages dotnet build samples/newlib -t:MiniosBuildNewlib -v quiet -nologo -nr:false \
		-p:MiniosCC="$1" -p:MiniosCacheFolder="$PWD/artifacts/cache" -p:IntermediateOutputPath="$packages/obj/" >"$packages.log" 2>&1 || true
	rm -rf "$packages"
}
if [ $# -eq 0 ] || [ "$1" = --long ]; then
	step "Building newlib with gcc and with clang in the background"
	for compiler in gcc clang; do
		newlib "$compiler" &
		background+=($!)
	done
fi

step "Building the tests"
dotnet build MiniosBuild.sln -c Release -v quiet -nologo

rm -rf "$results"
mkdir -p "$results"
run() { # PROJECT
	dotnet test "$1" -c Release --no-build --nologo --results-directory "$results" \
		--blame-hang-timeout 20m --blame-hang-dump-type none \
		--logger "trx;LogFileName=$(basename "$1" .csproj).trx" "${filter[@]}"
}

# Guests boot one after the other, on a processor that is emulated in one thread: the other tests run beside them.
boot=tests/MiniosBuild.BootTests/MiniosBuild.BootTests.csproj
step "Running MiniosBuild.BootTests in the background"
run "$boot" >"$results/boot.log" 2>&1 &
boot_run=$!
background+=("$boot_run")
code=0
for project in tests/*/*.csproj; do
	[ "$project" != "$boot" ] && grep -q '<IsTestProject>true' "$project" || continue
	step "Running $(basename "$project" .csproj)"
	run "$project" || code=1
done
step "Waiting for MiniosBuild.BootTests"
wait "$boot_run" || code=1
cat "$results/boot.log"
eng/sum-trx.sh "$results" || code=1
exit "$code"
