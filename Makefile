# espalier.  `make help` lists the targets.
# Two programs (build/espalier, and build/espalier-draw, which draws for it), one archive per box of the picture, one
# test program per file in tests/unit.

VARIANT ?= release
BUILD   ?= $(if $(filter release,$(VARIANT)),build,build/$(VARIANT))
LAYERS  := base workflow script document db practice term web cli

PACKAGES := lua5.4 sqlite3 yaml-0.1 jansson libcmark libedit libutf8proc libsodium minizip libevent
DRAW_PACKAGES := jansson libutf8proc libsodium cairo pango pangocairo fontconfig

WARN  := -Wall -Wextra -Wpedantic -Werror -Wconversion -Wshadow -Wformat=2 -Wformat-security -Wvla -Walloca \
         -Wstrict-prototypes -Wmissing-prototypes -Wwrite-strings
HARD  := -fstack-protector-strong -fstack-clash-protection -fcf-protection=full -ftrivial-auto-var-init=zero \
         -fzero-call-used-regs=used-gpr -fno-strict-overflow -fno-delete-null-pointer-checks -fPIE
LINK  := -pie -Wl,-z,relro,-z,now,-z,noexecstack

CC_release := gcc
CC_debug   := gcc
CC_asan    := clang
CC_cover   := gcc
FLAGS_release := -O2 -g -D_FORTIFY_SOURCE=3 $(HARD)
FLAGS_debug   := -O0 -g3 -fPIE
FLAGS_asan    := -O1 -g -fno-omit-frame-pointer -fsanitize=address,undefined -fno-sanitize-recover=all -fPIE
FLAGS_cover   := -O0 -g --coverage -fPIE -DUNWALLED
LINK_asan     := -fsanitize=address,undefined
LINK_cover    := --coverage -Wl,--wrap=_exit,--wrap=setrlimit,--wrap=prctl $(BUILD)/made/cover.o

CC      := $(CC_$(VARIANT))
CFLAGS  := -std=c11 -D_GNU_SOURCE $(WARN) $(FLAGS_$(VARIANT)) -Iengine -I. -I$(BUILD)/made \
           $(shell pkg-config --cflags $(PACKAGES) 2>/dev/null | sed 's/-I/-isystem /g')
LDFLAGS := $(LINK) $(LINK_$(VARIANT))
LIBRARIES := $(shell pkg-config --libs $(PACKAGES) 2>/dev/null)
DRAW_LIBRARIES := $(shell pkg-config --libs $(DRAW_PACKAGES) 2>/dev/null)
LDLIBS  := $(LIBRARIES) -lm

Q := $(if $(V),,@)
say = $(if $(V),,@printf '  %-5s %s\n' '$1' '$2')

folder_of  = $(if $(filter db,$1),db,engine/$1)
sources_of = $(wildcard $(call folder_of,$1)/*.c)
objects_of = $(patsubst %.c,$(BUILD)/obj/%.o,$(call sources_of,$1))
archive_of = $(BUILD)/lib/$1.a

# What each box may use: itself and the boxes in rows below it.
uses_base     := base
uses_workflow := workflow base
uses_script   := script base
uses_document := document base
uses_db       := db base
uses_practice := practice workflow script document db base
uses_term     := term $(uses_practice)
uses_web      := web $(uses_practice)
uses_cli      := cli term web $(uses_practice)
uses_draw     := draw base

.PHONY: all
all: $(BUILD)/espalier $(BUILD)/espalier-draw ## build the program (VARIANT=release|debug|asan|cover)

$(BUILD)/espalier: $(foreach l,$(LAYERS),$(call archive_of,$l))
	$(call say,link,$@)
	$(Q)$(CC) $(LDFLAGS) -o $@ $(BUILD)/obj/engine/cli/main.o -Wl,--start-group $^ -Wl,--end-group $(LDLIBS)

# The drawing program uses base and nothing else of ours: cairo and pango stay out of espalier itself.
DRAW_CFLAGS = $(shell pkg-config --cflags $(DRAW_PACKAGES) 2>/dev/null | sed 's/-I/-isystem /g')
$(BUILD)/obj/engine/draw/%.o: CFLAGS += $(DRAW_CFLAGS)
$(patsubst engine/draw/%.c,$(BUILD)/obj/tests/unit/test_%.o,$(call sources_of,draw)): CFLAGS += $(DRAW_CFLAGS)
$(BUILD)/espalier-draw: $(call objects_of,draw) $(call archive_of,base)
	$(call say,link,$@)
	$(Q)$(CC) $(LDFLAGS) -o $@ $^ $(DRAW_LIBRARIES) -lm

$(BUILD)/obj/%.o: %.c | libraries $(if $(filter cover,$(VARIANT)),$(BUILD)/made/cover.o)
	@mkdir -p $(@D)
	$(call say,cc,$<)
	$(Q)$(CC) $(CFLAGS) -MMD -MP -c -o $@ $<

.PHONY: libraries
libraries:
	@[ -n "$(LIBRARIES)" ] && [ -n "$(DRAW_LIBRARIES)" ] || { echo 'Libraries are missing: `make deps` installs them.' >&2; exit 1; }

define archive_rule
$(call archive_of,$1): $(call objects_of,$1) $(if $(filter base,$1),$(BUILD)/obj/embedded.o)
	@mkdir -p $$(@D)
	@rm -f $$@
	@ar rcs $$@ $$^
endef
$(foreach l,$(LAYERS) draw,$(eval $(call archive_rule,$l)))

# Embedded files: the library, the migrations, and what documents are made with.
EMBEDDED := $(sort $(shell find workflows scripts db/migrations engine/document engine/web/pages -type f 2>/dev/null | grep -E '\.(yaml|lua|mustache|grid|sql|md|txt|css|js|json|xml)$$'))

$(BUILD)/obj/embedded.o: $(BUILD)/made/embedded.S
	@mkdir -p $(@D)
	$(Q)$(CC) -c -o $@ $<

# What the pages are made with: our own files and the three libraries of engine/web/package.json, compressed.
NPM    := $(BUILD)/web/node_modules
ASSETS := $(patsubst %,$(BUILD)/made/assets/%.gz,htmx.js sortable.js pico.css app.js style.css icon.svg page.css)
$(NPM)/.fetched: engine/web/package.json engine/web/package-lock.json
	$(call say,npm,$(NPM))
	@rm -rf $(@D) && mkdir -p $(BUILD)/web && cp engine/web/package.json engine/web/package-lock.json $(BUILD)/web
	$(Q)cd $(BUILD)/web && npm ci --no-audit --no-fund --ignore-scripts --loglevel=error >&2
	@touch $@
asset_htmx.js     = $(NPM)/htmx.org/dist/htmx.min.js
asset_sortable.js = $(NPM)/sortablejs/Sortable.min.js
asset_pico.css    = $(NPM)/@picocss/pico/css/pico.min.css
asset_app.js     := $(sort $(wildcard engine/web/scripts/*.js))
asset_style.css  := $(sort $(wildcard engine/web/styles/*.css))
asset_icon.svg   := engine/web/icon.svg
asset_page.css    = $(BUILD)/made/page.css
$(BUILD)/made/page.css: engine/document/page.css engine/web/paper.css
	@mkdir -p $(@D)
	$(Q){ cat $^; echo ':is(#paper, .paper) {'; cat $<; echo '}'; } > $@.part && mv $@.part $@
$(ASSETS): $(BUILD)/made/assets/%.gz: $(NPM)/.fetched $(asset_app.js) $(asset_style.css) $(asset_icon.svg) $(asset_page.css)
	@mkdir -p $(@D)
	$(Q)cat $(asset_$*) | gzip -9n > $@.part && mv $@.part $@

$(BUILD)/made/embedded.S: engine/base/embed.sh $(EMBEDDED) $(ASSETS) $(BUILD)/made/embedded.list
	$(call say,embed,$@)
	$(Q)sh engine/base/embed.sh $(EMBEDDED) $(foreach f,$(ASSETS),assets/$(notdir $(f:.gz=))=$f) > $@.part && mv $@.part $@

# Rewritten only when the list of files changes, so that a deleted file is noticed.
$(BUILD)/made/embedded.list: FORCE
	@mkdir -p $(@D)
	@echo '$(EMBEDDED)' | cmp -s - $@ || echo '$(EMBEDDED)' > $@
.PHONY: FORCE
FORCE:

# Tests: tests/unit/test_MODULE.c links the box of MODULE.c and the boxes below it (all boxes if there is no such
# file, or the one that box_MODULE names).  Tests of the drawing program link its box and base.
box_yamlhostile := workflow
box_many := script
box_of    = $(or $(box_$1),$(firstword $(foreach l,$(LAYERS) draw,$(if $(wildcard $(call folder_of,$l)/$1.c),$l)) cli))
UNIT     := $(patsubst tests/unit/test_%.c,%,$(wildcard tests/unit/test_*.c))
links_of  = $(foreach l,$(uses_$(call box_of,$1)),$(call archive_of,$l))

define unit_rule
$(BUILD)/unit/test_$1: $(BUILD)/obj/tests/unit/test_$1.o $(links_of)
	@mkdir -p $$(@D)
	$$(call say,link,$$@)
	$$(Q)$$(CC) $$(LDFLAGS) -o $$@ $$< -Wl,--start-group $(filter %.a,$(links_of)) -Wl,--end-group \
	  $$(if $(filter draw,$(call box_of,$1)),$$(DRAW_LIBRARIES) -lm,$$(LDLIBS)) -lcmocka
.PHONY: unit-$1
unit-$1: $(BUILD)/unit/test_$1
	BUILD=$(BUILD) $(BUILD)/unit/test_$1
endef
$(foreach u,$(UNIT),$(eval $(call unit_rule,$u)))

.PHONY: units
units: $(UNIT:%=$(BUILD)/unit/test_%)

include tests/targets.mk

.PHONY: clean
clean: ## remove what was built
	rm -rf build

.PHONY: help
help: ## this list
	@grep -shE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | sort | awk -F'\t' '{printf "  make %-10s %s\n", $$1, $$2}'

-include $(shell find $(BUILD)/obj -name '*.d' 2>/dev/null)
