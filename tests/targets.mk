# Installing, testing, checking: the targets around the program.  Included by the Makefile.
# Test programs other than tests/unit/test_*.c are named in tests/*/*.mk: TEST_PROGRAMS += $(BUILD)/... and their rule.

TEST_PROGRAMS :=
-include $(sort $(wildcard tests/*/*.mk))

again := $(MAKE) --no-print-directory

.PHONY: deps deps-test deps-check judges
deps: ## install the Debian packages that the program needs
	@sh .ci/install program
deps-test: ## the same, and those of its tests
	@sh .ci/install program test
	@$(again) judges
judges:
	@sh .ci/install --try judge
	@sh tests/e2e/_packages.sh '$(BUILD)'
deps-check: ## the same, and the analysers of `make check`
	@sh .ci/install program test check

# After an installation make starts again, because it asks for the libraries when it starts.
.PHONY: demo
demo: deps ## install what is missing, build, and show a worked journey
	@$(again) all
	@$(BUILD)/espalier demo

.PHONY: test test-built
# What judges is fetched while the program is built; what that has to say is heard from test-run, which builds the rest.
test: ## install what is missing, build, and run every test (ONLY=PATTERN: some)
	@sh .ci/install program test
	@$(again) judges & $(again) -k -j2 all units >/dev/null 2>&1; wait
	@$(again) test-run
test-built: all units $(TEST_PROGRAMS)
.PHONY: test-run
test-run:
	@MAKE='$(MAKE)' VARIANT='$(VARIANT)' BUILD='$(BUILD)' UNITS='$(UNIT)' PROGRAMS='$(TEST_PROGRAMS)' sh tests/run $(ONLY)

.PHONY: screenshots
screenshots: all ## take the pictures of the README anew, in docs/
	@PICTURES='$(CURDIR)/docs' BUILD='$(BUILD)' ESPALIER='$(BUILD)/espalier' sh tests/e2e/browser_journey.sh

.PHONY: lint
lint: ## the house rules: layers, sizes, banned functions, words
	@sh tests/lint/run

.PHONY: format
format: ## lay out every C file as .clang-format says
	@find engine db tests -name '*.[ch]' | xargs clang-format -i

# The sanitizers' build has its own folder, so that the program itself stays as it is.
.PHONY: check analyse sanitized
check: deps-check ## lint, analysers, the build without a warning, unit tests and the web server under the sanitizers
	@$(again) -k lint test-built analyse sanitized
analyse:
	@PACKAGES='$(PACKAGES) $(DRAW_PACKAGES)' sh tests/lint/analyse
sanitized:
	@TEST_SECONDS=$${TEST_SECONDS:-900} $(again) VARIANT=asan BUILD=$(BUILD)/asan ONLY='tests/unit e2e/web_' test-run

.PHONY: soak
soak: deps-test ## the long campaigns: the programs and scripts of tests/fault and tests/fuzz, and the judges of documents, with SOAK=1
	@SOAK=1 TEST_SECONDS=$${TEST_SECONDS:-7200} $(again) ONLY='tests/fault tests/fuzz tests/e2e/judged' test-run

# Children that end by _exit leave their counters too: see cover.c.
$(BUILD)/made/cover.o: tests/cover.c
	@mkdir -p $(@D)
	$(Q)$(CC) -std=c11 -D_GNU_SOURCE -O1 -fPIE $(WARN) -c -o $@ $<

.PHONY: cover cover-report
cover: deps-check ## line coverage of engine/ and db/, at least 90 % (without the fault campaigns)
	-@TEST_SECONDS=$${TEST_SECONDS:-900} $(again) VARIANT=cover BUILD=$(BUILD)/cover \
	  ONLY='tests/unit tests/e2e tests/golden tests/hostile workflow' test-run
	@$(again) BUILD=$(BUILD)/cover cover-report
cover-report:
	gcovr --root . --filter engine/ --filter db/ --fail-under-line 90 --print-summary --html-details $(BUILD)/report.html $(BUILD)

PREFIX ?= /usr/local
.PHONY: install
install: all ## install into PREFIX (/usr/local), below DESTDIR if set
	install -D -m 755 $(BUILD)/espalier $(DESTDIR)$(PREFIX)/bin/espalier
	install -D -m 755 $(BUILD)/espalier-draw $(DESTDIR)$(PREFIX)/bin/espalier-draw
