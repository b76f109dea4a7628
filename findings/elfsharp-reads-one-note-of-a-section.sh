#!/usr/bin/env bash
# What:    A section of notes has as many as fit, and a kernel for Xen has all of its own in one. ELFSharp's NoteSection is a
#          single note, the first: the others are nowhere, and nothing says that there are any.
# Version: ELFSharp 2.17.3 from NuGet, .NET 10; GNU as and readelf 2.40 of Debian 12 as the other opinion
# Seen:    ELFSharp: Xen 6
#          readelf: Xen 6, Xen 5, Xen 9
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
export NUGET_PACKAGES=$folder/packages DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1

cat >reader.csproj <<'PROJECT'
<Project Sdk="Microsoft.NET.Sdk">
  <PropertyGroup>
    <OutputType>Exe</OutputType>
    <TargetFramework>net10.0</TargetFramework>
    <ImplicitUsings>enable</ImplicitUsings>
  </PropertyGroup>
  <ItemGroup><PackageReference Include="ELFSharp" Version="[2.17.3]" /></ItemGroup>
</Project>
PROJECT
cat >reader.cs <<'SOURCE'
using ELFSharp.ELF;
using ELFSharp.ELF.Sections;

using var elf = ELFReader.Load(args[0]);
Console.WriteLine(string.Join(", ", elf.Sections.OfType<NoteSection<ulong>>().Select(note => $"{note.NoteName} {note.NoteType}")));
SOURCE
cat >notes.s <<'SOURCE'
        .section .note.Xen,"a",@note
        .macro note number, text
        .long 4, 2f - 1f, \number
        .asciz "Xen"
1:      .asciz "\text"
2:      .balign 4
        .endm
        note 6, "Mini-OS"
        note 5, "xen-3.0"
        note 9, "yes"
SOURCE
as --64 -o notes.o notes.s
dotnet build reader.csproj -v quiet -nologo >build.log || { cat build.log; exit 1; }
{
	echo "ELFSharp: $(bin/Debug/net10.0/reader notes.o)"
	echo "readelf: $(readelf -nW notes.o | sed -nE 's/^  (Xen) .*Unknown note type: \((0x[0-9a-f]+)\).*/\1 \2/p' | while read -r owner type; do printf '%s %d, ' "$owner" "$type"; done | sed 's/, $//')"
} | tee seen
diff seen - <<'EXPECTED'
ELFSharp: Xen 6
readelf: Xen 6, Xen 5, Xen 9
EXPECTED
