#!/usr/bin/env bats
# Each pack's example runs as it is written down, whoever runs it, wherever.
load ../helper

packs() { cd "$root/examples" && ls -d */ | tr -d /; }

# compare COMMAND...: every example under it
compare() {
	local pack
	for pack in $(packs); do
		run "$@" bash "$root/examples/$pack/run.sh"
		status_is 0
		diff -u --label "$pack/expected.txt" --label output "$root/examples/$pack/expected.txt" <(printf '%s\n' "$output")
	done
}

@test "every pack has a run that can be executed, and what it prints" {
	local pack
	for pack in $(packs); do
		[[ -f $root/examples/$pack/policy.yaml && -x $root/examples/$pack/run.sh && -s $root/examples/$pack/expected.txt ]]
	done
}

@test "the examples run as written down; a form comes to the same, read or appended document by document" {
	# what an example has made is thrown away at its end: kept here
	export kept=$PWD/kept
	mkdir "$kept"
	rm() {
		[[ $# != 2 || ! ${work-} || $2 != "$work" ]] || cp -a "$work" "$kept/"
		command rm "$@"
	}
	export -f rm
	compare env
	unset -f rm
	find kept -path '*/tickets/*.yaml' -o -path '*/customers/*.yaml' >forms
	[[ $(wc -l <forms) -gt 40 ]]
	run fold-forms <forms
	echo "$output"
	[[ $status == 0 && $output == "$(wc -l <forms) forms, "* ]]
}

@test "whatever zone, terminal, language, folder and user name surround them" {
	mkdir 'a folder'
	cd 'a folder'
	compare env TZ=America/New_York COLUMNS=40 LANG=C LC_ALL=C TMPDIR="$PWD" USER=nobody LOGNAME=nobody KEFU_LEDGER=/nonexistent \
		GIT_AUTHOR_DATE='2001-01-01 00:00' GIT_DIR=/nonexistent
	[[ -z $(ls -A) ]]
}

@test "another login runs them to the same words" {
	[[ $(id -u) == 0 ]] || skip 'changing the user needs root'
	public=$(mktemp -d /tmp/kefu-public.XXXXXX)
	chmod 755 "$public"
	cp -r "$root/examples" "$root/schemas" "$root/calendar" "$root/released" "$public/"
	mkdir -p "$public/build/bin" && cp "$build"/bin/* "$public/build/bin/" && chmod -R a+rX "$public"
	# shellcheck disable=SC2030
	(root=$public && compare setpriv --reuid nobody --regid "$(id -g nobody)" --clear-groups \
		env KEFU_BUILD="$public/build" KEFU_DATA="$public" TMPDIR=/tmp)
}

teardown() {
	[[ ! ${public-} ]] || rm -rf "$public"
}

@test "every clause a pack states has a test" {
	run "$root/tests/rules.py"
	echo "$output"
	[[ $output == *$'\nstated without a test: none\n'* ]]
}

@test "the page of a pack names every role and kind of its rules, no others, and only clauses that they state" {
	run -0 python3 - "$root" <<-'END'
		import pathlib, re, sys, yaml
		for page in sorted(pathlib.Path(sys.argv[1]).glob("examples/*/README.md")):
		    pack, text = yaml.safe_load((page.parent / "policy.yaml").read_text("utf-8")), page.read_text("utf-8")
		    roles = re.findall(r"`([a-z-]+)`", text.split("## For whom")[1].split("## Which matters")[0])
		    kinds = re.findall(r"`([a-z-]+)`", text.split("## Which matters")[1].split("## What it owes")[0])
		    for what, named, given in (("roles", roles, {r["role"] for r in pack["roles"]}), ("kinds", kinds, {k["kind"] for k in pack["kinds"]})):
		        if set(named) != given:
		            print(f"{page.parent.name}: {what}: {sorted(set(named) ^ given)}")
		    clauses = set(re.findall(r"H\d[A-Z0-9.]*-\d+[a-z]?", (page.parent / "policy.yaml").read_text("utf-8")))
		    stated = clauses | {re.sub(r"[a-z]$", "", clause) for clause in clauses}
		    print(*(f"{page.parent.name}: no rule states {c}" for c in sorted(set(re.findall(r"H\d\.[A-Z0-9.]+-\d+", text)) - stated)), sep="\n", end="")
	END
	output_is ''
}
