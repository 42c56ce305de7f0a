#!/usr/bin/env bats
# The manual: complete, without complaints from mandoc, its options those of the commands, its examples run as they stand.
load ../helper

commands() { basename -s .c "$root"/cmd/*.c; }

# section NAME PAGE: the lines of a section
section() { sed -n "/^\.Sh $1\$/,/^\.Sh /p" "$2"; }

# A ledger as the pages know it, on Friday 20 November 2026 at ten; who types is lihua, at the desk.
desk() {
	mkdir clocked
	for command in $(commands); do
		local extra=
		command -v "$command" >/dev/null || { echo "$command is not built"; return 1; }
		"$command" --options | grep -q '^[^	]*	--now	' && extra='--now "$CLOCK"'
		[[ $command == ledger-init ]] && extra='$([[ " $* " == *" --pack "* ]] && echo --test --now "${CLOCK/ /T}:00+08:00")'
		printf '#!/bin/bash\nexec %q %s "$@"\n' "$(command -v "$command")" "$extra" >"clocked/$command"
	done
	chmod +x clocked/*
	PATH=$PWD/clocked:$PATH
	export CLOCK='2026-11-02 08:00'
	git config --global init.defaultBranch main
}

# And whom it has, in the folder desk.
staffed() {
	copy_of_ledger desk staff_of_desk && cd desk
	CLOCK='2026-11-20 10:00'
}

staff_of_desk() (
	set -e
	git init -q "$1"
	cd "$1"
	ledger-init --pack resident-centre --site YL --name 阳光花园 --person lihua
	staff-log -q changed lihua --name 李华 --role administrator --role desk --department service
	staff-log -q joined meizhen --name 陈美珍 --role officer --area 3 --area 5 --department service
	staff-log -q joined zhaoqiang --name 赵强 --role duty-lead --role department-head --department engineering
	staff-log -q joined wanggang --name 王刚 --role worker --department engineering
	staff-log -q joined sunli --name 孙立 --role department-head --department security
)

# A ledger that asks, in the folder asks, with a survey as far as STEP: planned, approved, issued, answered.
asking() {
	local step=$1
	ledger-init asks --pack satisfaction --site YL --name 阳光花园 --person lihua && cd asks
	staff-log -q changed lihua --name 李华 --role administrator --role desk
	staff-log -q joined qianjin --name 钱进 --role estate-manager
	CLOCK='2026-11-20 10:00'
	printf '%s\n' 3-1201 3-1202 5-0301 >../three.txt
	printf '%s\n' 'type: object' properties: '  who: {type: string, enum: [owner, tenant], x-customer-type: true}' \
		'  cleaning: {title: Cleaning, type: integer, enum: [1, 2, 3, 4, 5, 9], x-service: true, x-unrated: [9]}' \
		'  opinion: {type: string, x-open: opinion}' '  wish: {type: string, x-open: expectation}' 'additionalProperties: false' >../asked.yaml
	[[ $step == planned ]] && return
	survey-plan planned 2026h2 --questionnaire ../asked.yaml --title 'Second half of 2026' -o half-yearly
	survey-plan approved 2026h2 --by qianjin
	[[ $step == approved ]] && return
	survey-draw 2026h2 --units ../three.txt --size 3
	survey-plan issued 2026h2
	[[ $step == issued ]] && return
	survey-log 2026h2 3-1201 cleaning=4
	survey-log 2026h2 3-1202 cleaning=2
	survey-log 2026h2 5-0301 cleaning=9
}

# The same with staff who are appraised by the rules of a second pack: wanggang is not trained yet.
appraised() {
	copy_of_ledger desk staff_appraised && cd desk
	CLOCK='2026-11-20 10:00'
}

staff_appraised() (
	set -e
	git init -q "$1"
	cd "$1"
	ledger-init --pack resident-centre --pack appraisal --site YL --name 阳光花园 --person lihua
	staff-log -q joined qianjin --name 钱进 --role manager
	for person in meizhen:陈美珍 gaoxia:高霞 wanggang:王刚; do
		staff-log -q joined "${person%:*}" --name "${person#*:}"
		[[ $person != wanggang:* ]] || continue
		personnel-log -q "${person%:*}" trained --course induction --passed yes --by qianjin
		personnel-log -q "${person%:*}" trained --course post-training --passed yes --by qianjin
	done
	staff-log -q changed meizhen --role officer
	staff-log -q changed gaoxia --role supervisor
)

# What the examples of a page find: YL261120001 and on.
find_repair() { ticket-open -q -u 3-1201 -n 王女士 -p 13900010001 --channel phone 厨房下水道堵塞，水已漫到客厅。; }
find_complaint() { ticket-open -q -u 3-0802 -n 何先生 -p 13900010008 --channel desk 投诉：夜里楼下大排档噪音扰民，保安不管。; }
finish_repair() {
	ticket-close "$1" --worker wanggang --work 疏通 --signature 王女士 --opinion 满意 --phone 13900010001 --result 已疏通
}
close_complaint() { ticket-close "$1" --valid --reason 夜班未按时巡逻 --result '已劝离，夜间增加巡逻'; }

prepare() {
	case $1 in
	README.md | ledger-init.1 | kefu-policy.5) CLOCK='2026-11-20 10:00' && return ;;
	survey-plan.1) asking planned && return ;;
	survey-draw.1) asking approved && return ;;
	survey-log.1 | survey-list.1) asking issued && return ;;
	survey-tally.1) asking answered && return ;;
	appraise.1 | appraise-tally.1 | personnel-log.1 | personnel-list.1)
		CLOCK='2026-01-05 08:00'
		appraised
		;;
	*) staffed ;;
	esac
	case $1 in
	appraise.1)
		find_repair
		ticket-assign 1 meizhen
		finish_repair 1 --by lihua
		callback-log 1 -m visit -a satisfied --quality 5 --effect 5 --satisfaction 5 --shortcomings 无 --opinions 无 --signature 王女士
		;;
	personnel-list.1)
		CLOCK='2026-02-05 10:00'
		personnel-log -q jiejing registered --subject contractor -n 洁净保洁公司
		CLOCK='2026-11-20 10:00'
		;;
	ticket-assign.1 | ticket-log.1) find_repair ;;
	ticket-close.1)
		find_complaint
		find_repair
		ticket-assign 2 zhaoqiang
		ticket-log 2 started
		;;
	ticket-list.1 | ticket-show.1 | kefu.7 | kefu-ledger.5)
		find_repair
		find_complaint
		ticket-assign 1 zhaoqiang
		;;
	ticket-why.1)
		find_repair
		finish_repair 1
		;;
	callback-due.1 | callback-log.1 | callback-tally.1)
		plan_made 2026-11-24
		find_repair
		finish_repair 1
		find_complaint
		close_complaint 2
		;;
	ledger-log.1) find_repair ;;
	ledger-check.1)
		find_repair
		git add -A
		git commit -qm 'ledger: begin'
		;;
	ledger-merge.1)
		find_repair
		git add -A
		git commit -qm 'ledger: begin'
		cp tickets/2026/11/YL261120001.yaml begun
		ticket-assign 1 zhaoqiang
		{ echo '<<<<<<< ours' && cat begun && echo ======= && cat tickets/2026/11/YL261120001.yaml && echo '>>>>>>> theirs'; } >both
		mv both tickets/2026/11/YL261120001.yaml
		;;
	ledger-import.1)
		printf '%s\n' 'No,Opened,Closed,Type,Room,Phone,Title,Details' \
			'1,2025/03/01 09:00,2025/03/01 11:00,报修,3-1201,13900010001,水管,漏水' >old.csv
		;;
	esac
}

@test "mandoc has nothing to say" {
	run mandoc -Tlint -Wwarning "$root"/man/*.[1-8]
	status_is 0
	output_is ''
}

@test "every command has a page that calls it by its name, and nothing else has" {
	diff <(commands) <(basename -s .1 "$root"/man/*.1)
	for command in $(commands); do
		grep -qx "\.Nm $command" "$root/man/$command.1" || { echo "$command.1: .Nm is another"; return 1; }
	done
}

@test "pages have the same sections in the same order" {
	local order='NAME SYNOPSIS DESCRIPTION OPTIONS EXIT STATUS EXAMPLES SEE ALSO'
	for page in "$root"/man/*.1; do
		local sections
		sections=$(sed -n 's/^\.Sh //p' "$page" | grep -vx PROBLEMS | xargs)
		[[ $sections == "$order" ]] || { echo "$page: $sections"; return 1; }
	done
}

@test "the options in each page are those of its command, in the same order" {
	for command in $(commands); do
		echo "$command"
		diff --label table --label page -u <("$command" --options | cut -f 1-3 | tr '\t' ' ' | sed 's/^ //; s/ $//') \
			<(section OPTIONS "$root/man/$command.1" | sed -n '/^\.It Fl/ { s/^\.It Fl //; s/\\-/-/g; s/ , / -/; s/^/-/; s/ Ar / /; p }')
	done
}

@test "kefu(7) names every command, and every command leads to kefu(7)" {
	for command in $(commands); do
		grep -q "^\.\(It \)\?Xr $command 1" "$root/man/kefu.7" || { echo "kefu(7) does not name $command"; return 1; }
		section 'SEE ALSO' "$root/man/$command.1" | grep -q '^\.Xr kefu 7' || { echo "$command(1) does not lead to kefu(7)"; return 1; }
	done
}

@test "pages refer to pages that are there" {
	local wrong=
	while read -r name number; do
		[[ -e $root/man/$name.$number ]] || wrong+="$name($number) "
	done < <(sed -n 's/^\.\(It \)\?Xr \([a-z-]*\) \([0-9]\).*/\2 \3/p' "$root"/man/*.[1-8] | sort -u |
		grep -vE '^(cron|crontab|git|git-[a-z]*|gitattributes|strptime|flock|fsync|openat2|login|pcre2pattern|setpriv|[a-z0-9]+) [0-9]$')
	[[ -z $wrong ]] || { echo "missing: $wrong"; return 1; }
}

@test "kefu-policy(5) has every key of a pack, in the order of the schema" {
	/usr/bin/python3 - "$root/schemas/policy.yaml" >schema <<-'END'
		import sys, yaml
		for key, part in yaml.safe_load(open(sys.argv[1]))['properties'].items():
		    inner = part.get('items', {}).get('properties')
		    print(*([f'{key} {name}' for name in inner] if inner else [key]), sep='\n')
	END
	awk '/^\.Ss /{ part = $2 } /^\.Ss match/{ print "match" }
		/^\.It Cm / && part != "match" && part != "Which" { print part == "The" ? $3 : part " " $3 }' "$root/man/kefu-policy.5" >page
	diff -u schema page
}

@test "kefu-ledger(5) has every field of every event" {
	local wrong=
	while read -r event field; do
		sed -n "/^\.It Cm $event\$/,/^\.\(It Cm\|El\)/p" "$root/man/kefu-ledger.5" | grep -qE "(^|[ (])$field( |\$|\))" || wrong+="$event: $field"$'\n'
	done < <(/usr/bin/python3 - "$root"/schemas/ticket/*.yaml <<-'END'
		import sys, yaml, os
		head = 'event seq id site at recorded by via request-id cause seen keeps withdraws settles tries due callbacks override'.split()
		for file in sys.argv[1:]:
		    event = os.path.basename(file)[:-5]
		    if event not in ('step', 'imported'):
		        for key in yaml.safe_load(open(file))['properties']:
		            if key not in head:
		                print(event, key)
		fields = yaml.safe_load(open(os.path.dirname(sys.argv[1]) + '/../fields.yaml'))['$defs']
		for key in 'due', 'callbacks':
		    for name in fields[key]['items']['properties']:
		        print(key, name)
	END
	)
	echo "$wrong"
	[[ -z $wrong ]]
}

# run_examples FILE...: each in a ledger of its own
run_examples() {
	local failed=0
	desk
	for file; do
		local name=${file##*/}
		echo "== $name"
		mkdir "$BATS_TEST_TMPDIR/$name"
		(
			cd "$BATS_TEST_TMPDIR/$name"
			prepare "$name" >/dev/null
			"$root/tests/examples.pl" "$file"
		) || failed=1
	done
	return $failed
}

@test "the examples of README.md run as they stand" {
	run_examples "$root/README.md"
}

@test "the examples of the commands' pages run as they stand" {
	run_examples "$root"/man/*.1
}

@test "the examples of the other pages run as they stand" {
	run_examples "$root"/man/*.[57]
}

@test "what README.md and the pages put into crontab runs" {
	local line count=0
	desk
	staffed
	CLOCK='2026-11-20 10:00'
	while read -r line; do
		echo "$line"
		line=${line//\/usr\/local\/bin\//}
		line=${line//\/srv\/desk/.}
		[[ $line =~ ^([0-9*]+\ ){2}\*\ \*\ \*\ +([a-z].*)$ ]]
		bash -c "${BASH_REMATCH[2]}"
		count=$((count + 1))
	done < <(cat "$root/README.md" "$root"/man/*.[157] | grep -E '^[0-9]+ [0-9*]+ [*] [*] [*] ' | sort -ru)
	[[ $count == 2 ]]
}

@test "the options that messages tell people to use are there" {
	run /usr/bin/python3 - "$root" <<-'END'
		import re, glob, subprocess, sys, os
		root = sys.argv[1]
		commands = {}
		for file in glob.glob(root + '/cmd/*.c'):
		    name = os.path.basename(file)[:-2]
		    table = subprocess.run([name, '--options'], capture_output=True, text=True, check=True).stdout
		    commands[name] = {word for line in table.splitlines() for word in line.split('\t')[:2] if word}
		names = '|'.join(sorted(commands, key=len, reverse=True))
		found = 0
		for file in sorted(glob.glob(root + '/lib/**/*.c', recursive=True) + glob.glob(root + '/cmd/*.c')):
		    text = re.sub(r'"\s*PRI[du]64\s*"|"\s*\n\s*"', '', open(file, encoding='utf-8').read())
		    for string in re.findall(r'"((?:[^"\\\n]|\\.)*)"', text):
		        for command, rest in re.findall(r'(?<![\w/-])(%s)\b(?!-)([^`);:,]*)' % names, string):
		            for option in re.findall(r'(?<![\w-])(--[a-z][a-z-]*|-[A-Za-z])\b', rest):
		                found += 1
		                if option not in commands[command]:
		                    print(f'{file}: {command} has no {option}: {string}')
		print(found > 15)
	END
	output_is True
}
