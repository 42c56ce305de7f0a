# kefu: GNU make. `make demo` runs the main job, `make check` the tests; both
# install what they need. A new file in cmd/, lib/*/ or tests/ needs no edit here.
prefix ?= /usr/local
BUILD  ?= build
CFLAGS ?= -O2 -g
PKGS   := yaml-0.1 libpcre2-8 gmp libmd
SHELL  := /bin/bash
FUZZ_SECONDS ?= 60

# Paths that make, a shell or a string of C would take for something else are refused, not half obeyed. A space is fine in
# prefix and DESTDIR, which no list of make's holds.
define newline


endef
# both quotes, and a backslash
signs := $$ $(shell printf '\47 \42 \134')
refused = $(strip $(foreach sign,$(signs),$(if $(findstring $(sign),$(1)),a $(sign))) $(if $(findstring $(newline),$(1)),a line break))
$(foreach name,prefix DESTDIR,$(if $(call refused,$(value $(name))),\
	$(error $(name): $(call refused,$(value $(name))) cannot be part of it: name another folder)))
ifneq ($(patsubst /%,/,$(firstword $(prefix))),/)
$(error prefix: give it as an absolute path, like /usr/local)
endif
ifneq ($(words $(BUILD)),1)
$(error BUILD: give a folder whose path has no space)
endif

lib_src   := $(wildcard lib/*/*.c)
cmd_src   := $(wildcard cmd/*.c)
unit_src  := $(wildcard tests/unit/*.c)
tool_src  := $(wildcard tests/tools/*.c)
fuzz_src  := $(wildcard tests/fuzz/*.c)
lib_obj   := $(lib_src:%.c=$(BUILD)/%.o)
commands  := $(cmd_src:cmd/%.c=$(BUILD)/bin/%)
units     := $(unit_src:tests/unit/%.c=$(BUILD)/unit/%)
tools     := $(tool_src:tests/tools/%.c=$(BUILD)/tools/%)
fuzzers   := $(fuzz_src:tests/fuzz/%.c=$(BUILD)/fuzz/%)
# The same without libFuzzer, for a few runs each in every check.
fuzz_short := $(fuzz_src:tests/fuzz/%.c=$(BUILD)/fuzz-short/%)
languages := $(basename $(notdir $(wildcard po/*.po)))
version   := $(shell cat VERSION)

# Standards and other long tests: executable files judged by their exit status, or bats files.
conformance := $(shell find tests/conformance -maxdepth 1 -type f \( -perm -u+x -o -name '*.bats' \) 2>/dev/null | sort)
interop     := $(wildcard tests/interop/*.bats)
fault       := $(shell find tests/fault -maxdepth 1 -type f \( -perm -u+x -o -name '*.bats' \) 2>/dev/null | sort)
# `make check TESTS=tests/unit/cli.bats` runs just that.
TESTS ?= $(units) $(sort $(wildcard tests/unit/*.bats tests/cmd/*.bats tests/flow/*.bats tests/fuzz/*.bats)) $(conformance) $(fault)

# Expanded only when used: pkg-config may have come with the set-up of this very run.
KEFU_CPPFLAGS = -D_GNU_SOURCE -DKEFU_VERSION='"$(version)"' -DKEFU_DATADIR='"$(prefix)/share/kefu"' \
	-DKEFU_LOCALEDIR='"$(prefix)/share/locale"' -Ilib $(shell pkg-config --cflags $(PKGS))
KEFU_CFLAGS   = -std=c17 -Wall -Wextra -Wstrict-prototypes -Wmissing-prototypes -Wshadow -Wvla -fno-common -pthread \
	$(SANITIZE) $(CFLAGS)
KEFU_LIBS     = $(shell pkg-config --libs $(PKGS)) -pthread
LINK          = @mkdir -p $(@D) && echo "  LINK $@" && $(CC) $(KEFU_CFLAGS) $(LDFLAGS) -o $@ $^
# What a test is told; tests/run.pl adds the rest.
TEST_ENV      = KEFU_BUILD="$$(realpath -m $(BUILD))" BUILD="$$(realpath -m $(BUILD))" CC='$(CC)'
# All processors, unless whoever called make has said.
AGAIN         = @+$(MAKE) --no-print-directory $(if $(findstring -j,$(MAKEFLAGS)),,-j$(shell nproc))

.PHONY: all tools demo check check-asan check-interop check-run conformance fault fuzz fuzz-run bench rules rules-slow lint release \
	install uninstall pot clean FORCE
.DELETE_ON_ERROR:
.SECONDARY:

all: $(commands)

# The commands, and the programs that tests written in bats call besides.
tools: all $(tools)

# Other flags, another prefix or version: everything is compiled again.
$(BUILD)/config: FORCE
	@mkdir -p $(@D)
	@printf '%s\n' '$(subst ','\'',$(CC) $(KEFU_CPPFLAGS) $(CPPFLAGS) $(KEFU_CFLAGS) $(LDFLAGS) $(KEFU_LIBS))' >$@.new
	@cmp -s $@.new $@ && rm $@.new || mv $@.new $@

$(BUILD)/%.o: %.c $(BUILD)/config
	@mkdir -p $(@D) && echo "  CC   $<"
	@$(CC) $(KEFU_CPPFLAGS) $(CPPFLAGS) $(KEFU_CFLAGS) $(WERROR) -MMD -MP -c -o $@ $<

$(BUILD)/libkefu.a: $(lib_obj)
	@rm -f $@
	@$(AR) rcs $@ $^

$(BUILD)/bin/%: $(BUILD)/cmd/%.o $(BUILD)/libkefu.a
	$(LINK) $(KEFU_LIBS)

$(BUILD)/unit/%: $(BUILD)/tests/unit/%.o $(BUILD)/libkefu.a
	$(LINK) $(KEFU_LIBS) $(shell pkg-config --libs cmocka)

$(BUILD)/tools/%: $(BUILD)/tests/tools/%.o $(BUILD)/libkefu.a
	$(LINK) $(KEFU_LIBS)

$(BUILD)/fuzz/%: $(BUILD)/tests/fuzz/%.o $(BUILD)/fuzz/libcommands.a $(BUILD)/libkefu.a
	$(LINK) -fsanitize=fuzzer $(KEFU_LIBS)

$(BUILD)/fuzz-short/%: $(BUILD)/tests/fuzz/%.o $(BUILD)/tests/fuzz_short.o $(BUILD)/fuzz/libcommands.a $(BUILD)/libkefu.a
	$(LINK) $(KEFU_LIBS)

# The commands as functions, which fuzzers call: main of ticket-show is main_ticket_show.
main = main_$(subst -,_,$(1))
fuzz_commands := $(cmd_src:cmd/%.c=%)

$(BUILD)/fuzz/cmd/%.o: cmd/%.c $(BUILD)/config
	@mkdir -p $(@D) && echo "  CC   $< (as a function)"
	@$(CC) $(KEFU_CPPFLAGS) $(CPPFLAGS) -Dmain=$(call main,$*) $(KEFU_CFLAGS) -Wno-missing-prototypes -MMD -MP -c -o $@ $<

$(BUILD)/fuzz/commands.c: Makefile $(cmd_src)
	@mkdir -p $(@D)
	@{ echo '#include "records.h"'; printf 'int %s(int, char **);\n' $(foreach name,$(fuzz_commands),$(call main,$(name))); \
	   echo 'const struct records_command records_commands[] = {'; \
	   printf '{"%s", %s},\n' $(foreach name,$(fuzz_commands),$(name) $(call main,$(name))); echo '{0}};'; } >$@

$(BUILD)/fuzz/commands.o: $(BUILD)/fuzz/commands.c tests/fuzz/records.h
	@$(CC) $(KEFU_CPPFLAGS) $(CPPFLAGS) -Itests/fuzz $(KEFU_CFLAGS) -Wno-unused -c -o $@ $<

$(BUILD)/fuzz/libcommands.a: $(BUILD)/fuzz/commands.o $(fuzz_commands:%=$(BUILD)/fuzz/cmd/%.o)
	@rm -f $@
	@$(AR) rcs $@ $^

-include $(lib_obj:.o=.d) $(patsubst %.c,$(BUILD)/%.d,$(cmd_src) $(unit_src) $(tool_src) $(fuzz_src) tests/fuzz_short.c) \
	$(fuzz_commands:%=$(BUILD)/fuzz/cmd/%.d)

# Its text is part of the program.
$(BUILD)/lib/book/policy_own.o: schemas/policy.yaml schemas/fields.yaml

# The set-up may install make's own helpers (pkg-config, perl): what follows it runs in a make of its own.
demo:
	@tests/setup.sh demo
	$(AGAIN) all
	@KEFU_BUILD="$$(realpath -m $(BUILD))" examples/resident-centre/run.sh

check:
	@tests/setup.sh check
	@$(TEST_ENV) perl tests/run.pl --announce $(TESTS)
	$(AGAIN) WERROR=-Werror check-run

check-run: tools $(units) $(if $(filter tests/fuzz/%.bats,$(TESTS)),$(fuzz_short))
	@KEFU_TARGET='$(or $(KEFU_TARGET),check)' $(TEST_ENV) perl tests/run.pl $(TESTS)

check-asan:
	@$(MAKE) --no-print-directory BUILD=$(BUILD)/asan \
		SANITIZE='-fsanitize=address,undefined -fno-sanitize-recover=all -fno-omit-frame-pointer' check

# Other programs of its subject, from packages of their own.
check-interop:
	@tests/setup.sh interop
	$(AGAIN) WERROR=-Werror KEFU_TARGET=interop TESTS='$(interop)' check-run

conformance:
	@$(MAKE) --no-print-directory TESTS='$(conformance)' check

fault:
	@KEFU_LONG=1 $(MAKE) --no-print-directory TESTS='$(fault)' check

fuzz:
	@tests/setup.sh fuzz
	$(AGAIN) all
	@$(TEST_ENV) tests/fuzz/ledger.sh $(BUILD)/fuzzing/fuzz/ledger
	$(AGAIN) BUILD=$(BUILD)/fuzzing CC=clang \
		SANITIZE='-fsanitize=fuzzer-no-link,address,undefined -fno-sanitize-recover=all' fuzz-run

# What a fuzzer learns stays in the build folder; its seeds are tests/fuzz/NAME/.
fuzz-run: $(fuzzers)
	@for fuzzer in $(fuzzers); do \
		seeds=tests/fuzz/$$(basename $$fuzzer); mkdir -p $$fuzzer.corpus; \
		KEFU_FUZZ_LEDGER=$(BUILD)/fuzz/ledger \
		$$fuzzer -max_total_time=$(FUZZ_SECONDS) -artifact_prefix=$$fuzzer. -print_final_stats=1 \
			$$fuzzer.corpus $$([[ -d $$seeds ]] && echo $$seeds) || exit 1; \
	done

bench: tools
	@for bench in $(sort $(wildcard tests/bench/*.sh)); do echo "== $$bench"; $(TEST_ENV) bash $$bench || exit 1; done

# Which clause is held by which tests; and whether they would notice a rule gone or changed ($KEFU_RULES: packs, clauses).
rules:
	@tests/rules.py

rules-slow: all
	@$(TEST_ENV) tests/rules-slow

# Shell variables that seem unused, or never set, are those of the files that bats loads: SC2034, SC2154.
lint:
	@tests/setup.sh lint
	@$(MAKE) --no-print-directory TESTS='tests/unit/layers.bats' check
	@find man -name '*.[1-8]' | xargs mandoc -Tlint -Wwarning
	@find tests examples lib .ci -name '*.sh' -o -name '*.bats' -o -name '*.bash' -o -path .ci/run | xargs shellcheck -S warning -e SC2034,SC2154,SC2164
	@cppcheck --quiet --std=c11 --error-exitcode=1 --inline-suppr --enable=warning,performance,portability -D_GNU_SOURCE -Ilib lib cmd

# Messages: English is the source, po/LANGUAGE.po a translation.
pot:
	@xgettext --from-code=UTF-8 --language=C -k_ -kN_ -kerr_set:3 -kerr_refuse:3 -kerr_system:2 --package-name=kefu -o po/kefu.pot \
		$(lib_src) $(cmd_src)

# What ledger-upgrade tells an organisation's own edits by: which schemas and packs this version ships. Once, when
# VERSION is released; they stay for ever.
release:
	@[[ ! -e released/$(version).sha256 ]] || { echo "released/$(version).sha256 is there already: raise VERSION" >&2; exit 1; }
	@mkdir -p released/text
	@for file in $$(find schemas -name '*.yaml' | sort) calendar/cn.yaml examples/*/policy.yaml; do \
		digest=$$(sha256sum <$$file) digest=$${digest%% *}; path=$${file/#calendar\/cn/policy\/calendar}; \
		[[ $$path != examples/* ]] || { path=$${path%/policy.yaml}; path=policy/$${path#examples/}.yaml; }; \
		cp $$file released/text/$$digest.yaml && echo "$$digest  $$path" || exit 1; \
	done >released/$(version).sha256.new && mv released/$(version).sha256.new released/$(version).sha256

pages     := $(wildcard man/*.[1-8] man/*/*.[1-8])
data      := $(shell find schemas calendar released -type f 2>/dev/null)
packs     := $(shell find examples -type f 2>/dev/null)
# Where everything goes, below prefix.
installed := $(commands:$(BUILD)/%=%) $(data:%=share/kefu/%) $(packs:examples/%=share/kefu/packs/%) share/kefu/completion.bash \
	$(cmd_src:cmd/%.c=share/bash-completion/completions/%) \
	$(foreach page,$(pages),share/$(dir $(page))man$(patsubst .%,%,$(suffix $(page)))/$(notdir $(page))) \
	$(languages:%=share/locale/%/LC_MESSAGES/kefu.mo)
install uninstall: export KEFU_PREFIX = $(prefix)
install uninstall: export KEFU_DESTDIR = $(DESTDIR)

install: all
	@to=$$KEFU_DESTDIR$$KEFU_PREFIX; \
	for command in $(commands); do install -D -t "$$to/bin" $$command || exit 1; done; \
	for page in $(pages); do section=$${page##*.} folder=$${page%/*}; \
		install -D -m 644 -t "$$to/share/$$folder/man$$section" $$page || exit 1; done; \
	for file in $(data); do install -D -m 644 $$file "$$to/share/kefu/$$file" || exit 1; done; \
	for file in $(packs); do install -D -m $$([[ -x $$file ]] && echo 755 || echo 644) $$file \
		"$$to/share/kefu/packs/$${file#examples/}" || exit 1; done; \
	install -D -m 644 lib/cli/completion.bash "$$to/share/kefu/completion.bash" || exit 1; \
	completions=$$to/share/bash-completion/completions; mkdir -p -- "$$completions" || exit 1; \
	for command in $(commands); do \
		ln -sfn "$$KEFU_PREFIX/share/kefu/completion.bash" "$$completions/$${command##*/}" || exit 1; done; \
	for language in $(languages); do folder=$$to/share/locale/$$language/LC_MESSAGES; \
		mkdir -p -- "$$folder" && msgfmt -o "$$folder/kefu.mo" po/$$language.po || exit 1; done

uninstall:
	@to=$$KEFU_DESTDIR$$KEFU_PREFIX; for file in $(installed); do rm -f -- "$$to/$$file" || exit 1; done; \
	find "$$to/share/kefu" -type d -empty -delete 2>/dev/null || true

clean:
	rm -rf $(BUILD)
