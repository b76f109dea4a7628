#!/usr/bin/env bash
# What:    GNU objcopy's --localize-symbol, --keep-global-symbol and --localize-hidden leave a symbol of the binding
#          STB_GNU_UNIQUE (a static variable of a C++ inline function) as it is, without a message and with exit code 0;
#          --weaken-symbol does change it. llvm-objcopy makes the same symbol local.
# Version: GNU objcopy 2.40 (binutils 2.40-2), llvm-objcopy 14.0.6 (llvm-14 1:14.0.6-12), g++ 12.2.0, Debian 12, x86-64
# Seen:    GNU --localize-symbol:       exit 0, UNIQUE
#          GNU --keep-global-symbol:    exit 0, UNIQUE
#          GNU --weaken-symbol:         exit 0, WEAK
#          llvm --localize-symbol:      exit 0, LOCAL
#          llvm --keep-global-symbol:   exit 0, LOCAL
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
chmod 755 "$folder"
cd "$folder"
apt-get -qq download binutils-x86-64-linux-gnu=2.40-2 libbinutils=2.40-2 libctf-nobfd0=2.40-2 binutils-common=2.40-2 llvm-14=1:14.0.6-12 libllvm14=1:14.0.6-12
for package in ./*.deb; do dpkg-deb -x "$package" root; done
export LD_LIBRARY_PATH=$folder/root/usr/lib/x86_64-linux-gnu:$folder/root/usr/lib/llvm-14/lib

cat >counter.cc <<'SOURCE'
inline int &counter() { static int value; return value; }
int next() { return ++counter(); }
SOURCE
g++ -c -O1 counter.cc

try() { # LABEL PROGRAM OPTION
	local code=0
	"$2" "$3" counter.o changed.o || code=$?
	printf '%-29sexit %s, %s\n' "$1 ${3%%=*}:" "$code" "$(root/usr/bin/x86_64-linux-gnu-readelf -sW changed.o | awk '$8 == "_ZZ7countervE5value" { print $5 }')"
}
gnu=root/usr/bin/x86_64-linux-gnu-objcopy llvm=root/usr/lib/llvm-14/bin/llvm-objcopy
{
	try GNU $gnu --localize-symbol=_ZZ7countervE5value
	try GNU $gnu --keep-global-symbol=_Z4nextv
	try GNU $gnu --weaken-symbol=_ZZ7countervE5value
	try llvm $llvm --localize-symbol=_ZZ7countervE5value
	try llvm $llvm --keep-global-symbol=_Z4nextv
} | tee seen
diff seen - <<'EXPECTED'
GNU --localize-symbol:       exit 0, UNIQUE
GNU --keep-global-symbol:    exit 0, UNIQUE
GNU --weaken-symbol:         exit 0, WEAK
llvm --localize-symbol:      exit 0, LOCAL
llvm --keep-global-symbol:   exit 0, LOCAL
EXPECTED
