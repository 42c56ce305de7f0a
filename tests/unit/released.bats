#!/usr/bin/env bats
# What released versions shipped is kept, and nothing that is shipped changes without a new number. By this ledger-upgrade
# tells what an organisation has edited.
load ../helper

# shipped [TREE]: digest and path of what a tree ships, as in a release
shipped() {
	local file path
	cd "${1:-$root}" || return
	for file in $(find schemas -name '*.yaml') calendar/cn.yaml examples/*/policy.yaml; do
		path=$file
		[[ $file != calendar/* ]] || path=policy/calendar.yaml
		[[ $file != examples/* ]] || path=policy/$(basename "${file%/policy.yaml}").yaml
		printf '%s  %s\n' "$(sha256sum <"$file" | cut -d ' ' -f 1)" "$path"
	done | sort
}

# numbered [TREE]: whether the tree ships what its number says
numbered() {
	local tree=${1:-$root} version latest
	version=$(<"$tree/VERSION")
	latest=$(basename -s .sha256 "$tree"/released/*.sha256 | sort -V | tail -n 1)
	if [[ -e $tree/released/$version.sha256 ]]; then
		diff <(sort "$tree/released/$version.sha256") <(shipped "$tree") ||
			{ echo "what $version shipped has changed: give VERSION the number of the next one"; return 1; }
	else
		[[ $(printf '%s\n' "$version" "$latest" | sort -V | tail -n 1) == "$version" ]] ||
			{ echo "VERSION is $version, but $latest is released"; return 1; }
	fi
}

@test "every text of every release is there, and is what its digest says" {
	local manifest digest path
	for manifest in "$root"/released/*.sha256; do
		while read -r digest path; do
			[[ $(sha256sum <"$root/released/text/$digest.yaml") == "$digest "* ]] || { echo "$manifest: $path"; return 1; }
		done <"$manifest"
	done
	# and no other
	diff <(cut -d ' ' -f 1 "$root"/released/*.sha256 | sort -u) <(basename -s .yaml "$root"/released/text/* | sort)
}

@test "what this version ships is what it shipped when it was released, or its number is new" {
	numbered
}

@test "a release keeps what is shipped; then a change needs a number of its own" {
	cp -r "$root"/{Makefile,schemas,calendar,examples,released} .
	echo 7.0.0 >VERSION
	numbered .
	make -s release
	diff <(sort released/7.0.0.sha256) <(shipped .)
	numbered .
	run make -s release
	status_is 2
	[[ $output == *'released/7.0.0.sha256 is there already: raise VERSION'* ]]
	echo '# changed' >>examples/garden/policy.yaml
	run numbered .
	status_is 1
	[[ $output == *'what 7.0.0 shipped has changed: give VERSION the number of the next one' ]]
	echo 6.9.0 >VERSION
	run numbered .
	output_is 'VERSION is 6.9.0, but 7.0.0 is released'
	echo 7.0.1 >VERSION
	numbered .
}
