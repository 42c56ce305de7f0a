#!/usr/bin/env bats
# ledger-check and git: what was committed still stands, as it was; and what git says when it cannot be asked.
load ../helper
load desk

setup_file() {
	cd "$BATS_FILE_TMPDIR"
	export HOME=$PWD
	git init -q -b main books
	copy_of_ledger "$PWD/desk" desk_ledger
	cp -a desk/. books && cd books
	ledger-init -q --site YL
	at '04 10:00' customer-log opened 3-1201 --name 王女士
	git add -A && git commit -qm begin
}

setup() {
	test_begins || return
	cp -a "$BATS_FILE_TMPDIR/books" books && cd books
	git update-index -q --refresh
	head=$(git rev-parse --short=12 HEAD)
	folder=tickets/2026/11
	one=$folder/YL261102001.yaml five=$folder/YL261102005.yaml seven=$folder/YL261102007.yaml
}

check() {
	run --separate-stderr ledger-check -q --now '2026-11-20 12:00' "$@"
}

# history_says STATUS 'NAME FILE[:LINE] TEXT'...: exactly these problems of what was committed, and maybe others; with and
# without --since
history_says() {
	local wanted=$1 since
	shift
	for since in '' "--since HEAD"; do
		# shellcheck disable=SC2086
		check $since --format tsv --no-header
		errors_are ''
		status_is "$wanted"
		diff -u --label expected --label "found $since" <(printf '%s\n' "$@") <(
			grep -E '^(gone|changed|history|merge-driver)' <<<"$output" | cut -f 1-3,5 | sed 's/\t\\N\t/\t/; s/\t/ /; s/\t\([0-9]*\)\t/:\1 /; s/\t/ /')
	done
}

# refuses STATUS MESSAGE OPTION...: ledger-check, and nothing else is said
refuses() {
	local wanted=$1 message=$2
	shift 2
	refused "$wanted" "$message" ledger-check -q --now '2026-11-20 12:00' "$@"
}

change() {
	perl -0pi -e "$2" "$1"
}

@test "what stands as it was committed, and what was added to it, is well" {
	check
	status_is 0
	output_is ''
	check --since HEAD
	status_is 0
	output_is ''
	at '05 09:00' ticket-log YL261102004 started -t 到场
	at '05 09:10' ticket-open -k complaint -u 3-1301 -t 新的
	at '05 09:20' staff-log joined wu --name 吴 --role worker
	for since in '' --since=HEAD; do
		check $since
		errors_are ''
		output_is ''
		status_is 0
	done
}

@test "the last documents of a form" {
	change $one 's/---\nevent: callback\n.*//s'
	history_says 1 "gone-document $one YL261102001#5 (callback) is gone: it was committed in $head"
}

@test "a whole ticket, a customer's file, a register: each with its numbers" {
	rm $one customers/3/3-1201.yaml $seven
	history_says 1 "gone-form customers/3/3-1201.yaml 3-1201 is gone, with #1: it was committed in $head" \
		"gone-form $one YL261102001 is gone, with #1 to #5: it was committed in $head" \
		"gone-form $seven YL261102007 is gone, with #1 to #2: it was committed in $head"
	rm staff.yaml
	check --format tsv --no-header
	[[ $output == *"gone-form	staff.yaml	"*"staff.yaml is gone, with #1 to #7: it was committed in $head"* ]]
}

@test "a day's folder" {
	rm -r tickets
	history_says 1 "gone-form $folder/YL261102001.yaml YL261102001 is gone, with #1 to #5: it was committed in $head" \
		"gone-form $folder/YL261102002.yaml YL261102002 is gone, with #1 to #2: it was committed in $head" \
		"gone-form $folder/YL261102003.yaml YL261102003 is gone, with #1: it was committed in $head" \
		"gone-form $folder/YL261102004.yaml YL261102004 is gone, with #1 to #2: it was committed in $head" \
		"gone-form $folder/YL261102005.yaml YL261102005 is gone, with #1 to #3: it was committed in $head" \
		"gone-form $folder/YL261102006.yaml YL261102006 is gone, with #1 to #4: it was committed in $head" \
		"gone-form $folder/YL261102007.yaml YL261102007 is gone, with #1 to #2: it was committed in $head" \
		"gone-form $folder/YL261103001.yaml YL261103001 is gone, with #1: it was committed in $head"
	# and by name, although it is not there
	check --format tsv --no-header YL261102003
	status_is 1
	[[ ${#lines[@]} == 1 && $output == gone-form$'\t'$folder/YL261102003.yaml$'\t'* ]]
	check --format tsv --no-header tickets/2026
	[[ $(grep -c ^gone-form <<<"$output") == 8 ]]
	refuses 2 'ledger-check: there is no YL261102099' YL261102099
}

@test "an answer turned round, who acted, a role raised: the line, what was committed and what is there now" {
	sed -i 's/^answer: unsatisfied$/answer: satisfied/' $one
	sed -i '0,/^by: .*/s//by: lihua/' $five
	sed -i 's/^  - worker$/  - manager/' staff.yaml
	history_says 1 "changed-document staff.yaml:35 staff.yaml#3: committed in $head as \"  - worker\", now it is \"  - manager\"" \
		"changed-document staff.yaml:70 staff.yaml#6: committed in $head as \"  - worker\", now it is \"  - manager\"" \
		"changed-document $one:$(grep -n ^answer: $one | cut -d: -f1) YL261102001#5: committed in $head as \"answer: unsatisfied\", now it is \"answer: satisfied\"" \
		"changed-document $five:7 YL261102005#1: committed in $head as \"by: $(id -un)\", now it is \"by: lihua\""
}

@test "a form that was moved, or renamed" {
	mkdir -p tickets/2026/12 && mv $seven tickets/2026/12
	mv $one $folder/YL261102091.yaml
	history_says 1 "gone-form $one YL261102001 is gone, with #1 to #5: it was committed in $head" \
		"gone-form $seven YL261102007 is gone, with #1 to #2: it was committed in $head"
}

@test "the same bytes are asked for, whatever git's index says of the file" {
	git update-index --assume-unchanged $one
	git update-index --skip-worktree $five
	sed -i 's/^answer: unsatisfied$/answer: satisfied/' $one
	rm $five
	[[ -z $(git status --short) ]]
	history_says 1 "changed-document $one:$(grep -n ^answer: $one | cut -d: -f1) YL261102001#5: committed in $head as \"answer: unsatisfied\", now it is \"answer: satisfied\"" \
		"gone-form $five YL261102005 is gone, with #1 to #3: it was committed in $head"
	# as large, and as old
	git update-index --no-assume-unchanged $one && git update-index --no-skip-worktree $five
	git checkout -q . && git update-index -q --refresh
	touch -r $one stamp
	sed -i 's/^answer: unsatisfied$/answer: un5atisfied/' $one
	touch -r stamp $one && rm stamp
	check --since HEAD --format tsv --no-header
	status_is 1
	[[ $output == *changed-document$'\t'$one$'\t'* ]]
}

@test "what was staged is no better than what was not" {
	rm $seven
	sed -i 's/^answer: unsatisfied$/answer: satisfied/' $one
	git add -A
	history_says 1 "changed-document $one:$(grep -n ^answer: $one | cut -d: -f1) YL261102001#5: committed in $head as \"answer: unsatisfied\", now it is \"answer: satisfied\"" \
		"gone-form $seven YL261102007 is gone, with #1 to #2: it was committed in $head"
}

@test "what a later commit took away is found since an earlier one, and what came and went between them" {
	local came
	at '05 09:00' ticket-open -k complaint -u 3-1301 -t 新的
	git add -A && git commit -qm 'a new one' && came=$(git rev-parse --short=12 HEAD)
	rm $seven $folder/YL261105001.yaml
	change $one 's/---\nevent: callback\n.*//s'
	git commit -qam 'less of it'
	touch $one # as if it had been written in the moment of the commit: its content tells
	check --since HEAD
	status_is 0
	output_is ''
	check --since HEAD~2 --format tsv --no-header
	status_is 1
	# (the missing numbers are named besides)
	diff -u <(cut -f 1,2,5 <<<"$output" | grep -v ^missing) - <<-END
	gone-document	$one	YL261102001#5 (callback) is gone: it was committed in $head
	gone-form	$seven	YL261102007 is gone, with #1 to #2: it was committed in $head
	gone-form	$folder/YL261105001.yaml	YL261105001 is gone, with #1: it was committed in $came
	END
}

@test "--audit: what was ever committed, and all other checks besides, in one command" {
	local came
	check --audit
	status_is 0
	output_is ''
	at '05 09:00' ticket-open -k complaint -u 3-1301 -t 新的
	git add -A && git commit -qm 'a new one' && came=$(git rev-parse --short=12 HEAD)
	rm $folder/YL261105001.yaml
	change $one 's/---\nevent: callback\n.*//s'
	git commit -qam 'less of it'
	at '06 09:00' ticket-open -k complaint -u 3-1301 -t 又一张
	git add -A && git commit -qm 'and more'
	echo x >$folder/notes.txt
	git add -A && git commit -qm 'what is no form'
	check --since HEAD # asks nothing else
	status_is 0
	output_is ''
	check --audit --format tsv --no-header
	status_is 1
	diff -u <(cut -f 1,2,5 <<<"$output") - <<-END
	missing-seq	$one	given here, and gone: #5 is missing: record why with \`ledger-log lost YL261102001#5 -r REASON\`
	gone-document	$one	YL261102001#5 (callback) is gone: it was committed in $head
	dangling-reference	$folder/YL261103001.yaml	YL261102001 has no #5
	missing-number	$folder/YL261105001.yaml	YL261105001 is missing: record why with \`ledger-log lost YL261105001 -r REASON\`
	gone-form	$folder/YL261105001.yaml	YL261105001 is gone, with #1: it was committed in $came
	stray-file	$folder/notes.txt	is not named *.yaml
	END
	# since the last audit, and all other checks
	check --audit --since HEAD --format tsv --no-header
	[[ $output == *stray-file*notes.txt* && $output != *gone-* ]]
	check --audit --since "$came" --format tsv --no-header
	[[ $output == *gone-form*"$came"* && $output == *stray-file* ]]
	check --audit --format tsv --no-header $one
	[[ $output == *gone-document$'\t'$one$'\t'* && $output != *"$folder/YL261105001"* ]]
}

# Both this clone and another add to a ticket; the branch `other` is theirs.
two_sides() {
	cp -a . ../east
	at '05 09:00' ticket-log YL261102004 started -t 永乐去了
	git commit -qam ours
	(cd ../east && at '05 09:05' ticket-log YL261102004 told --set to=lihua -t 已通知 && git commit -qam theirs)
	git fetch -q ../east main:other
}

@test "a merge that dropped a side is found by itself, and later by a revision before it" {
	local dropped told
	two_sides
	dropped=$(git rev-parse --short=12 other)
	told="gone-document	$folder/YL261102004.yaml	\N	\N	YL261102004#3 (told) is gone: it was committed in $dropped	\N"
	git merge -qm 'ours is right' -s ours other
	check --format tsv --no-header
	status_is 1
	output_is "$told"
	check --since HEAD --format tsv --no-header
	output_is "$told"
	# who went on without a look finds it all the same
	at '05 09:10' ticket-open -k complaint -u 3-1301 -t 新的
	git add -A && git commit -qm 'and on'
	check --format tsv --no-header
	output_is "$told"
	check --since HEAD
	status_is 0
	# until the next merge, or with a revision before it
	git checkout -qb aside HEAD~1 && git commit -q --allow-empty -m aside && git checkout -q main && git merge -qm again aside
	check
	status_is 0
	check --since "$head" --format tsv --no-header
	status_is 1
	output_is "$told"
}

@test "a merge that is not committed yet: what it would drop is named before" {
	two_sides
	git merge -q --no-commit -s ours other
	check --format tsv --no-header
	status_is 1
	[[ ${#lines[@]} == 1 && $output == *"YL261102004#3 (told) is gone: it was committed in $(git rev-parse --short=12 other)"* ]]
}

@test "a revision that is none, a ledger without commits, without git, with the last commits only: one line" {
	refuses 2 'ledger-check: --since: there is no commit nowhere here' --since nowhere
	refuses 2 'ledger-check: --since: there is no commit HEAD:staff.yaml here' --since HEAD:staff.yaml
	refuses 2 'ledger-check: --since: there is no commit HEAD..HEAD here' --since HEAD..HEAD
	refuses 2 'ledger-check: --since: "--output=x" is no revision (see gitrevisions(7))' --since --output=x
	refuses 2 'ledger-check: --since: "" is no revision (see gitrevisions(7))' --since ''
	check --since $'no\ewhere'
	status_is 2
	[[ $stderr == 'ledger-check: --since: there is no commit no\x1bwhere here' ]]
	git clone -q --depth 1 "file://$PWD" ../shallow
	run --separate-stderr ledger-check -q -C ../shallow --now '2026-11-20 12:00' --since "$(git rev-list --max-parents=0 HEAD)~1"
	status_is 2
	[[ $stderr == *'here: this clone has only the last commits, unless you run git fetch --unshallow' ]]
	prints '' ledger-check -q -C ../shallow --now '2026-11-20 12:00'
	refused 2 'ledger-check: --audit: this clone has only the last commits, unless you run git fetch --unshallow' \
		ledger-check -q -C ../shallow --now '2026-11-20 12:00' --audit
	rm -rf .git
	refuses 2 "ledger-check: --audit: the ledger $PWD lies in no git tree" --audit
	refuses 2 "ledger-check: --since: the ledger $PWD lies in no git tree" --since HEAD
	prints '' ledger-check -q --now '2026-11-20 12:00'
	git init -q -b main && ledger-init -q --site YL
	refuses 2 'ledger-check: --since: there is no commit HEAD here: nothing is committed yet' --since HEAD
	refuses 2 'ledger-check: --audit: nothing is committed yet' --audit
	prints '' ledger-check -q --now '2026-11-20 12:00'
}

@test "a branch that is gone is no repository without commits" {
	git branch kept
	rm .git/refs/heads/main $seven
	check --format tsv --no-header
	status_is 4
	[[ $output == *$'history\t.git\t\\N\t\\N\tnothing is committed on the branch that HEAD names, but on others: compare with --since BRANCH\t\\N'* ]]
	check --since kept --format tsv --no-header
	[[ $output == *gone-form$'\t'$seven$'\t'* ]]
}

@test "a ledger in a folder of a repository, in another work tree, by SHA-256" {
	local where
	mkdir ../whole && git init -q -b main ../whole && cp -a . ../whole/'the desk' && cd ../whole && rm -rf 'the desk/.git'
	git add -A && git commit -qm begin
	git worktree add -q ../tree
	git init -q -b main --object-format=sha256 ../sha256 && cp -a 'the desk' ../sha256
	git -C ../sha256 add -A && git -C ../sha256 commit -qm begin
	for where in "$PWD/the desk" "$PWD/../tree/the desk" "$PWD/../sha256/the desk"; do
		cd "$where"
		head=$(git rev-parse --short=12 HEAD)
		check --since HEAD
		output_is ''
		rm $seven
		sed -i 's/^answer: unsatisfied$/answer: satisfied/' $one
		history_says 1 "changed-document $one:$(grep -n ^answer: $one | cut -d: -f1) YL261102001#5: committed in $head as \"answer: unsatisfied\", now it is \"answer: satisfied\"" \
			"gone-form $seven YL261102007 is gone, with #1 to #2: it was committed in $head"
	done
}

@test "a ledger whose folder was renamed has no past there: said, not passed over" {
	cd ..
	git init -q -b main company && mkdir company/desk && rm -rf books/.git && cp -a books/. company/desk && cd company
	git add -A && git commit -qm begin
	git mv desk dasb && sed -i 's/^answer: unsatisfied$/answer: satisfied/' dasb/$one && git add -A && git commit -qm tidy
	cd dasb
	refuses 2 'ledger-check: --since: in HEAD~1 this folder held no ledger, but desk did, which is gone: move it back there, then compare' --since HEAD~1
	refuses 2 "ledger-check: --audit: in $(git rev-parse --short=12 HEAD~1) this folder held no ledger, but desk did, which is gone: move it back there, then compare" --audit
	# one that was founded later than the revision had none
	cd .. && cp -a dasb other && git add -A && git commit -qm 'another desk' && git mv dasb desk && git commit -qm back && cd other
	check --since HEAD~2
	errors_are 'ledger-check: --since: in HEAD~2 this folder held no ledger, but dasb did, which is gone: move it back there, then compare'
	cd ../desk
	check --since HEAD~3
	[[ $output == *changed-document*"$one"* ]]
	check --audit
	[[ $output == *changed-document*"$one"* ]]
}

@test "a repository that says it has no work tree" {
	git config core.bare true
	rm $seven
	check --format tsv --no-header
	status_is 1
	[[ $output == *gone-form$'\t'$seven$'\t'* ]]
}

@test "nothing that a repository's configuration, attributes and hooks name is run" {
	local run="touch $BATS_TEST_TMPDIR/canary; cat" hook
	git config core.fsmonitor "$run"
	git config filter.bad.clean "$run" && git config filter.bad.smudge "$run" && git config filter.bad.process "$run"
	git config diff.external "$run" && git config diff.bad.command "$run" && git config diff.bad.textconv "$run"
	git config core.pager "$run" && git config core.editor "$run" && git config core.sshCommand "$run" && git config pager.ls-tree "$run"
	git config alias.ls-tree "!$run" && git config alias.rev-parse "!$run" && git config gpg.program "$run" && git config log.showSignature true
	git config core.alternateRefsCommand "$run" && git config credential.helper "!$run" && git config merge.kefu.driver "$run"
	git config remote.origin.url "ext::sh -c 'touch $BATS_TEST_TMPDIR/canary'" && git config protocol.ext.allow always
	git config remote.origin.promisor true && git config extensions.partialClone origin && git config core.repositoryFormatVersion 1
	for hook in post-index-change pre-commit post-checkout reference-transaction fsmonitor-watchman; do
		printf '#!/bin/sh\ntouch %s\n' "$BATS_TEST_TMPDIR/canary" >".git/hooks/$hook"
		chmod +x ".git/hooks/$hook"
	done
	echo '*.yaml filter=bad diff=bad' >.git/info/attributes
	sed -i 's/^answer: unsatisfied$/answer: satisfied/' $one
	touch $five # as if changed, to git
	# what is missing here would be fetched
	rm ".git/objects/$(git rev-parse HEAD:$seven | sed 's|^..|&/|')"
	rm -f $seven "$BATS_TEST_TMPDIR/canary"
	check --format tsv --no-header
	[[ ! -e $BATS_TEST_TMPDIR/canary ]]
	status_is 4
	[[ $output == *"changed-document	$one	"* && $output == *"history	$seven	"*"git does not give back what was committed in $head: git fsck says more"* ]]
	check --since HEAD --format tsv --no-header
	[[ ! -e $BATS_TEST_TMPDIR/canary ]]
	[[ $output == *"changed-document	$one	"* ]]
}

@test "what the environment says of git is not believed" {
	git init -q ../elsewhere
	rm $seven
	for setting in "GIT_DIR=$PWD/../elsewhere/.git" "GIT_WORK_TREE=$PWD/../elsewhere" "GIT_INDEX_FILE=$PWD/../none" GIT_CONFIG_COUNT=x \
		"GIT_OBJECT_DIRECTORY=$PWD/../none" "GIT_CONFIG_PARAMETERS='core.bare'='true'" "GIT_CEILING_DIRECTORIES=$PWD" "GIT_EXTERNAL_DIFF=touch $HOME/canary" \
		GIT_NAMESPACE=x "GIT_TRACE=$HOME/trace" LC_ALL=zh_CN.UTF-8; do
		run --separate-stderr env "$setting" ledger-check -q --now '2026-11-20 12:00' --since HEAD --format tsv --no-header
		[[ $status == 1 && $output == gone-form$'\t'$seven$'\t'* ]] || { echo "$setting: $status $output $stderr"; return 1; }
	done
	[[ ! -e ~/canary && ! -e ~/trace ]]
}

@test "objects that are to stand for others, and parents that are none, hide nothing" {
	local other
	rm $seven
	git commit -qam 'less of it'
	other=$(git rev-parse HEAD)
	git replace "$(git rev-parse HEAD~1)" "$other"
	echo "$other" >.git/info/grafts
	check --since "$head" --format tsv --no-header
	status_is 1
	[[ $output == gone-form$'\t'$seven$'\t'* ]]
	# a graft cuts off the commits between, in which something came and went
	: >.git/info/grafts
	git replace -d "$(git rev-parse "$head")" >/dev/null
	cp $one ${one/02001/02099} && sed -i 's/YL261102001/YL261102099/' ${one/02001/02099}
	git add -A && git commit -qm came && git rm -q ${one/02001/02099} && git commit -qm went
	git rev-parse HEAD >.git/info/grafts
	check --since "$head" --format tsv --no-header
	[[ $output == *gone-form$'\t'"${one/02001/02099}"$'\t'* ]]
}

@test "a repository of somebody else is named, not passed over" {
	[[ $(id -u) == 0 ]] || skip 'only root gives files away'
	chown -R 12345 .
	check --format tsv --no-header
	status_is 4
	[[ ${#lines[@]} == 1 && $output == "history	.git	"*"git reads no repository of somebody else: run this as the owner of $PWD, or if you trust them: git config --global --add safe.directory '$PWD'"* ]]
	refuses 5 "ledger-check: git reads no repository of somebody else: run this as the owner of $PWD, or if you trust them: git config --global --add safe.directory '$PWD'" --since HEAD
	git config --global --add safe.directory "$PWD"
	check --format tsv --no-header
	output_is ''
}

@test "without git, a ledger in a git tree says what it cannot compare" {
	mkdir ../bin && ln -s "$build/bin/ledger-check" ../bin
	run --separate-stderr env PATH="$PWD/../bin" ledger-check -q --now '2026-11-20 12:00' --format tsv --no-header
	status_is 4
	output_is $'history\t.git\t\\N\t\\N\tgit is not installed, or not in PATH\t\\N'
}

@test "a repository that is damaged is named; the files are checked all the same" {
	rm -rf .git/objects/??
	sed -i 's/^by: lihua$/by: nobody/' $one
	check --format tsv --no-header
	status_is 4
	[[ $output == *"history	.git	"* && $output == *"unknown-person	$one	"* ]]
}

@test "what was committed damaged and mended since is judged by what could be read of it" {
	sed -i 's/^event: callback$/<<<<<<< ours\nevent: callback\n=======\nevent: callback\n>>>>>>> theirs/' $one
	git commit -qam 'a conflict' && head=$(git rev-parse --short=12 HEAD)
	git checkout -q HEAD~1 -- $one
	check --since HEAD
	output_is ''
	change $one 's/---\nevent: started\n.*?\n\.\.\.\n//s'
	check --since HEAD --format tsv --no-header
	[[ $output == *"gone-document	$one	"*"YL261102001#3 (started) is gone: it was committed in $head"* ]]
}

@test "a questionnaire, which is no file of documents, is not changed either" {
	mkdir -p surveys/2026 && echo 'title: a' >surveys/2026/questionnaire.yaml
	git add -A && git commit -qm 'a survey' && head=$(git rev-parse --short=12 HEAD)
	echo 'title: b' >surveys/2026/questionnaire.yaml
	check --since HEAD --format tsv --no-header
	[[ $output == *"changed-document	surveys/2026/questionnaire.yaml	"*"it is not as it was committed in $head"* ]]
	rm surveys/2026/questionnaire.yaml
	check --since HEAD --format tsv --no-header
	[[ $output == "gone-form	surveys/2026/questionnaire.yaml	"*"surveys/2026/questionnaire.yaml is gone: it was committed in $head"* ]]
}
