#!/usr/bin/env bash
# What:    MSBuild's binary log keeps the help keyword of an error or warning and drops its help link, though the task Error takes
#          one and loggers get it while the build runs. Replayed from the log, or read by any viewer of it, the same event
#          has none: a test, a dashboard or a SARIF converter that works on binary logs cannot lead anyone to a page.
# Version: MSBuild 18.9.11 of .NET SDK 10.0.401, Microsoft.Build.Framework 18.9.6 from NuGet to compile the logger
# Seen:    while it builds: ABC0001 keyword Word link https://example.org/abc0001
#          replayed: ABC0001 keyword Word link none
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
export NUGET_PACKAGES=$folder/packages DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 MSBUILDDISABLENODEREUSE=1

mkdir logger
cat >logger/logger.csproj <<'PROJECT'
<Project Sdk="Microsoft.NET.Sdk">
  <PropertyGroup>
    <TargetFramework>net10.0</TargetFramework>
    <ImplicitUsings>enable</ImplicitUsings>
  </PropertyGroup>
  <ItemGroup><PackageReference Include="Microsoft.Build.Framework" Version="[18.9.6]" ExcludeAssets="runtime" /></ItemGroup>
</Project>
PROJECT
cat >logger/logger.cs <<'SOURCE'
using Microsoft.Build.Framework;

public sealed class Links : ILogger
{
    public LoggerVerbosity Verbosity { get; set; }

    public string? Parameters { get; set; }

    public void Initialize(IEventSource events) => events.ErrorRaised += (_, error) => File.AppendAllText(
        Parameters!, $"{error.Code} keyword {error.HelpKeyword ?? "none"} link {error.HelpLink ?? "none"}\n");

    public void Shutdown()
    {
    }
}
SOURCE
cat >one.proj <<'PROJECT'
<Project>
  <Target Name="Build"><Error Code="ABC0001" HelpKeyword="Word" HelpLink="https://example.org/abc0001" Text="it" /></Target>
</Project>
PROJECT
dotnet build logger/logger.csproj -v quiet -nologo >build.log || { cat build.log; exit 1; }
logger=Links,$folder/logger/bin/Debug/net10.0/logger.dll
! dotnet msbuild one.proj -nologo -noconsolelogger -bl:one.binlog "-logger:$logger;live"
! dotnet msbuild one.binlog -nologo -noconsolelogger "-logger:$logger;replayed"
{
	sed 's/^/while it builds: /' live
	sed 's/^/replayed: /' replayed
} | tee seen
diff seen - <<'EXPECTED'
while it builds: ABC0001 keyword Word link https://example.org/abc0001
replayed: ABC0001 keyword Word link none
EXPECTED
