#!/usr/bin/env bats
# Ledgers as earlier versions wrote them: they are read for ever, and still say the same.
load ../helper

# counted COLUMN COMMAND...: how often each value stands in that column of what it lists
counted() {
	columns "$1" "${@:2}" --format csv "${now[@]}" | sort | uniq -c | awk '{ printf " %s:%s", $2, $1 }'
}

# says LEDGER: of its tickets, callbacks, deadlines, customers and staff
says() {
	cd "$1" || return
	printf '%s\n tickets%s\n callbacks%s\n deadlines%s\n rates%s\n customers%s\n staff%s\n' "${1##*/}" "$(counted state ticket-list --state all)" \
		"$(counted status callback-due --within 1y 2>/dev/null)" "$(counted status ticket-due)" \
		"$(counted verdict callback-tally --period 2026-Q4)" "$(counted state customer-list --all)" "$(counted nature staff-list)"
}

@test "ledgers of version 0.1 are read without a complaint, and say what they said" {
	[[ -d $KEFU_TEST_DATA/ledger-1 ]] || skip "no $KEFU_TEST_DATA/ledger-1"
	local ledger now=(--now '2027-01-15 12:00')
	for ledger in "$KEFU_TEST_DATA"/ledger-1/*; do
		prints '' ledger-check -q -C "$ledger" "${now[@]}"
		(says "$ledger")
	done >said
	diff <(sed 's/ *$//' said) - <<-'END'
		appraisal
		 tickets closed:1
		 callbacks overdue:2
		 deadlines
		 rates
		 customers
		 staff person:5
		complaint-handling
		 tickets closed:2 finished:1 open:1
		 callbacks overdue:2
		 deadlines overdue:4
		 rates kept:1 missed:1
		 customers
		 staff person:10
		garden
		 tickets closed:2 open:1
		 callbacks overdue:1
		 deadlines
		 rates kept:1
		 customers
		 staff person:4
		mall
		 tickets closed:2 open:1
		 callbacks overdue:1
		 deadlines
		 rates
		 customers
		 staff person:6
		product-callback
		 tickets open:2
		 callbacks overdue:1
		 deadlines overdue:2
		 rates :1 kept:1
		 customers
		 staff person:4
		resident-centre
		 tickets closed:3 finished:1 open:6
		 callbacks overdue:2
		 deadlines overdue:5
		 rates kept:2 missed:1
		 customers
		 staff person:6
		satisfaction
		 tickets closed:2 open:1
		 callbacks overdue:2
		 deadlines
		 rates missed:1
		 customers
		 staff person:7
		service-rules
		 tickets closed:3 open:5
		 callbacks overdue:2
		 deadlines overdue:4 tell:3
		 rates kept:1 missed:1
		 customers
		 staff person:8
		vanke
		 tickets closed:2
		 callbacks overdue:3
		 deadlines
		 rates missed:1
		 customers open:3
		 staff person:4
		zhuhai-estate
		 tickets closed:2 open:3
		 callbacks overdue:3
		 deadlines overdue:1
		 rates kept:2 missed:2
		 customers open:1
		 staff person:5
		zhuhai-service
		 tickets closed:2 open:2
		 callbacks
		 deadlines
		 rates
		 customers
		 staff person:4
	END
}

@test "names in packs of ledgers of version 0.1 are checked, by what the present schema says of names" {
	[[ -d $KEFU_TEST_DATA/ledger-1 ]] || skip "no $KEFU_TEST_DATA/ledger-1"
	cp -r "$KEFU_TEST_DATA/ledger-1/zhuhai-service" ledger
	chmod -R u+w ledger # whose data may be somebody else's
	cd ledger
	prints '' ledger-check -q --now '2027-01-15 12:00'
	sed -i 's/unless: call-missed/unless: call-mised/' policy/zhuhai-service.yaml
	refused 4 'callback-due: policy/zhuhai-service.yaml:35:43: unless: "call-mised" is not a condition under match (allowed: call-missed, to-others) [H0.I-2]' \
		callback-due --now '2027-01-15 12:00'
}
