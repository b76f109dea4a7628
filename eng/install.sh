# shellcheck shell=bash disable=SC2034 # the arrays are used by the scripts that source this
# Sourced by demo.sh and test.sh: says what each step does, and installs the Debian packages that are missing.

# To build a guest and to boot it. The hypervisor's package has its version in its name: see hypervisor_package.
guest_packages=(gcc binutils libxen-dev qemu-system-x86)
# Other compilers and libraries that the tests build with or compare against, and ccache, which saves them most compilations.
test_packages=(ccache g++ clang llvm gdb make file dietlibc-dev libklibc-dev newlib-source musl-dev musl-tools procps busybox-static xenstore-utils xz-utils zstd)
# Libraries of others that get a namespace in tests which only --long runs.
corpus_packages=(
	libarchive-dev libargon2-dev libb2-dev libbrotli-dev libbz2-dev libcjson-dev libdeflate-dev libev-dev libevent-dev libexpat1-dev libffi-dev
	libgcrypt20-dev libgdbm-dev libgmp-dev libhiredis-dev libinih-dev libjansson-dev libjpeg62-turbo-dev liblua5.4-dev liblz4-dev liblzma-dev
	libmpfr-dev libncurses-dev libonig-dev libpcre2-dev libpng-dev libpopt-dev libreadline-dev libsodium-dev libsqlite3-dev libssl-dev
	libtomcrypt-dev libtommath-dev libuv1-dev libxml2-dev libxxhash-dev libyaml-dev libzstd-dev nettle-dev zlib1g-dev
)

export MSBUILDDISABLENODEREUSE=1 DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1

step() { printf '==> %s\n' "$*"; }

fail() {
	printf 'error: %s\n' "$*" >&2
	exit 1
}

require_dotnet() {
	local version
	version=$(dotnet --version 2>/dev/null) || fail "the .NET SDK was not found; install .NET SDK 10 or newer"
	[ "${version%%.*}" -ge 10 ] || fail "the .NET SDK is version $version; 10.0 or newer is needed"
}

is_installed() { [ "$(dpkg-query -W -f='${db:Status-Status}' "$1" 2>/dev/null)" = installed ]; }

# Any hypervisor will do; when there is none, the newest that the distribution has.
hypervisor_package() {
	apt-cache search --names-only '^xen-hypervisor-[0-9.]+-amd64$' | cut -d ' ' -f 1 | sort -V | tail -n 1
}

# The toolstack of the newest hypervisor that is installed: each pair understands only its own version.
xen_tools_package() {
	local newest
	newest=$(find /boot -name 'xen-[0-9]*-amd64.gz' | sort -V | tail -n 1)
	newest=${newest##*/xen-}
	printf 'xen-utils-%s\n' "${newest%-amd64.gz}"
}

# install_missing PACKAGE...: installs those that are missing, and a hypervisor.
install_missing() {
	local package missing=() as_root=() hypervisor=''
	if ! command -v dpkg-query >/dev/null || ! command -v apt-get >/dev/null; then
		step "No Debian packages here; going on with what is installed (wanted: $* and a Xen hypervisor)"
		return
	fi
	for package in "$@"; do
		is_installed "$package" || missing+=("$package")
	done
	compgen -G '/boot/xen*.gz' >/dev/null || hypervisor=missing
	if [ ${#missing[@]} -eq 0 ] && [ -z "$hypervisor" ]; then
		step "All packages are installed"
		return
	fi

	if [ "$(id -u)" -ne 0 ]; then
		command -v sudo >/dev/null ||
			fail "these packages are missing: ${missing[*]}${hypervisor:+ xen-hypervisor-4.17-amd64 (or newer)}. Install them as root, or install sudo, and start again"
		as_root=(sudo)
	fi
	step "Updating the package lists"
	"${as_root[@]}" apt-get update -qq || step "apt-get update failed; going on with the lists that are there"
	if [ -n "$hypervisor" ]; then
		hypervisor=$(hypervisor_package)
		[ -n "$hypervisor" ] || fail "apt knows no package xen-hypervisor-*-amd64; install a Xen hypervisor by hand"
		missing+=("$hypervisor")
	fi
	step "Installing ${missing[*]}"
	"${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -qq -y --no-install-recommends "${missing[@]}" >/dev/null
}

# The packages go to artifacts/package, which nuget.config names as a source.
pack() {
	step "Packing the MSBuild SDK and the command into artifacts/package"
	dotnet pack build/MiniosBuild.csproj -c Release -v quiet -nologo
	dotnet pack src/MiniosBuild.Tool/MiniosBuild.Tool.csproj -c Release -v quiet -nologo
}
