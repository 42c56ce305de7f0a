# A small ledger tree for the fault tests, and what is in it.
# shellcheck shell=bash
bats_require_minimum_version 1.5.0

tree() {
	mkdir tree
	store-driver append tree tickets/2026/old.yaml old 2 >/dev/null
}

# Every name in the tree and what the files hold; the lock is nobody's business.
snapshot() {
	(cd tree && find . -path ./.kefu -prune -o -type f -print -exec cat {} + -o -print | sort)
}

has_no_temporaries() {
	[[ -z $(find tree -name '.*.tmp') ]]
}
