# The rules that all makefiles of the tree share.

debug = y

DEF_CFLAGS += -std=gnu11 -fno-builtin -Wall -Wno-format -Wstrict-prototypes -Wpointer-arith
DEF_CFLAGS += $(call cc-option,$(CC),-fno-stack-protector,)
DEF_CFLAGS += $(call cc-option,$(CC),-fgnu89-inline)
DEF_ASFLAGS += -D__ASSEMBLY__

ifeq ($(debug),y)
DEF_CFLAGS += -g
else
DEF_CFLAGS += -O3
endif

DEF_CFLAGS += -D__INSIDE_MINIOS__

CFLAGS := $(CFLAGS) $(DEF_CFLAGS) $(ARCH_CFLAGS) $(DEFINES-y)
CPPFLAGS := $(DEF_CPPFLAGS) $(ARCH_CPPFLAGS)
ASFLAGS := $(DEF_ASFLAGS) $(ARCH_ASFLAGS) $(DEFINES-y)
LDFLAGS := $(DEF_LDFLAGS) $(ARCH_LDFLAGS)

EXTRA_DEPS += $(MINIOS_ROOT)/minios.mk
EXTRA_DEPS += $(MINIOS_ROOT)/$(TARGET_ARCH_DIR)/arch.mk

override CPPFLAGS := $(CPPFLAGS) $(extra_incl)

ARCH_LIB_NAME = $(MINIOS_TARGET_ARCH)
ARCH_LIB := lib$(ARCH_LIB_NAME).a

# The entry object, built in the folder of the architecture.
HEAD_ARCH_OBJ := $(MINIOS_TARGET_ARCH).o
HEAD_OBJ := $(OBJ_DIR)/$(TARGET_ARCH_DIR)/$(HEAD_ARCH_OBJ)

$(OBJ_DIR)/%.o: %.c Makefile $(EXTRA_DEPS)
	$(CC) $(CFLAGS) $(CPPFLAGS) -c $< -o $@

$(OBJ_DIR)/%.o: %.S Makefile $(EXTRA_DEPS) $(ARCH_AS_DEPS)
	$(CC) $(ASFLAGS) $(CPPFLAGS) -c $< -o $@
