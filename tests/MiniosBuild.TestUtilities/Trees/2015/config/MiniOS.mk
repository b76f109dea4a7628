include $(MINIOS_ROOT)/config/StdGNU.mk
include $(MINIOS_ROOT)/Config.mk
