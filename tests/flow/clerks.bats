#!/usr/bin/env bats
# Several logins record in one ledger: the recipe of README.md, modes, what git says of another's folder, dry runs.
load ../helper
load ../users

teardown() {
	users_gone
}

setup() {
	test_begins || return
	needs_users
	cd "$public"
	desk=$public/desk
}

# recipe: the lines of the blocks in README.md's part on several clerks, with a folder and a group of this test's; what begins
# with sudo is for root, the rest for whoever founds the ledger
recipe() {
	sed -n '/^## Several clerks/,/^## Several sites/p' "$root/README.md" | sed -n '/^```sh$/,/^```$/ { /^```/d; p }' |
		sed "s|/srv/desk|$desk|g; s|-g desk |-g 4000 |"
}

founded() {
	local line
	while read -r line; do
		if [[ $line == 'sudo '* ]]; then
			as root bash -c "${line#sudo }"
		else
			as mail bash -c "$line"
		fi
	done < <(recipe | head -n 4)
}

# closed_to_strangers: nothing in the folder is for anybody outside of the group
closed_to_strangers() {
	local groups=4001
	run as nobody ls "$desk"
	[[ $status == 2 && $output == *'Permission denied'* ]]
	run as nobody cat "$desk/staff.yaml"
	[[ $status == 1 && $output == *'Permission denied'* ]]
}

@test "the recipe of README.md: two clerks record on each other's forms and commit them, strangers see nothing" {
	[[ $(recipe | wc -l) == 5 ]]
	founded
	[[ $(stat -c %a "$desk") == 2770 ]]
	closed_to_strangers
	# nothing of it is closed to the group, whatever anybody's umask
	as mail ledger-check -q -C "$desk"
	as mail staff-log -q -C "$desk" joined games --name 高 --role administrator
	local mask one
	for mask in 022 077 002; do
		one=$(as games ticket-open -q -C "$desk" -k inquiry -u 3-0101 x)
		as mail ticket-assign -q -C "$desk" "$one" mail
		as games ticket-assign -q -C "$desk" "$one" games
		run as mail find "$desk" -path "$desk/.git" -prune -o \( -not -group 4000 -o -type d -not -perm -2770 -o -perm /007 \
			-o -not -perm -060 \) -print
		output_is ''
		closed_to_strangers
	done
	# each commits, as themself, what both have recorded
	local commit
	commit=$(recipe | sed -n 5p)
	mask=022
	as games bash -c "$commit"
	one=$(as mail ticket-open -q -C "$desk" -k inquiry -u 3-0102 y)
	as mail bash -c "$commit"
	[[ $(as games git -C "$desk" log --format=%an) == $'mail\ngames' ]]
	[[ -z $(as games git -C "$desk" status --porcelain) ]]
	[[ $(as games git -C "$desk" config merge.kefu.driver) == *ledger-merge* ]]
	prints '' as games ledger-check -q -C "$desk"
}

@test "git refuses another's folder until somebody has said that it is safe; kefu records there, and says what it cannot compare" {
	founded
	as root bash -c ": >gitconfig"
	run --separate-stderr as games git -C "$desk" status
	status_is 128
	[[ $stderr == *'dubious ownership'* ]]
	as mail staff-log -q -C "$desk" joined games --name 高 --role administrator
	as games ticket-open -q -C "$desk" -k inquiry -u 3-0101 x
	run --separate-stderr as games ledger-check -q -C "$desk" --format tsv --no-header
	status_is 4
	output_is "history	.git	\N	\N	git reads no repository of somebody else: run this as the owner of $desk, or if you trust them: git config --global --add safe.directory '$desk'	\N"
	# what git would be told there, this git would not see
	run as games env GIT_CONFIG_GLOBAL="$public/other" ledger-check -q -C "$desk" --format tsv --no-header
	[[ $output == *": env -u GIT_CONFIG_GLOBAL git config --global --add safe.directory '$desk'	"* ]]
	as games git config --global --add safe.directory "$desk"
	as games git -C "$desk" status >/dev/null
	prints '' as games ledger-check -q -C "$desk"
}

@test "--shared adds to a folder's mode what it lacks, and takes nothing away" {
	local mode
	for mode in 2770:2770 2775:2775 2750:2770 770:2770 700:2770 1700:3770 2777:2777; do
		"${as_root[@]}" rm -rf own && mkdir own
		"${as_root[@]}" chown mail:4000 own && "${as_root[@]}" chmod "${mode%:*}" own
		as mail ledger-init --shared --site YL --pack mall own
		[[ $(stat -c %a own) == "${mode#*:}" ]] || { stat -c "$mode became %a" own; return 1; }
	done
	# one that is made follows the umask for strangers
	mkdir -m 777 above
	mask=077 as mail ledger-init --shared --site YL --pack mall above/new
	[[ $(stat -c %a above/new) == 2770 ]]
	mask=022 as mail ledger-init --shared --site YL --pack mall above/other
	[[ $(stat -c %a above/other) == 2775 ]]
}

# modes: everything there is, with its mode, owner and size, but for marks, which begin empty
modes() {
	"${as_root[@]}" find "$public" \( -path "$public/home" -o -path '*/.kefu/marks' \) -prune -o -printf '%p %m %u %g %s\n' | sort
}

# told STATUS MESSAGE COMMAND...: the dry run says the same as the run, in one line, and nothing is made
told() {
	local wanted=$1 message=$2 before dry
	shift 2
	before=$(modes)
	for dry in --dry-run ''; do
		run --separate-stderr "$@" $dry
		status_is "$wanted" && output_is '' && errors_are "$message" && diff <(echo "$before") <(modes) || return
	done
}

init() { as games ledger-init --site YL --pack mall "$@"; }

@test "ledger-init: a dry run refuses what the run would refuse, and says who can mend it" {
	"${as_root[@]}" install -d -o mail -g 4000 -m 2750 desk
	told 5 "ledger-init: desk is not open to its group 4000: its owner mail has to run: chmod g+rwxs desk" init --shared desk
	told 5 'ledger-init: .kefu: cannot open this folder: Permission denied' init desk
	groups=4001 told 5 "ledger-init: desk belongs to the group 4000, and you do not: root has to run: chmod g+rwxs desk" init --shared desk
	"${as_root[@]}" install -d -o games -g 4000 -m 755 mine
	groups=4001 told 5 "ledger-init: mine belongs to the group 4000, and you do not: root has to run: chmod g+rwxs mine" init --shared mine
	told 5 'ledger-init: desk/new/: Permission denied' init desk/new/
	told 5 'ledger-init: none/new: No such file or directory' init none/new
	told 5 'ledger-init: cannot open data/schemas/header.yaml: Not a directory' init data/schemas/header.yaml
	"${as_root[@]}" chmod 2770 desk
	as mail bash -c 'echo precious >desk/staff.yaml'
	told 3 'ledger-init: staff.yaml exists already: make the ledger in a folder of its own' init --shared desk
	as mail rm desk/staff.yaml
	as mail mkdir -m 755 desk/schemas
	told 5 'ledger-init: schemas/appraisal.yaml: cannot write: Permission denied' init --shared desk
}

@test "whatever records: a dry run refuses what the run would refuse" {
	founded
	as mail staff-log -q -C "$desk" joined games --name 高 --role administrator --role desk
	as mail customer-log -q -C "$desk" opened 3-0101 -n 王 >/dev/null
	local one
	one=$(as mail ticket-open -q -C "$desk" -k inquiry -u 3-0101 x)
	local month
	month=$(as mail bash -c "cd $desk && echo tickets/*/*")
	as mail chmod g-w "$desk/$month" "$desk/customers/3"
	"${as_root[@]}" chmod g-w "$desk"
	told 5 "ticket-open: $month/${one%001}002.yaml: cannot write: Permission denied" as games ticket-open -q -C "$desk" -k inquiry x
	told 5 "ticket-assign: $month/$one.yaml: cannot write: Permission denied" as games ticket-assign -q -C "$desk" "$one" games
	told 5 'customer-log: customers/3/3-0102.yaml: cannot write: Permission denied' as games customer-log -C "$desk" opened 3-0102 -n 王
	told 5 'staff-log: staff.yaml: cannot write: Permission denied' as games staff-log -C "$desk" joined lp --name x
	as mail chmod g-w "$desk/.kefu/lock"
	told 5 'ticket-open: .kefu/lock: cannot lock the ledger: Permission denied' as games ticket-open -q -C "$desk" -k inquiry x
	told 5 'ledger-init: .kefu/lock: cannot lock the ledger: Permission denied' as games ledger-init --site YL "$desk"
	as mail chmod g+w "$desk/.kefu/lock"
	as mail chmod g-w "$desk/.kefu"
	told 5 'ledger-init: .kefu/site: cannot write: Permission denied' as games ledger-init --site YL "$desk"
	# in a folder with the sticky bit only owners replace what is there
	as mail chmod g+w,+t "$desk/$month"
	told 5 "ticket-assign: $month/$one.yaml: cannot write: Operation not permitted" as games ticket-assign -q -C "$desk" "$one" games
}

@test "a clone of several logins: --shared opens what git has made to the group; ledger-check names what is closed" {
	founded
	as mail staff-log -q -C "$desk" joined games --name 高 --role administrator --role desk
	as mail bash -c "$(recipe | sed -n 5p)"
	as root install -d -m 2770 -o games -g 4000 east
	as games git config --global --add safe.directory "$desk/.git"
	mask=077 as games git clone -q "$desk" east
	run --separate-stderr as games ledger-init --dry-run --shared --site EB east
	status_is 0
	run --separate-stderr as games ledger-init --shared --site EB east
	status_is 0
	local own=$public/east/.git errors=$stderr
	errors_are "ledger-init: EB is new in kefu.yaml: commit it, so that no other clone takes it
ledger-init: git's own folder is closed to the group: run git init -q --shared=group $public/east && chmod -R g+rwX $own && find $own -type d -exec chmod g+s {} +"
	run as games find east -path east/.git -prune -o \( -type d -not -perm -2770 -o -not -perm -060 -o -perm /007 \) -print
	output_is ''
	as mail ticket-open -q -C east -k inquiry x
	# but for what git has in there
	run --separate-stderr as mail ledger-check -q -C east --format tsv --no-header
	status_is 4
	output_is "history	.git	\N	\N	$public/east/.git cannot be read: Permission denied	\N"
	as games bash -c "$(sed -n '2s/.*: run //p' <<<"$errors")"
	as mail git config --global --add safe.directory "$public/east"
	prints '' as mail ledger-check -q -C east
	run as games find east/.git \( -type d -not -perm -2770 -o -not -perm -040 -o -perm /007 \) -print
	output_is ''
	as games git -C east add -A && mask=007 as games git -C east commit -qm site
	mask=007 as mail git -C east commit -q --allow-empty -m 'from another login'
	prints '' as games ledger-init --shared --site EB east
	# git pulls by games' umask
	as games mkdir -p east/tickets/2031/01
	as games chmod 700 east/tickets/2031/01 east/tickets/2031
	as games chmod 640 east/.kefu/lock
	as games chmod g-s east/policy
	run --separate-stderr as games ledger-check -q -C east --format tsv --no-header
	status_is 1
	output_is $'closed-folder\t.kefu/lock\t\\N\t\\N\tthe group 4000 cannot write here: games, who owns it, has to run: chmod g+rw .kefu/lock\t\\N
closed-folder\tpolicy\t\\N\t\\N\tthe group 4000 cannot write here: games, who owns it, has to run: chmod g+rwxs policy\t\\N
closed-folder\ttickets/2031\t\\N\t\\N\tthe group 4000 cannot write here: games, who owns it, has to run: chmod g+rwxs tickets/2031\t\\N
closed-folder\ttickets/2031/01\t\\N\t\\N\tthe group 4000 cannot write here: games, who owns it, has to run: chmod g+rwxs tickets/2031/01\t\\N'
	# what it says helps, and so does ledger-init
	local command
	as games bash -c "cd east && $(sed -n '1,2s/.*has to run: \(.*\)\t.*/\1/p' <<<"$output" | paste -sd ';')"
	run --separate-stderr as games ledger-check -q -C east --format tsv --no-header
	[[ $(cut -f 2 <<<"$output") == $'tickets/2031\ntickets/2031/01' ]]
	as games ledger-init -q --shared --site EB east
	prints '' as games ledger-check -q -C east
	# a ledger of one login has no such folders, and what another group has is named
	"${as_root[@]}" chmod 2755 east east/.kefu east/tickets
	prints '' as games ledger-check -q -C east
	"${as_root[@]}" chmod 2775 east east/.kefu east/tickets
	"${as_root[@]}" chgrp 4001 east/schemas
	run --separate-stderr as games ledger-check -q -C east --format tsv --no-header
	[[ $output == $'closed-folder\tschemas\t\\N\t\\N\tthe group 4000 cannot write here: root has to run: chgrp 4000 schemas; chmod g+rwxs schemas\t\\N' ]]
}

@test "a file that is replaced keeps mode and group; where its group cannot be kept, no other group gets its rights" {
	local file one
	"${as_root[@]}" install -d -o games -g games own
	as games ledger-init --site YL --pack mall own
	one=$(as games ticket-open -q -C own -k inquiry -u 3-0101 x)
	file=$(echo own/tickets/*/*/*.yaml)
	"${as_root[@]}" chgrp 4000 "$file" && "${as_root[@]}" chmod 660 "$file"
	as games ticket-assign -q -C own "$one" games
	[[ $(stat -c '%a %g' "$file") == '660 4000' ]]
	groups=4001 as games ticket-assign -q -C own "$one" games
	[[ $(stat -c '%a %G' "$file") == '600 games' ]]
	"${as_root[@]}" chgrp 4000 "$file" && "${as_root[@]}" chmod 664 "$file"
	groups=4001 as games ticket-assign -q -C own "$one" games
	[[ $(stat -c '%a %G' "$file") == '644 games' ]]
}

# acl FILE [default NAME:PERMISSIONS]: prints who may what by its ACL, or gives a folder one for what is made in it, where
# somebody is named besides owner and group
acl() {
	as root /usr/bin/python3 -c '
import os, pwd, struct, sys
tags = {1: "owner", 2: "user", 4: "group", 16: "mask", 32: "other"}
if len(sys.argv) > 2:
	name, may = sys.argv[3].split(":")
	entries = [(1, 7, -1), (2, int(may), pwd.getpwnam(name).pw_uid), (4, 7, -1), (16, 7, -1), (32, 0, -1)]
	text = struct.pack("<I", 2) + b"".join(struct.pack("<HHi", *entry) for entry in entries)
	os.setxattr(sys.argv[1], "system.posix_acl_default", text)
else:
	text = os.getxattr(sys.argv[1], "system.posix_acl_access")
	entries = [struct.unpack_from("<HHi", text, at) for at in range(4, len(text), 8)]
	print(*(f"{tags[tag]}:{may}" for tag, may, _ in entries))' "$@"
}

@test "a folder's default ACL decides for what is made in it; what is replaced keeps its own" {
	local file one
	"${as_root[@]}" install -d -o mail -g 4000 -m 2770 own
	acl own default nobody:5 2>/dev/null || skip 'the disk keeps no ACLs'
	mask=077 as mail ledger-init --shared --site YL --pack mall own
	as mail staff-log -q -C own joined games --name 高 --role administrator
	one=$(mask=077 as mail ticket-open -q -C own -k inquiry -u 3-0101 x)
	file=$(as root bash -c 'echo own/tickets/*/*/*.yaml')
	[[ $(acl "$file") == 'owner:6 user:5 group:7 mask:6 other:0' ]]
	mask=077 as games ticket-assign -q -C own "$one" mail
	[[ $(acl "$file") == 'owner:6 user:5 group:7 mask:6 other:0' ]]
	# one of its own
	as games /usr/bin/python3 -c '
import os, sys
text = bytearray(os.getxattr(sys.argv[1], "system.posix_acl_access"))
text[4 + 8 + 2] = 4 # the named user only reads
os.setxattr(sys.argv[1], "system.posix_acl_access", bytes(text))' "$file"
	as mail ticket-assign -q -C own "$one" games
	[[ $(acl "$file") == 'owner:6 user:4 group:7 mask:6 other:0' ]]
	prints '' as games ledger-check -q -C own
}
