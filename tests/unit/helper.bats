#!/usr/bin/env bats
# What every bats file relies on: helper.bash finds what it has to find, and a test that fails says where.
load ../helper

# tests_say LINE...: these are among the lines that bats says of the tests in standard input, where %test stands for @test
tests_say() {
	{
		printf 'load %q\n' "$root/tests/helper"
		sed 's/%test/@test/'
	} >tried.bats
	run bats --tap tried.bats
	status_is 1
	local line
	for line; do
		[[ $'\n'$output$'\n' == *$'\n'"$line"$'\n'* ]] || { echo "not said: $line: $output"; return 1; }
	done
}

@test "a test that fails says in which line, and by which functions" {
	tests_say 'not ok 1 in a function' "# (from function \`checked' in file tried.bats, line 3," '#  in test file tried.bats, line 7)' \
		'not ok 2 by an assertion' '#  in test file tried.bats, line 11)' '# -expected' '# +printed' \
		'not ok 3 by leaving' '# (in test file tried.bats, line 15)' '# told' <<-'END'
		checked() {
		    (exit 3)
		}
		%test "in a function" {
		    true
		    checked
		}
		%test "by an assertion" {
		    run --separate-stderr echo printed
		    output_is "expected"
		}
		%test "by leaving" {
		    :
		    false || { echo told; return 1; }
		    :
		}
	END
}

@test "run keeps status, output, lines and what went to stderr apart" {
	run --separate-stderr bash -c 'printf "a b\n\n*\n\n"; echo "no  thing" >&2; exit 3'
	[[ $status == 3 && $output == $'a b\n\n*' && $stderr == 'no  thing' ]]
	[[ ${#lines[@]} == 2 && ${lines[0]} == 'a b' && ${lines[1]} == '*' && ${#stderr_lines[@]} == 1 ]]
	run bash -c 'echo both >&2'
	[[ $status == 0 && $output == both ]]
	run -3 bash -c 'exit 3'
	run ! false
	[[ $- == *e* && $- != *f* ]]
	tests_say '# (in test file tried.bats, line 3)' '# run: status 0, not 3: well' \
		'# (in test file tried.bats, line 6)' '# run: status 0, not !: well' <<-'END'
		%test "another status" {
		    run -3 echo well
		}
		%test "none" {
		    run ! echo well
		}
	END
}

@test "refused sees whatever a refusal has written" {
	ledger resident-centre
	local changed
	refuses() {
		echo no >&2
		eval "$changed"
		return 3
	}
	changed=:
	refused 3 no refuses
	# the lock and git's own are nobody's business
	mkdir .git
	changed='touch .kefu/lock .git/x'
	refused 3 no refuses
	while read -r changed; do
		run refused 3 no refuses
		[[ $status == 1 && $output == [-+]' '* ]] || { echo "not seen: $changed: $output"; return 1; }
	done <<-'END'
		touch new
		printf x >>kefu.yaml
		chmod g-r,o+w staff.yaml
		mv staff.yaml x.yaml
		ln -sf kefu.yaml link
		ln -sf staff.yaml link
		mkdir -p tickets/2026
		mkfifo pipe
		rm kefu.yaml
		touch .kefu/new
	END
}
