# make bench: the program over its yardsticks, measured on the disk that holds BUILD.
bench_objects := $(BUILD)/obj/tests/bench/bench.o $(BUILD)/obj/tests/bench/child.o $(BUILD)/obj/tests/bench/visit.o

$(BUILD)/bench/bench: $(bench_objects) $(call archive_of,db) $(call archive_of,base)
	@mkdir -p $(@D)
	$(call say,link,$@)
	$(Q)$(CC) $(LDFLAGS) -o $@ $(bench_objects) -Wl,--start-group $(filter %.a,$^) -Wl,--end-group $(LDLIBS)

# Only what it needs, so that it is as small as such a program can be.
$(BUILD)/bench/trivial: tests/bench/trivial.c | libraries
	@mkdir -p $(@D)
	$(call say,cc,$@)
	$(Q)$(CC) $(CFLAGS) $(LDFLAGS) -o $@ $< $(shell pkg-config --libs lua5.4 sqlite3 2>/dev/null)

.PHONY: bench
bench: all $(BUILD)/bench/bench $(BUILD)/bench/trivial ## ratios to bare SQLite and a trivial program, with their goals
	@rm -rf $(BUILD)/bench/practice && mkdir -p -m 700 $(BUILD)/bench/practice
	@$(BUILD)/bench/bench $(BUILD)/espalier $(BUILD)/bench/trivial tests/bench/library $(BUILD)/bench/practice
	@BUILD=$(BUILD) sh tests/e2e/web_slow.sh goal | grep 'goal\|^skip'
