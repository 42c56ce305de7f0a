#!/bin/bash
# Installs the packages that are missing for `make demo`, `make check` or `make fuzz`; says nothing when none is.
# Usage: tests/setup.sh demo|check|fuzz
set -euo pipefail

purpose=${1:?demo, check or fuzz}
if command -v apt-get >/dev/null; then
	manager=apt
elif command -v dnf >/dev/null; then
	manager=dnf
else
	manager=none
fi

# need PROBE PACKAGE [FEDORA-PACKAGE]: a shell command that succeeds when it is here; "-": Fedora has none
missing=()
need() {
	bash -c "$1" >/dev/null 2>&1 && return
	local package=$2
	[[ $manager == dnf ]] && package=${3:-$2}
	[[ $package == - ]] || missing+=("$package")
}

look() {
	missing=()
	need "command -v ${CC:-cc}" gcc
	need 'test -e /usr/include/stdio.h' libc6-dev glibc-devel
	need 'command -v pkg-config' pkg-config pkgconf-pkg-config
	need 'test -e /usr/include/yaml.h' libyaml-dev libyaml-devel
	need 'test -e /usr/include/pcre2.h' libpcre2-dev pcre2-devel
	need 'echo "#include <gmp.h>" | cc -E -' libgmp-dev gmp-devel
	need 'test -e /usr/include/sha2.h' libmd-dev libmd-devel
	need 'command -v git' git
	need 'command -v cmp' diffutils
	need 'test -e /usr/share/zoneinfo/Asia/Shanghai' tzdata
	[[ $purpose == demo ]] && return
	need 'command -v bats' bats
	need 'test -e /usr/include/cmocka.h' libcmocka-dev libcmocka-devel
	need 'perl -MTAP::Harness -e 1' perl perl-Test-Harness
	need 'test -x /usr/bin/python3' python3
	need '/usr/bin/python3 -c "import yaml"' python3-yaml python3-pyyaml
	need 'perl -MJSON::PP -e 1' perl perl-JSON-PP
	need 'perl -MYAML::PP -e 1' libyaml-pp-perl perl-YAML-PP
	need 'command -v mandoc' mandoc
	need 'command -v msgfmt' gettext
	need 'command -v jq' jq
	need 'command -v script' bsdutils util-linux
	need 'test -d /usr/share/json-schema-test-suite' json-schema-test-suite -
	[[ $purpose == check ]] && return
	need 'command -v clang' clang
	need 'echo "int LLVMFuzzerTestOneInput(void); int LLVMFuzzerTestOneInput(void) { return 0; }" |
		clang -fsanitize=fuzzer -x c -o /dev/null -' libclang-rt-dev compiler-rt
}

look
[[ ${#missing[@]} == 0 ]] && exit
echo "kefu needs packages that are not installed: ${missing[*]}"
if [[ $manager == none ]]; then
	echo 'This is neither Debian, Ubuntu nor Fedora: please install them by hand.' >&2
	exit 1
fi

as_root=()
if [[ $(id -u) != 0 ]]; then
	if ! command -v sudo >/dev/null; then
		echo 'Please install them as root: there is no sudo here.' >&2
		exit 1
	fi
	as_root=(sudo)
	[[ -t 0 ]] || as_root=(sudo -n)
fi
echo 'Installing them.'
if [[ $manager == apt ]]; then
	"${as_root[@]}" apt-get -qq update
	"${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -qq -y --no-install-recommends install "${missing[@]}" >/dev/null
else
	"${as_root[@]}" dnf -q -y install "${missing[@]}"
fi

look
if [[ ${#missing[@]} != 0 ]]; then
	echo "Still missing after the installation: ${missing[*]}" >&2
	exit 1
fi
