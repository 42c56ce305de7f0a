#!/bin/bash
# Installs what tests/packages names for a target and is missing; says nothing when nothing is. Ends with 1, and a line that
# says what to do, when it cannot.
# Usage: tests/setup.sh demo|check|lint|fuzz|interop
set -euo pipefail
target=${1:?demo, check, lint, fuzz or interop}
list=${0%/*}/packages
export LC_ALL=C

if command -v apt-get >/dev/null; then
	install=(apt-get -y -o DPkg::Lock::Timeout=300 --no-install-recommends install)
elif command -v dnf >/dev/null; then
	install=(dnf -y install)
else
	install=()
fi

give_up() {
	echo "make $target: $*" >&2
	exit 1
}

# Sets missing, and old: what is here but not as it has to be, with the reason.
look() {
	local for debian fedora least probe said
	missing=() old=()
	while read -r for debian fedora least probe; do
		[[ $for == demo || $for == "$target" || ($for == check && $target != demo) ]] || continue
		local package=${debian//[()]/}
		[[ ${install[0]-} == dnf ]] && package=$fedora
		[[ $package == - ]] && continue
		if said=$(bash -c "$probe" 2>/dev/null </dev/null); then
			[[ $least == - ]] && continue
			[[ $said =~ [0-9]+(\.[0-9]+)* ]] && said=${BASH_REMATCH[0]}
			printf '%s\n' "$least" "$said" | sort -VC && continue
			old+=("$package is $said, $least or newer is needed")
		fi
		[[ " ${missing[*]} " == *" $package "* ]] || missing+=("$package")
	done < <(grep '^[a-z]' "$list")
}

look
[[ ${#missing[@]} == 0 ]] && exit
echo "make $target needs packages that are not here, or too old: ${missing[*]}"
[[ ${#install[@]} != 0 ]] || give_up 'this is neither Debian, Ubuntu nor Fedora: please install them by hand'
by_hand="${install[0]} install ${missing[*]}"

as_root=()
if [[ $(id -u) != 0 ]]; then
	command -v sudo >/dev/null || give_up "there is no sudo here: please run, as root: $by_hand"
	as_root=(sudo)
	[[ -t 0 ]] || as_root=(sudo -n)
	"${as_root[@]}" true 2>/dev/null || give_up "sudo does not let you without a password: please run: sudo $by_hand"
fi
echo 'Installing them first, which takes a minute or two.'
log=$(mktemp)
trap 'rm -f "$log"' EXIT
# A list that cannot be brought up to date may still do.
[[ ${install[0]} != apt-get ]] || "${as_root[@]}" apt-get update >"$log" 2>&1 || :
if ! "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive "${install[@]}" "${missing[@]}" >>"$log" 2>&1; then
	reason=$(grep -iE '^(E|error): ' "$log" | tail -1 || :)
	give_up "${install[0]} failed${reason:+ (${reason#*: })}: is there a network? Then please run, as root: $by_hand"
fi

look
[[ ${#old[@]} == 0 ]] || give_up "$(printf '%s; ' "${old[@]}")${install[0]} has no newer one: please install by hand"
[[ ${#missing[@]} == 0 ]] || give_up "still missing after the installation: ${missing[*]}: please install by hand"
