#!/usr/bin/env bats
# What all commands share, by an example that does nothing else (tests/tools/cli-example.c).
load ../helper

example() {
	run --separate-stderr cli-example "$@"
}

# on_terminal SHELL-COMMAND: runs it on a terminal of its own, of 40 columns; what it printed is in $output
on_terminal() {
	run script -qec "stty cols 40; $1" /dev/null </dev/null
	output=${output//$'\r'/}
	mapfile -t lines <<<"$output"
}

@test "--help shows every option on stdout within 80 columns" {
	example --help
	status_is 0
	errors_are ''
	output_is 'Usage: cli-example [OPTION]... WHAT [TEXT]

show what all commands share

Options:
  -t, --to PERSON         whom to show
  -l, --label TEXT        a label (may be repeated)
      --size small|large  how large, said at such a length that the line no
                          longer fits into what a terminal shows
  -v, --verbose           show more

Options that other commands take, too:
  -C, --ledger DIR        the ledger; without it, $KEFU_LEDGER, else the nearest
                          one upwards
      --now TIME          take this as the present time
      --format table|tsv|csv|json|yaml
                          the format of the output
      --no-header         leave out the heading
      --by PERSON         the person who did it, when that is not you
      --at TIME           when it happened, if that is not now
      --request-id ID     a name for this request: a retry under it records
                          nothing twice
      --dry-run           check everything, print what would be recorded, write
                          nothing
  -q, --quiet             print errors only, no notes
  -h, --help              print this and exit
      --version           print the version and exit

More in the manual: cli-example(1), kefu(7).'
	[[ -z $(awk 'length > 80' <<<"$output") ]]
}

@test "--help and --version need no operands" {
	example -h
	status_is 0
	example --version
	status_is 0
	output_is "cli-example (kefu) $(<"$root/VERSION")"
}

@test "--options lists the same table for completion" {
	example --options
	status_is 0
	[[ ${lines[0]} == $'-t\t--to\tPERSON\twhom to show' ]]
	[[ ${lines[2]} == $'\t--size\tsmall|large\thow large, '* ]]
	[[ ${lines[3]} == $'-v\t--verbose\t\tshow more' ]]
	[[ $output != *--options* ]]
}

@test "options and operands in any order, the last value wins, repeated ones all count" {
	example given --to=a -vt b -l x --label y text
	status_is 0
	output_is 'to=b verbose=1
label=x
label=y
operand=text'
	example --label -- given -- -v
	output_is 'to=- verbose=0
label=--
operand=-v'
	POSIXLY_CORRECT=1 example given text -v
	output_is 'to=- verbose=1
operand=text'
	example given -
	output_is 'to=- verbose=0
operand=-'
	example given ''
	output_is 'to=- verbose=0
operand='
}

usage_error() {
	local text=$1
	shift
	example "$@"
	status_is 2
	output_is ''
	errors_are "cli-example: $text (see cli-example --help)"
}

@test "usage errors are status 2 and one line" {
	usage_error 'unknown option --frob' given --frob
	usage_error 'unknown option --frob' given --frob=1
	usage_error 'unknown option -x' given -vx
	usage_error 'unknown option -é' given -é
	usage_error 'unknown option -\x07' given $'-\a'
	usage_error '--to needs PERSON' given --to
	usage_error '--to needs PERSON' given -t
	usage_error '--ledger needs DIR' given -C
	usage_error '--verbose takes no argument' given --verbose=yes
	usage_error '--size: “big” is not one of small|large' given --size big
	usage_error '--size: “small|large” is not one of small|large' given --size 'small|large'
	usage_error '--size: “” is not one of small|large' given --size=
	usage_error 'too few operands: it takes WHAT [TEXT]'
	usage_error 'unexpected “c”: it takes WHAT [TEXT]' given b c
}

@test "what a command itself finds unusable is one line, too" {
	example $'what\n'
	status_is 2
	output_is ''
	errors_are 'cli-example: nothing is called “what\n”'
}

@test "long options are not abbreviated" {
	usage_error 'unknown option --verb: names are written in full' given --verb
	usage_error 'unknown option --labe: names are written in full' given --labe=x
	usage_error 'unknown option --ver' given --ver
}

@test "operands and values are UTF-8" {
	usage_error '“\xff” is not UTF-8' given $'\xff'
	usage_error '“a\xed\xa0\x80” is not UTF-8' given --to $'a\xed\xa0\x80'
	usage_error 'unknown option -\xff' given $'-\xff'
	usage_error 'unknown option --\xff' given $'--\xff'
}

@test "each way to fail has its status and one line" {
	example no
	status_is 1
	errors_are ''
	example refuse
	status_is 3
	errors_are 'cli-example: a paid repair needs consent [H2.C-5]'
	example system
	status_is 5
	errors_are 'cli-example: kefu.yaml: No such file or directory'
}

@test "damage is named, reading goes on, the worst status wins" {
	example problems
	status_is 4
	output_is 'before
after'
	errors_are 'cli-example: tickets/1.yaml:3:7: cut\noff'
	run cli-example problems
	output_is 'before
cli-example: tickets/1.yaml:3:7: cut\noff
after'
}

@test "notes go to stderr, controls visible, and -q silences them" {
	example record
	status_is 0
	output_is YL261121001
	errors_are 'cli-example: recording\n\x1b[31m'
	example record -q
	output_is YL261121001
	errors_are ''
	example problems --quiet
	errors_are 'cli-example: tickets/1.yaml:3:7: cut\noff'
}

@test "the formats" {
	example table --format tsv
	output_is $'unit\ttext\thours
3-1201\t厨房下水道堵塞，水已漫到客厅\t24
12-101\t\\N\t3
1-101\ttab\\there, "quoted"\\nline\t120'
	example table --format tsv --no-header
	[[ ${lines[0]} == $'3-1201\t厨房下水道堵塞，水已漫到客厅\t24' ]]
	example table --no-header
	[[ ${lines[0]} == '3-1201  厨房下水道堵塞，水已漫到客厅   24' ]]
}

@test "json, yaml and csv are what other programs read" {
	cat >check.py <<-'END'
		import csv, io, json, subprocess, yaml
		def read(form):
		    return subprocess.run(["cli-example", "table", "--format", form], check=True, capture_output=True).stdout.decode()
		want = [{"unit": "3-1201", "text": "厨房下水道堵塞，水已漫到客厅", "hours": 24}, {"unit": "12-101", "hours": 3},
		        {"unit": "1-101", "text": "tab\there, \"quoted\"\nline", "hours": 120}]
		assert [json.loads(line) for line in read("json").splitlines()] == want
		assert list(yaml.safe_load_all(read("yaml"))) == want
		got = list(csv.DictReader(io.StringIO(read("csv"), newline="")))
		assert got == [{"text": "", **row, "hours": str(row["hours"])} for row in want], got
	END
	/usr/bin/python3 check.py
}

@test "a full stdout is an error; after recording it is status 6" {
	run --separate-stderr bash -c 'cli-example table >/dev/full'
	status_is 5
	errors_are 'cli-example: stdout cannot be written: No space left on device'
	run --separate-stderr bash -c 'cli-example --help >/dev/full'
	status_is 5
	run --separate-stderr bash -c 'cli-example record -q >/dev/full'
	status_is 6
	errors_are 'cli-example: YL261121001 is recorded, but stdout cannot be written: No space left on device'
	run --separate-stderr bash -c 'cli-example no >/dev/full'
	status_is 1
	errors_are ''
}

@test "a file size limit is an error, not a signal" {
	run --separate-stderr bash -c 'ulimit -f 1; cli-example flood >out'
	status_is 5
	errors_are 'cli-example: stdout cannot be written: File too large'
}

@test "a reader who leaves ends the command silently" {
	run --separate-stderr bash -c 'cli-example flood | head -1; exit ${PIPESTATUS[0]}'
	status_is 5 # a command that records is not killed by SIGPIPE
	output_is 'line 0'
	errors_are ''
	run --separate-stderr bash -c 'cli-example record -q | sleep 0 & wait; cli-example record -q | head -0; exit ${PIPESTATUS[0]}'
	[[ $status == 6 || $status == 0 ]] # it may have been faster than head
	errors_are ''
}

@test "closed descriptors are not taken for files" {
	run --separate-stderr bash -c 'cli-example table >&-'
	status_is 5
	errors_are 'cli-example: stdout cannot be written: Bad file descriptor'
	run --separate-stderr bash -c 'cli-example table <&- 2>&- --no-header --format tsv | head -1'
	status_is 0
	run --separate-stderr bash -c 'cli-example text - <&-'
	status_is 5
	errors_are 'cli-example: the text cannot be read: Bad file descriptor'
	run bash -c 'cli-example refuse >&- 2>&- <&-'
	status_is 3
}

@test "no argv at all" {
	cat >bare.py <<-'END'
		import ctypes, os, sys
		libc = ctypes.CDLL(None, use_errno=True)
		libc.execv(sys.argv[1].encode(), (ctypes.c_char_p * 1)(None))
	END
	run --separate-stderr /usr/bin/python3 bare.py "$(command -v cli-example)"
	status_is 2
	errors_are 'cli-example: too few operands: it takes WHAT [TEXT] (see cli-example --help)'
}

@test "hostile signals are put right" {
	cat >hostile.py <<-'END'
		import os, signal, sys
		signal.pthread_sigmask(signal.SIG_BLOCK, range(1, 65))
		for name in (signal.SIGCHLD, signal.SIGPIPE, signal.SIGINT):
		    signal.signal(name, signal.SIG_IGN)
		os.execvp(sys.argv[1], sys.argv[1:])
	END
	run --separate-stderr /usr/bin/python3 hostile.py cli-example given
	status_is 0
	output_is 'to=- verbose=0'
}

@test "stdout that does not block loses nothing" {
	cat >slow.py <<-'END'
		import os, subprocess, time
		read, write = os.pipe()
		os.set_blocking(write, False)
		child = subprocess.Popen(["cli-example", "flood"], stdout=write)
		os.close(write)
		with open(read) as pipe:
		    lines = sum(1 for line in pipe)
		assert lines == 1000000, lines
		assert child.wait() == 0
	END
	/usr/bin/python3 slow.py
}

@test "text from an argument is verbatim" {
	example text $'两行\n\n'
	output_is $'<两行\n\n>'
	status_is 0
	example text ''
	status_is 3
	errors_are 'cli-example: the text is empty: nothing is recorded'
}

@test "text from stdin drops one closing line break" {
	run --separate-stderr bash -c 'printf "a\r\n b\n\n" | cli-example text -'
	output_is $'<a\r\n b\n>'
	run --separate-stderr bash -c 'printf "a" | cli-example text -'
	output_is '<a>'
	run --separate-stderr bash -c 'printf "\n" | cli-example text -'
	status_is 3
	errors_are 'cli-example: the text is empty: nothing is recorded'
	run --separate-stderr bash -c 'printf "a\0b\n" | cli-example text -'
	status_is 3
	errors_are 'cli-example: the text holds a NUL byte'
	run --separate-stderr bash -c 'printf "ab\xff\n" | cli-example text -'
	status_is 3
	errors_are 'cli-example: the text is not UTF-8 at byte 3'
	run --separate-stderr bash -c 'cli-example text - </'
	status_is 5
	errors_are 'cli-example: the text cannot be read: Is a directory'
}

@test "text is at most 1 MiB" {
	run --separate-stderr bash -c 'head -c 1048576 /dev/zero | tr "\0" a | cli-example text - | wc -c'
	output_is 1048579
	run --separate-stderr bash -c '{ head -c 1048576 /dev/zero | tr "\0" a; echo; } | cli-example text - | wc -c'
	output_is 1048579
	run --separate-stderr bash -c 'head -c 1048577 /dev/zero | tr "\0" a | cli-example text -'
	status_is 3
	errors_are 'cli-example: the text is longer than 1048576 bytes'
	run --separate-stderr timeout 10 cli-example text - </dev/zero
	status_is 3
}

@test "no text and no terminal is a usage error" {
	EDITOR=false run --separate-stderr cli-example text </dev/null
	status_is 2
	errors_are 'cli-example: the text is missing: give it as an argument, as - from stdin, or in $EDITOR'
}

@test "text from the editor" {
	printf '#!/bin/bash\nstat -c %%a "$2" >mode; cp "$2" before; echo "$1" >first; printf "写好了\\n" >new && mv new "$2"\n' >editor
	chmod +x editor
	on_terminal 'EDITOR="./editor --wait" cli-example text'
	output_is '<写好了>'
	[[ $(<mode) == 600 && $(<first) == --wait && ! -s before ]]
	on_terminal 'EDITOR=false VISUAL="./editor x" cli-example text'
	output_is '<写好了>'
	[[ -z $(compgen -G 'kefu-*') ]] # nothing stays behind
}

@test "an editor that fails or writes nothing records nothing" {
	on_terminal 'EDITOR=false cli-example text; echo $?'
	output_is 'cli-example: the editor failed: nothing is recorded
3'
	on_terminal 'EDITOR=true cli-example text; echo $?'
	output_is 'cli-example: the text is empty: nothing is recorded
3'
	on_terminal 'EDITOR="rm -f" cli-example text; echo $?'
	[[ ${lines[0]} == *'cannot be read: No such file or directory' && ${lines[1]} == 5 ]]
	on_terminal 'EDITOR="ln -sf /etc/passwd" cli-example text; echo $?'
	[[ ${lines[0]} == *'cannot be read: Too many levels of symbolic links' && ${lines[1]} == 5 ]]
	on_terminal 'TMPDIR=/nonexistent EDITOR=true cli-example text; echo $?'
	[[ ${lines[0]} == 'cli-example: /nonexistent/kefu-'*': No such file or directory' && ${lines[1]} == 5 ]]
	on_terminal 'cli-example text; echo $?'
	[[ ${lines[0]} == 'cli-example: the text is missing:'* && ${lines[1]} == 2 ]]
	[[ -z $(compgen -G 'kefu-*') ]]
}

@test "the editor gets the signals programs expect" {
	on_terminal "EDITOR='grep SigIgn /proc/self/status >' cli-example text"
	# SIGINT, SIGQUIT, SIGPIPE and SIGXFSZ are not ignored
	mask=$((0x${output//[^0-9a-f]/}))
	((!(mask & (1 << 1 | 1 << 2 | 1 << 12 | 1 << 24))))
}

@test "width and colour are a terminal's" {
	TERM=xterm example terminal
	output_is '0 0'
	on_terminal 'TERM=xterm cli-example terminal'
	output_is '40 1'
	on_terminal 'TERM=xterm NO_COLOR=1 cli-example terminal'
	output_is '40 0'
	on_terminal 'TERM=xterm NO_COLOR= cli-example terminal'
	output_is '40 1'
	on_terminal 'TERM=dumb cli-example terminal'
	output_is '40 0'
	on_terminal 'stty cols 0; COLUMNS=30 TERM= cli-example terminal'
	output_is '30 1'
	on_terminal 'stty cols 0; COLUMNS=x TERM=dumb cli-example terminal'
	output_is '80 0'
	on_terminal 'cli-example table'
	[[ ${lines[1]} == '3-1201  厨房下水道堵塞，水已漫到…     24' ]]
}

@test "numbers do not follow the locale, messages in UTF-8" {
	LC_ALL=de_DE.UTF-8 LANGUAGE='../../etc:zh_CN' example system
	status_is 5
}

@test "completion comes from the table" {
	mkdir -p completions cellar
	ln -s "$root/lib/cli/completion.bash" completions/cli-example
	source completions/cli-example
	complete -p cli-example
	complete_words() {
		COMP_WORDS=(cli-example "$@") COMP_CWORD=$# COMPREPLY=()
		_kefu cli-example "${*: -1}" "${COMP_WORDS[COMP_CWORD - 1]}"
	}
	complete_words --si
	[[ ${COMPREPLY[*]} == --size ]]
	complete_words --format ''
	[[ ${COMPREPLY[*]} == 'table tsv csv json yaml' ]]
	complete_words --format = j
	[[ ${COMPREPLY[*]} == json ]]
	complete_words -C cel
	[[ ${COMPREPLY[*]} == cellar ]]
	complete_words --by ''
	[[ ${#COMPREPLY[@]} == 0 ]]
}

# completes TYPED RESULT: what bash makes of TYPED and the tabulator, in a shell of its own where the command prints its words
completes() {
	local wanted=$2
	run /usr/bin/python3 - "$1" <<-'END'
		import os, pty, select, sys, time
		child, terminal = pty.fork()
		if child == 0:
		    os.environ.update(PS1="$ ", TERM="dumb", INPUTRC="/dev/null")
		    os.execvp("bash", ["bash", "--norc", "--noprofile", "-i"])
		said = b""
		def until(text):
		    global said
		    end = time.monotonic() + 20
		    while text not in said and time.monotonic() < end:
		        if select.select([terminal], [], [], 1)[0]:
		            said += os.read(terminal, 4096)
		os.write(terminal, b". ./words; echo rea''dy\n")
		until(b"\nready")
		said = b""
		os.write(terminal, sys.argv[1].encode() + b"\t\n")
		until(b"end>")
		print(said.decode().split("\n<", 1)[1].split("<end>")[0].replace("\r", ""))
		os.write(terminal, b"exit\n")
		os.close(terminal)
		os.waitpid(child, 0)
	END
	status_is 0
	[[ $output == "$wanted" ]] || { echo "$1 became $output, not $wanted"; return 1; }
}

@test "completion of files whose names have spaces and signs, as bash completes" {
	mkdir -p completions 'a folder/in side' bin
	ln -s "$root/lib/cli/completion.bash" completions/words
	touch 'my list.csv' "it's" 'cost$USER' 'new
line' 'z;touch broken'
	cat >words <<-'END'
		words() {
		    if [[ ${1-} == --options ]]; then
		        printf -- '-C\t--ledger\tDIR\t\n\t--rejects\tFILE\t\n\t--by\tPERSON\t\n\t--size\tsmall|large\t\n'
		    else
		        printf '<%s>' "$@" end
		    fi
		}
		. completions/words
	END
	completes 'words my' 'my list.csv>'
	completes 'words my\ l' 'my list.csv>'
	completes 'words "my l' 'my list.csv>'
	completes "words 'my" 'my list.csv>'
	completes 'words it' "it's>"
	completes 'words cos' 'cost$USER>'
	completes 'words z' 'z;touch broken>'
	completes 'words --rejects my' '--rejects><my list.csv>'
	completes 'words --rejects=my' '--rejects=my list.csv>'
	completes 'words -C a' '-C><a folder/>'
	completes 'words -C a\ folder/' '-C><a folder/in side/>'
	completes 'words --size sm' '--size><small>'
	completes 'words --by my' '--by><my>'
	[[ ! -e broken ]]
	# the command, too, may be called by a path with spaces
	ln -s "$(command -v cli-example)" 'a folder/cli-example'
	source completions/words
	COMP_WORDS=('a\ folder/cli-example' --si) COMP_CWORD=1 COMPREPLY=()
	_kefu 'a\ folder/cli-example' --si 'a\ folder/cli-example'
	[[ ${COMPREPLY[*]} == --size ]]
}
