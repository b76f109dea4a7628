#!/usr/bin/env bash
# What:    Of an object of 65,280 sections or more eu-strip says "illformed file", leaves an empty file with -o, and ends with 0:
#          a build goes on with nothing. In place the object stays as it was, and the exit code is 0, too. The object is
#          valid (section numbers that do not fit are in .symtab_shndx): elfutils' own eu-elflint has no errors, GNU and LLVM
#          strip it. With ten sections less eu-strip does as well.
# Version: elfutils 0.188 (0.188-2.1), GNU as and readelf 2.40, Debian 12, x86-64
# Seen:    65270 sections: code 0, stripped: 65277 sections
#          66000 sections: code 0, illformed file, empty
#          66000 sections in place: code 0, as it was
#          eu-elflint: No errors
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
chmod 755 "$folder"
cd "$folder"
apt-get -qq download elfutils=0.188-2.1 libelf1=0.188-2.1 libdw1=0.188-2.1 libasm1=0.188-2.1
for package in ./*.deb; do dpkg-deb -x "$package" root; done
export LD_LIBRARY_PATH=$folder/root/usr/lib/x86_64-linux-gnu
bin=$folder/root/usr/bin

make() { # SECTIONS: an object of that many and of what each has besides
	for ((i = 0; i < $1; i++)); do printf '.section .s%d,"a"\n.globl v%d\nv%d: .byte 1\n' "$i" "$i" "$i"; done >many.s
	as --64 -o "$1.o" many.s
}
try() { # SECTIONS
	local code=0 seen
	"$bin/eu-strip" -g -o "$1.stripped" "$1.o" 2>errors || code=$?
	if [ -s "$1.stripped" ]; then
		seen="stripped: $(readelf -hW "$1.stripped" | sed -nE 's/.*Number of section headers: +0? ?\(?([0-9]+).*/\1/p') sections"
	else
		seen="$(grep -o 'illformed file' errors), empty"
	fi
	echo "$1 sections: code $code, $seen"
}
make 65270
make 66000
{
	try 65270
	try 66000
	cp 66000.o copy.o
	code=0
	"$bin/eu-strip" -g copy.o 2>errors || code=$?
	echo "66000 sections in place: code $code, $(cmp -s copy.o 66000.o && echo as it was)"
	echo "eu-elflint: $("$bin/eu-elflint" --gnu-ld 66000.o)"
} | tee seen
diff seen - <<'EXPECTED'
65270 sections: code 0, stripped: 65277 sections
66000 sections: code 0, illformed file, empty
66000 sections in place: code 0, as it was
eu-elflint: No errors
EXPECTED
