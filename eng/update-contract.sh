#!/usr/bin/env bash
# eng/update-contract.sh: writes docs/contract anew from the packed SDK, after the reference tree has changed: the contract of a set without libc, which
# "minios libc-check" uses when it is given none, and the one with the stub libc, for people.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
source=$PWD/artifacts/package
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT

cat >"$folder/nuget.config" <<CONFIG
<configuration><packageSources><add key="packed" value="$source" /></packageSources></configuration>
CONFIG
version=$(sed -n 's:.*<Version>\(.*\)</Version>.*:\1:p' Directory.Build.props)
cat >"$folder/contract.miniosproj" <<PROJECT
<Project Sdk="MiniosBuild/$version">
  <PropertyGroup><OutputType>Library</OutputType></PropertyGroup>
  <ItemGroup><MiniosDriver Include="blkfront;netfront;pcifront" /></ItemGroup>
</Project>
PROJECT
for libc in none stub; do
	dotnet build "$folder/contract.miniosproj" -c Release -v quiet -nologo -p:MiniosLibc=$libc -p:OutputPath="$folder/$libc/"
done
mkdir -p docs/contract
cp "$folder/none/share/minios/minios.contract.json" docs/contract/reference.contract.json
cp "$folder/stub/share/minios/minios.contract.md" docs/contract/reference.md
