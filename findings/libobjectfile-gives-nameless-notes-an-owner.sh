#!/usr/bin/env bash
# What:    LibObjectFile, asked to read an object and write it again unchanged, writes a note without an owner (namesz 0, which
#          the ELF specification allows) with an owner of length 1, an empty string and its padding: the section grows by 4
#          bytes, and every later note, and what points to it, is off by 4.
# Version: LibObjectFile 2.3.1 from NuGet, .NET 10; GNU as, objcopy and od of Debian 12 to look at it
# Seen:    before, 36 bytes: namesz 0 descsz 4 type 7
#          after, 40 bytes: namesz 1 descsz 4 type 7
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
export NUGET_PACKAGES=$folder/packages DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1

cat >copy.csproj <<'PROJECT'
<Project Sdk="Microsoft.NET.Sdk">
  <PropertyGroup>
    <OutputType>Exe</OutputType>
    <TargetFramework>net10.0</TargetFramework>
    <ImplicitUsings>enable</ImplicitUsings>
  </PropertyGroup>
  <ItemGroup><PackageReference Include="LibObjectFile" Version="[2.3.1]" /></ItemGroup>
</Project>
PROJECT
cat >copy.cs <<'SOURCE'
using LibObjectFile.Elf;

using var input = File.OpenRead(args[0]);
using var output = File.Create(args[1]);
ElfFile.Read(input).Write(output);
SOURCE
cat >notes.s <<'SOURCE'
        .section .note.mine, "a", %note
        .balign 4
        .long   0, 4, 7
        .byte   1, 2, 3, 4
        .long   4, 4, 8
        .asciz  "abc"
        .long   5
SOURCE
as --64 -o before.o notes.s
dotnet build copy.csproj -v quiet -nologo >build.log || { cat build.log; exit 1; }
bin/Debug/net10.0/copy before.o after.o
for name in before after; do
	objcopy -O binary --only-section=.note.mine "$name.o" "$name.bin"
	read -r owner description type < <(od -A n -t u4 -N 12 "$name.bin")
	echo "$name, $(stat -c %s "$name.bin") bytes: namesz $owner descsz $description type $type"
done | tee seen
diff seen - <<'EXPECTED'
before, 36 bytes: namesz 0 descsz 4 type 7
after, 40 bytes: namesz 1 descsz 4 type 7
EXPECTED
