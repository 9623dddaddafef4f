# Programs that let the store fail: power cuts, memory, damage.  `make fault-NAME` builds and runs one.
# Each links base and db alone, and the parts named in parts_NAME.
FAULTS       := power alloc damage
parts_power  := disk
parts_alloc  := disk
parts_damage := disk

define fault_rule
$(BUILD)/fault/$1: $(BUILD)/obj/tests/fault/$1.o $(parts_$1:%=$(BUILD)/obj/tests/fault/%.o) \
                   $(BUILD)/lib/db.a $(BUILD)/lib/base.a
	@mkdir -p $$(@D)
	$$(call say,link,$$@)
	$$(Q)$$(CC) $$(LDFLAGS) -o $$@ $$(filter %.o,$$^) -Wl,--start-group $$(filter %.a,$$^) -Wl,--end-group $$(LDLIBS)
.PHONY: fault-$1
fault-$1: $(BUILD)/fault/$1
	$(BUILD)/fault/$1
endef
$(foreach f,$(FAULTS),$(eval $(call fault_rule,$f)))

TEST_PROGRAMS += $(FAULTS:%=$(BUILD)/fault/%)
