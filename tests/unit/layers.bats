#!/usr/bin/env bats
# The library's layers (lib/README.md): includes point downwards, one includer per foreign library,
# only cli prints or exits, every header compiles alone.
load ../helper

layers=(base store text data book desk cli)

# grep that may find nothing
find_lines() {
	grep -nE "$@" || [[ $? == 1 ]]
}

@test "lib holds the layers and nothing else" {
	for folder in "$root"/lib/*/; do
		folder=$(basename "$folder")
		[[ " ${layers[*]} " == *" $folder "* ]] || { echo "lib/$folder is no layer"; return 1; }
	done
}

@test "includes point downwards" {
	cd "$root/lib"
	local allowed='' wrong=''
	for layer in "${layers[@]}"; do
		allowed+="${allowed:+|}$layer"
		[[ -d $layer ]] || continue
		while read -r -d '' file; do
			wrong+=$(find_lines '^[[:space:]]*#[[:space:]]*include "' "$file" | grep -vE "\"($allowed)/[a-z0-9_]+\\.h\"" | sed "s|^|$file:|")
		done < <(find "$layer" -name '*.[ch]' -print0)
	done
	echo "$wrong"
	[[ -z $wrong ]]
}

# only_in HEADER FILE...: nothing else in lib and cmd includes <HEADER>
only_in() {
	local header=$1 found
	shift
	cd "$root"
	found=$(grep -rlE "#[[:space:]]*include [<\"]${header}[>\"]" lib cmd | sort)
	echo "included by: $found"
	[[ $found == $(printf '%s\n' "$@" | sort) ]]
}

@test "one includer of yaml.h" { only_in 'yaml\.h' lib/text/yaml.c; }
@test "one includer of pcre2.h" { only_in 'pcre2\.h' lib/text/pattern.c; }
@test "one includer of gmp.h" { only_in 'gmp\.h' lib/base/decimal.c; }

@test "nothing below cli prints, exits or knows of arguments" {
	cd "$root/lib"
	local found
	found=$(find base store text data book desk -name '*.[ch]' ! -path base/mem.c -print0 2>/dev/null | xargs -0 perl -ne '
		s{__attribute__\S+}{}; s{//.*}{}; s{/\*.*?\*/}{}g; s{^\s*/?\*.*}{}; s{"(\\.|[^"\\])*"}{""}g; # comments and texts may speak of them
		print "$ARGV:$.: $_" if /\b(stdout|stderr|printf|vprintf|fprintf|puts|putchar|perror|_?exit|abort)\b\s*[(,;)\]]/
			or /\bint argc\b/ or /\bargv\b[^,;=]*\)\s*$/;
		close ARGV if eof;')
	echo "$found"
	[[ -z $found ]]
}

@test "no global or static variable that changes" {
	local found
	nm "$build/libkefu.a" 2>/dev/null | grep -q __asan_init && skip 'the sanitizer has its own'
	# const data that needs relocation is .data.rel.ro; buf.c's `empty` is never written through
	found=$(find "$build" \( -path "$build/libkefu.a" -o -path "$build/cmd/*.o" \) -exec objdump -t {} + |
		awk '/ \.(bss|data|tbss|tdata)[.\t]/ && !/\.data\.rel\.ro/ && $NF !~ /^\./ && $NF != "empty"')
	echo "$found"
	[[ -z $found ]]
}

@test "each header compiles alone, guarded by its path" {
	cd "$root/lib"
	for header in */*.h; do
		"${CC:-cc}" -std=c17 -D_GNU_SOURCE -Wall -Wextra -Werror -fsyntax-only -I. -include "$header" -x c /dev/null
		guard=KEFU_$(tr 'a-z/.' 'A-Z__' <<<"$header")
		grep -q "^#ifndef $guard\$" "$header" || { echo "$header: the guard is not $guard"; return 1; }
	done
}

@test "every source file says its licence and what it is" {
	cd "$root"
	for file in lib/*/*.[ch] $(find cmd tests -name '*.c'); do
		[[ $(sed -n 1p "$file") == '// SPDX-License-Identifier: MIT' && $(sed -n 2p "$file") == '// '* ]] ||
			{ echo "$file"; return 1; }
	done
}
