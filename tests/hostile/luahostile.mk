# Attacks on the script room.
TEST_PROGRAMS += $(BUILD)/hostile/luahostile

$(BUILD)/hostile/luahostile: $(BUILD)/obj/tests/hostile/luahostile.o $(call archive_of,script) $(call archive_of,base)
	@mkdir -p $(@D)
	$(call say,link,$@)
	$(Q)$(CC) $(LDFLAGS) -o $@ $< -Wl,--start-group $(filter %.a,$^) -Wl,--end-group $(LDLIBS) -lcmocka
