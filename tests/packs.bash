# Ledgers of the packs with people in them, for setup_file; each test then works in a copy (helper.bash).
# Whoever runs the tests is "keeper" there, an administrator, and acts for the others with --by.

# What callback-due says of days that nobody planned is tests/cmd/callback-plan.bats' matter.
export planned=yes

# people_join PERSON OPTION...: at the beginning of 2026
people_join() { staff-log -q --now '2026-01-05 08:00' joined "$@" >/dev/null; }

# pack_ledger PACK [OPTION...]: one for the tests of this file
pack_ledger() {
	local pack=$1
	shift
	ledger-init "$BATS_FILE_TMPDIR/ledger" --pack "$pack" --site YL --person keeper --test --now '2026-01-05 08:00' "$@"
	cd "$BATS_FILE_TMPDIR/ledger" || return
}

resident_centre() {
	pack_ledger resident-centre "$@" || return
	people_join lihua --name 李华 --role desk --department service
	people_join meizhen --name 陈美珍 --role officer --area 3 --area 5 --department service
	people_join gaoxia --name 高霞 --role supervisor --department service
	people_join zhaoqiang --name 赵强 --role duty-lead --role department-head --department engineering
	people_join wanggang --name 王刚 --role worker --department engineering
	people_join sunli --name 孙立 --role department-head --department security
	people_join qianjin --name 钱进 --role manager
	people_join fangmin --name 方敏 --role centre-director
	people_join wenbo --name 温博 --role office-director
}

service_rules() {
	pack_ledger service-rules "$@" || return
	people_join lihua --name 李华 --role desk
	people_join meizhen --name 陈美珍 --role officer --area 3
	people_join gaoxia --name 高霞 --role supervisor
	people_join zhaoqiang --name 赵强 --role department-head --department engineering
	people_join wanggang --name 王刚 --role worker --department engineering
	people_join fangmin --name 方敏 --role centre-head
	people_join wenbo --name 温博 --role director
}

complaint_handling() {
	pack_ledger complaint-handling "$@" || return
	people_join lihua --name 李华 --role desk
	people_join gaoxia --name 高霞 --role supervisor
	people_join wanggang --name 王刚 --role worker --department engineering
	people_join zhaoqiang --name 赵强 --role department-head --department engineering
	people_join sunli --name 孙立 --role department-head --department security
	people_join wenbo --name 温博 --role office-director
	people_join qianjin --name 钱进 --role leader
	people_join dongmei --name 董梅 --role board
	people_join fangmin --name 方敏 --role developer-service
}

mall() {
	pack_ledger mall "$@" || return
	people_join lihua --name 李华 --role desk
	people_join meizhen --name 陈美珍 --role officer
	people_join gaoxia --name 高霞 --role supervisor
	people_join shangwei --name 尚伟 --role mall-management --department mall
	people_join qianjin --name 钱进 --role general-manager
}

zhuhai_service() {
	pack_ledger zhuhai-service "$@" || return
	people_join lihua --name 李华 --role desk
	people_join wanggang --name 王刚 --role officer
	people_join gaoxia --name 高霞 --role supervisor
}

zhuhai_estate() {
	pack_ledger zhuhai-estate "$@" || return
	people_join lihua --name 李华 --role desk
	people_join meizhen --name 陈美珍 --role officer
	people_join gaoxia --name 高霞 --role supervisor
	people_join sunli --name 孙立 --role department-head --department security
	people_join qianjin --name 钱进 --role manager
}

garden() {
	pack_ledger garden "$@" || return
	people_join lihua --name 李华 --role desk
	people_join meizhen --name 陈美珍 --role officer
	people_join wanggang --name 王刚 --role worker
	people_join gaoxia --name 高霞 --role supervisor
}

vanke() {
	pack_ledger vanke "$@" || return
	people_join lihua --name 李华 --role desk
	people_join wanggang --name 王刚 --role worker
	people_join gaoxia --name 高霞 --role supervisor
	people_join qianjin --name 钱进 --role leader
}

product_callback() {
	pack_ledger product-callback "$@" || return
	people_join meizhen --name 陈美珍 --role officer
	people_join lihua --name 李华 --role desk
	people_join gaoxia --name 高霞 --role supervisor
}

satisfaction() {
	pack_ledger satisfaction "$@" || return
	people_join lihua --name 李华 --role desk
	people_join meizhen --name 陈美珍 --role officer
	people_join zhaoqiang --name 赵强 --role department-head --department cleaning
	people_join wanggang --name 王刚 --role worker --department cleaning
	people_join fangmin --name 方敏 --role centre-head
	people_join qianjin --name 钱进 --role estate-manager
}

# staff who are trained for their roles; qianjin is the manager, gaoxia the supervisor
appraisal() {
	pack_ledger appraisal "$@" || return
	people_join qianjin --name 钱进 --role manager
	local person
	for person in lihua:李华:desk meizhen:陈美珍:officer gaoxia:高霞:supervisor; do
		IFS=: read -r id name role <<<"$person"
		people_join "$id" --name "$name"
		personnel-log -q --now '2026-01-05 08:00' "$id" trained -c induction -p yes >/dev/null
		personnel-log -q --now '2026-01-05 08:00' "$id" trained -c post-training -p yes >/dev/null
		staff-log -q --now '2026-01-05 08:00' changed "$id" --role "$role" >/dev/null
	done
}

# books_mended ID PERSON MENDERS DESK: at 18:00 of $day PERSON mends nothing about a closed ticket, and is told whose part that is
books_mended() {
	local file=(tickets/*/*/"$1.yaml") late="$day 18:00" step roles fields
	while read -r step roles; do
		fields=()
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
		refused 3 "ticket-log: $1: the books are mended by ${roles%%:*}: $step is recorded by the role ${roles#*: }; $2 does not have it [ours]" \
			ticket-log "$1" "$step" --now "$late" --by "$2" --reason 误记 "${fields[@]}"
	done <<-END
		voided who answers for them: $3
		reopened who answers for them: $3
		reclassified the desk: $4
		corrected the desk: $4
		settled who answers for them: $3
	END
}
