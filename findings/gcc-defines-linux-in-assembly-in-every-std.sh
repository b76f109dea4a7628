#!/usr/bin/env bash
# What:    gcc -std=c11 does not define "linux" and "unix" for C, yet it does for assembly (.S, or -x assembler-with-cpp): a
#          header, or a linker script that is preprocessed as assembly, has its words "linux" and "unix" replaced by 1
#          whatever -std says. clang does as -std says for both.
# Version: gcc 12.2.0 (12.2.0-14+deb12u1), clang 14.0.6 (1:14.0.6-12), Debian 12, x86-64
# Seen:    gcc c: linux unix
#          gcc assembler-with-cpp: 1 1
#          clang c: linux unix
#          clang assembler-with-cpp: linux unix
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
chmod 755 "$folder"
cd "$folder"
apt-get -qq download cpp-12=12.2.0-14+deb12u1 clang-14=1:14.0.6-12 libclang-cpp14=1:14.0.6-12 libllvm14=1:14.0.6-12
for package in ./*.deb; do dpkg-deb -x "$package" root; done
export LD_LIBRARY_PATH=$folder/root/usr/lib/x86_64-linux-gnu:$folder/root/usr/lib/llvm-14/lib

echo 'linux unix' >words
try() { # LABEL PROGRAM...
	local label=$1 language
	shift
	for language in c assembler-with-cpp; do
		echo "$label $language: $("$@" -E -P -std=c11 -x "$language" words)"
	done
}
{
	try gcc root/usr/bin/x86_64-linux-gnu-cpp-12
	try clang root/usr/lib/llvm-14/bin/clang --target=x86_64-linux-gnu
} | tee seen
diff seen - <<'EXPECTED'
gcc c: linux unix
gcc assembler-with-cpp: 1 1
clang c: linux unix
clang assembler-with-cpp: linux unix
EXPECTED
