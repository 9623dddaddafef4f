# A judge of calendars, where libical is there; see ical.c.
ifneq ($(shell pkg-config --exists libical 2>/dev/null && echo yes),)
TEST_PROGRAMS += $(BUILD)/e2e/ical

$(BUILD)/e2e/ical: $(BUILD)/obj/tests/e2e/ical.o
	@mkdir -p $(@D)
	$(call say,link,$@)
	$(Q)$(CC) $(LDFLAGS) -o $@ $< $(shell pkg-config --libs libical)
endif
