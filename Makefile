# kefu: GNU make. `make demo` runs the main job, `make check` the tests; both
# install what they need. A new file in cmd/, lib/*/ or tests/ needs no edit here.
prefix ?= /usr/local
BUILD  ?= build
CC     ?= cc
CFLAGS ?= -O2 -g
PKGS   := yaml-0.1 libpcre2-8 gmp libmd
SHELL  := /bin/bash

lib_src   := $(wildcard lib/*/*.c)
cmd_src   := $(wildcard cmd/*.c)
unit_src  := $(wildcard tests/unit/*.c)
tool_src  := $(wildcard tests/tools/*.c)
lib_obj   := $(lib_src:%.c=$(BUILD)/%.o)
commands  := $(cmd_src:cmd/%.c=$(BUILD)/bin/%)
units     := $(unit_src:tests/unit/%.c=$(BUILD)/unit/%)
tools     := $(tool_src:tests/tools/%.c=$(BUILD)/tools/%)
version   := $(shell cat VERSION)

KEFU_CPPFLAGS = -D_GNU_SOURCE -DKEFU_VERSION='"$(version)"' -DKEFU_DATADIR='"$(prefix)/share/kefu"' -DKEFU_LOCALEDIR='"$(prefix)/share/locale"' -Ilib $(shell pkg-config --cflags $(PKGS))
KEFU_CFLAGS   = -std=c17 -Wall -Wextra -Wstrict-prototypes -Wmissing-prototypes -Wshadow -Wvla -fno-common -pthread $(WERROR) $(SANITIZE) $(CFLAGS)
KEFU_LIBS     = $(shell pkg-config --libs $(PKGS)) -pthread

.PHONY: all demo check check-unit check-bats check-asan conformance fuzz bench lint install uninstall clean deps test-deps
.DELETE_ON_ERROR:
.SECONDARY:

all: $(commands)

$(BUILD)/%.o: %.c Makefile VERSION
	@mkdir -p $(@D)
	$(CC) $(KEFU_CPPFLAGS) $(CPPFLAGS) $(KEFU_CFLAGS) -MMD -MP -c -o $@ $<

$(BUILD)/libkefu.a: $(lib_obj)
	@rm -f $@
	$(AR) rcs $@ $^

$(BUILD)/bin/%: $(BUILD)/cmd/%.o $(BUILD)/libkefu.a
	@mkdir -p $(@D)
	$(CC) $(KEFU_CFLAGS) $(LDFLAGS) -o $@ $^ $(KEFU_LIBS)

$(BUILD)/unit/%: $(BUILD)/tests/unit/%.o $(BUILD)/libkefu.a
	@mkdir -p $(@D)
	$(CC) $(KEFU_CFLAGS) $(LDFLAGS) -o $@ $^ $(KEFU_LIBS) $(shell pkg-config --libs cmocka)

$(BUILD)/tools/%: $(BUILD)/tests/tools/%.o $(BUILD)/libkefu.a
	@mkdir -p $(@D)
	$(CC) $(KEFU_CFLAGS) $(LDFLAGS) -o $@ $^ $(KEFU_LIBS)

-include $(lib_obj:.o=.d) $(cmd_src:%.c=$(BUILD)/%.d) $(unit_src:%.c=$(BUILD)/%.d) $(tool_src:%.c=$(BUILD)/%.d)

clean:
	rm -rf $(BUILD)
