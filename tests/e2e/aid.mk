# What the scripts beside it use; see aid.c.
TEST_PROGRAMS += $(BUILD)/e2e/aid

$(BUILD)/e2e/aid: $(BUILD)/obj/tests/e2e/aid.o
	@mkdir -p $(@D)
	$(call say,link,$@)
	$(Q)$(CC) $(LDFLAGS) -o $@ $< $(shell pkg-config --libs jansson sqlite3 2>/dev/null)
