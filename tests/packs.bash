# Ledgers of the packs with people in them, for setup_file; each test then works in a copy (helper.bash).
# Whoever runs the tests is "keeper" there, an administrator, and acts for the others with --by.

# What callback-due says of days that nobody planned is tests/cmd/callback-plan.bats' matter.
export planned=yes

# said STEP: as messages name it, with its title where that says more
said() {
	case $1 in
	consented) echo 'consented (the household agrees)' ;;
	*) echo "$1" ;;
	esac
}

# people_join PERSON OPTION...: at the beginning of 2026
people_join() { staff-log -q --now '2026-01-05 08:00' joined "$@" >/dev/null; }

# pack_ledger PACK [OPTION...]: one for the tests of this file
pack_ledger() {
	found_pack "$BATS_FILE_TMPDIR/ledger" "$@" </dev/null
	cd "$BATS_FILE_TMPDIR/ledger" || return
}

# found_pack FOLDER PACK [OPTION...]: what is done there at once is in standard input, a command to a line, without -q
found_pack() {
	local folder=$1 pack=$2 words
	shift 2
	ledger-init "$folder" --pack "$pack" --site YL --person keeper --test --now '2026-01-05 08:00' "$@" || return
	while read -r -a words; do
		"${words[0]}" -C "$folder" -q --now '2026-01-05 08:00' "${words[@]:1}" >/dev/null || return
	done
}

# staffed PACK [OPTION...]: the same, founded once in a run, and the working directory is in it
staffed() {
	copy_of_ledger "$BATS_FILE_TMPDIR/ledger" found_pack "$@" && cd "$BATS_FILE_TMPDIR/ledger" || return
}

resident_centre() {
	staffed resident-centre "$@" <<-'END'
		staff-log joined lihua --name 李华 --role desk --department service
		staff-log joined meizhen --name 陈美珍 --role officer --area 3 --area 5 --department service
		staff-log joined gaoxia --name 高霞 --role supervisor --department service
		staff-log joined zhaoqiang --name 赵强 --role duty-lead --role department-head --department engineering
		staff-log joined wanggang --name 王刚 --role worker --department engineering
		staff-log joined sunli --name 孙立 --role department-head --department security
		staff-log joined qianjin --name 钱进 --role manager
		staff-log joined fangmin --name 方敏 --role centre-director
		staff-log joined wenbo --name 温博 --role office-director
	END
}

service_rules() {
	staffed service-rules "$@" <<-'END'
		staff-log joined lihua --name 李华 --role desk
		staff-log joined meizhen --name 陈美珍 --role officer --area 3
		staff-log joined gaoxia --name 高霞 --role supervisor
		staff-log joined zhaoqiang --name 赵强 --role department-head --department engineering
		staff-log joined wanggang --name 王刚 --role worker --department engineering
		staff-log joined sunli --name 孙立 --role department-head --department security
		staff-log joined hemei --name 何梅 --role department-head --department cleaning
		staff-log joined yulan --name 玉兰 --role department-head --department greening
		staff-log joined zhuwen --name 朱文 --role department-head --department service
		staff-log joined fangmin --name 方敏 --role centre-head
		staff-log joined wenbo --name 温博 --role director
	END
}

complaint_handling() {
	staffed complaint-handling "$@" <<-'END'
		staff-log joined lihua --name 李华 --role desk
		staff-log joined gaoxia --name 高霞 --role supervisor
		staff-log joined wanggang --name 王刚 --role worker --department engineering
		staff-log joined zhaoqiang --name 赵强 --role department-head --department engineering
		staff-log joined sunli --name 孙立 --role department-head --department security
		staff-log joined wenbo --name 温博 --role office-director
		staff-log joined qianjin --name 钱进 --role leader
		staff-log joined dongmei --name 董梅 --role board
		staff-log joined renhe --name 任和 --role department-head --department service
		staff-log joined fangmin --name 方敏 --role developer-service --role department-head --department developer
		staff-log joined baoling --name 鲍玲 --role board-office
		staff-log joined zongyu --name 宗宇 --role manager-office
	END
}

mall() {
	staffed mall "$@" <<-'END'
		staff-log joined lihua --name 李华 --role desk
		staff-log joined meizhen --name 陈美珍 --role officer
		staff-log joined gaoxia --name 高霞 --role supervisor
		staff-log joined shangwei --name 尚伟 --role mall-management --department mall
		staff-log joined qianjin --name 钱进 --role general-manager
		staff-log joined renshi --name 任石 --role personnel --department personnel
		staff-log joined kuaiji --name 会吉 --role accounting --department finance
		staff-log joined kouwei --name 寇伟 --role deducting --department finance
		staff-log joined hemei --name 何梅 --role department-head --department cleaning
	END
}

zhuhai_service() {
	staffed zhuhai-service "$@" <<-'END'
		staff-log joined lihua --name 李华 --role desk
		staff-log joined wanggang --name 王刚 --role officer
		staff-log joined gaoxia --name 高霞 --role supervisor
	END
}

zhuhai_estate() {
	staffed zhuhai-estate "$@" <<-'END'
		staff-log joined lihua --name 李华 --role desk
		staff-log joined meizhen --name 陈美珍 --role officer
		staff-log joined gaoxia --name 高霞 --role supervisor
		staff-log joined sunli --name 孙立 --role department-head --department security
		staff-log joined qianjin --name 钱进 --role manager
	END
}

garden() {
	staffed garden "$@" <<-'END'
		staff-log joined lihua --name 李华 --role desk
		staff-log joined meizhen --name 陈美珍 --role officer
		staff-log joined wanggang --name 王刚 --role worker --department engineering
		staff-log joined gaoxia --name 高霞 --role supervisor
		staff-log joined zhaoqiang --name 赵强 --role department-head --department engineering
		staff-log joined sunli --name 孙立 --role department-head --department security
		staff-log joined hemei --name 何梅 --role department-head --department cleaning
		staff-log joined yulan --name 玉兰 --role department-head --department greening
		staff-log joined zhuwen --name 朱文 --role department-head --department service
	END
}

vanke() {
	staffed vanke "$@" <<-'END'
		staff-log joined lihua --name 李华 --role desk
		staff-log joined wanggang --name 王刚 --role worker --department engineering
		staff-log joined gaoxia --name 高霞 --role supervisor
		staff-log joined qianjin --name 钱进 --role leader
	END
}

product_callback() {
	staffed product-callback "$@" <<-'END'
		staff-log joined meizhen --name 陈美珍 --role officer
		staff-log joined lihua --name 李华 --role desk
		staff-log joined gaoxia --name 高霞 --role supervisor
	END
}

satisfaction() {
	staffed satisfaction "$@" <<-'END'
		staff-log joined lihua --name 李华 --role desk
		staff-log joined meizhen --name 陈美珍 --role officer
		staff-log joined zhaoqiang --name 赵强 --role department-head --department cleaning
		staff-log joined wanggang --name 王刚 --role worker --department cleaning
		staff-log joined fangmin --name 方敏 --role centre-head
		staff-log joined qianjin --name 钱进 --role estate-manager
	END
}

# staff who are trained for their roles; qianjin is the manager, gaoxia the supervisor
appraisal() {
	staffed appraisal "$@" <<-'END'
		staff-log joined qianjin --name 钱进 --role manager
		staff-log joined lihua --name 李华
		personnel-log lihua trained --course induction --passed yes
		personnel-log lihua trained --course post-training --passed yes
		staff-log changed lihua --role desk
		staff-log joined meizhen --name 陈美珍
		personnel-log meizhen trained --course induction --passed yes
		personnel-log meizhen trained --course post-training --passed yes
		staff-log changed meizhen --role officer
		staff-log joined gaoxia --name 高霞
		personnel-log gaoxia trained --course induction --passed yes
		personnel-log gaoxia trained --course post-training --passed yes
		staff-log changed gaoxia --role supervisor
	END
}

# books_mended ID PERSON MENDERS DESK: at 18:00 of $day PERSON mends nothing about a closed ticket, and is told whose part that is
books_mended() {
	local file=(tickets/*/*/"$1.yaml") late="$day 18:00" step roles fields or nor
	while read -r step roles; do
		fields=() or='' nor=''
		case $step in
		reclassified | corrected) or=', or by whoever recorded today what it mends' nor=', and did not' ;;
		esac
		case $step in
		reclassified) fields=(--set kind="$(sed -n 's/^kind: //p' "${file[0]}")") ;;
		corrected) fields=(--set fields.customer.name=王先生) ;;
		settled)
			# voided at two sites
			fields=(--set state=open)
			cp "${file[0]}" other
			ticket-log -q "$1" voided --now "$late" --by keeper --reason 误记
			mv "${file[0]}" one
			mv other "${file[0]}"
			ticket-log -q "$1" voided --now "$late" --by keeper --reason 重复
			ledger-merge "${file[0]}" one
			;;
		esac
		refused 3 "ticket-log: $1: records are corrected by ${roles%%:*}: $step is recorded by the role ${roles#*: }$or; $2 does not have it$nor [ours]" \
			ticket-log "$1" "$step" --now "$late" --by "$2" --reason 误记 "${fields[@]}"
	done <<-END
		voided those who answer for them: $3
		reopened those who answer for them: $3
		reclassified the desk: $4
		corrected the desk: $4
		settled those who answer for them: $3
	END
}

# drawn_again DAY COUNT: what callback-plan draws on that day is so many, those that anybody draws by frame and seed in a shell
drawn_again() {
	local plan=plans/2026/YL${1:2:2}${1:5:2}.yaml seed id
	at "$1 07:00" callback-plan -q
	seed=$(sed -n 's/^seed: "*\([0-9a-f]*\)"*$/\1/p' "$plan")
	sed -n '/^frame:/,/^digest/s/^  - "*\([^"]*\)"*$/\1/p' "$plan" >frame
	sed -n '/^chosen:/,/^\.\.\./s/^  - "*\([^"]*\)"*$/\1/p' "$plan" >chosen
	[[ $(wc -l <frame) == 11 && $(wc -l <chosen) == "$2" && $(sed -n 's/^digest: "*\([0-9a-f]*\)"*$/\1/p' "$plan") == "$(sha256sum <frame | cut -c 1-64)" ]]
	diff chosen <(while read -r id; do printf '%s %s\n' "$(printf '%s\n' "$seed" "$id" | sha256sum | cut -c 1-64)" "$id"; done <frame |
		sort | head -n "$2" | cut -d ' ' -f 2)
	# and those are owed
	diff <(sed 's/#.*//' chosen | sort) <(columns ticket at "$1 09:00" callback-due --format csv | sort)
	prints '' ledger-check -q --now "$1 09:00"
}

# kept FIELDS ID STEP: those fields of the step's document, as they are read back
kept() {
	at '2026-12-31 09:00' ticket-show "$2" --format json | python3 -c '
import json, sys
fields, step = sys.argv[1].split(","), sys.argv[2]
document = [each for each in map(json.loads, sys.stdin) if each["event"] == step][-1]
print(",".join(str(document.get(field, "")) for field in fields))' "$1" "$3"
}
