# What the tree is built for, with which tools, and its switches.

comma := ,

define move-if-changed
	if ! cmp -s $(1) $(2); then mv -f $(1) $(2); else rm -f $(1); fi
endef

# The first option if the compiler knows it, else the second.
cc-option = $(shell if test -z "`echo 'void*p=1;' | \
              $(1) $(2) -c -o /dev/null -x c - 2>&1 | grep -- $(2) -`"; \
              then echo "$(2)"; else echo "$(3)"; fi ;)

ifneq ($(MINIOS_CONFIG),)
EXTRA_DEPS += $(MINIOS_CONFIG)
include $(MINIOS_CONFIG)
endif

ifneq ($(XEN_ROOT),)
MINIOS_ROOT=$(XEN_ROOT)/extras/mini-os
else
MINIOS_ROOT=$(TOPLEVEL_DIR)
endif
export MINIOS_ROOT

ifneq ($(XEN_TARGET_ARCH),)
MINIOS_TARGET_ARCH = $(XEN_TARGET_ARCH)
else
MINIOS_COMPILE_ARCH    ?= $(shell uname -m | sed -e s/i.86/x86_32/ -e s/amd64/x86_64/ -e s/aarch64/arm64/)

MINIOS_TARGET_ARCH     ?= $(MINIOS_COMPILE_ARCH)
endif

stubdom ?= n
libc = $(stubdom)

XEN_INTERFACE_VERSION ?= 0x00030205
export XEN_INTERFACE_VERSION

ifeq ($(findstring x86_,$(MINIOS_TARGET_ARCH)),x86_)
TARGET_ARCH_FAM = x86
else
TARGET_ARCH_FAM = $(MINIOS_TARGET_ARCH)
endif

TARGET_ARCH_DIR := arch/$(TARGET_ARCH_FAM)

export TARGET_ARCH_DIR
export TARGET_ARCH_FAM

LD         = $(CROSS_COMPILE)ld
ifeq ($(clang),y)
CC         = $(CROSS_COMPILE)clang
else
CC         = $(CROSS_COMPILE)gcc
endif
CPP        = $(CC) -E
AR         = $(CROSS_COMPILE)ar
OBJCOPY    = $(CROSS_COMPILE)objcopy

ARCH_LINKS =

# The folders of headers of the architecture; arch.mk adds to them.
ARCH_INC := $(TARGET_ARCH_FAM)
EXTRA_INC = $(ARCH_INC)	

include $(MINIOS_ROOT)/$(TARGET_ARCH_DIR)/arch.mk

extra_incl := $(foreach dir,$(EXTRA_INC),-isystem $(MINIOS_ROOT)/include/$(dir))

DEF_CPPFLAGS += -isystem $(MINIOS_ROOT)/include
DEF_CPPFLAGS += -D__MINIOS__

ifeq ($(libc),y)
DEF_CPPFLAGS += -DHAVE_LIBC
DEF_CPPFLAGS += -isystem $(MINIOS_ROOT)/include/posix
endif

ifneq ($(LWIPDIR),)
lwip=y
DEF_CPPFLAGS += -DHAVE_LWIP
DEF_CPPFLAGS += -isystem $(LWIPDIR)/src/include
endif

ifneq ($(debug),y)
CFLAGS += -O2 -fomit-frame-pointer
else
CFLAGS += -O1 -fno-omit-frame-pointer
endif

# Defaults of the switches: on, off, and what follows from others. arch/*/testbuild/all-* sets all of them.
CONFIG-y += CONFIG_BLKFRONT
CONFIG-y += CONFIG_NETFRONT
CONFIG-y += CONFIG_CONSFRONT
CONFIG-y += CONFIG_XENBUS
CONFIG-n += CONFIG_TEST
CONFIG-n += CONFIG_PCIFRONT
CONFIG-n += CONFIG_BALLOON
CONFIG-n += CONFIG_FLOAT
CONFIG-n += CONFIG_KEXEC
# Everything that is printed goes to the hypervisor's console as well.
CONFIG-n += CONFIG_USE_XEN_CONSOLE
ifeq ($(TARGET_ARCH_FAM),x86)
CONFIG-y += CONFIG_PARAVIRT
else
CONFIG-n += CONFIG_PARAVIRT
endif

CONFIG-$(lwip) += CONFIG_LWIP

$(foreach i,$(CONFIG-y),$(eval $(i) ?= y))
$(foreach i,$(CONFIG-n),$(eval $(i) ?= n))

CONFIG-x += CONFIG_LIBXS
CONFIG_LIBXS ?= $(CONFIG_XENBUS)

CONFIG-all := $(CONFIG-y) $(CONFIG-n) $(CONFIG-x)

$(foreach i,$(CONFIG-all),$(eval DEFINES-$($(i)) += -D$(i)))

DEFINES-y += -D__XEN_INTERFACE_VERSION__=$(XEN_INTERFACE_VERSION)
