#!/usr/bin/env bash
# What:    gcc's -fdump-go-spec lists what C declares: functions, used or not, variables, types, constants, macros with a
#          number. With -fsyntax-only, which checks the same declarations, it ends with 0 and writes a file that has none of
#          them, no macro of the text among them either: they are listed only where code is made (-S, -c; -o of cc1).
#          A struct that is nowhere completed is listed like one without members; static functions are not listed.
# Version: gcc 12.2.0 (12.2.0-14+deb12u1), Debian 12, x86-64
# Seen:    -fsyntax-only: 0:
#          -o: 0: FAR LIMIT NEAR empty hidden open_it origin point sizeof_point twice where
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
chmod 755 "$folder"
cd "$folder"
apt-get -qq download cpp-12=12.2.0-14+deb12u1
for package in ./*.deb; do dpkg-deb -x "$package" root; done
cc1=root/usr/lib/gcc/x86_64-linux-gnu/12/cc1

cat >declarations.c <<'SOURCE'
struct hidden;
struct empty {};
struct point { int x, y; };
typedef enum { NEAR, FAR } where;
int twice(int n);
extern struct point origin;
static inline int mine(int n) { return n; }
struct hidden *open_it(void);
#define LIMIT 3
SOURCE
try() { # OPTION...
	local code=0 names
	rm -f list
	"$cc1" -quiet "$@" -fdump-go-spec=list declarations.c || code=$?
	[ -f list ] # It is there in each case.
	names=$(sed -nE 's/^(type|const|var|func) _(\w+).*/\2/p' list | grep -vE '^_|^(linux|unix)$' | LC_ALL=C sort | tr '\n' ' ') || true
	echo "$1: $code: ${names% }"
}
{
	try -fsyntax-only
	try -o declarations.s
} | sed 's/ $//' | tee seen
diff seen - <<'EXPECTED'
-fsyntax-only: 0:
-o: 0: FAR LIMIT NEAR empty hidden open_it origin point sizeof_point twice where
EXPECTED
