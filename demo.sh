#!/usr/bin/env bash
# From a fresh clone to a guest that greets from Xen: installs what is missing, packs the SDK, builds samples/hello
# with dotnet build and boots it with dotnet run. Needs Debian 12 or newer and the .NET SDK 10.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
# shellcheck source=eng/install.sh
source eng/install.sh

require_dotnet
install_missing "${guest_packages[@]}"
pack

guest=samples/hello/hello.miniosproj
step "Building $guest"
dotnet build "$guest" -nologo

step "Booting it on Xen in QEMU"
code=0
dotnet run --no-build --project "$guest" || code=$?
step "The guest's exit code is $code"
exit "$code"
