#!/usr/bin/env bash
# What:    GNU ar, told to write an index (s), loads every plugin in lib/bfd-plugins to ask it about each member, whatever the
#          members are: where LLVM's linker tools are installed, each archive of plain gcc objects maps all of libLLVM. Without
#          the index (S) none is loaded, and --plugin NAME loads that one alone. The archives have the same bytes.
# Version: GNU ar 2.40 (binutils 2.40-2), LLVMgold of llvm-14-linker-tools 1:14.0.6-12, Debian 12, x86-64
# Seen:    ar rcsD: libLLVM loaded
#          ar rcSD: libLLVM not loaded
#          ar rcsD --plugin: libLLVM not loaded
#          rcsD with and without --plugin: same bytes
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
chmod 755 "$folder"
cd "$folder"
apt-get -qq download binutils-x86-64-linux-gnu=2.40-2 libbinutils=2.40-2 libctf-nobfd0=2.40-2 binutils-common=2.40-2 \
	llvm-14-linker-tools=1:14.0.6-12 libllvm14=1:14.0.6-12 gcc-12=12.2.0-14+deb12u1
for package in ./*.deb; do dpkg-deb -x "$package" root; done
export LD_LIBRARY_PATH=$folder/root/usr/lib/x86_64-linux-gnu:$folder/root/usr/lib/llvm-14/lib
ar=$folder/root/usr/bin/x86_64-linux-gnu-ar
lto=$folder/root/usr/lib/gcc/x86_64-linux-gnu/12/liblto_plugin.so

echo 'int one;' >one.c
gcc -c one.c
try() { # ARCHIVE LABEL ARGUMENT...
	local archive=$1 label=$2 found='not loaded'
	shift 2
	LD_DEBUG=files LD_DEBUG_OUTPUT=log "$ar" "$@" "$archive" one.o
	! grep -q 'calling init: .*libLLVM' log.* || found=loaded
	rm log.*
	echo "ar $label: libLLVM $found"
}
{
	try index.a rcsD rcsD
	try plain.a rcSD rcSD
	try one.a 'rcsD --plugin' rcsD --plugin "$lto"
	cmp index.a one.a && echo 'rcsD with and without --plugin: same bytes'
} | tee seen
diff seen - <<'EXPECTED'
ar rcsD: libLLVM loaded
ar rcSD: libLLVM not loaded
ar rcsD --plugin: libLLVM not loaded
rcsD with and without --plugin: same bytes
EXPECTED
