#!/usr/bin/env bash
# What:    ELFSharp's SpecialSectionIndex has the values of the three special indexes in a circle: 0 (SHN_UNDEF) is named
#          Absolute, 0xfff1 (SHN_ABS) Common and 0xfff2 (SHN_COMMON) Undefined. Who asks SpecialPointedSectionIndex for the
#          undefined symbols of an object gets its common ones.
# Version: ELFSharp 2.17.3 from NuGet, .NET 10; GNU as and readelf 2.40 of Debian 12 as the other opinion
# Seen:    undefined_one: ELFSharp Absolute, readelf UND
#          absolute_one: ELFSharp Common, readelf ABS
#          common_one: ELFSharp Undefined, readelf COM
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
foreach (var symbol in ((ISymbolTable)elf.GetSection(".symtab")).Entries.Cast<SymbolEntry<ulong>>().Where(s => s.Name.EndsWith("_one")))
{
    Console.WriteLine($"{symbol.Name} {symbol.SpecialPointedSectionIndex}");
}
SOURCE
cat >three.s <<'SOURCE'
        .globl  undefined_one, absolute_one
absolute_one = 42
        .comm   common_one, 4, 4
        .quad   undefined_one
SOURCE
as --64 -o three.o three.s
dotnet build reader.csproj -v quiet -nologo >build.log || { cat build.log; exit 1; }
bin/Debug/net10.0/reader three.o >elfsharp
while read -r name word; do
	echo "$name: ELFSharp $word, readelf $(readelf -sW three.o | awk -v name="$name" '$8 == name { print $7 }')"
done <elfsharp | tee seen
diff seen - <<'EXPECTED'
undefined_one: ELFSharp Absolute, readelf UND
absolute_one: ELFSharp Common, readelf ABS
common_one: ELFSharp Undefined, readelf COM
EXPECTED
