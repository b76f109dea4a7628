# What the tree is built for, and where its headers are.

comma := ,

define move-if-changed
	if ! cmp -s $(1) $(2); then mv -f $(1) $(2); else rm -f $(1); fi
endef

# The first option if the compiler knows it, else the second.
cc-option = $(shell if test -z "`echo 'void*p=1;' | \
              $(1) $(2) -c -o /dev/null -x c - 2>&1 | grep -- $(2) -`"; \
              then echo "$(2)"; else echo "$(3)"; fi ;)

ifneq ($(XEN_ROOT),)
MINIOS_ROOT=$(XEN_ROOT)/extras/mini-os
else
MINIOS_ROOT=$(TOPLEVEL_DIR)
endif
# The headers lie beside the sources.
HEADERS = $(MINIOS_ROOT)/../include
export MINIOS_ROOT

ifneq ($(XEN_TARGET_ARCH),)
MINIOS_TARGET_ARCH = $(XEN_TARGET_ARCH)
else
MINIOS_COMPILE_ARCH    ?= $(shell uname -m | sed -e s/i.86/x86_32/ -e s/amd64/x86_64/ -e s/aarch64/arm64/)

MINIOS_TARGET_ARCH     ?= $(MINIOS_COMPILE_ARCH)
endif

stubdom ?= n
libc = $(stubdom)

XEN_INTERFACE_VERSION := 0x00030205
export XEN_INTERFACE_VERSION

ifeq ($(findstring x86_,$(MINIOS_TARGET_ARCH)),x86_)
TARGET_ARCH_FAM = x86
else
TARGET_ARCH_FAM = $(MINIOS_TARGET_ARCH)
endif

TARGET_ARCH_DIR := arch/$(TARGET_ARCH_FAM)

export TARGET_ARCH_DIR
export TARGET_ARCH_FAM

ARCH_LINKS =

# The folders of headers of the architecture; arch.mk adds to them.
ARCH_INC := $(TARGET_ARCH_FAM)
EXTRA_INC = $(ARCH_INC)	

include $(MINIOS_ROOT)/$(TARGET_ARCH_DIR)/arch.mk

extra_incl := $(foreach dir,$(EXTRA_INC),-isystem $(HEADERS)/$(dir))

DEF_CPPFLAGS += -isystem $(HEADERS)
DEF_CPPFLAGS += -D__MINIOS__

ifeq ($(libc),y)
DEF_CPPFLAGS += -DHAVE_LIBC
DEF_CPPFLAGS += -isystem $(HEADERS)/posix
endif

ifneq ($(LWIPDIR),)
lwip=y
DEF_CPPFLAGS += -DHAVE_LWIP
DEF_CPPFLAGS += -isystem $(LWIPDIR)/src/include
endif

DEF_CPPFLAGS += -D__XEN_INTERFACE_VERSION__=$(XEN_INTERFACE_VERSION)
