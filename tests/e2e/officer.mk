# Writes a tree of blocks as a word processor's file; see officer.c.
TEST_PROGRAMS += $(BUILD)/e2e/officer

$(BUILD)/e2e/officer: $(BUILD)/obj/tests/e2e/officer.o $(call archive_of,document) $(call archive_of,base)
	@mkdir -p $(@D)
	$(call say,link,$@)
	$(Q)$(CC) $(LDFLAGS) -o $@ $< -Wl,--start-group $(call archive_of,document) $(call archive_of,base) \
	  -Wl,--end-group $(LDLIBS)
