#!/usr/bin/env bash
# What:    In an object of more than 65,280 sections, a symbol has 0xffff (SHN_XINDEX) in place of a section number that does not
#          fit, and the number is in the section .symtab_shndx. ELFSharp reads all sections of such an object, but takes 0xffff
#          for a number: every such symbol is in section 65,535, a wrong one, and not even a special index is told.
# Version: ELFSharp 2.17.3 from NuGet, .NET 10; GNU as and readelf 2.40 of Debian 12 as the other opinion
# Seen:    v65000: ELFSharp .s65000, readelf .s65000
#          v65290: ELFSharp .s65531, readelf .s65290
#          v65999: ELFSharp .s65531, readelf .s65999
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
foreach (var symbol in ((ISymbolTable)elf.GetSection(".symtab")).Entries.Cast<SymbolEntry<ulong>>().Where(s => args.Contains(s.Name)))
{
    Console.WriteLine($"{symbol.Name} {(symbol.IsPointedIndexSpecial ? symbol.SpecialPointedSectionIndex : symbol.PointedSection.Name)}");
}
SOURCE
for ((i = 0; i < 66000; i++)); do printf '.section .s%d,"a"\n.globl v%d\nv%d: .byte 1\n' "$i" "$i" "$i"; done >many.s
as --64 -o many.o many.s
dotnet build reader.csproj -v quiet -nologo >build.log || { cat build.log; exit 1; }
bin/Debug/net10.0/reader many.o v65000 v65290 v65999 >elfsharp
readelf -sW many.o | awk '{ print $8, $7 }' >symbols
readelf -SW many.o | sed -nE 's/^ *\[ *([0-9]+)\] ([^ ]+).*/\1 \2/p' >sections
while read -r name section; do
	number=$(awk -v name="$name" '$1 == name { print $2 }' symbols)
	echo "$name: ELFSharp $section, readelf $(awk -v number="$number" '$1 == number { print $2 }' sections)"
done <elfsharp | tee seen
diff seen - <<'EXPECTED'
v65000: ELFSharp .s65000, readelf .s65000
v65290: ELFSharp .s65531, readelf .s65290
v65999: ELFSharp .s65531, readelf .s65999
EXPECTED
