# The rules that all makefiles of the tree share.

debug = y

DEF_CFLAGS += -std=gnu11 -fno-builtin -Wall -Wno-format -Wstrict-prototypes -Wpointer-arith
DEF_CPPFLAGS += -D__XEN_INTERFACE_VERSION__=$(XEN_INTERFACE_VERSION)

DEF_ASFLAGS += -D__ASSEMBLY__

ifeq ($(debug),y)
DEF_CFLAGS += -g -O1
else
DEF_CFLAGS += -O3
endif

CFLAGS := $(DEF_CFLAGS) $(ARCH_CFLAGS)
CPPFLAGS := $(DEF_CPPFLAGS) $(ARCH_CPPFLAGS)
ASFLAGS := $(DEF_ASFLAGS) $(ARCH_ASFLAGS)
LDFLAGS := $(DEF_LDFLAGS) $(ARCH_LDFLAGS)

EXTRA_DEPS += $(MINI-OS_ROOT)/minios.mk
EXTRA_DEPS += $(MINI-OS_ROOT)/$(TARGET_ARCH_DIR)/arch.mk

override CPPFLAGS := $(CPPFLAGS) $(extra_incl)

ARCH_LIB_NAME = $(XEN_TARGET_ARCH)
ARCH_LIB := lib$(ARCH_LIB_NAME).a

# The entry object, built in the folder of the architecture.
HEAD_ARCH_OBJ := $(XEN_TARGET_ARCH).o
HEAD_OBJ := $(OBJ_DIR)/$(TARGET_ARCH_DIR)/$(HEAD_ARCH_OBJ)

$(OBJ_DIR)/%.o: %.c $(EXTRA_DEPS)
	$(CC) $(CFLAGS) $(CPPFLAGS) -c $< -o $@

$(OBJ_DIR)/%.o: %.S $(EXTRA_DEPS)
	$(CC) $(ASFLAGS) $(CPPFLAGS) -c $< -o $@
