# Installing, testing, checking: the targets around the program.  Included by the Makefile.
# Test programs other than tests/unit/test_*.c are named in tests/*/*.mk: TEST_PROGRAMS += $(BUILD)/... and their rule.

TEST_PROGRAMS :=
-include $(sort $(wildcard tests/*/*.mk))

again := $(MAKE) --no-print-directory

.PHONY: deps deps-test deps-check
deps: ## install the Debian packages that the program needs
	@sh .ci/install program
deps-test: ## the same, and those of its tests
	@sh .ci/install program test
deps-check: ## the same, and the analysers of `make check`
	@sh .ci/install program test check

# After an installation make starts again, because it asks for the libraries when it starts.
.PHONY: demo
demo: deps ## install what is missing, build, and show a worked journey
	@$(again) all
	@$(BUILD)/espalier demo

.PHONY: test test-built
test: deps-test ## install what is missing, build, and run every test (ONLY=PATTERN: some)
	@$(again) test-run
test-built: all units $(TEST_PROGRAMS)
.PHONY: test-run
test-run:
	@MAKE='$(MAKE)' VARIANT='$(VARIANT)' BUILD='$(BUILD)' UNITS='$(UNIT)' PROGRAMS='$(TEST_PROGRAMS)' sh tests/run $(ONLY)

.PHONY: lint
lint: ## the house rules: layers, sizes, banned functions, words
	@sh tests/lint/run

PREFIX ?= /usr/local
.PHONY: install
install: all ## install into PREFIX (/usr/local), below DESTDIR if set
	install -D -m 755 $(BUILD)/espalier $(DESTDIR)$(PREFIX)/bin/espalier
