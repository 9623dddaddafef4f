# Every allocation of Lua fails in turn.
TEST_PROGRAMS += $(BUILD)/fault/luaalloc

$(BUILD)/fault/luaalloc: $(BUILD)/obj/tests/fault/luaalloc.o $(call archive_of,script) $(call archive_of,base)
	@mkdir -p $(@D)
	$(call say,link,$@)
	$(Q)$(CC) $(LDFLAGS) -o $@ $< -Wl,--start-group $(filter %.a,$^) -Wl,--end-group $(LDLIBS) -lcmocka

.PHONY: fault-luaalloc
fault-luaalloc: $(BUILD)/fault/luaalloc
	$<
