#!/usr/bin/env bats
# ledger-init: a new ledger, or a clone of one.
load ../helper

init() { ledger-init --pack resident-centre --site YL --person keeper --test --now '2026-11-20 09:00' "$@"; }

version=$(<"$root/VERSION")

# unfilled_said: what stderr says besides how many duties nobody can fulfil yet, which is its last line
unfilled_said() {
	[[ $(tail -n 1 <<<"$stderr") =~ ^'ledger-init: '[1-9][0-9]*' duties nobody here can fulfil: policy-list --unfilled lists them'$ ]] || echo missing
	sed '$d' <<<"$stderr"
}

# nothing_made STATUS MESSAGE COMMAND...: as refused, and the folder stays empty
nothing_made() { refused "$@" && [[ -z $(ls -A) ]]; }

# in a folder of its own, empty
empty() { mkdir empty && cd empty || return; }

@test "a new ledger: header, rules, schemas, staff, git's files, this clone's code; everything commits" {
	git init -q
	prints '' init -q --name 阳光花园 --pack service-rules
	diff - kefu.yaml <<-END
		format: 1
		name: 阳光花园
		zone: Asia/Shanghai
		test: true
		sites:
		  - YL
		packs:
		  - resident-centre
		  - service-rules
		versions:
		  schemas: "$version"
		  calendar: "$version"
		  resident-centre: "$version"
		  service-rules: "$version"
	END
	diff - staff.yaml <<-END
		---
		event: joined
		seq: 1
		site: YL
		at: "2026-11-20T09:00:00+08:00"
		by: keeper
		person: keeper
		name: keeper
		login: $(id -un)
		nature: person
		roles:
		  - administrator
		...
	END
	[[ $(<.kefu/site) == YL && ! -e .kefu/begun ]]
	diff "$root/examples/resident-centre/policy.yaml" policy/resident-centre.yaml
	diff "$root/calendar/cn.yaml" policy/calendar.yaml
	diff -r "$root/schemas" schemas
	[[ $(git config merge.kefu.driver) == *ledger-merge* && $(git check-attr merge tickets/2026/11/x.yaml) == *': kefu' ]]
	git add -A && git commit -qm ledger
	[[ -z $(git status --porcelain) && -z $(git ls-files .kefu) ]]
	prints '' ledger-check -q --now '2026-11-20 10:00'
	prints 'YL261120001' ticket-open -q --now '2026-11-20 10:00' -k inquiry -u 3 -n 王 x
}

@test "made in a folder that is named, or here; found from below, by -C and by \$KEFU_LEDGER" {
	run --separate-stderr init desk/books
	status_is 5
	errors_are 'ledger-init: desk/books: No such file or directory'
	mkdir desk
	run --separate-stderr init desk/books
	status_is 0
	output_is ''
	stderr=$(unfilled_said) errors_are 'ledger-init: git has no merge driver for this ledger: there is no git tree here; after git init run ledger-init --site YL desk/books'
	mkdir -p desk/books/deep/er
	cd desk/books/deep/er
	prints 'keeper' columns person staff-list --now '2026-11-20 10:00' --format csv
	cd "$BATS_TEST_TMPDIR"
	prints 'keeper' columns person staff-list -C desk/books/deep --now '2026-11-20 10:00' --format csv
	KEFU_LEDGER=desk/books prints 'keeper' columns person staff-list --now '2026-11-20 10:00' --format csv
	KEFU_LEDGER=/nonexistent prints 'keeper' columns person staff-list -C desk/books --now '2026-11-20 10:00' --format csv
}

@test "without --person the login is the id" {
	ledger-init --pack resident-centre --site YL
	prints "$(id -un)" columns person staff-list --format csv
	[[ $(<staff.yaml) != *login:* && $(<kefu.yaml) != *test:* ]]
}

@test "what is missing or wrong is said, and nothing is made" {
	empty
	nothing_made 2 'ledger-init: give this clone'\''s site code: --site CODE' ledger-init --pack resident-centre
	nothing_made 2 'ledger-init: a new ledger needs rules: --pack NAME (ledger-init --packs lists them) or a file' ledger-init --site YL
	local site
	for site in yl Y YLQZX Y1 阳; do
		nothing_made 2 'ledger-init: --site: a site code is two to four capital letters, like YL' ledger-init --pack resident-centre --site "$site"
	done
	run --separate-stderr ledger-init --pack nosuch --site YL
	status_is 2
	[[ $stderr == 'ledger-init: --pack: there is no pack nosuch (there are: '*resident-centre*')' && -z $(ls -A) ]]
	nothing_made 2 'ledger-init: --pack: ./nosuch.yaml is not there' ledger-init --pack ./nosuch.yaml --site YL
	run --separate-stderr ledger-init --pack resident-centre --site YL --zone Asia/Shangai
	status_is 2
	[[ $stderr == 'ledger-init: '*Asia/Shangai* && -z $(ls -A) ]]
	nothing_made 3 'ledger-init: by: "王" does not match the pattern ^[a-z_][a-z0-9_.-]*$' ledger-init --pack resident-centre --site YL --person 王
}

@test "a pack with a mistake, and packs that contradict each other, make no ledger" {
	empty
	printf 'pack: own\ntitle: t\nsource: s\nsteps:\n  - {step: finished, by: [boss], clause: o-1}\n' >../own.yaml
	nothing_made 4 'ledger-init: ../own.yaml:5:27: "boss" is not a role of these packs (allowed: none) [o-1]' ledger-init --pack ../own.yaml --site YL
	printf 'title: t\n' >../own.yaml
	nothing_made 4 'ledger-init: ../own.yaml does not say which pack it is (pack: NAME)' ledger-init --pack ../own.yaml --site YL
	printf 'pack: own\ntitle: t\nsource: s\nsteps:\n  - {step: slip-issued, kind: repair, by: [worker], after: [assigned], clause: o-1}\n' >../own.yaml
	run --separate-stderr ledger-init --pack resident-centre --pack ../own.yaml --site YL
	status_is 4
	[[ $stderr == 'ledger-init: ../own.yaml:5:'*': by: no role may record slip-issued: policy/resident-centre.yaml:'*' allows other roles [o-1]' ]]
}

@test "a pack cannot have the name of another file of rules" {
	empty
	local name
	for name in calendar calendar-own schemas; do
		run --separate-stderr ledger-init --pack $name --site YL
		status_is 2
		[[ $stderr == "ledger-init: --pack: there is no pack $name "* && -z $(ls -A) ]]
		printf 'pack: %s\ntitle: t\nsource: s\n' $name >../own.yaml
		nothing_made 4 "ledger-init: ../own.yaml: a pack cannot be called $name, as other files are" ledger-init --pack ../own.yaml --site YL
	done
}

@test "a dry run makes nothing" {
	empty
	run --separate-stderr init --dry-run
	status_is 0
	[[ -z $(ls -A) ]]
}

@test "what is there already is not touched" {
	empty
	init
	refused 3 'ledger-init: . is a ledger already' init
	mkdir ../other && cd ../other && echo precious >staff.yaml
	mkdir .kefu
	refused 3 'ledger-init: staff.yaml exists already: make the ledger in a folder of its own' init
	rm staff.yaml
	printf '*.bak' >.gitignore
	init
	[[ $(<.gitignore) == $'*.bak\n/.kefu/\n'* ]]
}

@test "a clone gets a code of its own, which is new in the header" {
	git init -q main && init main
	cd main && git add -A && git commit -qm ledger
	git clone -q . ../clone && cd ../clone
	refused 3 'ticket-open: this clone has no site code yet: run `ledger-init --site CODE` in it, with a code no other clone uses' \
		ticket-open --now '2026-11-20 10:00' -k inquiry x
	run --separate-stderr ledger-init --site QZ
	status_is 0
	output_is ''
	errors_are 'ledger-init: QZ is new in kefu.yaml: commit it, so that no other clone takes it'
	[[ $(<.kefu/site) == QZ && $(git diff --stat) == *kefu.yaml* && $(git config merge.kefu.driver) == *ledger-merge* ]]
	[[ $(<kefu.yaml) == *$'\nsites:\n  - YL\n  - QZ\n'* ]]
	prints 'QZ261120001' ticket-open -q --now '2026-11-20 10:00' -k inquiry x
	# once more is no change; another code is refused
	prints '' ledger-init --site QZ
	run --separate-stderr ledger-init --site AB
	status_is 3
	[[ $(<.kefu/site) == QZ ]]
}

@test "a clone is not asked for what only a new ledger has, nor a new one for what only a clone has" {
	init
	local option
	for option in --name=x --zone=+08:00 --person=x --test; do
		refused 2 "ledger-init: ${option%=*}: . is a ledger already, and only a new one is asked for that" \
			ledger-init --site YL "$option"
	done
	refused 2 'ledger-init: --replace is for a clone, which has its packs already: leave out --pack' \
		ledger-init --site YL --pack mall --replace ../new
}

@test "a clone of a test ledger takes --now, as every command there; another does not" {
	init
	git init -q . && git add -A && git commit -qm begin && git clone -q . ../b
	run --separate-stderr ledger-init --site EB --now '2026-11-21 09:00' ../b
	status_is 0
	errors_are 'ledger-init: EB is new in kefu.yaml: commit it, so that no other clone takes it'
	[[ $(<../b/.kefu/site) == EB ]]
	refused 2 'ledger-init: --now: "2026-11-21" is not a time: the time of day is missing' ledger-init --site YL --now 2026-11-21
	ledger-init --pack resident-centre --site YL ../real
	refused 2 'ledger-init: --now is for ledgers marked `test: true` in kefu.yaml' ledger-init --site YL --now '2026-11-21 09:00' ../real
}

@test "killed at any write, it is taken up again" {
	local kind number
	${CC:-cc} -D_GNU_SOURCE -std=gnu17 -O1 -shared -fPIC -o "$BATS_TEST_TMPDIR/shim.so" "$root/tests/fault/shim.c" -ldl
	for kind in write rename syncfs fsync; do
		for number in 1 2; do
			rm -rf again && mkdir again && cd again
			run env LD_PRELOAD="$BATS_TEST_TMPDIR/shim.so" SHIM_ROOT="$PWD" SHIM_LOG="$BATS_TEST_TMPDIR/log" SHIM_DIE=$kind:$number \
				ASAN_OPTIONS="${ASAN_OPTIONS:+$ASAN_OPTIONS:}verify_asan_link_order=0" \
				ledger-init --pack resident-centre --site YL --person keeper --test --now '2026-11-20 09:00'
			[[ $status == 137 ]]
			prints '' init -q
			[[ ! -e .kefu/begun && -z $(find . -name '.*.tmp') ]]
			prints '' ledger-check -q --now '2026-11-20 10:00'
			cd ..
		done
	done
}

@test "a ledger of several logins: group-writable, setgid" {
	init --shared
	[[ -z $(find . -path ./.git -prune -o \( -type d -not -perm -2070 -o -type f -not -perm -060 \) -print) ]]
	umask 077
	ticket-open -q --now '2026-11-20 10:00' -k inquiry x
	[[ -z $(find tickets \( -type d -not -perm -2070 -o -type f -not -perm -060 \) -print) ]]
}

@test "git is told to merge by the ledger-merge beside this one, whatever was there before" {
	local tools="$BATS_TEST_TMPDIR/o'clock 100%A \"x\""
	mkdir "$tools" && cp "$build/bin/ledger-init" "$build/bin/ledger-merge" "$tools"
	git init -q && empty
	git config merge.kefu.driver 'ledger-merge %A %B %P' && git config --add merge.kefu.driver 'true'
	prints '' "$tools/ledger-init" -q --pack resident-centre --site YL --person keeper
	[[ $(git config --get-all merge.kefu.driver | wc -l) == 1 ]]
	[[ $(git config merge.kefu.driver) == "if test -x '$BATS_TEST_TMPDIR/o'\\''clock 100%%A \"x\"/ledger-merge'; then "* ]]
	prints '' ledger-check -q
	# what git runs does what it is to do, by that very path
	git add -A && git commit -qm begin && git checkout -qb other
	staff-log joined a --name A --role worker >/dev/null && git commit -qam a
	git checkout -q - && staff-log joined b --name B --role worker >/dev/null && git commit -qam b
	sed -i 's/^site: YL/site: EB/' staff.yaml && git commit -qam 'another site'
	run env -i PATH=/usr/bin:/bin HOME="$HOME" GIT_AUTHOR_NAME=x GIT_AUTHOR_EMAIL=x GIT_COMMITTER_NAME=x GIT_COMMITTER_EMAIL=x git merge -m both other
	[[ $status == 1 && $output == *'two different forms have this number'* ]]
}

@test "where git could not be told, that is said, with what to do; it is not the end of the world" {
	empty
	run --separate-stderr env PATH=/nonexistent "$build/bin/ledger-init" --pack resident-centre --site YL
	status_is 0
	stderr=$(unfilled_said) errors_are 'ledger-init: git has no merge driver for this ledger: there is no git tree here; after git init run ledger-init --site YL'
	git init -q
	run --separate-stderr env PATH=/nonexistent "$build/bin/ledger-init" --site YL
	status_is 0
	errors_are 'ledger-init: git has no merge driver for this ledger: git is not installed, or not in PATH; once that is mended, run ledger-init --site YL'
	: >.git/config.lock
	run --separate-stderr ledger-init --site YL
	status_is 0
	errors_are 'ledger-init: git has no merge driver for this ledger: git says: could not lock config file .git/config: File exists; once that is mended, run ledger-init --site YL'
	rm .git/config.lock
	prints '' ledger-init --site YL
	[[ $(git config merge.kefu.driver) == *ledger-merge* ]]
}

@test "git is told in the repository around the folder, whatever the environment says" {
	git init -q && git init -q ../elsewhere
	mkdir sub && cd sub
	prints '' env GIT_DIR="$BATS_TEST_TMPDIR/../elsewhere/.git" "$build/bin/ledger-init" -q --pack resident-centre --site YL
	[[ $(git config merge.kefu.driver) == *ledger-merge* && ! $(git -C ../../elsewhere config merge.kefu.driver) ]]
}

@test "the packs it brings along, a line each: name, title, whose rules they are" {
	run -0 --separate-stderr ledger-init --packs
	diff <(cd "$BATS_TEST_DIRNAME/../../examples" && printf '%s\n' */policy.yaml | cut -d / -f 1 | LC_ALL=C sort) <(tail -n +2 <<<"$output" | cut -d ' ' -f 1)
	[[ $output == *'service-rules '*' H3.4 and H3.13, property customer service'* ]]
	# nothing else is done, nothing is written
	[[ -z $(ls -A) ]]
	# what cannot be read is said
	mkdir -p data/schemas data/policy data/packs/odd && printf '[' >data/packs/odd/policy.yaml
	run --separate-stderr env KEFU_DATA="$PWD/data" ledger-init --packs
	status_is 4
	[[ $stderr == 'ledger-init: policy/odd.yaml:'* ]]
}
