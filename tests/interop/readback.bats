#!/usr/bin/env bats
# Canonical text, and what the commands recorded, are read the same by the YAML readers of other languages: tests/interop/readers/.
load ../helper

readers=("$root"/tests/interop/readers/*)

# Psych merges a map under the key "<<" even where the key is quoted, which says that it is text.
# Those of libyaml, PyYAML and YAML::PP are asked by tests/conformance/readback.
@test "random documents as canonical text" {
	yaml-emit . 5000
	mv canonical.yaml given.yaml
	for reader in "${readers[@]}"; do
		"$reader" given.yaml >"${reader##*/}.json"
		/usr/bin/python3 - "${reader##*/}.json" <<-'END'
			import json, sys
			want = [json.loads(line) for line in open("expected.jsonl", encoding="utf-8", newline="\n").read().split("\n")[:-1]]
			found = json.load(open(sys.argv[1], encoding="utf-8"))["given.yaml"]
			exact = lambda value: json.dumps(value, sort_keys=True)  # 1, 1.0 and True are equal in Python
			def merged(value):
			    if isinstance(value, list):
			        return [merged(item) for item in value]
			    if not isinstance(value, dict):
			        return value
			    whole = {}
			    for key, item in value.items():
			        item = merged(item)
			        whole.update(item if key == "<<" and isinstance(item, dict) else {key: item})
			    return whole
			same = lambda one, other: exact(one) == exact(other) or sys.argv[1] == "psych.rb.json" and exact(merged(one)) == exact(other)
			wrong = [(one, other) for one, other in zip(want, found) if not same(one, other)]
			for one, other in wrong[:5]:
			    print(f"{sys.argv[1]}: wanted {one!r}\n found {other!r}")
			sys.exit(bool(wrong) or len(want) != len(found))
		END
	done
}

@test "strange strings as the commands recorded them" {
	for reader in "${readers[@]}"; do
		KEFU_READER=$reader run bats --tap "$root/tests/flow/text.bats"
		status_is 0
	done
}
