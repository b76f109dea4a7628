#!/usr/bin/env bash
# What:    A hit in ccache gives the object and ends with 0, without some of the files that gcc was asked for besides: the
#          prototypes of -aux-info, the call graph of -fcallgraph-info, what -fopt-info=FILE and -fsave-optimization-record
#          tell, the assembler's own list of what it read (-Wa,--MD,FILE). They are there the first time, when gcc runs.
#          Others are written by a hit too, or keep ccache from caching: -fstack-usage, --coverage, -Wa,-al=FILE, -fdump-.
# Version: ccache 4.7.5 (4.8+really4.7.5-1), gcc 12.2.0 (12.2.0-14+deb12u1), Debian 12, x86-64
# Seen:    -aux-info list: written, missing
#          -fcallgraph-info: written, missing
#          -fopt-info-all=list: written, missing
#          -fsave-optimization-record: written, missing
#          -Wa,--MD,list: written, missing
#          -fstack-usage: written, written
#          --coverage: written, written
#          -Wa,-al=list: written, written
#          -fdump-go-spec=list: written, written
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
chmod 755 "$folder"
cd "$folder"
apt-get -qq download ccache=4.8+really4.7.5-1 libhiredis0.14=0.14.1-3 gcc-12=12.2.0-14+deb12u1 cpp-12=12.2.0-14+deb12u1
for package in ./*.deb; do dpkg-deb -x "$package" root; done
export LD_LIBRARY_PATH=$folder/root/usr/lib/x86_64-linux-gnu CCACHE_DIR=$folder/cache CCACHE_CONFIGPATH=$folder/none
gcc=$folder/root/usr/bin/x86_64-linux-gnu-gcc-12

cat >source.c <<'SOURCE'
int twice(int n);
int fourfold(int n);
int fourfold(int n) { return twice(twice(n)); }
SOURCE
try() { # FILE OPTION...
	local file=$1 found=() run
	shift
	for run in 1 2; do
		rm -f source.o "$file"
		root/usr/bin/ccache "$gcc" -O2 -c source.c -o source.o "$@" 2>/dev/null
		[ -f source.o ]
		if [ -f "$file" ]; then found+=(written); else found+=(missing); fi
	done
	echo "$*: ${found[0]}, ${found[1]}"
}
{
	try list -aux-info list
	try source.ci -fcallgraph-info
	try list -fopt-info-all=list
	try source.c.opt-record.json.gz -fsave-optimization-record
	try list -Wa,--MD,list
	try source.su -fstack-usage
	try source.gcno --coverage
	try list -Wa,-al=list
	try list -fdump-go-spec=list
} | tee seen
diff seen - <<'EXPECTED'
-aux-info list: written, missing
-fcallgraph-info: written, missing
-fopt-info-all=list: written, missing
-fsave-optimization-record: written, missing
-Wa,--MD,list: written, missing
-fstack-usage: written, written
--coverage: written, written
-Wa,-al=list: written, written
-fdump-go-spec=list: written, written
EXPECTED
