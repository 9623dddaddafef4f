# Drives the program from outside, over JSON lines; see drive.c.
TEST_PROGRAMS += $(BUILD)/e2e/drive

$(BUILD)/e2e/drive: $(BUILD)/obj/tests/e2e/drive.o $(BUILD)/espalier
	@mkdir -p $(@D)
	$(call say,link,$@)
	$(Q)$(CC) $(LDFLAGS) -o $@ $< $(shell pkg-config --libs jansson 2>/dev/null)
