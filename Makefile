# SPDX-License-Identifier: MIT
#
# make          build everything into bin/ and libexec/gavel/
# make demo     a tour on a docket of its own (DATA=FILE: on your own rows)
# make check    all tests; ends with "N passed, N failed, N skipped"
# make help     the other targets

PREFIX  ?= /usr/local
DESTDIR ?=
BUILD   ?= build
BIN     ?= bin
LIBEXEC ?= libexec/gavel
CC      ?= gcc
CXX     ?= g++
VERSION := 0.1.0

OPT      ?= -O2 -g
WARN     := -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wno-missing-field-initializers
HARDEN   ?= -fstack-protector-strong -D_FORTIFY_SOURCE=2
SANITIZE ?=
CPPFLAGS += -D_GNU_SOURCE -DGAVEL_VERSION='"$(VERSION)"' -DPCRE2_CODE_UNIT_WIDTH=8 \
            -DOPENSSL_API_COMPAT=0x10100000L -Ilib -I$(BUILD)/gen
CFLAGS   += -std=c11 $(OPT) $(WARN) $(WERROR) $(HARDEN) $(SANITIZE) -ffunction-sections -fdata-sections
CXXFLAGS += -std=c++17 $(OPT) -Wall -Wextra $(WERROR) $(HARDEN) $(SANITIZE) -fno-exceptions -fno-rtti
LDFLAGS  += -Wl,--as-needed -Wl,--gc-sections $(SANITIZE)

# The libraries that every command needs are linked from their archives where
# the -dev package ships one: each shared library costs a small program 30 to
# 650 us of start-up (libcrypto), and these are called thousands of times from loops.
archive = $(or $(filter /%,$(shell $(CC) -print-file-name=lib$(1).a)),$(shell pkg-config --libs $(2) 2>/dev/null))
LIBS := $(call archive,deflate,libdeflate) $(call archive,utf8proc,libutf8proc) \
       $(call archive,pcre2-8,libpcre2-8) $(call archive,crypto,libcrypto) $(call archive,gmp,gmp) -lm -pthread

LIB_SRC   := $(filter-out lib/schemac.c,$(wildcard lib/*.c))
LIB_OBJ   := $(LIB_SRC:%.c=$(BUILD)/%.o) $(BUILD)/gen/schema_tables.o
LIB       := $(BUILD)/libgavel.a
CMD_ONE   := $(patsubst cmd/%.c,%,$(wildcard cmd/*.c))
CMD_DIR   := $(patsubst cmd/%/main.c,%,$(wildcard cmd/*/main.c))
COMMANDS  := $(CMD_ONE) $(CMD_DIR)
HELPERS   := gavel-git gavel-filter gavel-archive
UNIT      := $(patsubst tests/unit/%.c,$(BUILD)/unit/%,$(wildcard tests/unit/test_*.c))
SCHEMAS   := $(sort $(wildcard share/schema/*.json))
MANPAGES  := $(patsubst man/%.in,man/%,$(wildcard man/*.in))
DEPS_OK   := $(BUILD)/deps.ok

# What builds and then runs something builds with every processor, unless make was told how many.
JOBS = $(if $(findstring jobserver,$(MAKEFLAGS)),,-j$(shell nproc))
SUBMAKE = $(MAKE) $(JOBS) --no-print-directory

# One short line a file; V=1 shows the whole commands.
Q = $(if $(V),,@echo "  $@";)

.DELETE_ON_ERROR:
.SUFFIXES:
.PHONY: print-libs all check demo deps unit asan lint bench bench-quick crash torture check-slurm fuzz install uninstall dist clean help po-update

all: $(COMMANDS:%=$(BIN)/%) $(HELPERS:%=$(LIBEXEC)/%) $(LIBEXEC)/gavel-simdjson.so $(LIBEXEC)/gavel-ed25519.so \
     $(BUILD)/share.ok locale docs

help:
	@sed -n 's/^# make/make/p' Makefile
	@echo 'make deps     install the Debian packages that are missing (says which)'
	@echo 'make install  PREFIX=$(PREFIX) DESTDIR=; make uninstall takes it away again'
	@echo 'make asan     build and test under AddressSanitizer and UBSan'
	@echo 'make lint     warnings as errors, clang-tidy, cppcheck, shellcheck, banned functions'
	@echo 'make crash    kill writers at every step and look at the docket; then make torture'
	@echo 'make torture  let every allocation of the commands fail'
	@echo 'make check-slurm  statistics over shards as a job array, on a Slurm of its own'
	@echo 'make fuzz     libFuzzer over the parsers, FUZZ_SECONDS=60 each'
	@echo 'make bench    ratios against peers on 100k records (bench-quick: 20k)'
	@echo 'make dist     a source archive;  make clean'

# ---- dependencies ----

deps:
	@make/deps.sh --install build check
$(DEPS_OK):
	@make/deps.sh --verify build
	@mkdir -p $(@D) && touch $@

print-libs:
	@echo $(LIBS)

# ---- library ----

$(BUILD)/lib/%.o: lib/%.c | $(DEPS_OK)
	@mkdir -p $(@D)
	$(Q)$(CC) $(CPPFLAGS) $(CFLAGS) -MMD -MP -c -o $@ $<

$(LIB): $(LIB_OBJ)
	@rm -f $@
	$(Q)$(AR) rcs $@ $^

# The schema compiler is a program of the build: schema JSON to constant tables.
SCHEMAC_OBJ := $(addprefix $(BUILD)/lib/,schemac.o json_read.o json_tree.o json_write.o json_fast.o \
               arena.o buf.o err.o utf8.o i18n.o home.o)
$(BUILD)/schemac: $(SCHEMAC_OBJ)
	$(Q)$(CC) $(LDFLAGS) -o $@ $^ $(LIBS) -ldl
$(BUILD)/gen/schema_tables.c: $(BUILD)/schemac $(SCHEMAS)
	@mkdir -p $(@D)
	$(Q)$(BUILD)/schemac $(SCHEMAS) > $@
$(BUILD)/gen/schema_tables.o: $(BUILD)/gen/schema_tables.c
	$(Q)$(CC) $(CPPFLAGS) $(CFLAGS) -MMD -MP -c -o $@ $<

# ---- commands ----

$(BUILD)/cmd/%.o: cmd/%.c | $(DEPS_OK)
	@mkdir -p $(@D)
	$(Q)$(CC) $(CPPFLAGS) $(CFLAGS) -MMD -MP -c -o $@ $<

define one_command
$(BIN)/$(1): $(BUILD)/cmd/$(1).o $(LIB)
	@mkdir -p $$(@D)
	$(Q)$(CC) $(LDFLAGS) -o $$@ $$^ $$(LIBS) -ldl
endef
define dir_command
$(BIN)/$(1): $(patsubst %.c,$(BUILD)/%.o,$(wildcard cmd/$(1)/*.c)) $(LIB)
	@mkdir -p $$(@D)
	$(Q)$(CC) $(LDFLAGS) -o $$@ $$^ $$(LIBS) -ldl
endef
$(foreach c,$(CMD_ONE),$(eval $(call one_command,$(c))))
$(foreach c,$(CMD_DIR),$(eval $(call dir_command,$(c))))

# Helpers hold what is slow to load: libgit2 (7 ms), libjq (18 ms to compile), libarchive, libstdc++.
$(LIBEXEC)/gavel-git: $(BUILD)/cmd/libexec/gavel-git.o $(LIB)
	@mkdir -p $(@D)
	$(Q)$(CC) $(LDFLAGS) -o $@ $^ $(shell pkg-config --libs libgit2) $(LIBS) -ldl
$(LIBEXEC)/gavel-filter: $(BUILD)/cmd/libexec/gavel-filter.o $(LIB)
	@mkdir -p $(@D)
	$(Q)$(CC) $(LDFLAGS) -o $@ $^ -ljq $(LIBS) -ldl
$(LIBEXEC)/gavel-ed25519.so: cmd/libexec/gavel-ed25519.c lib/sshsig_impl.h | $(DEPS_OK)
	@mkdir -p $(@D)
	$(Q)$(CC) $(CPPFLAGS) $(CFLAGS) -fPIC -shared $(LDFLAGS) -o $@ $< -lcrypto
$(LIBEXEC)/gavel-archive: $(BUILD)/cmd/libexec/gavel-archive.o $(LIB)
	@mkdir -p $(@D)
	$(Q)$(CC) $(LDFLAGS) -o $@ $^ -larchive $(LIBS) -ldl
$(LIBEXEC)/gavel-simdjson.so: lib/json_simd.cc lib/json_simd.h lib/json.h lib/json_impl.h | $(DEPS_OK)
	@mkdir -p $(@D)
	$(Q)$(CXX) $(CPPFLAGS) $(CXXFLAGS) -fPIC -shared $(LDFLAGS) -o $@ $< $(shell pkg-config --libs simdjson)

# Programs of a build (unit tests, sanitizers' commands) find share/ beside themselves too.
$(BUILD)/share.ok:
	@mkdir -p $(@D)
	@ln -sfn $(CURDIR)/share $(BUILD)/share
	@touch $@

# ---- messages, man pages, completions: from the option tables ----

MO := share/locale/zh_CN/LC_MESSAGES/gavel.mo
.PHONY: locale docs
locale: $(MO)
$(MO): po/zh_CN.po | $(DEPS_OK)
	@mkdir -p $(@D)
	msgfmt --check -o $@ $<
po-update:
	make/po-update.sh
DOC_SRC := $(wildcard man/*.in completions/*.in make/docs*)
docs: $(BUILD)/docs.ok
$(BUILD)/docs.ok: $(COMMANDS:%=$(BIN)/%) $(DOC_SRC)
	BIN=$(BIN) make/docs.sh
	@touch $@

# ---- tests ----

$(BUILD)/unit/%: tests/unit/%.c tests/unit/unit.h $(LIB)
	@mkdir -p $(@D)
	$(Q)$(CC) $(CPPFLAGS) $(CFLAGS) -Itests/unit -MMD -MP -o $@ $< $(LDFLAGS) $(LIB) $(LIBS) -ldl -lm

# The generator of invented cases (demo register, bench, tests) and the bench's stopwatch.
GENERATE_SRC := $(wildcard tests/bench/generate*.c)
$(BUILD)/generate: $(GENERATE_SRC) tests/bench/generate.h $(LIB)
	$(Q)$(CC) $(CPPFLAGS) $(CFLAGS) $(LDFLAGS) -o $@ $(GENERATE_SRC) $(LIB) $(LIBS) -ldl
# Signs with all of libcrypto, which no command links.
$(BUILD)/append: tests/bench/append.c $(LIB)
	$(Q)$(CC) $(CPPFLAGS) $(CFLAGS) $(LDFLAGS) -o $@ $< $(LIB) $(LIBS) -lcrypto -ldl
$(BUILD)/timer: tests/bench/timer.c
	@mkdir -p $(@D)
	$(Q)$(CC) $(CPPFLAGS) $(CFLAGS) $(LDFLAGS) -o $@ $<

# Fuzzers' targets with a main of their own, for their stored inputs (tests/fuzz.bats).
FUZZ_SHORT := $(patsubst tests/fuzz/%.c,$(BUILD)/fuzz-short/%,$(wildcard tests/fuzz/fuzz_*.c))
$(BUILD)/fuzz-short/%: tests/fuzz/%.c tests/fuzz/short.c $(LIB)
	@mkdir -p $(@D)
	$(Q)$(CC) $(CPPFLAGS) $(CFLAGS) -Itests/unit $(LDFLAGS) -o $@ $< tests/fuzz/short.c $(LIB) $(LIBS) -ldl

unit: all $(UNIT) $(FUZZ_SHORT) $(BUILD)/generate

check: deps
	@make/deps.sh --install browser || : # the tests say what then cannot run
	@$(SUBMAKE) all unit
	@BUILD=$(BUILD) BIN=$(BIN) make/check.sh

asan: deps
	@$(SUBMAKE) BUILD=build/asan BIN=build/asan/bin LIBEXEC=build/asan/libexec/gavel \
	  OPT='-O1 -g' HARDEN= SANITIZE='-fsanitize=address,undefined -fno-sanitize-recover=undefined -fno-omit-frame-pointer' all unit
	@BUILD=build/asan BIN=build/asan/bin make/check.sh --sanitized

lint:
	@make/deps.sh --install build check lint
	@make/lint.sh

demo: deps
	@$(SUBMAKE) -s all
	@DATA='$(DATA)' BIN=$(BIN) make/demo.sh

crash: deps
	@$(SUBMAKE) all
	@make/crash.sh
	@make/torture.sh

torture: deps
	@$(SUBMAKE) all
	@make/torture.sh

check-slurm:
	@make/deps.sh --install build
	@make/deps.sh --install slurm || : # the script says what then cannot run
	@$(SUBMAKE) -s all $(BUILD)/generate
	@BUILD=$(BUILD) BIN=$(BIN) make/check-slurm.sh

fuzz:
	@make/deps.sh --install build lint
	@make/fuzz.sh

bench bench-quick:
	@make/deps.sh --install build bench
	@$(SUBMAKE) -s all $(BUILD)/generate $(BUILD)/timer $(BUILD)/append
	@BUILD=$(BUILD) BIN=$(BIN) tests/bench/run.sh $(if $(filter bench-quick,$@),20000,100000)

# ---- install ----

# Add-ons are the scripts in bin/; what is built lies there too.
ADDONS = $(filter-out bin/README $(COMMANDS:%=bin/%),$(wildcard bin/*))
INSTALL_BIN = $(DESTDIR)$(PREFIX)/bin
INSTALL_LIBEXEC = $(DESTDIR)$(PREFIX)/libexec/gavel
install: all
	install -d "$(INSTALL_BIN)" "$(INSTALL_LIBEXEC)"
	install -m 755 $(COMMANDS:%=$(BIN)/%) $(ADDONS) "$(INSTALL_BIN)"
	install -m 755 $(HELPERS:%=$(LIBEXEC)/%) "$(INSTALL_LIBEXEC)"
	install -m 644 $(LIBEXEC)/gavel-simdjson.so $(LIBEXEC)/gavel-ed25519.so "$(INSTALL_LIBEXEC)"
	make/install-data.sh "$(DESTDIR)" "$(PREFIX)"
uninstall:
	rm -f $(foreach name,$(COMMANDS) $(notdir $(ADDONS)),"$(INSTALL_BIN)/$(name)")
	rm -rf "$(INSTALL_LIBEXEC)"
	@rmdir "$(DESTDIR)$(PREFIX)/libexec" 2>/dev/null || :
	make/install-data.sh --remove "$(DESTDIR)" "$(PREFIX)"

dist:
	git archive --prefix=gavel-$(VERSION)/ -o gavel-$(VERSION).tar.gz HEAD
clean:
	rm -rf build libexec share/locale demo-docket demo-docket.errors.ndjson bench.json bench.svg gavel-*.tar.gz $(COMMANDS:%=bin/%) $(MANPAGES)
	rm -f completions/*.bash completions/*.fish completions/_*

-include $(shell find $(BUILD) -name '*.d' 2>/dev/null)
