#!/usr/bin/env bats
# The rooms of the library (lib/README.md): which may include which, one includer per foreign library,
# only cli prints or exits, every header compiles alone.
load ../helper

# What each room may include besides itself. Rooms that stand side by side know nothing of each other.
declare -gA may
may[base]=''
may[text]='base'
may[store]="base text"
may[data]="base text"
may[book]="base text store data"
may[record]="${may[book]} book"
may[ticket]="${may[record]} record"
may[staff]="${may[record]} record"
may[callback]="${may[ticket]} ticket staff"
may[appraisal]="${may[callback]}"
may[survey]="${may[callback]}"
may[check]="${may[callback]} callback appraisal survey"
may[ledger]="${may[check]} check"
may[view]="${may[ledger]} ledger"
may[cli]="${may[view]} view"

# grep that may find nothing
find_lines() {
	grep -nE "$@" || [[ $? == 1 ]]
}

@test "lib holds these rooms and nothing else" {
	cd "$root/lib"
	local wrong=''
	for entry in *; do
		[[ $entry == README.md || ( -d $entry && -v may[$entry] ) ]] ||
			wrong+="lib/$entry is no room: put the file into one of ${!may[*]}, or add a room to tests/unit/layers.bats and lib/README.md"$'\n'
	done
	echo "$wrong"
	[[ -z $wrong ]]
}

@test "a room includes only the rooms it may" {
	cd "$root/lib"
	local file line room wrong=''
	while IFS=: read -r file line include; do
		include=${include#*\"}
		room=${file%%/*}
		[[ $include =~ ^($room|${may[$room]// /|})/[a-z0-9_]+\.h\" ]] ||
			wrong+="lib/$file:$line includes \"${include%%\"*}\": $room may include only its own files and those of: ${may[$room]:-no other room}"$'\n'
	done < <(grep -rnE '^[[:space:]]*#[[:space:]]*include "' --include='*.[ch]' .  | sed 's|^\./||')
	echo "$wrong"
	[[ -z $wrong ]]
}

# The include graph of modules: a .c file and its header are one; so are a module and its parts, MODULE_*, where
# there is a MODULE_parts.h that they share.
@test "no two modules include each other, not even by way of others, but a module and its parts" {
	cd "$root/lib"
	local wrong
	wrong=$(grep -oE '^[[:space:]]*#[[:space:]]*include "[a-z0-9_/]+' -r --include='*.[ch]' . | perl -ne '
		my ($from, $to) = m{^\./(\S+)\.[ch]:.*"(\S+)} or next;
		for my $module ($from, $to) {
			my ($whole) = $module =~ m{^(\w+/[a-z0-9]+)_};
			$module = $whole if $whole and -e "${whole}_parts.h";
		}
		$uses{$from}{$to} = 1 if $from ne $to;
		END {
			for my $module (sort keys %uses) {
				my %seen;
				my @next = keys %{$uses{$module}};
				while (defined(my $at = shift @next)) {
					push @next, keys %{$uses{$at}} unless $seen{$at}++;
				}
				next unless $seen{$module};
				for my $other (sort keys %seen) {
					next if $other le $module or index($other, "${module}_") == 0;
					my (%back, @way);
					@way = keys %{$uses{$other}};
					while (defined(my $at = shift @way)) {
						push @way, keys %{$uses{$at}} unless $back{$at}++;
					}
					print "lib/$module and lib/$other include each other\n" if $back{$module};
				}
			}
		}')
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

# called_by FUNCTION FILE...: nothing else in lib and cmd speaks of FUNCTION, but for where it is declared and made
called_by() {
	local name=$1 found
	shift
	cd "$root"
	found=$(grep -rlE "\\b$name\\(" --include='*.c' lib cmd | sort)
	echo "$name is called by: $found"
	[[ $found == $(printf '%s\n' "$@" | sort) ]]
}

# What stands in a ledger was made by record/render: whoever else makes documents' text shows or compares it.
@test "one file makes documents into text, and reads them back" {
	called_by emit_check lib/text/emit.c lib/record/render.c
	called_by emit_document lib/text/emit.c lib/record/render.c lib/text/table.c lib/check/check_form.c
	# ledger-merge works on git's copies, and knows no schemas
	# a pack is the organisation's text; a list whose lines cannot be kept is written anew
	called_by emit_value lib/text/emit.c lib/record/render.c cmd/ledger-merge.c lib/ledger/pack_text.c
}

@test "few files write into a ledger" {
	# the founding copies schemas and packs, an upgrade changes them; a survey's questionnaire goes in as it is;
	# where unique values stand is noted in .kefu/
	called_by store_write lib/store/store.c lib/store/store_marks.c lib/ledger/founding.c lib/ledger/upgrade.c \
		lib/survey/survey_plan.c lib/ticket/unique.c
	called_by store_note lib/store/store.c lib/ticket/unique.c
	called_by store_write_marked lib/store/store.c lib/record/record.c
	called_by store_batch_add lib/store/store.c lib/callback/plan.c lib/ledger/founding.c lib/ledger/upgrade.c lib/survey/answers_import.c \
		lib/ticket/import.c
}

@test "nothing below cli prints, exits or knows of arguments" {
	cd "$root/lib"
	local found
	found=$(find . -name '*.[ch]' ! -path './cli/*' ! -path ./base/mem.c -print0 | xargs -0 perl -ne '
		s{__attribute__\S+}{}; s{//.*}{}; s{/\*.*?\*/}{}g; s{^\s*/?\*.*}{}; s{"(\\.|[^"\\])*"}{""}g; # comments and texts may speak of them
		print "$ARGV:$.: $_" if /\b(stdout|stderr|printf|vprintf|fprintf|puts|putchar|perror|_?exit|abort)\b\s*[(,;)\]]/
			or /\bint argc\b/ or /\bargv\b[^,;=]*\)\s*$/;
		close ARGV if eof;')
	echo "$found"
	[[ -z $found ]]
}

@test "the clock is read in one place" {
	cd "$root"
	run grep -rnE 'CLOCK_REALTIME|\b(time|gettimeofday|localtime|localtime_r)\(' --include='*.[ch]' lib cmd
	output_is "$(grep -n 'clock_gettime(CLOCK_REALTIME, &now);' lib/cli/cli.c /dev/null)"
}

@test "who asks a value for something asks whether it is of that type" {
	cd "$root"
	local found
	# the readers and writers of a notation and the schemas look at the type first
	found=$(grep -rnE '(->|\.)(scalar|list|map)\.|(->|\.)boolean\b' lib cmd |
		grep -vE '^lib/base/node\.[ch]:|^lib/text/(yaml|canon|emit|json)\.c:|^lib/data/schema(_[a-z]+)?\.[ch]:' || true)
	[[ -z $found ]] || echo "take it out by node_as_text, node_item, node_pair, node_is_true, … (base/node.h):
$found"
	[[ -z $found ]]
}

# Elsewhere roles are only read of those whom something is about: who is marked, trained, visited, listed.
@test "whether somebody may do something by a role is asked of book/staff_roles alone" {
	cd "$root"
	local found
	found=$(grep -rnE 'roles' lib cmd --include=*.c | grep -E 'node_holds\(' | grep -E '(->|\.)roles' |
		grep -vE '^lib/book/staff(_roles)?\.c:|^lib/appraisal/(sheet_judge|marks)\.c:|^lib/staff/(lacking|roster)\.c:|^lib/callback/plan_forms\.c:|^lib/view/staff\.c:' || true)
	[[ -z $found ]] || echo "ask staff_has_role or staff_may_approve (book/staff.h):
$found"
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

@test "a line of C is at most 100 columns wide, unless it is one text without a place to break it" {
	cd "$root"
	local found
	found=$(find lib cmd tests -name '*.[ch]' -print0 | xargs -0 perl -CSD -ne '
		chomp(my $line = $_);
		1 while $line =~ s/^([^\t]*)\t/$1 . " " x (8 - length($1) % 8)/e;
		my $single = $ARGV =~ m{^tests/} ? $line =~ /^\s*\{?"/ : $line =~ /^\s*"[^" ]*"/;
		print "$ARGV:$.: ", length $line, " columns\n" if length $line > 100 && !$single;
		close ARGV if eof;')
	echo "$found"
	[[ -z $found ]]
}
